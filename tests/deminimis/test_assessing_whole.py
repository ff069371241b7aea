# SPDX-License-Identifier: Apache-2.0
"""All that an assessment of a new aid says, and all that the search for a day on which it fits says."""

from types import SimpleNamespace

import pytest

from misure.deminimis import Aid, Ledger, Options, assess, first_day_that_fits
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range

ON = "2026-11-22"


def ledger(*rows, complete_by="register", **more):
    """Rows of (day, euros) or (regulation, day, euros), all of one firm."""
    aids = [Aid(f"A{at}", "alfa", *(row if len(row) == 3 else ("gen", *row))) for at, row in enumerate(rows)]
    return Ledger(aids, complete_by=complete_by, **more)


def s(value):
    if value is None:
        return "-"
    return f"{value.least} to {value.greatest}" if isinstance(value, Range) else str(value)


def cit(citations):
    return [f"{cited.act.id} {cited.at}".strip() for cited in citations]


def G(members, possible=()):
    return SimpleNamespace(members=members, possible=possible)


def new(amount, on=ON, regulation="gen", **more):
    return Aid("new", "alfa", regulation, on, amount, **more)


def a(aid, book, who=None, **more):
    found = assess(aid, book, who, **more)
    amounts = f"granted {s(found.granted)} reducible {s(found.reducible_to)} renounce {s(found.to_renounce)}"
    return (
        f"{found.outcome} {found.policy} {amounts} {found.consequence} {found.confidence}",
        [f"{name} {s(by)}" for name, by in found.exceeded],
        [f"{doubt.kind} {doubt.subject}" for doubt in found.doubts],
        cit(found.citations),
    )


