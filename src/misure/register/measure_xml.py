# SPDX-License-Identifier: Apache-2.0
"""Measures written for the State-aid register and read back (`LISTA_MISURE/MISURA`); what was written is read equal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ErrorString, ExpatError

from misure.ground.days import parse_day
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.ground.record import Record
from misure.register.hardened import TreeParser, forbidden
from misure.register.measure_record import Field, Form, RnaMeasure, fields_of
from misure.register.sources import Cut, Document, Limits, Source, documents, refused
from misure.register.stream import CONTROL
from misure.register.writing import escaped, text_fault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["MEASURE_NAMESPACE", "faults_of", "parse_rna_measures", "write_rna_measures"]

MEASURE_NAMESPACE = "http://www.rna.it/RNA_misura/schema"
_ROOT, _ITEM = "LISTA_MISURE", "MISURA"
_MOST_FAULTS = 100
_SIGNED, _UNSIGNED = (-(2**63), 2**63 - 1), (0, 2**64 - 1)
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_LONGEST_AMOUNT = 40
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z", re.ASCII)


def write_rna_measures(measures: Iterable[RnaMeasure]) -> bytes:
    """A file of measures, as the register's schema wants it.

    Raises:
        BadFacts: A field cannot be written; everything that is wrong is told, by the name of the field.
    """
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{_ROOT} xmlns="{MEASURE_NAMESPACE}">']
    faults: list[Fault] = []
    given: Iterable[object] = measures
    for number, measure in enumerate(given, 1):
        if not isinstance(measure, RnaMeasure):
            faults.append(
                Fault(Place("<measures>"), f"measure {number}", f"expected an RnaMeasure; got {measure!r:.60}")
            )
            continue
        found = list(faults_of(measure))
        faults += (Fault(Place("<measures>"), f"measure {number}: {field}", message) for field, message in found)
        if not found:
            lines += _lines(measure, _ITEM, "  ")
    if faults:
        raise BadFacts(faults)
    lines.append(f"</{_ROOT}>\n")
    return "\n".join(lines).encode()


def faults_of(record: Record, path: str = "") -> Iterator[tuple[str, str]]:
    """What keeps a record from being written, each by the name of its field."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        where = path + field.element
        if value is None:
            if not field.optional:
                yield where, "it is not given, and the schema asks for it"
        elif field.form is Form.LIST:
            if not isinstance(value, tuple):
                yield where, f"expected a tuple; got {value!r:.60}"
                continue
            for index, item in enumerate(value, 1):
                assert field.kind is not None
                if type(item) is field.kind:
                    yield from faults_of(item, f"{where}[{index}].")
                else:
                    yield f"{where}[{index}]", f"expected {field.kind.__name__}; got {item!r:.60}"
            if field.name == "lista_misure_attuative" and not value:
                yield where, "it is empty: the schema wants one at least, or None"
        else:
            message = _misfit(field, value)
            if message is not None:
                yield where, message


def _misfit(field: Field, value: Any) -> str | None:
    match field.form:
        case Form.TEXT:
            return text_fault(value)
        case Form.FLAG:
            return None if isinstance(value, bool) else f"expected True (SI) or False (NO); got {value!r:.60}"
        case Form.WHOLE:
            least, most = _UNSIGNED if field.name == "importo" else _SIGNED
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                return f"expected a whole number from {least} to {most}; got {value!r:.60}"
        case Form.AMOUNT:
            if (
                not isinstance(value, Decimal)
                or not value.is_finite()
                or abs(value.adjusted()) > 40
                or len(f"{value:f}") > _LONGEST_AMOUNT
            ):
                return f"expected a Decimal of euros; got {value!r:.60}"
        case Form.DAY:
            if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
                return f"expected a date; got {value!r:.60}"
        case Form.MOMENT:
            if not isinstance(value, dt.datetime):
                return f"expected a datetime; got {value!r:.60}"
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
        if field.form is Form.LIST:
            yield f"{indent}  <{field.element}>"
            for item in value:
                yield from _lines(item, field.item, indent + "    ")
            yield f"{indent}  </{field.element}>"
        else:
            yield f"{indent}  <{field.element}>{_written(field.form, value)}</{field.element}>"
    yield f"{indent}</{element}>"


def _written(form: Form, value: Any) -> str:
    match form:
        case Form.TEXT:
            return escaped(value)
        case Form.FLAG:
            return "SI" if value else "NO"
        case Form.AMOUNT:
            return f"{value:f}"
        case Form.DAY | Form.MOMENT:
            return str(value.isoformat())
    return str(value)


