# SPDX-License-Identifier: Apache-2.0
"""The CUP as a precondition: an act that grants aid without it is void, and invoices must bear it.

Figures: `rules/stato/project-code.csv`. The form of the code is that of `misure.identifiers.cup`.

>>> project_code("E44E20000140007", stage="grant", on="2026-11-22").truth.value
'yes'
>>> project_code("n.d.", stage="grant", on="2026-11-22").reason
'absent'
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from misure.finance.checked import Checked
from misure.ground.arguments import shown
from misure.ground.dated import dated_table
from misure.ground.errors import BadIdentifier
from misure.preconditions.answers import Answer, answered

__all__ = ["project_code"]

_TABLE = "stato/project-code"


def project_code(
    cup: str | None, *, stage: Literal["grant", "invoice"], on: dt.date | str, substitute: str | None = None
) -> Answer:  # fmt: skip
    """Whether the act of granting, or an invoice, of a day has its CUP: yes when it has, or needs none yet.

    `cup` is the code; `n.d.` says that there is none, and None that nobody told. `substitute` is the code that the call gave
    in its place: an invoice may bear it while no CUP was assigned, an act of granting may not. Reasons: `present`, `absent`,
    `substitute`, `not_asked_yet`, `cup_unknown`. Figure: `cup`.

    Raises:
        BadFacts: The code is no CUP, or a value is of a wrong kind.
        NotEncoded: The act of granting is of a day before the table begins.
    """
    from misure.identifiers import cup as codes

    asked = Checked("project_code")
    day = asked.day("on", on)
    at = asked.one_of("stage", stage, ("grant", "invoice"))
    code = None
    if cup is not None:
        try:
            code = codes.parse(cup)
        except BadIdentifier as problem:
            asked.fault("cup", f"{problem.given!r} {problem.message}", problem.suggestion)
    stands_in = _told(asked, substitute)
    asked.done()
    table = dated_table(_TABLE)
    if at == "invoice" and day < table.series(rule="invoice")[0].since:
        row = table.series(rule="invoice")[0]
        return answered(True, "not_asked_yet", "invoices of that day need none", [row], figures={"cup": code})
    row = table.on(day, rule=at)
    if code is not None:
        return answered(True, "present", "the CUP is there", [row], figures={"cup": code})
    if at == "invoice" and stands_in:
        stands = table.on(day, rule="invoice_substitute")
        return answered(
            True, "substitute", "the call's own code stands in its place", [row, stands], figures={"cup": None}
        )
    if cup is None:
        return answered(None, "cup_unknown", "not told: cup", [row], figures={"cup": None})
    text = "the act is void without it" if at == "grant" else "the invoice does not bear it"
    return answered(False, "absent", text, [row], figures={"cup": None})


def _told(asked: Checked, substitute: object) -> bool:
    if substitute is None:
        return False
    if not isinstance(substitute, str) or not substitute.strip():
        asked.fault("substitute", f"expected a text; got {shown(substitute)}")
    return True
