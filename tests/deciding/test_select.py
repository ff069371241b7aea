# SPDX-License-Identifier: Apache-2.0
"""A selection of a written measure: standings, places, awards and reasons, and what changes them."""

import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest

import misure
from misure import Application, Range, Standing, Why

ON = dt.date(2024, 6, 1)
VOCABULARY = """
    facts:
      costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
      points_given: {unit: points, least: "0", greatest: "100", nature: assessed, label: punti, question: "Quanti punti?"}
      firm: {text: 40, label: impresa, question: "Quale impresa?"}
      place: {choices: {mi: Milano, bg: Bergamo}, label: territorio, question: "Dove?"}
    flags:
      active: {label: attiva, question: "Attiva?"}
"""
RULES = """
    parameters:
      half: 50%
      most: 10000.00 EUR
      budget: BUDGET
      second_budget: {is: 5000.00 EUR, for_information: yes}
      life: {LIFE, for_information: yes}
      first_day: {is: 2024-01-01, for_information: yes}
      last_day: {is: 2024-02-29, for_information: yes}
      second_day: {is: 2024-03-01, for_information: yes}
      second_last: {is: 2024-04-30, for_information: yes}
      beyond: {is: 125 percent, for_information: yes}
    provisions:
      - cite: {act: uno, at: "art. 2"}
        admission:
          is_active: {provision: P.01, text: "Impresa attiva", holds: active}
    support:
      cite: {act: uno, at: "art. 3"}
      lines:
        grant: {form: grant, of: costs, intensity: half, at_most: [most], provision: P.02, text: "Contributo"}
    selection:
      kind: ranking
      cite: {act: uno, at: "art. 4"}
      provision: P.03
      text: "Graduatoria"
"""
ONE_POT = """\
      order: [highest points_given]
      tie_break: [earliest filed_at]
      last_award: LAST
      envelopes:
        total: {amount: budget, text: "Dotazione"}
"""
WAITING = '      waiting_list: {life: life, text: "Lista d\'attesa"}\n'


@pytest.fixture
def measure(write):
    def written(last="in_part", budget="12000.00 EUR", life="is: 120 days", more="", shape=ONE_POT, kind="ranking"):
        text = RULES.replace("kind: ranking", f"kind: {kind}").replace("BUDGET", budget).replace("LIFE", life) + shape.replace("LAST", last) + more
        return write(text, vocabulary=VOCABULARY)

    return written


def application(name, points, costs="10000", at="09:00:00", **facts):
    told = {"active": True, "costs": costs, "points_given": points, "firm": name, "place": "mi"}
    told = {key: value for key, value in (told | facts).items() if value is not None}
    return Application(name, told, filed_at=f"2024-02-01T{at}")


def three():
    return [application("a", 90), application("b", 80), application("c", 70)]


def amounts(selection):
    return {placement.id: placement.amount for placement in selection.placements}


@pytest.mark.parametrize(
    ("last", "expected", "left"),
    [
        ("in_full", ("5000.00", "5000.00", "5000.00"), "-3000.00"),
        ("in_part", ("5000.00", "5000.00", "2000.00"), "0.00"),
        ("stops", ("5000.00", "5000.00", "0.00"), "2000.00"),
        ("skips", ("5000.00", "5000.00", "0.00"), "2000.00"),
    ],
)
def test_the_last_award(measure, last, expected, left):
    selection = measure(last).select(three(), on=ON)
    assert tuple(map(str, amounts(selection).values())) == expected
    assert str(selection.envelopes[0].left) == left


def test_a_published_ranking(measure):
    selection = measure("stops", more=WAITING).select(reversed(three()), on=ON)
    assert [(p.id, p.place, p.standing) for p in selection.placements] == [
        ("a", 1, Standing.FUNDED), ("b", 2, Standing.FUNDED), ("c", 3, Standing.WAITING),
    ]  # fmt: skip
    assert [reason.why for reason in selection["c"].reasons] == [Why.DOES_NOT_FIT, Why.DOES_NOT_FIT]
    assert str(selection["a"].reasons[0].cite) == "DGR XI/1, art. 4"
    assert selection["a"].order == (("points_given", Decimal("90.00")), ("filed_at", "2024-02-01T09:00:00+01:00"))
    assert selection.given == Decimal("10000.00")
    assert selection["c"].asked_before == Decimal("10000.00")
    assert (selection["c"].funded, selection["c"].admitted) == ("no", "yes")


