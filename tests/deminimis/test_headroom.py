# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
from decimal import Decimal
from types import SimpleNamespace

import pytest

from misure.deminimis import Aid, AidWindow, Gap, Ledger, Options, headroom
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.undertakings import Holding, Relations, Undertaking, single_undertaking

D = Decimal
VISURA = "register, 22 November 2026"


def ledger(*rows, complete_by=VISURA, **more):
    """Rows of (day, euros) or (regulation, day, euros), all of one firm."""
    aids = [Aid(f"A{at}", "alfa", *(row if len(row) == 3 else ("gen", *row))) for at, row in enumerate(rows)]
    return Ledger(aids, complete_by=complete_by, **more)


def left(book, on, regulation="gen", **more):
    return headroom(book, "alfa", on=on, regulation=regulation, **more).amount


# DM-W1, W2, W8, P1, F1, O1: what counts on the day of granting.
@pytest.mark.parametrize(("regulation", "on", "prior", "used", "ceiling"), [
    ("gen", "2024-02-10", [("2021-02-10", 100000)], 0, 300000),
    ("gen", "2024-02-10", [("2021-02-11", 100000)], 100000, 300000),
    ("gen", "2026-11-22", [("2023-11-22", 300000)], 0, 300000),     # a Sunday: the window is not moved
    ("gen", "2026-11-22", [("2023-11-20", 150000)], 0, 300000),     # paid on 2024-06-01: payment counts for nothing
    ("gen", "2026-11-22", [("2026-11-22", 1000)], 1000, 300000),    # granted on the same day
    ("gen", "2024-06-01", [("2022-05-01", 180000)], 180000, 300000),  # aid of the older regulation, at what was recorded
    ("fish", "2026-11-22", [("2023-12-31", 9000), ("2024-01-01", 5000)], 5000, 40000),
    ("gen", "2023-12-29", [("2020-12-31", 50000), ("2021-01-01", 40000)], 40000, 200000),
])  # fmt: skip
def test_what_fills_the_ceiling(regulation, on, prior, used, ceiling):
    book = ledger(*((regulation, *row) for row in prior))
    found = headroom(book, "alfa", on=on, regulation=regulation)
    assert (found.used, found.ceiling, found.amount) == (used, ceiling, ceiling - used)
    assert [occupied.counted for occupied in found.occupied_by] == [amount for _, amount in prior if amount == used]


def test_the_window_and_the_day_on_which_each_aid_leaves_it():  # DM-W4
    found = headroom(ledger(("2025-01-10", "250000"), ("2024-02-29", "1")), "alfa", on="2026-11-22")
    assert found.window == AidWindow(dt.date(2023, 11, 23), dt.date(2026, 11, 22), "gen", True, "main", "12-31")
    assert [occupied.until for occupied in found.occupied_by] == [dt.date(2027, 3, 1), dt.date(2028, 1, 10)]
    assert found.amount == D("49999.00")
    assert (found.confidence, found.binding) == ("secondary", ("gen",))
    assert [str(cited) for cited in found.citations] == [
        "Reg. (UE) 2023/2831, art. 3, par. 2", "Registro nazionale degli aiuti di Stato (FAQ), 15.1",
    ]  # fmt: skip


def test_an_aid_that_outlasts_the_encoded_law_has_no_known_end():
    (occupied,) = headroom(ledger(("2029-01-10", "5")), "alfa", on="2029-02-01").occupied_by
    assert occupied.until is None


def test_the_last_financial_window_lets_aid_go_when_rolling_years_begin():
    book = ledger(("agri", "2021-12-20", 5000), ("agri", "2022-01-02", 700))
    assert headroom(book, "alfa", on="2024-12-15", regulation="agri").used == 700
    assert headroom(book, "alfa", on="2024-12-16", regulation="agri").used == 5700  # the law looks further back again
    (occupied,) = headroom(book, "alfa", on="2024-12-15", regulation="agri").occupied_by
    assert occupied.until == dt.date(2025, 1, 2)


def test_the_higher_ceilings_hang_on_the_register():  # DM-A1
    book = ledger()
    assert left(book, "2024-12-15", "agri") == 25000
    assert left(book, "2024-12-15", "agri", options=Options(register=False)) == 20000
    found = headroom(book, "alfa", on="2024-12-15", regulation="agri", options=Options(register=None))
    assert (found.amount, found.ceiling) == (Range(D("20000.00"), D("25000.00")),) * 2
    assert ("register", "agri") in {(doubt.kind, doubt.subject) for doubt in found.doubts}
    assert left(book, "2024-12-16", "agri") == 50000
    assert left(book, "2026-11-22", "fish", options=Options(register=False)) == 30000


