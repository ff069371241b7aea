# SPDX-License-Identifier: Apache-2.0
"""Very many codes at once: which of them are eleven digits whose check digit is right, worked out for all of them together.

>>> sorted(right_numbers(["01234560157", "01234560158", "00000000000", "alfa", "012345601570"]))
['01234560157']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import compress
from typing import Any, TypeGuard

__all__ = ["are_right", "right_numbers"]

_LENGTH = 11
_FIRST = "00000010000"
"""The least text whose serial number, the first seven digits, is not zero."""
_OF_DIGIT = {48 + digit: digit for digit in range(10)}
_SINGLE = bytes(_OF_DIGIT.get(byte, 0) for byte in range(256))
_REST = bytes(byte % 10 for byte in range(256))
_DOUBLE = bytes(sum(divmod(2 * _OF_DIGIT.get(byte, 0), 10)) for byte in range(256))


def right_numbers(codes: Iterable[Any]) -> set[str]:
    """Those codes that `identifiers.identity.validate` gives back as they are because they are right numbers of eleven digits.

    It says nothing of the others: they may be right too, as the codes of people are. The digits of all the codes stand in
    eleven rows, which are added up as whole numbers with a byte for each code: no sum passes 99, so none runs over.
    """
    digits = list(codes)
    if not _all_digits(digits):
        digits = [code for code in digits if _all_digits((code,))]
    rest = _rest(digits)
    return set(compress(digits, map((0).__eq__, rest))) if any(rest) else set(digits)


def are_right(codes: Collection[Any]) -> bool:
    """Whether all of them are such numbers."""
    return _all_digits(codes) and not any(_rest(codes))


def _rest(codes: Iterable[str]) -> bytes:
    """What the weighted sum of each code's digits leaves over a multiple of ten: nothing, where its check digit is right."""
    text = "".join(codes).encode()
    rows = (text[at::_LENGTH].translate(_DOUBLE if at % 2 else _SINGLE) for at in range(_LENGTH))
    return sum(int.from_bytes(row, "little") for row in rows).to_bytes(len(text) // _LENGTH, "little").translate(_REST)


def _all_digits(codes: Collection[Any]) -> TypeGuard[Collection[str]]:
    """Whether all are texts of eleven plain digits with a serial number that is not zero."""
    if not (set(map(type, codes)) <= {str} and set(map(len, codes)) <= {_LENGTH}):
        return False
    text = "".join(codes)
    return not text or (text.isascii() and text.isdigit() and min(codes) >= _FIRST)
