# SPDX-License-Identifier: Apache-2.0
"""How what a column tells enters a program: its internal form, when no value is told, and when the value cannot be.

The law of entry stands here once, as data: `entry_of` plans a column, and an engine of columns prints the plan. What a plan
may say is closed, as `engines.operators` is for programs: what a column is stored as (`Storage`), the tests of a value
(`VALUE_TESTS`), and what is asked of a row (`Atom`). Who writes an engine prints these, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeAlias, assert_never, get_args

from misure.engines.columns.characters import COMPOSING, UNSEEN, unassigned
from misure.facts.values import code_form
from misure.facts.vocabulary import Fact, Kind
from misure.ground.times import TIME_FORM
from misure.identifiers.forms import FREE, Check, checks, form, unlike

__all__ = [
    "UNIX_DAY", "VALUE_TESTS", "AtMidnight", "Atom", "CheckDigit", "DayBetween", "Entry", "Formula", "FreeOf", "Matches",
    "NoLongerThan", "NotEmpty", "NumberBetween", "OneOf", "Storage", "Stored", "Unlike", "ValueTest", "entry_of", "may_tell",
]  # fmt: skip

UNIX_DAY = 719_163
"""1 January 1970, from which engines count their days, as an ordinal."""

# What a column is stored as


class Storage(Enum):
    """What a column holds, and what its internal form is."""

    WHOLE = "whole numbers of 64 bits"
    """As they are, times the factor."""
    NARROW = "whole numbers of fewer bits"
    """In 64 bits, times the factor."""
    DECIMALS = "exact decimals"
    """Times the factor, which makes them whole; in 64 bits."""
    DAY = "days"
    """Their ordinals (`datetime.date.toordinal`), in 64 bits."""
    MOMENT = "days with a time of day, of no time zone"
    """The ordinals of their days."""
    TRUTH = "truths"
    """As they are."""
    TEXT = "texts"
    """As they are."""
    CATEGORY = "texts out of a list that the column keeps"
    """As texts."""
    TIME = "texts, or texts out of a list, that are times of day"
    """The microseconds from midnight, in 64 bits."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a column is stored as, with its `decimals` where it holds decimals.

    >>> Stored(Storage.DECIMALS, 2).storage.value
    'exact decimals'
    """

    storage: Storage
    decimals: int = 0


# What a value is held to. Each is null where no value is told; all must hold.


@dataclass(frozen=True, slots=True)
class NumberBetween:
    """The number as it is stored lies between two ends, both in it, counted in units of its last decimal."""

    least: int
    greatest: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class DayBetween:
    """The ordinal of the day lies between two ends, both in it."""

    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class AtMidnight:
    """The time of day is midnight, to the last fraction of a second."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The text is one of these."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The whole text matches a regular expression without look-around; it is bracketed by who anchors it."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Unlike:
    """The whole text does not match a regular expression without look-around."""

    pattern: str


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """The text is not empty."""


@dataclass(frozen=True, slots=True)
class FreeOf:
    """No character of some ranges of code points stands anywhere in the text, and none of others at its ends."""

    anywhere: tuple[tuple[int, int], ...]
    at_ends: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NoLongerThan:
    """The text has at most so many characters (code points)."""

    characters: int


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """The values of the pieces add up to a multiple of the modulus; a text of another length is not asked.

    What comes of a piece that has no value is for the printer to say: `Matches` refuses such a text.
    """

    check: Check


ValueTest: TypeAlias = (
    NumberBetween | DayBetween | AtMidnight | OneOf | Matches | Unlike | NotEmpty | FreeOf | NoLongerThan | CheckDigit
)
VALUE_TESTS: tuple[type, ...] = get_args(ValueTest)
"""The closed set of tests."""


# What is asked of a row


class Atom(Enum):
    """A truth of one row that is never null."""

    EMPTY = "no value is told"
    VALUED = "a value is told"
    WAITING = "the event is said not to have happened; null says nothing of the kind"
    NOT_WAITING = "the event is not said not to have happened"
    FAILS = "a value is told, and some test of it does not hold"
    NOT_RIGHT = "no value is told of which all tests hold"


Formula: TypeAlias = tuple[tuple[Atom, ...], ...]
"""Any of these, each of which is all of those. Of none of them it never holds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The plan of one fact: the columns that tell it, and what is made of them."""

    name: str
    """The fact, or the field of a table."""
    column: str
    """The column of its values."""
    stored: Stored | None
    """What they are stored as; None where no column holds any, and only `not_yet` tells of the event."""
    not_yet: str
    """The column of truths that says that the event has not happened; "" for none."""
    factor: int
    """What a number as it is stored is multiplied with, so that it is a whole number of the fact's last decimal."""
    tests: tuple[ValueTest, ...]
    """What a value that can be is held to. Texts are tested as texts, days by their ordinals."""
    untold: Formula
    """Whether the row does not tell the fact. An event that has not happened is told."""
    wrong: Formula
    """Whether what the row tells cannot be."""

    @property
    def dated(self) -> bool:
        """Whether a column holds days, of which the ordinals are made first."""
        return self.stored is not None and self.stored.storage in {Storage.DAY, Storage.MOMENT}

    def guarded(self, *, wraps: bool) -> bool:
        """Whether a value that fails its tests must be null before anything is computed with it.

        Else an engine could stop at one row that is at fault anyway. `wraps` where whole numbers that overflow do no harm.
        """
        # A time is looked up piece by piece, and what has no such pieces comes to nothing.
        if self.stored is None or self.stored.storage in {Storage.TRUTH, Storage.TEXT, Storage.CATEGORY, Storage.TIME}:
            return False
        return self.stored.storage is Storage.DECIMALS or not wraps


