# SPDX-License-Identifier: Apache-2.0
"""A decision: what a measure answers of one applicant on one day, and everything needed to check the answer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from misure import _doors as doors
from misure._lazy import told_where_it_is
from misure._reopen import opened_whole, reopen_decision
from misure.deciding.contract import FORMAT, contract
from misure.deciding.explaining import Explaining
from misure.deciding.finding import Finding
from misure.deciding.missing import Decided, Decides, Missing, Wanted, decided_kind
from misure.deciding.outcome import Outcome, StageAnswer, answers_of_stages
from misure.deciding.printed_period import Answers, PrintedPeriod
from misure.deciding.receipt import receipt
from misure.deciding.results import Amount, Recovered, Score, SpendingLine, Tension, Term, Tranche, Waiting, paid_to
from misure.deciding.values import Shown
from misure.facts.dossier import Dossier
from misure.facts.vocabulary import FILING
from misure.ground.arguments import indent_of
from misure.ground.errors import NoSuchName
from misure.ground.holidays import national_calendar
from misure.ground.truth import Confidence, NotKnowing, Truth, best, worst
from misure.rulebook.rules import Effect, Read, Stage
from misure.rulebook.selection import Selection

if TYPE_CHECKING:
    from misure.deciding.building import Building

__all__ = ["Decision", "Outcome", "StageAnswer"]

T = TypeVar("T")


_OUTCOMES = (Outcome.REFUSED, Outcome.ELIGIBLE, Outcome.UNDECIDED, Outcome.NO_KNOWN_OBSTACLE)
_TRUTHS = (Truth.NO, Truth.YES, Truth.UNKNOWN)
_OPEN = _TRUTHS.index(Truth.UNKNOWN)
_ASKED_FIRST = {kind: place for place, kind in enumerate(NotKnowing)}
_DECIDED_FIRST = {kind: place for place, kind in enumerate(Decided)}


@told_where_it_is
@opened_whole
class Decision:
    """What a measure answers. Immutable, hashable, thread-safe, picklable; details are worked out when first read."""

    __slots__ = ("_answers", "_dossier", "_known", "_period", "_raw", "measure")

    measure: doors.Measure
    _dossier: Dossier
    _period: PrintedPeriod
    _answers: Answers
    _raw: tuple[Any, ...]
    _known: dict[str, Any]

    def __init__(
        self, measure: doors.Measure, period: PrintedPeriod, dossier: Dossier, answers: Answers, raw: tuple[Any, ...]
    ) -> None:
        write = object.__setattr__
        write(self, "measure", measure)
        write(self, "_period", period)
        write(self, "_dossier", dossier)
        write(self, "_answers", answers)
        write(self, "_raw", raw)
        write(self, "_known", {})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a decision never changes: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a decision never changes: {name!r} cannot be taken away")

    def _once(self, name: str, work: Callable[[], T]) -> T:
        """Work something out once. Two threads may both do it; they find the same."""
        if name not in self._known:
            self._known[name] = work()
        found: T = self._known[name]
        return found

    @property
    def on(self) -> dt.date:
        """The day on which the question was put."""
        return self._dossier.on

    @property
    def outcome(self) -> Outcome:
        """The conjunction of the conditions whose effect is to refuse."""
        if not self.measure.refuses:
            return Outcome.NOT_APPLICABLE
        return _OUTCOMES[self._raw[0]]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What each condition answers, in the order of the act."""
        return self._once("findings", self._findings)

    def _findings(self) -> tuple[Finding, ...]:
        raw = self._raw
        found = []
        for condition, at, asked, due in self._answers.truths:
            truth = _TRUTHS[raw[at]]
            if truth is Truth.YES and asked >= 0 and not raw[asked]:
                truth = Truth.NOT_APPLICABLE
            elif truth is Truth.YES and due >= 0 and (not raw[due] or (asked >= 0 and raw[due] == raw[asked] == _OPEN)):
                # It decides nothing by now: of a later day it may be asked, and of whom it will be asked is not known.
                truth = Truth.PENDING
            found.append(Finding(self, condition, truth))
        return tuple(found)

    def __getitem__(self, condition: str) -> Finding:
        """The finding of one condition by its id."""
        for finding in self.findings:
            if finding.id == condition:
                return finding
        raise NoSuchName.among("condition", condition, [finding.id for finding in self.findings])

    @property
    def stages(self) -> Mapping[Stage, StageAnswer]:
        """What each stage that has conditions answers, in the order of the call's life."""
        return self._once("stages", self._stages)

    def _stages(self) -> Mapping[Stage, StageAnswer]:
        found = ((finding.rule, finding.truth) for finding in self.findings)
        return MappingProxyType(answers_of_stages(found, whole=self.read is Read.WHOLE))

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not known and could still change an answer: the day of filing first, then the most useful question.

        Each says what it decides. Who is refused is asked for nothing but terms.
        """
        return self._once("missing", self._missing)

    def _missing(self) -> tuple[Missing, ...]:
        records: dict[tuple[str, NotKnowing], dict[str, None]] = {}
        wanted: dict[tuple[str, NotKnowing], dict[Wanted, None]] = {}
        uses: dict[tuple[str, NotKnowing], dict[Decides, int]] = {}
        for key, stage, decides in self._compiled.open_outputs(refused=self.outcome is Outcome.REFUSED):
            for missing in self._compiled.asked_behind(key):
                what = (missing.name, missing.kind)
                records.setdefault(what, {}).update(dict.fromkeys(missing.records))
                wanted.setdefault(what, {}).update(dict.fromkeys(missing.wanted))
                used = uses.setdefault(what, {})
                used[decides] = min(stage, used.get(decides, stage))

        if self.outcome is Outcome.NO_KNOWN_OBSTACLE and self._may_be_read_whole:
            what = (FILING, NotKnowing.MISSING)
            records.setdefault(what, {})
            wanted.setdefault(what, {})
            uses.setdefault(what, {})[Decides(Decided.OUTCOME, "read")] = 0

        def order(what: tuple[str, NotKnowing]) -> tuple[object, ...]:
            """The day of filing, whom to ask, what it decides, how early in the call's life, how much waits for it."""
            first = min((_DECIDED_FIRST[decides.kind], stage) for decides, stage in uses[what].items())
            return what != (FILING, NotKnowing.MISSING), _ASKED_FIRST[what[1]], *first, -len(uses[what])

        return tuple(
            Missing(*what, tuple(records[what]), tuple(uses[what]), tuple(wanted[what]))
            for what in sorted(records, key=order)
        )

    @property
    def _may_be_read_whole(self) -> bool:
        """Whether the day of filing, which is not told, may lie under an edition that was read whole."""
        return not self._period.filing and any(edition.read is Read.WHOLE for edition in self._period.law.possible)

    def missing_for(self, kind: Decided | str) -> tuple[Missing, ...]:
        """What one kind of answer waits for: `outcome`, `amount`, `term`, `tranche`, `place` or `finding`.

        Raises:
            ValueError: There is no such kind.
        """
        wanted = decided_kind(kind)
        return tuple(one for one in self.missing if any(decides.kind is wanted for decides in one.decides))

    @property
    def read(self) -> Read:
        """How far the governing text was read: of the edition in force, or of every one that may be."""
        return self._period.law.read

    @property
    def unasked(self) -> tuple[str, ...]:
        """What calls of this family usually ask and no rule here asks, by id; in words under `measure.rulebook.unasked`."""
        return tuple(self.measure.rulebook.unasked)

    @property
    def confidence(self) -> Confidence | None:
        """How sure the outcome is: a refusal as its surest failed condition, a yes as its weakest. None where it is open."""
        return self._once("confidence", self._confidence)

    def _confidence(self) -> Confidence | None:
        deciding = [finding for finding in self.findings if finding.effect is Effect.REFUSES]
        if self.outcome is Outcome.REFUSED:
            return best(*(finding.confidence for finding in deciding if finding.truth is Truth.NO))
        if self.outcome in (Outcome.ELIGIBLE, Outcome.NO_KNOWN_OBSTACLE):
            return worst(*(finding.confidence for finding in deciding))
        return None

    @property
    def succeeded_by(self) -> str:
        """The id of the call that comes after this one; "" where none is encoded, or none is known yet on the day of the question."""
        return self.measure.rulebook.closing.successor(self.on, self.measure.rulebook.parameters)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the answers take for so though nobody told it, by name.

        `filed_on`, where the application is not filed yet: it is decided as if filed on the day of the question. And the
        identity of the records of a table (`partners.codice_fiscale`), where some condition is met only if records of which
        nobody said who they are are different firms; its finding has them in `assumes`.
        """
        return self._once("assumed", self._assumed)

    def _assumed(self) -> tuple[str, ...]:
        defaults = tuple(name for name, _ in self._dossier.defaults)
        if not any(table.identity for table in self.measure.rulebook.tables.values()):
            return defaults
        return (*defaults, *self._compiled.assumed_identities(finding.assumes for finding in self.findings))

    @property
    def support(self) -> tuple[Amount, ...]:
        """The amounts, own share last; none for a refused applicant. While undecided: what it would be if admitted."""
        if self.outcome is Outcome.REFUSED:
            return ()
        return self._once("support", lambda: tuple(self._building.support()))

    @property
    def spending(self) -> tuple[SpendingLine, ...]:
        """The cost categories, requested and admitted, plan by plan."""
        return self._once("spending", lambda: tuple(self._building.spending()))

    @property
    def score(self) -> Score | None:
        """The points and what they are made of; None where the measure gives no points."""
        return self._once("score", self._building.score)

    @property
    def lapses(self) -> tuple[Waiting, ...]:
        """The conditions that take an award back (`effect: revokes`), which by the day of the question are not met (`no`) or may not be.

        One whose day has not come, or which waits for what has not happened, takes nothing back yet. Who is refused has no award.
        """
        if self.outcome is Outcome.REFUSED:
            return ()
        return self._once("lapses", lambda: tuple(self._building.lapses()))

    @property
    def recovery(self) -> tuple[Recovered, ...]:
        """What is to be given back by the day of the question, or may be: who is refused has received nothing."""
        if self.outcome is Outcome.REFUSED:
            return ()
        return self._once("recovery", lambda: tuple(self._building.recovery()))

    @property
    def tranches(self) -> tuple[Tranche, ...]:
        """The payments: nothing to who is refused or whose award has lapsed, and nothing for certain where that is open."""
        admitted = {Outcome.REFUSED: Truth.NO, Outcome.UNDECIDED: Truth.UNKNOWN}.get(self.outcome, Truth.YES)
        return self._once(
            "tranches", lambda: tuple(paid_to(admitted, self.lapses, t) for t in self._building.tranches())
        )

    @property
    def terms(self) -> tuple[Term, ...]:
        """The windows and deadlines."""
        return self._once("terms", lambda: tuple(self._building.terms()))

    @property
    def duties(self) -> tuple[Term, ...]:
        """What somebody must do; never touches the outcome."""
        return self._once("duties", lambda: tuple(self._building.duties()))

    @property
    def tensions(self) -> tuple[Tension, ...]:
        """Where provisions do not fit together, as seen on the day of the question."""
        return self._once("tensions", lambda: tuple(self._building.tensions()))

    @property
    def aid_remarks(self) -> tuple[doors.AidRemark, ...]:
        """What to know of the de minimis aid that was told: of strangers, granted too late, more than a ceiling allows."""
        return self._once("aid_remarks", self._aid_remarks)

    def _aid_remarks(self) -> tuple[doors.AidRemark, ...]:
        from misure.deciding.headrooms import aid_remarks_of  # a verdict alone does without

        return aid_remarks_of(self._compiled)

    @property
    def selection(self) -> Selection | None:
        """How applications are chosen, and the relations across them: declared here, decided over sets."""
        return self.measure.rulebook.selection

    @property
    def receipt(self) -> dict[str, Any]:
        """What is needed to decide again: versions, hashes, facts, defaults and legal values used; a fresh copy each time."""
        return deepcopy(self._receipt)

    @property
    def _receipt(self) -> dict[str, Any]:
        return receipt(self.measure, self._period, self._dossier)

    # The second reading

    @property
    def _compiled(self) -> Explaining:
        """The reading that tells why: values, margins, what is missing. Made when something of it is first asked."""
        found: Explaining | None = self._known.get("explaining")
        if found is None:
            found = self._known["explaining"] = Explaining(self._period, self._dossier)
        return found

    @property
    def _building(self) -> Building:
        return self._once("building", self._build)

    def _build(self) -> Building:
        from misure.deciding.building import Building  # a verdict alone does without

        return Building(self._compiled)

    def value(self, name: str) -> Shown:
        """A fact, a parameter, a definition or a line of support by name, as this decision read it.

        Raises:
            KeyError: Nothing that the measure reads has that name.
        """
        return self._compiled.named(name)

    # The contract

    def to_dict(self, *, format: int = FORMAT) -> dict[str, Any]:  # noqa: A002 - the key's own name
        """The decision as plain data, as the contract of that format names it.

        Raises:
            ValueError: There is no such format.
        """
        return deepcopy(contract(self, format))

    def to_json(self, *, indent: int | None = None, format: int = FORMAT) -> str:  # noqa: A002 - the same
        """The contract: the decision as JSON text, of this format or of the one before it.

        Raises:
            TypeError: `indent` is no whole number, no blanks and not None.
            ValueError: There is no such format, or `indent` is above 100.
        """
        return json.dumps(contract(self, format), ensure_ascii=False, indent=indent_of(indent))

    model_dump_json = to_json

    # A value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self.measure == other.measure and self._dossier == other._dossier and self._raw == other._raw

    def __hash__(self) -> int:
        return hash((self.measure, self._dossier))

    def __repr__(self) -> str:
        return f"Decision({self.measure.id} on {self.on}: {self.outcome})"

    def __reduce__(self) -> tuple[object, ...]:
        calendar = national_calendar().version
        return (reopen_decision, (self.measure, self._dossier.said(), self.on.isoformat(), calendar))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Makes a decision usable as a field of a pydantic model: itself in, the contract out."""
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(lambda decision: decision.to_dict())
        )
