# SPDX-License-Identifier: Apache-2.0
"""The decisions that are explained in full, word for word: each measure, each outcome, each kind of not knowing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import misure
from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.reading.applicants.facts import read_facts

FOLDER = Path(__file__).parent
FILIERE, PIANO, MERCATI = "lombardia/filiere", "lombardia/piano-export-2025", "lombardia/verso-nuovi-mercati"


@dataclass(frozen=True)
class Scenario:
    """One question, and how it is told."""

    name: str
    measure: str
    facts: str
    on: dt.date
    vary: dict[str, str] = field(default_factory=dict)
    all: bool = False

    def decide(self) -> Decision:
        measure = misure.catalogue()[self.measure]
        measure = measure.vary(**self.vary) if self.vary else measure
        told = read_facts(FOLDER / "facts" / f"{self.facts}.yaml")
        dossier = compiled(measure).facts.read(told.facts, self.on, told.places, text_source=told.text_source)
        return compiled(measure).decide(dossier)


SCENARIOS = [
    Scenario("filiere-no-known-obstacle", FILIERE, "filiere-in-regola", dt.date(2022, 7, 15)),
    Scenario("filiere-no-known-obstacle-all", FILIERE, "filiere-in-regola", dt.date(2022, 7, 15), all=True),
    Scenario("filiere-refused", FILIERE, "filiere-respinta", dt.date(2022, 7, 15)),
    Scenario("filiere-undecided", FILIERE, "filiere-incerta", dt.date(2022, 4, 1)),
    Scenario("filiere-what-if", FILIERE, "filiere-nove-imprese", dt.date(2022, 7, 15), {"minimum_firms": "8 firms"}),
    Scenario("filiere-inferred-edition", FILIERE, "filiere-2024", dt.date(2024, 6, 15)),
    Scenario("piano-just-approved", PIANO, "piano-appena-approvato", dt.date(2025, 10, 27)),
    Scenario("piano-under-way", PIANO, "piano-in-corso", dt.date(2026, 3, 30)),
    Scenario("mercati-can-be-assessed", MERCATI, "mercati-in-regola", dt.date(2025, 7, 1)),
    Scenario("mercati-refused", MERCATI, "mercati-respinta", dt.date(2025, 9, 15)),
    Scenario("mercati-undecided", MERCATI, "mercati-incerta", dt.date(2025, 7, 1)),
    Scenario("mercati-caps", MERCATI, "mercati-massimali", dt.date(2027, 7, 1), all=True),
]
