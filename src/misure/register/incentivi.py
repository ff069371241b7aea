# SPDX-License-Identifier: Apache-2.0
"""A measure as a record of the open data of incentivi.gov.it: what the rulebook knows, and the rest from the caller.

The portal's closed vocabularies stand in `rules/tables/incentivi-vocabulary.csv`. Its dates have no hours: these go into
the note on opening and closing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from misure import _doors as doors
from misure.ground.arguments import shown
from misure.ground.dated import dated_table
from misure.ground.days import day_text
from misure.ground.given import cents, day, refuse
from misure.ground.money import decimal_text
from misure.ground.place import nearest
from misure.register.known import acts_on, cents_of, forms_of, list_of, window_of
from misure.register.measures.export import question_day

__all__ = ["INCENTIVI_FIELDS", "measure_to_incentivi", "vocabulary"]

Faults = list[tuple[str, str]]

_TEXTS = (
    "Titolo", "Descrizione", "Note_di_apertura_chiusura", "Soggetto_Concedente", "Base_normativa_primaria",
    "Base_normativa_secondaria", "Provvedimento_attuativo", "Gazzetta_ufficiale", "Stanziamento_incentivo",
    "Link_istituzionale", "Altre_caratteristiche", "URL",
)  # fmt: skip
_DAYS = ("Data_apertura", "Data_chiusura")
_AMOUNTS = (
    "Spesa_Ammessa_min", "Spesa_Ammessa_max", "Agevolazione_Concedibile_min", "Agevolazione_Concedibile_max",
)  # fmt: skip
_CLOSED = (
    "Obiettivo_Finalita", "Dimensioni", "Tipologia_Soggetto", "Forma_agevolazione", "Costi_Ammessi", "Regioni",
    "Ambito_territoriale",
)  # fmt: skip
_OPEN_LISTS = ("Settore_Attivita",)
_JOINED = ("Codici_ATECO", "Comuni")

INCENTIVI_FIELDS = (
    "ID_Incentivo", "Titolo", "Descrizione", "Obiettivo_Finalita", "Data_apertura", "Data_chiusura",
    "Note_di_apertura_chiusura", "Dimensioni", "Tipologia_Soggetto", "Forma_agevolazione", "Costi_Ammessi",
    "Spesa_Ammessa_min", "Spesa_Ammessa_max", "Agevolazione_Concedibile_min", "Agevolazione_Concedibile_max",
    "Settore_Attivita", "Codici_ATECO", "Regioni", "Comuni", "Ambito_territoriale", "Soggetto_Concedente",
    "Base_normativa_primaria", "Base_normativa_secondaria", "Provvedimento_attuativo", "Gazzetta_ufficiale",
    "Stanziamento_incentivo", "Link_istituzionale", "Altre_caratteristiche", "Data_ultimo_aggiornamento", "URL",
)  # fmt: skip
"""The names under which the portal gives its records away, in their order."""

_MIDNIGHT = "T00:00:00"
"""What follows the day in the portal's dates: their hours are lost."""
_HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


@cache
def vocabulary(field: str) -> Mapping[str, str]:
    """The values that a closed field takes; beside each the library's own word for it, where it has one.

    >>> vocabulary("Dimensioni")["Microimpresa"]
    'micro'
    """
    rows = dated_table("tables/incentivi-vocabulary").series(field=field)
    return MappingProxyType({row.texts["value"]: row.texts["ours"] for row in rows})


def measure_to_incentivi(
    measure: doors.Measure,
    *,
    on: dt.date | str,
    opening_hour: str | None = None,
    closing_hour: str | None = None,
    **given: Any,
) -> dict[str, Any]:
    """A measure under the portal's names, by the law of a day.

    `given` comes before what the rulebook knows. The portal may lack any field but the title: None leaves one out, and has
    to be said. Hours (`"10:00"`) are told in the note. Amounts are decimal texts, dates naive texts at midnight.

    Raises:
        BadFacts: A field is neither known nor given, has no such name, or a value is not of its vocabulary; all at once.
        NotEncoded: The law of the day is not encoded.
    """
    faults: Faults = []
    on_day = question_day(measure, on, faults)
    for name in given:
        if name not in INCENTIVI_FIELDS:
            hint = nearest(name, INCENTIVI_FIELDS)
            faults.append((name, "the portal has no such field" + (f"; did you mean {hint!r}?" if hint else "")))
    known = _known(measure, on_day)
    record: dict[str, Any] = {}
    for name in INCENTIVI_FIELDS:
        value = given[name] if name in given else known.get(name)
        if name == "Note_di_apertura_chiusura":
            value = _note(value, opening_hour, closing_hour, faults)
        if value is None:
            if name not in given or name == "Titolo":
                faults.append(
                    (name, "it is not given, and the rulebook does not know it: give it, or None to leave it out")
                )
            continue
        try:
            record[name] = _written(name, value)
        except ValueError as problem:
            faults.append((name, str(problem)))
    _in_order(record, _DAYS, faults)
    _in_order(record, _AMOUNTS[:2], faults)
    _in_order(record, _AMOUNTS[2:], faults)
    refuse(f"<{measure.id} for incentivi.gov.it>", faults)
    return record


