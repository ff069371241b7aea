# SPDX-License-Identifier: Apache-2.0
r"""Whether a file has the keys and shapes of its form; every deviation becomes a fault at its place, in our own words.

>>> from misure.reading.text.events import read_text
>>> from misure.reading.forms.vocabulary import VocabularyForm
>>> faults = []
>>> fill(VocabularyForm, read_text("format: 1\nunit: {}", "v.yaml"), faults)
>>> print(*faults)
v.yaml:2:1: unknown key 'unit'; did you mean 'units'?
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from collections.abc import Mapping as Map
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from misure.ground.place import Fault, Place, nearest
from misure.reading.text.tree import Mapping, Node, Sequence, key_of
from misure.reading.text.written import Written

__all__ = ["fault_of", "fill", "own_errors", "steps_of", "words_of"]

F = TypeVar("F", bound=BaseModel)

_MESSAGES = {
    "is_instance_of": "a text belongs here, not {found}",
    "dict_type": "a mapping belongs here, not {found}",
    "model_type": "a mapping belongs here, not {found}",
    "model_attributes_type": "a mapping belongs here, not {found}",
    "list_type": "a list belongs here, not {found}",
    "tuple_type": "a list belongs here, not {found}",
    "one_or_more": "a text or a list of texts belongs here, not {found}",
    "too_short": "at least {min_length} belong here, and this has {count}",
    "too_long": "at most {max_length} belong here, and this has {count}",
    "empty_text": "this is empty: it is a text for people; write it, or leave the key out where it may be",
    "union_tag_invalid": "this has a shape that cannot stand here",
}


_OF_WINDOWS = ("opens_at", "closes_at")


def fill(form: type[F], node: Node, faults: list[Fault]) -> F | None:
    """The form filled with what was read; None, and the faults added, when it does not fit."""
    try:
        return form.model_validate(node)
    except ValidationError as problem:
        faults.extend(fault_of(form, node, error) for error in own_errors(node, problem))
        return None


def own_errors(node: Node, problem: ValidationError) -> list[ErrorDetails]:
    """What is wrong by itself: a list is not short where only what is wrong in it does not count."""
    errors = problem.errors(include_url=False)
    return [one for one in errors if one["type"] != "too_short" or _long(node, one) < one["ctx"]["min_length"]]


def _long(root: Node, error: ErrorDetails) -> int:
    _, node, _ = _walk(root, steps_of(error))
    return len(node) if isinstance(node, Mapping | Sequence) else 0


def steps_of(error: ErrorDetails) -> list[str | int]:
    """The way to what is wrong through the file: keys, and numbers of a list."""
    return [step for step in error["loc"] if not str(step).startswith("<") and step != "[key]"]


def words_of(error: ErrorDetails) -> list[str]:
    """The words of which one belongs where another stands."""
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")


def fault_of(form: type[BaseModel], root: Node, error: ErrorDetails) -> Fault:
    """What is wrong, in our own words."""
    loc = steps_of(error)
    around, node, names = _walk(root, loc)
    kind = error["type"]
    last = str(loc[-1]) if loc else ""
    subject = next((name for name in reversed(names[:-1])), "") if names and names[-1] == last else "".join(names[-1:])
    if kind == "missing":
        return Fault(node.place, subject, f"a key is missing: {last!r}")
    if kind == "extra_forbidden" and isinstance(around, Mapping):
        known = _keys(form, error["loc"][:-1], root)
        if last in _OF_WINDOWS and last not in known:
            message = f"{last!r} cannot stand here: an hour belongs to a window, beside its 'from' and 'until'"
            return Fault(key_of(around, last).place, subject, message)
        return _unknown_key(key_of(around, last).place, subject, last, known)
    place: Place = node.place
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "")
        words = words_of(error)
        said = f"{str(node)!r} cannot stand here" if isinstance(node, Written) else f"{_found(node)} cannot stand here"
        return Fault(place, subject, f"{said}; it is {expected}", nearest(str(node), words) if len(words) > 1 else None)
    message = _MESSAGES.get(kind, "this cannot stand here")
    if kind == "too_short" and not node:
        message = "this is empty: at least {min_length} belongs here"
    if kind == "one_or_more" and isinstance(node, Sequence):
        message = "a text or a list of texts belongs here, and this list " + ("holds others" if node else "is empty")
    count = len(node) if isinstance(node, Mapping | Sequence) else 0
    return Fault(place, subject, message.format(found=_found(node), count=count, **error.get("ctx", {})))


def _walk(root: Node, loc: list[Any]) -> tuple[Node, Node, list[str]]:
    """The value at `loc` or the nearest around it, what holds it, and the names passed on the way."""
    around, node, names = root, root, []
    for step in loc:
        if isinstance(node, Mapping) and step in node:
            around, node = node, node[step]
            names.append(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            around, node = node, node[step]
    return around, node, names


def _found(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    return "a list" if isinstance(node, Sequence) else f"the text {str(node)[:40]!r}"


def _keys(form: type[BaseModel], loc: tuple[Any, ...], root: Node) -> list[str]:
    """The keys that may stand in the shape at `loc`, found in the form's JSON Schema (only when a fault is told)."""
    schema, data = _schema(form), root
    node: Map[str, Any] = schema
    for step in loc:
        node = _resolve(node, schema)
        fitting = _fitting(_alternatives(node), data, schema)
        options = [option for option in (_step(one, step, schema) for one in fitting) if option]
        if options:
            node = {"anyOf": options} if len(options) > 1 else options[0]
        if (isinstance(data, Mapping) and step in data) or (
            isinstance(data, Sequence) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
    found: list[str] = []
    for one in _alternatives(_resolve(node, schema)):
        found.extend(_resolve(one, schema).get("properties", {}))
    return found


@cache
def _schema(form: type[BaseModel]) -> dict[str, Any]:
    """The form's JSON Schema: made once, for a file may have thousands of wrong keys."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a default of None is left out of the schema, as it should be
        return form.model_json_schema()


def _alternatives(node: Map[str, Any]) -> list[Map[str, Any]]:
    """A shape and those of which it is one, which may be one of several themselves."""
    among = (*node.get("anyOf", ()), *node.get("oneOf", ()))
    return [node, *(part for one in among for part in _alternatives(one))]


def _fitting(shapes: list[Map[str, Any]], data: Node, schema: Map[str, Any]) -> list[Map[str, Any]]:
    """Of several shapes those that know all keys which stand there: of two that a mapping may have, the one that is meant."""
    if not isinstance(data, Mapping):
        return shapes
    known = [(one, _resolve(one, schema).get("properties")) for one in shapes]
    found = [one for one, properties in known if properties is None or properties.keys() >= set(data)]
    return found if any(properties for one, properties in known if one in found) else shapes


def _resolve(node: Map[str, Any], schema: Map[str, Any]) -> Map[str, Any]:
    reference = node.get("$ref", "")
    return schema["$defs"][reference.rsplit("/", 1)[1]] if reference else node


def _step(node: Map[str, Any], step: Any, schema: Map[str, Any]) -> Map[str, Any] | None:
    node = _resolve(node, schema)
    if isinstance(step, int):
        found = node.get("items")
    else:
        found = node.get("properties", {}).get(step) or node.get("additionalProperties")
    return found if isinstance(found, dict) else None


def _unknown_key(place: Place, subject: str, key: str, known: Iterable[str]) -> Fault:
    """The fault of a key that nothing has, with the nearest right one: never the one that means the contrary."""
    known = sorted(known)
    if key == "at_least" and key not in known and "at_most" in known:
        told = f"unknown key {key!r}: that something is at least so much is a condition, under the provisions (holds: ... >= ...)"
        return Fault(place, subject, told)
    return Fault(place, subject, f"unknown key {key!r}", nearest(key, known))
