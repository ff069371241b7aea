# SPDX-License-Identifier: Apache-2.0
"""The commands: each has `add`, which says how it is called, and `run`, which answers; none knows another.

What a command needs is imported when it runs, and no more: a decision as JSON loads no words.
"""
