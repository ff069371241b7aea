# SPDX-License-Identifier: Apache-2.0
"""CAR, codice aiuto RNA: the number under which the State-aid register holds a measure, a scheme or an ad hoc aid.

A whole number without a check digit.

>>> validate(" 12345 "), parse("12345")
('12345', 12345)
>>> is_valid("12,345")
False
"""

from __future__ import annotations

from misure.identifiers.register_number import RegisterNumber

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_NUMBER = RegisterNumber("car")

compact, validate, parse, is_valid = _NUMBER.compact, _NUMBER.validate, _NUMBER.parse, _NUMBER.is_valid
format = _NUMBER.format  # noqa: A001 - the verb of every identifier
