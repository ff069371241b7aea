# SPDX-License-Identifier: Apache-2.0
"""Identifiers and vocabularies: codice fiscale, partita IVA, ATECO, CUP, COR, NUTS, and the citations of acts."""
