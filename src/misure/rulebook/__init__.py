# SPDX-License-Identifier: Apache-2.0
"""What a rule is: linked rules with their typed trees. No text, no form of a file."""
