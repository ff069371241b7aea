# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from misure.ground.dated import dated_table
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.identifiers.likeness import misspelt
from misure.undertakings import EntityKind, Figure, Figures, Holding, Relations, Undertaking
from misure.undertakings.figures import count, money, share, signed
from misure.undertakings.relations import cluster_of

plain = Holding.plain


def faults(*args, **more):
    with pytest.raises(BadFacts) as caught:
        Relations(*args, **more)
    return [f"{fault.subject}: {fault.message}" for fault in caught.value.faults]


@pytest.mark.parametrize(("undertakings", "holdings", "expected"), [
    ([], [plain("A", "B", "101%")], ["A holds B: capital: 101% is above 100%", "A holds B: votes: 101% is above 100%"]),
    ([], [Holding("A", "B", 30)],
     ["A holds B: capital: 30 is above 100%: a rate of 30 per cent is written 30%"]),
    ([], [Holding("A", "B", votes="60%"), Holding("C", "B", votes="50%")],
     ["B: A, C hold more than the whole of its votes: 110%"]),
    ([], [Holding("A", "B", Range("60%", "90%")), Holding("C", "B", Fraction(1, 2), 1)],
     ["B: A, C hold more than the whole of its capital: 110%"]),
    ([], [Holding("A", "B", -1)], ["A holds B: capital: -1 is below zero, and no such rate is used"]),
    ([], [Holding("A", "B", 0.3)],
     ['A holds B: capital: 0.3 is a binary float, which is not exact: write it as text, "0.3"']),
    ([], [Holding("A", "B", votes=Range("60%", "50%"))],
     ["A holds B: votes: a range goes from its least to its greatest value; got 0.6 to 0.5"]),
    ([], [Holding("A", "A", "10%")], ["A holds A: nobody holds a part of itself here: own shares bear no votes"]),
    ([], [plain("A", "B", "30%"), plain("A", "B", "31%")], ["A holds B: is said twice, and differently"]),
    ([], [Holding("A", "B", sole_control="yes")],
     ["A holds B: sole_control: expected True, False, or None while it is not known; got 'yes'"]),
    ([], [Holding("A", "B", invested="1.005")], ["A holds B: invested: '1.005' has 3 decimals"]),
    ([], [Holding("", "B")], ["holdings: an id is a text that is not empty; got ''"]),
    ([], [("A", "B")], ["holdings: expected a Holding; got a list"]),
    ([Undertaking("A"), Undertaking("A", Figures(1))], [], ["A: is described twice"]),
    ([Undertaking(5)], [], ["undertakings: an id is a text that is not empty; got 5, a number: a code is text"]),
    ([Undertaking("A", 7)], [], ["A: expected Figures; got 7"]),
    ([Undertaking("A", Figures(-1, 0.5, "x"))], [], [
        "A: balance_sheet: 'x' is not a number: write 1234.50", "A: headcount: a count is never negative; got -1",
        'A: turnover: 0.5 is a binary float, which is not exact: write it as text, "0.5"',
    ]),
    ([Undertaking("A", kind="busines_angels")], [],
     [f"A: kind: 'busines_angels' is none of {', '.join(EntityKind)}; did you mean 'business_angels'?"]),
    ([Undertaking("A", kind=[])], [], [f"A: kind: expected one of {', '.join(EntityKind)}; got an empty list"]),
    ([Undertaking("A", markets="software")], [], ["A: markets: expected a tuple of texts; got 'software'"]),
    ([Undertaking("A", kind="university", public=1)], [],
     ["A: public: expected True, False, or None while it is not known; got 1"]),
    ([Undertaking("A", public=True)], [], ["A: public: nobody asks it of a company; a public body has a kind of its own"]),
    ([Undertaking("Alfa", consolidates=("Bta",)), Undertaking("Beta")], [],
     ["Alfa: consolidates: 'Bta' is none of Alfa, Beta; did you mean 'Beta'?"]),
    ([Undertaking("P", kind="natural_person")], [plain("A", "P", "1%")], ["A holds P: nobody holds a part of a natural person"]),
    ([Undertaking("Alfa srl")], [plain("ALFA S.R.L.", "B", "1%")],
     ["ALFA S.R.L.: is not described, and looks like a slip; did you mean 'Alfa srl'?"]),
    ("AB", [], ["undertakings: expected many of them; got 'AB'"]),
    ([], None, ["holdings: expected many of them; got nothing"]),
])  # fmt: skip
def test_bad_statements(undertakings, holdings, expected):
    assert sorted(faults(undertakings, holdings)) == sorted(expected)


