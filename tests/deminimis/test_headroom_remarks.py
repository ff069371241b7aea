# SPDX-License-Identifier: Apache-2.0
"""What is remarked of an answer about headroom: on each edge of what calls for a remark, and of all whose aid it counts."""

from types import SimpleNamespace

import pytest

from misure.deminimis import Aid, Ledger, Options, headroom
from misure.ground.ranges import Range

ON = "2026-11-22"
POSSIBLE = ("possible_member", "beta", "it may belong to the single undertaking, and has aid")
STRANGER = (
    "not_in_ledger",
    "alfa",
    "the ledger holds no aid of it: nothing was granted to it, if the ledger calls it so",
)
FISCAL = ("fiscal_year", "fiscal_year_end", "the financial year is taken to be the calendar year")
JOINT = ("joint_window", "agri-fish", (
    "all its aid is counted over the three years of agri, and no act read says so: over each regulation's own years another "
    "amount would be left"
))  # fmt: skip

UNMATCHED = (
    "not_in_ledger", "alfa", "the ledger holds no aid of it by this name, and may by another: what was granted to it cannot be told",
)  # fmt: skip


def asked(*rows, on=ON, regulation="gen", possible=(), **more):
    """The amount, the doubts and the warnings of an answer about alfa, from rows of (undertaking, regulation, day, euros)."""
    ledger = Ledger([Aid(f"A{at}", *row) for at, row in enumerate(rows)], complete_by="register")
    who = SimpleNamespace(members=["alfa"], possible=possible)
    found = headroom(ledger, who, on=on, regulation=regulation, later="ignore", **more)
    told = [[(one.kind, one.subject, one.text) for one in remarks] for remarks in (found.doubts, found.warnings)]
    left = found.amount
    return (f"{left.least} to {left.greatest}" if isinstance(left, Range) else str(left)), *told


@pytest.mark.parametrize(("day", "amount", "doubts"), [
    ("2025-01-10", None, [("amount", "A0", "its amount is not known"), POSSIBLE]),
    (None, 5, [("granted_on", "A0", "the day on which it was granted is not known exactly"), POSSIBLE]),
    ("2025-01-10", 5, [POSSIBLE]),
    ("2023-11-22", 5, [POSSIBLE]),
])  # fmt: skip
def test_aid_of_who_may_belong_is_doubted_as_that_of_members(day, amount, doubts):
    assert asked(("beta", "gen", day, amount), possible=["beta"])[1] == [STRANGER, *doubts]
    # Whom the ledger does not hold by the name that is asked may be whomever it calls by another.
    assert asked(("beta", "gen", day, amount))[1] == [STRANGER, *doubts]
    assert asked(("01234560157", "gen", day, amount))[1] == [UNMATCHED]


def test_who_may_belong_and_has_no_aid_that_counts_is_no_doubt():
    assert asked(("beta", "sgei", "2025-01-10", 5), possible=["beta", "gamma"])[1:] == ([STRANGER], [])


@pytest.mark.parametrize(("on", "regulation", "warnings"), [
    ("2030-12-31", "gen", []),
    ("2031-01-01", "gen", [("only_schemes", "gen", "the six months after expiry cover aid schemes alone")]),
    ("2031-01-01", "agri", []),
    ("2031-01-01", "sgei", [("only_schemes", "sgei", "the six months after expiry as in Reg. (EU) 2023/2831; the paragraph was not read")]),
])  # fmt: skip
def test_schemes_alone_are_warned_of_under_the_regulation_that_has_expired(on, regulation, warnings):
    """The cap that an aid of agriculture shares counts by a regulation that has expired; its own has not."""
    assert asked(on=on, regulation=regulation)[2] == warnings


