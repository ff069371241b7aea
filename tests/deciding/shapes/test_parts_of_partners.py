# SPDX-License-Identifier: Apache-2.0
"""What each partner receives of an amount: in proportion, up to its own limit, whatever cuts the whole, and the cents add up.

As in Transizione MPMI: regime, rate and room of each partner, a cap on the whole that grows with their number, divided by their costs.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Outcome, Range, testing
from misure.ground.truth import Confidence
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  admitted_costs: {unit: EUR, least: "0", greatest: "1000000", label: spese ammesse, question: "Quante?"}
flags:
  approved: {label: approvato, question: "È approvato?"}
  clean: {label: pulito, question: "È pulito?"}
tables:
  members:
    label: aggregazione
    question: "Chi ne fa parte?"
    key: id
    name: called
    max_items: 9
    unit: partners
    fields:
      id: {text: 64, label: identificativo}
      called: {text: 64, label: nome}
      kind: {choices: {firm: impresa, other: altro}, label: tipo, question: "Che cos'è?"}
      costs: {unit: EUR, least: "0", greatest: "100000", label: spese, question: "Quante?"}
      small: {flag: yes, label: piccola, question: "È piccola?"}
      left: {unit: EUR, least: "0", greatest: "300000", label: massimale residuo, question: "Quanto resta?"}
      odd: {unit: EUR, least: "-5", greatest: "100000", label: saldo, question: "Quanto?"}
  bills:
    label: fatture
    question: "Quali?"
    key: id
    name: id
    max_items: 9
    fields:
      id: {text: 64, label: identificativo}
      paid: {unit: EUR, least: "0", greatest: "100000", label: importo, question: "Quanto?"}
"""
RULES = """
parameters:
  small_share: {is: 50%, label: "intensità per le piccole"}
  other_share: {is: 40%, label: "intensità per le altre"}
  each_most: {is: 5000.00 EUR, label: "massimo per impresa"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      own:
        is: "sum(half_up(min((small_share if m.small else other_share) * m.costs, m.left)) for m in members if m.kind == 'firm')"
        label: contributi delle imprese
      spent: {is: "sum(m.costs for m in members if m.kind == 'firm')", label: spese delle imprese}
      most: {is: "each_most * count(m for m in members if m.kind == 'firm')", label: massimo}
    admission:
      is_approved: {provision: P.1, text: "Approvata", holds: approved}
    award:
      is_clean: {provision: P.1, text: "Pulito", holds: clean, effect: reduces, reduces: [grant], leaves: admitted_costs}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant:
      form: grant
      of: own
      at_most: most
      apportioned: {by: spent, at_most: own, text: "Ripartito in proporzione alle spese, a ciascuna non oltre il suo contributo"}
      provision: P.2
      text: "Contributo"
"""


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("network"), RULES, vocabulary=VOCABULARY)


def member(name, costs, *, small=True, left="300000", kind="firm"):
    return {"id": name, "called": name.upper(), "kind": kind, "costs": costs, "small": small, "left": left}


def decided(measure, members, **more):
    told = {"filed_on": "2025-05-02", "approved": True, "clean": True, "members": members}
    return measure.decide(told | more, on=DAY)


def parts(decision):
    return {part.record: part.amount for part in decision.support[0].parts}


def money(**amounts):
    return {name: Decimal(amount) for name, amount in amounts.items()}


@pytest.mark.parametrize(
    ("members", "whole", "each"),
    [
        ([member("a", "4000"), member("b", "8000", small=False)], "5200", {"a": "2000", "b": "3200"}),
        # What nothing cuts is to each its own, though it is not in proportion to the costs.
        ([member("a", "9000", left="100"), member("b", "1000")], "600", {"a": "100", "b": "500"}),
        # The cap takes from all in proportion to their costs.
        ([member("a", "20000"), member("b", "30000")], "10000", {"a": "4000", "b": "6000"}),
        # What is above the limit of one goes to the others, in proportion again.
        (
            [member("a", "20000", left="1000"), member("b", "30000"), member("c", "10000")],
            "15000",
            {"a": "1000", "b": "10500", "c": "3500"},
        ),
        ([member("c", "1"), member("b", "1"), member("a", "1")], "1.50", {"a": "0.50", "b": "0.50", "c": "0.50"}),
        ([member("a", "60000"), member("o", "60000", kind="other")], "5000", {"a": "5000", "o": "0"}),
        ([], "0", {}),
        ([member("a", "0"), member("b", "0")], "0", {"a": "0", "b": "0"}),
    ],
    ids=["uncut", "by-limits", "cut", "filled", "equal", "not-counted", "nobody", "nothing"],
)
def test_each_receives_its_part(network, members, whole, each):
    decision = decided(network, members)
    assert decision.support[0].amount == Decimal(whole)
    assert parts(decision) == money(**each)
    assert list(parts(decision)) == [one["id"] for one in members]
    back = decided(network, members[::-1])
    assert parts(back) == parts(decision)
    assert decided(misure.open_linked(network.linked()), members).to_dict()["support"] == decision.to_dict()["support"]


