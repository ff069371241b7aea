# SPDX-License-Identifier: Apache-2.0
"""What a selection writes down, what it rests on, and how it is equal to another: part by part."""

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure import Range
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.selecting.chosen_measure import ON, ONE_POT, RULES, VOCABULARY, WAITING, application, three

OPEN = '{unknown: "non è pubblicata", between: [12000.00 EUR, 13000.00 EUR], inferred: "perché"}'


def euro(low, high=None):
    return Decimal(low) if high is None else Range(Decimal(low), Decimal(high))


def test_a_selection_written_down(measure) -> None:
    selection = measure("in_part", more=WAITING, budget=OPEN).select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    found = selection.to_dict()
    placements, receipt = found.pop("placements"), found.pop("receipt")
    budget = {"from": "12000.00", "to": "13000.00"}
    assert found == {
        "format": 2, "measure": "prova/breve", "on": "2024-06-01", "kind": "ranking", "approved_on": "2024-05-01", "survivors": {},
        "waiting_list_until": {"call": "2024-08-29"}, "given": budget, "confidence": "inferred", "read": "whole", "unasked": [],
        "assumed": [],
        "envelopes": [{
            "id": "total", "held": budget, "rolled_in": "0.00", "given": budget, "freed": "0.00", "beyond": "0.00",
            "left": "0.00", "unpublished": "non è pubblicata", "cite": {"act": "uno", "at": "art. 4"}, "confidence": "inferred",
        }],
        "rests_on": [{
            "id": "budget", "confidence": "inferred", "cite": {"act": "uno", "at": ""}, "value": budget,
            "inferred": "perché", "unknown": "non è pubblicata", "unit": "EUR",
        }],
        "tensions": [],
    }  # fmt: skip
    assert placements[2] == {
        "id": "c", "standing": "funded", "admitted": "yes", "funded": "yes", "place": 3,
        "order": {"points_given": "70.00", "filed_at": "2024-02-01T09:00:00+01:00"}, "asked": "5000.00",
        "amount": {"from": "2000.00", "to": "3000.00"}, "envelopes": ["total"], "window": [],
        "filed_on": "2024-02-01", "assumed": [],
        "reasons": [{
            "why": "budget_open", "cite": {"act": "uno", "at": "art. 4"}, "confidence": "inferred", "rules": ["total"],
            "other": None, "missing": [],
        }],
    }  # fmt: skip
    assert receipt == selection.receipt
    assert receipt["withdrawals"] == []
    assert receipt["varied"] == {}
    assert (receipt["library"], receipt["format"], receipt["rules"]) == (
        misure.__version__, 1, selection.measure.rulebook.rules_hash,
    )  # fmt: skip
    assert (receipt["measure"], receipt["on"], receipt["approved_on"]) == ("prova/breve", "2024-06-01", "2024-05-01")
    assert receipt["calendar"] == selection["a"].decision.receipt["calendar"]
    assert [one["id"] for one in receipt["applications"]] == ["a", "b", "c"]


def test_letters_with_accents_stay_as_they_are_and_the_text_may_be_indented(measure) -> None:
    selection = measure("in_part", budget=OPEN).select(three(), on=ON)
    assert '"non è pubblicata"' in selection.to_json()
    assert "\n" not in selection.to_json()
    assert selection.to_json(indent=2).startswith('{\n  "format": 2,\n')
    assert json.loads(selection.to_json(indent=2)) == json.loads(selection.to_json()) == selection.to_dict()