def test_bad_groups_and_markets():
    people = [Undertaking("Alfa", markets=("software",)), Undertaking("Pia", kind="natural_person")]
    assert faults(people, acting_jointly=[["Pia", "Alfa"], ["Pio"], 5]) == [
        ("Alfa: acts jointly only as a natural person or an investor; between companies, say who has sole control by the "
         "agreement"),
        "acting_jointly: 'Pio' is none of Alfa, Pia; did you mean 'Pia'?",
        "acting_jointly: expected a group of ids; got 5",
    ]  # fmt: skip
    assert faults(people, adjacent_markets=[("wine", "retail"), "ab", ("sofware", "retail")]) == [
        "adjacent_markets: expected a pair of markets; got 'ab'",
        "adjacent_markets: nobody is active in 'sofware'; did you mean 'software'?",
    ]
    assert faults(people, acting_jointly="Pia") == ["acting_jointly: expected groups of ids; got 'Pia'"]
    assert faults(people, adjacent_markets=5) == ["adjacent_markets: expected pairs of markets; got 5"]


def test_all_faults_come_at_once():
    assert (
        len(
            faults(
                [Undertaking("A"), Undertaking("A"), Undertaking("B", kind="x")],
                [plain("A", "A", 2), plain("A", "B", 0.5)],
            )
        )
        == 7
    )


def test_the_same_holding_said_twice_alike():
    twice = Relations([], [plain("A", "B", "30%"), plain("A", "B", Decimal("0.3"))])
    assert cluster_of(twice).ties == cluster_of(Relations([], [plain("A", "B", "30%")])).ties
    whole = Relations([], [plain("A", "B", Fraction(1, 3)), plain("C", "B", Fraction(2, 3))])
    assert len(cluster_of(whole).ties) == 2


def test_whom_nobody_describes():
    group = Relations([Undertaking("Alfa")], [plain("Alfa", "01234560157", "30%"), plain("01234560173", "Alfa", "1%")])
    assert group.undescribed == ("01234560157", "01234560173")
    assert group.ids == ("01234560157", "01234560173", "Alfa")
    assert "Alfa" in group
    assert "Beta" not in group


@pytest.mark.parametrize(("stranger", "known", "found"), [
    ("Gamma", "Gamme", True), ("Gamam", "Gamma", True), ("Gmma", "Gamma", True), ("Gammaa", "Gamma", True),
    ("GAMMÀ", "gamma", True), ("Gamma 2", "Gamma 1", False), ("A1", "B1", False), ("ABCD", "ABCE", False),
    ("Gamma", "Omega", False), ("Alfa-1", "Alfa 1", True),
    ("Firm A", "Firm B", False), ("FirmA", "FirmB", False), ("firm_a", "firm_b", False), ("01234560157", "01234560175", False),
])  # fmt: skip
def test_slips_of_a_name(stranger, known, found):
    assert misspelt([stranger], [known]) == ({stranger: known} if found else {})


def test_relations_are_values():
    group = Relations(
        [Undertaking("B"), Undertaking("A", markets=["x", "y"])], [plain("A", "B", "30%")], acting_jointly=[]
    )
    again = pickle.loads(pickle.dumps(group))  # noqa: S301 - our own bytes
    assert again == group
    assert hash(again) == hash(group)
    assert cluster_of(again, "A") == cluster_of(group, "A")
    with pytest.raises(AttributeError):
        group.holdings = ()


def test_a_scope_is_what_hangs_together():
    group = Relations([], [plain("A", "B", "1%"), plain("B", "C", "1%"), plain("D", "E", "1%")])
    assert cluster_of(group, "A").ids == ("A", "B", "C")
    assert [tie.held for tie in cluster_of(group, "E").ties] == ["E"]


def test_a_share_that_is_not_known_ends_where_the_others_begin():
    ties = cluster_of(Relations([], [Holding("A", "C"), Holding("B", "C", "30%", Range("10%", "95%"))])).ties
    assert [(str(tie.capital), str(tie.votes)) for tie in ties] == [
        ("from 0 to 0.7", "from 0 to 0.9"),
        ("0.3", "from 0.1 to 0.95"),
    ]


@pytest.mark.parametrize(("figure", "text"), [
    (count("12.5"), "12.5"), (count(Fraction(1, 3)), "1/3"), (money("0.10"), "0.1"), (money(None), "at least 0"),
    (signed(None), "unknown"), (signed("-1.5"), "-1.5"), (share(Range(0, 1)), "from 0 to 1"),
    (Figure(None, Fraction(3)), "at most 3"), (money(Figure(Fraction(2), None)), "at least 2"), (money(10), "10"),
])  # fmt: skip
def test_a_figure_in_words(figure, text):
    assert str(figure) == text


def test_every_kind_has_its_row():
    table = dated_table("ue/investor-kinds")
    assert sorted({row.texts["kind"] for row in table.rows}) == sorted(EntityKind)
    for row in table.rows:
        assert row.texts["nature"] in {"enterprise", "person", "public"}
        assert row.texts["public"] in {"yes", "no", "ask"}