@pytest.mark.parametrize(("granted", "warned"), [("2024-02-28", False), ("2024-02-29", True), ("2024-03-01", False)])
@pytest.mark.parametrize(("convention", "other", "begins"), [
    ("main", "alt", "2024-03-01"), ("alt", "main", "2024-02-29"),
])  # fmt: skip
def test_another_convention_is_warned_of_where_aid_lies_between(granted, warned, convention, other, begins):
    warning = (
        "convention",
        "gen",
        f"by the other convention ({other}) the three years begin on {begins}, and aid lies between",
    )
    found = asked(("alfa", "gen", granted, 5), on="2027-02-28", options=Options(convention=convention))
    assert found[2] == ([warning] if warned else [])


@pytest.mark.parametrize(("rows", "amount", "doubts", "warnings"), [
    # Fishery counts by financial years, from 2024-01-01, and the cap that it shares by three years back, from 2023-11-23.
    ([("alfa", "fish", "2023-12-10", 5), ("alfa", "agri", "2025-01-10", 30000)], "19995.00", [], [FISCAL, JOINT]),
    ([("alfa", "fish", "2024-01-01", 5), ("alfa", "agri", "2025-01-10", 30000)], "19995.00", [], [FISCAL]),
    ([("alfa", "fish", "2023-11-22", 5), ("alfa", "agri", "2025-01-10", 30000)], "20000.00", [], [FISCAL]),
    ([("alfa", "fish", "2023-12-10", 5), ("alfa", "agri", "2025-01-10", 10000)], "39995.00", [], [FISCAL, JOINT]),
    ([("alfa", "fish", "2023-12-10", 5), ("alfa", "agri", "2025-01-10", 9995)], "40000.00", [], [FISCAL]),
    ([("alfa", "fish", "2025-01-10", 5), ("alfa", "agri", "2025-01-10", None)], "0.00 to 39995.00",
     [("amount", "A1", "its amount is not known")], [FISCAL]),
    ([("beta", "fish", "2025-12-10", 5), ("alfa", "agri", "2025-01-10", 30000)], "19995.00 to 20000.00", [POSSIBLE], [FISCAL]),
    ([("beta", "fish", "2023-12-10", 5), ("alfa", "agri", "2025-01-10", 30000)], "19995.00 to 20000.00", [POSSIBLE], [FISCAL, JOINT]),
    ([("gamma", "fish", "2023-12-10", 5), ("alfa", "agri", "2025-01-10", 30000)], "20000.00", [], [FISCAL]),
])  # fmt: skip
def test_the_years_of_a_shared_cap_are_warned_of_where_its_regulations_own_years_would_leave_more(
    rows, amount, doubts, warnings
):
    assert asked(*rows, regulation="fish", possible=["beta"]) == (amount, doubts, warnings)


@pytest.mark.parametrize(("regulation", "options", "warned"), [
    ("fish", {}, True), ("fish", {"fiscal_year_end": "12-31"}, False), ("fish", {"fiscal_year_end": "06-30"}, False),
    ("gen", {}, False), ("agri", {}, False),
])  # fmt: skip
def test_the_financial_year_is_warned_of_where_it_counts_and_nobody_told_it(regulation, options, warned):
    assert asked(regulation=regulation, options=Options(**options))[2] == ([FISCAL] if warned else [])


@pytest.mark.parametrize(("gen", "agri", "amount", "kinds"), [
    (None, "2024-01-10", "0.00 to 24995.00", ["fiscal_year"]), (None, "2021-12-20", "0.00 to 25000.00", ["fiscal_year"]),
    (299000, "2024-01-10", "995.00", ["fiscal_year"]), (299000, "2021-12-20", "995.00", ["fiscal_year", "joint_window"]),
])  # fmt: skip
def test_an_amount_that_nobody_knows_is_as_unknown_over_any_years(gen, agri, amount, kinds):
    """At the end of 2024 agriculture counted by financial years, and the cap that it shares by three years back."""
    found = asked(("alfa", "gen", "2024-01-10", gen), ("alfa", "agri", agri, 5), on="2024-12-15", regulation="agri")
    assert (found[0], [kind for kind, _, _ in found[2]]) == (amount, kinds)