def parse_rna_measures(
    source: Source,
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[RnaMeasure, ...]:
    """The measures of one file of the register: a path or a binary file, XML or a zip archive of XML.

    Control characters that XML forbids are left out, as the register writes some. `limits` are those of `read_aids`: a
    measure that is longer than a record may be is refused.

    Raises:
        BadFacts: The file is no file of measures, or something in it does not fit the schema: the faults are gathered.
        MissingExtra: The extra `misure[register]` is not installed.
    """
    measures: list[RnaMeasure] = []
    faults: list[Fault] = []
    for document in documents(source, limits):
        for number, element in enumerate(_elements(document, limits), 1):
            _take(element, number, document.name, measures, faults)
    if faults:
        raise BadFacts(faults)
    return tuple(measures)


def _elements(document: Document, limits: Limits) -> Iterator[Element]:
    """What stands under the root of a file, one after the other: the tree never holds more than a piece of the file has.

    Raises:
        BadFacts: The file is no file of measures, is not well formed, or has a measure longer than a record may be.
    """
    parser = TreeParser()
    pieces = document.pieces
    fed = settled = 0
    ended = False
    while not ended:
        try:
            piece = next(pieces, None)
            ended = piece is None
            clean = b"" if piece is None else piece.translate(None, CONTROL)
            parser.expat.Parse(clean, ended)
        except ExpatError as problem:
            message = f"it is no well-formed XML: {ErrorString(problem.code)}"
            raise refused(document.name, message, line=problem.lineno, column=problem.offset + 1) from None
        except forbidden() as problem:
            line = parser.expat.CurrentLineNumber
            raise refused(
                document.name, f"a document type and its entities are refused: {problem}", line=line
            ) from None
        except (LookupError, ValueError, Cut) as problem:
            raise refused(document.name, f"it cannot be read: {problem}") from None
        fed += len(clean)
        root = parser.root
        if root is not None:
            if root.tag != MEASURE_NAMESPACE + "}" + _ROOT:
                name = root.tag.replace("}", " ")
                message = f'the root is {name}: it must be {_ROOT} with xmlns="{MEASURE_NAMESPACE}"'
                raise refused(document.name, message, line=1)
            # The last one may go on in the next piece.
            whole = list(root) if ended else list(root)[:-1]
            if whole:
                del root[: len(whole)]
                settled = fed
                yield from whole
        if fed - settled > limits.record:
            message = f"a measure is longer than {limits.record} bytes, or its end is missing"
            raise refused(document.name, message, line=parser.expat.CurrentLineNumber)


def _take(element: Element, number: int, name: str, measures: list[RnaMeasure], faults: list[Fault]) -> None:
    """Read one measure, or what is wrong with it; of too many faults nothing more is read."""
    prefix = MEASURE_NAMESPACE + "}"
    found: list[tuple[str, str]] = []
    measure = _read(element, RnaMeasure, prefix, "", found)
    if element.tag != prefix + _ITEM:
        found = [("", f"{element.tag.removeprefix(prefix)} stands where {_ITEM} should")]
    if not found:
        measures.append(measure)
        return
    subject = f"measure {number}"
    faults += (Fault(Place(name), f"{subject}: {at}" if at else subject, why) for at, why in found)
    if len(faults) > _MOST_FAULTS:
        del faults[_MOST_FAULTS:]
        faults.append(Fault(Place(name), "measures after these", "there may be more: nothing more is read"))
        raise BadFacts(faults)


def _read(element: Element, kind: type[Record], prefix: str, path: str, faults: list[tuple[str, str]]) -> Any:
    there: dict[str, Element] = {}
    for child in element:
        name = child.tag.removeprefix(prefix)
        if name in there:
            faults.append((path + name, "it is told twice"))
        there[name] = child
    values: dict[str, Any] = {}
    for field in fields_of(kind):
        found = there.pop(field.element, None)
        where = path + field.element
        values[field.name] = None
        if found is None:
            if not field.optional:
                faults.append((where, "the element is missing"))
        elif field.form is Form.LIST:
            values[field.name] = _listed(found, field, prefix, where, faults)
        elif len(found):
            faults.append((where, "elements stand inside it"))
        else:
            try:
                values[field.name] = _value(field.form, found.text or "")
            except ValueError as problem:
                faults.append((where, str(problem)))
    faults += ((path + name, "the schema has no such element") for name in there)
    return kind(**values)


def _listed(element: Element, field: Field, prefix: str, where: str, faults: list[tuple[str, str]]) -> tuple[Any, ...]:
    assert field.kind is not None
    items = []
    for index, child in enumerate(element, 1):
        if child.tag != prefix + field.item:
            faults.append((where, f"{child.tag.removeprefix(prefix)} stands in it, and only {field.item} may"))
        else:
            items.append(_read(child, field.kind, prefix, f"{where}[{index}].", faults))
    return tuple(items)


def _value(form: Form, text: str) -> Any:
    if form is Form.TEXT:
        return text
    plain = text.strip()
    match form:
        case Form.FLAG:
            if plain not in {"SI", "NO"}:
                raise ValueError(f"{plain[:40]!r} is neither SI nor NO")
            return plain == "SI"
        case Form.WHOLE:
            if _WHOLE.fullmatch(plain) is None:
                raise ValueError(f"{plain[:40]!r} is no whole number")
            return int(plain)
        case Form.AMOUNT:
            if _AMOUNT.fullmatch(plain) is None or len(plain) > _LONGEST_AMOUNT:
                raise ValueError(f"{plain[:40]!r} is no amount")
            try:
                return Decimal(plain)
            except InvalidOperation:
                raise ValueError(f"{plain[:40]!r} is no amount") from None
        case Form.DAY:
            return dt.date.fromordinal(parse_day(_ZONE.sub("", plain)))
        case _:
            match = _MOMENT.fullmatch(plain)
            if match is None:
                raise ValueError(f"{plain[:40]!r} is no moment: write YYYY-MM-DDThh:mm:ss")
            parse_day(match[1])
            return dt.datetime.fromisoformat(plain)
