# SPDX-License-Identifier: Apache-2.0
"""Rule packages of others: told from their own catalogue, then from the bundled one, then in Italian."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import misure

PACKAGE = Path(__file__).parents[1] / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"
FACTS = {
    "filed_on": "2022-09-20",
    "chain_recognised": True,
    "project_score": "65",
    "sme_spend": "400000.00",
    "large_spend": "100000.00",
    "partners": [{"id": str(n), "kind": "impresa", "seat_in_lombardy": True} for n in range(10)],
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example package with an English catalogue that has two sentences."""
    root = tmp_path_factory.mktemp("package") / "rules"
    shutil.copytree(PACKAGE, root)
    catalogue = Catalog(locale="en")
    catalogue.add("Bando Filiere 2022, per i progetti delle filiere e degli ecosistemi (esempio)", "Supply chains 2022")
    catalogue.add(
        "Contributo del {sme_share} alle PMI, fino a {grant_maximum}", "{sme_share} to SMEs, up to {grant_maximum}"
    )
    path = root / "locale" / "en" / "LC_MESSAGES" / "rules.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return root


def test_its_own_catalogue_is_used(package: Path) -> None:
    measure = misure.catalogue([package])["prova/filiere-2022"]
    decision = measure.decide(FACTS, on=dt.date(2022, 9, 20))
    told = " ".join(str(misure.explain(decision, "en")).split())
    assert told.startswith("Supply chains 2022 · on 20 September 2022")
    assert "€200,000.00 – 50% to SMEs, up to €400,000.00" in told
    assert "Quota a carico delle imprese" in told, "what is not translated stays Italian"


def test_a_score_with_a_bonus_is_told_before_and_after_it(package: Path) -> None:
    measure = misure.catalogue([package])["prova/filiere-2022"]
    sections = misure.explain(measure.decide(FACTS, on=dt.date(2022, 9, 20)), "it").page.sections
    told = next(section.lines for section in sections if section.title == "Punteggio")
    assert [(line.mark, line.text) for line in told] == [
        ("plain", "Totale: 65 punti"),
        ("met", "10 punti in più alle filiere riconosciute, solo oltre la soglia"),
        ("plain", "Con le premialità: 75 punti"),
    ]


@pytest.mark.parametrize("hidden", ["\x1b[31mred", "to \u202eSMEs", "to\u200b SMEs"])
def test_a_translation_that_a_terminal_would_obey_is_not_used(package: Path, tmp_path: Path, hidden: str) -> None:
    root = tmp_path / "rules"
    shutil.copytree(package, root)
    catalogue = Catalog(locale="en")
    title = "Bando Filiere 2022, per i progetti delle filiere e degli ecosistemi (esempio)"
    catalogue.add(title, f"Supply chains {hidden}")
    with (root / "locale" / "en" / "LC_MESSAGES" / "rules.mo").open("wb") as file:
        write_mo(file, catalogue)
    decision = misure.catalogue([root])["prova/filiere-2022"].decide(FACTS, on=dt.date(2022, 9, 20))
    told = " ".join(str(misure.explain(decision, "en")).split())
    assert hidden not in told
    assert told.startswith(title)
