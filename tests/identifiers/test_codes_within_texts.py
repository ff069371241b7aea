# SPDX-License-Identifier: Apache-2.0
"""A right code with anything around it is no name: one firm would be two. At every door it is refused, and the code offered."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import deminimis, identifiers
from misure.identifiers.forms import made_up

ENTITY, PERSON, GERMAN, BRITISH = "01234560157", "RSSMRA85T10A562S", "DE136695976", "GB980780684"
ON = dt.date(2026, 11, 22)
FILIERE = misure.catalogue()["lombardia/filiere"]

FRAMED = [
    *((f"{label} {ENTITY}", ENTITY) for label in ("C.F.", "cod. fisc.", "codice fiscale", "N.", "n. p. iva", "Alfa S.r.l.", "impresa n°")),
    (f"{ENTITY} IT", ENTITY), (f"{ENTITY}/IT", ENTITY), (f"{ENTITY}ITA", ENTITY), (f"({ENTITY})", ENTITY), (f"Alfa ({ENTITY[:3]} {ENTITY[3:]})", ENTITY),
    ("ITO1234560157", ENTITY), ("O1234560157", ENTITY), ("012345G0157", ENTITY), ("0I234560157 IT", ENTITY),
    (f"cod. fisc. {PERSON}", PERSON), (f"{PERSON}/IT", PERSON), (f"Rossi {PERSON}", PERSON),
    ("DEI36695976", GERMAN), ("DE 136695976 IT", GERMAN), ("VAT n. DE136695976", GERMAN), ("Alfa GmbH DE136695976", GERMAN),
    ("UK980780684", BRITISH), ("n. UK 980 7806 84", BRITISH),
    ("n. TINIT-01234560157", ENTITY), ("ITA-TINIT-01234560157", ENTITY), ("TTINIT-01234560157", ENTITY),
]  # fmt: skip
NAMES = [
    "Alfa",
    "Alfa 2000 srl",
    "Consorzio 12 e 13",
    "D-2024-00012345",
    "impresa 2",
    "3M",
    "Rossi Mario 1985",
    "Via Dante 12, 20121 Milano",
]


@pytest.mark.parametrize(("text", "code"), FRAMED)
def test_it_is_refused_and_the_code_is_offered(text, code):
    with pytest.raises(misure.BadIdentifier) as caught:
        identifiers.identity.validate(text)
    assert caught.value.suggestion == code
    assert identifiers.identity.validate(code) == code
    with pytest.raises(misure.BadFacts) as refused:
        FILIERE.decide({"partners": [{"id": "a", "codice_fiscale": text}]}, on=dt.date(2022, 6, 1))
    (fault,) = refused.value.faults
    assert fault.suggestion == code
    assert "a person's code has 16" not in fault.message or "TINIT" in text


@pytest.mark.parametrize(("text", "code"), FRAMED)
def test_a_ledger_takes_no_second_firm_for_it(text, code):
    with pytest.raises(misure.BadFacts, match=code):
        deminimis.Ledger(
            [
                deminimis.Aid("1", code, "gen", "2025-01-10", "200000.00"),
                deminimis.Aid("2", text, "gen", "2025-02-10", "100000.00"),
            ],
            complete_by="visura",
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_a_name(name):
    assert identifiers.identity.parse(name).sort == "name"


def test_of_two_codes_in_one_text_none_is_offered():
    with pytest.raises(misure.BadIdentifier, match="holds more codes than one") as caught:
        identifiers.identity.validate(f"Alfa {ENTITY} e Beta {made_up('codice_fiscale', 7)}")
    assert caught.value.suggestion is None


WORDS = st.text(st.sampled_from("abcdefghilmnoprstuvz ."), max_size=12)


@given(WORDS, st.integers(0, 9_999), WORDS)
def test_whatever_letters_stand_around_a_code_it_is_seen(before, number, after):
    code = made_up("codice_fiscale", number)
    text = f"{before} {code} {after}"
    try:
        found = identifiers.identity.parse(text)
    except misure.BadIdentifier as problem:
        refused = problem
    else:
        assert found.text == code
        return
    assert refused.suggestion == code or (refused.suggestion is None and "more codes" in refused.message)
