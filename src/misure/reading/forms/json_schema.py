# SPDX-License-Identifier: Apache-2.0
"""JSON Schema 2020-12 of the five kinds of rule file, from their forms, so that an editor can complete and check.

An editor types YAML: where we read texts it sees numbers and booleans as well, and the schemas accept them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from misure.ground.place import Fault, Place
from misure.ground.whole_file import write_whole
from misure.reading.forms.anchors import AnchorsForm
from misure.reading.forms.cases import CasesForm
from misure.reading.forms.law import LawForm
from misure.reading.forms.measure import MeasureForm
from misure.reading.forms.vocabulary import VocabularyForm

__all__ = ["check_schemas", "schema_of", "write_schemas"]

_FORMS: dict[str, type[BaseModel]] = {
    "measure": MeasureForm, "law": LawForm, "vocabulary": VocabularyForm, "cases": CasesForm,
    "anchors": AnchorsForm,
}  # fmt: skip
_FORMAT = 1
_TEXT = {"type": ["string", "number", "boolean"]}
_NAMED = ("properties", "$defs", "patternProperties")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of `measure`, `law`, `vocabulary`, `cases` or `anchors` files.

    >>> schema_of("cases")["$id"]
    'urn:misure:schema:1:cases'
    """
    schema = _plainer(_FORMS[kind].model_json_schema())
    schema["$defs"] = {"Text": _TEXT, **schema.get("$defs", {})}
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:misure:schema:{_FORMAT}:{kind}",
        "title": f"misure, {kind} file, format {_FORMAT}",
    }
    return {**head, **schema}


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas below the folder of a rule package; returns the files.

    Raises:
        OSError: They cannot be written, or a link stands in the place of one or of their folder.
    """
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    paths = []
    for kind in _FORMS:
        path = folder / f"{kind}.json"
        write_whole(path, [_text(kind)], within=root)
        paths.append(path)
    return paths


def check_schemas(root: Path) -> list[Fault]:
    """What differs between the committed schemas and the forms."""
    faults = []
    for kind in _FORMS:
        path = root / "schema" / f"{kind}.json"
        if not path.is_file():
            faults.append(Fault(Place(str(path)), kind, "the schema is missing; write it with 'misure schema'"))
        elif _told(path) != schema_of(kind):
            faults.append(Fault(Place(str(path)), kind, "the schema is out of date; write it with 'misure schema'"))
    return faults


def _told(path: Path) -> object:
    """What a committed schema says, however it is laid out."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def _text(kind: str) -> str:
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def _plainer(node: Any, *, names: bool = False) -> Any:
    """The schema as an editor needs it; `names` when the keys of `node` are names of ours.

    Left out: the titles that pydantic makes of names, defaults, and null, which no rule file can hold. Shapes are told
    apart by us, so that one of several need not be the only one that fits.
    """
    if isinstance(node, list):
        return [_plainer(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node == _TEXT:
        return {"$ref": "#/$defs/Text"}
    found = {
        ("anyOf" if key == "oneOf" and not names else key): _plainer(value, names=key in _NAMED and not names)
        for key, value in node.items()
        if names or key not in ("title", "default", "propertyNames")
    }
    if names:
        return found
    if "patternProperties" in found:
        found["additionalProperties"] = False
    options = [option for option in found.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        del found["anyOf"]
        return {**options[0], **found}
    return {**found, "anyOf": options} if options else found
