# SPDX-License-Identifier: Apache-2.0
"""What to know of the de minimis aid that somebody told: aid of strangers, aid granted too late, a ceiling passed already.

A headroom is an amount, and says nothing of the aid that it leaves aside or of what exceeds it. Here each question of the rules
about a headroom is looked at once more, with the aid itself, as `misure.deminimis.headroom` would answer it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING

from misure._reopen import by_public_name
from misure.deciding.values import Shown, as_json
from misure.deminimis.aid import Aid
from misure.deminimis.ledgers.ledger import Ledger
from misure.deminimis.remaining import headroom
from misure.ground.errors import NotEncoded
from misure.ground.given import euros
from misure.ground.ranges import Range
from misure.program.groups import Group, reached
from misure.rulebook.expression import Call, Expr, Name

if TYPE_CHECKING:
    from misure.deciding.explaining import Explaining
    from misure.facts.dossier import Told

__all__ = ["AidRemark", "aid_remarks_of"]

_MEMBER, _PERHAPS = "member", "perhaps"


@by_public_name
@dataclass(frozen=True, slots=True)
class AidRemark:
    """Something to know of the de minimis aid that was told, beside what is left of the ceiling.

    Kinds: `unrelated` (aid of somebody whom no relation of control joins to the applicant or keeps apart from it: it may
    count), `later` (aid granted after the day to which the headroom looks: it does not count), `overdrawn` (a ceiling that is
    surely passed already).
    """

    kind: str
    of: str
    """The definition or the rule that asks for the headroom."""
    subject: str
    """Of `unrelated`, the beneficiary; of `later`, the day looked to; of `overdrawn`, the limit, as `Headroom.caps` names it."""
    records: tuple[str, ...]
    """The keys of the aids concerned."""
    amount: Shown
    """Euros: of these aids, or by which the limit is passed; None where it is not known."""
    since: dt.date | None = None
    """Of `overdrawn`: the day of the grant by which the limit was passed."""

    def to_dict(self) -> dict[str, object]:
        """The remark as plain data, ready for JSON."""
        return {
            "kind": self.kind, "of": self.of, "subject": self.subject, "records": list(self.records),
            "amount": as_json(self.amount), "since": None if self.since is None else self.since.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """One aid as it was told: None for what was not. `day` is 0 where it has not been granted yet."""

    key: str
    who: str | None
    regulation: str | None
    day: int | None
    cents: int | None


def aid_remarks_of(x: Explaining) -> tuple[AidRemark, ...]:
    """What there is to know of the aid behind every headroom that the rules ask for; each thing once."""
    found: dict[AidRemark, None] = {}
    for of, call in x.answers.readers.headrooms():
        found |= dict.fromkeys(_remarks(x, of, call))
    return tuple(found)


def _remarks(x: Explaining, of: str, call: Call) -> Iterator[AidRemark]:
    table, day = call.tables[0], _day(x, call.args[-1])
    aids = list(_aids(x, table))
    if call.function == "headroom":
        counted = dict.fromkeys(aids, _MEMBER)
    else:
        counted, strangers = _of_group(x, call, aids)
        # Aid that comes later does not count, whosever it is.
        strangers = [aid for aid in strangers if day is None or aid.day is None or aid.day <= day]
        for who in dict.fromkeys(aid.who for aid in strangers):
            theirs = [aid for aid in strangers if aid.who == who]
            yield AidRemark("unrelated", of, str(who), tuple(aid.key for aid in theirs), _sum(theirs))
    if day is None:
        return
    late = [aid for aid in counted if aid.day is not None and aid.day > day]
    if late:
        looked_to = dt.date.fromordinal(day).isoformat()
        yield AidRemark("later", of, looked_to, tuple(aid.key for aid in late), _sum(late))
    yield from _passed(of, call.words[0], day, counted)


def _of_group(x: Explaining, call: Call, aids: list[_Told]) -> tuple[dict[_Told, str], list[_Told]]:
    """The aid that counts, surely or perhaps, and that of whom no relation reaches."""
    group = Group(getattr(call.args[0], "name", ""), call.tables[1], "beneficiary")
    sure, apart = x.reading.members(group)
    undertaking = x.said[group.undertaking]
    counted = {aid: _MEMBER if aid.who in sure else _PERHAPS for aid in aids if aid.who not in apart}
    if undertaking is None:
        return counted, []
    told = reached(str(undertaking), x.reading.relations(group))
    return counted, [aid for aid in aids if aid.who is not None and aid.who not in told]


def _passed(of: str, regulation: str, day: int, counted: dict[_Told, str]) -> Iterator[AidRemark]:
    """The limits that are surely passed, as the ledger of the same aid tells it."""
    # What the table lacks is not in it, as `Headroom.overdrawn` leaves it out too.
    told = (_aid(aid, who) for aid, who in counted.items() if aid.regulation is not None and aid.day != 0)
    ledger = Ledger(told, complete_by="the facts")
    asked = SimpleNamespace(members=(_MEMBER,), possible=(_PERHAPS,))
    with suppress(NotEncoded):
        found = headroom(ledger, asked, on=dt.date.fromordinal(day), regulation=regulation, later="ignore")
        for cap in found.caps:
            passed = cap.overdrawn
            if cap.holds and (passed.least if isinstance(passed, Range) else passed):
                keys = tuple(sorted(aid.id for aid in cap.aids if aid.beneficiary == _MEMBER))
                yield AidRemark("overdrawn", of, cap.name, keys, passed, cap.overdrawn_since)


def _aid(aid: _Told, who: str) -> Aid:
    known = Aid.known(aid.key, who, str(aid.regulation), aid.day or 0, aid.cents or 0)
    if aid.day is None:
        known = known.but(first=None, last=None)
    return known.but(most=None) if aid.cents is None else known


def _aids(x: Explaining, table: str) -> Iterator[_Told]:
    layout, records, _ = x.reading.tables[table]
    at = {column.name: place for place, column in enumerate(layout.columns)}
    scale = 10 ** (x.book.tables[table].fields["amount"].decimals - 2)
    for row, record in enumerate(records):
        who, regulation, day, amount = (
            _field(record, at.get(name)) for name in ("beneficiary", "regulation", "granted_on", "amount")
        )
        yield _Told(
            x.key(table, row), None if who is None else str(who), None if regulation is None else str(regulation),
            None if day is None else int(day), None if amount is None else int(amount) // scale,
        )  # fmt: skip


def _field(record: tuple[Told, ...], at: int | None) -> Told:
    return None if at is None else record[at]


def _day(x: Explaining, tree: Expr) -> int | None:
    """The day to which a headroom looks; None where it is not known, or is worked out without a name."""
    if not isinstance(tree, Name):
        return None
    value = x.answers.readers.of_name(tree)(x)
    return value.toordinal() if isinstance(value, dt.date) else None


def _sum(aids: list[_Told]) -> Decimal | None:
    cents = [aid.cents for aid in aids]
    return None if None in cents else euros(sum(each or 0 for each in cents))
