# SPDX-License-Identifier: Apache-2.0
"""What a finding says of single records: whose identity it assumes, which do not count, which break it, which one it wants."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import batch
from misure.identifiers.forms import made_up
from misure.telling.formats.csv_ranking import ranking_csv

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
Row = dict[str, object]


def firms(told: int, untold: int = 0, **fields: object) -> list[Row]:
    firm: Row = {"kind": "impresa", "seat_in_lombardy": True, **fields}
    rows = [firm | {"id": f"p{n}"} for n in range(told + untold)]
    return [row | {"codice_fiscale": made_up("codice_fiscale", n)} if n < told else row for n, row in enumerate(rows)]


def ten(rows: list[Row]) -> misure.Finding:
    return FILIERE.decide({"filed_on": ON, "partners": rows}, on=ON)["at_least_ten_firms"]


ASSUMED = {
    "ten of whom nobody said who they are": (firms(0, 10), 10),
    "nine who are told, and one": (firms(9, 1), 1),
    "ten who are told, and two": (firms(10, 2), 0),
    "eight who are told, and three": (firms(8, 3), 3),
    "ten who are told": (firms(10), 0),
    "ten who are told, and a bank": ([*firms(10), {"id": "b", "kind": "banca"}], 0),
    "nine and a bank": ([*firms(9), {"id": "b", "kind": "banca"}], 0),
}


@pytest.mark.parametrize(("rows", "number"), ASSUMED.values(), ids=list(ASSUMED))
def test_a_yes_that_rests_on_rows_without_identity_says_so(rows: list[Row], number: int) -> None:
    finding = ten(rows)
    told = [
        {
            "table": "partners",
            "field": "codice_fiscale",
            "records": [f"p{n}" for n in range(len(rows) - number, len(rows))],
        }
    ]
    assert finding.to_dict()["assumes"] == (told if number else [])
    assert finding.confidence == ("assumed" if number else "official")
    assert (finding.truth == "yes") is (len([row for row in rows if row.get("kind") == "impresa"]) >= 10)


def test_one_row_is_one_firm_whoever_it_is() -> None:
    one = FILIERE.vary(minimum_firms="1 firms").decide({"filed_on": ON, "partners": firms(0, 1)}, on=ON)
    assert one["at_least_ten_firms"].assumes == ()
    two = FILIERE.vary(minimum_firms="2 firms").decide({"filed_on": ON, "partners": firms(0, 2)}, on=ON)
    assert [assumed.records for assumed in two["at_least_ten_firms"].assumes] == [("p0", "p1")]


def test_the_assumption_is_told_in_both_languages() -> None:
    decision = FILIERE.decide({"filed_on": ON, "partners": firms(9, 1)}, on=ON)
    for language, said in (
        ("it", "ogni riga si prende per un'altra impresa: 1 riga senza «codice fiscale del partner»"),
        ("en", "each row is taken to be another firm: 1 row without “tax code of the partner”"),
    ):
        assert said in " ".join(str(misure.explain(decision, language, all=True)).split())


LINES = [
    (firms(9, 1), "Si suppone che ogni riga di «partner» sia un'altra impresa: 1 riga senza «codice fiscale del partner»",
     "It is supposed that each row of “partners” is another firm: 1 row without “tax code of the partner”"),
    (firms(0, 10), "Si suppone che ogni riga di «partner» sia un'altra impresa: 10 righe senza «codice fiscale del partner»",
     "It is supposed that each row of “partners” is another firm: 10 rows without “tax code of the partner”"),
    ([*firms(8, name="Alfa S.p.A."), {**firms(1)[0], "id": "x", "name": "Beta  S.r.l.", "codice_fiscale": None},
      {**firms(1)[0], "id": "y", "name": "BETA S.r.l.", "codice_fiscale": None}],
     "2 righe senza «codice fiscale del partner»; più righe hanno il nome «Beta S.r.l.»",
     "2 rows without “tax code of the partner”; more than one row has the name “Beta S.r.l.”"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "italian", "english"), LINES, ids=["one", "ten", "namesakes"])
def test_the_page_says_what_it_rests_on_though_not_everything_is_asked(
    rows: list[Row], italian: str, english: str
) -> None:
    decision = FILIERE.decide({"filed_on": ON, "partners": rows}, on=ON)
    assert decision.assumed == ("partners.codice_fiscale",)
    assert decision.to_dict()["assumed"] == ["partners.codice_fiscale"]
    for language, said in (("it", italian), ("en", english)):
        explanation = misure.explain(decision, language)
        for told in (str(explanation), explanation._repr_html_()):
            assert said in " ".join(told.split()).replace("&#x27;", "'")
        assert ("per ipotesi" if language == "it" else "by assumption") in str(explanation)


@pytest.mark.parametrize("rows", [firms(10), firms(9), firms(10, 2)], ids=["told", "nine", "two more"])
def test_the_page_supposes_nothing_that_the_answer_does_not_rest_on(rows: list[Row]) -> None:
    decision = FILIERE.decide({"filed_on": ON, "partners": rows}, on=ON)
    assert (decision.assumed, decision.to_dict()["assumed"]) == ((), [])
    assert "suppone" not in str(misure.explain(decision))
    assert "ipotesi" not in str(misure.explain(decision))


def test_a_selection_says_of_which_applications_it_supposes_who_is_who() -> None:
    told = {"A": firms(9, 1), "B": firms(10), "C": firms(0, 10)}
    selection = FILIERE.select({id_: {"filed_on": ON, "partners": rows} for id_, rows in told.items()}, on=ON)
    assert {one.id: one.assumed for one in selection} == {
        "A": ("partners.codice_fiscale",), "B": (), "C": ("partners.codice_fiscale",),
    }  # fmt: skip
    assert selection.assumed == ("partners.codice_fiscale",)
    for language, head, line in (
        ("it", "Di 2 domande si suppone che ogni riga di «partner» senza «codice fiscale del partner» sia un'altra impresa: A e C",
         "ogni riga si prende per un'altra impresa: manca «codice fiscale del partner»"),
        ("en", "Of 2 applications it is supposed that each row of “partners” without “tax code of the partner” is another firm: A and C",
         "each row is taken to be another firm: “tax code of the partner” is missing"),
    ):  # fmt: skip
        page = " ".join(str(misure.explain(selection, language)).split())
        assert head in page
        assert page.count(line) == 2
    one = FILIERE.select({"A": {"filed_on": ON, "partners": firms(9, 1)}}, on=ON)
    assert "Di una domanda si suppone" in " ".join(str(misure.explain(one)).split())
    rows = csv.DictReader(io.StringIO(ranking_csv(selection)))
    assert {row["id"]: row["assumed"] for row in rows} == {
        "A": "partners.codice_fiscale", "B": "", "C": "partners.codice_fiscale",
    }  # fmt: skip


def test_rows_that_do_not_count_are_told_where_the_condition_fails_or_is_open() -> None:
    outside = {"id": "t", "kind": "impresa", "seat_in_lombardy": False}
    bank = {"id": "b", "kind": "banca", "seat_in_lombardy": True}
    finding = ten([*firms(8), outside, bank])
    assert finding.to_dict()["left_out"] == [
        {"table": "partners", "records": ["t", "b"], "of": 10, "fields": ["seat_in_lombardy", "kind"]}
    ]
    assert ten([*firms(9), {"id": "u", "kind": "impresa"}, bank]).left_out[0].records == ("b",)
    assert ten([*firms(10), bank]).left_out == ()
    assert ten(firms(9)).left_out == ()
    told = str(misure.explain(FILIERE.decide({"filed_on": ON, "partners": [*firms(8), outside, bank]}, on=ON)))
    assert "2 di 10 in «partner» non contano, per «sede in Lombardia» e «tipo di soggetto»" in " ".join(told.split())


def test_culprits_come_with_what_the_rule_reads_of_them() -> None:
    decision = FILIERE.decide(
        {"filed_on": ON, "partners": [*firms(2, signed=True), {"id": "x", "signed": False}]}, on=ON
    )
    found = decision["agreement_signed"].to_dict()
    assert found["culprits"] == ["x"]
    assert found["culprit_records"] == [{"table": "partners", "key": "x", "fields": {"signed": False}}]
    assert decision["roles_in_agreement"].to_dict()["culprit_records"] == []
    (culprit,) = decision["agreement_signed"].culprit_records
    assert pickle.loads(pickle.dumps(culprit)) == culprit  # noqa: S301 - our own


def test_the_one_record_that_is_wanted_is_named() -> None:
    year = [{"name": "vat_years", "wanted": [{"year": 2024}]}]
    for told in ({"vat_years": [{"year": 2023}]}, {}):
        decision = VERSO.decide({"filed_on": "2025-06-20", **told}, on=dt.date(2025, 7, 1))
        found = [
            {key: one[key] for key in ("name", "wanted")} for one in decision.to_dict()["missing"] if one["wanted"]
        ]
        assert found == year
        assert "serve la riga con anno solare: 2024" in " ".join(str(misure.explain(decision)).split())
    assert all(one["wanted"] == [] for one in FILIERE.decide({}, on=ON).to_dict()["missing"])


def test_facts_that_records_are_held_against_are_asked_from_the_start() -> None:
    assert [one.name for one in FILIERE.decide({"filed_on": ON}, on=ON)["capofila_is_partner"].missing] == [
        "partners",
        "capofila",
    ]
    assert [
        one.name for one in FILIERE.decide({"filed_on": ON, "capofila": "a"}, on=ON)["capofila_is_partner"].missing
    ] == ["partners"]


def test_the_first_format_has_none_of_it() -> None:
    first = FILIERE.decide({"filed_on": ON, "partners": firms(9)}, on=ON).to_dict(format=1)
    assert {"culprit_records", "left_out", "assumes"}.isdisjoint(first["findings"][0])
    assert all("wanted" not in one for one in first["missing"])
    assert json.loads(json.dumps(first)) == first


# Held over drawn partnerships

rows = st.lists(
    st.tuples(
        st.sampled_from(["impresa", "banca", None]), st.sampled_from([True, False, None]), st.booleans()
    ), min_size=1, max_size=14,
)  # fmt: skip


def drawn(rows: list[tuple[str | None, bool | None, bool]]) -> list[Row]:
    found: list[Row] = []
    for n, (kind, seat, said) in enumerate(rows):
        row: Row = {
            "id": f"p{n}",
            "kind": kind,
            "seat_in_lombardy": seat,
            "codice_fiscale": made_up("codice_fiscale", n) if said else None,
        }
        found.append({name: value for name, value in row.items() if value is not None})
    return found


@given(rows, st.data())
def test_a_row_told_again_under_another_id_is_refused_or_assumed(
    rows: list[tuple[str | None, bool | None, bool]], data: st.DataObject
) -> None:
    partners = drawn(rows)
    again = data.draw(st.sampled_from(partners)) | {"id": "again"}
    law = FILIERE.vary(minimum_firms=f"{data.draw(st.integers(1, 12))} firms")

    def asked(rows: list[Row]) -> misure.Finding:
        return law.decide({"filed_on": ON, "partners": rows}, on=ON)["at_least_ten_firms"]

    if "codice_fiscale" in again:
        with pytest.raises(misure.BadFacts, match="one firm is one row"):
            asked([*partners, again])
        return
    before, after = asked(partners), asked([*partners, again])
    if before.truth == "no" and after.truth == "yes":
        assert (after.confidence, bool(after.assumes)) == ("assumed", True)


@given(st.lists(rows, min_size=1, max_size=3), st.booleans())
def test_a_frame_refuses_whom_one_decision_refuses(
    proposals: list[list[tuple[str | None, bool | None, bool]]], doubled: bool
) -> None:
    import pyarrow as pa

    told = [drawn(rows) for rows in proposals]
    if doubled:
        told[0].append(told[0][0] | {"id": "again"})
    records = [row | {"applicant": n} for n, rows in enumerate(told) for row in rows]
    names = {
        "applicant": pa.int64(),
        "id": pa.string(),
        "kind": pa.string(),
        "seat_in_lombardy": pa.bool_(),
        "codice_fiscale": pa.string(),
    }
    partners = pa.table({name: pa.array([row.get(name) for row in records], kind) for name, kind in names.items()})
    people = pa.table(
        {
            "id": pa.array(range(len(told)), pa.int64()),
            "filed_on": pa.array([ON] * len(told)),
            "capofila": ["p0"] * len(told),
        }
    )
    found = batch.decide(FILIERE, people, on=ON, tables={"partners": partners}).to_pylist()
    for row, rows in zip(found, told, strict=True):
        try:
            outcome = str(FILIERE.decide({"filed_on": ON, "capofila": "p0", "partners": rows}, on=ON).outcome)
        except misure.BadFacts:
            outcome = "bad_facts"
        assert row["outcome"] == outcome
