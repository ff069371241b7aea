# SPDX-License-Identifier: Apache-2.0
"""The front door: the applicants in a frame, the records of their tables in others, one answer a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from misure.batch.question import Question, column_names
from misure.batch.rows import ASSUMED, amounts
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.facts.values import shown
from misure.ground.arguments import wanted
from misure.ground.extras import with_chosen
from misure.ground.given import Day, plain_day

__all__ = ["condition_names", "decide"]

_FIRST = ("outcome", "failed", "unknown", ASSUMED)

F = TypeVar("F")
"""A dataframe of any kind: pandas, polars (eager or lazy), a DuckDB relation, an Arrow table."""


def condition_names(measure: Measure) -> tuple[str, ...]:
    """The conditions in the order of the bits of the masks: the first is bit 0 of `failed` and of `unknown`.

    Each word holds 62; the 63rd condition is bit 0 of `failed_2`.

    Raises:
        TypeError: `measure` is no measure.
    """
    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    return tuple(condition.id for condition in measure.rulebook.conditions)


@with_chosen
def decide(
    measure: Measure, frame: F, *, on: Day, tables: Mapping[str, Any] | None = None, key: str = "id",
    parent: str = "applicant", complete: bool | Collection[str] = False, check_keys: bool = True,
) -> F:  # fmt: skip
    """Decide many applicants, one a row: the same answers as `measure.decide` gives one by one.

    `frame` has one column for each fact, by its name, and the applicants' own key in column `key`. Numbers are whole
    units in an integer column, or decimals, or cents in an integer column `<fact>_cents`; events are dates, and
    `<event>_not_yet` (true) says that one has not happened. A null, like a column that is not there, is a fact not told.
    Each frame of `tables` has the records of one table, with the key of their applicant in column `parent`. An applicant
    without records there does not tell the table, unless column `<table>_known` of `frame` is true, or `complete` names the
    table: then it has none. Where `<table>_known` is false, there may be more records.

    The answer has the key and these columns:

    * `outcome`: eligible, no_known_obstacle, refused, undecided or not_applicable; or why the row has no answer: bad_facts
      (a value cannot be, contradicts another, stands for one firm twice, or names a record that is not there), conflict (the
      act contradicts itself), not_encoded (the law of the day is not known).
    * `failed`, `unknown`: the conditions not met and not known, as bits in the order of `condition_names`.
    * `assumed`, where the frame has a column `filed_on_not_yet`, or a frame of a table whose firms the conditions count is
      given: what the row's answers take for so though nobody told it, by name, with blanks between the names. `filed_on` of
      what is not filed yet and is decided as if filed on the day of the question; `partners.codice_fiscale` where a condition
      is met only if partners of whom nobody said who they are are different firms.
    * `<line>_cents` for each line of support, `own_share_cents`, and each amount that is given back: exact cents, 0 for a refused applicant; where the
      amount may be open this is its low end and `<line>_cents_to` the high one.

    A row without an answer has nulls there. Lazy frames stay lazy and are taken to have nulls anywhere, unless
    `complete` is true or names the facts always told (`turnover`, `partners.kind`); a null in these is bad facts. A table that
    it names has all the records of everybody.
    `check_keys=False` trusts the keys: of a lazy frame they are otherwise looked at at once.

    Raises:
        BadFacts: `on` is a text and no day; a column is of the wrong type or nobody knows its name, or keys do not fit together; all at once.
        NotEncoded: The day `on` lies before the first edition, or after the last day on which questions can be put.
        MissingExtra: The frame is of pandas or DuckDB, and pyarrow, with which it is read, is not installed.
        TypeError: `on` is neither a plain date nor a text, `measure` no measure, `key` or `parent` no name, or something is no dataframe.
    """
    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    column_names(key=key, parent=parent)
    day = plain_day(on)
    if tables is not None and not isinstance(tables, Mapping):
        raise TypeError(f"tables= has a dataframe for each table; got {shown(tables)}")
    compiled(measure).check_question(day)
    answers = {*_FIRST, *(f"{name}_cents" for name, _ in amounts(measure))}
    question = Question(measure, day, key, parent, answers=answers)
    question.take(frame, tables or {}, complete)
    return question.answer(check_keys=check_keys)  # type: ignore[no-any-return]
