# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.deminimis import Aid, Gap, Ledger, RegisterKeys
from misure.deminimis.ledgers.ledger import totals_of
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range

A = Aid("A", "alfa", "gen", "2025-05-10", 120000)
B = Aid("B", "beta", "agri", "2024-01-02", "0.07", activity="farm")
KEYS = RegisterKeys(car="99901", cor="23200001", cup="E44E20000140007", sector="I.56.1")


def subjects(caught):
    return [fault.subject for fault in caught.value.faults]


def test_an_aid_tells_what_it_was_told():
    aid = Aid("A", "alfa", "gen", dt.date(2025, 5, 10), "12.5", costs=["c1"], measure="m", keys=KEYS, activity="bakery")
    assert (aid.granted_on, aid.amount, aid.costs, aid.keys.cor) == (
        dt.date(2025, 5, 10),
        Decimal("12.50"),
        ("c1",),
        "23200001",
    )
    assert pickle.loads(pickle.dumps(aid)) == aid  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        aid.least = 3
    assert Aid("A", "alfa", "gen", None, None).amount is None
    assert Aid("A", "alfa", "gen", None, Range("1", 2)).amount == Range(Decimal(1), Decimal(2))


def test_an_aid_that_its_reader_checked_is_the_same():
    assert Aid.known("A", "alfa", "gen", dt.date(2025, 5, 10).toordinal(), 12000000) == A


@pytest.mark.parametrize(("changed", "subject", "message"), [
    ({"amount": -1}, "amount", "negative"),
    ({"amount": 0.1}, "amount", "binary float"),
    ({"amount": "1.234,50"}, "amount", "comma"),
    ({"amount": True}, "amount", "expected a number"),
    ({"amount": Decimal("NaN")}, "amount", "no amount"),
    ({"amount": Range(2, 1)}, "amount", "below its beginning"),
    ({"granted_on": "10/05/2025"}, "granted_on", "YYYY-MM-DD"),
    ({"granted_on": dt.datetime(2025, 5, 10)}, "granted_on", "expected a date"),  # noqa: DTZ001 - the culprit
    ({"granted_on": Range("2025-05-10", "2025-05-09")}, "granted_on", "before it begins"),
    ({"granted_on": "9999-12-31"}, "granted_on", "no day of any aid"),
    ({"granted_on": Range("1066-01-01", "2025-01-01")}, "granted_on", "no day of any aid"),
    ({"regulation": "GEN"}, "regulation", "no regulation"),
    ({"regulation": None}, "regulation", "a regulation is a text"),
    ({"beneficiary": ""}, "beneficiary", "empty"),
    ({"beneficiary": "alfa\u200b"}, "beneficiary", "does not print"),
    ({"beneficiary": 1234}, "beneficiary", "expected a text"),
    ({"id": "\t"}, "id", "empty"),
    ({"costs": "c1"}, "costs", "in a row"),
    ({"costs": [""]}, "costs", "empty"),
    ({"keys": "COR"}, "keys", "RegisterKeys"),
    ({"activity": ""}, "activity", "empty"),
])  # fmt: skip
def test_an_aid_that_cannot_be(changed, subject, message):
    right = {"id": "A", "beneficiary": "alfa", "regulation": "gen", "granted_on": "2025-05-10", "amount": 1}
    with pytest.raises(BadFacts, match=message) as caught:
        Aid(**right | changed)
    assert subjects(caught) == [subject]


def test_a_ledger_is_what_it_holds_in_whatever_order():
    one, other = Ledger([A, B], complete_by="x"), Ledger((B, A, A), complete_by="x")
    assert (one, hash(one), list(one)) == (other, hash(other), list(other))
    assert one != Ledger([A, B])
    assert one != Ledger([A], complete_by="x")
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
    assert (len(one), "A" in one, one["B"], one.of("alfa"), one.of("nobody")) == (2, True, B, (A,), ())
    assert one.beneficiaries() == ("alfa", "beta")