def test_a_reason_written_down_says_every_key(measure) -> None:
    told = [application("a", 90, active=None), application("b", None), application("c", 80, active=False)]
    selection = measure("stops").select(told, on=ON)
    first, second, refused = (selection[name].to_dict()["reasons"] for name in "abc")
    decides = [{"kind": "outcome", "id": "is_active"}]
    missing = {"name": "active", "kind": "missing", "records": [], "decides": decides, "wanted": []}
    silent = {"cite": None, "confidence": None, "rules": [], "other": None, "missing": []}
    fits = {"why": "fits", "cite": {"act": "uno", "at": "art. 4"}, "confidence": "official"}
    out = {
        "why": "not_admitted",
        "cite": {"act": "uno", "at": "art. 2"},
        "confidence": "official",
        "rules": ["is_active"],
    }
    assert first[0] == silent | {"why": "admission_open", "missing": [missing]}
    assert second == [silent | fits]
    assert refused == [silent | out]
    before = selection.to_dict(format=1)["placements"]
    told = {one["id"]: one["reasons"] for one in before}
    assert told["a"][0] == {"why": "admission_open", "missing": [{"name": "active", "kind": "missing"}]}
    assert (told["b"], told["c"]) == ([fits], [out])


FIRST = {
    "format", "measure", "on", "kind", "approved_on", "waiting_list_until", "given", "confidence", "envelopes", "placements",
    "rests_on", "tensions", "receipt",
}  # fmt: skip
SECOND = FIRST | {"survivors", "read", "unasked", "assumed"}
PLACED = {
    "id", "standing", "admitted", "funded", "place", "order", "asked", "amount", "envelopes", "window", "reasons",
}  # fmt: skip
NEW_KEYS = {
    "decides",
    "wanted",
    "read",
    "unasked",
    "assumed",
    "filed_on",
    "unit",
    "holds_open",
    "readings",
    "survivors",
}