def test_the_financial_year_is_shown_and_may_be_told():
    book = ledger(("fish", "2024-05-01", 5000))
    found = headroom(book, "alfa", on="2026-11-22", regulation="fish")
    assert (found.used, found.window.fiscal_year_end, found.window.rolling) == (5000, "12-31", False)
    assert [warning.kind for warning in found.warnings] == ["fiscal_year"]
    told = headroom(book, "alfa", on="2026-11-22", regulation="fish", options=Options(fiscal_year_end="06-30"))
    assert (told.used, told.window.first, told.warnings) == (0, dt.date(2024, 7, 1), ())


# DM-X1: what general, agricultural and fisheries aid share.
def test_the_joint_cap_of_three_regulations():
    book = ledger(("gen", "2025-01-10", 260000), ("agri", "2025-02-01", 20000))
    found = headroom(book, "alfa", on="2026-11-22", regulation="agri")
    assert (found.amount, found.binding) == (20000, ("gen-agri-fish",))  # 25,000 would breach it
    assert found.cap("agri").left == 30000
    assert left(book, "2026-11-22") == 20000
    fish = headroom(book, "alfa", on="2026-11-22", regulation="fish")
    assert (fish.amount, fish.binding, fish.cap("agri-fish").left) == (20000, ("gen-agri-fish",), 30000)


def test_the_joint_cap_counts_over_the_general_window():
    book = ledger(("fish", "2023-12-01", 9000), ("gen", "2025-01-10", 295000))
    found = headroom(book, "alfa", on="2026-11-22", regulation="fish")
    assert found.used == 0  # not in the three financial years
    assert (found.cap("gen-agri-fish").used, found.amount, found.confidence) == (304000, 0, "inferred")
    assert "joint_window" in {warning.kind for warning in found.warnings}


def test_agriculture_and_fisheries_up_to_the_higher_of_both():
    book = ledger(("fish", "2026-01-10", 38000), ("agri", "2026-02-01", 4000))
    found = headroom(book, "alfa", on="2026-11-22", regulation="agri")
    assert (found.amount, found.binding, found.confidence) == (8000, ("agri-fish",), "inferred")


# DM-X3: whether services of general economic interest and general aid share a cap.
@pytest.mark.parametrize(("reading", "amount", "warned"), [
    (False, D(300000), ["joint_cap_set_aside"]), (True, D(50000), []), (None, Range(D(50000), D(300000)), []),
])  # fmt: skip
def test_the_cap_that_no_source_settles(reading, amount, warned):
    book = ledger(("sgei", "2025-01-10", 700000))
    found = headroom(book, "alfa", on="2026-11-22", options=Options(sgei_joint_cap=reading))
    assert (found.amount, [warning.kind for warning in found.warnings]) == (amount, warned)
    assert found.confidence == "inferred"
    assert left(book, "2026-11-22", "sgei") == 50000


def test_no_warning_of_a_cap_that_would_change_nothing():
    found = headroom(ledger(("sgei", "2025-01-10", 400000)), "alfa", on="2026-11-22")
    assert (found.warnings, found.confidence) == ((), "secondary")


def test_the_joint_cap_of_the_older_regulation_holds():
    book = ledger(("sgei", "2022-01-10", 450000))
    found = headroom(book, "alfa", on="2023-06-01")
    assert (found.amount, found.binding) == (50000, ("gen-sgei",))


def test_road_freight_had_a_ceiling_of_its_own():
    freight = Aid("F1", "alfa", "gen", "2022-03-01", "90000", activity="road_freight")
    other = Aid("F2", "alfa", "gen", "2022-03-01", "60000", activity="storage")
    book = Ledger([freight, other], complete_by=VISURA)
    assert left(book, "2023-06-01") == 50000
    found = headroom(book, "alfa", on="2023-06-01", activity="road_freight")
    assert (found.amount, found.binding, found.confidence) == (10000, ("road-freight",), "inferred")
    assert left(book, "2024-06-01", activity="road_freight") == 150000
    unknown = book.with_aid(Aid("F3", "alfa", "gen", "2022-04-01", "5000"))
    found = headroom(unknown, "alfa", on="2023-06-01", activity="road_freight")
    assert found.amount == Range(D(5000), D(10000))
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [("activity", "F3")]


