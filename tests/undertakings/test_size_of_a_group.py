# SPDX-License-Identifier: Apache-2.0
import pickle
from fractions import Fraction

import pytest

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, Truth
from misure.undertakings import (
    Figures,
    Holding,
    LinkReason,
    Relations,
    Undertaking,
    aggregate,
    relation,
    size_class,
    size_of,
)

ON = "2026-11-22"
plain = Holding.plain


def firm(name, headcount, turnover=0, balance=0, **more):
    return Undertaking(name, Figures(headcount, turnover, balance), **more)


def stands(holdings, undertakings=(), *, of="S", to="H", **more):
    found = relation(Relations(undertakings, holdings, **more), of=of, to=to, on=ON)
    return " ".join(found.relations), str(found.share)


def sums(relations, of="S"):
    found = aggregate(relations, of=of, on=ON)
    return str(found.headcount), str(found.turnover), str(found.balance_sheet)


def test_a_partner_pro_rata():  # SME-7
    group = Relations(
        [firm("S", 200, 20_000_000, 15_000_000), firm("P", 200, 40_000_000, 30_000_000)], [plain("P", "S", "30%")]
    )
    found = size_of(group, of="S", on=ON)
    assert sums(group) == ("260", "32000000", "24000000")
    assert (found.aggregate.headcount.exact, found.size) == (260, "large")
    assert [(one.id, *one.relations, one.share.exact) for one in found.aggregate.counted] == [
        ("S", "itself", 1), ("P", "partner", Fraction(3, 10)),
    ]  # fmt: skip
    # Downstream the same share counts for the other.
    assert sums(group, of="P") == ("260", "46000000", "34500000")


def test_a_linked_firm_whole():  # SME-8
    group = Relations(
        [firm("S", 40, 4_000_000, 2_000_000), firm("L", 15, 1_000_000, 1_000_000)], [Holding("S", "L", votes="60%")]
    )
    found = size_of(group, of="S", on=ON)
    assert (found.aggregate.headcount.exact, found.size) == (55, "medium")
    assert found.confidence is Confidence.SECONDARY
    assert [str(cited) for cited in found.aggregate.citations] == [
        "Racc. 2003/361/CE, allegato, art. 3, par. 3, lett. a)",
        "Racc. 2003/361/CE, allegato, art. 3, par. 2",
        "Racc. 2003/361/CE, allegato, art. 3, par. 4",
    ]


@pytest.mark.parametrize(("capital", "votes", "expected"), [
    ("25%", "40%", ("partner", "0.4")),                # SME-14
    ("24.99%", "24.99%", ("autonomous", "0")),
    ("25%", "0%", ("partner", "0.25")),
    ("0%", "25%", ("partner", "0.25")),
    ("50%", "50%", ("partner", "0.5")),
    ("60%", "50%", ("partner", "0.6")),                # capital alone links nobody
    ("10%", "50.01%", ("linked", "1")),
    (None, "60%", ("linked", "1")),
    (None, "30%", ("partner", "from 0.3 to 1")),
    ("30%", None, ("linked partner", "from 0.3 to 1")),
    (Range("20%", "40%"), "10%", ("partner autonomous", "from 0 to 0.4")),
])  # fmt: skip
def test_the_higher_of_capital_and_votes(capital, votes, expected):
    holding = [Holding("H", "S", capital, votes)]
    assert stands(holding) == expected
    assert stands(holding, of="H", to="S") == expected


