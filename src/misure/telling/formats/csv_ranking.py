# SPDX-License-Identifier: Apache-2.0
"""The ranking as CSV, to be published or opened in a spreadsheet: a row for each application, in the order of the ranking.

What is open has two columns: the least and the greatest place, the least and the greatest amount. `assumed` says `filed_on` of an
application that is not filed yet, and is decided as if filed on the day of the question.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from misure.deciding.values import Range, as_json
from misure.ground.whole_file import write_whole
from misure.selecting.placement import Placement
from misure.selecting.selection import Selection
from misure.telling.selection import SelectionTelling

__all__ = ["ranking_csv", "write_ranking"]

_FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula: wide signs too, which some read as the plain ones."""
_SPLIT = re.compile(r"([;\t\r\n])")
"""Where a spreadsheet set to another separator begins a new cell: Italian ones split at `;`, and heed no quotes there."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_QUOTED = re.compile(r'[,;\t\r\n"]')


def ranking_csv(selection: Selection, language: str = "it") -> str:
    """The ranking as CSV text with a header; fields are separated by commas, and amounts have a decimal point.

    Raises:
        ValueError: The language is not offered.
    """
    telling = SelectionTelling(selection, language)
    keys = [key.name for key in selection.rule.keys]
    header = ["id", "standing", "admitted", "funded", "place_from", "place_to", *keys, "asked_from", "asked_to",
              "amount_from", "amount_to", "envelope", "window", "reasons", "act", "assumed"]  # fmt: skip
    rows = [map(_safe, header), *(map(_safe, _row(telling, placement)) for placement in selection.placements)]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _row(telling: SelectionTelling, placement: Placement) -> list[str]:
    reasons = placement.reasons
    cite = next((str(reason.cite) for reason in reasons if reason.cite is not None), "")
    keys = [_key(value) for _, value in placement.order]
    return [
        placement.id, str(placement.standing), str(placement.admitted), str(placement.funded), *_ends(placement.place),
        *keys, *_ends(placement.asked), *_ends(placement.amount), " ".join(placement.envelopes),
        " ".join(placement.window), "; ".join(dict.fromkeys(map(telling.reason, reasons))), cite,
        " ".join(placement.assumed),
    ]  # fmt: skip


def _ends(value: int | Decimal | Range | None) -> tuple[str, str]:
    if value is None:
        return "", ""
    ends = (value.least, value.greatest) if isinstance(value, Range) else (value, value)
    least, greatest = ("" if end is None else str(end) for end in ends)
    return least, greatest


def _key(value: object) -> str:
    if isinstance(value, Range):
        return "..".join("" if end is None else str(end) for end in (value.least, value.greatest))
    return "" if value is None else str(as_json(value))  # type: ignore[arg-type]


def _safe(cell: str) -> str:
    """A cell no part of which a spreadsheet takes for a formula; a negative number stays one."""
    safe = "".join(map(_part, _SPLIT.split(cell)))
    return f"'{safe}" if safe.startswith(("\t", "\r", "\n")) else safe


def _part(part: str) -> str:
    if part.lstrip(' "').startswith(_FORMULA) and not _NUMBER.fullmatch(part):
        return f"'{part}"
    return part


def _quoted(cell: str) -> str:
    """The cell as it stands in the file: in quotes where any spreadsheet might see more than one in it."""
    return '"{}"'.format(cell.replace('"', '""')) if _QUOTED.search(cell) else cell


def write_ranking(selection: Selection, path: Path, language: str = "it") -> None:
    """Write the ranking to a file: the whole of it, or nothing.

    Raises:
        OSError: The file cannot be written.
    """
    write_whole(path, [ranking_csv(selection, language)])