def test_equals_are_put_apart_by_the_tie_break(measure):
    told = [
        application("a", 80, at="09:00:02"),
        application("b", 80, at="09:00:01"),
        application("c", 80, at="09:00:03"),
    ]
    selection = measure("stops").select(told, on=ON)
    assert [p.id for p in selection.placements] == ["b", "a", "c"]
    assert selection["c"].standing == Standing.NOT_FUNDED


def test_equals_that_nothing_puts_apart_depend(measure):
    selection = measure("stops").select([application("a", 80), application("b", 80), application("c", 80)], on=ON)
    assert {p.standing for p in selection.placements} == {Standing.DEPENDS}
    assert selection["a"].place == Range(1, 3)
    assert selection["a"].amount == Range(Decimal("0.00"), Decimal("5000.00"))
    assert Why.TIE in [reason.why for reason in selection["a"].reasons]


def test_an_unknown_score_leaves_open_those_whom_it_can_touch(measure):
    told = [application("a", 90), application("b", None), application("c", 70), application("d", 60)]
    selection = measure("stops").select(told, on=ON)
    assert [selection[name].standing for name in "abcd"] == [
        Standing.FUNDED, Standing.DEPENDS, Standing.DEPENDS, Standing.NOT_FUNDED,
    ]  # fmt: skip
    assert selection["b"].place == Range(1, 4)
    assert [r.why for r in selection["b"].reasons][0] is Why.ORDER_OPEN
    assert [r.why for r in selection["c"].reasons] == [Why.OTHERS_OPEN]


def test_an_open_admission_is_carried(measure):
    told = [application("a", 90, active=None), application("b", 80), application("c", 70)]
    selection = measure("stops").select(told, on=ON)
    assert selection["a"].standing == Standing.DEPENDS
    assert selection["a"].reasons[0].why is Why.ADMISSION_OPEN
    assert [missing.name for missing in selection["a"].reasons[0].missing] == ["active"]
    assert selection["b"].standing == Standing.FUNDED
    assert selection["c"].standing == Standing.DEPENDS


def test_the_refused_have_no_place_and_their_reasons(measure):
    selection = measure("stops").select([*three(), application("d", 99, active=False)], on=ON)
    placement = selection["d"]
    assert (placement.standing, placement.place, placement.amount) == (Standing.NOT_ADMITTED, None, Decimal("0.00"))
    assert placement.reasons[0].rules == ("is_active",)
    assert selection.placements[-1].id == "d"


def test_the_office_admits_what_the_rules_leave_open_and_may_refuse_for_reasons_of_its_own(measure):
    facts = {"costs": "10000", "points_given": 90}
    told = [Application("a", facts, filed_at="2024-02-01T09:00", admitted=True),
            Application("b", facts, filed_at="2024-02-01T09:01", admitted=False)]  # fmt: skip
    selection = measure("stops").select(told, on=ON)
    assert selection["a"].standing == Standing.FUNDED
    assert selection["b"].standing == Standing.NOT_ADMITTED


def test_a_budget_that_is_not_published(measure):
    selection = measure("stops", budget='{unknown: "non pubblicata", between: [10000.00 EUR, 14999.99 EUR]}').select(
        three(), on=ON
    )
    assert [selection[name].standing for name in "abc"] == [Standing.FUNDED, Standing.FUNDED, Standing.NOT_FUNDED]
    assert selection.envelopes[0].left == Range(Decimal("0.00"), Decimal("4999.99"))
    basis = next(basis for basis in selection.rests_on if basis.id == "budget")
    assert (basis.unknown, basis.value) == ("non pubblicata", Range(Decimal("10000.00"), Decimal("14999.99")))


def test_a_last_award_of_which_nothing_is_said_is_the_hull_of_all(measure):
    selection = measure('{unknown: "non detto"}').select(three(), on=ON)
    assert selection["c"].amount == Range(Decimal("0.00"), Decimal("5000.00"))
    assert Why.LAST_AWARD_OPEN in [reason.why for reason in selection["c"].reasons]