def test_adding_and_taking_away_leave_the_first_ledger_alone():
    first = Ledger([A], complete_by="x")
    second = first.with_aid(B)
    assert (len(first), len(second), second.complete_by, second.without("B")) == (1, 2, "x", first)
    assert totals_of(first, "beta") == {}
    assert second.without("A", "B") == Ledger(complete_by="x")
    assert second.without("B").beneficiaries() == ("alfa",)
    with pytest.raises(AttributeError):
        first.gaps = ()


def test_one_id_for_two_aids():
    with pytest.raises(BadFacts, match="two aids have this id") as caught:
        Ledger([A, B, A.but(least=1, most=1), B.but(beneficiary="gamma")])
    assert subjects(caught) == ["A", "B"]
    with pytest.raises(BadFacts):
        Ledger([A]).with_aid(A.but(beneficiary="beta"))


def test_every_fault_of_a_ledger():
    with pytest.raises(BadFacts) as caught:
        Ledger([A, "B", None], complete_by="", complete_until="tomorrow", gaps=["row 7"])
    assert subjects(caught) == ["aids", "aids", "complete_by", "complete_until", "gaps"]
    for wrong in (5, "A", {"A": A}, None):
        with pytest.raises(BadFacts):
            Ledger(wrong)
    for gap in (("",), (7,), ("row 7", ""), ("row 7", 4)):
        with pytest.raises(BadFacts):
            Gap(*gap)
    with pytest.raises(BadFacts, match="nobody is named"):
        Ledger(complete_until="2026-11-22")


def test_an_aid_that_is_not_there():
    book = Ledger([Aid("COR-23193436", "alfa", "gen", "2025-01-01", 1)])
    with pytest.raises(BadFacts, match="did you mean 'COR-23193436'"):
        book["COR-23193437"]
    with pytest.raises(BadFacts) as caught:
        book.without("X", "Y")
    assert subjects(caught) == ["X", "Y"]
    with pytest.raises(BadFacts):
        book.varied(None, 1)


def test_a_lower_amount_counts_from_the_first_day():
    book = Ledger([A]).varied("A", "99.50")
    assert (book["A"].amount, book["A"].granted_on) == (Decimal("99.50"), A.granted_on)
    with pytest.raises(BadFacts, match="an increase is a new aid"):
        book.varied("A", "99.51")
    with pytest.raises(BadFacts, match="an increase is a new aid"):
        book.varied("A", None)
    with pytest.raises(BadFacts, match="negative"):
        book.varied("A", -1)


def test_a_merger_brings_all_earlier_aid():
    book = Ledger([A, B], complete_by="x", gaps=[Gap("row 7", "beta")]).merged("gamma", "alfa", "beta")
    assert [(aid.id, aid.beneficiary, aid.granted_on, aid.origin) for aid in book] == [
        ("B", "gamma", B.granted_on, ("B", "beta")), ("A", "gamma", A.granted_on, ("A", "alfa")),
    ]  # fmt: skip
    assert book.gaps == (Gap("row 7", "gamma"),)
    assert book.merged("delta", "gamma")["A"].origin == ("A", "alfa")
    for names in (("gamma",), ("gamma", "gamma"), ("", "alfa"), ("gamma", 3)):
        with pytest.raises(BadFacts):
            Ledger([A]).merged(*names)


# DM-S1
def test_a_split_by_equity():
    book = Ledger([A], complete_by="x").split("alfa", on="2026-01-01", equity={"N1": 300000, "N2": 100000})
    assert [(aid.beneficiary, aid.amount, aid.granted_on) for aid in book] == [
        ("N1", 90000, A.granted_on), ("N2", 30000, A.granted_on),
    ]  # fmt: skip
    assert [aid.origin for aid in book] == [("A", "alfa"), ("A", "alfa")]