def keys_of(value):
    """Every key, at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys_of(item)}
    return {key for item in value for key in keys_of(item)} if isinstance(value, list) else set()


BUNDLED = [(measure, case) for measure in misure.catalogue().values() for case in selections_of_measure(measure)]


@pytest.mark.parametrize(
    ("measure", "case"),
    [pytest.param(*one, id=f"{one[0].id}: {one[1].name}") for one in BUNDLED if "error" not in one[1].expect],
)
def test_the_two_formats_of_every_worked_selection(measure, case) -> None:
    selection = select_case(measure, case)
    second, first = selection.to_dict(), selection.to_dict(format=1)
    assert selection.to_dict(format=2) == second
    assert (first["format"], second["format"], set(first), set(second)) == (1, 2, FIRST, SECOND)
    assert second["unasked"] == list(measure.rulebook.unasked)
    assert second["read"] == str(selection.read)
    for old, new, placement in zip(first["placements"], second["placements"], selection.placements, strict=True):
        assert (set(old), set(new)) == (PLACED, PLACED | {"filed_on", "assumed"})
        assert new["assumed"] == list(placement.assumed) == list(placement.decision.assumed)
        assert all(
            set(reason) == {"why", "cite", "confidence", "rules", "other", "missing"} for reason in new["reasons"]
        )
        assert [reason["why"] for reason in old["reasons"]] == [reason["why"] for reason in new["reasons"]]
        assert {key: old[key] for key in PLACED - {"reasons"}} == {key: new[key] for key in PLACED - {"reasons"}}
    assert not keys_of({key: value for key, value in first.items() if key != "receipt"}) & NEW_KEYS
    assert measure.reselect(first["receipt"]) == selection
    assert json.loads(selection.to_json(format=1)) == first


@pytest.mark.parametrize("format_", [0, 3, "2", None, True, 2.0])
def test_a_format_that_there_is_not(measure, format_) -> None:
    selection = measure("stops").select(three(), on=ON)
    for written in (selection.to_dict, selection.to_json):
        with pytest.raises(ValueError, match=f"there is no format {format_!r} of a selection; there are 1 and 2"):
            written(format=format_)


# What it rests on

DOUBTS = {
    "the section": ('text: "Graduatoria"\n', 'text: "Graduatoria"\n      inferred: "x"\n',
        [("selection", "inferred", None, "x", "")]),
    "the order": ("order: [highest points_given]", 'order: {by: [highest points_given], inferred: "x"}',
        [("order", "inferred", None, "x", "")]),
    "an order that is not known": ("order: [highest points_given]", 'order: {unknown: "y"}', [("order", "official", None, "", "y")]),
    "a tie-break that is not known": ("[earliest filed_at]", '{unknown: "y"}', [("tie_break", "official", None, "", "y")]),
    "a last award that is not known": ("last_award: stops", 'last_award: {unknown: "y"}',
        [("last_award", "official", None, "", "y")]),
    "an envelope": ('text: "Dotazione"}', 'text: "Dotazione", inferred: "x"}', [("total", "inferred", None, "x", "")]),
    "its amount": ("budget: 12000.00 EUR", 'budget: {is: 12000.00 EUR, inferred: "x"}',
        [("budget", "inferred", euro("12000.00"), "x", "")]),
    "an amount that was read elsewhere": ("budget: 12000.00 EUR", "budget: {is: 12000.00 EUR, read_in: stampa}",
        [("budget", "secondary", euro("12000.00"), "", "")]),
    "an amount that is not known": ("budget: 12000.00 EUR", 'budget: {unknown: "y", between: [9000.00 EUR, 12000.00 EUR]}',
        [("budget", "official", euro("9000.00", "12000.00"), "", "y")]),
    "a line that is paid": ('text: "Contributo"}', 'text: "Contributo", inferred: "x"}', [("grant", "inferred", None, "x", "")]),
    "an intensity": ("half: 50%", 'half: {is: 50%, inferred: "x"}', [("half", "inferred", Fraction(1, 2), "x", "")]),
    "a cap": ("most: 10000.00 EUR", 'most: {is: 10000.00 EUR, inferred: "x"}', [("most", "inferred", euro("10000.00"), "x", "")]),
    "a condition of admission": ("holds: active}", 'holds: active, inferred: "x"}', []),
}  # fmt: skip


def rested(selection):
    return [(one.id, str(one.confidence), one.value, one.inferred, one.unknown) for one in selection.rests_on]


def written(write, old, new, more=""):
    text = (
        RULES.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days")
        + ONE_POT.replace("LAST", "stops")
        + more
    )
    assert text.count(old) == 1
    return write(text.replace(old, new), vocabulary=VOCABULARY)


@pytest.mark.parametrize(("old", "new", "found"), DOUBTS.values(), ids=list(DOUBTS))
def test_a_selection_rests_on_what_no_act_says(write, old, new, found) -> None:
    selection = written(write, old, new).select(three(), on=ON)
    assert rested(selection) == found
    assert str(selection.confidence) == max(
        ("official", *(one[1] for one in found)), key=["official", "secondary", "inferred"].index
    )


PARTS = """\
      windows:
        prima: {from: first_day, until: last_day, text: "Prima"}
      waiting_list: {life: life, text: "Lista"}
      unique:
        una: {key: firm, survivor: SURVIVOR, text: "Una domanda"}
"""
MORE_DOUBTS = {
    "a window": ('text: "Prima"}', 'text: "Prima", inferred: "x"}', [("prima", "inferred", None, "x", "")]),
    "its first day": ("{is: 2024-01-01,", '{is: 2024-01-01, inferred: "x",',
        [("first_day", "inferred", dt.date(2024, 1, 1), "x", "")]),
    "its last day": ("{is: 2024-02-29,", '{unknown: "y", between: [2024-02-20, 2024-02-29],',
        [("last_day", "official", Range(dt.date(2024, 2, 20), dt.date(2024, 2, 29)), "", "y")]),
    "a waiting list": ('text: "Lista"}', 'text: "Lista", inferred: "x"}', [("waiting_list", "inferred", None, "x", "")]),
    "its life": ("{is: 120 days,", '{unknown: "y", unit: days,', [("life", "official", None, "", "y")]),
    "a relation": ('text: "Una domanda"}', 'text: "Una domanda", inferred: "x"}', [("una", "inferred", None, "x", "")]),
    "a relation that is not known": ("survivor: first_filed", 'survivor: {unknown: "y"}', [("una", "official", None, "", "y")]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), MORE_DOUBTS.values(), ids=list(MORE_DOUBTS))
def test_it_rests_on_windows_lists_and_relations_too(write, old, new, found) -> None:
    one = written(write, old, new, PARTS.replace("SURVIVOR", "first_filed"))
    assert rested(one.select(three(), on=ON)) == found


DEFINED = """\
        definitions:
          share_of_costs:
            label: "quota"
            unit: share
            inferred: "letto così"
            cases:
              - {when: "place == 'mi'", is: half, provision: P.05}
              - {otherwise: other_half}
          is_near: {is: "place == 'bg'", label: "vicino", inferred: "z"}
