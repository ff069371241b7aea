# SPDX-License-Identifier: Apache-2.0
"""What a worked case expects, held against what came out: differences, not exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from misure._reopen import by_public_name
from misure.ground.place import Place, visible

__all__ = ["NOTHING", "CaseResult", "Difference", "compare_named", "compare_names", "compare_value", "same_value"]

NOTHING = "nothing"
"""How a difference names what is not there."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than the case says."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return visible(f"{self.what}: expected {self.expected}, found {self.found}")


@by_public_name
@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one worked case."""

    name: str
    place: Place
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything the case expects came out."""
        return not self.differences

    def __str__(self) -> str:
        lines = "".join(f"\n    {difference}" for difference in self.differences)
        return f"{self.place}: {visible(self.name)}{lines}"


def compare_named(what: str, expected: Mapping[str, object], found: Mapping[str, object]) -> Iterator[Difference]:
    for name, value in expected.items():
        yield from compare_value(f"{what}.{name}", value, found.get(name))


def compare_value(what: str, expected: object, found: object) -> Iterator[Difference]:
    if not same_value(expected, found):
        yield Difference(what, _text(expected), _text(found))


def same_value(expected: object, found: object) -> bool:
    """Whether a text of the file, or a range of two, says what came out; `120000` and `120000.00` say the same."""
    if isinstance(expected, Mapping):
        # An end that only the horizon of the calendar bounds is nothing, on both sides.
        return isinstance(found, Mapping) and all(
            expected[end] is found.get(end) is None or same_value(expected[end], found.get(end))
            for end in ("from", "to")
        )
    if found is None or isinstance(found, Mapping):
        return False
    if str(expected) == str(found):
        return True
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        return False


def compare_names(what: str, expected: tuple[str, ...], found: Iterator[str]) -> Iterator[Difference]:
    """The same names in any order, each once."""
    named = dict.fromkeys(found)
    if set(expected) != set(named):
        yield Difference(what, _text(expected), _text(tuple(named)))


def _text(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):
        return f"{value.get('from')} to {value.get('to')}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
