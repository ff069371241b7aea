# SPDX-License-Identifier: Apache-2.0
"""Who leads one proposal leads no other: by its identity, whatever each proposal calls it; objects and frames say the same."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import Application, batch
from misure.identifiers.forms import made_up

ON = dt.date(2022, 6, 1)
LAW = misure.catalogue()["lombardia/filiere"].vary(minimum_firms="0 firms")
CODES = [made_up("codice_fiscale", n) for n in range(4)]
WRITTEN = "it {}"
"""Another writing of a code: it is of the same firm."""
Proposal = tuple[str | None, list[str | None] | None, bool | None]
"""Who leads, the codes of the partners p0, p1, ..., and whether these are said to be all."""

proposals = st.lists(
    st.tuples(
        st.sampled_from(["p0", "p1", None]),
        st.none() | st.lists(st.sampled_from([*CODES, *map(WRITTEN.format, CODES), None]), min_size=2, max_size=3).filter(
            lambda codes: len({code[-11:] for code in codes if code}) == len([code for code in codes if code])
        ),
        st.sampled_from([True, False, None]),
    ), min_size=1, max_size=4,
)  # fmt: skip


def objects(told: list[Proposal]) -> list[Application]:
    found = []
    for n, (lead, codes, whole) in enumerate(told):
        facts: dict[str, object] = {"filed_on": ON, "capofila": lead}
        if codes is not None:
            rows = [{"id": f"p{m}", "codice_fiscale": code} for m, code in enumerate(codes)]
            facts["partners"] = {"records": rows, "complete": False} if whole is False else rows
        found.append(
            Application(f"D-{n}", {name: value for name, value in facts.items() if value is not None}, admitted=True)
        )
    return found


def frames(told: list[Proposal]) -> tuple[pa.Table, pa.Table]:
    people = pa.table({
        "id": [f"D-{n}" for n in range(len(told))], "filed_on": [ON] * len(told), "admitted": [True] * len(told),
        "capofila": pa.array([lead for lead, _, _ in told], pa.string()),
        "partners_known": pa.array([None if codes is None else whole for _, codes, whole in told], pa.bool_()),
    })  # fmt: skip
    rows = [(f"D-{n}", f"p{m}", code) for n, (_, codes, _) in enumerate(told) for m, code in enumerate(codes or ())]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    names = ("applicant", "id", "codice_fiscale")
    return people, pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})


def leads(proposal: Proposal) -> str | None:
    """The code of who leads; None where it is not known."""
    lead, codes, _ = proposal
    code = None if lead is None or codes is None else codes[int(lead[1:])]
    return code and code[-11:]


@given(proposals)
def test_only_those_depend_that_the_same_firm_may_lead(told: list[Proposal]) -> None:
    found = LAW.select(objects(told), on=ON)
    people, partners = frames(told)
    rows = batch.select(LAW, people, on=ON, tables={"partners": partners}).to_pylist()
    known = [leads(proposal) for proposal in told]
    for n, row in enumerate(rows):
        others = known[:n] + known[n + 1 :]
        meets = bool(others) and (known[n] is None or None in others or known[n] in others)
        assert str(found[f"D-{n}"].standing) == ("depends" if meets else "listed")
        assert row["standing"] == str(found[f"D-{n}"].standing)
