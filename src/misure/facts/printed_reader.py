# SPDX-License-Identifier: Apache-2.0
"""The printed reading of facts: Python source for the usual forms of the values, made once for a measure.

It reads what portals send (plain dicts, whole numbers, texts, dates) without asking each value again what its fact is.
What is unusual but right goes to the careful reading of that one value; anything that may be wrong gives None, and the
careful reading of everything then says what. So there is one source of messages, and the two readings agree.

The source is printed from the kinds and bounds alone. Every text of a vocabulary file (names, choices) reaches it as a
constant of the namespace, never as text to be compiled.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from misure.facts.dossier import Record
from misure.facts.identities import SHORTEST, form_of_names, joined, links, miscalled, whole
from misure.facts.reader import Outcome, Request, read_told
from misure.facts.values import code_form
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.times import TIME_FORM, parse_time
from misure.identifiers.forms import accepts

__all__ = ["Printed", "print_reading"]

Printed = Callable[[dict[str, object], int], Outcome | None]
"""A printed reading: the facts and the day of the question to an outcome, None where something is unusual or wrong."""

_MOST_DIGITS = 18  # what fits 63 bits whatever the digits are; longer numbers go the careful way


def print_reading(asked: Request) -> Printed:
    """The reading of one measure's facts, compiled."""
    import hashlib
    import linecache

    printer = _Printer(asked)
    source = "\n".join(printer.lines()) + "\n"
    # The same source may serve several measures: their constants differ, their lines do not.
    filename = f"<misure facts {hashlib.sha256(source.encode()).hexdigest()[:16]}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), printer.namespace)  # noqa: S102 - printed from closed specs, no text of a file
    reading: Printed = printer.namespace["read"]  # type: ignore[assignment]
    return reading