@pytest.mark.parametrize("what", ["capital", "votes"])
@pytest.mark.parametrize(("told", "others", "expected"), [
    (Range("10%", "100%"), "80%", ("autonomous", "0")),
    (Range("10%", "100%"), "75.01%", ("autonomous", "0")),
    (Range("10%", "100%"), "75%", ("partner autonomous", "from 0 to 0.25")),
    (Range("10%", "100%"), "60%", ("partner autonomous", "from 0 to 0.4")),
    (Range("30%", "100%"), "60%", ("partner", "from 0.3 to 0.4")),
    (None, "75.01%", ("autonomous", "0")), (None, "75%", ("partner autonomous", "from 0 to 0.25")),
])  # fmt: skip
def test_nobody_holds_more_than_the_others_leave(what, told, others, expected):
    nothing = {"capital": 0, "votes": 0}
    holdings = [Holding("H", "S", **(nothing | {what: told})), Holding("Q", "S", **(nothing | {what: others}))]
    assert stands(holdings) == expected
    assert stands(holdings, of="H", to="S") == expected


@pytest.mark.parametrize("what", ["capital", "votes"])
@pytest.mark.parametrize(("others", "expected"), [
    ("60%", ("partner autonomous", "from 0 to 0.4")), ("75%", ("partner autonomous", "from 0 to 0.25")), ("75.01%", ("autonomous", "0")),
])  # fmt: skip
def test_two_that_are_one_hold_together_no_more_than_the_others_leave(what, others, expected):
    """Each of the two may hold nearly all of that, and yet they may not both."""
    nothing = {"capital": 0, "votes": 0}
    some = [Holding(name, "S", **(nothing | {what: Range("5%", "100%")})) for name in ("H", "G")]
    holdings = [plain("H", "G", "100%"), *some, Holding("Q", "S", **(nothing | {what: others}))]
    assert stands(holdings) == stands(holdings, to="G") == stands(holdings, of="H", to="S") == expected


@pytest.mark.parametrize(("holder", "invested", "expected"), [
    ({"kind": "venture_capital"}, None, "autonomous"),                                        # SME-10
    ({"kind": "business_angels"}, 1_250_000, "partner"),                                      # SME-11
    ({"kind": "business_angels"}, "1249999.99", "autonomous"),
    ({"kind": "business_angels"}, None, "partner autonomous"),
    ({"kind": "local_authority", "inhabitants": 4900, "budget": 9_000_000}, None, "autonomous"),  # SME-13
    ({"kind": "local_authority", "inhabitants": 5000, "budget": 9_000_000}, None, "partner"),
    ({"kind": "local_authority", "inhabitants": 4999, "budget": 10_000_000}, None, "partner"),
    ({"kind": "local_authority", "inhabitants": 4999, "budget": "9999999.99"}, None, "autonomous"),
    ({"kind": "local_authority", "inhabitants": 4900}, None, "partner autonomous"),
    ({"kind": "local_authority", "inhabitants": 6000}, None, "partner"),
    ({"kind": "public_body"}, None, "partner"),
    ({"kind": "university"}, None, "autonomous"),
    ({"kind": "research_centre"}, None, "autonomous"),
    ({"kind": "institutional_investor"}, None, "autonomous"),
    ({"kind": "regional_development_fund"}, None, "autonomous"),
    ({"kind": "public_investment_corporation"}, None, "autonomous"),
    ({"kind": "non_profit_body"}, None, "partner"),
    ({"kind": "company"}, None, "partner"),
])  # fmt: skip
def test_the_excepted_investors(holder, invested, expected):
    holding = Holding("H", "S", "40%", "40%", invested=invested)
    assert stands([holding], [Undertaking("H", **holder)])[0] == expected
    # Control ends every exception.
    linked = Holding("H", "S", "40%", "51%", invested=invested)
    assert stands([linked], [Undertaking("H", **holder)]) == ("linked", "1")
    by_right = Holding("H", "S", "40%", "40%", invested=invested, appoints_majority=True)
    assert stands([by_right], [Undertaking("H", **holder)]) == ("linked", "1")


def test_what_business_angels_invest_is_added_up():
    angels = [Undertaking("H", kind="business_angels"), Undertaking("G", kind="business_angels")]
    both = [Holding("H", "S", "26%", "26%", invested=700_000), Holding("G", "S", "1%", "1%", invested=550_000)]
    assert stands(both, angels)[0] == "partner"
    less = [both[0], Holding("G", "S", "1%", "1%", invested="549999.99")]
    assert stands(less, angels)[0] == "autonomous"