def w(amount, book, from_=ON, **more):
    found = first_day_that_fits(amount, book, "alfa", from_=from_, **more)
    days = f"{found.day} perhaps {found.perhaps_from} until {found.searched_until}"
    return f"{found.amount} {found.reason} {days}, {found.headroom.on}: {s(found.headroom.amount)}"


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: a(new(50000),ledger(("2025-01-10",250000))),
     ("fits applicant_choice granted 50000.00 reducible - renounce - None secondary",
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000))),
     ("applicant_choice applicant_choice granted - reducible 50000.00 renounce 0.01 whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000)),policy="reject"),
     ("exceeds reject granted 0.00 reducible 50000.00 renounce 0.01 whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000)),policy="reduce_to_headroom"),
     ("reduced reduce_to_headroom granted 50000.00 reducible 50000.00 renounce 0.01 whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000)),policy="reduce_to_headroom",minimum_after_reduction="50000.01"),
     ("exceeds reduce_to_headroom granted 0.00 reducible - renounce 0.01 whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000)),minimum_after_reduction="50000.01"),
     ("applicant_choice applicant_choice granted - reducible - renounce 0.01 whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("50000.01"),ledger(("2025-01-10",250000)),granted=True),
     ("exceeds reject granted 0.00 reducible - renounce - whole_new_aid_out secondary",
      ["gen 0.01", "gen-agri-fish 0.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(50000),ledger(("2025-01-10",250000)),granted=True),
     ("fits reject granted 50000.00 reducible - renounce - None secondary",
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: a(new(1),ledger(("2025-01-10",300000)),policy="reduce_to_headroom"),
     ("exceeds reduce_to_headroom granted 0.00 reducible - renounce 1.00 whole_new_aid_out secondary",
      ["gen 1.00", "gen-agri-fish 1.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new("300000.01"),ledger(("2025-01-10",250000))),
     ("applicant_choice applicant_choice granted - reducible 50000.00 renounce - whole_new_aid_out secondary",
      ["gen 250000.01", "gen-agri-fish 250000.01"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(300000),ledger(("2025-01-10",250000))),
     ("applicant_choice applicant_choice granted - reducible 50000.00 renounce 250000.00 whole_new_aid_out secondary",
      ["gen 250000.00", "gen-agri-fish 250000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(None),ledger(("2025-01-10",250000)),policy="reduce_to_headroom"),
     ("unknown reduce_to_headroom granted 0.00 to 50000.00 reducible 0.00 to 50000.00 renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(None),ledger(("2025-01-10",250000))),
     ("unknown applicant_choice granted 0.00 to 50000.00 reducible 0.00 to 50000.00 renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(Range(1,50000)),ledger(("2025-01-10",250000))),
     ("fits applicant_choice granted 1.00 to 50000.00 reducible - renounce - None secondary",
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: a(new(Range(1,50001)),ledger(("2025-01-10",250000))),
     ("unknown applicant_choice granted 0.00 to 50000.00 reducible 1.00 to 50000.00 renounce 0.00 to 1.00 whole_new_aid_out secondary",
      ["gen 0.00 to 1.00", "gen-agri-fish 0.00 to 1.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(Range(1,60000)),ledger(("2025-01-10",250000)),policy="reduce_to_headroom"),
     ("unknown reduce_to_headroom granted 1.00 to 50000.00 reducible 1.00 to 50000.00 renounce 0.00 to 10000.00 whole_new_aid_out secondary",
      ["gen 0.00 to 10000.00", "gen-agri-fish 0.00 to 10000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(Range(50001,60000)),ledger(("2025-01-10",250000)),policy="reduce_to_headroom"),
     ("reduced reduce_to_headroom granted 50000.00 reducible 50000.00 renounce 1.00 to 10000.00 whole_new_aid_out secondary",
      ["gen 1.00 to 10000.00", "gen-agri-fish 1.00 to 10000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(Range(299999,300001)),ledger(("2025-01-10",250000))),
     ("applicant_choice applicant_choice granted - reducible 50000.00 renounce 249999.00 to 250001.00 whole_new_aid_out secondary",
      ["gen 249999.00 to 250001.00", "gen-agri-fish 249999.00 to 250001.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(60000),ledger(("2025-01-10",Range(200000,250000))),policy="reduce_to_headroom"),
     ("unknown reduce_to_headroom granted 50000.00 to 60000.00 reducible 50000.00 to 60000.00 renounce 0.00 to 10000.00 whole_new_aid_out secondary",
      ["gen 0.00 to 10000.00", "gen-agri-fish 0.00 to 10000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(120000),ledger(("2025-01-10",Range(200000,250000))),policy="reduce_to_headroom"),
     ("reduced reduce_to_headroom granted 50000.00 to 100000.00 reducible 50000.00 to 100000.00 renounce 20000.00 to 70000.00 whole_new_aid_out secondary",
      ["gen 20000.00 to 70000.00", "gen-agri-fish 20000.00 to 70000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(120000),ledger(("2025-01-10",Range(200000,250000))),policy="reduce_to_headroom",minimum_after_reduction=50000),
     ("reduced reduce_to_headroom granted 50000.00 to 100000.00 reducible 50000.00 to 100000.00 renounce 20000.00 to 70000.00 whole_new_aid_out secondary",
      ["gen 20000.00 to 70000.00", "gen-agri-fish 20000.00 to 70000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(120000),ledger(("2025-01-10",Range(200000,250000))),policy="reduce_to_headroom",minimum_after_reduction="50000.01"),
     ("unknown reduce_to_headroom granted 0.00 to 100000.00 reducible 0.00 to 100000.00 renounce 20000.00 to 70000.00 whole_new_aid_out secondary",
      ["gen 20000.00 to 70000.00", "gen-agri-fish 20000.00 to 70000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(120000),ledger(("2025-01-10",Range(200000,250000))),policy="reduce_to_headroom",minimum_after_reduction="100000.01"),
     ("exceeds reduce_to_headroom granted 0.00 reducible - renounce 20000.00 to 70000.00 whole_new_aid_out secondary",
      ["gen 20000.00 to 70000.00", "gen-agri-fish 20000.00 to 70000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(120000),ledger(("2025-01-10",Range(200000,250000))),minimum_after_reduction="50000.01"),
     ("applicant_choice applicant_choice granted - reducible 0.00 to 100000.00 renounce 20000.00 to 70000.00 whole_new_aid_out secondary",
      ["gen 20000.00 to 70000.00", "gen-agri-fish 20000.00 to 70000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(50000),ledger(("2025-01-10",250000),complete_by=None)),
     ("unknown applicant_choice granted 0.00 to 50000.00 reducible 0.00 to 50000.00 renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(50001),ledger(("2025-01-10",250000),complete_by=None),policy="reject"),
     ("exceeds reject granted 0.00 reducible 0.00 to 50000.00 renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(50001),ledger(("2025-01-10",None)),policy="reject"),
     ("unknown reject granted 0.00 to 50001.00 reducible 0.00 to 50001.00 renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(25000,regulation="agri"),ledger(("gen","2025-01-10",260000),("agri","2025-01-10",20000))),
     ("applicant_choice applicant_choice granted - reducible 20000.00 renounce 5000.00 whole_new_aid_out inferred",
      ["gen-agri-fish 5000.00"],
      [],
      ["reg-2023-2831 art. 5, par. 2", "rna-faq 15.1", "reg-1408-2013 art. 3", "cgue-c-608-19"])),
    (lambda: a(new(60000,regulation="agri"),ledger(("gen","2025-01-10",260000),("agri","2025-01-10",20000))),
     ("applicant_choice applicant_choice granted - reducible 20000.00 renounce - whole_new_aid_out inferred",
      ["agri 30000.00", "gen-agri-fish 40000.00", "agri-fish 30000.00"],
      [],
      ["reg-2023-2831 art. 5, par. 2", "rna-faq 15.1", "reg-1408-2013 art. 3", "cgue-c-608-19"])),
    (lambda: a(new(200000),ledger(("sgei","2025-01-10",700000)),options=Options(sgei_joint_cap=None)),
     ("unknown applicant_choice granted 0.00 to 200000.00 reducible 50000.00 to 200000.00 renounce 0.00 to 150000.00 whole_new_aid_out inferred",
      ["gen-sgei 0.00 to 150000.00"],
      [],
      ["reg-2023-2831 art. 5, par. 1", "reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(200000),ledger(("sgei","2025-01-10",700000)),options=Options(sgei_joint_cap=True)),
     ("applicant_choice applicant_choice granted - reducible 50000.00 renounce 150000.00 whole_new_aid_out inferred",
      ["gen-sgei 150000.00"],
      [],
      ["reg-2023-2831 art. 5, par. 1", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
    (lambda: a(new(40000,"2032-01-01","agri"),ledger(("gen","2030-01-10",1000))),
     ("unknown applicant_choice granted 0.00 to 40000.00 reducible 0.00 to 40000.00 renounce - whole_new_aid_out inferred",
      ["gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 5, par. 2", "reg-2024-3118 art. 1", "rna-faq 15.1", "reg-1408-2013 art. 3", "cgue-c-608-19"])),
    (lambda: a(new(60000,"2032-01-01","agri"),ledger(("gen","2030-01-10",1000))),
     ("applicant_choice applicant_choice granted - reducible 0.00 to 50000.00 renounce - whole_new_aid_out inferred",
      ["agri 10000.00", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 5, par. 2", "reg-2024-3118 art. 1", "rna-faq 15.1", "reg-1408-2013 art. 3", "cgue-c-608-19"])),
    (lambda: a(new(200000),ledger(("2026-11-22",200000)),granted=True),
     ("unknown reject granted 0.00 to 200000.00 reducible - renounce - whole_new_aid_out inferred",
      ["gen 100000.00", "gen-agri-fish 100000.00"],
      ["same_day new"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(Range(200000,250000)),ledger(("2026-11-22",200000)),granted=True),
     ("unknown reject granted 0.00 to 250000.00 reducible - renounce - whole_new_aid_out inferred",
      ["gen 100000.00 to 150000.00", "gen-agri-fish 100000.00 to 150000.00"],
      ["same_day new"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(None),ledger(("2026-11-22",200000)),granted=True),
     ("unknown reject granted 0.00 to 100000.00 reducible - renounce - whole_new_aid_out secondary",
      ["gen -", "gen-agri-fish -"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(200000),ledger(("2026-11-22",200000),("2026-11-21",150000)),granted=True),
     ("exceeds reject granted 0.00 reducible - renounce - whole_new_aid_out secondary",
      ["gen 250000.00", "gen-agri-fish 250000.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(200000),ledger(("2026-11-22",200000),("2026-11-21",100000)),granted=True),
     ("unknown reject granted 0.00 to 200000.00 reducible - renounce - whole_new_aid_out inferred",
      ["gen 200000.00", "gen-agri-fish 200000.00"],
      ["same_day new"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7"])),
    (lambda: a(new(1),Ledger([Aid("B","beta","gen","2025-01-10",300000)],complete_by="x"),G(["alfa"],["beta"])),
     ("unknown applicant_choice granted 0.00 to 1.00 reducible 0.00 to 1.00 renounce 0.00 to 1.00 whole_new_aid_out secondary",
      ["gen 0.00 to 1.00", "gen-agri-fish 0.00 to 1.00"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1", "reg-2023-2831 art. 3, par. 7", "cgue-c-608-19"])),
])  # fmt: skip
def test_what_becomes_of_a_new_aid(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: w(50000,ledger(("2024-02-29",100000),("2025-01-10",150000))),
     "50000.00 fits 2026-11-22 perhaps 2026-11-22 until 2031-06-30, 2026-11-22: 50000.00"),
    (lambda: w("50000.01",ledger(("2024-02-29",100000),("2025-01-10",150000))),
     "50000.01 fits 2027-03-01 perhaps 2027-03-01 until 2031-06-30, 2027-03-01: 150000.00"),
    (lambda: w("150000.01",ledger(("2024-02-29",100000),("2025-01-10",150000))),
     "150000.01 fits 2028-01-10 perhaps 2028-01-10 until 2031-06-30, 2028-01-10: 300000.00"),
    (lambda: w(300000,ledger(("2024-02-29",100000),("2025-01-10",150000))),
     "300000.00 fits 2028-01-10 perhaps 2028-01-10 until 2031-06-30, 2028-01-10: 300000.00"),
    (lambda: w("300000.01",ledger(("2024-02-29",100000),("2025-01-10",150000))),
     "300000.01 above_every_ceiling None perhaps None until 2031-06-30, 2026-11-22: 50000.00"),
    (lambda: w(300000,ledger(("2030-02-01",5)),"2030-03-01"),
     "300000.00 not_within_encoded_law None perhaps None until 2031-06-30, 2030-03-01: 299995.00"),
    (lambda: w(300000,ledger(("2028-06-30",5)),"2030-03-01"),
     "300000.00 fits 2031-06-30 perhaps 2031-06-30 until 2031-06-30, 2031-06-30: 300000.00"),
    (lambda: w(300000,ledger(("2028-07-01",5)),"2030-03-01"),
     "300000.00 not_within_encoded_law None perhaps None until 2031-06-30, 2030-03-01: 299995.00"),
    (lambda: w(100000,ledger(("2024-02-01",100000),("2025-01-10",150000),complete_by=None)),
     "100000.00 never_surely None perhaps 2027-02-01 until 2031-06-30, 2027-02-01: 0.00 to 150000.00"),
    (lambda: w(100000,ledger(("2024-02-29",100000),("2025-01-10",150000),("2025-06-01",None))),
     "100000.00 fits 2028-06-01 perhaps 2027-03-01 until 2031-06-30, 2028-06-01: 300000.00"),
    (lambda: w(5,ledger((Range("2025-01-10","2025-02-10"),300000))),
     "5.00 fits 2028-02-10 perhaps 2028-01-10 until 2031-06-30, 2028-02-10: 300000.00"),
    (lambda: w(5,ledger(("2025-01-10",300000),complete_until="2026-11-22")),
     "5.00 fits 2028-01-10 perhaps 2028-01-10 until 2031-06-30, 2028-01-10: 300000.00"),
    (lambda: w(5,ledger(("2025-01-10",300000),complete_until="2026-11-21")),
     "5.00 never_surely None perhaps 2028-01-10 until 2031-06-30, 2028-01-10: 0.00 to 300000.00"),
    (lambda: w(26000,ledger(),"2024-06-01",regulation="agri"),
     "26000.00 fits 2024-12-16 perhaps 2024-12-16 until 2033-06-30, 2024-12-16: 50000.00"),
    (lambda: w(250000,ledger(("2023-03-01",50000)),"2023-06-01"),
     "250000.00 fits 2024-01-01 perhaps 2024-01-01 until 2031-06-30, 2024-01-01: 250000.00"),
    (lambda: w(5,ledger(("2025-01-10",300000),("2027-01-01",60000)),later="ignore"),
     "5.00 fits 2028-01-10 perhaps 2028-01-10 until 2031-06-30, 2028-01-10: 240000.00"),
    (lambda: w(40000,ledger(("agri","2024-12-01",50000)),regulation="agri"),
     "40000.00 fits 2027-12-01 perhaps 2027-12-01 until 2033-06-30, 2027-12-01: 50000.00"),
    (lambda: w(5,ledger(("fish","2024-05-01",40000)),regulation="fish"),
     "5.00 fits 2027-01-01 perhaps 2027-01-01 until 2030-06-30, 2027-01-01: 10000.00"),
    (lambda: w(5,ledger(("fish","2024-05-01",40000)),regulation="fish",options=Options(fiscal_year_end="06-30")),
     "5.00 fits 2026-11-22 perhaps 2026-11-22 until 2030-06-30, 2026-11-22: 10000.00"),
    (lambda: w(5,ledger(("2025-01-10",300000)),options=Options(convention="same_day")),
     "5.00 fits 2028-01-11 perhaps 2028-01-11 until 2031-06-30, 2028-01-11: 300000.00"),
])  # fmt: skip
def test_the_first_day_on_which_an_amount_fits(ask, told):
    assert ask() == told


def faults(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    return [(fault.place.path, fault.subject, fault.message) for fault in caught.value.faults]


DAY = "the ceilings are those of the day of granting: tell the day, or the day it is planned for"


@pytest.mark.parametrize(("ask", "expected"), [
    (lambda: assess(5, ledger()), [("<new aid>", "aid", "expected an Aid; got 5")]),
    (lambda: assess(new(1, None), ledger(), policy="x", granted=1, minimum_after_reduction="x"), [
        ("<headroom>", "granted", "expected a yes or no; got 1"), ("<headroom>", "minimum_after_reduction", "'x' is not a number: write 1234.50"),
        ("<headroom>", "new", DAY), ("<headroom>", "policy", "'x' is none of reject, reduce_to_headroom, applicant_choice"),
    ]),
    (lambda: assess(new(1, Range("2026-11-21", "2026-11-22")), ledger()), [("<headroom>", "new", DAY)]),
    (lambda: assess(new(1), ledger(), ["beta"]), [("<headroom>", "undertaking", "'alfa', to whom the aid goes, is no member of it")]),
    (lambda: assess(new(1), ledger(), ""), [("<headroom>", "undertaking", "it is empty: name the undertaking")]),
    (lambda: assess(new(1), ledger().with_aid(new(1))), [("<headroom>", "new", "the ledger holds it already: take it out, or say granted=True")]),
    (lambda: assess(new(2), ledger().with_aid(new(1)), granted=True), [
        ("<headroom>", "new", "the ledger holds another aid under this id: Aid('new', 'alfa', 'gen', '2026-11-22', '1.00')"),
    ]),
    (lambda: assess(new(1), 5, later="so", options=None), [
        ("<headroom>", "later", "expected 'refuse' or 'ignore'; got 'so'"), ("<headroom>", "ledger", "expected a Ledger; got 5"),
        ("<headroom>", "options", "expected Options; got nothing"),
    ]),
    (lambda: assess(new(1), ledger(("2026-11-23", 1))), [("<headroom>", "A0", "granted on 2026-11-23, after 2026-11-22: say later='ignore' to ask the past")]),
    (lambda: first_day_that_fits("x", ledger(), "", from_="y", regulation="fisk", activity=" "), [
        ("<headroom>", "activity", "it is empty: leave it out where it does not matter"), ("<headroom>", "amount", "'x' is not a number: write 1234.50"),
        ("<headroom>", "from_", "'y' is not a date: write YYYY-MM-DD"), ("<headroom>", "regulation", "no regulation is called 'fisk'; did you mean 'fish'?"),
        ("<headroom>", "undertaking", "it is empty: name the undertaking"),
    ]),
])  # fmt: skip
def test_each_fault_of_a_question(ask, expected):
    assert faults(ask) == expected


def test_the_words_of_the_same_day():
    found = assess(new(200000), ledger(("2026-11-22", 200000)), granted=True)
    assert [doubt.text for doubt in found.doubts] == [
        "granted on the same day: the aid is out only if they came first, which the register's order tells (A0)"
    ]


def test_aid_of_later_days_is_ignored_once_an_aid_is_granted():
    book = ledger(("2026-11-23", 300000))
    assert assess(new(1), book, granted=True).outcome == "fits"
    assert assess(new(1), book, later="ignore").outcome == "fits"
    assert faults(lambda: assess(new(1), book, granted=True, later="refuse"))[0][1] == "A0"
