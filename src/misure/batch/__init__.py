# SPDX-License-Identifier: Apache-2.0
"""Many applicants at once: a dataframe in, the same kind of dataframe out, by the same rules as one applicant.

The split program of the measure is printed to Narwhals expressions; no rule is written a second time here. Narwhals comes
with the extra `misure[batch]`: a function that is used without it raises `MissingExtra`, which is an `ImportError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misure._lazy import no_such

if TYPE_CHECKING:
    from misure.batch.deciding import condition_names, decide
    from misure.batch.parting import parts
    from misure.batch.selecting import select
    from misure.batch.undertakings import single_undertakings
    from misure.selecting.withdrawing import Withdrawals

__all__ = [
    "Withdrawals", "condition_names", "decide", "parts", "select", "single_undertakings",
]  # fmt: skip

_HOMES = {
    "Withdrawals": "misure.selecting.withdrawing", "condition_names": "deciding", "decide": "deciding", "parts": "parting", "select": "selecting",
    "single_undertakings": "undertakings",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a function when it is first named (PEP 562)."""
    if name not in _HOMES:
        raise no_such(__name__, name, __all__)
    from misure.ground.extras import offered

    home = _HOMES[name]
    return offered(home if home.startswith("misure.") else f"{__name__}.{home}", name, "batch", "narwhals")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
