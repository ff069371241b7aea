# SPDX-License-Identifier: Apache-2.0
"""Why an application stands where it stands: each reason with its citation, how sure it is, whom and what it names."""

import datetime as dt

import pytest

from misure import Application, Standing
from tests.selecting.chosen_measure import ON, RULES, VOCABULARY, application, three

PARTS = """\
      order: {by: [highest points_given], text: "Ordine", cite: {act: uno, at: "art. 5"}}
      tie_break: {by: [earliest filed_at], text: "Parità", cite: {act: uno, at: "art. 6"}}
      last_award: {is: LAST, text: "Ultimo", cite: {act: uno, at: "art. 7"}}
      envelopes:
        total: {amount: budget, text: "Dotazione", cite: {act: uno, at: "art. 8"}}
"""
NO_TIE_BREAK = PARTS.replace("{by: [earliest filed_at]", '{unknown: "non detta"')
NO_RULE = PARTS.replace("is: LAST", 'unknown: "non detto"')
OPEN_BUDGET = '{unknown: "non pubblicata", between: [10000.00 EUR, 15000.00 EUR]}'
INFORMS = "{is: 12000.00 EUR, for_information: yes}"
ONE_EACH = """\
      unique:
        one_each: {key: firm, survivor: SURVIVOR, among: filed, text: "Una", cite: {act: uno, at: "art. 9"}}
"""


def reasons(selection, name):
    """The reasons of one application: why, where, and whatever else each says."""
    found = []
    for one in selection[name].reasons:
        more = {
            key: value
            for key, value in (
                ("rules", one.rules), ("other", one.other), ("missing", tuple(missing.name for missing in one.missing)),
                ("text", one.text), ("sure", "" if one.confidence == "official" else str(one.confidence)),
            )
            if value
        }  # fmt: skip
        found.append((str(one.why), one.cite and one.cite.at, more))
    return found


def pair(first, second):
    """An application that is certain, and two of which something is not."""
    return [application("a", 90), application("b", **first), application("c", **second)]


SCENARIOS = {
    # last award, budget, shape, applications; then of each its standing and its reasons
    "fits": ("stops", "12000.00 EUR", PARTS, three(), {
        "a": ("funded", [("fits", "art. 8", {})]), "b": ("funded", [("fits", "art. 8", {})]),
        "c": ("not_funded", [("does_not_fit", "art. 8", {}), ("does_not_fit", "art. 7", {})])}),
    "just fits": ("stops", "15000.00 EUR", PARTS, three(), {"c": ("funded", [("fits", "art. 8", {})])}),
    "fits, whatever it asks": ("stops", "99000.00 EUR", PARTS, [application("a", 90), application("b", 80, costs=None)], {
        "b": ("depends", [("amount_open", None, {}), ("fits", "art. 8", {})])}),
    "asks for nothing": ("stops", "99000.00 EUR", PARTS, [application("a", 90), application("b", 80, costs="0")], {
        "b": ("not_funded", [("nothing_asked", "art. 8", {})])}),
    "exhausted": ("stops", "10000.00 EUR", PARTS, three(), {
        "c": ("not_funded", [("exhausted", "art. 8", {}), ("does_not_fit", "art. 7", {})])}),
    "in part": ("in_part", "10000.01 EUR", PARTS, three(), {
        "c": ("funded", [("in_part", "art. 8", {}), ("in_part", "art. 7", {})])}),
    "in full": ("in_full", "10000.01 EUR", PARTS, three(), {"c": ("funded", [("in_full", "art. 8", {})])}),
    "in full, and nothing left": ("in_full", "10000.00 EUR", PARTS, three(), {
        "c": ("not_funded", [("exhausted", "art. 8", {}), ("does_not_fit", "art. 7", {})])}),
    "a budget that is not published": ("stops", OPEN_BUDGET, PARTS, three(), {
        "b": ("funded", [("fits", "art. 8", {})]),
        "c": ("depends", [("budget_open", "art. 8", {"rules": ("total",), "text": "non pubblicata"})])}),
    "a last award of which nothing is said": ("x", "12000.00 EUR", NO_RULE, three(), {
        "b": ("funded", [("fits", "art. 8", {})]),
        "c": ("depends", [("last_award_open", "art. 7", {"text": "non detto"})])}),
    "no word of a last award": ("x", "12000.00 EUR", PARTS.replace("      last_award", "      # last_award"), three(), {
        "c": ("depends", [("last_award_open", "art. 4", {})])}),
    "a tie of which nothing is said": ("stops", "12000.00 EUR", NO_TIE_BREAK, pair({"points": 80}, {"points": 80}), {
        "a": ("funded", [("fits", "art. 8", {})]), "b": ("depends", [("tie", "art. 6", {"text": "non detta"})]),
        "c": ("depends", [("tie", "art. 6", {"text": "non detta"})])}),
    "a tie without any word of it": ("stops", "12000.00 EUR", PARTS.replace("      tie_break", "      # tie_break"),
        pair({"points": 80}, {"points": 80}), {"b": ("depends", [("tie", "art. 4", {})])}),
    "a tie that changes nothing": ("stops", "15000.00 EUR", NO_TIE_BREAK, pair({"points": 80}, {"points": 80}), {
        "b": ("funded", [("fits", "art. 8", {})]), "c": ("funded", [("fits", "art. 8", {})])}),
    "points that are not told": ("stops", "12000.00 EUR", PARTS, pair({"points": None}, {"points": 70}), {
        "a": ("funded", [("fits", "art. 8", {})]), "b": ("depends", [("order_open", "art. 5", {}), ("others_open", None, {})]),
        "c": ("depends", [("others_open", None, {})])}),
    "costs that are not told": ("stops", "12000.00 EUR", PARTS, pair({"points": 80, "costs": None}, {"points": 70}), {
        "b": ("depends", [("amount_open", None, {})]), "c": ("depends", [("others_open", None, {})])}),
    "whether another is admitted": ("stops", "12000.00 EUR", PARTS, pair({"points": 80, "active": None}, {"points": 70}), {
        "b": ("depends", [("admission_open", None, {"missing": ("active",)})]), "c": ("depends", [("others_open", None, {})])}),
    "not admitted": ("stops", "12000.00 EUR", PARTS, pair({"points": 80, "active": False}, {"points": 70}), {
        "b": ("not_admitted", [("not_admitted", "art. 2", {"rules": ("is_active",)})]), "c": ("funded", [("fits", "art. 8", {})])}),
    "not admitted by the office": ("stops", "12000.00 EUR", PARTS,
        [Application("a", {"costs": "10000", "active": False}, filed_at="2024-02-01T09:00", admitted=False)], {
        "a": ("not_admitted", [("not_admitted", None, {})])}),
    "two tie and both are out of reach": ("stops", "5000.00 EUR", NO_TIE_BREAK, pair({"points": 80}, {"points": 80}), {
        "b": ("not_funded", [("exhausted", "art. 8", {}), ("does_not_fit", "art. 7", {})])}),
}  # fmt: skip


