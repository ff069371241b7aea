# SPDX-License-Identifier: Apache-2.0
"""How enterprises stand to one another: each chain of links, each share, who is added and who is left out."""

import pytest

from misure.ground.ranges import Range
from misure.undertakings import Figures, Holding, Relations, Undertaking, aggregate, relation, single_undertaking

ON = "2026-11-22"
plain = Holding.plain


def firm(name, headcount=10, turnover=1, balance=1, **more):
    return Undertaking(name, Figures(headcount, turnover, balance), **more)


def v(*ties):
    """Holdings (holder, held, votes in per cent)."""
    return [Holding(holder, held, votes=f"{share}%") for holder, held, share in ties]


def k(**kinds):
    return [Undertaking(name, kind=kind) for name, kind in kinds.items()]


def link(one):
    return f"{one.one}>{one.other} {one.reason}" + (f" via {' '.join(one.via)}" if one.via else "")


def path(links):
    return ", ".join(map(link, links))


def rel(holdings, undertakings=(), of="S", to="H", **more):
    found = relation(Relations(undertakings, holdings, **more), of=of, to=to, on=ON)
    assert (found.of, found.to) == (of, to)
    assert found.relation == (found.relations[0] if len(found.relations) == 1 else None)
    assert [cited.at for cited in found.citations] == ["allegato, art. 3, par. 3, lett. a)", "allegato, art. 3, par. 2"]
    return f"{' '.join(found.relations)} {found.share} {found.confidence}", path(found.path)


def agg(undertakings, holdings, of="S", **more):
    found = aggregate(Relations(undertakings, holdings, **more), of=of, on=ON)
    assert found.figures == Figures(found.headcount, found.turnover, found.balance_sheet)
    sums = " | ".join(map(str, (found.headcount, found.turnover, found.balance_sheet, found.confidence)))
    return (
        f"{sums} | public {found.public_control} | missing {' '.join(found.missing)}",
        [f"{one.id} {' '.join(one.relations)} {one.share}: {path(one.path)}" for one in found.counted],
        [f"{one.id} {one.reason} {one.by}" for one in found.left_out],
    )


