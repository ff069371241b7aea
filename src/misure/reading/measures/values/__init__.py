# SPDX-License-Identifier: Apache-2.0
"""Legal values that an act gives in a table, cell by cell."""
