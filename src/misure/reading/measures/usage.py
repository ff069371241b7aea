# SPDX-License-Identifier: Apache-2.0
"""What a measure uses of what it and the vocabulary declare, and what stands in its sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from misure.facts.codes import slips
from misure.ground.place import Fault, nearest
from misure.ground.record import replaced
from misure.reading.measures.draft import Draft
from misure.reading.measures.vocabulary import across
from misure.reading.text.tree import Mapping, Node
from misure.reading.text.written import Written
from misure.rulebook.expression import Aggregate, Call, Expr, Name, Within, walk

__all__ = ["Used", "check_codes", "check_texts", "check_unused", "used_by"]

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_WORD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(slots=True)
class Used:
    """The names that the expressions of a measure read, and the lists in which they look for codes."""

    facts: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    codes: list[tuple[Name, str]] = field(default_factory=list)


def used_by(trees: Iterable[Expr]) -> Used:
    """What the expressions of a measure read."""
    used = Used()
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Name):
                if node.role in ("fact", "event"):
                    used.facts.add(node.name)
                elif node.role == "parameter":
                    used.parameters.add(node.name)
            elif isinstance(node, Aggregate):
                used.tables.add(node.table)
            elif isinstance(node, Call):
                used.tables.update(node.tables)
                used.functions.add(node.function)
            elif isinstance(node, Within) and isinstance(node.codes, Name):
                used.codes.append((node.codes, node.code.type.scheme))
    return used


def check_unused(draft: Draft, used: Used, tree: Mapping, borrowed: Collection[str] = ()) -> None:
    """A legal value that nothing uses is either forgotten in a rule or there for information, and then says so.

    Shared law is there for more than one measure: what this one does not use of it only informs here. Where there are other faults, a mention in any text will do, and so will a misspelling: what cannot be read may
    well have used it.
    """
    mentioned = {word for text in _texts(tree) for word in _WORD.findall(text)} if draft.faults else set[str]()
    mentioned.update(fault.suggestion for fault in draft.faults if fault.suggestion)
    users = used.parameters | draft.used | mentioned
    for name, parameter in list(draft.parameters.items()):
        if name in users or parameter.for_information:
            continue
        if name in borrowed:
            draft.parameters[name] = replaced(parameter, for_information=True)
        else:
            message = "nothing uses this parameter; if it only informs, say 'for_information: yes'"
            draft.faults.append(Fault(parameter.place, name, message))


def _texts(tree: Mapping) -> Iterator[str]:
    waiting: list[Node] = [value for key, value in tree.items() if key != "parameters"]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Written):
            yield node
        else:
            waiting.extend(node.values() if isinstance(node, Mapping) else node)


def check_texts(draft: Draft, definitions: Iterable[str]) -> None:
    """Every `{name}` of a sentence is a parameter or a definition."""
    known = [*draft.parameters, *definitions]
    for subject, text in draft.texts:
        for found in _BRACES.finditer(text):
            name, place = found.group(1), text.place_at(found.start())
            if name is None:
                draft.faults.append(
                    Fault(place, subject, "a brace stands alone in the text; a value is put in as {name}")
                )
            elif name in known:
                draft.used.add(name)
            elif name in draft.informing:
                draft.faults.append(Fault(place, subject, f"{name!r} cannot be used here: {draft.scope.late[name]}"))
            elif name not in draft.scope.broken:
                message = f"the text asks for {{{name}}}, and no parameter or definition is called {name!r}"
                draft.faults.append(Fault(place, subject, message, nearest(name, known)))


def check_codes(draft: Draft, used: Used, sections: Map[str, Map[str, tuple[str, ...]]]) -> None:
    """Every list of codes says its edition and holds sections or codes of it, and codes are looked for in lists of their own."""
    for name, parameter in draft.parameters.items():
        for edition in parameter.type.scheme.split():
            if edition not in sections:
                message = f"no classification is called {edition!r}"
                draft.faults.append(Fault(parameter.place, name, message, nearest(edition, sections)))
            for slip in slips(parameter.type.choices, edition, sections[edition]) if edition in sections else ():
                draft.faults.append(Fault(parameter.place, name, slip.message, slip.suggestion))
    seen: set[tuple[str, str]] = set()
    for read, scheme in used.codes:
        parameter_read = draft.parameters.get(read.name)
        if parameter_read is None or (read.name, scheme) in seen or scheme not in sections:
            continue  # a classification that is none is told where the vocabulary names it
        seen.add((read.name, scheme))
        own = parameter_read.type.scheme.split()
        if not own:
            message = f"a list of codes says the edition of their classification, such as 'edition: {scheme}'"
            draft.faults.append(Fault(parameter_read.place, read.name, message))
        elif scheme not in own and sections.keys() >= set(own):
            message = across("the code", scheme, f"the list {read.name!r}", " and ".join(own))
            draft.faults.append(Fault(read.place, read.name, message))
