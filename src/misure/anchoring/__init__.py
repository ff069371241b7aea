# SPDX-License-Identifier: Apache-2.0
"""Rules beside the text of their act: the figures of the text, the values that rules publish, and which is which."""
