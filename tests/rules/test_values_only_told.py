# SPDX-License-Identifier: Apache-2.0
"""Published values that only the words of a duty or a condition tell, which no worked case looks at: the page says them as the act does."""

import json

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]

TOLD = {
    # A.3, comma 1, lett. c), p. 8, e C.1, comma 7, lett. e), p. 22
    "oldest_vat_year": "Ultima dichiarazione IVA disponibile allegata con la ricevuta, non più vecchia di quella riferita al 2023",
    # B.3, comma 2, lett. b), punto iv, p. 17
    "showroom_months": "Uno showroom temporaneo dura al massimo 6 mesi",
    # B.3, comma 7, p. 19
    "minimum_invoice": "Ogni fattura ha un imponibile di almeno 500,00 €, anche se è di acconto o di saldo",
    # C.3.d, comma 1, p. 28
    "integration_days": "nel termine della richiesta, di al massimo 15 giorni; se no si decide sui documenti",
    # C.4.a, comma 2, p. 30
    "signing_days": "Contratto stipulato entro 30 giorni dai documenti completi",
    # C.4.b, comma 7, p. 32, e C.4.c, comma 6, p. 33
    "accounts_integration_days": "nel termine della richiesta, di al massimo 30 giorni; se no si decide",
    # C.4.b, comma 7, p. 32, e C.4.c, comma 9, p. 33
    "balance_days": "Verifica ed erogazione del saldo entro 60 giorni dalla documentazione completa",
    # D.3, comma 7, pp. 41-42
    "extension_decision_days": "Della proroga si decide entro 30 giorni dalla richiesta",
    # D.3, comma 6, p. 41
    "succession_days": "Del subentro si decide entro 60 giorni dalla comunicazione",
    # D.1.a, comma 1, lett. f), p. 35
    "kept_years": "Documenti di spesa conservati per 10 anni dall'erogazione del saldo",
    # D.1.c, comma 4, p. 37
    "plates_from": "oltre 500.000,00 € di spesa, dove l'investimento è materiale, anche con targhe o cartelloni permanenti",
}
"""By legal value, what the page says of it: the numbers are written by hand from allegato A of decreto 5678/2025, at those places."""


@pytest.fixture(scope="module")
def page():
    decision = decide_case(VERSO, cases_of_measure(VERSO)[0])
    told = json.dumps(misure.explain(decision, all=True).to_dict(), ensure_ascii=False)
    return told.replace("\u00a0", " ")


@pytest.mark.parametrize("name", TOLD)
def test_a_sentence_tells_the_number_of_the_act(page, name):
    assert name in VERSO.rulebook.parameters
    assert TOLD[name] in page
