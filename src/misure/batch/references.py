# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a row because of other rows: an identity that stands twice, a record that another gainsays, a name of a record that is not there.

What is looked at is planned in `engines.columns.across` and printed by `engines.narwhals.across`; here stands which of it some
frames need. What one of two tables tells of who a record is stands in both then, as `facts.identities` reads it of one applicant. A
truth beside each row says what cannot be, and `Sheet` takes it for a value that cannot be: so a row is bad facts here where one
decision raises `BadFacts`, and the other rows have their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import narwhals as nw

from misure.batch.native import Native, look
from misure.engines.columns.across import Miscalled, Opposed, Renamed, Repeated, Selfsame, Shared, Stray, steps_across
from misure.engines.columns.sheet import Sheet
from misure.engines.columns.source import KNOWN
from misure.engines.narwhals.across import (
    miscalled,
    opposed,
    repeated,
    typed,
    with_miscalled,
    with_opposed,
    with_renamed,
    with_repeated,
    with_selfsame,
    with_shared,
    with_strays,
)
from misure.engines.narwhals.frame import Frame
from misure.rulebook.rules import Rulebook

__all__ = ["with_references"]


_MARKS: Mapping[type, tuple[Callable[..., Frame], Callable[..., Frame]]] = MappingProxyType(
    {
        Repeated: (repeated, with_repeated),
        Miscalled: (miscalled, with_miscalled),
        Opposed: (opposed, with_opposed),
    }
)
"""Steps that look first for what is amiss, and mark the rows that are so: of frames that are there only where there are any."""


def with_references(
    book: Rulebook, sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], natives: Mapping[str, Native], keys: Mapping[str, str]
) -> dict[str, Frame]:  # fmt: skip
    """The frames with what goes across rows beside them, of which the sheets are told; `keys` are the columns of the applicants' keys."""
    people = sheets[""]
    told = {name: sheet.columns_told() for name, sheet in sheets.items() if name}
    known = {table: f"{table}{KNOWN}" for table in people.known}
    shared = dict(frames)
    marking: dict[str, list[Repeated | Miscalled | Renamed | Opposed | Selfsame | Stray]] = {}
    for step in steps_across(list(book.tables.values()), told, known, frozenset(people.silent)):
        if isinstance(step, Shared):
            shared[step.table] = with_shared(step, shared, keys)
            sheets[step.table].take(step)
        else:
            marking.setdefault(step.table, []).append(step)
    found = dict(shared)
    for name, steps in marking.items():
        frame, marked = typed(shared[name]), False
        for step in steps:
            if isinstance(step, Stray):
                frame = with_strays(step, frame, shared, keys)
            elif isinstance(step, Renamed):
                frame = with_renamed(step, frame, shared, keys)
            elif isinstance(step, Selfsame):
                frame = with_selfsame(step, frame)
            else:
                find, mark = _MARKS[type(step)]
                those = find(step, frame, keys[name])
                if natives[name].eager and not look(those, rows=nw.len())["rows"]:
                    continue
                frame = mark(step, frame, keys[name], those)
            sheets[name].amiss[step.mark], marked = step.field, True
        if marked:
            found[name] = frame
    return found
