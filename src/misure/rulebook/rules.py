# SPDX-License-Identifier: Apache-2.0
"""What a rule is once read, checked and linked: every text of logic has become a typed tree, every name is known.

A `Rulebook` is one measure, whole. It is plain frozen data, in the order of the act, and knows nothing of applicants.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias

from misure._reopen import by_public_name, reduced_rulebook
from misure.facts.vocabulary import Fact, Table, Vocabulary
from misure.ground.place import Place
from misure.ground.record import Record
from misure.ground.truth import Confidence
from misure.rulebook.acts import Act, Citation, Edition, Read, Source, ValueReading
from misure.rulebook.apportioning import Apportionment
from misure.rulebook.costs import Spending, SpendingLine, SpendingPlan
from misure.rulebook.expression import Expr, Type
from misure.rulebook.recovery import Recovery
from misure.rulebook.rule import Rule
from misure.rulebook.selection import Selection
from misure.rulebook.shared_law import SharedLaw
from misure.rulebook.tranches import Tranches

__all__ = [
    "Act", "Bonus", "Cap", "Case", "Citation", "Closing", "Condition", "Criterion", "Definition", "Duty", "Edition", "Effect",
    "Exemption", "OwnShare", "Parameter", "Read", "Rule", "Rulebook", "Score", "Share", "Source", "Spending",
    "SpendingLine", "SpendingPlan", "Stage", "Support", "SupportLine", "Tension", "Term", "Value",
]  # fmt: skip


@by_public_name
class Stage(StrEnum):
    """The life of an Italian call, in order."""

    ADMISSION = "admission"
    ASSESSMENT = "assessment"
    SELECTION = "selection"
    AWARD = "award"
    PAYMENT = "payment"
    REPORTING = "reporting"
    UPKEEP = "upkeep"


@by_public_name
class Effect(StrEnum):
    """What follows when a condition is not met. `unstated`: the act is silent, so it is reported and changes nothing."""

    REFUSES = "refuses"
    BLOCKS = "blocks"
    REDUCES = "reduces"
    REVOKES = "revokes"
    NONE = "none"
    UNSTATED = "unstated"


Share: TypeAlias = Fraction
"""A share of a whole as an exact fraction: 40% is Fraction(2, 5)."""


class Value(Record):
    """One dated value of a parameter.

    `known` is a scaled integer for a number, a `Fraction` for a share, an ordinal for a date, a tuple of texts for a list,
    a text for a counting regime; None when no source gives it. Then `unknown` says why and `least`, `greatest` bound it. Of a
    list that is known in part `known` is what surely stands in it, and `unknown` says why there may be more.
    """

    since: dt.date
    known: int | Fraction | tuple[str, ...] | tuple[int, ...] | str | None
    unknown: str
    least: int | Fraction
    greatest: int | Fraction
    confidence: Confidence
    inferred: str
    citation: Citation
    source: str
    place: Place
    bounds_given: bool = False
    """Whether the bounds come from a source (`between`) or are the unit's own."""
    readings: tuple[ValueReading, ...] = ()
    """What the sources that do not agree have each; empty where they do."""
    also: tuple[str, ...] = ()
    """What some reading of a list has beyond `known`; where a list that is known in part has no readings, it may be anything."""


class Parameter(Record):
    """A legal value by name, dated on `anchor` (an event's name, or `on`)."""

    name: str
    type: Type
    values: tuple[Value, ...]
    anchor: str
    label: str
    provisions: tuple[str, ...]
    for_information: bool
    place: Place


class Case(Rule, kw_only=True):
    """One case of a definition; `when` is None for `otherwise`."""

    when: Expr | None
    value: Expr


class Definition(Rule, kw_only=True):
    """A named value: one tree, or exclusive cases. `text` is its label. `proved` when no two cases can be live at once."""

    type: Type
    cases: tuple[Case, ...]
    proved: bool = True


class Exemption(Rule, kw_only=True):
    """For whom a condition is not asked: where `when` is so, nothing is asked of the condition `of`."""

    of: str
    when: Expr


