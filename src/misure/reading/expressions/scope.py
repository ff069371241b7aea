# SPDX-License-Identifier: Apache-2.0
"""What a name in an expression stands for: one namespace for facts, parameters, definitions, terms, lines and `on`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from misure.facts.vocabulary import Fact, Kind, Table, Unit
from misure.ground.place import Place
from misure.reading.text.left_out import LeftOut
from misure.rulebook.expression import Expr, Role, Type

__all__ = ["DAY", "DAYS", "TRUTH", "Dimension", "Lookup", "Named", "Scope", "type_of_fact"]

TRUTH = Type("truth")
DAY = Type("date")
DAYS = Type("number", "days")
"""What lies between two days: whole days, fewer than none where the first comes before the second."""


@dataclass(frozen=True, slots=True)
class Named:
    """What one name stands for. `name` is what the tree will hold; `window` the two ends of a window."""

    name: str
    role: Role
    type: Type
    place: Place
    window: tuple[Expr, Expr] | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing by which a table of the act tells its values apart: a fact or a field, with its choices; of a truth `yes` and `no`."""

    by: str
    choices: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table of the act: what each of its cells is called, by the choices under which it stands."""

    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], Named]


@dataclass(slots=True)
class Scope:
    """The names that an expression may use."""

    units: Mapping[str, Unit]
    tables: Mapping[str, Table]
    names: dict[str, Named] = field(default_factory=dict)
    late: dict[str, str] = field(default_factory=dict)
    """Names that exist and cannot be used here, with the reason."""
    broken: LeftOut = field(default_factory=LeftOut)
    """Names whose own text is faulty: what uses them is not blamed for it."""
    plans: dict[str, Mapping[str, Named]] = field(default_factory=dict)
    """The lines of each plan of costs, which are named `plan.line`."""
    lists: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Lists of choices that say of which fact: its name, and its choices."""
    lookups: dict[str, Lookup] = field(default_factory=dict)
    """The tables of the act, whose cells are looked up: `rates[size, kind]`."""

    def with_names(self, names: Mapping[str, Named]) -> Scope:
        """A scope that knows more."""
        late = {name: why for name, why in self.late.items() if name not in names}
        return Scope(
            self.units, self.tables, {**self.names, **names}, late, self.broken, self.plans, self.lists, self.lookups
        )

    def counts(self, unit: str) -> bool:
        """Whether the unit is one of what can be counted."""
        return unit == "count" or (unit in self.units and self.units[unit].counts)


def type_of_fact(fact: Fact) -> Type:
    """The type of a fact, or of a field of a record."""
    if fact.kind is Kind.EVENT:
        return DAY
    return Type(fact.kind.value, fact.unit, fact.decimals, tuple(() if fact.beyond else fact.choices), fact.scheme)