class _Printer:
    """Prints the lines and gathers the constants they name."""

    def __init__(self, asked: Request) -> None:
        self.asked = asked
        self.namespace: dict[str, object] = {
            "__builtins__": {}, "type": type, "len": len, "int": int, "str": str, "dict": dict, "list": list,
            "tuple": tuple, "date": dt.date, "parse": dt.date.fromisoformat, "normal": unicodedata.is_normalized,
            "KNOWN": asked.known,
        }  # fmt: skip
        self.constants = 0

    def constant(self, value: object) -> str:
        """The name under which the source finds a value."""
        self.constants += 1
        name = f"k{self.constants}"
        self.namespace[name] = value
        return name

    def lines(self) -> Iterator[str]:
        yield "def read(facts, on):"
        yield "    if not facts.keys() <= KNOWN: return None"
        yield "    get = facts.get; notes = []; whole = True; defaults = ()"
        for index, fact in enumerate(self.asked.facts):
            name = self.constant(fact.name)
            yield f"    v = get({name})"
            path = self.constant((fact.name,))
            yield from self.value(fact, "v", path, "whole = False", "    ")
            if fact.name == self.asked.defaulted:
                yield f"    if v == 0: v = on; defaults = (({name}, on),)"
            yield f"    v{index} = v"
        yield from self.implied()
        for index, table in enumerate(self.asked.tables):
            yield from self.table(table, f"t{index}", f"keys{index}")
        yield from self.references()
        yield from self.identities()
        values = _tuple(f"v{index}" for index in range(len(self.asked.facts)))
        tables = _tuple(f"t{index}" for index in range(len(self.asked.tables)))
        yield f"    return {values}, {tables}, defaults, notes, whole"

    def implied(self) -> Iterator[str]:
        """The tests that no truth is denied that a code implies."""
        places = {fact.name: place for place, fact in enumerate(self.asked.facts)}
        for index, fact in enumerate(self.asked.facts):
            for other, beginnings in fact.implied_by:
                if (at := places.get(other)) is not None:
                    test = f"v{at} is not None and v{at}.startswith({self.constant(beginnings)})"
                    yield f"    if v{index} is False and {test}: return None"

    def references(self) -> Iterator[str]:
        """The tests that what refers to a table names a record of it, where all of them are told."""
        places = {table.name: place for place, table in enumerate(self.asked.tables)}
        for index, fact in enumerate(self.asked.facts):
            if (at := places.get(fact.refers_to)) is not None:
                yield f"    if not t{at}[1] and v{index} is not None and v{index} not in keys{at}: return None"
        for index, table in enumerate(self.asked.tables):
            for column, field in enumerate(table.fields.values()):
                if (at := places.get(field.refers_to)) is not None:
                    yield f"    if not t{at}[1]:"
                    yield f"        for r in t{index}[0]:"
                    yield f"            if r[{column}] is not None and r[{column}] not in keys{at}: return None"

    def identities(self) -> Iterator[str]:
        """What two tables tell of one record: told of both, or nothing where they contradict each other."""
        if not (linked := links(self.asked.tables)):
            return
        tables = [f"t{index}" for index in range(len(self.asked.tables))]
        both = self.constant(functools.partial(joined, linked))
        yield f"    if {' or '.join(f't{link.of}[0] and t{link.means}[0]' for link in linked)}:"
        yield f"        found = {both}({_tuple(tables)})"
        yield "        if found is None: return None"
        yield f"        {_tuple(tables)}, added = found"
        values = _tuple(f"v{index}" for index in range(len(self.asked.facts)))
        yield f"        if added: whole = {self.constant(whole)}({values}, {_tuple(tables)})"

    def table(self, table: Table, result: str, keys: str) -> Iterator[str]:
        names = [self.constant(name) for name in table.fields]
        fields = [f"f{index}" for index in range(len(names))]
        key = fields[list(table.fields).index(table.key)]
        table_name, known = self.constant(table.name), self.constant(frozenset(table.fields))
        yield f"    v = get({table_name})"
        yield "    if type(v) is list:"
        yield f"        if len(v) > {table.max_items}: return None"
        yield f"        rows = []; {keys} = {{}}"
        yield "        for r in v:"
        yield "            if type(r) is not dict: return None"
        yield f"            if len(r) == {len(names)}:"
        yield f"                {'; '.join(f'{field} = r[{name}]' for field, name in zip(fields, names, strict=True))}"
        yield "            else:"
        yield f"                if not r.keys() <= {known}: return None"
        yield f"                g = r.get; {'; '.join(f'{field} = g({name})' for field, name in zip(fields, names, strict=True))}"
        for field, name, fact in zip(fields, names, table.fields.values(), strict=True):
            path = f"({table_name}, len(rows), {name})"
            absent = "return None" if field == key else "whole = False"
            yield from self.value(fact, field, path, absent, "            ")
        yield f"            {keys}[{key}] = None; rows.append({_tuple(fields)})"
        yield f"        if len({keys}) != len(rows): return None"
        if table.identity:
            column = list(table.fields).index(table.identity)
            yield f"        told = [r[{column}] for r in rows if r[{column}] is not None]"
            yield "        if len({one: None for one in told}) != len(told): return None"
            if form_of_names(table):
                apart, at = self.constant(_any_miscalled), list(table.fields).index(table.key)
                yield f"        if {apart}({keys}, rows, {at}, {column}): return None"
        yield from self.beside(table)
        yield f"        {result} = tuple(rows), 0"
        yield f"    elif v is None: {result} = {self.constant(((), table.max_items))}; whole = False"
        yield "    else: return None"

    def beside(self, table: Table) -> Iterator[str]:
        """The tests that no record contradicts another, or itself, in a field that others of the table say something of."""
        places = {name: place for place, name in enumerate(table.fields)}
        for name, field in table.fields.items():
            mine = f"r[{places[name]}]"
            if field.other_than:
                yield "        for r in rows:"
                yield f"            if {mine} is not None and {mine} == r[{places[field.other_than]}]: return None"
            if field.determined_by:
                of = _tuple(f"r[{places[other]}]" for other in field.determined_by)
                yield "        first = {}"
                yield "        for r in rows:"
                yield f"            of = {of}"
                yield f"            if {mine} is not None and None not in of and first.setdefault(of, {mine}) != {mine}: return None"

    def value(self, fact: Fact, v: str, path: str, absent: str, indent: str) -> Iterator[str]:
        """The lines that turn the variable `v` into internal form, or leave it None and do what `absent` says."""
        branches = list(self.branches(fact, v))
        careful = f"{v} = {self.constant(functools.partial(read_told, fact))}({v}, on, notes, {path})"
        branches.insert(1, (f"{v} is None", [absent]))
        for place, (test, actions) in enumerate(branches):
            yield f"{indent}{'elif' if place else 'if'} {test}:"
            yield from (f"{indent}    {action}" for action in actions)
        yield f"{indent}else:"
        yield f"{indent}    {careful}"
        # A judgement may come without its value: who judged, and nothing yet.
        yield f"{indent}    if {v} is None: {absent}"

    def branches(self, fact: Fact, v: str) -> Iterator[tuple[str, list[str]]]:
        """The usual forms of a fact: a test and what to do, the commonest first."""
        within = f"if not {fact.least} <= {v} <= {fact.greatest}: return None"
        match fact.kind:
            case Kind.NUMBER if fact.is_time:
                right = self.constant(re.compile(TIME_FORM).fullmatch)
                yield f"type({v}) is str and {right}({v})", [f"{v} = {self.constant(parse_time)}({v})"]
            case Kind.NUMBER:
                scale = 10**fact.decimals
                whole = f"if not {-(-fact.least // scale)} <= {v} <= {fact.greatest // scale}: return None"
                yield f"type({v}) is int", [whole, f"{v} *= {scale}"]
                yield f"type({v}) is str and {_plain_number(v, fact.decimals)}", [f"{v} = int(w)", within]
            case Kind.TRUTH:
                yield f"{v} is True or {v} is False", ["pass"]
            case Kind.CHOICE:
                choices = self.constant({choice: choice for choice in fact.choices}.get)
                yield f"(w := {choices}({v})) is not None", [f"{v} = w"]
            case Kind.DATE | Kind.EVENT:
                happened = [f"if {v} > on: return None"] if fact.kind is Kind.EVENT else []
                iso = f"type({v}) is str and len({v}) == 10 and {v}[4] == '-' == {v}[7]"
                yield iso, [f"{v} = parse({v}).toordinal()", within, *happened]
                yield f"type({v}) is date", [f"{v} = {v}.toordinal()", within, *happened]
            case Kind.CODE:
                right = self.constant(re.compile(code_form(fact)).fullmatch)
                yield f"type({v}) is str and {right}({v})", ["pass"]
            case Kind.TEXT if fact.identifier:
                yield f"type({v}) is str and {self.constant(accepts(fact.identifier))}({v})", ["pass"]
            case Kind.TEXT:
                plain = f"({v}.isascii() or normal('NFC', {v})) and {v}.isprintable() and {v}.strip() == {v}"
                yield f"type({v}) is str and 0 < len({v}) <= {fact.greatest} and {plain}", ["pass"]


def _any_miscalled(names: Iterable[str], rows: Sequence[Record], name: int, code: int) -> bool:
    if max(map(len, names), default=0) < SHORTEST:  # of most applicants
        return False
    return any(True for _ in miscalled([row[name] for row in rows], [row[code] for row in rows]))


def _plain_number(v: str, decimals: int) -> str:
    """The test of a text with exactly the decimals of its unit; it leaves its digits in `w`."""
    if not decimals:
        return f"len(w := {v}) <= {_MOST_DIGITS} and w.isascii() and w.isdecimal()"
    point, part = -decimals - 1, -decimals
    digits = f"w := {v}[:{point}] + {v}[{part}:]"
    size = f"{decimals} < len({digits}) <= {_MOST_DIGITS}"
    return f"{v}[{point}:{part}] == '.' and {size} and w.isascii() and w.isdecimal()"


def _tuple(names: Iterable[str]) -> str:
    return "(" + "".join(f"{name}, " for name in names) + ")"
