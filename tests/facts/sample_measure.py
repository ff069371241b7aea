# SPDX-License-Identifier: Apache-2.0
"""A measure that asks one fact of each kind, for the tests of this folder."""

from __future__ import annotations

from misure.facts.validation import FactsForm
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Nature, Table, Vocabulary

SIZES = {"micro": "microimpresa", "small": "piccola impresa", "medium": "media impresa"}

FACTS = {
    fact.name: fact
    for fact in (
        Fact("turnover", Kind.NUMBER, unit="EUR", decimals=2, greatest=10**13, label="fatturato", question="Quanto?"),
        Fact("result", Kind.NUMBER, unit="EUR", decimals=2, least=-(10**13), greatest=10**13),
        Fact("firms", Kind.NUMBER, unit="firms", least=1, greatest=100_000),
        Fact("aid_share", Kind.NUMBER, unit="share", decimals=4, greatest=10_000),
        Fact("agreement_signed", Kind.TRUTH),
        Fact("swot_adequate", Kind.TRUTH, nature=Nature.ASSESSED, label="analisi SWOT adeguata"),
        Fact("score", Kind.NUMBER, unit="points", decimals=2, greatest=10_000, nature=Nature.ASSESSED),
        Fact("opened_on", Kind.DATE, least=FIRST_DAY, greatest=LAST_DAY),
        Fact("filed_on", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY),
        Fact("report_filed", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY),
        Fact("size", Kind.CHOICE, choices=SIZES),
        Fact("primary_ateco", Kind.CODE, scheme="ateco-2007"),
        Fact("capofila", Kind.TEXT, greatest=8),
        Fact("second_ateco", Kind.CODE, scheme="ateco-2007", divisions=("01", "10", "62", "96")),
        Fact("tax_code", Kind.TEXT, greatest=16, identifier="codice_fiscale"),
        Fact("project_code", Kind.TEXT, greatest=15, identifier="cup"),
    )
}
PARTNERS = Table(
    "partners", "id", "name", 5,
    {
        field.name: field
        for field in (
            Fact("name", Kind.TEXT, greatest=20),
            Fact("id", Kind.TEXT, greatest=8),
            Fact("signed", Kind.TRUTH),
            Fact("quota", Kind.NUMBER, unit="EUR", decimals=2, greatest=10**9),
            Fact("reliable", Kind.TRUTH, nature=Nature.ASSESSED),
        )
    },
)  # fmt: skip
YEARS = Table("years", "id", "id", 3, {"id": Fact("id", Kind.TEXT, greatest=4)})
TABLES = {"partners": PARTNERS, "years": YEARS}
NOT_ASKED = {"paid_on": Fact("paid_on", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY), "vat": Fact("vat", Kind.TRUTH)}
VOCABULARY = Vocabulary({}, FACTS | NOT_ASKED, TABLES)
INTAKE = FactsForm(FACTS, TABLES, VOCABULARY, "filed_on")

COMPLETE: dict[str, object] = {
    "turnover": "1234.50", "result": -3, "firms": 12, "aid_share": "35%", "agreement_signed": True,
    "swot_adequate": {"value": True, "by": "Nucleo di valutazione", "on": "2022-05-01", "why": "completa"},
    "score": "65", "opened_on": "2020-01-31", "filed_on": "2022-05-02", "report_filed": "not_yet", "size": "small",
    "primary_ateco": "62.01", "capofila": "alfa", "second_ateco": "01.1", "tax_code": "01234560157", "project_code": "E44E20000140007",
    "partners": [
        {"name": "Società Alfa", "id": "alfa", "signed": True, "quota": "10.00", "reliable": True},
        {"name": "Beta", "id": "beta", "signed": False, "quota": 7, "reliable": {"value": False, "why": "n.d."}},
    ],
    "years": [],
}  # fmt: skip
