# SPDX-License-Identifier: Apache-2.0
"""Records of the open data of incentivi.gov.it, read into values with types, and written as they were.

The portal's search gives every single value as a text and every value of several as a list, and the day of the last change
as a moment in UTC; copies of it have numbers and days in their place, and blanks for what is not told. All are read.

>>> given = {"ID_Incentivo": "51", "Titolo": "Garanzia", "Data_apertura": "2017-12-22T00:00:00", "Stanziamento_incentivo": 48000000,
...          "Regioni": ["Lombardia"], "Codici_ATECO": "C.10; C.11;", "Comuni": ""}
>>> (record,) = parse_incentivi(given)
>>> record.data_apertura, record.stanziamento_incentivo, record.parts("codici_ateco"), record.comuni
(datetime.date(2017, 12, 22), Decimal('48000000.00'), ('C.10', 'C.11'), None)
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from misure.ground.arguments import kind_in_words, shown
from misure.ground.days import day_text, parse_day
from misure.ground.errors import BadFacts
from misure.ground.given import cents, euros
from misure.ground.place import Fault, Place, nearest
from misure.ground.record import Record
from misure.register.files.sources import Cut, FileSource, Limits, check_limits, documents, name_of, refused
from misure.register.incentivi import INCENTIVI_FIELDS, vocabulary

__all__ = ["IncentiviRecord", "parse_incentivi"]

_WHERE = "<incentivi>"
_MOST_FAULTS = 100
_MOST_BYTES = 512 << 20
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}0*)?", re.ASCII)
_ITALIAN = re.compile(r"[0-9]{1,15},[0-9]{1,2}", re.ASCII)
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?\Z", re.ASCII)
_PARTS = ("codici_ateco", "comuni")


class IncentiviRecord(Record, kw_only=True):
    """One incentive, by the portal's names in small letters and in its order; None, or nothing in a row, where it tells nothing.

    Amounts are decimals of euros. `stanziamento_incentivo` is one too where it is one amount, and the portal's text where it
    is not. `data_ultimo_aggiornamento` is a moment in UTC, or a day where a copy keeps no more.
    """

    id_incentivo: str | None = None
    titolo: str
    descrizione: str | None = None
    obiettivo_finalita: tuple[str, ...] = ()
    data_apertura: dt.date | None = None
    data_chiusura: dt.date | None = None
    note_di_apertura_chiusura: str | None = None
    dimensioni: tuple[str, ...] = ()
    tipologia_soggetto: tuple[str, ...] = ()
    forma_agevolazione: tuple[str, ...] = ()
    costi_ammessi: tuple[str, ...] = ()
    spesa_ammessa_min: Decimal | None = None
    spesa_ammessa_max: Decimal | None = None
    agevolazione_concedibile_min: Decimal | None = None
    agevolazione_concedibile_max: Decimal | None = None
    settore_attivita: tuple[str, ...] = ()
    codici_ateco: str | None = None
    regioni: tuple[str, ...] = ()
    comuni: str | None = None
    ambito_territoriale: tuple[str, ...] = ()
    soggetto_concedente: str | None = None
    base_normativa_primaria: str | None = None
    base_normativa_secondaria: str | None = None
    provvedimento_attuativo: str | None = None
    gazzetta_ufficiale: str | None = None
    stanziamento_incentivo: Decimal | str | None = None
    link_istituzionale: str | None = None
    altre_caratteristiche: str | None = None
    data_ultimo_aggiornamento: dt.datetime | dt.date | None = None
    url: str | None = None

    def parts(self, name: str) -> tuple[str, ...]:
        """The values of `codici_ateco` or `comuni`, which the portal parts by semicolons; codes of no edition that it tells, and prose.

        Raises:
            KeyError: No other field is parted so.
        """
        if name not in _PARTS:
            raise KeyError(f"{shown(name)} is not parted by semicolons: {', '.join(_PARTS)} are")
        return tuple(part for part in map(str.strip, (getattr(self, name) or "").split(";")) if part)

    @property
    def unusual(self) -> tuple[tuple[str, str], ...]:
        """Each value of a closed field that its known vocabulary does not have, under the portal's name of the field."""
        return tuple(
            (field, value) for field in _CLOSED for value in getattr(self, field.lower()) if value not in vocabulary(field)
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The record under the portal's names, with the types of `measure_to_incentivi`; what is not told is left out."""
        found: dict[str, Any] = {}
        for field in INCENTIVI_FIELDS:
            value = getattr(self, field.lower())
            if value is not None and value != ():
                found[field] = _written(value)
        return found


_SEVERAL = (
    "Obiettivo_Finalita", "Dimensioni", "Tipologia_Soggetto", "Forma_agevolazione", "Costi_Ammessi", "Settore_Attivita",
    "Regioni", "Ambito_territoriale",
)  # fmt: skip
_CLOSED = tuple(field for field in _SEVERAL if field != "Settore_Attivita")


def parse_incentivi(
    source: FileSource | Mapping[str, Any] | Iterable[Mapping[str, Any]],
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[IncentiviRecord, ...]:
    """The records of a JSON file of the portal (a path or a binary file), of one record, or of several in a row.

    A file holds the answer of the portal's search (`response.docs`), a list of records, or one. A value of a closed field
    that is not in its vocabulary is no fault, as vocabularies grow: it stands in `IncentiviRecord.unusual`.

    Raises:
        BadFacts: The file cannot be read, is no such JSON, or a record cannot be: at most the first hundred faults.
    """
    check_limits("<parse_incentivi>", limits)
    where, found = _records(source, limits)
    records: list[IncentiviRecord] = []
    faults: list[Fault] = []
    for number, given in enumerate(found, 1):
        wrong: list[tuple[str, str, str | None]] = []
        record = _record(given, wrong)
        name = given.get("ID_Incentivo") if isinstance(given, Mapping) else None
        subject = f"record {number}" + (f" (ID {name!s:.20})" if name not in (None, "") else "")
        faults += (
            Fault(Place(where), f"{subject}: {field}" if field else subject, why, hint) for field, why, hint in wrong
        )
        if len(faults) > _MOST_FAULTS:
            del faults[_MOST_FAULTS:]
            faults.append(Fault(Place(where), "records after these", "there may be more: nothing more is read"))
            break
        if record is not None:
            records.append(record)
    if faults:
        raise BadFacts(faults)
    return tuple(records)


def _records(source: Any, limits: Limits) -> tuple[str, Iterable[Any]]:
    """Where records come from, and the records."""
    if isinstance(source, Mapping):
        return _WHERE, _within(source, _WHERE)
    if isinstance(source, Iterable) and not isinstance(source, str | bytes | bytearray) and not hasattr(source, "read"):
        return _WHERE, source
    where = name_of(source, _WHERE)
    pieces: list[bytes] = []
    size = 0
    try:
        for document in documents(source, limits, _WHERE):
            for piece in document.pieces:
                pieces.append(piece)
                size += len(piece)
                if size > _MOST_BYTES:
                    raise refused(where, f"the file is longer than {_MOST_BYTES} bytes, and no answer of the portal is")
    except Cut as problem:
        raise refused(where, str(problem)) from None
    try:
        found = json.loads(b"".join(pieces), parse_float=Decimal, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise refused(where, f"it is no JSON: {problem.msg}", line=problem.lineno, column=problem.colno) from None
    except (UnicodeDecodeError, RecursionError, ValueError) as problem:
        what = "it is too deep" if isinstance(problem, RecursionError) else str(problem)
        raise refused(where, f"it is no JSON that can be read: {what:.200}") from None
    return where, _within(found, where)


def _within(found: Any, where: str) -> Iterable[Any]:
    if isinstance(found, Mapping) and "response" in found:
        answer = found["response"]
        found = answer.get("docs") if isinstance(answer, Mapping) else None
        if not isinstance(found, list):
            raise refused(where, "it has a response without docs, the list of records")
    if isinstance(found, Mapping):
        return [found]
    if not isinstance(found, list):
        raise refused(where, f"expected a record, or records in a row; got {kind_in_words(found)}")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:60]!r} is told twice in one record")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _record(given: Any, wrong: list[tuple[str, str, str | None]]) -> IncentiviRecord | None:
    """The record, or what is wrong with it."""
    if not isinstance(given, Mapping):
        wrong.append(("", f"expected a record; got {shown(given)}", None))
        return None
    for name in given:
        if name not in INCENTIVI_FIELDS:
            called = name[:60] if isinstance(name, str) else shown(name)
            wrong.append((called, "the portal has no such field", nearest(called, INCENTIVI_FIELDS)))
    values: dict[str, Any] = {}
    for field in INCENTIVI_FIELDS:
        value = given.get(field)
        try:
            if field in _SEVERAL:
                values[field.lower()] = tuple(_several(value))
            else:
                reader: Callable[[Any], Any] = _READERS.get(field, _text)
                values[field.lower()] = reader(_single(value))
        except ValueError as problem:
            wrong.append((field, str(problem), None))
    if values.get("titolo", "") is None:
        wrong.append(("Titolo", "it is not told: every incentive has a title", None))
    return None if wrong else IncentiviRecord(**values)


def _single(value: Any) -> Any:
    """The one value of a field; None where it tells nothing. A list of one is what it holds."""
    if isinstance(value, list | tuple):
        if len(value) > 1:
            raise ValueError(f"expected one value; got {len(value)}")
        value = value[0] if value else None
    return None if value is None or (isinstance(value, str) and not value.strip()) else value


def _several(value: Any) -> Iterator[str]:
    """The texts of a field of several; each once, as copies repeat some."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        raise ValueError(f"expected texts in a row; got {shown(value)}")
    for each in dict.fromkeys(map(_plain, value)):
        if each.strip():
            yield each


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected a text; got {shown(value)}")
    return value


def _text(value: Any) -> str | None:
    return None if value is None else _plain(value)


def _id(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(value)


def _day(value: Any) -> dt.date | None:
    return None if value is None else dt.date.fromordinal(parse_day(_MIDNIGHT.sub("", _plain(value).strip())))


def _amount(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise ValueError(f"expected an amount; got {shown(value)}")
    return euros(cents(value.strip() if isinstance(value, str) else value))


def _allocation(value: Any) -> Decimal | str | None:
    """One amount, however it is written; anything else stays the text that it is."""
    if isinstance(value, str):
        plain = value.strip()
        if _ITALIAN.fullmatch(plain):
            return _amount(plain.replace(",", "."))
        return _amount(plain) if _NUMBER.fullmatch(plain) else value
    return _amount(value)


def _moment(value: Any) -> dt.datetime | dt.date | None:
    if value is None:
        return None
    text = _plain(value).strip()
    if "T" not in text:
        return dt.date.fromordinal(parse_day(text))
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no moment: write 2026-11-22T10:00:00Z") from None
    if found.tzinfo is None:
        raise ValueError(f"{text[:40]!r} has no offset from UTC, and the portal writes a Z")
    return found.astimezone(dt.UTC)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "ID_Incentivo": _id, "Data_apertura": _day, "Data_chiusura": _day, "Spesa_Ammessa_min": _amount, "Spesa_Ammessa_max": _amount,
    "Agevolazione_Concedibile_min": _amount, "Agevolazione_Concedibile_max": _amount, "Stanziamento_incentivo": _allocation,
    "Data_ultimo_aggiornamento": _moment,
}  # fmt: skip


def _written(value: Any) -> Any:
    match value:
        case tuple():
            return list(value)
        case Decimal():
            return f"{value:.2f}"
        case dt.datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case dt.date():
            return f"{day_text(value.toordinal())}T00:00:00"
    return value
