# SPDX-License-Identifier: Apache-2.0
"""What the forms share: a form mirrors one shape of a rule file, refuses unknown keys, and holds texts with places.

A form checks that the right keys are there and hold a text, a list or a mapping. What the texts mean is checked when
the file is linked, where names, types and units are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from misure.reading.text.written import Written

__all__ = ["DatedKey", "Form", "FormatOne", "Listed", "Names", "Prose", "Whole", "YesNo", "shape_of"]

YesNo: TypeAlias = Literal["yes", "no"]

FormatOne = Annotated[Literal["1"], WithJsonSchema({"const": 1})]
"""The version of the file format."""

DatedKey = Annotated[Written, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
"""A day as a key, from which on what follows holds."""

Whole = Annotated[Written, WithJsonSchema({"type": ["integer", "string"]})]
"""A whole number."""


def _said(value: Written) -> Written:
    # What could not be read is told where it stands, and what takes its place has none.
    if not value.strip() and value.place.line:
        raise PydanticCustomError("empty_text", "this is empty")
    return value


Prose = Annotated[
    Written, AfterValidator(_said), WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": r"\S"})
]
"""A text for people: a title, a sentence, the place in an act, a reason. It is not empty."""


class Form(BaseModel):
    """One shape of a rule file. Forms never change, and know every key that may stand in them."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _OneOrMore:
    """A text or a list of texts; with `keep`, a single text stays one, else it becomes a list of one."""

    def __init__(self, *, keep: bool) -> None:
        self.keep = keep

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = {"type": ["string", "number", "boolean"]}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def _read(self, value: Any) -> Written | tuple[Written, ...]:
        if isinstance(value, Written):
            return value if self.keep else (value,)
        if isinstance(value, list) and value and all(isinstance(item, Written) for item in value):
            return tuple(value)
        raise PydanticCustomError("one_or_more", "a text or a list of texts belongs here")


if TYPE_CHECKING:
    Names = tuple[Written, ...]
    Listed = Written | tuple[Written, ...]
else:
    Names = Annotated[tuple, _OneOrMore(keep=False)]
    Listed = Annotated[Any, _OneOrMore(keep=True)]


def shape_of(value: Any) -> str:
    """Which of the shapes of one key this is: `written`, `dated` (its keys are days) or `long`."""
    if isinstance(value, dict):
        return "<dated>" if next(iter(value), "")[:4].isdigit() else "<long>"
    return "<written>"
