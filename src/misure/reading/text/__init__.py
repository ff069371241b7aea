# SPDX-License-Identifier: Apache-2.0
"""Files as positioned text: YAML events, trees of them, titles."""
