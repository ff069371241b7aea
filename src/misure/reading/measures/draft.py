# SPDX-License-Identifier: Apache-2.0
"""A measure while it is being linked: what is known so far, and the faults found so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TypedDict

from misure.facts.vocabulary import Kind, Vocabulary
from misure.ground.place import Fault, Place, nearest
from misure.ground.truth import Confidence
from misure.reading.expressions.literals import Unreadable, day
from misure.reading.expressions.parser import read_expression
from misure.reading.expressions.scope import Named, Scope, type_of_fact
from misure.reading.forms.rules import CiteForm, RuleForm
from misure.reading.measures.citations import Register
from misure.reading.measures.vocabulary import is_name
from misure.reading.text.left_out import LeftOut
from misure.reading.text.written import Written
from misure.rulebook.expression import Expr, Name, Role, Type
from misure.rulebook.rules import Citation, Parameter

__all__ = ["Draft", "RuleFields"]

_INFORMS = "the law gives it for information alone, and no rule may rest on it"


class RuleFields(TypedDict):
    """The fields that every rule has."""

    id: str
    place: Place
    cite: Citation
    provisions: tuple[str, ...]
    text: str
    confidence: Confidence
    inferred: str
    note: str


class Draft:
    """What the linkers of one measure share."""

    def __init__(self, vocabulary: Vocabulary, register: Register, faults: list[Fault]) -> None:
        self.vocabulary, self.register, self.faults = vocabulary, register, faults
        self.parameters: dict[str, Parameter] = {}
        self.scope = Scope(vocabulary.units, vocabulary.tables)
        self.local: set[str] = set()
        """Names that only count inside their shape."""
        self.claimed: dict[str, Place] = {}
        """Every name and rule id of the measure, with where it was first given."""
        self.trees: list[Expr] = []
        """Every expression read so far."""
        self.texts: list[tuple[str, Written]] = []
        """The sentences, whose placeholders are checked when every name is known."""
        self.blocked: list[tuple[str, Written]] = []
        self.reduced: list[tuple[Written, tuple[Written, ...]]] = []
        """The tranches that rules block, checked when the tranches are known."""
        self.asked: set[str] = set()
        """Facts, events and tables that a shape reads by name, without an expression."""
        self.used: set[str] = set()
        """Parameters that a shape or a sentence uses by name."""
        self.informing: dict[str, Parameter] = {}
        """Parameters of shared law that only inform: no rule may rest on them."""
        for name, fact in vocabulary.facts.items():
            role: Role = "event" if fact.kind is Kind.EVENT else "fact"
            self.scope.names[name] = Named(name, role, type_of_fact(fact), fact.place)

    def fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(where.place, str(subject), message, suggestion))

    def claim(self, name: Written) -> bool:
        """Take a name for a rule or a value; no other thing of the measure may have it."""
        if not is_name(name):
            self.fault(name, name, "a name is English snake_case in plain letters, and no word of the expressions")
            return False
        first = self.claimed.get(name)
        if first is None and name in self.scope.names:
            first = self.scope.names[name].place
        if first is None and name in self.vocabulary.tables:
            first = self.vocabulary.tables[name].place
        if first is not None:
            self.fault(name, name, f"the name is already taken at {first}")
            return False
        self.claimed[str(name)] = name.place
        return True

    def knows(self, name: str) -> bool:
        """Whether a rule or a value has this name, or one that could not be read may have it."""
        return name in self.claimed or name in self.scope.broken

    @property
    def known(self) -> LeftOut:
        """Every name that is given somewhere."""
        found = self.scope.broken.copy()
        found.names |= self.claimed.keys() | self.local
        return found

    def claim_locally(self, names: Iterable[Written]) -> None:
        """Take names that only count inside their shape; none may stand there twice."""
        seen: dict[str, Place] = {}
        for name in names:
            if not is_name(name):
                self.fault(name, name, "a name is English snake_case in plain letters, and no word of the expressions")
            if name in seen:
                self.fault(name, name, f"the name is already taken at {seen[name]}")
            seen.setdefault(str(name), name.place)
        self.local |= seen.keys()

    def distinct(self, names: Iterable[Written], subject: str) -> None:
        """Names of which each stands once: of one that stands twice another was meant."""
        seen: set[str] = set()
        for name in names:
            if name in seen:
                self.fault(name, subject, f"{str(name)[:60]!r} stands twice")
            seen.add(str(name))

    def rule(
        self,
        name: Written,
        form: RuleForm,
        cite: CiteForm | None,
        provisions: Iterable[str] = (),
        *,
        needs_provision: bool = True,
    ) -> RuleFields:
        """The fields that every rule has; `provisions` are those of the shape around it, where it names none."""
        self.distinct(form.provision, name)
        own = tuple(map(str, form.provision)) or tuple(provisions)
        if not own and needs_provision:
            self.fault(name, name, "no provision is named; every rule says which one it encodes")
        text = form.text if form.text is not None else form.label
        if text is not None:
            self.texts.append((str(name), text))
        return RuleFields(
            id=str(name),
            place=name.place,
            cite=self.register.citation(cite, str(name)),
            provisions=own,
            text=str(text or ""),
            confidence=self.register.confidence(form.read_in, form.inferred, cite, str(name)),
            inferred=str(form.inferred or ""),
            note=str(form.note or ""),
        )

    def expression(self, text: Written, subject: str, want: str, scope: Scope | None = None) -> Expr | None:
        tree = read_expression(text, scope or self.scope, self.faults, str(subject), want)
        if tree is not None:
            self.trees.append(tree)
        return tree

    def truth(self, text: Written | None, subject: str) -> Expr | None:
        return None if text is None else self.expression(text, subject, "truth")

    def date(self, text: Written | None, subject: str) -> dt.date | None:
        """A day of the rule file itself."""
        if text is None:
            return None
        try:
            return day(text)
        except Unreadable as problem:
            self.fault(text, subject, problem.message)
            return None

    def parameter(self, name: Written, subject: str, kind: str, unit: str = "") -> Parameter | None:
        """The parameter that a shape names, which must have the kind (and, where said, the unit)."""
        found = self.parameters.get(name)
        if found is None:
            if name in self.informing:
                self.fault(name, subject, f"{str(name)!r} cannot be used here: {_INFORMS}")
            elif name not in self.scope.broken:
                self.fault(name, subject, f"no parameter is called {str(name)!r}", nearest(name, self.parameters))
            return None
        self.used.add(str(name))
        if found.type.kind != kind or (unit and found.type.unit != unit):
            wanted = "a share" if unit == "share" else f"a {kind}" + (f" of {unit}" if unit else "")
            self.fault(name, subject, f"the parameter {str(name)!r} is not {wanted}")
            return None
        return found

    def set_aside(self, borrowed: Collection[str]) -> dict[str, Parameter]:
        """Take the parameters that only inform out of reach, of those that come from shared law."""
        found = {name: one for name, one in self.parameters.items() if name in borrowed and one.for_information}
        for name in found:
            del self.parameters[name]
            self.scope.names.pop(name, None)
            self.scope.late[name] = _INFORMS
        for name, table in list(self.scope.lookups.items()):
            if any(cell.name in found for cell in table.cells.values()):
                del self.scope.lookups[name]
                self.scope.late[name] = _INFORMS
        self.informing.update(found)
        return found

    def fact(self, name: Written, subject: str, kinds: tuple[str, ...]) -> Name | None:
        """The fact that a shape names, which must be of one of the kinds."""
        found = self.vocabulary.facts.get(name)
        if found is None and name in self.scope.broken:
            return None
        if found is None or found.kind.value not in kinds:
            right = [known for known, fact in self.vocabulary.facts.items() if fact.kind.value in kinds]
            what = "event" if kinds == ("event",) else "fact of kind " + " or ".join(kinds)
            self.fault(name, subject, f"no {what} is called {str(name)!r}", nearest(name, right))
            return None
        self.asked.add(found.name)
        known = self.scope.names[found.name]
        return Name(found.name, known.role, known.type, name.place)

    def know(self, name: str, role: Role, kind: Type, place: Place, shown: str = "") -> None:
        """Let the expressions that follow use a name."""
        self.scope.names[name] = Named(shown or name, role, kind, place)