def test_a_split_follows_the_activity_first():
    book = Ledger([
        Aid("1", "alfa", "gen", "2025-01-01", 100, activity="bakery"), Aid("2", "alfa", "gen", "2025-02-01", 100),
        Aid("3", "alfa", "gen", "2026-02-01", 100), B,
    ], gaps=[Gap("row", "alfa")])  # fmt: skip
    after = book.split("alfa", on="2026-01-01", by_activity={"bakery": "N1"}, equity={"N1": 0, "alfa": 5})
    assert [(aid.id, aid.beneficiary, aid.amount) for aid in after] == [
        ("1", "N1", 100), ("2/alfa", "alfa", 100), ("3", "alfa", 100), ("B", "beta", Decimal("0.07")),
    ]  # fmt: skip
    assert {gap.beneficiary for gap in after.gaps} == {"N1", "alfa"}


def test_a_split_that_cannot_be():
    book = Ledger([A, Aid("U", "alfa", "gen", None, 5)])
    with pytest.raises(BadFacts, match="find out its day") as caught:
        book.split("alfa", on="2026-01-01", by_activity={"bakery": "N1"})
    assert subjects(caught) == ["A", "U"]
    for wrong in (
        {}, {"equity": {"N1": 0}}, {"equity": {"N1": -5}}, {"equity": {"": 5}}, {"by_activity": {"": "N1"}},
        {"equity": {"N1": 0.5}}, {"equity": [1]}, {"by_activity": "bakery"},
    ):  # fmt: skip
        with pytest.raises(BadFacts):
            Ledger([A]).split("alfa", on="2026-01-01", **wrong)
    with pytest.raises(BadFacts, match="YYYY-MM-DD"):
        Ledger([A]).split("alfa", on="soon", equity={"N1": 1})


weights = st.dictionaries(st.text("nmopq", min_size=1, max_size=3), st.integers(0, 10**6), min_size=1).filter(
    lambda equity: any(equity.values())
)


@given(st.integers(0, 10**9), weights)
def test_a_split_conserves_every_cent(amount, equity):
    book = Ledger([Aid.known("A", "alfa", "gen", 739000, amount)]).split("alfa", on="2026-01-01", equity=equity)
    assert sum(aid.least for aid in book) == amount
    total = sum(equity.values())
    for aid in book:
        assert abs(aid.least * total - amount * equity[aid.beneficiary]) < total
        assert aid.first == 739000


@given(st.lists(st.integers(0, 10**4), min_size=2, max_size=3, unique=True).map(sorted), weights)
def test_the_parts_of_a_range_hold_the_parts_of_what_turns_out(amounts, equity):
    low, *middle, high = amounts
    aid = Aid("A", "alfa", "gen", "2025-01-01", 0).but(least=low, most=high)
    parts = {a.beneficiary: a for a in Ledger([aid]).split("alfa", on="2026-01-01", equity=equity)}
    for known in (low, *middle, high):
        for part in Ledger([aid.but(least=known, most=known)]).split("alfa", on="2026-01-01", equity=equity):
            assert parts[part.beneficiary].least <= part.least <= parts[part.beneficiary].most


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_in_which_aids_are_told_is_nothing_to_a_split(order):
    told = [
        ("before", "2025-12-31", "x"),
        ("that day", "2026-01-01", "y"),
        ("after", "2026-01-02", "x"),
        ("long before", "2024-01-01", "z"),
    ]
    aids = [Aid(id_, "alfa", "gen", day, 100, activity=activity) for id_, day, activity in (told[at] for at in order)]
    split = Ledger(aids).split("alfa", on="2026-01-01", by_activity={"x": "beta", "y": "gamma"}, equity={"delta": 1})
    assert {aid.id: aid.beneficiary for aid in split} == {
        "before": "beta", "that day": "gamma", "after": "alfa", "long before/delta": "delta",
    }  # fmt: skip