@pytest.mark.parametrize(("last", "budget", "shape", "told", "expected"), SCENARIOS.values(), ids=list(SCENARIOS))
def test_why_an_application_stands_there(measure, last, budget, shape, told, expected) -> None:
    selection = measure(last, budget=budget, shape=shape).select(told, on=ON)
    for name, (standing, why) in expected.items():
        assert (str(selection[name].standing), reasons(selection, name)) == (standing, why), name


@pytest.mark.parametrize(
    ("survivor", "found"),
    [
        ("first_filed", {"a": [("displaced", "art. 9", {"rules": ("one_each",), "other": "b"})], "b": None}),
        ("last_filed", {"b": [("displaced", "art. 9", {"rules": ("one_each",), "other": "a"})], "a": None}),
        ('{unknown: "non detto"}', {
            "a": [("perhaps_displaced", "art. 9", {"rules": ("one_each",), "other": "b", "text": "non detto"})],
            "b": [("perhaps_displaced", "art. 9", {"rules": ("one_each",), "other": "a", "text": "non detto"})],
        }),
    ],
)  # fmt: skip
def test_of_two_of_one_firm_each_names_the_other(measure, survivor, found) -> None:
    told = [
        application("a", 90, at="09:00:05", firm="x"),
        application("b", 80, at="09:00:01", firm="x"),
        application("c", 70),
    ]
    selection = measure(shape=PARTS, budget="15000.00 EUR", more=ONE_EACH.replace("SURVIVOR", survivor)).select(
        told, on=ON
    )
    for name, why in found.items():
        assert reasons(selection, name) == (why if why is not None else [("fits", "art. 8", {})])
    assert reasons(selection, "c") == [("fits", "art. 8", {})]


COUNTER = """\
      order: {by: [earliest filed_at], text: "Ordine", cite: {act: uno, at: "art. 5"}}
      last_award: {is: in_full, text: "Ultimo", cite: {act: uno, at: "art. 7"}}
      envelopes:
        total: {amount: budget, text: "Dotazione", cite: {act: uno, at: "art. 8"}}
      intake: {percent: beyond, text: "Fino al 125", cite: {act: uno, at: "art. 10"}}
"""


