# SPDX-License-Identifier: Apache-2.0
"""A linked rulebook as data: written as JSON, and read again without any rule file."""
