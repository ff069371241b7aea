# SPDX-License-Identifier: Apache-2.0
"""The details behind a decision, worked out when somebody asks: values by name, margins, culprits, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from misure.deciding.missing import Decided, Decides, Missing, Wanted, decided_by
from misure.deciding.readers import MONEY, parameter_value
from misure.deciding.record_details import (
    Assumed,
    Culprit,
    LeftOut,
    assumed_by,
    culprits_of,
    left_out_of,
    nameless_in,
    shown_field,
)
from misure.deciding.values import Exact, Range, Shown, day_of, day_within, number_of
from misure.engines.intervals.interpreter import Interpreter, Unknown
from misure.engines.intervals.unknowns import unknowns
from misure.engines.intervals.widened import Nearer, Widened
from misure.facts.dossier import Told
from misure.facts.vocabulary import FILING, FILING_TIME, TIME, Fact, Kind, Nature, Table
from misure.ground.each_thread import of_each_thread
from misure.ground.errors import NoSuchName
from misure.ground.truth import Confidence, NotKnowing, Truth, worst
from misure.program.lowering.candidates import keys_of
from misure.rulebook.expression import Name, Type
from misure.rulebook.rules import Condition, Parameter, Stage

if TYPE_CHECKING:
    from misure.deciding.confidence import Confidences
    from misure.deciding.printed_period import Answers, PrintedPeriod
    from misure.facts.dossier import Dossier

__all__ = ["Explaining"]

_TRUTHS = (Truth.NO, Truth.YES, Truth.UNKNOWN)
_BOUND_BY_NATURE = ("share", "year", "days", "months", "years", TIME)
_STAGES = {stage: place for place, stage in enumerate(Stage)}
_LAST = len(_STAGES)


class Explaining:
    """The second reading of one dossier under one law."""

    def __init__(self, period: PrintedPeriod, dossier: Dossier) -> None:
        self.period, self.dossier, self.book = period, dossier, period.rulebook
        self._assumed: dict[str, tuple[Assumed, ...]] = {}

    @cached_property
    def answers(self) -> Answers:
        """The printed function that explains."""
        return self.period.complete_detail if self.dossier.complete else self.period.partial_detail

    @cached_property
    def raw(self) -> tuple[Any, ...]:
        """What it returned."""
        return self.answers(self.dossier)

    @property
    def confidences(self) -> Confidences:
        """How sure each answer is, under this law."""
        return self.period.confidences

    @of_each_thread
    def reading(self) -> Interpreter:
        """The slow reading, which can say why."""
        return Interpreter(self.dossier, beyond=True)

    @cached_property
    def said(self) -> dict[str, Told]:
        """Each fact as it was told, by name."""
        return {c.name: v for c, v in zip(self.dossier.layout.inputs, self.dossier.values, strict=True)}

    # Outputs

    def ends(self, key: str) -> tuple[int, int]:
        """The ends of a number by its output's name."""
        slot = self.answers.slots[key]
        return self.raw[slot.first], self.raw[slot.second]

    def truth(self, key: str) -> Truth:
        return _TRUTHS[self.raw[self.answers.slots[key].first]]

    def number(self, key: str, decimals: int) -> Shown:
        """A number by its output's name, as a value or a range; an end that the vocabulary alone gives is left open."""
        lo, hi = self.ends(key)
        scale = self.period.program.scales.get(key, 10**decimals)
        least = number_of(lo, scale, decimals)
        return least if lo == hi else self.span(key, least, number_of(hi, scale, decimals))

    def span(self, key: str, least: Exact, greatest: Exact) -> Range:
        """The range of an open output from its ends, without those that the vocabulary alone gives."""
        low, high = self.free_ends(key)
        return Range(None if low else least, None if high else greatest)

    def free_ends(self, key: str) -> tuple[bool, bool]:
        """Which ends of a number rest on a bound of the vocabulary, such as the greatest amount that a field may hold.

        A number that is counted in days, or in proportion to some, may rest on where the calendar ends: that is no end either.
        """
        node = self.period.output(key)
        (low, high), (least, greatest) = self.reading.ends(node), self._widened.ends(node)
        nearer = self.beyond_the_calendar(key)
        return least < low or nearer[0], greatest > high or nearer[1]

    def beyond_the_calendar(self, key: str) -> tuple[bool, bool]:
        """Which ends of a number of days rest on where the calendar ends or begins, and on no day of anybody."""
        node = self.period.output(key)
        (low, high), (least, greatest) = self.reading.ends(node), self._nearer.ends(node)
        return least != low, greatest != high

    @of_each_thread
    def _nearer(self) -> Nearer:
        return Nearer(self.dossier, beyond=True)

    @of_each_thread
    def _widened(self) -> Widened:
        return Widened(self.dossier, self._is_technical)

    def _is_technical(self, kind: str, table: str, name: str) -> bool:
        """Whether nothing but the vocabulary bounds it. A share has its bounds by nature, and durations go into the calendar."""
        if kind == "open":
            parameter = self.book.parameters.get(name.partition("@")[0])
            if parameter is None or parameter.type.unit in _BOUND_BY_NATURE:
                return False
            return any(value.known is None and not value.bounds_given for value in parameter.values)
        spec = self.book.tables[table].fields[name] if table else self.book.facts[name]
        criteria = self.book.score.criteria if self.book.score else ()
        by_the_act = not table and any(name == one.fact and (one.most or one.steps) for one in criteria)
        return spec.unit not in _BOUND_BY_NATURE and not by_the_act

    def money(self, key: str) -> Shown:
        return self.number(key, MONEY)

    def bounded_money(self, key: str) -> Shown:
        """An amount; None where nothing but the vocabulary bounds it from above, for that is no estimate."""
        lo, hi = self.ends(key)
        return None if lo != hi and hi == self.period.output(key).hi else self.money(key)

    def day(self, key: str) -> Shown:
        """A day by its output's name; None where nothing is known of it."""
        lo, hi = self.ends(key)
        if lo == hi:
            return day_of(lo)
        found = unknowns(self.reading, self.period.output(key))
        if any(self._unbounded(unknown, Kind.DATE, Kind.EVENT) for unknown in found):
            return None
        return day_within(lo, hi)

    def has(self, key: str) -> bool:
        return key in self.answers.slots

    # Values by name

    def parameter(self, parameter: Parameter) -> Shown:
        """The legal value of the day."""
        return parameter_value(self.period, parameter)

    def named(self, name: str) -> Shown:
        """A fact, a parameter, a definition or a line of support by its name alone.

        Raises:
            KeyError: Nothing that the measure reads has that name.
        """
        lines = [line.id for line in self.book.support.lines] if self.book.support else []
        known = (*self.book.facts, *self.book.parameters, *self.book.definitions, *lines)
        if name not in known:
            raise NoSuchName.among("fact, value, definition or line of support", name, known)
        fact = self.book.facts.get(name)
        if fact is not None:
            return self.answers.readers.of_name(Name(name, "fact", Type(str(fact.kind)), fact.place))(self)
        if name in self.book.parameters:
            return self.parameter(self.book.parameters[name])
        if name not in self.book.definitions and self.has(f"support.{name}"):
            return self.money(f"support.{name}")
        definition = self.book.definitions[name]
        return self.answers.readers.of_name(Name(name, "definition", definition.type, definition.place))(self)

    # Margin, culprits, missing

    def rests_on_bounds_alone(self, key: str) -> bool:
        """Whether a range comes from a figure of which only the vocabulary's bounds are known: that is no estimate."""
        found = unknowns(self.reading, self.period.output(key))
        return any(self._unbounded(unknown, Kind.NUMBER, Kind.DATE, Kind.EVENT) for unknown in found)

    def _unbounded(self, unknown: Unknown, *kinds: Kind) -> bool:
        if unknown.bounded or unknown.kind in (NotKnowing.UNPUBLISHED, NotKnowing.PENDING):
            return False
        if unknown.table and not unknown.name:
            return not self.reading.tables[unknown.table][1]
        spec = self._spec(unknown)
        return spec is None or spec.kind in kinds

    def _spec(self, unknown: Unknown) -> Fact | None:
        if unknown.table:
            return self.book.tables[unknown.table].fields.get(unknown.name)
        return self.book.facts.get(unknown.name)

    def exemptions_of(self, condition: Condition) -> tuple[str, ...]:
        return tuple(e.id for e in condition.exemptions if self.truth(f"exemption.{e.id}") is Truth.YES)

    def culprits_of(self, condition: Condition) -> tuple[Culprit, ...]:
        return tuple(culprits_of(self, condition))

    @cached_property
    def _nameless(self) -> tuple[tuple[Table, int], ...]:
        """Where some record does not tell who it is; where there is none, nothing need be counted again."""
        return tuple(nameless_in(self))

    def assumed_by(self, condition: Condition) -> tuple[Assumed, ...]:
        """What a condition that is met assumes of records whose identity is not told."""
        found = self._assumed.get(condition.id)
        if found is None:
            met = bool(self._nameless) and self.truth(f"condition.{condition.id}") is Truth.YES
            found = self._assumed[condition.id] = tuple(assumed_by(self, condition, self._nameless)) if met else ()
        return found

    def assumed_identities(self, assumes: Iterable[Iterable[Assumed]]) -> tuple[str, ...]:
        """The fields that would tell whom some met condition takes for different firms: `partners.codice_fiscale`."""
        if not self._nameless:
            return ()
        found = (f"{assumed.table}.{assumed.field}" for of_one in assumes for assumed in of_one)
        return tuple(dict.fromkeys(found))

    def left_out_of(self, condition: Condition) -> tuple[LeftOut, ...]:
        return tuple(left_out_of(self, condition))

    def spared_by(self, condition: Condition) -> Truth:
        """Whether a condition takes nothing from the amounts that it reduces: it is met, or is a term that still runs."""
        spares = f"spares.{condition.id}"
        return self.truth(spares if self.has(spares) else f"condition.{condition.id}")

    def decided_by(self, condition: Condition) -> Decides:
        """What a condition decides where it is open: until its last day is over a term that reduces decides of itself alone."""
        runs = self.has(f"spares.{condition.id}") and self.spared_by(condition) is Truth.YES
        return Decides(Decided.FINDING, condition.id) if runs else decided_by(condition)

    def confidence_of(self, condition: Condition) -> Confidence:
        """How sure the reading is, and what is assumed of the records that are counted."""
        sure = worst(self.confidences.of_condition(condition), self.confidences.of_points(condition, self.said))
        if condition.origin == "window" and self.is_past_its_last_day(condition.id):
            sure = worst(sure, Confidence.INFERRED)
        return worst(sure, Confidence.ASSUMED) if self._nameless and self.assumed_by(condition) else sure

    def is_past_its_last_day(self, window: str) -> bool:
        """Whether something surely came after the last day of a window that may have been extended since its act was read."""
        for term in self.book.terms:
            if term.id == window and term.may_be_extended and self.truth(f"condition.{window}") is Truth.NO:
                day = self.dossier.on.toordinal() if term.of == "on" else int(self.said[term.of] or 0)
                # Not before it opens, and not inside: a day that is told as not yet come lies on that of the question, or later.
                return (day or self.dossier.on.toordinal()) > self.ends(f"term.{window}.opens")[1]
        return False

    def key(self, table: str, row: int) -> str:
        """The key of a record; its place in the list where the key was not told."""
        layout, records, _ = self.reading.tables[table]
        at = [column.name for column in layout.columns].index(self.book.tables[table].key)
        key = records[row][at]
        return f"{table}[{row + 1}]" if key is None else str(key)

    def missing_behind(self, key: str, decides: Decides | None = None) -> tuple[Missing, ...]:
        """What is not known behind an open output, which decides something."""
        found: dict[tuple[str, NotKnowing], list[str]] = {}
        wanted: dict[str, dict[Wanted, None]] = {}
        for unknown in unknowns(self.reading, self.period.output(key)):
            name, kind = self._named(unknown, key)
            if unknown.wanted:
                fields = self.book.tables[unknown.table].fields
                which = tuple((field, shown_field(fields[field], value)) for field, value in unknown.wanted)
                wanted.setdefault(name, {})[which] = None
            records = found.setdefault((name, kind), [])
            if unknown.row >= 0:
                records.append(self.key(unknown.table, unknown.row))
        waits = () if decides is None else (decides,)
        return tuple(
            Missing(name, kind, tuple(dict.fromkeys(rows)), waits, tuple(wanted.get(name, ())))
            for (name, kind), rows in found.items()
        )

    def asked_behind(self, key: str) -> tuple[Missing, ...]:
        """The same, without what nobody need be asked: what one part of a tranche rules out for certain, no other can bring.

        What no source gives stays: it will matter once the part that is missing today is there.
        """
        found = self.missing_behind(key)
        what, _, rest = key.partition(".")
        tranche, _, part = rest.partition(".")
        if what != "tranche" or "." not in part or part.startswith("withheld."):
            return found
        settled = self.truth(f"tranche.{tranche}.payable") is not Truth.UNKNOWN
        due = part.startswith("due.") and self.truth(f"tranche.{tranche}.due") is Truth.UNKNOWN
        return tuple(one for one in found if due or not settled or one.kind is NotKnowing.UNPUBLISHED)

    def _named(self, unknown: Unknown, key: str) -> tuple[str, NotKnowing]:
        if not unknown.name:
            return unknown.table or key.partition(".")[2], unknown.kind
        name = f"{unknown.table}.{unknown.name}" if unknown.table else unknown.name
        if name == FILING_TIME and any(event == FILING for event, _ in self.dossier.defaults):
            # What is not filed yet has no hour that anybody could tell: the filing itself is what has to come.
            return FILING, NotKnowing.PENDING
        spec = self._spec(unknown)
        if unknown.kind is NotKnowing.MISSING and spec is not None and spec.nature is Nature.ASSESSED:
            return name, NotKnowing.TO_BE_JUDGED
        return name, unknown.kind

    def open_outputs(self, *, refused: bool) -> Iterator[tuple[str, int, Decides]]:
        """The outputs that are open and matter to somebody: its key, its stage in the life of the call, what it decides.

        Who is `refused` is asked for nothing but terms: no other answer can change any more.
        """
        if not refused:
            for condition in self.book.conditions:
                if self.truth(f"condition.{condition.id}") is Truth.UNKNOWN:
                    yield f"condition.{condition.id}", _STAGES[condition.stage], self.decided_by(condition)
            yield from self._open_amounts()
            yield from self._open_places()
            yield from self._open_tranches()
            for condition in self.book.conditions:
                for one in condition.recovers:
                    if self._is_open(f"recovery.{one.id}"):
                        yield f"recovery.{one.id}", _STAGES[condition.stage], Decides(Decided.AMOUNT, one.id)
        yield from self._open_terms()

    def _open_amounts(self) -> Iterator[tuple[str, int, Decides]]:
        support, spending = self.book.support, self.book.spending
        amounts = {f"support.{line.id}": line.id for line in support.lines} if support else {}
        if support is not None and support.own_share is not None:
            amounts["own_share"] = "own_share"
        # Who receives how much may be open where the whole is known.
        for line in support.lines if support else ():
            if line.apportioned:
                amounts |= {f"support.{line.id}.{what}": line.id for what in ("weights", "limits", "keepers")}
        # Where there is no support the spending is the answer; elsewhere what support reads of it is behind the support.
        for plan in spending.plans if spending and not amounts else ():
            amounts[f"spending.{plan.id}.total"] = plan.total
        for key, amount in amounts.items():
            if self._is_open(key):
                yield key, _STAGES[Stage.AWARD], Decides(Decided.AMOUNT, amount)

    def _open_places(self) -> Iterator[tuple[str, int, Decides]]:
        for key, order in keys_of(self.book.selection) if self.book.selection else ():
            if self._is_open(key):
                yield key, _STAGES[Stage.SELECTION], Decides(Decided.PLACE, order.name)

    def _open_tranches(self) -> Iterator[tuple[str, int, Decides]]:
        for tranche in self.book.tranches.lines if self.book.tranches else ():
            if self._is_open(f"tranche.{tranche.id}.net"):
                yield f"tranche.{tranche.id}.net", _STAGES[Stage.PAYMENT], Decides(Decided.TRANCHE, tranche.id)
            for part, requirements in tranche.needs.items():
                for requirement in requirements:
                    key = f"tranche.{tranche.id}.{part}.{requirement.id}"
                    if self.truth(key) is Truth.UNKNOWN:
                        yield key, _STAGES[Stage.PAYMENT], Decides(Decided.TRANCHE, tranche.id)

    def _open_terms(self) -> Iterator[tuple[str, int, Decides]]:
        for term in self.book.terms:
            applies = f"applies.{term.id}"
            if self.has(applies) and self.truth(applies) is Truth.NO:
                continue  # whoever has nothing to do in a term is not asked for its day
            if self._is_settled(f"term.{term.id}.day", term.done):
                continue
            for end in ("opens", "closes", "opens_at", "closes_at", "day"):
                if self._is_open(f"term.{term.id}.{end}"):
                    yield f"term.{term.id}.{end}", _LAST, Decides(Decided.TERM, term.id)
        for duty in self.book.duties:
            applies = f"duty.{duty.id}.applies"
            falls = self.truth(applies) if self.has(applies) else Truth.YES
            if falls is Truth.NO:
                continue
            if falls is Truth.UNKNOWN:
                yield applies, _LAST, Decides(Decided.TERM, duty.id)
            if self._is_settled(f"duty.{duty.id}.day", duty.done):
                continue
            for end in ("opens", "day"):
                if self._is_open(f"duty.{duty.id}.{end}"):
                    yield f"duty.{duty.id}.{end}", _LAST, Decides(Decided.TERM, duty.id)

    def _is_settled(self, key: str, done: str) -> bool:
        """Whether what a term asks was done, in time or too late, on whichever of its possible last days it ends."""
        day = int(self.said.get(done) or 0) if done and self.has(key) else 0
        if not day:
            return False
        low, high = self.ends(key)
        return day <= low or day > high

    def _is_open(self, key: str) -> bool:
        """Whether an output is there, and is not one value."""
        if not self.has(key):
            return False
        low, high = self.ends(key)
        return low != high