class Condition(Rule, kw_only=True):
    """A condition of one stage. Windows, deadlines, the score's threshold and refusing caps are conditions too.

    `origin` says which shape made it: condition, window, deadline, threshold, cap. `reduces` names the lines of support of
    which it takes an amount away where it is not met. `leaves` is what is left then of what those lines are shares of; without it
    no rule says how much is taken, but where it `keeps` at least the share of each line that the first of two amounts is of the second.
    """

    stage: Stage
    effect: Effect
    holds: Expr
    when: Expr | None = None
    blocks: str = ""
    reduces: tuple[str, ...] = ()
    leaves: Expr | None = None
    keeps: tuple[Expr, ...] = ()
    whole_above: tuple[str, ...] = ()
    """Lines of support: where the first amount that it `keeps` is not above them together, that share is left and no more."""
    recovers: tuple[Recovery, ...] = ()
    """What is given back where it is not met."""
    once: str = ""
    """The event from which on it is asked; "" where it is asked at once."""
    since: dt.date | None = None
    until: dt.date | None = None
    exemptions: tuple[Exemption, ...] = ()
    origin: Literal["condition", "window", "deadline", "threshold", "cap"] = "condition"


class Term(Rule, kw_only=True):
    """A window (`opens`, `closes`, `of`) or a deadline (`by`, `done`). `regime` is a counting regime or a regime parameter.

    `opens_at` is the time of day from which the first day of a window is open, `closes_at` that until which the last one is,
    that very time included; None where the whole day is. `hour` is the fact of the time of day that is held to them.
    `may_be_extended` says why a window may have closed later than its last day: who comes after it is late by our reading alone.
    """

    stage: Stage
    regime: str
    opens: Expr | None = None
    closes: Expr | None = None
    of: str = ""
    by: Expr | None = None
    done: str = ""
    peremptory: bool | None = None
    opens_at: Expr | None = None
    closes_at: Expr | None = None
    hour: str = ""
    may_be_extended: str = ""


class Duty(Rule, kw_only=True):
    """What somebody must do, where `when` is so; it never touches the outcome.

    It is done by a day (`by`, `done`), or goes on for some time: until `closes`, that day included, from `opens` on where it says so;
    `broken` is the event by which it is not kept.
    """

    who: str
    when: Expr | None = None
    by: Expr | None = None
    done: str = ""
    regime: str = ""
    opens: Expr | None = None
    closes: Expr | None = None
    broken: str = ""


class Criterion(Rule, kw_only=True):
    """A criterion of the score: its fact, and the parameter of its maximum or of its discrete steps.

    `gives` are the points that the act fixes from other facts: the fact can tell no others. Where `fact` is "" nobody tells
    them: they are what it `gives`, and the maximum at most.
    """

    fact: str
    most: str = ""
    steps: str = ""
    gives: Expr | None = None


class Bonus(Rule, kw_only=True):
    """Points that are added to a score where `when` is so, after its threshold is looked at or before."""

    points: str
    when: Expr
    after_threshold: bool


class Score(Rule, kw_only=True):
    """`total` is the fact of the total declared alone ("" if it cannot be). The threshold is a condition of its own.

    `bonus_most` is the parameter of what all bonuses together add at most, "" where nothing limits them.
    """

    least: str
    greatest: str
    total: str
    criteria: tuple[Criterion, ...]
    bonuses: tuple[Bonus, ...] = ()
    bonus_most: str = ""


class Cap(Rule, kw_only=True):
    """What an amount may not pass. `over` says whether the amount is cut or the application refused."""

    most: Expr
    refuses: bool = False


class Equivalent(Rule, kw_only=True):
    """The gross grant equivalent of a line that is no grant: what the regime counts of it."""

    amount: Expr


class SupportLine(Rule, kw_only=True):
    """An amount of aid: its form, the costs `of` which it is a share, and what caps it."""

    form: str
    of: Expr
    intensity: str
    """The parameter of the share of `of` that is given; "" where it is the whole, or `share` works it out."""
    caps: tuple[Cap, ...]
    rounding: Literal["half_up", "down"] = "half_up"
    equivalent: Equivalent | None = None
    share: Expr | None = None
    """The share of `of` that is given, where it depends on the applicant: with bonuses for some."""
    granted: Expr | None = None
    """The fact that tells how much of it the award grants: never more than the line is before any condition takes from it."""
    granted_least: Expr | None = None
    """The least that the award grants of it, where nobody tells how much."""
    granted_of: Expr | None = None
    """The amount that the award admits, of which it grants the line's share at most."""
    apportioned: Apportionment | None = None
    """What each record of a table receives of it."""
    granted_once: str = ""
    """The event from which on the line is what is granted of it, and no more what works out; "" where it only bounds it."""


