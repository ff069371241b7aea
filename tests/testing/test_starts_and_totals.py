# SPDX-License-Identifier: Apache-2.0
"""Where drawn applicants start from, what moves of them, and totals that agree with their parts."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import misure
from misure import Outcome
from misure.deciding.machinery import compiled
from misure.testing.agreeing import agreeing, totals
from misure.testing.edges import edges_of
from misure.testing.starts import gets_something, starts_of, told_in_cases
from misure.testing.strategies import near_cases, questions, thinned
from misure.testing.told import copied, fact_of
from misure.testing.worked_cases import cases_of_measure, decide_case
from tests.testing.examples import MEASURES, drawn, every_measure

BANDO = MEASURES["lombardia/bando-filiere-2022"]
FILIERE = MEASURES["lombardia/filiere"]
VERSO = MEASURES["lombardia/verso-nuovi-mercati"]
PIANO = MEASURES["lombardia/piano-export-2025"]
VERSO_RULES = Path(__file__).parents[2] / "rules/lombardia/verso-nuovi-mercati/measure.yaml"
ON = dt.date(2022, 10, 10)


# Starts


@every_measure
def test_the_starts_are_the_cases_in_order_and_then_mostly_those_that_get_something(measure):
    readable = []
    for case in cases_of_measure(measure):
        try:
            readable.append((compiled(measure).facts.read(case.facts, case.on, text_source=True).said(), case.on))
        except misure.BadFacts:
            continue
    starts = [(dict(told), on) for told, on in starts_of(measure)]
    assert starts[: len(readable)] == readable
    again = starts[len(readable) :]
    assert len(again) >= 3 * len(readable)
    for decision in (measure.decide(facts, on=on) for facts, on in again[:60]):
        best = Outcome.ELIGIBLE if decision.read == "whole" else Outcome.NO_KNOWN_OBSTACLE
        assert decision.outcome is (best if measure.refuses else Outcome.NOT_APPLICABLE)


def test_where_no_case_can_be_eligible_the_most_that_can_be_had_makes_it_so(tmp_path):
    """A call that does not say how many points of a criterion are enough."""
    home, rules = tmp_path / "prova" / "soglia", VERSO_RULES.read_text("utf-8")
    home.mkdir(parents=True)
    start = rules.index("  quality_least:")
    unsaid = '  quality_least: {unknown: "non pubblicato", between: [0 points, 16 points], provision: VNM.47, label: "minimo"}'
    rules = rules[:start] + unsaid + rules[rules.index("\n", start) :]
    kept = [line for line in rules.splitlines() if not line.startswith("unasked:")]
    (home / "measure.yaml").write_text("\n".join(kept).replace(VERSO.id, "prova/soglia") + "\n", "utf-8")
    cases = VERSO_RULES.with_name("cases.yaml").read_text("utf-8").replace(VERSO.id, "prova/soglia")
    first = "  - name: one\n    like: filed\n    on: 2025-07-01\n    expect: {outcome: undecided}\n"
    (home / "cases.yaml").write_text(cases[: cases.index("cases:\n")] + "cases:\n" + first, "utf-8")
    measure = misure.catalogue(packages=[tmp_path])["prova/soglia"]
    (own, *lifted) = [dict(told) for told, _ in starts_of(measure)]
    assert own["score_quality"] == "14.00"
    assert {facts["score_quality"] for facts in lifted} == {"16.00"}


def test_on_a_day_only_the_cases_that_can_be_asked_then_are_starts():
    early, late = dt.date(2022, 8, 3), dt.date(2023, 8, 3)
    assert 0 < len(set(map(str, starts_of(BANDO, early)))) < len(set(map(str, starts_of(BANDO, late))))
    assert {on for _, on in starts_of(BANDO, early)} == {early}


def test_something_is_got_where_amounts_are_exact_and_not_all_nothing():
    by_name = {case.name: case for case in cases_of_measure(VERSO)}
    nothing = decide_case(VERSO, by_name["Chi non ha credito e chiede zero mesi non è respinto per la durata"])
    assert nothing.support[0].amount == 0
    assert gets_something(nothing)
    refused = decide_case(VERSO, by_name["Se la soglia fosse di 60 punti, 59,99 non bastano"])
    assert not gets_something(refused)
    assert not gets_something(VERSO.decide({}, on=dt.date(2025, 7, 1)))
    assert not gets_something(FILIERE.decide({}, on=ON))
    assert gets_something(decide_case(PIANO, next(c for c in cases_of_measure(PIANO) if "tranches" in c.expect)))


def test_what_cases_tell_of_a_fact_is_told_as_often_as_they_do_and_not_before_its_day():
    last = max(case.on for case in cases_of_measure(BANDO))
    told = Counter(told_in_cases(BANDO, "", "project_swot_presented", last))
    assert set(told) == {True, False}
    assert sum(told.values()) == sum("project_swot_presented" in dict(facts) for facts, _ in set_of_cases(BANDO))
    sizes = told_in_cases(BANDO, "firm_costs", "size", last)
    assert len(sizes) > len(set_of_cases(BANDO))
    assert {"large", "small"} <= set(sizes)
    first = min(case.on for case in cases_of_measure(BANDO))
    assert told_in_cases(BANDO, "", "project_swot_presented", first - dt.timedelta(1)) == ()
    assert told_in_cases(BANDO, "firm_costs", "no_such_field", last) == ()


def set_of_cases(measure):
    return starts_of(measure)[: sum("error" not in case.expect for case in cases_of_measure(measure)) + 8]


def test_a_fact_of_the_vocabulary_is_found_where_the_measure_has_none_of_its_own():
    assert fact_of(BANDO, "filed_on").name == "filed_on"
    assert fact_of(BANDO, "chain_project_score") is BANDO.rulebook.facts["chain_project_score"]


def test_a_copy_shares_nothing_with_what_it_was_made_from():
    told = {"partners": {"records": [{"id": "r1"}], "complete": False}, "filed_on": "2022-07-01"}
    other = copied(told)
    assert other == told
    other["partners"]["records"][0]["id"] = "r2"
    assert told["partners"]["records"] == [{"id": "r1"}]


# Totals


def test_the_totals_and_their_parts():
    assert dict(totals(VERSO)) == {
        "planned_eligible_spend": {"planned_consultancy", "planned_implementation", "planned_training"},
        "merit_score": {
            "score_quality", "score_context", "score_market", "score_territory", "score_costs", "score_credit",
            "score_self_sufficiency",
        },
    }  # fmt: skip
    [(total, parts)] = totals(BANDO)
    assert total == "chain_project_score"
    assert len(parts) == 6
    assert totals(PIANO) == []


CRITERIA = ["coherence", "innovativeness", "added_value", "representativeness", "investments", "employment"]


def scored(total, *points):
    told = {f"chain_project_score_{name}": value for name, value in zip(CRITERIA, points, strict=True)}
    return {name: value for name, value in told.items() if value is not None} | {"chain_project_score": total}


PARTS = {f"chain_project_score_{name}" for name in CRITERIA}
SHARED = [
    ("0.00", {"chain_project_score"}, ("1.00", "2.00", "3.00", "5.00", "4.00", "10.00"), "25.00"),
    ("70.00", PARTS, ("0.00", "0.00", "0.00", "0.00", "0.00", "0.00"), "70.00"),
    ("100.00", PARTS, ("0.00", "0.00", "0.00", "0.00", "0.00", "0.00"), "100.00"),
    ("0.00", PARTS, ("10.00", "20.00", "20.00", "15.00", "20.00", "15.00"), "0.00"),
    ("33.33", PARTS, ("10.00", "20.00", "20.00", "15.00", "20.00", "15.00"), "33.33"),
    ("65.00", PARTS - {"chain_project_score_coherence"}, ("7.50", "0.00", "0.00", "7.00", "0.00", "3.00"), "65.00"),
    ("40.00", PARTS, ("5.00", None, "20.00", "10.00", None, "5.00"), "40.00"),
]


@pytest.mark.parametrize(("total", "free", "points", "sum_"), SHARED)
def test_free_criteria_add_up_to_the_total_within_their_limits(total, free, points, sum_):
    before = scored(total, *points)
    facts = agreeing(BANDO, dict(before), ON, free)
    parts = {name: Decimal(facts[name]) for name in PARTS & set(facts)}
    assert sum(parts.values()) == Decimal(facts["chain_project_score"]) == Decimal(sum_)
    assert facts.keys() == before.keys()
    assert {name: facts[name] for name in before if name not in free} == {
        name: value for name, value in before.items() if name not in free
    }
    assert isinstance(BANDO.decide(facts, on=ON), misure.Decision)


def test_what_adds_up_already_stays_as_it_is():
    facts = scored("75.00", "8.00", "17.00", "15.00", "10.00", "15.00", "10.00")
    assert agreeing(BANDO, dict(facts), ON, PARTS) == facts


def test_what_is_not_free_is_left_to_contradict():
    facts = scored("75.00", "8.00", "17.00", "15.00", "10.00", "15.00", "5.00")
    assert agreeing(BANDO, dict(facts), ON, set()) == facts
    with pytest.raises(misure.BadFacts, match="what is declared as the total is not what its parts add up to"):
        BANDO.decide(facts, on=ON)


def test_a_declared_spend_follows_its_lines_only_where_it_is_free():
    on = dt.date(2025, 7, 1)
    lines = {"planned_consultancy": "20000.00", "planned_implementation": "95000.00", "planned_training": "5000.00"}
    told = lines | {"planned_eligible_spend": "1.00"}
    assert agreeing(VERSO, dict(told), on, {"planned_eligible_spend"})["planned_eligible_spend"] == "151130.00"
    assert agreeing(VERSO, dict(told), on, set()) == told
    assert (
        agreeing(VERSO, dict(told), on, set(lines)) == told
    )  # no cents of these lines make just one euro with their flat rates
    alone = {"planned_eligible_spend": "1.00"}
    assert agreeing(VERSO, dict(alone), on, set(alone)) == alone


@pytest.mark.parametrize("total", ["0.00", "60000.00", "151130.00", "151130.01", "889000.00"])
def test_lines_that_are_free_make_the_total_that_is_told(total):
    on = dt.date(2025, 7, 1)
    lines = {"planned_consultancy": "20000.00", "planned_implementation": "95000.00", "planned_training": "5000.00"}
    told = lines | {"planned_eligible_spend": total}
    made = agreeing(VERSO, dict(told), on, set(lines))
    assert made["planned_eligible_spend"] == total
    assert (made == told) is (total == "151130.00")
    assert VERSO.decide(made, on=on).outcome


def test_the_limits_of_a_criterion():
    edges, facts = edges_of(BANDO), BANDO.rulebook.facts
    coherence, employment = facts["chain_project_score_coherence"], facts["chain_project_score_employment"]
    assert edges.steps(employment) == edges.points(employment) == (0, 500, 1000, 1500)
    assert edges.steps(coherence) == ()
    assert (edges.most(coherence), edges.most(employment)) == (1000, 1500)
    assert edges.most(facts["chain_project_score"]) == facts["chain_project_score"].greatest
    assert {0, 1, 999, 1000} <= set(edges.points(coherence)) <= set(range(1001))
    assert set(edges.criteria) == PARTS
    assert edges_of(PIANO).criteria == {}


# Moves


def moved(measure, count=300, **how):
    """What became of the tables and facts of cases that are moved."""
    own = {}
    for told, on in starts_of(measure):
        own.setdefault(on, []).append(dict(told))
    return own, drawn(near_cases(measure, **how), count)


def test_some_cases_stay_as_they_are_and_some_are_asked_later():
    own, found = moved(FILIERE)
    same = sum(facts in own.get(on, []) for facts, on in found)
    assert 5 <= same <= 280
    later = sum(on not in own for _, on in found)
    assert 1 <= later <= 200


def test_records_are_changed_copied_taken_away_added_and_left_untold():
    ways = Counter()
    starts = list({str(told): dict(told) for told, _ in starts_of(BANDO)}.values())
    for facts, _ in moved(BANDO, 400)[1]:
        before = min(starts, key=lambda start: sum(start.get(name) != facts.get(name) for name in {*start, *facts}))
        if "firm_costs" not in before or facts.get("firm_costs") == before["firm_costs"]:
            continue
        after = facts.get("firm_costs")
        if after is None:
            ways["untold"] += 1
        elif not isinstance(after, dict):
            ways[(len(after) > len(before["firm_costs"])) - (len(after) < len(before["firm_costs"]))] += 1
            ways["distinct keys"] += len({row["firm"] for row in after}) == len(after)
            told = {row["firm"]: set(row) for row in before["firm_costs"]}
            ways["a field untold"] += any(set(row) < told.get(row["firm"], set()) for row in after)
    assert min(ways[way] for way in ("untold", "a field untold", -1, 0)) >= 1, ways
    assert ways["distinct keys"] == ways[-1] + ways[0] + ways[1]


def test_some_tables_are_told_in_part():
    tables = [value for measure in (BANDO, FILIERE) for facts, _ in moved(measure, 900)[1] for value in facts.values()]
    # Few are: how many depends on every worked case.
    assert sum(isinstance(table, dict) and table.get("complete") is False for table in tables) >= 5
    assert sum(isinstance(table, list) for table in tables) >= 100


@every_measure
def test_with_a_day_the_question_is_put_on_it(measure):
    day = max(case.on for case in cases_of_measure(measure))
    found = drawn(near_cases(measure, missing=False, on=day), 20)
    assert {on for _, on in found} == {day}
    # Who is near a case may contradict himself where the case does not: a code of tobacco, and the trade denied.
    read = [dossier for facts, on in found if (dossier := readable(measure, facts, on)) is not None]
    assert len(read) >= 15
    assert all(dossier.complete for dossier in read)


def readable(measure, facts, on):
    try:
        return compiled(measure).facts.read(facts, on)
    except misure.BadFacts:
        return None


@every_measure
def test_drawing_leaves_the_cases_as_they_were(measure):
    before = str(starts_of(measure))
    drawn(questions(measure), 25)
    assert str(starts_of(measure)) == before


@every_measure
def test_thinning_only_takes_away_and_the_day_of_filing_too(measure):
    case = max(cases_of_measure(measure), key=lambda case: (len(case.facts), "error" not in case.expect))
    facts = compiled(measure).facts.read(case.facts, case.on, text_source=True).said()
    whole, ways = str(facts), Counter()
    for left in drawn(thinned(measure, facts, case.on), 300):
        assert {*left} <= {*facts}
        ways["facts"] += {*left} < {*facts}
        ways["filing"] += "filed_on" in {*facts} - {*left}
        for name, value in left.items():
            if name not in measure.rulebook.tables:
                assert value == facts[name]
                continue
            assert len(value) == len(facts[name])
            for row, old in zip(value, facts[name], strict=True):
                assert row.items() <= old.items()
                assert measure.rulebook.tables[name].key in row
                ways["fields"] += row != old
    assert str(facts) == whole
    records = any(facts.get(name) for name in measure.rulebook.tables)
    assert min(ways["facts"], ways["fields"] if records else ways["facts"]) >= 3, ways
    assert bool(ways["filing"]) is ("filed_on" in facts), ways


def test_nobody_is_thinned_to_nobody():
    assert drawn(thinned(FILIERE, {}, ON), 3)[0] == {}
