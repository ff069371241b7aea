# SPDX-License-Identifier: Apache-2.0
"""What puts applications in order, of every kind of value; and applications for which the act contradicts itself."""

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Application, Range, Standing
from misure.deciding.machinery import compiled
from tests.selecting.chosen_measure import ON, ONE_POT, RULES, VOCABULARY, application, three

DEFINITIONS = """\
        definitions:
          share_of_costs:
            label: "quota"
            unit: share
            cases:
              - {when: young, is: half, provision: P.05}
              - {when: "place == 'mi'", is: more, provision: P.06}
              - {otherwise: half}
          is_young: {is: young, label: "giovane"}
"""
BONUS = """\
        definitions:
          with_bonus: {is: "points_given + (bonus if young else 0)", unit: points, label: "punti"}
"""
MORE = VOCABULARY.replace(
    "      active: {", '      young: {label: giovane, question: "Giovane?"}\n      active: {'
).replace("    flags:", '      born_on: {date: yes, label: nascita, question: "Quando?"}\n    flags:')


@pytest.fixture
def ordered(write):
    def written(order, last="stops", budget="12000.00 EUR", pot="{amount: budget,"):
        text = RULES.replace("BUDGET", budget).replace("LIFE", "is: 120 days")
        if "share_of_costs" in order or "is_young" in pot:
            text = text.replace("      half: 50%", "      half: 50%\n      more: 60%").replace(
                "    support:\n", f"{DEFINITIONS}    support:\n"
            )
        if "with_bonus" in order:
            text = text.replace("      half: 50%", "      half: 50%\n      bonus: 5 points").replace(
                "    support:\n", f"{BONUS}    support:\n"
            )
        shape = ONE_POT.replace("LAST", last).replace("[highest points_given]", order).replace("{amount: budget,", pot)
        return write(text + shape, vocabulary=MORE)

    return written


def order_of(selection, name):
    return dict(selection[name].order)


# The values by which applications are put in order


@pytest.mark.parametrize(
    ("order", "key", "told", "value", "line"),
    [
        ("[highest points_given]", "points_given", {"points_given": "70"}, Decimal("70.00"), "abx"),
        ("[lowest points_given]", "points_given", {"points_given": "70"}, Decimal("70.00"), "xba"),
        ("[highest points_given]", "points_given", {"points_given": None}, None, None),
        ("[earliest born_on]", "born_on", {"born_on": "1970-01-01"}, dt.date(1970, 1, 1), "xab"),
        ("[latest born_on]", "born_on", {"born_on": "1970-01-01"}, dt.date(1970, 1, 1), "bax"),
        ("[latest born_on]", "born_on", {"born_on": None}, None, None),
        ("[earliest filed_at]", "filed_at", {}, "2024-02-01T09:00:02+01:00", "abx"),
        ("[latest filed_at]", "filed_at", {}, "2024-02-01T09:00:02+01:00", "xba"),
        ("[highest costs]", "costs", {"costs": "12000"}, Decimal("12000.00"), "xab"),
    ],
)  # fmt: skip
def test_each_kind_of_value_puts_in_order(ordered, order, key, told, value, line) -> None:
    born = {"a": "1980-01-01", "b": "1990-01-01"}
    applications = [
        application("a", 90, at="09:00:00", born_on=born["a"]), application("b", 80, at="09:00:01", born_on=born["b"]),
        application("x", 70, at="09:00:02", **{"born_on": "1995-01-01", **told}),
    ]  # fmt: skip
    selection = ordered(order).select(applications, on=ON)
    assert order_of(selection, "x")[key] == value
    assert type(order_of(selection, "x")[key]) is type(value)
    if line is not None:
        assert "".join(p.id for p in selection) == line
        assert [p.place for p in selection] == [1, 2, 3]
    else:
        assert selection["x"].place == Range(1, 3)


def test_a_value_of_which_something_is_known_is_a_range(ordered) -> None:
    one = ordered("[highest with_bonus]")
    told = [
        application("a", 72),
        application("b", 70, young=None),
        application("c", 70, young=True),
        application("d", None, young=True),
    ]
    selection = one.select(told, on=ON)
    assert [order_of(selection, name)["with_bonus"] for name in "abcd"] == [
        Range(Decimal("72.00"), Decimal("77.00")), Range(Decimal("70.00"), Decimal("75.00")), Decimal("75.00"),
        Range(Decimal("5.00"), Decimal("105.00")),
    ]  # fmt: skip


