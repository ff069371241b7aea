# SPDX-License-Identifier: Apache-2.0
"""COR, codice concessione RNA-COR: the number under which the State-aid register holds one individual aid.

A whole number (eight digits in the files of 2025), without a check digit.

>>> validate(" 23193436 "), parse("23193436")
('23193436', 23193436)
>>> is_valid("23.193.436")
False
"""

from __future__ import annotations

from misure.identifiers.register_number import RegisterNumber

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_NUMBER = RegisterNumber("cor")

compact, validate, parse, is_valid = _NUMBER.compact, _NUMBER.validate, _NUMBER.parse, _NUMBER.is_valid
format = _NUMBER.format  # noqa: A001 - the verb of every identifier
