# SPDX-License-Identifier: Apache-2.0
"""Envelopes, windows, counters, and what may occur once."""

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Application, Range, Standing, Why
from misure.telling.presenting import present
from tests.selecting.chosen_measure import ON, WAITING, amounts, application, code, three

# Envelopes, windows, relations

TWO_WINDOWS = """\
      order: [highest points_given]
      last_award: stops
      windows:
        prima: {from: first_day, until: last_day, text: "Prima finestra"}
        seconda: {from: second_day, until: second_last, text: "Seconda finestra"}
      envelopes:
        seconda_dote: {amount: second_budget, window: seconda, text: "Seconda"}
        prima_dote: {amount: budget, window: prima, rolls_to: seconda_dote, text: "Prima"}
"""

UNPUBLISHED = '      unpublished: {unknown: "lasciato al bando", between: [2024-02-10, 2024-02-20]}\n'


def test_what_a_window_leaves_goes_to_the_next(measure):
    second = Application("d", three()[0].facts | {"points_given": 99, "costs": "14000"}, filed_at="2024-03-01T10:00")
    selection = measure(shape=TWO_WINDOWS).select([*three(), second], on=ON)
    assert [(p.id, p.place, p.window, str(p.amount)) for p in selection.placements] == [
        ("a", 1, ("prima",), "5000.00"), ("b", 2, ("prima",), "5000.00"), ("c", 3, ("prima",), "0.00"),
        ("d", 1, ("seconda",), "7000.00"),
    ]  # fmt: skip
    first, later = selection.envelopes
    assert (first.id, str(first.left)) == ("prima_dote", "2000.00")
    assert (str(later.rolled_in), str(later.held), str(later.left)) == ("2000.00", "7000.00", "0.00")


def test_who_filed_outside_every_window_is_not_admitted(measure):
    late = Application("d", three()[0].facts, filed_at="2024-05-02T10:00")
    selection = measure(shape=TWO_WINDOWS).select([*three(), late], on=ON)
    assert selection["d"].standing == Standing.NOT_ADMITTED
    assert selection["d"].reasons[0].why is Why.OUTSIDE_WINDOWS


def test_where_the_days_of_a_window_are_not_published_who_may_lie_outside_is_open(measure):
    shape = TWO_WINDOWS.replace("until: last_day", "until: unpublished")
    told = [
        Application(name, three()[0].facts, filed_at=f"{day}T10:00", **office)
        for name, day, office in (
            ("early", "2024-02-10", {}),
            ("perhaps", "2024-02-11", {}),
            ("said", "2024-02-12", {"window": "prima"}),
            ("received", "2024-02-13", {"admitted": True}),
            ("second", "2024-03-01", {}),
            ("late", "2024-05-02", {}),
        )
    ]
    selection = measure(shape=shape, budget="90000.00 EUR", parameters=UNPUBLISHED).select(told, on=ON)
    assert {p.id: p.admitted for p in selection.placements} == {
        "early": "yes", "perhaps": "unknown", "said": "yes", "received": "yes", "second": "yes", "late": "no",
    }  # fmt: skip
    (reason,) = (reason for reason in selection["perhaps"].reasons if reason.why is Why.WINDOW_OPEN)
    assert (str(reason.cite), reason.missing) == ("DGR XI/1, art. 4", ())
    assert selection["perhaps"].standing == Standing.DEPENDS


def test_a_part_stands_where_the_selection_stands_unless_it_says_otherwise(measure):
    elsewhere = 'prima_dote: {amount: budget, cite: {act: uno, at: "art. 9"}, window: prima,'
    shape = TWO_WINDOWS.replace("prima_dote: {amount: budget, window: prima,", elsewhere)
    rule = measure(shape=shape).rulebook.selection
    assert {envelope.id: str(envelope.cite) for envelope in rule.envelopes} == {
        "prima_dote": "DGR XI/1, art. 9", "seconda_dote": "DGR XI/1, art. 4",
    }  # fmt: skip
    assert str(rule.windows[0].cite) == "DGR XI/1, art. 4"


def test_each_window_has_an_approval_and_a_waiting_list_of_its_own(measure):
    second = [Application(name, three()[0].facts | {"points_given": points}, filed_at="2024-03-01T10:00")
              for name, points in (("d", 99), ("e", 98))]  # fmt: skip
    one = measure(shape=TWO_WINDOWS.replace("rolls_to: seconda_dote, ", ""), more=WAITING)
    approved = {"prima": dt.date(2024, 5, 1)}
    selection = one.select([*three(), *second], on=dt.date(2024, 12, 1), approved_on=approved)
    late = selection.withdraw("a", "d", on=dt.date(2024, 11, 1))
    assert late["c"].standing == Standing.WAITING
    assert late["e"].standing == Standing.FUNDED
    assert (selection.waiting_list_until("prima"), selection.waiting_list_until("seconda")) == (
        dt.date(2024, 8, 29),
        None,
    )
    assert selection.to_dict()["approved_on"] == {"prima": "2024-05-01"}
    assert one.reselect(late.receipt) == late
    with pytest.raises(misure.BadFacts, match=r"approved_on.primo: no window is called 'primo'; did you mean 'prima'"):
        one.select(three(), on=ON, approved_on={"primo": ON})
    with pytest.raises(misure.BadFacts, match=r"approved_on: approved on 2024-06-02, after 2024-06-01"):
        one.select(three(), on=ON, approved_on=dt.date(2024, 6, 2))
    with pytest.raises(TypeError, match=r"approved_on= is a day, or one for each window; got "):
        one.select(three(), on=ON, approved_on=3)


