# SPDX-License-Identifier: Apache-2.0
"""Names of a closed list that a caller may misspell.

>>> unknown_name("ventur_capital", ["company", "venture_capital"])
"'ventur_capital' is none of company, venture_capital; did you mean 'venture_capital'?"
"""

from __future__ import annotations

from collections.abc import Iterable

from misure.ground.arguments import shown
from misure.ground.place import nearest

__all__ = ["unknown_name"]


def unknown_name(given: object, known: Iterable[str]) -> str:
    """What to say of a name that is none of those known."""
    names = list(known)
    hint = nearest(given, names) if isinstance(given, str) else None
    if not isinstance(given, str):
        return f"expected one of {', '.join(names)}; got {shown(given)}"
    return f"{shown(given)} is none of {', '.join(names)}" + (f"; did you mean {hint!r}?" if hint else "")
