# SPDX-License-Identifier: Apache-2.0
"""What is missing is always something that somebody can name, and telling it, in that order, reaches an answer.

Seen to fail when `unknowns` passed over the guard of a case, and when an incomplete table was not named.
"""

from collections import Counter

from misure import NotKnowing, Outcome, Truth
from misure.deciding.machinery import compiled
from misure.deciding.missing import Decided
from misure.facts.following import earlier_events
from misure.facts.vocabulary import Kind
from misure.results import DutyState
from misure.rulebook.functions import FUNCTIONS
from misure.testing.told import rows_of
from tests.laws.drawn_once import of_every, partly_told
from tests.laws.readings import LEAST, answered, every_measure, is_decision

ASKABLE = {NotKnowing.MISSING, NotKnowing.TO_BE_JUDGED}


def names(measure):
    """Everything that may be called missing, by kind of not knowing."""
    book = measure.rulebook
    fields = {f"{table}.{field}" for table, spec in book.tables.items() for field in spec.fields}
    asked = {*book.facts, *book.tables, *fields}
    conditions = {condition.id for condition in book.conditions}
    reducing = {condition.id for condition in book.conditions if condition.reduces}
    readings = {tension.id for tension in book.tensions if tension.otherwise}
    return {
        NotKnowing.MISSING: asked,
        NotKnowing.TO_BE_JUDGED: asked,
        NotKnowing.PENDING: {*book.facts, *fields},
        # How much a breach takes from an amount stands under the condition that is breached.
        # What only a reading decides, under the tension that tells of it.
        NotKnowing.UNPUBLISHED: {
            *book.parameters,
            *LAW_BENEATH,
            "repayment_plan",
            "discounted_instalments",
            *reducing,
            *readings,
        },
        NotKnowing.UNDEFINED: {*book.tables, *conditions},
    }


LAW_BENEATH = {table for function in FUNCTIONS.values() for table in function.reads}


@every_measure
def test_what_is_open_names_what_is_missing(measure):
    met = Counter()

    def law(_less, _on, decision, _whole):
        known, told = names(measure), compiled(decision).dossier.said()
        refused = decision.outcome is Outcome.REFUSED
        together = {(missing.name, missing.kind): set(missing.decides) for missing in decision.missing}
        assert len(together) == len(decision.missing)
        for finding in decision.findings:
            assert bool(finding.missing) is (finding.truth is Truth.UNKNOWN), finding
            for missing in finding.missing:
                # Who is refused is asked for nothing but terms.
                assert refused or set(missing.decides) <= together[missing.name, missing.kind]
        met["refused and open"] += refused and any(finding.missing for finding in decision.findings)
        for missing in decision.missing:
            met[missing.kind] += 1
            assert missing.decides
            assert not refused or {decides.kind for decides in missing.decides} == {Decided.TERM}
            assert missing.name in known[missing.kind]
            if missing.kind is NotKnowing.PENDING:
                followed = compiled(decision).dossier.followed
                table, _, field = missing.name.rpartition(".")
                waits = (
                    [row.get(field) for row in rows_of(told.get(table)) if row["id"] in missing.records]
                    if table
                    else [told.get(missing.name)]
                )
                assert set(waits) == {"not_yet"} or missing.name in followed
            elif missing.kind in ASKABLE and "." not in missing.name:
                assert missing.name not in told or not isinstance(told[missing.name], list)
        if decision.outcome is Outcome.UNDECIDED:
            met["undecided"] += 1
        assert bool(decision.missing_for("outcome")) is (decision.outcome is Outcome.UNDECIDED)
        untold = compiled(measure).asks_filing and "filed_on" not in told
        met["filing untold"] += untold
        asked = [missing.name for missing in decision.missing]
        assert "filed_on" not in asked or (untold and asked[0] == "filed_on")

    of_every(partly_told(measure), law)
    assert met["refused and open"] or not measure.refuses, met
    assert met["filing untold"] or not compiled(measure).asks_filing, met
    assert met[NotKnowing.MISSING] >= LEAST, met
    assert met["undecided"] >= LEAST or not measure.refuses, met