# What is not known


def test_an_unknown_amount_leaves_a_range():
    book = ledger(("2025-01-10", 100000)).with_aid(Aid("U", "alfa", "gen", "2025-03-01", None))
    found = headroom(book, "alfa", on="2026-11-22")
    assert (found.amount, found.used, found.at_least, found.at_most) == (Range(D(0), D(200000)), None, 0, 200000)
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [("amount", "U")]
    assert left(book.varied("U", Range(10000, 20000)), "2026-11-22") == Range(D(180000), D(190000))


def test_an_unknown_day_may_count_or_not():
    book = ledger().with_aid(
        Aid("U", "alfa", "gen", None, 1000), Aid("V", "alfa", "gen", Range("2023-11-20", "2023-11-25"), 20)
    )
    found = headroom(book, "alfa", on="2026-11-22")
    assert found.amount == Range(D(298980), D(300000))
    assert [occupied.counted for occupied in found.occupied_by] == [Range(D(0), D(1000)), Range(D(0), D(20))]
    assert [occupied.until for occupied in found.occupied_by] == [
        None,
        Range(dt.date(2026, 11, 23), dt.date(2026, 11, 25)),
    ]
    assert left(book, "2026-11-25") == Range(D(299000), D(300000))


def test_a_ledger_that_nobody_answers_for_gives_no_certain_headroom():
    found = headroom(ledger(("2025-01-10", 100000), complete_by=None), "alfa", on="2026-11-22")
    assert (found.amount, [doubt.kind for doubt in found.doubts]) == (Range(D(0), D(200000)), ["ledger_incomplete"])
    assert left(ledger(("2025-01-10", 300000), complete_by=None), "2026-11-22") == 0  # that nothing is left is certain


def test_a_gap_touches_whom_it_names():
    book = ledger(("2025-01-10", 100000), gaps=[Gap("row 7 is damaged", "beta")])
    assert left(book, "2026-11-22") == 200000
    assert headroom(book, "beta", on="2026-11-22").amount == Range(D(0), D(300000))
    found = headroom(book, SimpleNamespace(members=["alfa"], possible=["beta"]), on="2026-11-22")
    assert (found.amount, found.doubts[0].text) == (Range(D(0), D(200000)), "row 7 is damaged")
    assert left(ledger(gaps=[Gap("May 2026 was not read")]), "2026-11-22") == Range(D(0), D(300000))


def test_a_ledger_is_complete_until_a_day():
    book = ledger(("2025-01-10", 100000), complete_until="2026-11-20")
    assert left(book, "2026-11-20") == 200000
    found = headroom(book, "alfa", on="2026-11-21")
    assert (found.amount, found.doubts[0].kind) == (Range(D(0), D(200000)), "complete_until")


def test_a_group_and_who_may_belong_to_it():
    aids = [
        Aid(name, name, "gen", "2025-01-10", amount)
        for name, amount in (("alfa", 100000), ("beta", 50000), ("gamma", 7))
    ]
    book = Ledger(aids, complete_by=VISURA)
    assert headroom(book, ["alfa", "beta"], on="2026-11-22").amount == 150000
    found = headroom(book, SimpleNamespace(members={"alfa"}, possible={"beta", "delta", "alfa"}), on="2026-11-22")
    assert (found.amount, found.members, found.possible) == (Range(D(150000), D(200000)), ("alfa",), ("beta", "delta"))
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [("possible_member", "beta")]
    # A name that the ledger does not hold may be another name of anybody whom it calls by one.
    assert headroom(book, "nobody", on="2026-11-22").amount == Range(D(149993), D(300000))
    assert headroom(book, ["alfa", "beta", "gamma", "nobody"], on="2026-11-22").amount == 149993


def test_a_single_undertaking_as_it_was_worked_out():
    relations = Relations(
        [Undertaking("alfa"), Undertaking("beta"), Undertaking("gamma"), Undertaking("Rossi", kind="natural_person")],
        [Holding("alfa", "beta", votes="60%"), Holding("Rossi", "alfa", votes="70%"), Holding("Rossi", "gamma", votes="70%")],
    )  # fmt: skip
    group = single_undertaking(relations, of="beta", on="2026-11-22")
    aids = [Aid(name, name, "gen", "2025-01-10", 1000) for name in ("alfa", "beta", "gamma")]
    found = headroom(Ledger(aids, complete_by=VISURA), group, on="2026-11-22")
    assert (found.amount, found.members, found.confidence) == (298000, ("alfa", "beta"), group.confidence)
    assert [(warning.kind, warning.subject) for warning in found.warnings] == [("joined_otherwise", "gamma")]
    assert group.citation in found.citations


