# SPDX-License-Identifier: Apache-2.0
"""Measures of the register (`LISTA_MISURE/MISURA`): one measure, read from files and written to them, or made of a rulebook."""
