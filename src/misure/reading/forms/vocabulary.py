# SPDX-License-Identifier: Apache-2.0
"""The form of the vocabulary files: what may be asked of an applicant, before it is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from misure.reading.forms.form import Form, FormatOne, Names, Prose, Whole, YesNo
from misure.reading.text.written import Written

__all__ = [
    "AskedForm", "EventForm", "FactForm", "FlagForm", "ImpliedForm", "TableForm", "TruthForm", "UnitForm", "VocabularyForm",
    "WordsForm",
]  # fmt: skip

_Nature = Literal["declared", "computed", "assessed"]


class WordsForm(Form):
    """The words of a unit: for one, and for many."""

    one: Written
    many: Written


class UnitForm(Form):
    """A unit of measure, with the bounds within which a number that was not told may stand."""

    decimals: Whole | None = None
    counts: YesNo = "no"
    least: Written
    greatest: Written
    it: WordsForm
    en: WordsForm


class FlagForm(Form):
    """Something that is so or is not. `only_if` names another without which it cannot be, or an event that comes before it."""

    label: Prose
    question: Prose | None = None
    nature: _Nature = "declared"
    note: Prose | None = None
    only_if: Written | None = None


class ImpliedForm(Form):
    """Codes of another fact under which a yes-or-no question is answered by yes; `why` says how that is known."""

    fact: Written
    edition: Written
    codes: Annotated[tuple[Written, ...], Field(json_schema_extra={"minItems": 1})]
    why: Prose


class TruthForm(FlagForm):
    """Something that is so or is not. `implied_by` are the codes that make it so, whatever else is said."""

    implied_by: tuple[ImpliedForm, ...] = ()


class EventForm(FlagForm):
    """Something that happens on a day. It cannot lie before what `not_before` names, nor after what `not_after` names."""

    not_before: Names = ()
    not_after: Names = ()


class FactForm(EventForm):
    """A fact: exactly one of `unit`, `choices`, `code`, `identifier`, `text`, `date` and (in a table) `flag`, `event` says its type.

    `refers_to` names the table of which a text is a key, `replaces` facts that were asked in its place before. `only_if: A <= B`
    says that a number is more than nothing only where the day A is not after the day B. `beyond` are words that are told in the
    place of a whole number and stand after the greatest, in this order, such as a firm without a class after the last class.
    Of a field, `determined_by` names others of the same table: records that tell the same in all of them tell the same here; and
    `other_than` one of the same record, which cannot tell the same.
    """

    unit: Written | None = None
    decimals: Whole | None = None
    least: Written | None = None
    greatest: Written | None = None
    beyond: dict[Written, Prose] | None = None
    choices: dict[Written, Prose] | None = None
    code: Written | None = None
    identifier: Written | None = None
    text: Whole | None = None
    date: YesNo = "no"
    flag: YesNo = "no"
    event: YesNo = "no"
    refers_to: Written | None = None
    replaces: Names = ()
    determined_by: Names = ()
    other_than: Written | None = None


class TableForm(Form):
    """A table of records. `key` is the field that is unique; `name` the one that names a record to people.

    `identity` is the identifier that says who a record is: no two records share it.
    """

    label: Prose
    question: Prose | None = None
    key: Written
    name: Written | None = None
    identity: Written | None = None
    max_items: Whole
    unit: Written | None = None
    fields: dict[Written, FactForm] = Field(min_length=1)
    note: Prose | None = None


class AskedForm(Form):
    """What a vocabulary file, and a measure for itself, may declare."""

    facts: dict[Written, FactForm] = {}
    flags: dict[Written, TruthForm] = {}
    events: dict[Written, EventForm] = {}
    tables: dict[Written, TableForm] = {}


class VocabularyForm(AskedForm):
    """A vocabulary file."""

    format: FormatOne
    units: dict[Written, UnitForm] = {}
