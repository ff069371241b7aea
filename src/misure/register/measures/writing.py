# SPDX-License-Identifier: Apache-2.0
"""Measures written for the State-aid register (`LISTA_MISURE/MISURA`); what is written is read back equal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from misure.ground.arguments import several, shown
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.ground.record import Record
from misure.register.files.markup import escaped, text_fault
from misure.register.measures.record import ContentForm, Field, RnaMeasure, fields_of

__all__ = ["ITEM", "LONGEST_AMOUNT", "MEASURE_NAMESPACE", "ROOT", "schema_faults", "write_rna_measures"]

MEASURE_NAMESPACE = "http://www.rna.it/RNA_misura/schema"
ROOT, ITEM = "LISTA_MISURE", "MISURA"
_SIGNED, _UNSIGNED = (-(2**63), 2**63 - 1), (0, 2**64 - 1)
LONGEST_AMOUNT = 40
"""The most characters of an amount."""


def write_rna_measures(measures: Iterable[RnaMeasure]) -> bytes:
    """A file of measures, as the register's schema wants it.

    Raises:
        BadFacts: A field cannot be written; everything that is wrong is told, by the name of the field.
    """
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT} xmlns="{MEASURE_NAMESPACE}">']
    faults: list[Fault] = []
    given: Iterable[object] = several("measures", measures, "RnaMeasures, one after the other")
    for number, measure in enumerate(given, 1):
        if not isinstance(measure, RnaMeasure):
            faults.append(
                Fault(Place("<measures>"), f"measure {number}", f"expected an RnaMeasure; got {shown(measure)}")
            )
            continue
        found = list(schema_faults(measure))
        faults += (Fault(Place("<measures>"), f"measure {number}: {field}", message) for field, message in found)
        if not found:
            lines += _lines(measure, ITEM, "  ")
    if faults:
        raise BadFacts(faults)
    lines.append(f"</{ROOT}>\n")
    return "\n".join(lines).encode()


def schema_faults(record: Record, path: str = "") -> Iterator[tuple[str, str]]:
    """What keeps a record from being written, each by the name of its field."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        where = path + field.element
        if value is None:
            if not field.optional:
                yield where, "it is not given, and the schema asks for it"
        elif field.form is ContentForm.LIST:
            if not isinstance(value, tuple):
                yield where, f"expected a tuple; got {shown(value)}"
                continue
            for index, item in enumerate(value, 1):
                assert field.kind is not None
                if type(item) is field.kind:
                    yield from schema_faults(item, f"{where}[{index}].")
                else:
                    yield f"{where}[{index}]", f"expected {field.kind.__name__}; got {shown(item)}"
            if field.name == "lista_misure_attuative" and not value:
                yield where, "it is empty: the schema wants one at least, or None"
        else:
            message = _misfit(field, value)
            if message is not None:
                yield where, message


def _misfit(field: Field, value: Any) -> str | None:
    match field.form:
        case ContentForm.TEXT:
            return text_fault(value)
        case ContentForm.FLAG:
            return None if isinstance(value, bool) else f"expected True (SI) or False (NO); got {shown(value)}"
        case ContentForm.WHOLE:
            least, most = _UNSIGNED if field.name == "importo" else _SIGNED
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                return f"expected a whole number from {least} to {most}; got {shown(value)}"
        case ContentForm.AMOUNT:
            if (
                not isinstance(value, Decimal)
                or not value.is_finite()
                or abs(value.adjusted()) > 40
                or len(f"{value:f}") > LONGEST_AMOUNT
            ):
                return f"expected a Decimal of euros; got {shown(value)}"
        case ContentForm.DAY:
            if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
                return f"expected a date; got {shown(value)}"
        case ContentForm.MOMENT:
            if not isinstance(value, dt.datetime):
                return f"expected a datetime; got {shown(value)}"
            offset = value.utcoffset()
            if offset is not None and (
                offset.seconds % 60 or offset.microseconds or abs(offset) > dt.timedelta(hours=14)
            ):
                return f"no XML can say the offset {offset}"
    return None


def _lines(record: Record, element: str, indent: str) -> Iterator[str]:
    yield f"{indent}<{element}>"
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if value is None:
            continue
        if field.form is ContentForm.LIST:
            yield f"{indent}  <{field.element}>"
            for item in value:
                yield from _lines(item, field.item, indent + "    ")
            yield f"{indent}  </{field.element}>"
        else:
            yield f"{indent}  <{field.element}>{_written(field.form, value)}</{field.element}>"
    yield f"{indent}</{element}>"


def _written(form: ContentForm, value: Any) -> str:
    match form:
        case ContentForm.TEXT:
            return escaped(value)
        case ContentForm.FLAG:
            return "SI" if value else "NO"
        case ContentForm.AMOUNT:
            return f"{value:f}"
        case ContentForm.DAY | ContentForm.MOMENT:
            return str(value.isoformat())
    return str(value)