def _known(measure: doors.Measure, on: dt.date) -> dict[str, Any]:
    book = measure.rulebook
    opens, closes = window_of(measure, on)
    found: dict[str, Any] = {
        "Titolo": measure.title, "Data_apertura": opens, "Data_chiusura": closes,
        "Provvedimento_attuativo": acts_on(book, on),
        "Forma_agevolazione": _ours("Forma_agevolazione", forms_of(book)),
        "Dimensioni": _ours("Dimensioni", list_of(book, "admitted_sizes", on) or ()),
    }  # fmt: skip
    amounts = {
        "Spesa_Ammessa_min": "minimum_spend",
        "Spesa_Ammessa_max": "maximum_spend",
        "Stanziamento_incentivo": "budget",
    }
    for name, parameter in amounts.items():
        amount = cents_of(book, parameter, on)
        found[name] = None if amount is None else decimal_text(amount, 2)
    return found


def _ours(field: str, words: Iterable[str]) -> list[str] | None:
    """The library's words in those of the portal; None where there is none, or one has no counterpart."""
    portal = {ours: value for value, ours in vocabulary(field).items() if ours}
    found = [portal.get(word) for word in words]
    return [value for value in found if value is not None] if found and None not in found else None


def _note(value: Any, opening: str | None, closing: str | None, faults: Faults) -> Any:
    """The note, with the hours that the dates cannot tell; in Italian, as everything that the portal shows."""
    told = []
    for name, hour, words in (
        ("opening_hour", opening, "apertura alle ore"),
        ("closing_hour", closing, "chiusura alle ore"),
    ):
        if hour is None:
            continue
        if _HOUR.fullmatch(str(hour)) is None:
            faults.append((name, f"{shown(hour)} is no hour: write 10:00"))
        else:
            told.append(f"{words} {hour}")
    if not told:
        return value
    hours = ", ".join(told)
    return f"{value}; {hours}" if isinstance(value, str) else hours if value is None else value


def _written(name: str, value: Any) -> Any:
    if name in _DAYS:
        plain = value.removesuffix(_MIDNIGHT) if isinstance(value, str) else value
        return f"{day_text(day(plain))}{_MIDNIGHT}"
    if name in _AMOUNTS:
        return decimal_text(cents(value), 2)
    if name in _CLOSED:
        return _closed(name, value)
    if name in _OPEN_LISTS:
        return _several(value)
    if name in _JOINED:
        return (
            value
            if isinstance(value, str) and value.strip()
            else "".join(f"{_single(each)};" for each in _several(value))
        )
    if name == "Data_ultimo_aggiornamento":
        return _moment(value)
    if name == "Stanziamento_incentivo" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return decimal_text(cents(value), 2)
    if name == "ID_Incentivo":
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(f"expected a number or a text; got {shown(value)}")
        return value
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"expected a text; got {shown(value)}")
    return value


def _single(value: str) -> str:
    if ";" in value:
        raise ValueError(f"{value[:60]!r} has a semicolon, which parts one value from the next")
    return value


def _several(value: Any) -> list[str]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise ValueError(f"expected several texts in a row; got {shown(value)}")
    found = list(dict.fromkeys(_text(each) for each in value))
    if not found:
        raise ValueError("it is empty: give None to leave it out")
    return found


def _closed(name: str, value: Any) -> list[str]:
    found = _several(value)
    known = vocabulary(name)
    wrong = []
    for each in found:
        if each not in known:
            hint = nearest(each, known)
            wrong.append(f"{each[:60]!r} is not in the vocabulary" + (f"; did you mean {hint!r}?" if hint else ""))
    if wrong:
        raise ValueError("; ".join(wrong))
    return found


def _moment(value: Any) -> str:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value[:40]!r} is no moment: write 2026-11-22T10:00:00Z") from None
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError(f"expected a moment with its offset from UTC; got {shown(value)}")
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_order(record: Mapping[str, Any], names: tuple[str, ...], faults: Faults) -> None:
    first, last = (record.get(name) for name in names)
    if first is None or last is None:
        return
    wrong = cents(last) < cents(first) if names[0] in _AMOUNTS else last < first
    if wrong:
        faults.append(
            (names[1], f"{last} is {'less than' if names[0] in _AMOUNTS else 'earlier than'} {names[0]}, {first}")
        )
