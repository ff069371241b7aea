# SPDX-License-Identifier: Apache-2.0
"""The plain writing of the codes of a column, as `identifiers.writing` takes it from one text, planned as data.

What is no writing of a code stays as it is, so that its test refuses it: a text of other characters, or a number with
decimals, whose point would be taken away. An engine of columns prints `PLAIN` and `REWRITINGS`; the regular expressions have no
look-around, and are brackets, repetitions, alternatives and anchors alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from misure.ground.place import BLANKS
from misure.identifiers.aid_id import COR, NAMED
from misure.identifiers.foreign_vat import FORMS
from misure.identifiers.writing import SEPARATORS

__all__ = ["NAMED_COR", "NAME_OF_COR", "OUTER_BLANKS", "PLAIN", "REWRITINGS", "WIDE_BLANKS", "Plain", "Rewriting"]


@dataclass(frozen=True, slots=True)
class Plain:
    """Which texts cannot be written more plainly, and which are writings of a code; a text is looked at as a whole."""

    already: str
    but_not: str
    """Those of `already` that are rewritten all the same."""
    written: str
    number: str
    """Those of `written` that are no codes."""
    between: str
    """The characters that are taken away anywhere, as a class; what is left is put in capitals, and then rewritten."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A text that holds `when`, and not `unless`, loses its first characters and what is behind `most`, and begins with `put`."""

    when: str
    unless: str = ""
    drop: int = 0
    most: int | None = None
    put: str = ""


_LONGEST = 60
"""Of a longer text no reader of one value makes a code either."""
_BETWEEN = "".join(map(re.escape, sorted(set(SEPARATORS))))
_BLANK = re.escape(f" {BLANKS}")
_PREFIXED = "^(TINIT|VATIT)"
_COUNTRY = "^IT([0-9]|[A-Z0-9]{16}$)"
_GREEK = "GR[0-9]{9}"
_SUFFIXED = (("CHE[0-9]{9}(MWST|TVA|IVA)", 12), ("NO[0-9]{9}MVA", 11))
_FOREIGN = "|".join(
    [*(f"{country}({form})" for country, form in FORMS.items()), _GREEK, *(form for form, _ in _SUFFIXED)]
)

PLAIN = Plain(
    already="^[0-9A-Z]*$",
    but_not=f"{_PREFIXED}|{_COUNTRY}|^VAT|^({'|'.join([_GREEK, *(form for form, _ in _SUFFIXED)])})$",
    written=f"^[0-9A-Za-z{_BETWEEN}]{{1,{_LONGEST}}}$",
    # Digits with a point before zeros, or with an exponent, blanks among them.
    number=f"^[0-9{_BLANK}]*([.][0{_BLANK}]+|[.]?[0-9{_BLANK}]*[Ee][0-9{_BLANK}]+)$",
    between=f"[{_BETWEEN}]",
)

REWRITINGS: tuple[tuple[Rewriting, ...], ...] = (
    (
        # Not the prefix of Italy before a second one, or before the letters of another State.
        Rewriting(_PREFIXED, unless="^(TINIT|VATIT)(VAT|[A-Z]{2,4}[0-9])", drop=5),
        Rewriting(_COUNTRY, unless="^IT(VAT|CHE[0-9])", drop=2),
    ),
    (Rewriting(f"^VAT({_FOREIGN})$", drop=3),),
    (Rewriting(f"^({_GREEK})$", drop=2, put="EL"),),
    *((Rewriting(f"^({suffixed})$", most=length),) for suffixed, length in _SUFFIXED),
)
"""In their order; of each group the first that fits."""

WIDE_BLANKS = f"[{BLANKS}]"
"""The blanks of other widths in the id of an aid, which are taken for blanks."""
OUTER_BLANKS = "^ +| +$"
"""Those at its ends, which are taken away then."""
NAMED_COR = f"^{NAMED}$"
"""An id that is a number behind its name, without the blanks: it loses `NAME_OF_COR`."""
NAME_OF_COR = f"^{COR}"