def test_a_share_is_exact_and_one_of_which_nothing_is_known_is_none(ordered) -> None:
    one = ordered("[highest share_of_costs]")
    told = {
        "a": {"young": False, "place": "mi"},
        "b": {"young": False, "place": "bg"},
        "c": {"young": False, "place": None},
    }
    selection = one.select([application(name, 80, **facts) for name, facts in told.items()], on=ON)
    assert order_of(selection, "a")["share_of_costs"] == Decimal("0.6000")
    assert order_of(selection, "b")["share_of_costs"] == Decimal("0.5000")
    assert order_of(selection, "c")["share_of_costs"] is None
    assert [(p.id, p.place) for p in selection] == [("a", Range(1, 2)), ("c", Range(1, 3)), ("b", Range(2, 3))]


# Contradictions of the act

CLASHING = {"young": True, "place": "mi"}
"""The applicant falls under two cases, which give it two shares."""


def test_an_application_for_which_the_act_contradicts_itself_depends(ordered) -> None:
    one = ordered("[highest share_of_costs]", last="in_part")
    told = [
        application("a", 90, young=False),
        application("b", 80, **CLASHING),
        application("c", 70, young=True, place="bg"),
    ]
    selection = one.select(told, on=ON)
    clash = selection["b"]
    assert (clash.standing, str(clash.admitted), str(clash.funded)) == (Standing.DEPENDS, "unknown", "unknown")
    assert clash.asked == Range(Decimal("0.00"), Decimal("10000.00"))
    assert order_of(selection, "b")["share_of_costs"] is None
    assert [reason.why.value for reason in clash.reasons][:1] == ["conflict"]
    first = clash.reasons[0]
    assert (first.rules, str(first.cite), str(first.confidence)) == (
        ("share_of_costs",),
        "DGR XI/1, art. 2",
        "official",
    )
    assert (clash.award.lines, clash.award.asked) == ((), clash.asked)
    with pytest.raises(misure.Conflict) as caught:
        _ = clash.decision
    assert caught.value.definition == "share_of_costs"
    assert compiled(selection).conflict(1).definition == "share_of_costs"
    assert compiled(selection).conflict(0) is None
    assert selection["a"].standing in (Standing.FUNDED, Standing.DEPENDS)
    assert clash.to_dict()["reasons"][0]["rules"] == ["share_of_costs"]


def test_such_an_application_may_meet_the_condition_of_any_envelope(ordered) -> None:
    one = ordered("[highest share_of_costs]", last="in_part", pot="{amount: budget, for: is_young,")
    told = [application("a", 90, young=False), application("b", 80, **CLASHING)]
    selection = one.select(told, on=ON)
    assert selection["b"].envelopes == ("total",)
    assert compiled(selection).allocation.budgets == [(-1,), (0, -1)]
    assert selection["b"].amount.least == 0 < selection["b"].amount.greatest


def test_the_office_may_admit_an_application_for_which_the_act_contradicts_itself(ordered) -> None:
    one = ordered("[highest share_of_costs]", last="in_part")
    told = [Application("b", {"active": True, "costs": "10000", "points_given": 1, **CLASHING}, admitted=True)]
    found = one.select(told, on=ON)["b"]
    assert str(found.admitted) == "yes"
    assert found.reasons[0].why.value == "conflict"


def test_facts_that_cannot_be_are_told_of_their_application(ordered) -> None:
    one = ordered("[highest share_of_costs]")
    with pytest.raises(misure.BadFacts) as caught:
        one.select([*three(), application("d", 60, costs="-1", **CLASHING)], on=ON)
    assert [(str(fault.place), fault.subject) for fault in caught.value.faults] == [("<applications>", "d.costs")]


# Places that are certain though something is not known


def test_who_is_certainly_out_of_reach_waits_for_nothing_more(measure) -> None:
    """Whether the last is admitted is open; that there is no money for it is not."""
    told = [*three(), application("d", 10, active=None)]
    found = measure("stops", budget="15000.00 EUR").select(told, on=ON)["d"]
    assert (found.standing, str(found.funded), found.amount) == (Standing.DEPENDS, "no", Decimal("0.00"))
    assert [reason.why.value for reason in found.reasons] == ["admission_open"]
    assert found.award is None


def test_the_money_given_in_all_is_never_more_than_the_envelopes_held(measure) -> None:
    tied = [application(name, 80) for name in "abc"]
    shape = ONE_POT.replace("[earliest filed_at]", '{unknown: "non detta"}')
    selection = measure("in_part", shape=shape).select(tied, on=ON)
    assert [p.amount for p in selection] == [Range(Decimal("2000.00"), Decimal("5000.00"))] * 3
    assert selection.given == Decimal("12000.00")  # whoever gets what is left: all of it is given
