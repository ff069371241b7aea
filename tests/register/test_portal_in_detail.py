# SPDX-License-Identifier: Apache-2.0
"""A measure for incentivi.gov.it: how each field is written, what it refuses in words, and what a rulebook knows of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure.ground.errors import BadFacts
from misure.register import measure_to_incentivi
from misure.register.incentivi import INCENTIVI_FIELDS
from misure.register.known import acts_on, cents_of, forms_of, list_of, window_of
from tests.register.test_measures_for_registers import DAY, FILIERE, KNOWN, MERCATI, PORTAL, for_portal

FIERE = misure.catalogue()["lombardia/fiere-lombardia-2024-2026"]
PIANO = misure.catalogue()["lombardia/piano-export-2025"]


def refused(**changes):
    with pytest.raises(BadFacts) as caught:
        for_portal(**changes)
    return [str(fault).removeprefix(f"<{MERCATI.id} for incentivi.gov.it>: ") for fault in caught.value.faults]


WRITTEN = [
    ("Titolo", "Un titolo ", "Un titolo "), ("URL", "x", "x"),
    ("Data_apertura", dt.date(2025, 1, 1), "2025-01-01T00:00:00"), ("Data_apertura", "2025-09-09", "2025-09-09T00:00:00"),
    ("Spesa_Ammessa_min", 5, "5.00"), ("Spesa_Ammessa_min", Decimal("0.01"), "0.01"), ("Spesa_Ammessa_min", "600000.00", "600000.00"),
    ("Agevolazione_Concedibile_min", "510000", "510000.00"), ("Settore_Attivita", ["a", "b", "a"], ["a", "b"]), ("Settore_Attivita", ("a",), ["a"]),
    ("Codici_ATECO", "C.10;C.11", "C.10;C.11"), ("Codici_ATECO", ["C.10"], "C.10;"), ("Comuni", ("Milano", "Lodi", "Milano"), "Milano;Lodi;"),
    ("Regioni", iter(["Lombardia"]), ["Lombardia"]), ("ID_Incentivo", 7, 7), ("ID_Incentivo", "x7", "x7"),
    ("Data_ultimo_aggiornamento", dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC), "2026-11-22T10:00:00Z"),
    ("Data_ultimo_aggiornamento", "2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "written"), WRITTEN, ids=range(len(WRITTEN)))
def test_how_a_field_is_written(name, value, written):
    assert for_portal(**{name: value})[name] == written


REFUSED = [
    ({"Titolo": ""}, "Titolo: expected a text; got ''"), ({"URL": 7}, "URL: expected a text; got 7"),
    ({"Data_apertura": 7}, "Data_apertura: expected a date; got 7"),
    ({"Data_apertura": "2025-09-10"}, "Data_chiusura: 2025-09-09T00:00:00 is earlier than Data_apertura, 2025-09-10T00:00:00"),
    ({"Spesa_Ammessa_min": "600000.01"}, "Spesa_Ammessa_max: 600000.00 is less than Spesa_Ammessa_min, 600000.01"),
    ({"Agevolazione_Concedibile_min": "510000.01"}, "Agevolazione_Concedibile_max: 510000.00 is less than Agevolazione_Concedibile_min, 510000.01"),
    ({"Spesa_Ammessa_min": -1}, "Spesa_Ammessa_min: -1 is negative, and an amount of money is not"),
    ({"Regioni": "Lombardia"}, "Regioni: expected several texts in a row; got 'Lombardia'"), ({"Regioni": 7}, "Regioni: expected several texts in a row; got 7"),
    ({"Regioni": {"Lombardia": 1}}, "Regioni: expected several texts in a row; got a mapping"), ({"Regioni": []}, "Regioni: it is empty: give None to leave it out"),
    ({"Regioni": ["Lombardia", " "]}, "Regioni: expected a text; got ' '"), ({"Regioni": ["Lombardi"]}, "Regioni: 'Lombardi' is not in the vocabulary; did you mean 'Lombardia'?"),
    ({"Regioni": ["Lombardi", "zzz", "Lombardia"]}, "Regioni: 'Lombardi' is not in the vocabulary; did you mean 'Lombardia'?; 'zzz' is not in the vocabulary"),
    ({"Regioni": ["z" * 80]}, f"Regioni: '{'z' * 60}' is not in the vocabulary"),
    ({"Codici_ATECO": ["C.10;C.11"]}, "Codici_ATECO: 'C.10;C.11' has a semicolon, which parts one value from the next"),
    ({"Codici_ATECO": " "}, "Codici_ATECO: expected several texts in a row; got ' '"), ({"Comuni": []}, "Comuni: it is empty: give None to leave it out"),
    ({"ID_Incentivo": True}, "ID_Incentivo: expected a number or a text; got true"), ({"ID_Incentivo": 1.5}, "ID_Incentivo: expected a number or a text; got 1.5"),
    ({"Data_ultimo_aggiornamento": "ieri"}, "Data_ultimo_aggiornamento: 'ieri' is no moment: write 2026-11-22T10:00:00Z"),
    ({"Data_ultimo_aggiornamento": "2026-11-22T10:00:00"}, "Data_ultimo_aggiornamento: expected a moment with its offset from UTC; got 2026-11-22T10:00:00"),
    ({"Data_ultimo_aggiornamento": dt.date(2026, 11, 22)}, "Data_ultimo_aggiornamento: expected a moment with its offset from UTC; got 2026-11-22"),
    ({"opening_hour": "24:00"}, "opening_hour: '24:00' is no hour: write 10:00"), ({"closing_hour": "9:00"}, "closing_hour: '9:00' is no hour: write 10:00"),
    ({"closing_hour": "23:60"}, "closing_hour: '23:60' is no hour: write 10:00"), ({"Dimensione": 1}, "Dimensione: the portal has no such field; did you mean 'Dimensioni'?"),
    ({"zzzz": 1}, "zzzz: the portal has no such field"), ({"Titolo": None}, "Titolo: it is not given, and the rulebook does not know it: give it, or None to leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "fault"), REFUSED, ids=range(len(REFUSED)))
def test_what_the_portal_would_not_take_in_words(changes, fault):
    assert refused(**changes) == [fault]


@pytest.mark.parametrize(("note", "opening", "closing", "told"), [
    (None, None, None, None), ("Nota", None, None, "Nota"), (None, "00:00", None, "apertura alle ore 00:00"), (None, None, "23:59", "chiusura alle ore 23:59"),
    (None, "19:00", "20:00", "apertura alle ore 19:00, chiusura alle ore 20:00"), ("Nota", "10:00", "12:00", "Nota; apertura alle ore 10:00, chiusura alle ore 12:00"),
])  # fmt: skip
def test_hours_go_into_the_note(note, opening, closing, told):
    record = for_portal(Note_di_apertura_chiusura=note, opening_hour=opening, closing_hour=closing)
    assert record.get("Note_di_apertura_chiusura") == told


def test_a_note_that_is_no_text_is_refused_with_or_without_hours():
    for hours in ({}, {"opening_hour": "10:00"}):
        assert refused(Note_di_apertura_chiusura=7, **hours) == ["Note_di_apertura_chiusura: expected a text; got 7"]


def test_fields_stand_in_the_order_of_the_portal_and_those_left_out_are_not_there():
    record = for_portal()
    assert list(record) == [name for name in INCENTIVI_FIELDS if name in record]
    left_out = {name for name, value in PORTAL.items() if value is None and name not in KNOWN}
    assert left_out
    assert left_out.isdisjoint(record)


def test_all_that_is_wrong_is_told_at_once():
    found = refused(Titolo=None, Regioni=[], zz=1, opening_hour="x", Data_apertura="2026-01-01", Spesa_Ammessa_min=-1)
    assert [fault.partition(":")[0] for fault in found] == [
        "Data_chiusura", "Regioni", "Spesa_Ammessa_min", "Titolo", "opening_hour", "zz",
    ]  # fmt: skip


def test_the_forms_of_support_in_the_words_of_the_portal_or_not_at_all():
    assert measure_to_incentivi(FIERE, on=DAY, **{name: PORTAL[name] for name in INCENTIVI_FIELDS if name not in KNOWN} | {
        name: None for name in KNOWN if name not in ("Titolo", "Forma_agevolazione")
    })["Forma_agevolazione"] == ["Contributo/Fondo perduto"]  # fmt: skip


# What a rulebook knows

BOOK = MERCATI.rulebook


@pytest.mark.parametrize(("name", "day", "amount"), [
    ("budget", DAY, 1_897_874_797), ("maximum_spend", DAY, 60_000_000), ("maximum_spend", dt.date(2025, 4, 18), 60_000_000),
    ("maximum_spend", dt.date(2025, 4, 17), None), ("nothing", DAY, None), ("grant_share", DAY, None), ("admitted_sizes", DAY, None),
    ("project_months", DAY, None), ("opening_day", DAY, None), ("minimum_score", DAY, None),
])  # fmt: skip
def test_an_amount_that_a_rulebook_knows(name, day, amount):
    assert cents_of(BOOK, name, day) == amount


@pytest.mark.parametrize(("name", "day", "choices"), [
    ("admitted_sizes", DAY, ("micro", "small", "medium")), ("admitted_sizes", dt.date(2025, 4, 17), None), ("budget", DAY, None), ("nothing", DAY, None),
])  # fmt: skip
def test_a_list_that_a_rulebook_knows(name, day, choices):
    assert list_of(BOOK, name, day) == choices


@pytest.mark.parametrize(("measure", "day", "window"), [
    (MERCATI, DAY, (dt.date(2025, 6, 3), dt.date(2025, 9, 9))), (MERCATI, dt.date(2025, 4, 17), (None, None)),
    (FILIERE, dt.date(2022, 6, 1), (None, dt.date(2022, 12, 31))), (FILIERE, dt.date(2022, 11, 29), (None, dt.date(2022, 12, 31))),
    (FILIERE, dt.date(2022, 11, 30), (None, dt.date(2023, 12, 31))), (PIANO, DAY, (None, None)),
])  # fmt: skip
def test_the_one_window_of_a_measure(measure, day, window):
    assert window_of(measure, day) == window


def test_forms_and_acts():
    assert forms_of(BOOK) == ("loan", "grant")
    assert forms_of(FILIERE.rulebook) == ()
    assert acts_on(FILIERE.rulebook, dt.date(2022, 11, 29)) == "DGR XI/5899; d.d.u.o. 2338"
    assert acts_on(FILIERE.rulebook, dt.date(2022, 11, 30)) == "DGR XI/5899; d.d.u.o. 2338; DGR del 30 novembre 2022"
    assert acts_on(FILIERE.rulebook, dt.date(2022, 1, 30)) == ""
