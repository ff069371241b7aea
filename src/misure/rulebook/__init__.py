# SPDX-License-Identifier: Apache-2.0
"""What a rule is: the forms of the rule files, and the linked rules with their typed trees."""
