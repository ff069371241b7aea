# SPDX-License-Identifier: Apache-2.0
"""Drawn applicants are possible ones, stand on the edges of the rules, and shrink to something small."""

import datetime as dt
from contextlib import nullcontext, suppress
from decimal import Decimal

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import misure
from misure import BadFacts, Outcome
from misure.deciding.machinery import compiled
from misure.testing.drawing import draw_table
from misure.testing.edges import edges_of
from misure.testing.strategies import applicants, completions, days, near_cases, questions
from misure.testing.worked_cases import cases_of_measure

MEASURES = tuple(misure.catalogue().values())
FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=[measure.id for measure in MEASURES])
ON = dt.date(2022, 7, 15)
quickly = settings(max_examples=150, database=None, derandomize=True)


def told_as_far_as_can_be(measure, dossier):
    """Everything is told, but for whom a fact names of a table that has nobody: the lead of no partners."""
    empty = {name for name, (rows, _) in zip(measure.rulebook.tables, dossier.tables, strict=True) if not rows}
    specs = measure.rulebook.facts
    nobody = {name for name, spec in specs.items() if spec.refers_to in empty}
    untold = [
        column.name
        for column, value in zip(dossier.layout.inputs, dossier.values, strict=True)
        if value is None and column.name not in nobody
    ]
    return dossier.complete or (bool(nobody) and not untold)


@every_measure
@given(data=st.data(), missing=st.booleans())
def test_what_is_drawn_fits_its_types(measure, data, missing):
    facts, on = data.draw(questions(measure, missing=missing))
    dossier = compiled(measure).facts.read(facts, on)
    assert missing or told_as_far_as_can_be(measure, dossier)


@every_measure
@given(data=st.data(), whole=st.booleans())
def test_completing_keeps_what_was_told(measure, data, whole):
    facts, on = data.draw(questions(measure))
    before = compiled(measure).facts.read(facts, on)
    after = compiled(measure).facts.read(data.draw(completions(measure, facts, on=on, whole=whole)), on)
    assert not whole or told_as_far_as_can_be(measure, after)
    for old, new in zip(before.values, after.values, strict=True):
        assert old is None or new == old
    for (old_rows, unseen), (new_rows, left) in zip(before.tables, after.tables, strict=True):
        assert left <= unseen
        assert len(old_rows) <= len(new_rows) <= len(old_rows) + unseen
        for old, new in zip(old_rows, new_rows, strict=False):
            assert all(was is None or now == was for was, now in zip(old, new, strict=True))


class Enough(Exception):
    """Everything wanted has been seen."""


def seen(measure, look, *, missing=True, examples=250, until=None, of=None):
    """What `look` finds in the decisions of that many drawn questions, or of fewer, if it is all found before."""
    found = set()

    @settings(max_examples=examples, database=None, derandomize=True, phases=[Phase.generate])
    @given(questions(measure, missing=missing) if of is None else of)
    def gather(question):
        facts, on = question
        try:
            found.update(look(measure.decide(facts, on=on)))
        except misure.MisureError as error:
            found.add(type(error))
        if until is not None and until <= found:
            raise Enough

    with nullcontext() if until is None else suppress(Enough):
        gather()
    return found


def test_every_outcome_comes_out():
    # Its text was read in part: of nobody it can be said that nothing stands in the way.
    wanted = set(Outcome) - {Outcome.NOT_APPLICABLE, Outcome.ELIGIBLE}
    assert wanted <= seen(FILIERE, lambda decision: {decision.outcome}, missing=True, until=wanted)


def test_the_edges_of_a_count_are_hit():
    def margin(decision):
        return {decision["at_least_ten_firms"].margin}

    assert {-1, 0, 1} <= seen(FILIERE, margin, missing=False, examples=1000, until={-1, 0, 1})


def test_the_edges_of_an_amount_are_hit():
    amounts = set()

    @settings(max_examples=100, database=None, derandomize=True, phases=[Phase.generate])
    @given(applicants(VERSO, dt.date(2025, 7, 1)))
    def gather(facts):
        amounts.add(facts.get("planned_eligible_spend"))

    gather()
    assert {"30000.00", "29999.99", "30000.01", "600000.00", "0.00"} & amounts


@pytest.mark.parametrize("beyond", [0, "0.01"])
def test_an_amount_stands_exactly_on_a_share_of_another(beyond):
    years = draw_table(VERSO, VERSO.rulebook.tables["vat_years"], dt.date(2025, 7, 1), missing=False, edges=True)

    def on_the_share(rows):
        told = [(Decimal(year["turnover"]), Decimal(year["foreign_supplies"])) for year in rows]
        return any(turnover and supplies - turnover * 2 / 5 == Decimal(beyond) for turnover, supplies in told)

    found = find(
        years,
        on_the_share,
        settings=settings(max_examples=5000, database=None, derandomize=True, phases=[Phase.generate]),
    )
    assert on_the_share(found)


def test_both_sides_of_a_window_are_hit():
    def sides(decision):
        return {(term.state, decision.value("filed_on") in (term.opens, term.closes)) for term in decision.terms}

    wanted = {("inside", True), ("before", False)}
    assert wanted <= seen(FILIERE, sides, missing=False, examples=1000, until=wanted)
    # Few questions are put after the window has closed: of those that are, applicants are drawn who filed too late.
    closing = FILIERE.rulebook.parameters["closing_day"].values[-1].known
    late = [on for on in edges_of(FILIERE).questions() if on.toordinal() > closing]
    assert len(late) > 3
    asked = st.sampled_from(late).flatmap(
        lambda on: st.tuples(applicants(FILIERE, on, missing=False, edges=True), st.just(on))
    )
    wanted = {("after", False), ("inside", False)}
    assert wanted <= seen(FILIERE, sides, of=asked, examples=1000, until=wanted)


def test_an_applicant_shrinks_to_nobody():
    assert find(applicants(FILIERE, ON), lambda _: True, settings=quickly) == {}


def test_a_question_near_a_case_shrinks_to_the_first_case():
    first = cases_of_measure(FILIERE)[0]
    facts, on = find(near_cases(FILIERE), lambda _: True, settings=quickly)
    assert on == first.on
    assert compiled(FILIERE).facts.read(facts, on) == compiled(FILIERE).facts.read(first.facts, on, text_source=True)


def test_the_first_day_is_the_first_edition():
    assert find(days(FILIERE), lambda _: True, settings=quickly) == dt.date(2022, 1, 31)


def test_a_declared_total_mostly_agrees_with_its_parts():
    found = []

    def count(decision):
        found.append(decision)
        return set()

    errors = seen(VERSO, count, missing=False, examples=80)
    assert BadFacts in errors or len(found) == 80
    assert len(found) > 30
