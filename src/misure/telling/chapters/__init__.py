# SPDX-License-Identifier: Apache-2.0
"""The parts of a page, each of one kind of answer."""
