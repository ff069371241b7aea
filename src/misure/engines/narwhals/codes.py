# SPDX-License-Identifier: Apache-2.0
"""The plain writing of the codes of a column, as `identifiers.writing` takes it from one text, in Narwhals expressions.

What is no writing of a code stays as it is, so that its test refuses it: a text of other characters, or a number with
decimals, whose point would be taken away.
"""

from __future__ import annotations

import re

import narwhals as nw

from misure.ground.place import BLANKS
from misure.identifiers.foreign_vat import FORMS
from misure.identifiers.writing import SEPARATORS

__all__ = ["is_plain", "plain_code"]

_LONGEST = 60
"""Of a longer text no reader of one value makes a code either."""
_BETWEEN = "".join(map(re.escape, sorted(set(SEPARATORS))))
_WRITTEN = f"^[0-9A-Za-z{_BETWEEN}]{{1,{_LONGEST}}}$"
_BLANK = re.escape(f" {BLANKS}")
_NUMBER = f"^[0-9{_BLANK}]*([.][0{_BLANK}]+|[.]?[0-9{_BLANK}]*[Ee][0-9{_BLANK}]+)$"
"""Digits with a point before zeros, or with an exponent, blanks among them."""
_PREFIXED = "^(TINIT|VATIT)"
_CONTRADICTED = "^(TINIT|VATIT)[A-Z]{2,4}[0-9]"
"""The prefix of Italy before a second one, or before the letters of another State."""
_COUNTRY = "^IT([0-9]|[A-Z0-9]{16}$)"
_GREEK = "GR[0-9]{9}"
_SUFFIXED = (("CHE[0-9]{9}(MWST|TVA|IVA)", 12), ("NO[0-9]{9}MVA", 11))
_FOREIGN = "|".join(
    [*(f"{country}({form})" for country, form in FORMS.items()), _GREEK, *(form for form, _ in _SUFFIXED)]
)
_ODD = f"{_PREFIXED}|{_COUNTRY}|^VAT|^({'|'.join([_GREEK, *(form for form, _ in _SUFFIXED)])})$"


def is_plain(column: nw.Expr) -> nw.Expr:
    """Whether a text cannot be written more plainly; null where none is told."""
    return column.str.contains("^[0-9A-Z]*$") & ~column.str.contains(_ODD)


def plain_code(column: nw.Expr) -> nw.Expr:
    """The code alone, in capitals."""
    bare = column.str.replace_all(f"[{_BETWEEN}]", "").str.to_uppercase()
    whole = nw.when(bare.str.contains(_COUNTRY)).then(bare.str.slice(2)).otherwise(bare)
    prefixed = bare.str.contains(_PREFIXED) & ~bare.str.contains(_CONTRADICTED)
    whole = nw.when(prefixed).then(bare.str.slice(5)).otherwise(whole)
    whole = nw.when(whole.str.contains(f"^VAT({_FOREIGN})$")).then(whole.str.slice(3)).otherwise(whole)
    whole = nw.when(whole.str.contains(f"^({_GREEK})$")).then(whole.str.replace_all("^GR", "EL")).otherwise(whole)
    for suffixed, length in _SUFFIXED:
        whole = nw.when(whole.str.contains(f"^({suffixed})$")).then(whole.str.slice(0, length)).otherwise(whole)
    return nw.when(column.str.contains(_WRITTEN) & ~column.str.contains(_NUMBER)).then(whole).otherwise(column)
