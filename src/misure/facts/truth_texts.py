# SPDX-License-Identifier: Apache-2.0
"""How a truth is written in a file whose scalars are all texts."""

from __future__ import annotations

import difflib
import unicodedata

__all__ = ["TRUTH_TEXTS", "likely_truth", "truth_of"]

TRUTH_TEXTS = {
    "yes": True, "true": True, "sì": True, "si": True, "vero": True, "no": False, "false": False, "falso": False,
}  # fmt: skip
"""How a truth is written in a file whose scalars are all texts; an Italian spreadsheet writes VERO and FALSO."""


def truth_of(text: str) -> bool | None:
    """The truth that a text of such a file says; None of a text that says none.

    >>> truth_of("VERO"), truth_of("si\u0300"), truth_of("forse")
    (True, True, None)
    """
    return TRUTH_TEXTS.get(unicodedata.normalize("NFC", text).lower())


def likely_truth(text: str) -> str | None:
    """The text of a truth that another is a slip of; a word that only looks a little like it, as *perhaps* does, is none.

    >>> likely_truth("Falzo"), likely_truth("forse"), likely_truth("1")
    ('falso', None, None)
    """
    found = difflib.get_close_matches(text[:20].lower(), TRUTH_TEXTS, n=1, cutoff=0.75)
    return found[0] if found else None
