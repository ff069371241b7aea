# SPDX-License-Identifier: Apache-2.0
"""What may occur once can be a field of a table: one firm in common is enough, and one not told may be anybody."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.testing.worked_cases import cases_of_measure

BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
CASE = next(
    case for case in cases_of_measure(BANDO) if case.name.startswith("Un'altra aggregazione con la SWOT è ammessa")
)
ON = dt.date(2022, 11, 15)
PARTNERS = [f"impresa-{n}" for n in range(1, 11)]
FIRMS = ["01234560157", "01234570156", "01234580155", "01234590154"]


def nameless(partners: object) -> list[dict[str, object]]:
    assert isinstance(partners, list)
    return [{name: value for name, value in row.items() if name != "codice_fiscale"} for row in partners]


def standings(*projects: list[str | None], complete: bool = True) -> list[str]:
    """Where projects stand whose costs are borne by these firms, of which only the costs tell who they are."""
    told = compiled(BANDO).facts.read(CASE.facts, ON, text_source=True).said()
    told["partners"] = nameless(told["partners"])
    applications = {}
    for at, firms in enumerate(projects):
        costs: list[dict[str, str]] = [
            {"firm": PARTNERS[n], "size": "small", "amount": "200000.00", "deminimis_left": "200000.00"}
            | ({"codice_fiscale": cf} if cf else {})
            for n, cf in enumerate(firms)
        ]
        table = costs if complete or at else {"records": costs, "complete": False}
        applications[f"D-{at}"] = {**told, "firm_costs": table, "chain_project_score": f"{90 - at}.00"}
    selection = BANDO.select(applications, on=ON)
    return [str(selection[id_].standing) for id_ in applications]


def test_projects_of_other_firms_do_not_meet() -> None:
    assert standings(FIRMS[:1], FIRMS[1:3], FIRMS[3:]) == ["funded"] * 3


def test_one_firm_in_common_is_enough() -> None:
    assert standings(FIRMS[:2], FIRMS[1:3], FIRMS[3:]) == ["depends", "depends", "funded"]


def test_a_firm_that_bears_two_costs_bears_them_in_one_row() -> None:
    with pytest.raises(
        misure.BadFacts, match=f"D-0.firm_costs.1..codice_fiscale: '{FIRMS[0]}' stands in firm_costs.0. too"
    ):
        standings([FIRMS[0], FIRMS[0]], FIRMS[1:2])


def test_a_firm_that_is_not_told_may_be_any() -> None:
    assert standings([FIRMS[0], None], FIRMS[1:2]) == ["depends"] * 2


def test_firms_of_which_nobody_spoke_may_be_any() -> None:
    assert standings(FIRMS[:1], FIRMS[1:2], complete=False) == ["depends"] * 2
