# SPDX-License-Identifier: Apache-2.0
"""One de minimis aid as it was granted: to whom, under which regulation, on which day, how much.

>>> aid = Aid("COR-1", "01234560157", "gen", "2025-01-10", "250000.00")
>>> aid.granted_on, aid.amount
(datetime.date(2025, 1, 10), Decimal('250000.00'))
>>> Aid("COR-2", "", "generale", "2025-02-30", 0.5)
Traceback (most recent call last):
...
misure.ground.errors.BadFacts: <aid COR-2>: amount: 0.5 is a binary float, which is not exact: write it as text, "0.5"
<aid COR-2>: beneficiary: it is empty: an aid has a beneficiary
<aid COR-2>: granted_on: 2025-02-30 does not exist: February 2025 has 28 days
<aid COR-2>: regulation: no regulation is called 'generale'; they are gen, sgei, agri, fish
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.law import regulation_faults
from misure.ground.arguments import shown, words_of_kind
from misure.ground.days import day_text
from misure.ground.errors import BadIdentifier
from misure.ground.given import Mistake, Money, cents, day, euros, refuse
from misure.ground.money import decimal_text
from misure.ground.ranges import Range
from misure.identifiers import aid_id
from misure.identifiers.entering import entered

__all__ = [
    "Aid", "Fault", "RegisterKeys", "day_span", "kind_faults", "money_span", "named", "rows_of",
    "shown_days", "shown_money", "told_apart",
]  # fmt: skip

_FIRST, _LAST = dt.date(1958, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()
"""From the Treaty of Rome on; a register's 9999-12-31 stands for a day that is not known."""

Fault = Mistake
"""What is wrong with which field, and the nearest right value where there is one."""


@by_public_name
@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """How the national register and other systems know an aid, and what its entry there must say besides.

    `car` is the measure, `cor` the aid, `cup` the project; `authority` grants, `instrument` is the form of the aid,
    `sector` the NACE group (art. 6(1) Reg. (EU) 2023/2831).
    """

    car: str | None = None
    cor: str | None = None
    cup: str | None = None
    authority: str | None = None
    instrument: str | None = None
    sector: str | None = None


@by_public_name
@dataclass(frozen=True, slots=True, init=False, repr=False)
class Aid:
    """A de minimis aid; it counts from the day on which the right to it arose (art. 3(3) Reg. (EU) 2023/2831).

    `id` is its COR, or what else it is known by, read by `misure.identifiers.aid_id`: two writings of one COR are one id.
    `beneficiary` is a codice fiscale, the VAT number of another State, or a name, read by `misure.identifiers.identity`:
    two writings of one code are one beneficiary, and what has the shape of a code and is none is refused.
    `amount` is the gross grant equivalent in euros, before tax. A day or an amount that is not known is None, or a
    `Range` of its two ends. `activity` is what the aid was used for (`road_freight` has a ceiling of its own until
    2023; a split follows it), `costs` the ids of the eligible costs it is tied to: empty for none, None where unknown.
    An aid that came to its beneficiary by merger or split tells its first id and first beneficiary as `origin`.

    Raises:
        BadFacts: Something given cannot be; everything that is wrong is told at once.
    """

    id: str
    beneficiary: str
    regulation: str
    first: int | None
    """The first day on which it may have been granted, as an ordinal; None: no day is known."""
    last: int | None
    least: int
    """Cents."""
    most: int | None
    activity: str | None
    costs: tuple[str, ...] | None
    measure: str | None
    keys: RegisterKeys | None
    origin: tuple[str, str] | None

    def __init__(
        self,
        id: str,  # noqa: A002 - what an aid is known by is its id
        beneficiary: str,
        regulation: str,
        granted_on: dt.date | str | Range | None,
        amount: Money | Range | None,
        *,
        activity: str | None = None,
        costs: Iterable[str] | None = None,
        measure: str | None = None,
        keys: RegisterKeys | None = None,
    ) -> None:
        faults: list[Fault] = []
        id = _read_id(id, faults)  # noqa: A001 - as above
        beneficiary = entered("beneficiary", beneficiary, "an aid has a beneficiary", faults)
        faults += regulation_faults(regulation)
        first, last = day_span("granted_on", granted_on, faults)
        least, most = money_span("amount", amount, faults)
        tied = _ids("costs", costs, faults)
        for name, text in (("activity", activity), ("measure", measure)):
            if text is not None:
                faults += named(name, text, "leave it out where it is not known")
        faults += kind_faults("keys", keys, RegisterKeys)
        if faults:
            refuse(f"<aid {id!s:.40}>" if type(id) is str else "<aid>", faults)
        _fill(self, id, beneficiary, regulation, first, last, least, most, activity, tied, measure, keys, None)

    @classmethod
    def known(
        cls, id: str, beneficiary: str, regulation: str, day: int, amount: int, *,  # noqa: A002 - as above
        activity: str | None = None, costs: tuple[str, ...] | None = None, measure: str | None = None,
        keys: RegisterKeys | None = None,
    ) -> Aid:  # fmt: skip
        """An aid whose reader has checked everything: the day an ordinal, the amount cents. Nothing is checked again.

        >>> Aid.known("COR-1", "01234560157", "gen", 739261, 25000000)
        Aid('COR-1', '01234560157', 'gen', '2025-01-10', '250000.00')
        """
        new = cls.__new__(cls)
        _fill(new, id, beneficiary, regulation, day, day, amount, amount, activity, costs, measure, keys, None)
        return new

    @property
    def granted_on(self) -> dt.date | Range | None:
        """The day on which the right arose; a range of days, or None, where it is not known."""
        return shown_days(self.first, self.last)

    @property
    def amount(self) -> Decimal | Range | None:
        """The gross grant equivalent in euros; a range, or None, where it is not known."""
        return None if self.most is None else shown_money(self.least, self.most)

    def but(self, **changes: Any) -> Aid:
        """The aid with other values in some of its inner fields (`beneficiary`, `least` and the rest); nothing is checked."""
        new = object.__new__(Aid)
        _fill(new, *(changes[name] if name in changes else getattr(self, name) for name in _FIELDS))
        return new

    def __repr__(self) -> str:
        when = None if self.first is None or self.last is None else _text(day_text(self.first), day_text(self.last))
        most = None if self.most is None else _text(decimal_text(self.least, 2), decimal_text(self.most, 2))
        return f"Aid({self.id!r}, {self.beneficiary!r}, {self.regulation!r}, {when!r}, {most!r})"