def test_a_counter_that_has_closed_or_may_have(measure) -> None:
    """125% of 8,000.00 EUR is 10,000.00: the third comes too late, or perhaps where an earlier one may ask less."""
    one = measure(shape=COUNTER, kind="counter", budget="8000.00 EUR")
    told = [application(name, 0, at=f"09:00:0{at}") for at, name in enumerate("abc")]
    selection = one.select(told, on=ON)
    assert [(p.id, str(p.standing)) for p in selection] == [("a", "funded"), ("b", "funded"), ("c", "not_received")]
    assert reasons(selection, "c") == [("counter_closed", "art. 10", {})]
    told[1] = application("b", 0, at="09:00:01", costs=None)
    perhaps = one.select(told, on=ON)
    assert reasons(perhaps, "c")[0] == ("perhaps_closed", "art. 10", {})
    assert perhaps["c"].standing == Standing.DEPENDS


def test_who_draws_on_no_envelope_or_perhaps_on_one(measure) -> None:
    shape = PARTS.replace("{amount: budget,", "{amount: budget, for: \"place == 'mi'\",")
    told = [application("a", 90), application("b", 80, place="bg"), application("c", 70, place=None)]
    selection = measure(shape=shape, last="stops").select(told, on=ON)
    assert reasons(selection, "b") == [("no_envelope", "art. 4", {})]
    assert (selection["b"].envelopes, selection["b"].award, str(selection["b"].standing)) == ((), None, "not_funded")
    assert reasons(selection, "c") == [("envelope_open", "art. 4", {})]
    assert selection["c"].envelopes == ("total",)


def test_a_ranking_without_envelopes_says_of_nobody_that_he_is_paid(measure) -> None:
    shape = PARTS[: PARTS.index("      last_award")]
    selection = measure(shape=shape, budget=INFORMS).select(three(), on=ON)
    assert [(p.place, str(p.standing), str(p.funded), p.envelopes, p.award) for p in selection] == [
        (place, "depends", "unknown", (), None) for place in (1, 2, 3)
    ]
    assert reasons(selection, "a") == [("no_envelope", "art. 4", {})]
    assert selection.envelopes == ()
    assert str(selection.given) == "0.00"


def test_a_list_lists_whoever_is_admitted(measure) -> None:
    told = [application("a", 90), application("b", 80, active=False), application("c", 70, active=None)]
    selection = measure(shape="", kind="list", budget=INFORMS).select(told, on=ON)
    assert [(p.id, str(p.standing), str(p.funded), p.place) for p in selection] == [
        ("a", "listed", "yes", None), ("b", "not_admitted", "no", None), ("c", "depends", "unknown", None),
    ]  # fmt: skip
    assert reasons(selection, "a") == [("listed", "art. 4", {})]
    assert reasons(selection, "c") == [("admission_open", None, {"missing": ("active",)})]
    assert [p.id for p in selection.funded_applications] == ["a"]
    assert [p.id for p in selection.depends] == ["c"]
    assert [p.id for p in selection.not_admitted] == ["b"]


def test_who_withdrew_has_no_other_reason(measure) -> None:
    selection = measure("stops", shape=PARTS).select(three(), on=ON).withdraw("a", on=dt.date(2024, 3, 1))
    assert reasons(selection, "a") == [("withdrawn", None, {})]
    assert (selection["a"].place, selection["a"].award, str(selection["a"].funded)) == (None, None, "no")


DOUBTFUL = {
    # a reading that is ours, and the confidence of the reasons of the last application then
    "the section": ('text: "Graduatoria"\n', 'text: "Graduatoria"\n      inferred: "x"\n', ["inferred", "inferred"]),
    "the envelope": ('text: "Dotazione",', 'text: "Dotazione", inferred: "x",', ["inferred", "official"]),
    "its amount": ("budget: 12000.00 EUR", 'budget: {is: 12000.00 EUR, inferred: "x"}', ["inferred", "official"]),
    "the last award": ('text: "Ultimo",', 'text: "Ultimo", inferred: "x",', ["official", "inferred"]),
    "the order": ('text: "Ordine",', 'text: "Ordine", inferred: "x",', ["official", "official"]),
    "the condition": ("holds: active}", 'holds: active, inferred: "x"}', ["official", "official"]),
}


@pytest.mark.parametrize(("old", "new", "sure"), DOUBTFUL.values(), ids=list(DOUBTFUL))
def test_a_reason_is_as_sure_as_the_part_that_it_names(write, old, new, sure) -> None:
    rules = RULES.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days") + PARTS.replace("LAST", "stops")
    assert rules.count(old) == 1
    selection = write(rules.replace(old, new), vocabulary=VOCABULARY).select(
        [*three(), application("d", 60, active=False)], on=ON
    )
    assert [str(one.confidence) for one in selection["c"].reasons] == sure
    (refused,) = selection["d"].reasons
    assert str(refused.confidence) == ("inferred" if "active" in old else "official")
