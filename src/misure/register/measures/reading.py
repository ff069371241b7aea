# SPDX-License-Identifier: Apache-2.0
"""Measures of the State-aid register, read one after the other (`LISTA_MISURE/MISURA`): files of any size in little memory.

The schema `RNA_misura.xsd` says `LISTA_MISURE`, with every element in its namespace. Two independent readers of the files
that the register gives away met `ns0:LISTA_MISURE_TYPE` with children in no namespace: both are read, and the second is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ErrorString, ExpatError

from misure.ground.days import parse_day
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.ground.record import Record
from misure.register.files.characters import Strainer, left_out, strained
from misure.register.files.hardened import TreeParser, forbidden, require_extra
from misure.register.files.report import Oddity, Tally
from misure.register.files.sources import Cut, Document, FileSource, Limits, check_limits, documents, refused
from misure.register.measures.record import ContentForm, Field, RnaMeasure, fields_of
from misure.register.measures.writing import ITEM, LONGEST_AMOUNT, MEASURE_NAMESPACE, ROOT

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["MeasureReader", "parse_rna_measures", "read_rna_measures"]

_UNNAMED = "<measures>"
_PUBLISHED = ROOT + "_TYPE"
_PREFIX = MEASURE_NAMESPACE + "}"
_MOST_FAULTS = 100
_EXAMPLES = 5
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z", re.ASCII)


def parse_rna_measures(
    source: FileSource,
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[RnaMeasure, ...]:
    """The measures of one file of the register, all at once; `read_rna_measures` gives them one at a time.

    Raises:
        BadFacts: The file is no file of measures, or something in it does not fit the schema: the faults are gathered.
        MissingExtra: The extra `misure[register]` is not installed.
    """
    return tuple(read_rna_measures(source, limits=limits))


def read_rna_measures(
    source: FileSource,
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> MeasureReader:
    """The measures of one file of the register, one at a time: a path or a binary file, XML or a zip archive of XML.

    Characters that XML forbids are left out, as the register writes some. `limits` are those of `read_aids`: a measure that
    is longer than a record may be is refused. A CAR may come more than once: a measure with several periods of validity.

    >>> import io
    >>> reading = read_rna_measures(io.BytesIO(b'<n:LISTA_MISURE_TYPE xmlns:n="http://www.rna.it/RNA_misura/schema"/>'))
    >>> list(reading), [oddity.kind for oddity in reading.warnings]
    ([], ['published_root'])

    Raises:
        BadFacts: While reading: as for `parse_rna_measures`. After the first damaged measure none is given.
        MissingExtra: The extra `misure[register]` is not installed.
    """
    check_limits("<read_rna_measures>", limits)
    require_extra()
    return MeasureReader(source, limits)


class MeasureReader(Iterator[RnaMeasure]):
    """The measures of a source, while they are read; what is odd and no damage stands in `warnings`."""

    def __init__(self, source: FileSource, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._tally = Tally(_EXAMPLES)
        self._iterator = self._all()

    @property
    def warnings(self) -> tuple[Oddity, ...]:
        """What is odd and no damage, as far as was read: `published_root`, `control_bytes`."""
        return tuple(self._tally)

    def __next__(self) -> RnaMeasure:
        return next(self._iterator)

    def close(self) -> None:
        """Read no further."""
        self._iterator.close()

    def _all(self) -> Generator[RnaMeasure, None, None]:
        faults: list[Fault] = []
        for document in documents(self._source, self._limits, _UNNAMED):
            elements = _Elements(document, self._limits)
            for number, (element, line) in enumerate(elements, 1):
                measure = _measure(element, number, Place(document.name, line, 1), elements.prefix, faults)
                if measure is not None and not faults:
                    yield measure
            for kind, what in elements.oddities():
                if self._tally.wants(kind):
                    self._tally.show(kind, Fault(Place(document.name), "", what))
        if faults:
            raise BadFacts(faults)


class _Elements:
    """What stands under the root of a file, one after the other, each with its line: the tree never holds more than a piece has."""

    def __init__(self, document: Document, limits: Limits) -> None:
        self.prefix = _PREFIX
        """What the names of elements begin with."""
        self._document, self._limits = document, limits
        self._strainer = Strainer()
        self._published = False

    def oddities(self) -> Iterator[tuple[str, str]]:
        """What is odd in the document as a whole."""
        if self._published:
            which = "in no namespace" if not self.prefix else "in the schema's"
            yield "published_root", f"the root is {_PUBLISHED}, with elements {which}, where the schema says {ROOT}"
        elif not self.prefix:
            yield "published_root", f"the elements under {ROOT} are in no namespace, where the schema has one"
        if what := left_out(self._strainer):
            yield "control_bytes", f"XML forbids them, and they were left out: {what}"

    def __iter__(self) -> Iterator[tuple[Element, int]]:
        """Each element with its line.

        Raises:
            BadFacts: The file is no file of measures, is not well formed, or has a measure longer than a record may be.
        """
        parser = TreeParser(frozenset({ITEM, _PREFIX + ITEM}))
        name = self._document.name
        pieces = strained(self._document.pieces, self._strainer)
        fed = settled = 0
        ended = begun = named = False
        while not ended:
            try:
                piece = next(pieces, None)
                ended = piece is None
                clean = piece or b""
                parser.expat.Parse(clean, ended)
            except ExpatError as problem:
                message = f"it is no well-formed XML: {ErrorString(problem.code)}"
                raise refused(name, message, line=problem.lineno, column=problem.offset + 1) from None
            except forbidden():
                line = parser.expat.CurrentLineNumber
                raise refused(name, "a document type and its entities are refused", line=line) from None
            except (LookupError, ValueError) as problem:
                raise refused(name, f"it cannot be read: {problem}") from None
            except Cut as problem:
                line = parser.expat.CurrentLineNumber
                raise refused(name, f"it cannot be read: {problem}", line=line) from None
            fed += len(clean)
            root = parser.root
            if root is not None:
                if not begun:
                    self._begin(root)
                    begun = True
                # The last one may go on in the next piece.
                whole = list(root) if ended else list(root)[:-1]
                if whole:
                    if not named:
                        self.prefix = _PREFIX if "}" in whole[0].tag else ""
                        named = True
                    del root[: len(whole)]
                    settled, lines = fed, parser.lines
                    parser.lines = {element: lines[element] for element in root if element in lines}
                    for element in whole:
                        yield element, lines.get(element, 0)
            if fed - settled > self._limits.record:
                message = f"a measure is longer than {self._limits.record} bytes, or its end is missing"
                raise refused(name, message, line=parser.expat.CurrentLineNumber)

    def _begin(self, root: Element) -> None:
        self._published = root.tag == _PREFIX + _PUBLISHED
        if not self._published and root.tag != _PREFIX + ROOT:
            name = root.tag.replace("}", " ")
            message = f'the root is {name}: it must be {ROOT} with xmlns="{MEASURE_NAMESPACE}"'
            raise refused(self._document.name, message, line=1)


def _measure(element: Element, number: int, place: Place, prefix: str, faults: list[Fault]) -> RnaMeasure | None:
    """Read one measure, or what is wrong with it; of too many faults nothing more is read."""
    found: list[tuple[str, str]] = []
    measure: RnaMeasure = _read(element, RnaMeasure, prefix, "", found)
    if element.tag != prefix + ITEM:
        found = [("", f"{element.tag.removeprefix(prefix)} stands where {ITEM} should")]
    if not found:
        return measure
    subject = f"measure {number}"
    faults += (Fault(place, f"{subject}: {at}" if at else subject, why) for at, why in found)
    if len(faults) > _MOST_FAULTS:
        del faults[_MOST_FAULTS:]
        faults.append(Fault(place, "measures after these", "there may be more: nothing more is read"))
        raise BadFacts(faults)
    return None


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
        elif field.form is ContentForm.LIST:
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


def _value(form: ContentForm, text: str) -> Any:
    if form is ContentForm.TEXT:
        return text
    plain = text.strip()
    match form:
        case ContentForm.FLAG:
            if plain not in {"SI", "NO"}:
                raise ValueError(f"{plain[:40]!r} is neither SI nor NO")
            return plain == "SI"
        case ContentForm.WHOLE:
            if _WHOLE.fullmatch(plain) is None:
                raise ValueError(f"{plain[:40]!r} is no whole number")
            return int(plain)
        case ContentForm.AMOUNT:
            if _AMOUNT.fullmatch(plain) is None or len(plain) > LONGEST_AMOUNT:
                raise ValueError(f"{plain[:40]!r} is no amount")
            try:
                return Decimal(plain)
            except InvalidOperation:
                raise ValueError(f"{plain[:40]!r} is no amount") from None
        case ContentForm.DAY:
            return dt.date.fromordinal(parse_day(_ZONE.sub("", plain)))
        case _:
            match = _MOMENT.fullmatch(plain)
            if match is None:
                raise ValueError(f"{plain[:40]!r} is no moment: write YYYY-MM-DDThh:mm:ss")
            parse_day(match[1])
            return dt.datetime.fromisoformat(plain)