# Readings


def test_the_conventions_part_around_the_29th_of_february():  # DM-W5
    book = ledger(("2024-02-29", 1000))
    found = headroom(book, "alfa", on="2027-02-28")
    assert (found.amount, [warning.kind for warning in found.warnings]) == (299000, ["convention"])
    assert left(book, "2027-02-28", options=Options(convention="alt")) == 300000
    assert headroom(ledger(("2024-02-28", 1000)), "alfa", on="2027-02-28").warnings == ()
    assert left(ledger(("2023-11-22", 5)), "2026-11-22", options=Options(convention="same_day")) == 299995


def test_after_expiry_schemes_alone_are_covered():
    found = headroom(ledger(), "alfa", on="2031-03-01")
    assert (found.amount, [warning.kind for warning in found.warnings]) == (300000, ["only_schemes"])


def test_a_shared_cap_that_is_not_encoded_matters_only_with_other_aid():
    assert left(ledger(("agri", "2031-01-10", 1000)), "2032-01-01", "agri") == 49000
    found = headroom(ledger(("gen", "2030-01-10", 1000)), "alfa", on="2032-01-01", regulation="agri")
    assert found.amount == Range(D(0), D(50000))
    assert ("cap_not_encoded", "gen-agri-fish") in {(doubt.kind, doubt.subject) for doubt in found.doubts}
    assert found.cap("gen-agri-fish").limit is None


# What is refused


def test_aid_after_the_day_is_a_slip_unless_the_past_is_asked():
    book = ledger(("2026-12-01", 5), ("2025-01-10", 7)).with_aid(
        Aid("U", "alfa", "gen", Range("2026-12-01", "2026-12-09"), 9)
    )
    with pytest.raises(BadFacts) as caught:
        headroom(book, "alfa", on="2026-11-22")
    assert [fault.subject for fault in caught.value.faults] == ["A0", "U"]
    assert left(book, "2026-11-22", later="ignore") == 299993
    assert headroom(book, "02345670158", on="2026-11-22").amount == Range(D(299993), D(300000))


def test_every_fault_is_told():
    with pytest.raises(BadFacts) as caught:
        headroom("no ledger", ["alfa", ""], on="2026-02-30", regulation="agr", later="maybe", activity=" ", options={})
    assert [fault.subject for fault in caught.value.faults] == [
        "activity", "later", "ledger", "on", "options", "regulation", "undertaking",
    ]  # fmt: skip
    assert "did you mean 'agri'" in str(caught.value)


@pytest.mark.parametrize("nobody", [[], "", None, 7, SimpleNamespace(members=[]), [3], b"alfa"])
def test_nobody_to_ask_about(nobody):
    with pytest.raises(BadFacts):
        headroom(ledger(), nobody, on="2026-11-22")


@pytest.mark.parametrize(("regulation", "day"), [("gen", "2013-12-31"), ("gen", "2031-07-01"), ("fish", "2030-07-01")])
def test_law_that_is_not_encoded(regulation, day):
    with pytest.raises(NotEncoded):
        headroom(ledger(), "alfa", on=day, regulation=regulation)


@pytest.mark.parametrize("options", [
    {"convention": "al"}, {"convention": 3}, {"fiscal_year_end": "31-12"}, {"fiscal_year_end": "02-30"},
    {"fiscal_year_end": dt.date(2026, 6, 30)}, {"sgei_joint_cap": "none"}, {"register": 1},
])  # fmt: skip
def test_options_that_are_none(options):
    with pytest.raises(BadFacts) as caught:
        Options(**options)
    assert [fault.subject for fault in caught.value.faults] == list(options)


def test_an_answer_is_a_value():
    found = headroom(ledger(("2025-01-10", 5)), "alfa", on="2026-11-22")
    again = headroom(ledger(("2025-01-10", 5)), "alfa", on=dt.date(2026, 11, 22))
    assert pickle.loads(pickle.dumps(found)) == found == again  # noqa: S301 - our own bytes
    assert hash(found) == hash(again)
    with pytest.raises(AttributeError):
        found.amount = D(1)
