# SPDX-License-Identifier: Apache-2.0
"""Where two readings lead to different answers the condition is open for those of whom they differ, and both are named."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import batch

ON = dt.date(2025, 6, 1)
REST = """
    flags:
      seat: {label: "sede", question: "Ha la sede?"}
      odd: {label: "caso dubbio", question: "È il caso dubbio?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        admission:
          has_seat: {provision: P.1, text: "Sede in Lombardia", holds: seat}
    tensions:
      two_sources:
        provisions: [P.1]
        from: 2025-01-01
        bears_on: [has_seat]
        text: "Due fonti dicono due cose."
        when: odd
        OTHERWISE
        readings: {a: "la sede basta", b: "la sede non basta"}
"""


def opened(write, otherwise=""):
    return write(REST.replace("OTHERWISE", otherwise and f"otherwise: {otherwise}"))


@pytest.mark.parametrize(
    ("otherwise", "odd", "seat", "truth"),
    [
        ("", False, True, "yes"), ("", False, False, "no"), ("", True, True, "unknown"), ("", True, False, "unknown"),
        ("", None, True, "unknown"), ("", None, False, "unknown"),
        ("met", True, True, "yes"), ("met", True, False, "unknown"), ("met", None, True, "yes"), ("met", False, False, "no"),
        ("not_met", True, True, "unknown"), ("not_met", True, False, "no"), ("not_met", None, False, "no"),
        ("not_met", False, True, "yes"), ("not_met", None, True, "unknown"),
    ],
)  # fmt: skip
def test_what_holds_in_every_reading_is_known_and_the_rest_is_open(write, otherwise, odd, seat, truth):
    measure = opened(write, otherwise)
    facts = {"filed_on": "2025-05-01", "seat": seat} | ({} if odd is None else {"odd": odd})
    decision = measure.decide(facts, on=ON)
    assert str(decision["has_seat"].truth) == truth
    outcomes = {"yes": "eligible", "no": "refused", "unknown": "undecided"}
    assert str(decision.outcome) == outcomes[truth]
    holds_open = {True: "yes", False: "no", None: "unknown"}[odd]
    assert [str(tension.holds_open) for tension in decision.tensions] == [holds_open]
    frame = __import__("polars").DataFrame({"id": [1], "seat": [seat], "odd": [odd], "filed_on": [dt.date(2025, 5, 1)]})
    assert batch.decide(measure, frame, on=ON)["outcome"].to_list() == [str(decision.outcome)]


def test_both_readings_are_named_beside_the_condition_and_in_the_data(write):
    decision = opened(write).decide({"filed_on": "2025-05-01", "seat": True, "odd": True}, on=ON)
    page = misure.explain(decision).text(width=1000)
    assert "le fonti non si accordano: (a) la sede basta; (b) la sede non basta" in page
    [tension] = decision.to_dict()["tensions"]
    assert tension["holds_open"] == "yes"
    assert tension["readings"] == [{"id": "a", "says": "la sede basta"}, {"id": "b", "says": "la sede non basta"}]
    [missing] = decision.missing
    assert (missing.name, str(missing.kind)) == ("two_sources", "unpublished")


def test_before_the_day_from_which_it_is_seen_the_rule_stands_as_it_is_written(write):
    decision = opened(write).decide({"filed_on": "2024-05-01", "seat": True, "odd": True}, on=dt.date(2024, 12, 31))
    assert str(decision["has_seat"].truth) == "yes"
    assert decision.tensions == ()
    assert str(decision.outcome) == "eligible"


AMOUNTS = """
    facts:
      spend: {unit: EUR, least: "0", greatest: "1000000", label: "spesa", question: "Quanto?"}
    flags:
      clear: {label: "documenti", question: "I documenti sono in regola?"}
      late: {label: "tardiva", question: "La spesa è tardiva?"}
    parameters:
      share: {is: 50%, provision: P.1, label: "quota"}
      value: {is: 1000.00 EUR, provision: P.1, label: "valore"}
    provisions:
      - cite: {act: uno, at: art. 1}
        STAGE:
          documents: {provision: P.1, text: "Documenti oltre {value}", WHEN, holds: clear}
        reporting:
          in_time: {provision: P.1, text: "Spesa nei termini", holds: not late, effect: reduces, reduces: grant}
    support:
      cite: {act: uno, at: art. 2}
      lines:
        grant: {form: grant, of: spend, intensity: share, provision: P.1, text: "Contributo"}
    tensions:
      two_places:
        provisions: [P.1]
        from: 2025-01-01
        bears_on: [documents]
        text: "Un luogo dice oltre, l'altro da."
        when: grant == value and not clear
        otherwise: not_met
        readings: {a: "oltre", b: "da"}
"""


@pytest.mark.parametrize(
    ("spend", "clear", "truth", "holds_open"),
    [
        (1998, False, "not_applicable", "no"), (2000, False, "unknown", "yes"), (2000, None, "unknown", "unknown"),
        (2000, True, "not_applicable", "no"), (2002, False, "no", "no"), (None, False, "unknown", "unknown"),
    ],
)  # fmt: skip
def test_readings_that_differ_by_an_amount_hold_open_who_stands_between_them(write, spend, clear, truth, holds_open):
    measure = write(AMOUNTS.replace("STAGE", "award").replace("WHEN", "when: grant > value"))
    told = {"filed_on": dt.date(2025, 5, 1), "spend": spend, "clear": clear, "late": False}
    decision = measure.decide({name: value for name, value in told.items() if value is not None}, on=ON)
    assert str(decision["documents"].truth) == truth
    assert [str(tension.holds_open) for tension in decision.tensions] == [holds_open]
    frame = __import__("polars").DataFrame({"id": [1]} | {name: [value] for name, value in told.items()})
    assert batch.decide(measure, frame, on=ON)["outcome"].to_list() == [str(decision.outcome)]


def test_readings_of_what_is_asked_before_the_award_cannot_differ_by_an_amount(write):
    with pytest.raises(misure.BadRules) as failure:
        write(AMOUNTS.replace("STAGE", "admission").replace("WHEN", "when: clear"))
    assert any("grant" in fault.message for fault in failure.value.faults), failure.value


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("        bears_on: [has_seat]\n", "", "'when' holds a condition open: name one under 'bears_on'"),
        ('{a: "la sede basta", b: "la sede non basta"}', '{a: "la sede basta"}', "name at least two under 'readings'"),
        ("        when: odd\n", "", "'readings' and 'otherwise' say for whom they differ under 'when'"),
        ("when: odd", "when: filed_on", "a condition is a yes or no, and this is a day"),
    ],
)  # fmt: skip
def test_a_tension_that_says_too_little_is_refused(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace("OTHERWISE", "").replace(old, new))
    assert any(told in fault.message for fault in failure.value.faults), failure.value