"""


def test_it_rests_on_the_definitions_behind_its_order_its_envelopes_and_its_lines(write) -> None:
    text = RULES.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days")
    text = text.replace("      half: 50%", '      half: 50%\n      other_half: {is: 40%, inferred: "w"}')
    text = text.replace("    support:\n", f"{DEFINED}    support:\n").replace(
        "intensity: half", "intensity: share_of_costs"
    )
    shape = ONE_POT.replace("LAST", "stops").replace("[highest points_given]", "[lowest share_of_costs]")
    shape = shape.replace("{amount: budget,", "{amount: budget, for: is_near,")
    selection = write(text + shape, vocabulary=VOCABULARY).select(three(), on=ON)
    assert rested(selection) == [
        ("share_of_costs", "inferred", None, "letto così", ""), ("is_near", "inferred", None, "z", ""),
        ("other_half", "inferred", Fraction(2, 5), "w", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pays", "found"), [("[grant]", []), ("[loan]", ["loan", "part"]), ("[grant, loan]", ["loan", "part"])]
)
def test_it_rests_on_the_lines_that_it_pays_alone(write, pays, found) -> None:
    text = RULES.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days")
    text = text.replace("      half: 50%", '      half: 50%\n      part: {is: 20%, inferred: "x"}')
    loan = '        loan: {form: loan, of: costs, intensity: part, provision: P.04, text: "Prestito", inferred: "x"}\n'
    text = text.replace("    selection:\n", f"{loan}    selection:\n").replace(
        "      kind: ranking\n", f"      kind: ranking\n      pays: {pays}\n"
    )
    selection = write(text + ONE_POT.replace("LAST", "stops"), vocabulary=VOCABULARY).select(three(), on=ON)
    assert [one.id for one in selection.rests_on] == found


def test_it_rests_on_a_cap_that_refuses(write) -> None:
    old = "at_most: [most]"
    refusing = 'at_most: [{is: most, over: refuse, text: "Entro il massimo", inferred: "x"}]'
    selection = written(write, old, refusing).select(three(), on=ON)
    assert rested(selection) == [("grant_within_cap", "inferred", None, "x", "")]


def test_a_basis_written_down_says_every_key(write) -> None:
    one = written(write, "budget: 12000.00 EUR", "budget: {is: 12000.00 EUR, read_in: stampa}").select(three(), on=ON)
    assert [basis.to_dict() for basis in one.rests_on] == [
        {
            "id": "budget", "confidence": "secondary", "cite": {"act": "uno", "at": ""}, "value": "12000.00",
            "inferred": None, "unknown": None,
        }
    ]  # fmt: skip
    assert one.to_dict()["rests_on"][0]["unit"] == "EUR"
    assert one.to_dict(format=1)["rests_on"] == [
        {"id": "budget", "confidence": "secondary", "cite": {"act": "uno", "at": ""}, "value": "12000.00"}
    ]


def test_under_a_what_if_everything_that_it_changes_is_assumed(measure) -> None:
    selection = measure("stops").vary(budget="9000.00 EUR").select(three(), on=ON)
    assert rested(selection) == [("budget", "assumed", euro("9000.00"), "", "")]
    assert selection.receipt["varied"] == {"budget": "9000.00 EUR"}