# Withdrawals


def test_a_withdrawal_moves_the_others_up(measure):
    selection = measure("stops", more=WAITING).select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 5, 20))
    assert [(p.id, p.standing) for p in after.placements] == [
        ("b", Standing.FUNDED), ("c", Standing.FUNDED), ("a", Standing.WITHDRAWN),
    ]  # fmt: skip
    assert after["b"].place == 1
    assert selection["a"].standing == Standing.FUNDED
    assert selection.waiting_list_until == dt.date(2024, 8, 29)


@pytest.mark.parametrize(
    ("day", "standing", "freed"),
    [(29, Standing.FUNDED, "0.00"), (30, Standing.WAITING, "5000.00")],
)
def test_the_waiting_list_lives_to_its_last_day(measure, day, standing, freed):
    selection = measure("stops", more=WAITING).select(three(), on=dt.date(2024, 12, 1), approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 8, day))
    assert (after["c"].standing, str(after.envelopes[0].freed)) == (standing, freed)


def test_a_waiting_list_of_unknown_life_leaves_it_open(measure):
    unknown = 'unknown: "non trovata", unit: days'
    selection = measure("stops", life=unknown, more=WAITING).select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 5, 20))
    assert after["b"].standing == Standing.FUNDED
    assert after["c"].standing == Standing.DEPENDS
    assert selection.withdraw("a", on=dt.date(2024, 4, 30))["c"].standing == Standing.FUNDED


def test_withdrawals_that_cannot_be(measure):
    selection = measure("stops").select(three(), on=ON)
    with pytest.raises(misure.NoSuchApplication, match=r"no application is called 'x'"):
        selection.withdraw("x", on=ON)
    with pytest.raises(ValueError, match="withdrawn before: a"):
        selection.withdraw("a", on=ON).withdraw("a", on=ON)
    with pytest.raises(ValueError, match="after 2024-06-01"):
        selection.withdraw("a", on=dt.date(2024, 6, 2))
    with pytest.raises(TypeError):
        selection.withdraw("a", on="2024-06-01")


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
    told = [application("a", 90, at="09:00:05", firm="x"), application("b", 80, at="09:00:01", firm="x")]
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
    told = [application(name, points, at=f"09:00:0{at}") for at, (name, points) in enumerate(zip("abcd", (1, 2, 3, 4)))]
    selection = measure(shape=COUNTER, kind="counter").select(told, on=ON)
    assert [(p.id, p.standing) for p in selection.placements] == [
        ("a", Standing.FUNDED), ("b", Standing.FUNDED), ("c", Standing.NOT_FUNDED), ("d", Standing.NOT_RECEIVED),
    ]  # fmt: skip
    assert selection["d"].reasons[0].why is Why.COUNTER_CLOSED


# The award


def test_the_award_with_its_steps(measure):
    award = measure("in_part").select(three(), on=ON)["c"].award
    assert (award.amount, award.asked, award.cut, award.equivalent) == (
        Decimal("2000.00"), Decimal("5000.00"), True, Decimal("2000.00"),
    )  # fmt: skip
    assert [(step.step, str(step.value), step.binds) for step in award.steps] == [
        ("asked", "5000.00", False), ("envelope", "2000.00", True), ("last_award", "2000.00", False),
    ]  # fmt: skip
    assert [step.step for step in award.lines[0].steps] == ["base", "intensity", "half_up", "cap"]


def test_who_receives_nothing_has_no_award(measure):
    selection = measure("stops").select(three(), on=ON)
    assert selection["c"].award is None


# A value


def test_a_selection_is_a_value(measure):
    one = measure("stops")
    selection = one.select(three(), on=ON)
    assert selection == one.select(list(reversed(three())), on=ON)
    assert hash(selection) == hash(one.select(list(reversed(three())), on=ON))
    assert selection != one.select(three()[:2], on=ON)
    assert pickle.loads(pickle.dumps(selection)) == selection
    with pytest.raises(AttributeError):
        selection.on = ON
    with pytest.raises(AttributeError):
        selection["a"].id = "b"