# The law of entry

_BLANKS = (
    (0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip


@cache
def _plain() -> FreeOf:
    """Else a single decision would trim, compose or refuse the text. No engine composes: such a row has no answer here."""
    return FreeOf(UNSEEN + COMPOSING + unassigned(), _BLANKS)


def may_tell(fact: Fact, stored: Stored, *, in_cents: bool = False) -> bool:
    """Whether a column that is stored so may tell a fact; `in_cents` where a number of two decimals is told in whole cents.

    Who opens columns refuses every other, in words of the host: binary floats and whole numbers of more than 64 bits, and instants of a
    time zone, are stored as none of these.

    >>> turnover = Fact("turnover", Kind.NUMBER, decimals=2, least=0, greatest=10_000)
    >>> [may_tell(turnover, Stored(Storage.DECIMALS, places)) for places in (1, 2, 3)]
    [True, True, False]
    """
    match fact.kind:
        case Kind.NUMBER if fact.is_time:
            return stored.storage is Storage.TIME
        case Kind.NUMBER if stored.storage is Storage.DECIMALS:
            return not in_cents and stored.decimals <= fact.decimals
        case Kind.NUMBER:
            return stored.storage in {Storage.WHOLE, Storage.NARROW}
        case Kind.TRUTH:
            return stored.storage is Storage.TRUTH
        case Kind.DATE | Kind.EVENT:
            return stored.storage in {Storage.DAY, Storage.MOMENT}
        case Kind.CHOICE | Kind.CODE | Kind.TEXT:
            return stored.storage in {Storage.TEXT, Storage.CATEGORY}
        case _:
            assert_never(fact.kind)


def entry_of(
    fact: Fact, column: str, stored: Stored | None, *, in_cents: bool = False, not_yet: str = "", declared: bool = False, on: int
) -> Entry:  # fmt: skip
    """The plan of a fact that some column tells: by its values, by `not_yet`, or by both.

    `in_cents` where a number of two decimals is told in whole cents; `declared` where every row is to tell the fact, so that a
    row that does not is wrong; `on` is the day of the question, after which no event has happened.

    >>> turnover = Fact("turnover", Kind.NUMBER, decimals=2, least=0, greatest=10_000)
    >>> plan = entry_of(turnover, "turnover", Stored(Storage.WHOLE), on=738_000)
    >>> plan.factor, plan.tests
    (100, (NumberBetween(least=0, greatest=100, decimals=0),))
    >>> plan.untold, plan.wrong
    (((<Atom.EMPTY: 'no value is told'>,),), ((<Atom.FAILS: 'a value is told, and some test of it does not hold'>,),))

    Raises:
        ValueError: No column tells the fact.
    """
    if stored is None and not not_yet:
        raise ValueError(f"no column tells {fact.name}")
    decimals = fact.decimals if in_cents else 0
    return Entry(
        fact.name, column, stored, not_yet,
        factor=10 ** (fact.decimals - decimals) if fact.kind is Kind.NUMBER and not fact.is_time else 1,
        tests=() if stored is None else _tests(fact, stored, decimals, on),
        untold=_untold(stored, not_yet),
        wrong=_wrong(fact, stored, not_yet, declared=declared),
    )  # fmt: skip


def _tests(fact: Fact, stored: Stored, decimals: int, on: int) -> tuple[ValueTest, ...]:
    match fact.kind:
        case Kind.TRUTH:
            return ()
        case Kind.NUMBER if fact.is_time:
            return (Matches(TIME_FORM),)
        case Kind.NUMBER:
            # The ends in the column's own units, so that nothing is multiplied before it is known to be small enough.
            finer = 10 ** (fact.decimals - max(decimals, stored.decimals))
            return (NumberBetween(-(-fact.least // finer), fact.greatest // finer, stored.decimals),)
        case Kind.DATE | Kind.EVENT:
            greatest = min(on, fact.greatest) if fact.kind is Kind.EVENT else fact.greatest
            between = DayBetween(fact.least, greatest)
            return (between, AtMidnight()) if stored.storage is Storage.MOMENT else (between,)
        case Kind.CHOICE:
            return (OneOf(tuple(fact.choices)),)
        case Kind.CODE:
            return (Matches(code_form(fact)),)
        case Kind.TEXT:
            if fact.identifier in FREE:
                return NotEmpty(), _plain(), NoLongerThan(fact.greatest), Unlike(unlike(fact.identifier))
            if fact.identifier:
                return (Matches(form(fact.identifier)), *map(CheckDigit, checks(fact.identifier)))
            return NotEmpty(), _plain(), NoLongerThan(fact.greatest)
        case _:
            assert_never(fact.kind)


def _untold(stored: Stored | None, not_yet: str) -> Formula:
    return ((*([Atom.EMPTY] if stored else []), *([Atom.NOT_WAITING] if not_yet else [])),)


def _wrong(fact: Fact, stored: Stored | None, not_yet: str, *, declared: bool) -> Formula:
    untold = _untold(stored, not_yet) if declared else ()
    if stored is None or fact.kind is Kind.TRUTH:
        return untold
    if not_yet:
        return ((Atom.FAILS,), (Atom.WAITING, Atom.VALUED), *untold)
    return ((Atom.NOT_RIGHT,),) if declared else ((Atom.FAILS,),)
