# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from types import SimpleNamespace

import pytest

from misure.deminimis import Aid, Ledger, Options, Policy, Verdict, assess
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range

D = Decimal
RULED = "CGUE 28 ottobre 2020, C-608/19 (INAIL)"


def ledger(*rows, complete_by="register"):
    return Ledger([Aid(f"A{at}", "alfa", *row) for at, row in enumerate(rows)], complete_by=complete_by)


def new(amount, on="2026-11-22", regulation="gen", **more):
    return Aid("new", "alfa", regulation, on, amount, **more)


# DM-W8, and a ceiling filled to the cent.
@pytest.mark.parametrize(("prior", "amount"), [
    (("gen", "2023-11-22", 300000), "300000"), (("gen", "2025-01-10", 250000), "50000"), (("gen", "2025-01-10", 300000), 0),
])  # fmt: skip
def test_filling_the_ceiling_is_allowed(prior, amount):
    found = assess(new(amount), ledger(prior))
    assert (found.outcome, found.granted, found.reducible_to, found.to_renounce) == (
        Verdict.FITS,
        D(amount),
        None,
        None,
    )
    assert (found.exceeded, found.consequence) == ((), None)


def test_one_cent_more_is_out_as_a_whole_unless_the_applicant_chooses():  # DM-C2
    book = ledger(("gen", "2025-01-10", 250000))
    found = assess(new("50000.01"), book)
    assert (found.outcome, found.granted, found.policy) == (Verdict.APPLICANT_CHOICE, None, Policy.APPLICANT_CHOICE)
    assert (found.consequence, found.reducible_to, found.to_renounce) == ("whole_new_aid_out", 50000, D("0.01"))
    assert found.exceeded == (("gen", D("0.01")), ("gen-agri-fish", D("0.01")))
    assert [str(cited) for cited in found.citations][-2:] == ["Reg. (UE) 2023/2831, art. 3, par. 7", RULED]
    assert found.confidence == "secondary"


@pytest.mark.parametrize("policy", [None, *Policy])
def test_after_the_grant_nothing_can_be_cured(policy):
    book = ledger(("gen", "2025-01-10", 250000))
    aid = new("50000.01")
    for holding in (book, book.with_aid(aid, Aid("later", "alfa", "gen", "2026-12-24", 7))):
        found = assess(aid, holding, policy=policy, granted=True)
        assert (found.outcome, found.granted, found.policy) == (Verdict.EXCEEDS, 0, Policy.REJECT)
        assert (found.reducible_to, found.to_renounce) == (None, None)
        assert RULED not in map(str, found.citations)


@pytest.mark.parametrize(("policy", "minimum", "outcome", "granted", "reducible"), [
    ("reject", None, Verdict.EXCEEDS, D(0), D(50000)),
    ("reduce_to_headroom", None, Verdict.REDUCED, D(50000), D(50000)),
    ("reduce_to_headroom", "50000", Verdict.REDUCED, D(50000), D(50000)),
    ("reduce_to_headroom", "50000.01", Verdict.EXCEEDS, D(0), None),
    ("applicant_choice", "50000.01", Verdict.APPLICANT_CHOICE, None, None),
])  # fmt: skip
def test_what_the_measure_does(policy, minimum, outcome, granted, reducible):
    book = ledger(("gen", "2025-01-10", 250000))
    found = assess(new(60000), book, policy=policy, minimum_after_reduction=minimum)
    assert (found.outcome, found.granted, found.reducible_to) == (outcome, granted, reducible)
    assert found.to_renounce == 10000


def test_nothing_is_left_to_reduce_to():
    found = assess(new(1), ledger(("gen", "2025-01-10", 300000)), policy="reduce_to_headroom")
    assert (found.outcome, found.granted, found.reducible_to, found.to_renounce) == (Verdict.EXCEEDS, 0, None, 1)


# DM-C3 and DM-C5: the figures of C-608/19, under the older regulation.
def test_the_figures_of_the_judgment():
    book = ledger(("gen", "2012-06-01", "0"), ("gen", "2014-02-01", "64483.91"), ("gen", "2015-03-01", "18985.26"))
    aid = new("130000.00", on="2015-12-01")
    found = assess(aid, book)
    assert (found.outcome, found.headroom.ceiling, found.headroom.used) == (
        Verdict.APPLICANT_CHOICE,
        200000,
        D("83469.17"),
    )
    assert (found.to_renounce, found.reducible_to) == (D("13469.17"), D("116530.83"))
    assert assess(aid, book.varied("A1", "49483.91")).outcome is Verdict.FITS
    assert str(found.citations[-2]) == "Reg. (UE) 1407/2013, art. 3, par. 7"


def test_giving_up_earlier_aid_is_not_enough_above_the_ceiling_itself():
    found = assess(new("300000.01"), ledger(("gen", "2025-01-10", 5)))
    assert (found.to_renounce, found.reducible_to) == (None, D("299995.00"))


# DM-X1
def test_a_breach_of_the_joint_cap():
    book = ledger(("gen", "2025-01-10", 260000), ("agri", "2025-01-10", 20000))
    found = assess(new(25000, regulation="agri"), book, policy="reject")
    assert (found.outcome, found.exceeded) == (Verdict.EXCEEDS, (("gen-agri-fish", D("5000.00")),))
    assert assess(new(20000, regulation="agri"), book).outcome is Verdict.FITS


