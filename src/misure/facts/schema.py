# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema (draft 2020-12) of the facts that a measure asks, for forms and for checks at the door.

Titles and descriptions are the Italian labels and questions of the vocabulary. Amounts are decimal texts. A code is asked in its
plain writing, though a tax code may be told in any. Nothing is required but the key of a record: what is not known is left out.
`x-` keys say what JSON Schema has no word for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from misure.facts.values import bound_text, code_form
from misure.facts.vocabulary import Fact, Kind, Nature, Table
from misure.ground.days import day_text
from misure.ground.times import TIME_FORM
from misure.identifiers.forms import FREE, form, unlike

__all__ = ["facts_schema"]

Schema: TypeAlias = dict[str, object]


def facts_schema(facts: Mapping[str, Fact], tables: Mapping[str, Table], title: str) -> Schema:
    """The schema of one measure's facts. Facts that it does not ask may stand beside those it does.

    >>> from misure.facts.vocabulary import Fact, Kind
    >>> signed = Fact("agreement_signed", Kind.TRUTH, label="accordo firmato", question="L'accordo è firmato?")
    >>> facts_schema({"agreement_signed": signed}, {}, "Filiere")["properties"]["agreement_signed"]["type"]
    ['boolean', 'null']
    """
    properties = {name: _fact(fact) for name, fact in facts.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties | {name: _table(table) for name, table in tables.items()},
    }


def _table(table: Table) -> Schema:
    record: Schema = {
        "type": "object",
        "properties": {name: _fact(field, needed=name == table.key) for name, field in table.fields.items()},
        "required": [table.key],
        "additionalProperties": False,
    }
    records: Schema = {"type": "array", "items": record, "maxItems": table.max_items}
    told_in_part: Schema = {
        "type": "object",
        "properties": {"records": records, "complete": {"type": "boolean"}},
        "required": ["records"],
        "additionalProperties": False,
    }
    named = _words(table.label, table.question) | {"x-key": table.key, "x-shown": table.shown}
    if table.identity:
        named["x-identity"] = table.identity
    return named | {"anyOf": [records, told_in_part, {"type": "null"}]}


def _fact(fact: Fact, *, needed: bool = False) -> Schema:
    named = _words(fact.label, fact.question) | {"x-nature": fact.nature.value}
    if fact.kind is Kind.NUMBER:
        named |= {
            "x-unit": fact.unit,
            "x-least": _bound(fact, fact.least),
            "x-greatest": _bound(fact, fact.greatest - len(fact.choices)),
        }
    if fact.kind is Kind.CODE:
        named["x-scheme"] = fact.scheme
    if fact.identifier:
        named["x-identifier"] = fact.identifier
    if fact.refers_to:
        named["x-refers-to"] = fact.refers_to
    if fact.determined_by:
        named["x-determined-by"] = list(fact.determined_by)
    if fact.other_than:
        named["x-other-than"] = fact.other_than
    value = _value(fact)
    if fact.nature is not Nature.ASSESSED:
        return named | (value if needed else _or_null(value))
    text: Schema = {"type": ["string", "null"], "minLength": 1}
    judgement: Schema = {
        "type": "object",
        "properties": {"value": _or_null(value), "by": text, "on": _or_null(_day()), "why": text},
        "required": ["value"],
        "additionalProperties": False,
    }
    return named | {"anyOf": [value, judgement, *([] if needed else [_null()])]}


def _value(fact: Fact) -> Schema:
    match fact.kind:
        case Kind.NUMBER if fact.is_time:
            return {"type": "string", "pattern": f"^{TIME_FORM}$"}
        case Kind.NUMBER:
            return _number(fact)
        case Kind.TRUTH:
            return {"type": "boolean"}
        case Kind.DATE:
            return _day() | {"x-least": day_text(fact.least), "x-greatest": day_text(fact.greatest)}
        case Kind.EVENT:
            return {"anyOf": [_day(), {"const": "not_yet", "title": "non ancora"}]}
        case Kind.CHOICE:
            titles = [{"const": choice, "title": label} for choice, label in fact.choices.items()]
            return {"type": "string", "enum": list(fact.choices), "oneOf": titles}
        case Kind.CODE:
            return {"type": "string", "pattern": f"^{code_form(fact)}$"}
        case Kind.TEXT if fact.identifier in FREE:
            text: Schema = {"type": "string", "minLength": 1, "maxLength": fact.greatest}
            return text | {"not": {"pattern": f"^({unlike(fact.identifier)})$"}}
        case Kind.TEXT if fact.identifier:
            return {"type": "string", "pattern": f"^{form(fact.identifier)}$", "maxLength": fact.greatest}
        case Kind.TEXT:
            return {"type": "string", "minLength": 1, "maxLength": fact.greatest}


def _number(fact: Fact) -> Schema:
    scale = 10**fact.decimals
    sign = "-?" if fact.least < 0 else ""
    part = rf"(\.[0-9]{{1,{fact.decimals}}})?" if fact.decimals else ""
    texts: list[Schema] = [{"type": "string", "pattern": f"^{sign}[0-9]+{part}$"}]
    if fact.unit == "share":
        texts.append({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?%$"})
    whole: Schema = {"type": "integer", "minimum": -(-fact.least // scale), "maximum": fact.greatest // scale}
    # Words told in its place, which stand for the last of its values.
    words: list[Schema] = [{"const": word, "title": label} for word, label in fact.choices.items()]
    return {"anyOf": [*texts, whole] if fact.decimals else [whole, *texts, *words]}


def _or_null(value: Schema) -> Schema:
    """The value or null, which says that it was not told."""
    kind = value.get("type")
    if isinstance(kind, str) and "enum" not in value:
        return value | {"type": [kind, "null"]}
    options = value.get("anyOf")
    rest = {key: part for key, part in value.items() if key != "anyOf"}
    return rest | {"anyOf": [*options, _null()]} if isinstance(options, list) else {"anyOf": [value, _null()]}


def _words(label: str, question: str) -> Schema:
    return {key: text for key, text in (("title", label), ("description", question)) if text}


def _bound(fact: Fact, bound: int) -> str:
    return bound_text(fact, bound).removesuffix(f" {fact.unit}")


def _day() -> Schema:
    return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _null() -> Schema:
    return {"type": "null"}