def test_investors_who_act_jointly_lose_the_exception_with_the_majority():
    funds = [Undertaking("H", kind="venture_capital"), Undertaking("G", kind="venture_capital")]
    holdings = [plain("H", "S", "30%"), plain("G", "S", "30%")]
    assert stands(holdings, funds)[0] == "autonomous"
    assert stands(holdings, funds, acting_jointly=[("H", "G")])[0] == "partner"


def test_an_investor_that_controls_two_firms_links_them():
    holdings = [plain("V", "S", "60%"), plain("V", "H", "60%")]
    assert stands(holdings, [Undertaking("V", kind="venture_capital")]) == ("linked", "1")


def test_a_share_held_jointly_with_linked_firms():
    group = Relations(
        [firm("S", 10), firm("H", 100), firm("D", 50)],
        [plain("H", "D", "100%"), plain("H", "S", "15%"), plain("D", "S", "10%")],
    )
    assert sums(group)[0] == "47.5"
    found = aggregate(group, of="S", on=ON)
    assert [(one.id, str(one.share)) for one in found.counted] == [("S", "1"), ("D", "0.25"), ("H", "0.25")]
    assert found.counted[1].path[0].reason is LinkReason.PARTNER
    apart = Relations([firm("S", 10), firm("H", 100), firm("D", 50)], [plain("H", "S", "15%"), plain("D", "S", "10%")])
    assert sums(apart)[0] == "10"


def test_partners_bring_their_linked_firms_and_not_their_partners():
    people = [firm(name, size) for name, size in zip("SPLQRT", (1, 10, 100, 1000, 10_000, 100_000), strict=True)]
    holdings = [
        plain("P", "S", "30%"),  # P is partner of S
        plain("P", "L", "80%"),  # and brings L whole
        plain("Q", "P", "40%"),  # but not its own partner
        plain("S", "R", "60%"),  # R is linked to S
        plain("R", "T", "25%"),  # and R's partner is added pro rata
    ]
    assert aggregate(Relations(people, holdings), of="S", on=ON).headcount.exact == 1 + 33 + 10_000 + 25_000


def test_a_partner_of_a_linked_firm_counts_once_at_the_greatest_share():
    people = [firm("S", 1), firm("L", 10), firm("P", 100)]
    group = Relations(people, [plain("S", "L", "60%"), plain("P", "S", "30%"), plain("P", "L", "40%")])
    found = aggregate(group, of="S", on=ON)
    assert (found.headcount.exact, found.confidence) == (51, Confidence.INFERRED)
    # Cross-holdings: the greater percentage (art. 6(2)).
    crossed = Relations(people, [plain("S", "P", "26%"), plain("P", "S", "40%")])
    assert aggregate(crossed, of="S", on=ON).headcount.exact == 41


def test_rings_end():
    people = [firm("S", 1), firm("A", 10), firm("B", 100)]
    group = Relations(people, [plain("S", "A", "60%"), plain("A", "B", "60%"), plain("B", "S", "60%")])
    for name in "SAB":
        assert aggregate(group, of=name, on=ON).headcount.exact == 111


@pytest.mark.parametrize(("mine", "theirs", "adjacent", "expected"), [
    (("software",), ("software",), (), "linked"),                               # SME-19
    (("software",), ("catering",), (), "autonomous"),
    (("software",), ("hardware",), (("hardware", "software"),), "linked"),
    (("software", "catering"), ("catering",), (), "linked"),
    (("software",), None, (), "linked partner autonomous"),
    ((), ("software",), (), "autonomous"),
])  # fmt: skip
def test_natural_persons_link_in_the_same_or_adjacent_markets(mine, theirs, adjacent, expected):
    people = [
        Undertaking("S", Figures(30, 1, 1), markets=mine),
        Undertaking("H", Figures(30, 1, 1), markets=theirs),
        Undertaking("P", kind="natural_person"),
    ]
    holdings = [plain("P", "S", "100%"), plain("P", "H", "51%")]
    assert stands(holdings, people, adjacent_markets=adjacent)[0] == expected
    classes = size_of(Relations(people, holdings, adjacent_markets=adjacent), of="S", on=ON).classes
    assert [one.value for one in classes] == {"linked": ["medium"], "autonomous": ["small"]}.get(
        expected, ["small", "medium"]
    )


