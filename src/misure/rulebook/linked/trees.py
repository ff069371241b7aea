# SPDX-License-Identifier: Apache-2.0
"""Whether the expressions of a rulebook that comes as data are ones that its rule file could have held.

A tree that was read from a file is sound because its reader checked every name and type. Data says of itself what its names and
types are; here each name is held against what the rulebook declares, and each part against what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from misure.facts.vocabulary import TIME, Fact, Kind
from misure.rulebook.expression import (
    Aggregate,
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Conditional,
    Expr,
    Extreme,
    FieldOf,
    Happened,
    Literal,
    Name,
    Not,
    OneOf,
    Rounded,
    Shift,
    Type,
    Within,
    YearOf,
)
from misure.rulebook.functions import FUNCTIONS, OF_A_RECORD, Takes
from misure.rulebook.rules import Rulebook

__all__ = ["Trees"]

_DAYS_OR_NUMBERS = ("number", "date")
_TEXTS = ("choice", "text")


class Trees:
    """Asks every tree of one rulebook. Each part is asked once, and once more inside a table: the data may share parts."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._known: dict[str, Mapping[str, Type]] = {
            "fact": {name: type_of(fact) for name, fact in book.facts.items() if fact.kind is not Kind.EVENT},
            "event": {name: type_of(fact) for name, fact in book.facts.items() if fact.kind is Kind.EVENT},
            "parameter": {name: one.type for name, one in book.parameters.items()},
            "definition": {name: one.type for name, one in book.definitions.items()},
            "term": {term.id: Type("date") for term in book.terms},
            "on": {"on": Type("date")},
        }
        self._amounts = dict(_amounts(book))
        self._asked: set[tuple[int, str]] = set()

    def problem(self, tree: Expr | None, *kinds: str, record: str = "") -> str:
        """What is wrong with a tree that must be of one of some kinds; "" where nothing is, or there is none."""
        if tree is None:
            return ""
        if tree.type.kind not in kinds:
            return f"a {tree.type.kind:.20} stands where a {' or a '.join(kinds)} should"
        if (id(tree), record) in self._asked:
            return ""
        self._asked.add((id(tree), record))
        return self._of(tree, record)

    def _all(self, trees: tuple[Expr, ...], *kinds: str, record: str) -> str:
        return next(filter(None, (self.problem(tree, *kinds, record=record) for tree in trees)), "")

    def _of(self, tree: Expr, record: str) -> str:
        match tree:
            case Literal():
                return _literal(tree)
            case Name():
                return self._name(tree)
            case FieldOf(table=table, field=field, type=kind):
                fields = self.book.tables[table].fields if table in self.book.tables else {}
                if table != record or field not in fields or kind != type_of(fields[field]):
                    return f"the field {table}.{field} cannot be read here, or is of another type"
                return ""
            case Not(arg=arg):
                return _gives(tree, "truth") or self.problem(arg, "truth", record=record)
            case AllOf(args=args) | AnyOf(args=args):
                empty = "" if args else "an 'and' or an 'or' has no parts"
                return empty or _gives(tree, "truth") or self._all(args, "truth", record=record)
            case Compare():
                return _gives(tree, "truth") or self._compare(tree, record)
            case OneOf() | Within():
                return _gives(tree, "truth") or self._among(tree, record)
            case Arithmetic(left=left, right=right):
                between = (
                    tree.op == "-" and left.type.kind == "date" and (tree.type.unit, tree.type.decimals) == ("days", 0)
                )
                return _gives(tree, "number") or self._all(
                    (left, right), "date" if between else "number", record=record
                )
            case Extreme(args=args):
                few = "" if len(args) > 1 else "a least or a greatest is of two or more"
                return few or _gives(tree, *_DAYS_OR_NUMBERS) or self._all(args, tree.type.kind, record=record)
            case Conditional(test=test, then=then, other=other):
                branches = self._all((then, other), tree.type.kind, record=record)
                return self.problem(test, "truth", record=record) or branches
            case Aggregate():
                return self._aggregate(tree, record)
            case Shift(day=day, amount=amount, sign=sign):
                strange = "" if sign in (1, -1) else "a day is moved neither on nor back"
                moved = self.problem(day, "date", record=record) or self.problem(amount, "number", record=record)
                return strange or _gives(tree, "date") or moved
            case YearOf(day=day):
                return _gives(tree, "number") or self.problem(day, "date", record=record)
            case Happened(event=event):
                if event.role != "event":
                    return f"{event.name!r} is no event, and cannot have happened"
                return _gives(tree, "truth") or self.problem(event, "date", record=record)
            case Rounded(value=value):
                return _gives(tree, "number") or self.problem(value, "number", record=record)
            case Call():
                inside = record and tree.function not in OF_A_RECORD
                return "a function of the law stands inside a comprehension" if inside else self._call(tree, record)

    def _name(self, tree: Name) -> str:
        known = self._known.get(tree.role)
        if known is None and tree.name in self._amounts.get(tree.role, ()):
            return _gives(tree, "number")
        if known is None or tree.name not in known:
            return f"no {tree.role} is called {tree.name[:40]!r}"
        same = known[tree.name] == tree.type
        return "" if same else f"{tree.name!r} is of another type than it is declared to be"

    def _compare(self, tree: Compare, record: str) -> str:
        left, right = tree.left.type, tree.right.type
        if left.kind != right.kind or left.kind not in (*_DAYS_OR_NUMBERS, *_TEXTS) or left.choices != right.choices:
            return f"a {left.kind:.20} is compared with another thing"
        if left.kind in _TEXTS and tree.op not in ("==", "!="):
            return f"a {left.kind} is put in order"
        return self._all((tree.left, tree.right), left.kind, record=record)

    def _among(self, tree: OneOf | Within, record: str) -> str:
        item, among = (tree.item, tree.options) if isinstance(tree, OneOf) else (tree.code, tree.codes)
        kind = "choice" if isinstance(tree, OneOf) else "code"
        if kind == "choice" and item.type.kind == "number":
            listed = not isinstance(among, tuple) and among.type.kind == "list" and among.role == "parameter"
            if isinstance(among, tuple) or not listed or among.type.unit != item.type.unit:
                return "a number is looked for in what is no list of its unit"
            return self.problem(item, "number", record=record) or self._name(among)
        if isinstance(among, tuple):
            wrong = kind == "choice" and not set(among) <= set(item.type.choices)
            return "a list holds what is no choice" if wrong else self.problem(item, kind, record=record)
        if among.role != "parameter" or among.type.kind != "list" or among.type.unit:
            return "what a choice or a code is looked for in is no list"
        if kind == "choice" and not set(among.type.choices) <= set(item.type.choices):
            return "a list holds what is no choice"
        return self.problem(item, kind, record=record) or self._name(among)

    def _aggregate(self, tree: Aggregate, record: str) -> str:
        if record:
            return "one comprehension stands inside another"
        if tree.table not in self.book.tables:
            return f"no table is called {tree.table[:40]!r}"
        if (tree.value is None) != (tree.op == "count"):
            return f"'{tree.op}' of a table counts records, or has a value of each"
        kinds = {"count": ("number",), "sum": ("number",), "any": ("truth",), "all": ("truth",)}
        gives = kinds.get(tree.op, _DAYS_OR_NUMBERS)
        value = self.problem(tree.value, tree.type.kind, record=tree.table)
        return _gives(tree, *gives) or value or self.problem(tree.condition, "truth", record=tree.table)

    def _call(self, tree: Call, record: str) -> str:
        function = FUNCTIONS[tree.function]
        tables = [takes for takes in function.takes if takes.kind == "table"]
        words = [takes for takes in function.takes if takes.kind == "word"]
        values = [takes for takes in function.takes if takes.kind not in ("table", "word")]
        if (len(tables), len(words), len(values)) != (len(tree.tables), len(tree.words), len(tree.args)):
            return f"{tree.function!r} takes other things"
        if tree.type != function.gives or any(w not in t.choices for w, t in zip(tree.words, words, strict=True)):
            return f"{tree.function!r} gives something else, or is told a word that it does not know"
        for name, takes in zip(tree.tables, tables, strict=True):
            if not self._has_columns(name, takes):
                return f"{tree.function!r} cannot read the table {name[:40]!r}"
        for arg, takes in zip(tree.args, values, strict=True):
            choices = takes.kind == "choice" and not set(arg.type.choices) <= set(takes.choices)
            constant = takes.constant and not (
                isinstance(arg, Literal) or (isinstance(arg, Name) and arg.role == "parameter")
            )
            if choices or constant or (takes.unit and arg.type.unit not in (takes.unit, "")):
                return f"{tree.function!r} cannot take this as {takes.name!r}"
        return next(
            filter(
                None,
                (self.problem(arg, takes.kind, record=record) for arg, takes in zip(tree.args, values, strict=True)),
            ),
            "",
        )

    def _has_columns(self, name: str, takes: Takes) -> bool:
        fields = self.book.tables[name].fields if name in self.book.tables else {}
        for column, kind in takes.columns:
            found = type_of(fields[column]) if column in fields else None
            if found is None or (found.kind, found.unit) != (kind.kind, kind.unit):
                return False
            if kind.choices and not set(found.choices) <= set(kind.choices):
                return False
        return True


