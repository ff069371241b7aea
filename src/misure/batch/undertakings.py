# SPDX-License-Identifier: Apache-2.0
"""Single undertakings over a whole frame of relations: the bulk form of what one decision works out for its applicant."""

from __future__ import annotations

from typing import Any, TypeVar

import narwhals as nw

from misure.batch.native import Native, native
from misure.batch.question import column_names
from misure.ground.errors import BadFacts
from misure.ground.extras import with_chosen
from misure.ground.given import Mistake
from misure.ground.place import Fault, Place, nearest
from misure.identifiers.entering import entered
from misure.identifiers.identity import parse
from misure.undertakings.connected import components

__all__ = ["single_undertakings"]

F = TypeVar("F")
_PLACE = Place("<frame relations>")
_MOST_TOLD = 50


@with_chosen
def single_undertakings(
    relations: F, *, controller: str = "controller", controlled: str = "controlled", control: str = "control"
) -> F:
    """The single undertaking of everybody who is named in a frame of relations (art. 2(2) Reg. (EU) 2023/2831).

    Each row says that `controller` controls `controlled`, as far as the truth `control` says so: null is not known. The
    answer is a frame of the same kind with a row for each undertaking: `undertaking`; `impresa_unica`, the least identifier
    of its group by the relations that are sure; `impresa_unica_possible`, the same with those that may be. Where the two
    differ, who belongs to the group is not certain: what a person controls, whose codice fiscale does not say whether it trades, is
    possible alone. Join it to a frame of aid to sum what a group was granted.

    Lazy frames are collected, because chains of any length are followed; the answer is as lazy as the relations were.

    >>> import pyarrow as pa
    >>> table = pa.table({"controller": ["A", "B", "X"], "controlled": ["B", "C", "Y"], "control": [True, None, True]})
    >>> for row in single_undertakings(table).to_pylist():
    ...     print(*row.values())
    A A A
    B A A
    C C A
    X X X
    Y X X

    Texts are read by `misure.identifiers.identity`: two writings of one code are one undertaking, and the answer has its one
    writing.

    Raises:
        BadFacts: A column is not there or of the wrong type, an identifier is null, or one has the shape of a code and is
            none; all at once.
        MissingExtra: The frame is of pandas or DuckDB, and pyarrow, with which it is read, is not installed.
        TypeError: It is no dataframe.
    """
    column_names(controller=controller, controlled=controlled, control=control)
    given = native(relations, _PLACE)
    _check(given, controller, controlled, control)
    frame = given.frame.select(nw.col(controller), nw.col(controlled), nw.col(control))
    table = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    rows: list[tuple[Any, Any, bool | None]] = list(table.iter_rows())
    empty = [number for number, (one, other, _) in enumerate(rows, 1) if one is None or other is None]
    if empty:
        message = f"row {empty[0]} names nobody at one end" + (f", and {len(empty) - 1} more" if empty[1:] else "")
        raise BadFacts([Fault(_PLACE, controller, message)])
    rows = _identities(rows, controller, controlled)
    ends = [end for row in rows for end in row[:2]]
    persons = {end for end in dict.fromkeys(ends) if isinstance(end, str) and parse(end).sort == "person"}
    sure = components([(one, other) for one, other, holds in rows if holds and one not in persons], nodes=ends)
    possible = components([(one, other) for one, other, holds in rows if holds is not False], nodes=ends)
    names = sorted(sure)
    columns = {
        "undertaking": names, "impresa_unica": [sure[name] for name in names],
        "impresa_unica_possible": [possible[name] for name in names],
    }  # fmt: skip
    # Of relations of which there is none nobody says what identifies an undertaking.
    kind = nw.String() if isinstance(given.schema[controller], nw.Unknown) else given.schema[controller]
    answer: F = given.made(columns, dict.fromkeys(columns, kind))
    return answer


def _identities(
    rows: list[tuple[Any, Any, bool | None]], controller: str, controlled: str
) -> list[tuple[Any, Any, bool | None]]:
    """The rows with every text in the one writing of its identity; whole numbers are keys of the caller's own."""
    faults: list[Mistake] = []
    read: dict[Any, Any] = {}
    for number, row in enumerate(rows, 1):
        for column, end in zip((controller, controlled), row[:2], strict=True):
            if end in read:
                continue
            read[end] = end
            if isinstance(end, str):
                read[end] = entered(f"{column}, row {number}", end, "name the undertaking", faults)
    if faults:
        raise BadFacts([Fault(_PLACE, *fault) for fault in faults[:_MOST_TOLD]])
    return [(read[one], read[other], holds) for one, other, holds in rows]


def _check(given: Native, controller: str, controlled: str, control: str) -> None:
    faults, schema = [], given.schema
    for name in (controller, controlled, control):
        if name not in schema:
            faults.append(Fault(_PLACE, name, "there is no column of that name", nearest(name, sorted(schema))))
        elif name in given.strange:
            faults.append(Fault(_PLACE, name, f"nothing is told in a column of the type {given.strange[name]}"))
        elif name == control and not isinstance(schema[name], nw.Boolean | nw.Unknown):
            faults.append(Fault(_PLACE, name, f"expected a column of truths; got {schema[name]}"))
        elif name != control and not (
            isinstance(schema[name], nw.String | nw.Categorical | nw.Unknown) or schema[name].is_integer()
        ):
            faults.append(Fault(_PLACE, name, f"expected a column of identifiers; got {schema[name]}"))
    if not faults and schema[controller] != schema[controlled]:
        message = f"{controller} is of type {schema[controller]}, and {controlled} of {schema[controlled]}"
        faults.append(Fault(_PLACE, controlled, message))
    if faults:
        raise BadFacts(faults)