def su(holdings, of, undertakings=(), jointly=(), **how):
    found = single_undertaking(Relations(undertakings, holdings, acting_jointly=jointly), of=of, on=ON, **how)
    groups = (found.members, found.possible, found.by_person, found.by_body)
    return f"{found.confidence}", *([f"{one.id}: {path(one.path)}" for one in group] for group in groups)


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: rel([plain("H","S","25%")]),
     ("partner 0.25 secondary", "H>S partner")),
    (lambda: rel([plain("H","S","24.99%")]),
     ("autonomous 0 secondary", "")),
    (lambda: rel([plain("H","S","50.01%")]),
     ("linked 1 secondary", "H>S majority_of_votes")),
    (lambda: rel([Holding("H","S","30%",None)]),
     ("linked partner from 0.3 to 1 secondary", "H>S partner")),
    (lambda: rel([Holding("H","S",Range("20%","40%"),"10%")]),
     ("partner autonomous from 0 to 0.4 secondary", "H>S partner")),
    (lambda: rel([plain("H","S",None)]),
     ("linked partner autonomous from 0 to 1 secondary", "H>S majority_of_votes")),
    (lambda: rel([Holding("H","S",0,0,appoints_majority=True)]),
     ("linked 1 secondary", "H>S appoints_majority")),
    (lambda: rel([Holding("H","S",0,0,dominant_influence=None)]),
     ("linked partner autonomous from 0 to 1 secondary", "H>S dominant_influence")),
    (lambda: rel([plain("H","S","30%"),plain("S","H","26%")]),
     ("partner 0.3 inferred", "H>S partner")),
    (lambda: rel([plain("A","S","60%"),plain("A","H","60%")]),
     ("linked 1 secondary", "A>S majority_of_votes, A>H majority_of_votes")),
    (lambda: rel([plain("A","S","30%"),plain("A","H","60%")]),
     ("partner 0.3 secondary", "A>S partner, A>H majority_of_votes")),
    (lambda: rel([plain("A","S","30%"),plain("H","A","30%")]),
     ("autonomous 0 secondary", "")),
    (lambda: rel([plain("A","S","60%"),plain("H","A","30%")]),
     ("partner 0.3 secondary", "A>S majority_of_votes, H>A partner")),
    (lambda: rel([plain("H","A","100%"),plain("H","S","30%"),plain("A","S","30%")]),
     ("linked 1 inferred", "A>S joint_majority via H, H>A majority_of_votes")),
    (lambda: rel([plain("H","A","100%"),plain("H","S","15%"),plain("A","S","10%")]),
     ("partner 0.25 secondary", "A>S partner via H, H>A majority_of_votes")),
    (lambda: rel([plain("P","S","60%"),plain("P","H","60%")],[Undertaking("P",kind="natural_person"),Undertaking("S",markets=("x",)),Undertaking("H",markets=("x",))]),
     ("linked 1 secondary", "H>S natural_person via P")),
    (lambda: rel([plain("P","S","60%"),plain("P","H","60%")],[Undertaking("P",kind="natural_person"),Undertaking("S",markets=("x",)),Undertaking("H",markets=None)]),
     ("linked partner autonomous from 0 to 1 secondary", "H>S natural_person via P")),
    (lambda: rel([plain("R","S","60%"),plain("R","H","60%")],k(R="public_body")),
     ("autonomous 0 secondary", "")),
    (lambda: rel([plain("H","S","60%")],k(H="public_body")),
     ("linked 1 secondary", "H>S majority_of_votes")),
    (lambda: rel([plain("H","S","30%")],k(H="public_body")),
     ("partner 0.3 secondary", "H>S partner")),
    (lambda: rel([],[Undertaking("S"),Undertaking("H")]),
     ("autonomous 0 secondary", "")),
    (lambda: rel([plain("H","S","30%")],of="H",to="H"),
     ("itself 1 secondary", "")),
])  # fmt: skip
def test_how_one_enterprise_stands_to_another(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: agg([firm("S",200,20,15),firm("P",200,40,30)],[plain("P","S","30%")]),
     ("260 | 32 | 24 | secondary | public no | missing ", ["S itself 1: ", "P partner 0.3: P>S partner"], [])),
    (lambda: agg([firm("S",1),firm("L",10),firm("P",100)],[plain("S","L","60%"),plain("P","S","30%"),plain("P","L","40%")]),
     ("51 | 2.4 | 2.4 | inferred | public no | missing ", ["S itself 1: ", "L linked 1: S>L majority_of_votes", "P partner 0.4: S>L majority_of_votes, P>L partner"], [])),
    (lambda: agg([firm("S",5),Undertaking("P",Figures(40,None,2))],[plain("P","S","25%"),plain("S","L","60%")]),
     ("at least 15 | at least 1 | at least 1.5 | secondary | public no | missing L P", ["S itself 1: ", "L linked 1: S>L majority_of_votes", "P partner 0.25: P>S partner"], [])),
    (lambda: agg([firm("S",5),firm("P",40)],[Holding("P","S","30%",None)]),
     ("from 17 to 45 | from 1.3 to 2 | from 1.3 to 2 | secondary | public no | missing ", ["S itself 1: ", "P linked partner from 0.3 to 1: P>S partner"], [])),
    (lambda: agg([firm("S",5),firm("P",40)],[Holding("P","S",Range("20%","40%"),"10%")]),
     ("from 5 to 21 | from 1 to 1.4 | from 1 to 1.4 | secondary | public no | missing ", ["S itself 1: ", "P partner autonomous from 0 to 0.4: P>S partner"], [])),
    (lambda: agg([firm("S",100,consolidates=("A","B")),firm("A",30),firm("B",10,consolidates=("A",)),firm("C",5)],[plain("S",n,"60%") for n in "ABC"]),
     ("105 | 2 | 2 | secondary | public no | missing ", ["S itself 1: ", "A linked 1: S>A majority_of_votes", "B linked 1: S>B majority_of_votes", "C linked 1: S>C majority_of_votes"], ["A consolidated S", "B consolidated S"])),
    (lambda: agg([firm("S",100),firm("P",30,consolidates=("S",))],[plain("P","S","30%")]),
     ("109 | 1.3 | 1.3 | secondary | public no | missing ", ["S itself 1: ", "P partner 0.3: P>S partner"], [])),
    (lambda: agg([firm("S",100,consolidates=("P",)),firm("P",30)],[plain("S","P","30%")]),
     ("100 | 1 | 1 | secondary | public no | missing ", ["S itself 1: ", "P partner 0.3: S>P partner"], ["P consolidated S"])),
    (lambda: agg([firm("S",1,consolidates=("A",)),firm("A",10,consolidates=("B",)),firm("B",100,consolidates=("S",))],[plain("S",n,"60%") for n in "AB"]),
     ("1 | 1 | 1 | secondary | public no | missing ", ["S itself 1: ", "A linked 1: S>A majority_of_votes", "B linked 1: S>B majority_of_votes"], ["A consolidated S", "B consolidated A"])),
    (lambda: agg([firm("S"),Undertaking("V",kind="venture_capital"),Undertaking("R",kind="public_body")],[plain("V","S","30%"),plain("R","S","20%")]),
     ("10 | 1 | 1 | secondary | public no | missing ", ["S itself 1: "], ["R public_body S", "V excepted_investor S"])),
    (lambda: agg([firm("S"),Undertaking("V",kind="venture_capital"),Undertaking("R",kind="public_body")],[plain("V","S","10%"),plain("R","S","30%")]),
     ("10 | 1 | 1 | secondary | public yes | missing ", ["S itself 1: "], ["R public_body S", "V excepted_investor S"])),
    (lambda: agg([firm("S"),Undertaking("M",kind="local_authority",inhabitants=4999,budget=1)],[plain("M","S","30%")]),
     ("10 | 1 | 1 | secondary | public no | missing ", ["S itself 1: "], ["M excepted_investor S"])),
    (lambda: agg([firm("S"),Undertaking("M",kind="local_authority")],[plain("M","S","30%")]),
     ("10 | 1 | 1 | secondary | public unknown | missing ", ["S itself 1: "], ["M excepted_investor S"])),
    (lambda: agg([firm("S"),firm("L"),Undertaking("V",Figures(9,9,9),kind="venture_capital")],[plain("S","L","60%"),plain("V","L","30%")]),
     ("20 | 2 | 2 | secondary | public no | missing ", ["S itself 1: ", "L linked 1: S>L majority_of_votes"], ["V excepted_investor L"])),
])  # fmt: skip
def test_whose_figures_are_added(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: su(v(("A","B",60),("B","C",60)),"C"),
     ("secondary", ["A: B>C majority_of_votes, A>B majority_of_votes", "B: B>C majority_of_votes", "C: "], [], [], [])),
    (lambda: su(v(("A","C",50),("B","C",50)),"C"),
     ("secondary", ["C: "], [], [], [])),
    (lambda: su([Holding("A","C",votes="30%"),Holding("B","C",capital="10%")],"C"),
     ("secondary", ["C: "], ["B: B>C majority_of_votes"], [], [])),
    (lambda: su(v(("A","B",100),("A","C",30),("B","C",30)),"C"),
     ("inferred", ["A: A>C joint_majority via B", "B: A>C joint_majority via B, A>B majority_of_votes", "C: "], [], [], [])),
    (lambda: su(v(("P","X",100),("P","Y",60),("Y","Z",100)),"X",k(P="natural_person")),
     ("inferred", ["X: "], [], ["Y: X>Y natural_person via P", "Z: X>Y natural_person via P, Y>Z majority_of_votes"], [])),
    (lambda: su(v(("P","X",100),("P","Y",60)),"X",k(P="natural_person"),natural_person_links="ignore"),
     ("secondary", ["X: "], [], [], [])),
    (lambda: su(v(("P","X",100),("P","Y",60)),"X",k(P="natural_person"),natural_person_links="merge"),
     ("inferred", ["X: ", "Y: X>Y natural_person via P"], [], [], [])),
    (lambda: su(v(("P","X",50),("Q","X",50),("P","Y",40),("Q","Y",40)),"X",k(P="natural_person",Q="natural_person"),[["P","Q"]]),
     ("inferred", ["X: "], [], ["Y: X>Y natural_person via P Q"], [])),
    (lambda: su(v(("R","X",100),("R","Y",100)),"X",k(R="public_body")),
     ("secondary", ["X: "], [], [], ["R: R>X majority_of_votes", "Y: R>X majority_of_votes, R>Y majority_of_votes"])),
    (lambda: su(v(("R","X",100),("R","Y",100)),"R",k(R="public_body")),
     ("secondary", ["R: "], [], [], ["X: R>X majority_of_votes", "Y: R>Y majority_of_votes"])),
    (lambda: su(v(("R","X",100),("R","Y",100)),"X",k(R="public_body"),body_links="merge"),
     ("secondary", ["R: R>X majority_of_votes", "X: ", "Y: R>X majority_of_votes, R>Y majority_of_votes"], [], [], [])),
    (lambda: su(v(("U","X",100),("U","Y",100)),"X",k(U="university")),
     ("secondary", ["X: "], ["U: U>X majority_of_votes", "Y: U>X majority_of_votes, U>Y majority_of_votes"], [], [])),
    (lambda: su(v(("N","X",100),("N","Y",100)),"X",k(N="non_profit_body"),regulation="sgei"),
     ("secondary", ["X: "], [], [], ["N: N>X majority_of_votes", "Y: N>X majority_of_votes, N>Y majority_of_votes"])),
    (lambda: su([Holding("A","C","10%","10%",sole_control=True,dominant_influence=True,appoints_majority=True)],"C"),
     ("secondary", ["A: A>C appoints_majority", "C: "], [], [], [])),
])  # fmt: skip
def test_who_is_one_undertaking(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("holder", "invested", "told"), [
    ({"kind": "business_angels"}, Range(0, "1249999.99"), "autonomous 0"), ({"kind": "business_angels"}, Range(0, 1_250_000), "partner autonomous from 0 to 0.4"),
    ({"kind": "business_angels"}, Range(1_250_000, 2_000_000), "partner 0.4"),
    ({"kind": "local_authority", "inhabitants": Range(0, "4999.99"), "budget": 1}, None, "autonomous 0"),
    ({"kind": "local_authority", "inhabitants": Range(0, 5000), "budget": 1}, None, "partner autonomous from 0 to 0.4"),
    ({"kind": "local_authority", "inhabitants": 1, "budget": Range(0, 10_000_000)}, None, "partner autonomous from 0 to 0.4"),
    ({"kind": "local_authority", "inhabitants": 5000, "budget": None}, None, "partner 0.4"),
])  # fmt: skip
def test_an_investor_whose_limits_may_just_be_reached(holder, invested, told):
    holdings = [Holding("H", "S", "40%", "40%", invested=invested)]
    found = relation(Relations([Undertaking("H", **holder)], holdings), of="S", to="H", on=ON)
    assert f"{' '.join(found.relations)} {found.share}" == told