def tell(facts, name, answers):
    """The facts with one thing more, as the completed applicant has it."""
    table, _, field = name.partition(".")
    if not field:
        return facts | {name: answers[name]}
    told = facts[table]
    rows = told["records"] if isinstance(told, dict) else told
    filled = [
        row if field in row else row | {field: after[field]} for row, after in zip(rows, answers[table], strict=False)
    ]
    return facts | {table: told | {"records": filled} if isinstance(told, dict) else filled}


def is_code(measure, name):
    table, _, field = name.rpartition(".")
    facts = measure.rulebook.tables[table].fields if table else measure.rulebook.facts
    return facts[field].kind is Kind.CODE


@every_measure
def test_asking_in_order_reaches_an_answer(measure):
    met = Counter()

    def law(_less, on, decision, answers):
        facts, asked, vague = compiled(decision).dossier.said(), [], set()
        while is_decision(decision):
            questions_left = [missing.name for missing in decision.missing if missing.kind in ASKABLE]
            # A code that stands above those of a list is told, and asked for again, more precisely: it is not told twice here.
            vague = {name for name in asked if name in questions_left and is_code(measure, name)}
            questions_left = [name for name in questions_left if name not in vague]
            if not questions_left:
                break
            assert questions_left[0] not in asked
            asked.append(questions_left[0])
            facts = tell(facts, asked[-1], answers)
            decision = answered(measure, facts, on)
        if not is_decision(decision):
            return
        met["asked"] += len(asked)
        met["of a record"] += any("." in name for name in asked)
        if decision.outcome is Outcome.UNDECIDED:
            assert vague or {missing.kind for missing in decision.missing} - ASKABLE
        else:
            met["answered"] += bool(asked)
        for finding in decision.findings:
            assert (finding.truth is Truth.UNKNOWN) <= bool(finding.missing)

    of_every(partly_told(measure)[::2], law)
    assert min(met["asked"], met["answered"]) >= LEAST, met


def days_that_matter(one, asked):
    """The last days of terms and duties; of a term that does not apply, or was surely kept or missed, and for which nothing is asked, none."""
    settled = (DutyState.NOT_APPLICABLE, DutyState.KEPT, DutyState.LATE)
    applying = [term.state not in settled for term in (*asked.terms, *asked.duties)]
    return [term.day for term, applies in zip((*one.terms, *one.duties), applying, strict=True) if applies]


@every_measure
def test_what_is_not_missing_changes_no_answer(measure):
    """Telling only what nobody asked for leaves outcome, amounts and days, and of who is not refused every finding."""
    met, earlier = Counter(), earlier_events(measure.rulebook.facts)

    def law(_less, on, decision, answers):
        told = compiled(decision).dossier.said()
        asked = {missing.name.partition(".")[0] for missing in decision.missing}
        # Who says that what comes before an event has not happened says that of the event.
        asked |= {before for name in asked for before in earlier.get(name, ())}
        idle = {name: value for name, value in answers.items() if name not in told and name not in asked}
        after = answered(measure, told | idle, on)
        if not is_decision(after):
            return
        met["idle"] += bool(idle)
        met["idle of the refused"] += bool(idle) and decision.outcome is Outcome.REFUSED
        best = {Outcome.NO_KNOWN_OBSTACLE: Outcome.ELIGIBLE}
        assert best.get(after.outcome, after.outcome) == best.get(decision.outcome, decision.outcome)
        assert [line.amount for line in after.support] == [line.amount for line in decision.support]
        days = [days_that_matter(one, decision) for one in (decision, after)]
        assert days[0] == days[1]
        if decision.outcome is Outcome.REFUSED:
            return
        definite = {Truth.NOT_APPLICABLE: Truth.YES, Truth.PENDING: Truth.YES}
        found = [[definite.get(f.truth, f.truth) for f in one.findings] for one in (decision, after)]
        assert found[0] == found[1]

    of_every(partly_told(measure), law)
    # Of a measure that refuses nobody, nearly all that is not told is asked.
    assert met["idle"] >= LEAST or not measure.refuses, met
