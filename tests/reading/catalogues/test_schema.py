# SPDX-License-Identifier: Apache-2.0
"""The committed JSON Schemas are those of the forms, are valid, and accept every rule file as an editor types it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from misure.reading import check_schemas, schema_of, write_schemas

ROOT = Path(__file__).parents[3]
FOLDERS = [
    ROOT / "rules",
    ROOT / "tests" / "reading" / "data" / "rules",
    ROOT / "tests" / "packages" / "misure-prova" / "src" / "misure_prova" / "rules",
]
KINDS = {
    "measure": "**/measure.yaml",
    "law": "**/law.yaml",
    "cases": "**/cases.yaml",
    "vocabulary": "vocabulary/*.yaml",
    "anchors": "**/anchors.yaml",
}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers are numbers, `yes` and days are texts."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp", ":int", ":float"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:int", yaml.resolver.re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:float", yaml.resolver.re.compile(r"[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789")
)
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def keys_are_texts(node):
    if isinstance(node, dict):
        return {str(key): keys_are_texts(value) for key, value in node.items()}
    assert not isinstance(node, dt.date)
    return [keys_are_texts(item) for item in node] if isinstance(node, list) else node


def test_the_committed_schemas_are_those_of_the_forms():
    assert check_schemas(ROOT / "rules") == []


def test_a_schema_that_is_missing_or_old_is_told(tmp_path):
    assert len(check_schemas(tmp_path)) == 5
    write_schemas(tmp_path)
    assert check_schemas(tmp_path) == []
    (tmp_path / "schema" / "cases.json").write_text("{}", encoding="utf-8")
    assert [fault.subject for fault in check_schemas(tmp_path)] == ["cases"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_says_what_it_is(kind):
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:misure:schema:1:{kind}"


@pytest.mark.parametrize(("kind", "pattern"), KINDS.items())
def test_every_rule_file_is_accepted_as_an_editor_types_it(kind, pattern):
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    files = [path for folder in FOLDERS for path in sorted(folder.glob(pattern))]
    assert len(files) >= (2 if kind == "law" else 3)
    for path in files:
        typed = keys_are_texts(yaml.load(path.read_text(encoding="utf-8"), Loader=Editor))  # noqa: S506 - a SafeLoader
        found = [f"{path}: {error.json_path}: {error.message}" for error in validator.iter_errors(typed)]
        assert found == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("measure", '{"format": 2}'),
        ("measure", '{"formt": 1}'),
        ("vocabulary", '{"format": 1, "facts": {"a": {"label": null}}}'),
        ("law", '{"format": 1, "law": "a/b", "schedule": {}}'),
        ("cases", '{"format": 1, "measure": "a/b", "cases": []}'),
    ],
)
def test_what_is_wrong_is_refused(kind, text):
    assert list(jsonschema.Draft202012Validator(schema_of(kind)).iter_errors(json.loads(text)))
