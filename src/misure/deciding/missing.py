# SPDX-License-Identifier: Apache-2.0
"""What is not known and could still change an answer, and which answers wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.deciding.values import Shown, as_json
from misure.ground.truth import NotKnowing
from misure.rulebook.rules import Condition, Effect

__all__ = ["Decided", "Decides", "Missing", "Wanted", "decided_by", "decided_kind", "together"]


Wanted: TypeAlias = tuple[tuple[str, Shown], ...]
"""What the one record that is looked for must say: its fields, each with its value."""


@by_public_name
class Decided(StrEnum):
    """Which kind of answer waits for what is missing."""

    OUTCOME = "outcome"
    """A condition that can refuse; `id` is the condition's."""
    AMOUNT = "amount"
    """An amount of the support or of the spending, or a condition that can reduce or take it back."""
    TERM = "term"
    """A window, a deadline or a duty."""
    TRANCHE = "tranche"
    """Whether a tranche can be paid; `id` is the tranche's."""
    PLACE = "place"
    """The place in a ranking; `id` is what puts applications in order."""
    FINDING = "finding"
    """A condition that is only reported: no act says what follows from it."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Decides:
    """One answer that waits: its kind, and the id of the rule or amount."""

    kind: Decided
    id: str

    def to_dict(self) -> dict[str, str]:
        """What it decides as plain data, ready for JSON."""
        return {"kind": str(self.kind), "id": self.id}


@by_public_name
@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not known: a fact, a field of some records (their keys), a table, or a value of the law."""

    name: str
    kind: NotKnowing
    records: tuple[str, ...] = ()
    decides: tuple[Decides, ...] = ()
    """Which answers wait for it."""
    wanted: tuple[Wanted, ...] = ()
    """Of a table of which one record is looked for: what it must say, such as the year 2023; one item for each record."""

    def to_dict(self) -> dict[str, object]:
        """The missing fact as plain data, ready for JSON."""
        return {
            "name": self.name,
            "kind": str(self.kind),
            "records": list(self.records),
            "decides": [one.to_dict() for one in self.decides],
            "wanted": [{name: as_json(value) for name, value in one} for one in self.wanted],
        }


def together(found: Iterable[Missing]) -> tuple[Missing, ...]:
    """The same with one item for each thing that is not known: its records and what waits for it put together."""
    items: dict[tuple[str, NotKnowing], Missing] = {}
    for one in found:
        before = items.get((one.name, one.kind), one)
        records = tuple(dict.fromkeys((*before.records, *one.records)))
        decides = tuple(dict.fromkeys((*before.decides, *one.decides)))
        wanted = tuple(dict.fromkeys((*before.wanted, *one.wanted)))
        items[one.name, one.kind] = Missing(one.name, one.kind, records, decides, wanted)
    return tuple(items.values())


_KINDS = {Effect.REFUSES: Decided.OUTCOME, Effect.REDUCES: Decided.AMOUNT, Effect.REVOKES: Decided.AMOUNT}


def decided_by(condition: Condition) -> Decides:
    """What a condition decides where it is open."""
    if condition.effect is Effect.BLOCKS:
        return Decides(Decided.TRANCHE, condition.blocks)
    return Decides(_KINDS.get(condition.effect, Decided.FINDING), condition.id)


def decided_kind(word: str) -> Decided:
    """A kind of answer by its word.

    Raises:
        ValueError: There is no such kind; the message has them all.
    """
    try:
        return Decided(word)
    except ValueError:
        raise ValueError(f"{word!r} is no kind of answer; they are {', '.join(Decided)}") from None
