# SPDX-License-Identifier: Apache-2.0
"""The ranking as CSV, to be published or opened in a spreadsheet: a row for each application, in the order of the ranking.

What is open has two columns: the least and the greatest place, the least and the greatest amount.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from misure.deciding.values import Range, as_json
from misure.selecting.placement import Placement
from misure.selecting.selection import Selection
from misure.telling.selection import SelectionTelling

__all__ = ["ranking_csv", "write_ranking"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def ranking_csv(selection: Selection, language: str = "it") -> str:
    """The ranking as CSV text with a header; fields are separated by commas, and amounts have a decimal point.

    Raises:
        ValueError: The language is not offered.
    """
    telling = SelectionTelling(selection, language)
    keys = [key.name for key in selection.rule.keys]
    header = ["id", "standing", "admitted", "funded", "place_from", "place_to", *keys, "asked_from", "asked_to",
              "amount_from", "amount_to", "envelope", "window", "reasons", "act"]  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for placement in selection.placements:
        writer.writerow([_safe(cell) for cell in _row(telling, placement)])
    return out.getvalue()


def _row(telling: SelectionTelling, placement: Placement) -> list[str]:
    reasons = placement.reasons
    cite = next((str(reason.cite) for reason in reasons if reason.cite is not None), "")
    keys = [_key(value) for _, value in placement.order]
    return [
        placement.id, str(placement.standing), str(placement.admitted), str(placement.funded), *_ends(placement.place),
        *keys, *_ends(placement.asked), *_ends(placement.amount), " ".join(placement.envelopes),
        " ".join(placement.window), "; ".join(dict.fromkeys(map(telling.reason, reasons))), cite,
    ]  # fmt: skip


def _ends(value: int | Decimal | Range | None) -> tuple[str, str]:
    if value is None:
        return "", ""
    ends = (value.least, value.greatest) if isinstance(value, Range) else (value, value)
    return str(ends[0]), str(ends[1])


def _key(value: object) -> str:
    if isinstance(value, Range):
        return f"{value.least}..{value.greatest}"
    return "" if value is None else str(as_json(value))  # type: ignore[arg-type]


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a negative number stays one."""
    if cell.startswith(_FORMULA) and not cell.lstrip("-").replace(".", "", 1).isdecimal():
        return f"'{cell}"
    return cell


def write_ranking(selection: Selection, path: Path, language: str = "it") -> None:
    """Write the ranking to a file: the whole of it, or nothing.

    Raises:
        OSError: The file cannot be written.
    """
    text = ranking_csv(selection, language)
    if path.exists() and not path.is_file():
        # A pipe or a device is written to; it must not be replaced by a file.
        path.write_text(text, encoding="utf-8", newline="")
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
