# SPDX-License-Identifier: Apache-2.0
r"""What may be handed over as facts: a mapping, a JSON text, or a pydantic object.

>>> facts, places = facts_of('{"turnover": "1234.50",\n "exports": 12.5}')
>>> facts["exports"], str(places(("exports",)))
(JsonDecimal(text='12.5'), '<facts>:2:13')
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from misure.facts.json_places import MOST_DEPTH, JsonPlaces, json_values
from misure.facts.json_words import told_of
from misure.facts.reader import Places, path_text
from misure.facts.values import JsonDecimal, shown
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Lines, Place

__all__ = ["MOST_BYTES", "facts_of", "json_told"]

MOST_BYTES = 1_000_000
"""The longest JSON text that is read."""

_LONGEST_WHOLE = 40  # digits; no bound of any vocabulary is so wide, and reading millions of digits takes for ever


def facts_of(
    source: object, name: str = "<facts>", sink: list[Fault] | None = None
) -> tuple[Mapping[str, object], Places | None]:
    """The facts as a mapping, and where each value of a text stands (None when there is no text).

    A number with a point in a JSON text is kept as written: most readers make a binary float of it, so `FactsForm`
    refuses it where a number is asked. `name` stands for the file in the faults. Where `sink` is given it takes what the
    text says that JSON has not, or says twice; such a value is not told.

    Raises:
        BadFacts: The source is none of the three, or the text is no JSON, is too long or too deep; or there is no sink, and
            it repeats a name or has a number that is none.
    """
    if type(source) is dict or isinstance(source, Mapping):
        return source, None
    if isinstance(source, str | bytes | bytearray):
        return _from_json(source, name, sink)
    dump = getattr(source, "model_dump", None)
    if callable(dump) and not isinstance(source, type):
        dumped = dump()
        if isinstance(dumped, Mapping):
            return dumped, None
    raise _refused(Place(name), f"expected a mapping, a JSON text or a pydantic object; got {shown(source)}")


def _from_json(
    source: str | bytes | bytearray, name: str, sink: list[Fault] | None
) -> tuple[Mapping[str, object], Places]:
    if len(source) > MOST_BYTES:
        raise _refused(Place(name), f"the text is longer than {MOST_BYTES} bytes")
    try:
        text = source if isinstance(source, str) else source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(Place(name), f"the text is not UTF-8: byte {error.start} cannot be read") from None
    told, places = json_told(text, name, sink)
    if not isinstance(told, dict):
        raise _refused(places(()), "expected a JSON object of facts, each with its name")
    return told, places


def json_told(text: str, name: str, sink: list[Fault] | None = None) -> tuple[object, JsonPlaces]:
    """What a JSON text says, numbers with a point as written, and where each value stands; `name` is its file.

    Raises:
        BadFacts: It is no JSON, or is too deep; or there is no `sink`, and it repeats a name or has a number that is none.
    """
    text = text.removeprefix("\ufeff")
    odd: list[str] = []
    try:
        facts = _parse(text, odd)
    except json.JSONDecodeError as error:
        at, why = told_of(text, error)
        raise _refused(Lines(text, name).place(at), f"this is not JSON: {why}") from None
    except RecursionError:
        raise BadFacts(_odd_faults(text, name)) from None
    deep = _is_deep(facts)
    if sink is not None and odd and not deep:
        sink += _odd_faults(text, name)
    elif odd or deep:
        raise BadFacts(_odd_faults(text, name))
    return facts, JsonPlaces(text, name)


def _parse(text: str, odd: list[str]) -> Any:
    """What the text says. What JSON has not, or says twice, is noted in `odd`: the parser does not know where it stands."""

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) != len(items):
            odd.append("repeated")
        return found

    def whole(digits: str) -> int | None:
        if len(digits) <= _LONGEST_WHOLE:
            return int(digits)
        odd.append(digits)
        return None

    return json.loads(
        text, object_pairs_hook=pairs, parse_int=whole, parse_float=JsonDecimal, parse_constant=odd.append
    )


def _is_deep(facts: object) -> bool:
    level = [facts]
    for _ in range(MOST_DEPTH):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _odd_faults(text: str, name: str) -> Iterator[Fault]:
    """Names that stand twice in one object, numbers that are none or too long, and what is nested too deeply."""
    seen: set[tuple[str | int, ...]] = set()
    repeated: set[tuple[str | int, ...]] = set()
    lines = Lines(text, name)
    for value in json_values(text):
        path, lexeme, where = value.path, value.lexeme, path_text(value.path)
        if path in seen:
            if path[:-1] not in repeated:
                yield Fault(lines.place(value.name_at), where, "the name stands twice in one object")
            repeated.add(path)
        seen.add(path)
        if lexeme in {"NaN", "Infinity", "-Infinity"}:
            yield Fault(lines.place(value.at), where, f"{lexeme} is no number")
        elif lexeme[0] in "-0123456789" and len(lexeme) > _LONGEST_WHOLE and lexeme.lstrip("-").isdecimal():
            yield Fault(lines.place(value.at), where, f"a whole number of {len(lexeme)} digits is too long")
        elif lexeme in "[{" and len(path) >= MOST_DEPTH:
            yield Fault(lines.place(value.at), where[:60], f"nested more than {MOST_DEPTH} levels deep")


def _refused(place: Place, message: str) -> BadFacts:
    return BadFacts([Fault(place, "", message)])
