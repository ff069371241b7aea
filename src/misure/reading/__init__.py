# SPDX-License-Identifier: Apache-2.0
"""From files of rules, cases and facts to checked objects; every fault of every file is told at once, with its place.

Names are loaded when they are first used: reading facts needs no pydantic, reading values needs no YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.reading.cases.decisions import WorkedCase, read_cases
    from misure.reading.expressions.literals import read_value
    from misure.reading.forms.json_schema import check_schemas, schema_of, write_schemas
    from misure.reading.packages.checking import check_package
    from misure.reading.packages.package import measures_of, read_rulebook
    from misure.reading.text.events import read_file, read_text
    from misure.reading.text.tree import place_of, plain

__all__ = [
    "WorkedCase", "check_package", "check_schemas", "measures_of", "place_of", "plain", "read_cases", "read_file",
    "read_rulebook", "read_text", "read_value", "schema_of", "write_schemas",
]  # fmt: skip

_HOMES = {
    "WorkedCase": "cases.decisions", "check_package": "packages.checking", "check_schemas": "forms.json_schema",
    "measures_of": "packages.package", "place_of": "text.tree", "plain": "text.tree", "read_cases": "cases.decisions",
    "read_file": "text.events", "read_rulebook": "packages.package", "read_text": "text.events",
    "read_value": "expressions.literals", "schema_of": "forms.json_schema", "write_schemas": "forms.json_schema",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, {name: f"{__name__}.{home}" for name, home in _HOMES.items()})
