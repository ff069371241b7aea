# SPDX-License-Identifier: Apache-2.0
"""All that an answer about headroom says: each limit with its window, the doubts, the warnings, the provisions."""

from types import SimpleNamespace

import pytest

from misure.deminimis import Aid, Gap, Ledger, Options, headroom
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


def cap(one):
    name = f"{one.name} {'+'.join(one.counts)}{f' for {one.activity}' if one.activity else ''}"
    window = f"{one.window.first} {one.window.regulation}{' rolling' if one.window.rolling else ''}"
    left = f"{s(one.used)} of {s(one.limit)}, left {s(one.left)}"
    return f"{name}: {left}, {window}{'' if one.holds else ' open'} {one.confidence}"


def h(book, on=ON, who="alfa", **more):
    found = headroom(book, who, on=on, **more)
    return (
        f"{s(found.amount)} by {' '.join(found.binding)} {found.confidence}",
        [cap(one) for one in found.caps],
        [f"{doubt.kind} {doubt.subject}" for doubt in found.doubts],
        [f"{warning.kind} {warning.subject}" for warning in found.warnings],
        cit(found.citations),
    )


def G(members, possible=()):
    return SimpleNamespace(members=members, possible=possible)


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: h(ledger()),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      ["not_in_ledger alfa"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2023-11-22",5),("2023-11-23",7),("2026-11-22",11))),
     ("299982.00 by gen secondary",
      ["gen gen: 18.00 of 300000.00, left 299982.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 18.00 of 300000.00, left 299982.00, 2023-11-23 gen rolling secondary"],
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2025-01-10",300000),complete_by=None)),
     ("0.00 by gen secondary",
      ["gen gen: - of 300000.00, left 0.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: - of 300000.00, left 0.00, 2023-11-23 gen rolling secondary"],
      ["ledger_incomplete ledger"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2025-01-10",250000),complete_by=None)),
     ("0.00 to 50000.00 by gen secondary",
      ["gen gen: - of 300000.00, left 0.00 to 50000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: - of 300000.00, left 0.00 to 50000.00, 2023-11-23 gen rolling secondary"],
      ["ledger_incomplete ledger"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2025-01-10",None))),
     ("0.00 to 300000.00 by gen secondary",
      ["gen gen: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["amount A0"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2025-01-10",Range(1,2)))),
     ("299998.00 to 299999.00 by gen secondary",
      ["gen gen: 1.00 to 2.00 of 300000.00, left 299998.00 to 299999.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 1.00 to 2.00 of 300000.00, left 299998.00 to 299999.00, 2023-11-23 gen rolling secondary"],
      ["amount A0"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger((None,5))),
     ("299995.00 to 300000.00 by gen secondary",
      ["gen gen: 0.00 to 5.00 of 300000.00, left 299995.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 to 5.00 of 300000.00, left 299995.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["granted_on A0"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger((Range("2023-11-22","2023-11-23"),5))),
     ("299995.00 to 300000.00 by gen secondary",
      ["gen gen: 0.00 to 5.00 of 300000.00, left 299995.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 to 5.00 of 300000.00, left 299995.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["granted_on A0"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger((Range("2023-11-23","2023-11-24"),5))),
     ("299995.00 by gen secondary",
      ["gen gen: 5.00 of 300000.00, left 299995.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 5.00 of 300000.00, left 299995.00, 2023-11-23 gen rolling secondary"],
      ["granted_on A0"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger((Range("2023-11-20","2023-11-22"),5))),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(complete_until="2026-11-22")),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      ["not_in_ledger alfa"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(complete_until="2026-11-21")),
     ("0.00 to 300000.00 by gen secondary",
      ["gen gen: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["complete_until ledger"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(gaps=[Gap("row","beta")])),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      ["not_in_ledger alfa"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(gaps=[Gap("row","alfa"),Gap("may")])),
     ("0.00 to 300000.00 by gen secondary",
      ["gen gen: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: - of 300000.00, left 0.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["gap ledger", "gap alfa"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("gen","2025-01-10",260000),("agri","2025-02-01",20000)),regulation="agri"),
     ("20000.00 by gen-agri-fish secondary",
      ["agri agri: 20000.00 of 50000.00, left 30000.00, 2023-11-23 agri rolling secondary", "gen-agri-fish gen+agri+fish: 280000.00 of 300000.00, left 20000.00, 2023-11-23 gen rolling secondary", "agri-fish agri+fish: 20000.00 of 50000.00, left 30000.00, 2023-11-23 agri rolling inferred"],
      [],
      [],
      ["reg-2023-2831 art. 5, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("fish","2023-12-01",9000),("gen","2025-01-10",295000)),regulation="fish"),
     ("0.00 by gen-agri-fish inferred",
      ["fish fish: 0.00 of 40000.00, left 40000.00, 2024-01-01 fish secondary", "gen-agri-fish gen+agri+fish: 304000.00 of 300000.00, left 0.00, 2023-11-23 gen rolling secondary", "agri-fish agri+fish: 9000.00 of 50000.00, left 41000.00, 2023-11-23 agri rolling inferred"],
      [],
      ["overdrawn gen-agri-fish", "fiscal_year fiscal_year_end", "joint_window gen-agri-fish"],
      ["reg-2023-2831 art. 5, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("fish","2026-01-10",38000),("agri","2026-02-01",4000)),regulation="agri"),
     ("8000.00 by agri-fish inferred",
      ["agri agri: 4000.00 of 50000.00, left 46000.00, 2023-11-23 agri rolling secondary", "gen-agri-fish gen+agri+fish: 42000.00 of 300000.00, left 258000.00, 2023-11-23 gen rolling secondary", "agri-fish agri+fish: 42000.00 of 50000.00, left 8000.00, 2023-11-23 agri rolling inferred"],
      [],
      [],
      ["reg-1408-2013 art. 5", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10",700000))),
     ("300000.00 by gen inferred",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      [],
      ["joint_cap_set_aside gen-sgei"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10",700000)),options=Options(sgei_joint_cap=True)),
     ("50000.00 by gen-sgei inferred",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-sgei gen+sgei: 700000.00 of 750000.00, left 50000.00, 2023-11-23 sgei rolling inferred"],
      [],
      [],
      ["reg-2023-2831 art. 5, par. 1", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10",700000)),options=Options(sgei_joint_cap=None)),
     ("50000.00 to 300000.00 by gen-sgei gen inferred",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-sgei gen+sgei: 700000.00 of 750000.00, left 50000.00, 2023-11-23 sgei rolling open inferred"],
      ["cap_open gen-sgei"],
      [],
      ["reg-2023-2831 art. 5, par. 1", "reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10",450000))),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10","450000.01"))),
     ("300000.00 by gen inferred",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      [],
      ["joint_cap_set_aside gen-sgei"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2025-01-10",700000)),regulation="sgei"),
     ("50000.00 by sgei secondary",
      ["sgei sgei: 700000.00 of 750000.00, left 50000.00, 2023-11-23 sgei rolling secondary"],
      [],
      [],
      ["reg-2023-2832 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("sgei","2022-01-10",450000)),on="2023-06-01"),
     ("50000.00 by gen-sgei secondary",
      ["gen gen: 0.00 of 200000.00, left 200000.00, 2021-01-01 gen secondary", "gen-agri-fish gen+agri+fish: 0.00 of 200000.00, left 200000.00, 2021-01-01 gen inferred", "gen-sgei gen+sgei: 450000.00 of 500000.00, left 50000.00, 2021-01-01 sgei secondary"],
      [],
      ["fiscal_year fiscal_year_end"],
      ["reg-360-2012 art. 2, par. 7"])),
    (lambda: h(ledger(),on="2024-12-15",regulation="agri",options=Options(register=None)),
     ("20000.00 to 25000.00 by agri inferred",
      ["agri agri: 0.00 of 20000.00 to 25000.00, left 20000.00 to 25000.00, 2022-01-01 agri inferred", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2021-12-16 gen rolling secondary", "agri-fish agri+fish: 0.00 of 30000.00 to 40000.00, left 30000.00 to 40000.00, 2022-01-01 fish inferred"],
      ["not_in_ledger alfa", "register agri", "register agri-fish"],
      ["fiscal_year fiscal_year_end"],
      ["reg-2019-316 art. 1"])),
    (lambda: h(ledger(),on="2024-12-15",regulation="agri",options=Options(register=False)),
     ("20000.00 by agri inferred",
      ["agri agri: 0.00 of 20000.00, left 20000.00, 2022-01-01 agri inferred", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2021-12-16 gen rolling secondary", "agri-fish agri+fish: 0.00 of 30000.00, left 30000.00, 2022-01-01 fish inferred"],
      ["not_in_ledger alfa"],
      ["fiscal_year fiscal_year_end"],
      ["reg-2019-316 art. 1"])),
    (lambda: h(ledger(("fish","2024-05-01",5000)),regulation="fish",options=Options(fiscal_year_end="06-30")),
     ("40000.00 by fish secondary",
      ["fish fish: 0.00 of 40000.00, left 40000.00, 2024-07-01 fish secondary", "gen-agri-fish gen+agri+fish: 5000.00 of 300000.00, left 295000.00, 2023-11-23 gen rolling secondary", "agri-fish agri+fish: 5000.00 of 50000.00, left 45000.00, 2023-11-23 agri rolling inferred"],
      [],
      [],
      ["reg-2023-2391 art. 3, par. 2 bis"])),
    (lambda: h(ledger(("2024-02-29",1000)),on="2027-02-28"),
     ("299000.00 by gen secondary",
      ["gen gen: 1000.00 of 300000.00, left 299000.00, 2024-02-29 gen rolling secondary", "gen-agri-fish gen+agri+fish: 1000.00 of 300000.00, left 299000.00, 2024-02-29 gen rolling secondary"],
      [],
      ["convention gen"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2024-02-29",1000)),on="2027-02-28",options=Options(convention="alt")),
     ("300000.00 by gen inferred",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2024-03-01 gen rolling inferred", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2024-03-01 gen rolling inferred"],
      [],
      ["convention gen"],
      ["reg-2023-2831 art. 3, par. 2", "reg-2023-2831 considerando 11"])),
    (lambda: h(ledger(("2023-11-22",5)),options=Options(convention="same_day")),
     ("299995.00 by gen inferred",
      ["gen gen: 5.00 of 300000.00, left 299995.00, 2023-11-22 gen rolling inferred", "gen-agri-fish gen+agri+fish: 5.00 of 300000.00, left 299995.00, 2023-11-22 gen rolling inferred"],
      [],
      ["convention gen"],
      ["reg-2023-2831 art. 3, par. 2", "reg-2023-2831 considerando 11"])),
    (lambda: h(ledger(),on="2031-03-01"),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2028-03-02 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2028-03-02 gen rolling secondary"],
      ["not_in_ledger alfa"],
      ["only_schemes gen"],
      ["reg-2023-2831 art. 7, par. 3", "rna-faq 15.1"])),
    (lambda: h(ledger(("gen","2030-01-10",1000)),on="2032-01-01",regulation="agri"),
     ("0.00 to 50000.00 by gen-agri-fish agri secondary",
      ["agri agri: 0.00 of 50000.00, left 50000.00, 2029-01-02 agri rolling secondary", "gen-agri-fish gen+agri+fish: 1000.00 of -, left -, 2029-01-02 agri rolling open secondary"],
      ["cap_not_encoded gen-agri-fish"],
      [],
      ["reg-2023-2831 art. 5, par. 2", "reg-2024-3118 art. 1", "rna-faq 15.1"])),
    (lambda: h(ledger(("agri","2031-01-10",1000)),on="2032-01-01",regulation="agri"),
     ("49000.00 by agri secondary",
      ["agri agri: 1000.00 of 50000.00, left 49000.00, 2029-01-02 agri rolling secondary"],
      [],
      [],
      ["reg-2024-3118 art. 1", "rna-faq 15.1"])),
    (lambda: h(Ledger([Aid("F1","alfa","gen","2022-03-01",90000,activity="road_freight"),Aid("F2","alfa","gen","2022-03-01",60000,activity="storage")],complete_by="x"),on="2023-06-01",activity="road_freight"),
     ("10000.00 by road-freight inferred",
      ["gen gen: 150000.00 of 200000.00, left 50000.00, 2021-01-01 gen secondary", "gen-agri-fish gen+agri+fish: 150000.00 of 200000.00, left 50000.00, 2021-01-01 gen inferred", "gen-sgei gen+sgei: 150000.00 of 500000.00, left 350000.00, 2021-01-01 sgei secondary", "road-freight gen for road_freight: 90000.00 of 100000.00, left 10000.00, 2021-01-01 gen inferred"],
      [],
      ["fiscal_year fiscal_year_end"],
      ["reg-1407-2013 art. 3, par. 2"])),
    (lambda: h(Ledger([Aid("F1","alfa","gen","2022-03-01",90000),Aid("F2","alfa","gen","2022-03-01",6,activity="storage")],complete_by="x"),on="2023-06-01",activity="road_freight"),
     ("10000.00 to 100000.00 by road-freight inferred",
      ["gen gen: 90006.00 of 200000.00, left 109994.00, 2021-01-01 gen secondary", "gen-agri-fish gen+agri+fish: 90006.00 of 200000.00, left 109994.00, 2021-01-01 gen inferred", "gen-sgei gen+sgei: 90006.00 of 500000.00, left 409994.00, 2021-01-01 sgei secondary", "road-freight gen for road_freight: 0.00 to 90000.00 of 100000.00, left 10000.00 to 100000.00, 2021-01-01 gen inferred"],
      ["activity F1"],
      ["fiscal_year fiscal_year_end"],
      ["reg-1407-2013 art. 3, par. 2"])),
    (lambda: h(Ledger([Aid("B","beta","gen","2025-01-10",50000)],complete_by="x"),who=G(["alfa"],["beta","delta"])),
     ("250000.00 to 300000.00 by gen secondary",
      ["gen gen: 0.00 to 50000.00 of 300000.00, left 250000.00 to 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 to 50000.00 of 300000.00, left 250000.00 to 300000.00, 2023-11-23 gen rolling secondary"],
      ["not_in_ledger alfa", "possible_member beta"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(Ledger([Aid("B","beta","gen","2025-01-10",50000)],complete_by="x"),who=["alfa","beta"]),
     ("250000.00 by gen secondary",
      ["gen gen: 50000.00 of 300000.00, left 250000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 50000.00 of 300000.00, left 250000.00, 2023-11-23 gen rolling secondary"],
      ["not_in_ledger alfa"],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2025-01-10",350000))),
     ("0.00 by gen secondary",
      ["gen gen: 350000.00 of 300000.00, left 0.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 350000.00 of 300000.00, left 0.00, 2023-11-23 gen rolling secondary"],
      [],
      ["overdrawn gen", "overdrawn gen-agri-fish"],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
    (lambda: h(ledger(("2026-11-23",5)),later="ignore"),
     ("300000.00 by gen secondary",
      ["gen gen: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary", "gen-agri-fish gen+agri+fish: 0.00 of 300000.00, left 300000.00, 2023-11-23 gen rolling secondary"],
      [],
      [],
      ["reg-2023-2831 art. 3, par. 2", "rna-faq 15.1"])),
])  # fmt: skip
def test_headroom(ask, told):
    assert ask() == told


def test_who_fills_a_limit_and_until_when():
    book = ledger(
        ("2024-02-29", 1), ("2025-01-10", 2), ("2026-11-22", Range(1, 2)), (None, 3), (Range("2023-11-20", "2023-11-25"), 4),
        ("2029-06-30", 5), ("2023-11-22", 6),
    )  # fmt: skip
    found = headroom(book, "alfa", on=ON, later="ignore")
    assert [f"{one.aid.id} {s(one.counted)} until {s(one.until)}" for one in found.occupied_by] == [
        "A3 0.00 to 3.00 until -", "A4 0.00 to 4.00 until 2026-11-23 to 2026-11-25", "A0 1.00 until 2027-03-01",
        "A1 2.00 until 2028-01-10", "A2 1.00 to 2.00 until 2029-11-22",
    ]  # fmt: skip
    unbounded = headroom(ledger(("2025-01-10", None)), "alfa", on=ON).occupied_by
    assert [(one.counted, str(one.until)) for one in unbounded] == [(None, "2028-01-10")]


@pytest.mark.parametrize(("granted", "until"), [
    ("2028-06-29", "2031-06-29"), ("2028-06-30", "2031-06-30"), ("2028-07-01", None), ("2027-12-31", "2030-12-31"),
])  # fmt: skip
def test_an_aid_leaves_within_the_law_that_is_encoded(granted, until):
    (one,) = headroom(ledger((granted, 5)), "alfa", on="2028-08-01").occupied_by
    assert (one.until and str(one.until)) == until


def test_an_answer_reads_itself():
    found = headroom(ledger(("2025-01-10", Range(1, 2))), "alfa", on=ON)
    assert (s(found.used), s(found.ceiling), s(found.at_least), s(found.at_most)) == (
        "1.00 to 2.00", "300000.00", "299998.00", "299999.00",
    )  # fmt: skip
    assert (found.window, found.cap("gen"), found.cap("sgei")) == (found.caps[0].window, found.caps[0], None)
    assert str(found) == "gen on 2026-11-22: from 299998.00 to 299999.00 of 300000.00 euros"
    exact = headroom(ledger(), "alfa", on="2024-12-15", regulation="agri", options=Options(register=None))
    assert str(exact) == "agri on 2024-12-15: from 20000.00 to 25000.00 of 20000.00 to 25000.00 euros"
    assert str(headroom(ledger(), "alfa", on=ON)) == "gen on 2026-11-22: 300000.00 of 300000.00 euros"
    assert (s(found.caps[0].used_at_least), s(found.caps[0].used_at_most)) == ("1.00", "2.00")
    assert "members" not in repr(found.caps[0])


@pytest.mark.parametrize(("ask", "kind", "text"), [
    (lambda: headroom(ledger(complete_by=None), "alfa", on=ON).doubts, "ledger_incomplete", "nobody says that it is complete: less may be left than it shows"),
    (lambda: headroom(ledger(complete_until="2026-11-01"), "alfa", on=ON).doubts, "complete_until", "register says that it is complete until 2026-11-01, which is before the grant"),
    (lambda: headroom(ledger(("2025-01-10", None)), "alfa", on=ON).doubts, "amount", "its amount is not known"),
    (lambda: headroom(ledger((None, 5)), "alfa", on=ON).doubts, "granted_on", "the day on which it was granted is not known exactly"),
    (lambda: headroom(ledger(("gen", "2030-01-10", 1)), "alfa", on="2032-01-01", regulation="agri").doubts, "cap_not_encoded", "what it says on 2032-01-01 is not encoded"),
    (lambda: headroom(ledger(), "alfa", on=ON, regulation="fish").warnings, "fiscal_year", "the financial year is taken to be the calendar year"),
    (lambda: headroom(ledger(("2024-02-29", 1)), "alfa", on="2027-02-28").warnings, "convention",
     "by the other convention (alt) the three years begin on 2024-03-01, and aid lies between"),
    (lambda: headroom(ledger(("2024-02-29", 1)), "alfa", on="2027-02-28", options=Options(convention="alt")).warnings, "convention",
     "by the other convention (main) the three years begin on 2024-02-29, and aid lies between"),
])  # fmt: skip
def test_a_remark_in_words(ask, kind, text):
    (remark,) = ask()
    assert (remark.kind, remark.text) == (kind, text)


@pytest.mark.parametrize(("gen", "amount", "binding", "sure"), [
    (250000, "20000.00", ("gen-agri-fish", "agri-fish"), "secondary"), (249999, "20000.00", ("agri-fish",), "inferred"),
    (250001, "19999.00", ("gen-agri-fish",), "secondary"),
])  # fmt: skip
def test_of_two_limits_that_leave_the_same_the_surest_is_enough(gen, amount, binding, sure):
    book = ledger(("gen", "2026-01-10", gen), ("fish", "2026-01-10", 30000))
    found = headroom(book, "alfa", on=ON, regulation="agri")
    assert (s(found.amount), found.binding, found.confidence) == (amount, binding, sure)


@pytest.mark.parametrize(("aids", "options", "binding", "citations"), [
    ([], {}, ("agri",), ["reg-2019-316 art. 1"]),
    ([("gen", 277000)], {"register": None}, ("agri", "gen-agri-fish"), ["reg-2019-316 art. 1", "reg-2023-2831 art. 5, par. 2", "rna-faq 15.1"]),
    ([("gen", 260000), ("fish", 30000)], {}, ("gen-agri-fish", "agri-fish"), ["reg-2023-2831 art. 5, par. 2", "reg-1408-2013 art. 5", "rna-faq 15.1"]),
    ([("gen", 260000), ("fish", 30000)], {"convention": "alt"}, ("gen-agri-fish", "agri-fish"),
     ["reg-2023-2831 art. 5, par. 2", "reg-1408-2013 art. 5", "reg-2023-2831 considerando 11"]),
    ([("gen", 260000), ("fish", 30000)], {"convention": "same_day"}, ("gen-agri-fish", "agri-fish"),
     ["reg-2023-2831 art. 5, par. 2", "reg-1408-2013 art. 5", "reg-2023-2831 considerando 11"]),
    ([("gen", 260001), ("fish", 30000)], {}, ("gen-agri-fish",), ["reg-2023-2831 art. 5, par. 2", "rna-faq 15.1"]),
    ([("gen", 259999), ("fish", 30000)], {}, ("agri-fish",), ["reg-1408-2013 art. 5"]),
])  # fmt: skip
def test_rolling_years_are_cited_where_some_limit_that_binds_counts_them(aids, options, binding, citations):
    """At the end of 2024 agricultural aid was counted by financial years, and the shared cap by rolling ones."""
    book = ledger(*((regulation, "2024-01-10", amount) for regulation, amount in aids))
    found = headroom(book, "alfa", on="2024-12-15", regulation="agri", options=Options(**options))
    assert [(one.name, one.window.rolling) for one in found.caps] == [("agri", False), ("gen-agri-fish", True), ("agri-fish", False)]  # fmt: skip
    assert (found.binding, cit(found.citations)) == (binding, citations)
