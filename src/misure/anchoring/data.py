# SPDX-License-Identifier: Apache-2.0
"""An act's text held beside the rules, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from misure.anchoring.drift import Drift
from misure.anchoring.matching import Anchored, Anchoring, Standing, passage
from misure.anchoring.session import Held

__all__ = ["as_data", "counted"]

_FORMAT = 1


def as_data(held: Held) -> dict[str, Any]:
    """All that was found, ready for JSON."""
    found = held.anchoring
    flow = found.flow
    return {
        "format": _FORMAT,
        "measure": held.book.id,
        "act": {"id": held.act.id, "label": held.act.label},
        "text": {"path": flow.act.path, "sha256": flow.act.sha256, "pages": flow.act.pages},
        "sound": held.sound,
        "values": [_value(found, one) for one in found.values],
        "figures": [
            {
                "figure": figure.form, "kind": figure.kind, "role": figure.role, "page": figure.page, "offset": figure.offset,
                "written": figure.text, "passage": "".join(passage(flow, figure.start, figure.end)), "by": list(by),
                "why": why.why if why is not None else "",
            }
            for figure, by, why in zip(found.figures, found.by, found.explained, strict=True)
        ],
        "unexplained": len(found.unexplained),
        "disagreeing": [
            {
                "figure": one.form, "repeated_as": other.form, "page": one.page, "offset": one.offset, "written": one.text,
                "repeated": other.text, "passage": "".join(passage(flow, one.start, other.end)),
            }
            for one, other in found.disagreeing
        ],
        "locators_not_in_the_text": [
            {"name": one.name, "at": one.locator, "missing": list(one.missing)} for one in found.unplaced
        ],
        "explanations_without_a_figure": [
            {"at": one.explanation.at, "figure": one.form, "why": one.explanation.why} for one in found.unused
        ],
        "anchors": [_drift(found, one) for one in held.drift],
        "in_words": list(found.in_words),
        "roles": counted(found),
    }  # fmt: skip


def counted(found: Anchoring) -> dict[str, int]:
    """How many figures do what in their sentences; what was left out of the pages beside."""
    roles = Counter(str(figure.role) for figure in found.figures)
    roles.update(f"{one.kind}_of_pages" for one in found.flow.furniture)
    return dict(sorted(roles.items()))


def _value(found: Anchoring, one: Anchored) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.value.name, "value": one.value.form, "from": one.value.since.isoformat(), "at": list(one.locators),
        "state": one.state, "places": [_standing(found, place) for place in one.places],
    }  # fmt: skip
    if one.start < 0:
        return told | {"page": None, "offset": None, "passage": ""}
    origin = found.flow.origin(one.start)
    act = found.flow.act
    return told | {
        "page": act.page_of(origin), "offset": act.offset_of(origin),
        "passage": "".join(passage(found.flow, one.start, one.end)),
    }  # fmt: skip


def _standing(found: Anchoring, place: Standing) -> dict[str, Any]:
    page = found.flow.page_of(place.start) if place.start >= 0 else None
    return {"at": place.at, "state": place.state, "page": page}


def _drift(found: Anchoring, one: Drift) -> dict[str, Any]:
    told: dict[str, Any] = {
        "what": one.what, "name": one.name, "place": str(one.place) if one.place is not None else "",
        "anchored": {"page": one.page, "offset": one.offset} if one.page else {"is": one.then} if one.then else None,
    }  # fmt: skip
    if one.start < 0:
        return told | {"text": {"is": one.now} if one.now else None}
    act, origin = found.flow.act, found.flow.origin(one.start)
    return told | {
        "text": {
            "page": str(act.page_of(origin)), "offset": str(act.offset_of(origin)),
            "passage": "".join(passage(found.flow, one.start, one.end)),
        }
    }  # fmt: skip