def test_cents_that_do_not_divide_go_to_whom_the_most_is_cut_off_and_are_a_reading_of_ours(network):
    members = [member("a", "50000"), member("b", "60000"), member("c", "60000")]
    decision = decided(network, members)
    # 15,000.00 x 5/17 = 4,411.7647, x 6/17 = 5,294.1176 each: the two cents that are left go to the latter.
    assert parts(decision) == money(a="4411.76", b="5294.12", c="5294.12")
    assert decision.support[0].confidence is Confidence.OFFICIAL
    assert {part.confidence for part in decision.support[0].parts} == {Confidence.INFERRED}
    even = decided(network, [member("a", "20000"), member("b", "30000")])
    assert {part.confidence for part in even.support[0].parts} == {Confidence.OFFICIAL}


def test_what_a_condition_takes_is_taken_from_the_parts(network):
    members = [member("a", "4000"), member("b", "8000")]
    decision = decided(network, members, clean=False, admitted_costs="3000")
    assert decision.support[0].amount == Decimal("3000.00")
    assert parts(decision) == money(a="1000", b="2000")
    alike = decided(network, [member(name, "4000") for name in "cba"], clean=False, admitted_costs="100")
    assert parts(alike) == money(a="33.34", b="33.33", c="33.33")


def test_who_is_refused_receives_nothing(network):
    decision = decided(network, [member("a", "4000")], approved=False)
    assert (decision.outcome, decision.support) == (Outcome.REFUSED, ())


def test_what_is_not_known_of_one_leaves_its_part_and_those_of_the_others_open(network):
    unknown = member("b", "0") | {"costs": None}
    decision = decided(network, [member("a", "20000"), unknown])
    # The other may spend nothing, and then all is the first one's; or 100,000.00, of which it receives a sixth.
    assert parts(decision)["a"] == Range(Decimal("1666.66"), Decimal("10000.00"))
    assert parts(decision)["b"].least == Decimal("0.00")
    assert any(missing.name == "members.costs" for missing in decision.missing_for("amount"))


def test_the_weights_are_asked_where_the_whole_is_known(write):
    rules = RULES.replace("of: own\n", "of: admitted_costs\n").replace("by: spent, at_most: own,", "by: spent,")
    measure = write(rules.replace("at_most: most\n      apport", "apport"), vocabulary=VOCABULARY)
    members = [member("a", "20000"), member("b", "0") | {"costs": None}]
    decision = decided(measure, members, admitted_costs="900")
    assert decision.support[0].amount == Decimal("900.00")
    assert parts(decision)["a"] == Range(Decimal("150.00"), Decimal("900.00"))
    (missing,) = decision.missing_for("amount")
    assert (missing.name, missing.records) == ("members.costs", ("b",))
    told = decided(measure, [member("a", "20000"), member("b", "10000")], admitted_costs="900")
    assert parts(told) == money(a="600", b="300")
    nobody = decided(measure, [member("a", "0"), member("b", "0")], admitted_costs="900")
    assert set(parts(nobody).values()) == {Range(Decimal("0.00"), Decimal("900.00"))}


def test_more_partners_that_are_not_told_may_take_from_those_that_are(network):
    table = {"records": [member("a", "20000"), member("b", "20000")], "complete": False}
    decision = decided(network, table)
    assert parts(decision)["a"] == Range(Decimal("270.27"), Decimal("10000.00"))


def test_the_contract_tells_the_parts_and_format_one_does_not(network):
    decision = decided(network, [member("a", "4000"), member("b", "8000", small=False)])
    amount = decision.to_dict()["support"][0]
    assert amount["parts"] == [
        {"record": "a", "amount": "2000.00", "confidence": "official"},
        {"record": "b", "amount": "3200.00", "confidence": "official"},
    ]
    assert "parts" not in decision.to_dict(format=1)["support"][0]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("it", ["Ripartito in proporzione alle spese, a ciascuna non oltre il suo contributo", "A: 4.411,76 €"]),
        ("en", ["Ripartito in proporzione alle spese, a ciascuna non oltre il suo contributo", "A: €4,411.76"]),
    ],
)
def test_pages_tell_who_receives_what(network, language, lines):
    decision = decided(network, [member("a", "50000"), member("b", "60000"), member("c", "60000")])
    text = str(misure.explain(decision, language))
    for line in lines:
        assert line in text


NAMES = "abcdefghi"


@st.composite
def networks(draw):
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    amounts = st.integers(0, 100_000_00).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
    kinds = st.sampled_from(["firm", "firm", "firm", "other"])
    return [
        member(name, draw(amounts), small=draw(st.booleans()), left=draw(amounts), kind=draw(kinds)) for name in names
    ]