class OwnShare(Rule, kw_only=True):
    """What is left to the applicant: `of` less every line of support."""

    of: Expr


class Support(Record):
    """All that a measure gives: the lines of support, and the share that the applicant bears himself."""

    lines: tuple[SupportLine, ...]
    own_share: OwnShare | None


Apart: TypeAlias = Literal["sentence", "act", "acts", "sources"]
"""What is read in more than one way: one sentence, several places of one act, several acts, or what several sources report."""


class Tension(Rule, kw_only=True):
    """Two provisions that do not fit: reported from `since` on, never resolved in silence.

    `when` says for whom the readings lead to different answers: for them the conditions that it bears on are open, as far as the
    other reading would not find the same (`otherwise`: that they are `met`, `not_met`, or "" where it may be either).
    """

    since: dt.date
    bears_on: tuple[str, ...]
    when: Expr | None = None
    otherwise: Literal["", "met", "not_met"] = ""
    readings: Mapping[str, str] = MappingProxyType({})
    """Each reading by its id, in a sentence."""
    disagree: Literal["sentence", "act", "acts", "sources"] = "sources"
    """What the readings are of."""


class Closing(Record):
    """The end of a call, its successor, and the call that it succeeds.

    `condition` is the id of the condition that an application is filed before the end, "" where no end is encoded.
    """

    condition: str = ""
    succeeded_by: str = ""
    succeeds: str = ""
    successor_known: dt.date | None = None
    """The day from which the act of the successor is known; None where nothing says it: then after the end of this call."""
    ends: tuple[str, ...] = ()
    """The values that give the end: the last day, and the last one before an act closed it."""
    others: Mapping[str, Place] = MappingProxyType({})
    """Where the rule file names the other measures, by their ids."""
    successor_title: str = ""
    """What people call the successor, in Italian; "" where nothing says it."""

    def successor(self, on: dt.date, parameters: Mapping[str, Parameter]) -> str:
        """The id of the call that comes after this one, as far as it is known on a day; "" where it is not."""
        if self.successor_known is not None:
            return self.succeeded_by if self.successor_known <= on else ""
        # The end is the first of the two; of each the last day that it may be counts.
        last = [
            max(
                int(value.known if isinstance(value.known, int) else value.greatest)
                for value in parameters[name].values
            )
            for name in self.ends
        ]
        return self.succeeded_by if last and min(last) < on.toordinal() else ""


class Rulebook(Record, kw_only=True):
    """One measure, read, checked and linked."""

    id: str
    title: str
    short_title: str = ""
    """What people call the call, in a few words, for lists and narrow screens; "" where the file has none."""
    subject: str
    law_of: str
    """The anchor: the event's name (`filed_on`, `granted_on`, `paid_on`) or `on`."""
    format: int
    vocabulary: Vocabulary
    acts: Mapping[str, Act]
    sources: Mapping[str, Source]
    editions: tuple[Edition, ...]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    """In an order in which each uses only those before it."""
    conditions: tuple[Condition, ...]
    terms: tuple[Term, ...]
    duties: tuple[Duty, ...]
    score: Score | None
    spending: Spending | None
    support: Support | None
    selection: Selection | None
    tranches: Tranches | None
    tensions: tuple[Tension, ...]
    not_modelled: Mapping[str, str]
    facts: Mapping[str, Fact]
    """The facts and events that some rule asks, by name."""
    tables: Mapping[str, Table]
    """The tables that some rule reads, with all their fields."""
    sections: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Classification scheme -> section -> the code prefixes under it."""
    rules_hash: str
    root: str
    """The folder of the rule package, from which the measure can be read again; "" where it was opened from linked data."""
    laws: tuple[SharedLaw, ...] = ()
    """The shared law that the measure uses."""
    unasked: Mapping[str, str] = MappingProxyType({})
    """What calls of this family usually ask and no rule here asks, by id, with its name in words."""
    closing: Closing = Closing()
    """When the call ends, and which calls stand before and after it."""

    def borrowed(self, name: str) -> SharedLaw | None:
        """The shared law that a parameter or a rule comes from; None for the measure's own."""
        return next((law for law in self.laws if name in law.names), None)

    def __reduce__(self) -> tuple[object, ...]:
        return reduced_rulebook(self)