def test_a_family_acting_jointly_and_what_stands_below():
    people = [
        Undertaking("P", kind="natural_person"), Undertaking("Q", kind="natural_person"),
        firm("S", 30, markets=("wine",)), firm("H", 40, markets=()), firm("D", 50, markets=("wine",)),
    ]  # fmt: skip
    holdings = [plain("P", "S", "100%"), plain("P", "H", "40%"), plain("Q", "H", "40%"), plain("H", "D", "100%")]
    apart = aggregate(Relations(people, holdings), of="S", on=ON)
    together = aggregate(Relations(people, holdings, acting_jointly=[["P", "Q"]]), of="S", on=ON)
    assert (apart.headcount.exact, together.headcount.exact) == (30, 120)
    assert [(one.id, one.path[0].via) for one in together.counted[1:]] == [("D", ("P", "Q")), ("H", ("P", "Q"))]


@pytest.mark.parametrize(("holders", "expected"), [
    ([("R", "public_body", "25%")], Truth.YES),
    ([("R", "public_body", "24.99%")], Truth.NO),
    ([("R", "public_body", "13%"), ("T", "public_body", "12%")], Truth.YES),           # jointly
    ([("R", "public_body", Range("20%", "30%"))], Truth.UNKNOWN),
    ([("R", "public_body", None)], Truth.UNKNOWN),
    ([("U", "university", "40%")], Truth.NO),
    ([("U", "university", "60%")], Truth.UNKNOWN),                                     # is it public?
    ([("I", "public_investment_corporation", "50%")], Truth.NO),
    ([("I", "public_investment_corporation", "51%")], Truth.YES),
    ([("M", "local_authority", "30%")], Truth.UNKNOWN),                                # how big is it?
])  # fmt: skip
def test_public_control(holders, expected):
    people = [firm("S", 5, 1, 1), *(Undertaking(name, kind=kind) for name, kind, _ in holders)]
    group = Relations(people, [plain(name, "S", share) for name, _, share in holders])
    found = size_of(group, of="S", on=ON)
    assert found.aggregate.public_control is found.answer.public_control is expected
    assert found.is_sme is {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(expected, expected)


def test_public_control_through_a_company():
    people = [firm("S", 5, 1, 1), firm("H", 1, 1, 1), Undertaking("R", kind="public_body")]
    controlled = Relations(people, [plain("R", "H", "60%"), plain("H", "S", "30%")])
    assert size_of(controlled, of="S", on=ON).size == "large"
    held = Relations(people, [plain("R", "H", "50%"), plain("H", "S", "30%")])
    assert size_of(held, of="S", on=ON).size == "micro"


def test_public_control_goes_down_and_not_up():
    # The Region and H both control X; the Region does not for that control H.
    people = [firm("S", 5, 1, 1), firm("H", 1, 1, 1), firm("X", 1, 1, 1), Undertaking("R", kind="public_body")]
    holdings = [plain("H", "X", "60%"), Holding("R", "X", 0, 0, appoints_majority=True), plain("H", "S", "30%")]
    assert size_of(Relations(people, holdings), of="S", on=ON).size == "micro"


def test_small_municipalities_are_excepted_from_public_control_too():
    town = Undertaking("M", kind="local_authority", inhabitants=4999, budget="9999999.99")
    people = [firm("S", 5, 1, 1), town]
    for share, size in (("49%", "micro"), ("51%", "large")):
        assert size_of(Relations(people, [plain("M", "S", share)]), of="S", on=ON).size == size
    found = aggregate(Relations(people, [plain("M", "S", "49%")]), of="S", on=ON)
    assert [(one.id, one.reason, one.by) for one in found.left_out] == [("M", "excepted_investor", "S")]


def test_figures_that_are_not_known():
    group = Relations(
        [firm("S", 5, 1, 1), Undertaking("P", Figures(40, None, 2))], [plain("P", "S", "25%"), plain("S", "L", "60%")]
    )
    found = aggregate(group, of="S", on=ON)
    assert (str(found.headcount), str(found.balance_sheet)) == ("at least 15", "at least 1.5")
    assert found.missing == ("L", "P")
    assert group.undescribed == ("L",)
    classes = size_of(group, of="S", on=ON).classes
    assert [one.value for one in classes] == ["small", "medium", "large"]


def test_a_small_partner_that_is_not_known_well_enough_may_not_matter():
    group = Relations([firm("S", 300), Undertaking("P")], [plain("P", "S", "25%")])
    assert size_of(group, of="S", on=ON).size == "large"


def test_figures_that_stand_in_consolidated_accounts():
    people = [firm("S", 100, consolidates=("A", "B")), firm("A", 30), firm("B", 10), firm("C", 5)]
    group = Relations(people, [plain("S", name, "60%") for name in "ABC"])
    found = aggregate(group, of="S", on=ON)
    assert found.headcount.exact == 105
    assert [(one.id, one.reason, one.by) for one in found.left_out] == [
        ("A", "consolidated", "S"),
        ("B", "consolidated", "S"),
    ]
    assert aggregate(group, of="A", on=ON).headcount.exact == 105
    ring = [firm("S", 1, consolidates=("A",)), firm("A", 10, consolidates=("B",)), firm("B", 100, consolidates=("S",))]
    assert aggregate(Relations(ring, [plain("S", name, "60%") for name in "AB"]), of="S", on=ON).headcount.exact in {
        1,
        10,
        100,
    }


def test_bad_questions():
    group = Relations([Undertaking("P", kind="natural_person"), Undertaking("R", kind="public_body")],
                      [plain("P", "Alfa", "1%"), plain("R", "Alfa", "1%")])  # fmt: skip
    with pytest.raises(BadFacts) as caught:
        relation(group, of="P", to="Alfb", on=ON)
    assert [fault.message.split(";")[0] for fault in caught.value.faults] == [
        "P is a natural person, no undertaking", "'Alfb' is none of Alfa, P, R",
    ]  # fmt: skip
    with pytest.raises(BadFacts, match="public body"):
        size_of(group, of="R", on=ON)
    with pytest.raises(BadFacts, match="gbre"):
        size_of(group, of="Alfa", on=ON, definition="gbre")
    with pytest.raises(BadFacts, match="expected a date"):
        aggregate(group, of="Alfa", on=None)
    with pytest.raises(BadFacts, match="expected Relations"):
        aggregate([], of="Alfa", on=ON)
    with pytest.raises(NotEncoded):
        aggregate(group, of="Alfa", on="2004-12-31")


def test_an_answer_is_a_value():
    group = Relations([firm("S", 5, 1, 1)], [plain("P", "S", "25%")])
    found = size_of(group, of="S", on=ON)
    assert pickle.loads(pickle.dumps((group, found))) == (group, found)  # noqa: S301 - our own bytes
    assert hash(found) == hash(size_of(group, of="S", on=ON))


def test_the_class_by_sums_is_the_class_of_the_sums():
    group = Relations([firm("S", 40, 4_000_000, 2_000_000), firm("L", 15, 1, 1)], [plain("S", "L", "60%")])
    added = aggregate(group, of="S", on=ON)
    assert (
        size_class(added.headcount, added.turnover, added.balance_sheet, on=ON) == size_of(group, of="S", on=ON).answer
    )