# DM-X3
@pytest.mark.parametrize(("reading", "outcome"), [
    (False, Verdict.FITS), (True, Verdict.APPLICANT_CHOICE), (None, Verdict.UNKNOWN),
])  # fmt: skip
def test_the_cap_that_no_source_settles(reading, outcome):
    found = assess(new(200000), ledger(("sgei", "2025-01-10", 700000)), options=Options(sgei_joint_cap=reading))
    assert (found.outcome, found.confidence) == (outcome, "inferred")


def test_after_the_grant_the_order_of_the_day_decides():
    one, other = Aid("1", "alfa", "gen", "2026-11-22", 200000), Aid("2", "alfa", "gen", "2026-11-22", 200000)
    book = ledger(("gen", "2025-01-10", 50000)).with_aid(one, other)
    found = assess(one, book, granted=True)
    assert (found.outcome, found.granted, found.confidence) == (Verdict.UNKNOWN, Range(D(0), D(200000)), "inferred")
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [("same_day", "1")]
    assert (
        assess(one, book.with_aid(Aid("3", "alfa", "gen", "2026-11-21", 51000)), granted=True).outcome
        is Verdict.EXCEEDS
    )
    assert assess(one, book.without("2"), granted=True).outcome is Verdict.FITS
    assert assess(one, book.without("1")).outcome is Verdict.APPLICANT_CHOICE  # before the grant the other came first


# What is not known


def test_an_unknown_amount_of_the_new_aid():
    book = ledger(("gen", "2025-01-10", 250000))
    found = assess(new(None), book, policy="reduce_to_headroom")
    assert (found.outcome, found.granted, found.to_renounce) == (Verdict.UNKNOWN, Range(D(0), D(50000)), None)
    assert found.exceeded == (("gen", None), ("gen-agri-fish", None))
    assert assess(new(Range(50001, 60000)), book).outcome is Verdict.APPLICANT_CHOICE
    assert assess(new(Range(1, 50000)), book).granted == Range(D(1), D(50000))
    assert assess(new(Range(1, 60000)), book, policy="reject").granted == Range(D(0), D(50000))


def test_a_range_of_headroom():
    book = ledger(("gen", "2025-01-10", Range(200000, 250000)))
    found = assess(new(60000), book, policy="reduce_to_headroom")
    assert (found.outcome, found.granted, found.to_renounce) == (
        Verdict.UNKNOWN,
        Range(D(50000), D(60000)),
        Range(D(0), D(10000)),
    )
    found = assess(new(120000), book, policy="reduce_to_headroom")
    assert (found.outcome, found.granted) == (Verdict.REDUCED, Range(D(50000), D(100000)))
    found = assess(new(120000), book, policy="reduce_to_headroom", minimum_after_reduction=60000)
    assert (found.outcome, found.granted) == (Verdict.UNKNOWN, Range(D(0), D(100000)))


def test_an_incomplete_ledger_rejects_but_never_admits():
    book = ledger(("gen", "2025-01-10", 250000), complete_by=None)
    assert assess(new(50000), book).outcome is Verdict.UNKNOWN
    assert assess(new(50001), book, policy="reject").outcome is Verdict.EXCEEDS


def test_the_aid_of_the_whole_group_counts():
    book = ledger(("gen", "2025-01-10", 5)).with_aid(Aid("B", "beta", "gen", "2025-01-10", 299995))
    assert assess(new(1), book).outcome is Verdict.FITS
    assert assess(new(1), book, ["beta", "alfa"]).outcome is Verdict.APPLICANT_CHOICE
    assert assess(new(1), book, (name for name in ("beta", "alfa"))).outcome is Verdict.APPLICANT_CHOICE
    assert assess(new(1), book, SimpleNamespace(members=["alfa"], possible=["beta"])).outcome is Verdict.UNKNOWN


# What is refused


def test_every_fault_is_told():
    with pytest.raises(BadFacts) as caught:
        assess(
            new(1, on=None), ledger().with_aid(new(1)), ["beta"], policy="reduce_headroom", minimum_after_reduction=-1, later="so",
            options=None,
        )  # fmt: skip
    assert [fault.subject for fault in caught.value.faults] == [
        "later", "minimum_after_reduction", "new", "new", "options", "policy", "undertaking",
    ]  # fmt: skip
    assert "did you mean reduce_to_headroom" in str(caught.value)


def test_an_aid_must_not_be_in_the_ledger_twice_over():
    with pytest.raises(BadFacts, match="take it out"):
        assess(new(1), ledger().with_aid(new(1)))
    with pytest.raises(BadFacts, match="another aid under this id"):
        assess(new(2), ledger().with_aid(new(1)), granted=True)
    with pytest.raises(BadFacts, match="later='ignore'"):
        assess(new(1), ledger(("gen", "2026-11-23", 1)))


@pytest.mark.parametrize("wrong", [None, "new", 5])
def test_no_aid_to_assess(wrong):
    with pytest.raises(BadFacts):
        assess(wrong, ledger())


def test_an_assessment_is_a_value():
    found = assess(new(60000), ledger(("gen", "2025-01-10", 250000)))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert isinstance(hash(found), int)


@pytest.mark.parametrize("granted", [False, True])
@pytest.mark.parametrize("written", ["COR 90000001", "cor-90000001", "COR-90000001"])
def test_another_writing_of_a_cor_that_the_ledger_holds_is_no_second_aid(written, granted):
    told = {"beneficiary": "01234560157", "regulation": "gen", "granted_on": "2025-01-10", "amount": "100000.00"}
    ledger = Ledger([Aid("90000001", **told)], complete_by="the test")
    with pytest.raises(BadFacts, match="the ledger holds '90000001', which is the same COR, written otherwise"):
        assess(Aid(written, **told), ledger, granted=granted)