def test_a_decision_may_stand_for_the_facts(measure):
    one = measure("stops")
    told = [
        Application(a.id, one.decide(a.facts | {"filed_on": "2024-02-01"}, on=ON), filed_at=a.filed_at) for a in three()
    ]
    assert amounts(one.select(told, on=ON)) == amounts(one.select(three(), on=ON))


def test_the_contract(measure):
    told = json.loads(measure("stops").select(three(), on=ON).to_json())
    assert told["format"] == 1
    assert told["placements"][2]["standing"] == "not_funded"
    assert told["envelopes"][0]["left"] == "2000.00"
    assert told["receipt"]["applications"][0]["facts"]["costs"] == "10000.00"


def test_a_selection_can_be_done_again_from_its_receipt(measure):
    one = measure("stops")
    selection = one.select(three(), on=ON)
    again = one.select(json.loads(selection.to_json())["receipt"]["applications"], on=ON)
    assert amounts(again) == amounts(selection)


# Bad input


def test_all_faults_of_all_applications_at_once(measure):
    other = misure.catalogue()["lombardia/filiere"].decide({}, on=dt.date(2022, 6, 1))
    told = [
        application("a", 90), application("a", 80), application("b", 101), Application("c", {"costs": 1}),
        Application("d", {"cost": 1}, filed_at="2024-03-31T02:30"), Application("e", other, filed_at="2024-02-01T09:00"),
        Application("f", {"filed_on": "2024-02-02"}, filed_at="2024-02-01T09:00"),
        application("g", 80, active=False), Application("", {}),
        Application("h", {}, filed_at="2024-02-01T09:00", window="prima"),
        Application("i", {"active": False}, filed_at="2024-02-01T09:00", admitted=True),
        Application("j", {}, filed_at="2024-07-01T09:00"), Application("k", {}, admitted="forse", filed_at="2024-02-01T09:00"),
    ]  # fmt: skip
    shape = ONE_POT.replace("tie_break: [earliest filed_at]", "tie_break: [lowest costs]").replace(
        "order: [highest points_given]", "order: [highest points_given, earliest filed_at]"
    )
    with pytest.raises(misure.BadFacts) as caught:
        measure("stops", shape=shape).select(told, on=ON)
    text = str(caught.value)
    for line in (
        "<applications>: a: two applications have this id",
        "<applications>: b.points_given: 101 is above the greatest that can be, 100.00 points",
        "<applications>: c.filed_at: the order looks at the instant of filing, and none is told",
        "<applications>: d.cost: no fact is called 'cost'; did you mean 'costs'?",
        "<applications>: d.filed_at: 2024-03-31T02:30 does not exist in Europe/Rome",
        "<applications>: e: the application was decided under lombardia/filiere",
        "<applications>: f.filed_on: filed_on is 2024-02-02, and the instant of filing lies on 2024-02-01",
        "<applications>: '': an id is a text",
        "<applications>: h.window: the call has no windows",
        "<applications>: i.admitted: said to be admitted, and the rules refuse it: is_active",
        "<applications>: j.filed_at: filed on 2024-07-01, after 2024-06-01",
        "<applications>: k.admitted: expected true or false; got 'forse'",
    ):
        assert line in text


def test_a_budget_below_one_award(measure):
    one = measure("stops").vary(budget="4999.99 EUR")
    with pytest.raises(misure.BadFacts, match=r"total: the envelope holds 4999.99 EUR, less than the smallest award"):
        one.select(three(), on=ON)


def test_a_measure_that_chooses_among_nobody():
    with pytest.raises(misure.BadRules, match="chooses among nobody"):
        misure.catalogue()["lombardia/piano-export-2025"].select({}, on=dt.date(2025, 12, 1))


def test_what_is_no_set_of_applications(measure):
    one = measure("stops")
    for wrong in ("D-1", 3, None):
        with pytest.raises(TypeError):
            one.select(wrong, on=ON)
    with pytest.raises(misure.BadFacts, match=r"\[0\]: expected an application; got 3"):
        one.select([3], on=ON)
    with pytest.raises(misure.BadFacts, match=r"an application has no 'fact'; did you mean 'facts'"):
        one.select([{"id": "a", "fact": {}}], on=ON)
    with pytest.raises(TypeError):
        one.select([], on="2024-06-01")
    assert len(one.select([], on=ON)) == 0