def _amounts(book: Rulebook) -> Iterator[tuple[str, set[str]]]:
    """The names that the shapes give to amounts, by what they stand for."""
    if book.score:
        yield "score", {"score"}
    given = [line.id for line in book.support.lines] if book.support else []
    lines = {f"{name}{part}" for name in given for part in ("", ".equivalent", ".granted", ".uncapped")}
    if book.spending:
        yield "total", {plan.total for plan in book.spending.plans}
        own = [f"{plan.id}.{line.id}" for plan in book.spending.plans for line in book.spending.lines]
        lines |= {f"{name}{part}" for name in own for part in ("", ".requested", ".cap")}
    yield "line", lines


def type_of(fact: Fact) -> Type:
    """The type that a name of a fact, or a field of a record, has in a tree."""
    if fact.kind is Kind.EVENT:
        return Type("date")
    return Type(fact.kind.value, fact.unit, fact.decimals, tuple(() if fact.beyond else fact.choices), fact.scheme)


def _gives(tree: Expr, *kinds: str) -> str:
    """What is wrong with what a part says that it gives."""
    if tree.type.kind not in kinds or (tree.type.kind == "truth" and tree.type != Type("truth")):
        return f"a {type(tree).__name__} gives no {tree.type.kind:.20}"
    timed = tree.type.unit == TIME and isinstance(tree, Arithmetic | Rounded)
    return "times of day are only compared" if timed else ""


def _literal(tree: Literal) -> str:
    if tree.type.kind == "number":
        return "" if type(tree.value) is int and tree.value in (0, 1) else "a number that no law gives stands in a rule"
    fits = tree.type.kind == "choice" and tree.value in tree.type.choices
    return "" if fits else f"{tree.value!r:.40} is no choice"
