# SPDX-License-Identifier: Apache-2.0
"""Expressions: text to typed trees, checked against vocabulary, types and units."""
