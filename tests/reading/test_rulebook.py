# SPDX-License-Identifier: Apache-2.0
"""What a sound measure becomes when it is linked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from misure.ground.truth import Confidence
from misure.reading import measures_of, read_rulebook
from misure.rulebook.expression import AllOf, Compare, Name
from misure.rulebook.rules import Effect, Stage

SOUND = Path(__file__).parent / "data" / "rules"
RULES = Path(__file__).parents[2] / "rules"


def texts(value, path="book"):
    """Every text that a rulebook holds."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(key, f"{path}[key]")
            yield from texts(item, f"{path}[{key}]")
    elif isinstance(value, (tuple, frozenset)):
        for item in value:
            yield from texts(item, path)


def test_no_text_of_a_rulebook_holds_on_to_its_file(book):
    odd = [
        path
        for path, text in texts(book)
        if type(text) is not str and type(text).__module__ == "misure.reading.text.written"
    ]
    assert odd == []


def test_conditions_stand_in_the_order_of_the_act(book):
    assert [(rule.id, rule.stage, rule.effect, rule.origin) for rule in book.conditions] == [
        ("enough_firms", Stage.ADMISSION, Effect.REFUSES, "condition"),
        ("all_signed", Stage.ADMISSION, Effect.REFUSES, "condition"),
        ("exports_low", Stage.ADMISSION, Effect.REFUSES, "condition"),
        ("sector", Stage.ADMISSION, Effect.REFUSES, "condition"),
        ("application_window", Stage.ADMISSION, Effect.REFUSES, "window"),
        ("project_end", Stage.UPKEEP, Effect.UNSTATED, "deadline"),
        ("grant_not_nothing", Stage.AWARD, Effect.REFUSES, "condition"),
        ("still_active", Stage.PAYMENT, Effect.BLOCKS, "condition"),
        ("reaches_threshold", Stage.ASSESSMENT, Effect.REFUSES, "threshold"),
        ("advice", Stage.AWARD, Effect.REFUSES, "cap"),
    ]


def test_shapes_become_conditions(book):
    rules = {rule.id: rule for rule in book.conditions}

    def sides(tree: Compare):
        return tree.left.name, tree.left.role, tree.op, tree.right.name, tree.right.role

    window = rules["application_window"].holds
    assert isinstance(window, AllOf)
    assert [sides(part) for part in window.args] == [
        ("opening_day", "parameter", "<=", "filed_on", "event"),
        ("filed_on", "event", "<=", "closing_day", "parameter"),
    ]
    assert sides(rules["project_end"].holds) == ("project_ended", "event", "<=", "project_end", "term")
    assert sides(rules["reaches_threshold"].holds) == ("score", "score", ">=", "threshold", "parameter")
    assert sides(rules["advice"].holds) == ("planned.advice.requested", "line", "<=", "planned.advice.cap", "line")
    assert rules["sector"].exemptions[0].id == "farm_machines"
    assert (rules["exports_low"].since, rules["exports_low"].until) == (dt.date(2022, 1, 31), dt.date(2030, 12, 31))
    assert rules["still_active"].blocks == "last"


def test_parameters_are_typed_dated_and_cited(book):
    parameters = book.parameters
    closing = parameters["closing_day"]
    assert [(value.since.isoformat(), dt.date.fromordinal(value.known).isoformat(), value.confidence) for value in closing.values] == [
        ("2022-01-31", "2022-12-31", Confidence.OFFICIAL),
        ("2022-11-30", "2023-12-31", Confidence.SECONDARY),
    ]  # fmt: skip
    assert [str(value.citation) for value in closing.values] == ["DGR XI/1", "DGR del 30 novembre 2022"]
    assert closing.provisions == ("P2.01",)
    opening = parameters["opening_day"].values[0]
    assert (opening.known, opening.unknown, opening.bounds_given) == (None, "rinviata", True)
    assert (opening.least, opening.greatest) == (dt.date(2022, 2, 24).toordinal(), dt.date(2022, 3, 31).toordinal())
    most = parameters["quality_most"].values[0]
    assert (most.known, most.least, most.greatest, most.bounds_given) == (None, 0, 100_000, False)
    assert parameters["grant_share"].values[0].known == Fraction(1, 5)
    assert parameters["jobs_steps"].values[0].known == (0, 500, 1000)
    assert parameters["small_sizes"].values[0].known == ("micro", "small")
    assert parameters["counting"].values[0].confidence is Confidence.INFERRED
    assert {parameter.anchor for parameter in parameters.values()} == {"filed_on"}
    assert parameters["rate"].for_information


def test_definitions_take_the_unit_that_is_declared(book):
    assert book.definitions["lombard_firms"].type.unit == "firms"
    cases = book.definitions["allowed_exports"].cases
    assert [case.when is None for case in cases] == [False, True]
    assert book.definitions["allowed_exports"].proved


def test_shapes_are_read_whole(book):
    assert [line.id for line in book.spending.lines] == ["advice", "works", "staff", "stand"]
    advice, works, staff, stand = book.spending.lines
    taken = {plan: (amount.role, amount.name) for plan, amount in works.takes.items()}
    assert (advice.share, advice.base, advice.refuses, taken) == (
        "advice_share", ("works",), True, {"planned": ("fact", "planned_works"), "reported": ("fact", "reported_works")},
    )  # fmt: skip
    assert (staff.flat, staff.base, stand.unit_cost) == ("staff_share", ("advice", "works"), "cost_per_metre")
    grant = book.support.lines[1]
    assert [type(cap.most).__name__ for cap in grant.caps] == ["Name", "Extreme"]
    assert isinstance(book.support.own_share.of, Name)
    assert book.support.own_share.provisions == ("P1.15",)
    assert [(line.share, line.stated) for line in book.tranches.lines] == [
        ("first_share", "first_amount"), ("last_share", "last_amount"),
    ]  # fmt: skip
    assert [(relation.id, relation.survivor, relation.unknown) for relation in book.selection.relations] == [
        ("one_lead", "", "non si dice")
    ]
    assert book.tensions[0].bears_on == ("exports_low",)
    assert (book.score.total, book.score.bonuses[0].after_threshold) == ("total_score", True)
    assert book.score.criteria[1].provisions == ("P1.12",)


def test_only_what_a_rule_asks_is_asked(book):
    assert "opened_on" not in book.facts
    assert "paid_on" not in book.facts
    assert {"filed_on", "granted_on", "codice_fiscale", "score_jobs", "planned_total", "stand_metres"} <= set(
        book.facts
    )
    assert set(book.tables) == {"members"}
    assert book.sections["ateco-2007"]["A"] == ("01", "02", "03")


def test_the_same_files_have_the_same_hash_and_any_change_another(package, change, book):
    first = read_rulebook(package, "prova/misura")
    assert first.rules_hash == book.rules_hash
    change("rules/vocabulary/prova.yaml", 'label: "fatturato"', 'label: "fatturato annuo"')
    assert read_rulebook(package, "prova/misura").rules_hash != book.rules_hash


def test_reading_twice_gives_equal_rules(book):
    assert read_rulebook(SOUND, "prova/misura").conditions == book.conditions


@pytest.mark.parametrize("measure_id", measures_of(RULES))
def test_the_bundled_measures_are_read(measure_id):
    book = read_rulebook(RULES, measure_id)
    assert book.id == measure_id
    assert [path for path, text in texts(book) if type(text).__name__ == "Written"] == []