_FIELDS = (
    "id", "beneficiary", "regulation", "first", "last", "least", "most", "activity", "costs", "measure", "keys", "origin",
)  # fmt: skip
_SETTERS = tuple(getattr(Aid, name).__set__ for name in _FIELDS)


def _fill(aid: Aid, *values: object) -> None:
    """Through the slots themselves: a million aids are built in a breath, and an aid stays frozen for everyone else."""
    for write, value in zip(_SETTERS, values, strict=True):
        write(aid, value)


def _text(least: str, greatest: str) -> str | Range:
    return least if least == greatest else Range(least, greatest)


def named(field: str, given: object, why: str) -> list[Fault]:
    """What is wrong with a name: it is no text, is empty, or has blanks at its ends that would make it another."""
    if not isinstance(given, str):
        return [(field, f"expected a text; got {shown(given)}")]
    if not given.strip():
        return [(field, f"it is empty: {why}")]
    return [(field, f"{shown(given)} has blanks at its ends: take them away")] if given != given.strip() else []


def _read_id(given: object, faults: list[Fault]) -> str:
    """The one writing of an id: two writings of one COR are one aid."""
    if not isinstance(given, str) or not given.strip():
        faults += named("id", given, "an aid has an id")
        return ""
    try:
        found = aid_id.read(given)
    except BadIdentifier as problem:
        faults.append(("id", f"{shown(given)} {problem.message}", problem.suggestion))
        return given
    faults += named("id", found, "an aid has an id")
    return found


def day_span(field: str, given: object, faults: list[Fault]) -> tuple[int | None, int | None]:
    """The first and last day that a day, a range of days, or None stands for."""
    if given is None:
        return None, None
    ends = (given.least, given.greatest) if isinstance(given, Range) else (given,)
    try:
        found = [day(end) for end in ends]
    except ValueError as problem:
        faults.append((field, str(problem)))
        return None, None
    if found[0] > found[-1]:
        faults.append((field, f"the range ends on {day_text(found[-1])}, before it begins on {day_text(found[0])}"))
    faults += [
        (field, f"{day_text(end)} is no day of any aid") for end in dict.fromkeys(found) if not _FIRST <= end <= _LAST
    ]
    return found[0], found[-1]


def money_span(field: str, given: object, faults: list[Fault]) -> tuple[int, int | None]:
    """The least and greatest cents that an amount, a range of amounts, or None stands for."""
    if given is None:
        return 0, None
    ends = (given.least, given.greatest) if isinstance(given, Range) else (given,)
    try:
        found = [cents(end) for end in ends]
    except ValueError as problem:
        faults.append((field, str(problem)))
        return 0, None
    if found[0] > found[-1]:
        faults.append((field, f"the range ends at {euros(found[-1])}, below its beginning at {euros(found[0])}"))
    return found[0], found[-1]


def told_apart(one: Aid, two: Aid) -> str:
    """What two aids of one id tell differently, in words.

    >>> told_apart(Aid("1", "alfa", "gen", "2025-01-10", 5), Aid("1", "alfa", "gen", None, 6))
    'granted_on 2025-01-10 and nothing, amount 5.00 and 6.00'
    """
    names = ("beneficiary", "regulation", "granted_on", "amount", "activity", "measure")
    told = {name: (getattr(one, name), getattr(two, name)) for name in names}
    apart = [f"{name} {_said(a)} and {_said(b)}" for name, (a, b) in told.items() if a != b]
    return ", ".join(apart) or "costs or keys of the register"


def _said(value: object) -> str:
    return f"from {value.least} to {value.greatest}" if isinstance(value, Range) else shown(value)


def shown_money(least: int, most: int) -> Decimal | Range:
    """Cents as euros: one amount, or a range where the two ends differ."""
    return euros(least) if least == most else Range(euros(least), euros(most))


def shown_days(first: int | None, last: int | None) -> dt.date | Range | None:
    """Ordinals as dates: one day, a range, or None where nothing is known."""
    if first is None or last is None:
        return None
    if first == last:
        return dt.date.fromordinal(first)
    return Range(dt.date.fromordinal(first), dt.date.fromordinal(last))


def kind_faults(field: str, given: object, kind: type) -> list[Fault]:
    """What is wrong with a value that is of some kind, or None."""
    return (
        []
        if given is None or isinstance(given, kind)
        else [(field, f"expected {words_of_kind(kind)}; got {shown(given)}")]
    )


def rows_of(field: str, given: object, faults: list[Fault]) -> Iterable[Any]:
    """What stands in a row; a text, a mapping or a single thing is none."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
        return given
    faults.append((field, f"expected several in a row; got {shown(given)}"))
    return ()


def _ids(field: str, given: object, faults: list[Fault]) -> tuple[str, ...] | None:
    if given is None:
        return None
    ids = tuple(rows_of(field, given, faults))
    for each in ids:
        faults += named(field, each, "name the cost, or leave all of them out")
    return ids
