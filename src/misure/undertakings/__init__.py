# SPDX-License-Identifier: Apache-2.0
"""Undertakings: their relations, the size class, the single undertaking, undertakings in difficulty."""