BY_PLACE = """\
      order: [highest points_given]
      last_award: in_part
      envelopes:
        milano: {amount: budget, for: "place == 'mi'", THEN text: "Milano"}
        altri: {amount: second_budget, text: "Gli altri"}
"""


def test_an_application_draws_on_the_first_envelope_whose_condition_it_meets(measure):
    told = [application("a", 90), application("b", 80, place="bg"), application("c", 70, place=None)]
    selection = measure(shape=BY_PLACE.replace("THEN", "")).select(told, on=ON)
    assert [selection[name].envelopes for name in "abc"] == [("milano",), ("altri",), ("milano", "altri")]
    assert selection["c"].amount == Range(Decimal("0.00"), Decimal("5000.00"))
    assert selection["c"].reasons[0].why is Why.ENVELOPE_OPEN


def test_what_an_envelope_cannot_give_is_asked_of_another(measure):
    told = [application("a", 90), application("b", 80), application("c", 70), application("d", 60, place="bg")]
    selection = measure(shape=BY_PLACE.replace("THEN", "then: altri,")).select(told, on=ON)
    assert list(map(str, amounts(selection).values())) == ["5000.00", "5000.00", "5000.00", "2000.00"]
    assert [str(envelope.given) for envelope in selection.envelopes] == ["12000.00", "5000.00"]


UNIQUE = """\
      unique:
        one_each: {key: firm, survivor: SURVIVOR, among: filed, text: "Una domanda per impresa"}
"""


@pytest.mark.parametrize(
    ("survivor", "expected"),
    [
        ("first_filed", [Standing.DISPLACED, Standing.FUNDED]),
        ("last_filed", [Standing.FUNDED, Standing.DISPLACED]),
        ("best_placed", [Standing.FUNDED, Standing.DISPLACED]),
        ("none", [Standing.DISPLACED, Standing.DISPLACED]),
        ('{unknown: "non detto"}', [Standing.DEPENDS, Standing.DEPENDS]),
    ],
)
def test_one_application_a_firm(measure, survivor, expected):
    told = [application("a", 90, at="09:00:05", firm=code("x")), application("b", 80, at="09:00:01", firm=code("x"))]
    selection = measure(more=UNIQUE.replace("SURVIVOR", survivor)).select(told, on=ON)
    assert [selection[name].standing for name in "ab"] == expected
    if expected[1] is Standing.DISPLACED and survivor != "none":
        assert selection["b"].reasons[0].other == "a"


COUNTER = """\
      last_award: stops
      envelopes:
        total: {amount: budget, text: "Dotazione"}
      intake: {percent: beyond, text: "Lo sportello chiude"}
"""


def test_a_counter_takes_the_earliest_first_and_closes_at_its_limit(measure):
    told = [
        application(name, points, at=f"09:00:0{at}")
        for at, (name, points) in enumerate(zip("abcd", (1, 2, 3, 4), strict=True))
    ]
    selection = measure(shape=COUNTER, kind="counter").select(told, on=ON)
    assert [(p.id, p.standing) for p in selection.placements] == [
        ("a", Standing.FUNDED), ("b", Standing.FUNDED), ("c", Standing.NOT_FUNDED), ("d", Standing.NOT_RECEIVED),
    ]  # fmt: skip
    assert selection["d"].reasons[0].why is Why.COUNTER_CLOSED


def test_the_limit_of_a_counter_may_be_of_the_amount_that_there_was_at_first(measure):
    told = [application(name, 1, at=f"09:00:0{at}") for at, name in enumerate("abcd")]
    shape = COUNTER.replace("percent: beyond,", "percent: beyond, of: second_budget,")
    selection = measure(shape=shape, kind="counter").select(told, on=ON)
    # 125 % of 5,000.00 is reached by the second, though the envelope holds 12,000.00 now.
    assert [(p.id, p.standing) for p in selection.placements] == [
        ("a", Standing.FUNDED), ("b", Standing.FUNDED), ("c", Standing.NOT_RECEIVED), ("d", Standing.NOT_RECEIVED),
    ]  # fmt: skip
    assert selection["c"].reasons[0].why is Why.COUNTER_CLOSED
    lines = [line for section in present(selection.measure, "it").sections for line in section.lines]
    (told,) = [line for line in lines if line.text == "Lo sportello chiude"]
    assert told.details[0].replace("\u00a0", " ") == "second budget: 5.000,00 €"


def test_an_amount_that_no_source_gives_leaves_the_closing_open_and_is_told(measure):
    shape = COUNTER.replace("percent: beyond,", "percent: beyond, of: first_money,")
    unknown = '      first_money: {unknown: "nessuna fonte", between: [4000.00 EUR, 8000.00 EUR], label: "dotazione iniziale"}\n'
    told = [application(name, 1, at=f"09:00:0{at}") for at, name in enumerate("abcd")]
    selection = measure(shape=shape, kind="counter", parameters=unknown).select(told, on=ON)
    # The counter closes once from 5,000.00 to 10,000.00 was asked.
    assert [selection[name].reasons[0].why for name in "bc" if selection[name].reasons] == [
        Why.PERHAPS_CLOSED, Why.COUNTER_CLOSED,
    ]  # fmt: skip
    assert "first_money" in [one.id for one in selection.rests_on]


@pytest.mark.parametrize(
    ("of", "told"),
    [("second_bugdet", "no parameter is called 'second_bugdet'; did you mean 'second_budget'?"), ("first_day", "the parameter 'first_day' is not a number of EUR")],
)  # fmt: skip
def test_what_the_limit_is_of_is_an_amount(measure, of, told):
    with pytest.raises(misure.BadRules) as failure:
        measure(shape=COUNTER.replace("percent: beyond,", f"percent: beyond, of: {of},"), kind="counter")
    assert any(told in str(fault) for fault in failure.value.faults)