@given(networks(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_parts_add_up_stay_within_each_ones_limit_and_do_not_look_at_the_order(network, members, random):
    decision = decided(network, members)
    found = parts(decision)
    assert sum(found.values()) == decision.support[0].amount
    for one in members:
        share = Decimal("0.5") if one["small"] else Decimal("0.4")
        most = min(share * Decimal(one["costs"]) + Decimal("0.005"), Decimal(one["left"]))
        assert 0 <= found[one["id"]] <= (most if one["kind"] == "firm" else 0)
    shuffled = members[:]
    random.shuffle(shuffled)
    assert parts(decided(network, shuffled)) == found


@given(networks(), st.data())
@settings(deadline=None)
def test_a_part_lies_within_what_is_said_before_everything_is_told(network, members, data):
    less = [dict(one) for one in members]
    for one in less:
        for field in data.draw(st.sets(st.sampled_from(["kind", "costs", "small", "left"]), max_size=2)):
            one[field] = None
    before, after = parts(decided(network, less)), parts(decided(network, members))
    for name, part in after.items():
        ends = before[name] if isinstance(before[name], Range) else Range(before[name], before[name])
        assert ends.least <= part
        assert ends.greatest is None or part <= ends.greatest


def test_laws_of_decisions_hold(network):
    testing.assert_conserves(network, on=DAY)
    testing.assert_order_free(network, on=DAY)
    testing.assert_replays(network, on=DAY)
    testing.assert_completion_safe(network, on=DAY)


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_frames_divide_alike(network, library):
    testing.assert_same_in_frames(network, on=DAY, library=library)


def test_a_partner_of_whom_little_is_told_takes_from_the_others_no_more_than_the_cap(network):
    unknown = member("b", "20000") | {"left": None}
    decision = decided(network, [member("a", "8000"), unknown])
    assert decision.support[0].amount == Range(Decimal("4000.00"), Decimal("10000.00"))
    assert parts(decision)["a"] == Range(Decimal("2857.14"), Decimal("4000.00"))
    assert parts(decision)["b"] == Range(Decimal("0.00"), Decimal("7142.86"))
    # With a condition that is not met the line is no longer what its own caps leave of it.
    decision = decided(network, [member("a", "8000"), unknown], clean=False, admitted_costs="3500")
    assert decision.support[0].amount == Decimal("3500.00")
    assert parts(decision)["a"] == Range(Decimal("1000.00"), Decimal("3500.00"))


def test_in_proportion_to_what_the_line_consists_of_nobody_loses_what_nothing_cuts(write):
    rules = RULES.replace("by: spent, at_most: own,", "by: own,")
    measure = write(rules, vocabulary=VOCABULARY)
    unknown = member("b", "2000") | {"left": None}
    decision = decided(measure, [member("a", "8000"), unknown])
    assert decision.support[0].amount == Range(Decimal("4000.00"), Decimal("5000.00"))
    assert parts(decision) == {"a": Decimal("4000.00"), "b": Range(Decimal("0.00"), Decimal("1000.00"))}
    testing.assert_same_in_frames(measure, on=DAY, library="polars")


CUT = """\
      whole_sum: {is: "sum(m.wanted for m in firms)", label: somma}
      cut: {is: "sum(half_up(m.wanted * min(1, the_most / whole_sum)) for m in firms)", label: ridotti}
    admission:
"""


def test_a_great_maximum_cuts_all_in_proportion(write):
    vocabulary = VOCABULARY.replace(
        "  bills:",
        """  firms:
    label: partner
    question: "Chi?"
    key: id
    name: id
    max_items: 20
    fields:
      id: {text: 64, label: identificativo}
      wanted: {unit: EUR, least: "0", greatest: "1000000000", label: contributo, question: "Quanto?"}
  bills:""",
    )
    rules = (
        RULES.replace("    admission:\n", CUT, 1)
        .replace("of: own\n", "of: cut\n")
        .replace("at_most: most\n", "at_most: the_most\n")
    )
    rules = rules.replace("by: spent, at_most: own,", "by: cut,").replace(
        "  each_most:", "  the_most: {is: 8000000.00 EUR, label: massimo}\n  each_most:"
    )
    measure = write(rules, vocabulary=vocabulary)

    def wanted(**amounts):
        firms = [{"id": name, "wanted": amount} for name, amount in amounts.items()]
        return parts(decided(measure, [], firms=firms))

    assert wanted(a="1000000.01", b="2000000") == money(a="1000000.01", b="2000000")
    assert wanted(a="8000000", b="8000000") == money(a="4000000", b="4000000")
    assert wanted(a="1000000000", b="500000000", c="0.01") == money(a="5333333.33", b="2666666.67", c="0")
    assert wanted(a="0", b="0") == {
        "a": Range(Decimal("0.00"), Decimal("8000000.00")),
        "b": Range(Decimal("0.00"), Decimal("8000000.00")),
    }
    for library in ("polars", "pandas", "pyarrow"):
        testing.assert_same_in_frames(measure, on=DAY, library=library)
