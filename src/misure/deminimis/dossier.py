# SPDX-License-Identifier: Apache-2.0
"""A ledger as the facts of a decision: the tables that measures under de minimis ask for.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> facts(ledger, ["alfa", "beta"], applicant="beta", on="2026-11-22")["deminimis_aids"]
[{'cor': 'COR-1', 'beneficiary': 'alfa', 'regulation': 'gen', 'granted_on': '2025-01-10', 'amount': '250000.00'}]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from misure.deminimis.aid import Aid, Fault
from misure.deminimis.ledgers.ledger import Ledger, gaps_touching
from misure.deminimis.measuring import complete_on, granted_later
from misure.deminimis.options import group_of
from misure.deminimis.strangers import strangers_of, widened
from misure.ground.arguments import is_no, shown
from misure.ground.days import day_text
from misure.ground.given import day, refuse
from misure.ground.money import decimal_text
from misure.identifiers.entering import entered

__all__ = ["facts"]


def facts(
    ledger: Ledger, undertaking: object, *, applicant: str, on: dt.date | str, later: str = "refuse"
) -> dict[str, object]:  # fmt: skip
    """What a measure asks of earlier aid: `deminimis_aids` and `control_relations` of the vocabulary, and `codice_fiscale`.

    `undertaking` is the single undertaking of the applicant, as for `headroom`. Its members are told as joined to the
    applicant by control; those who may belong to it, as joined by a relation that is not known. A day or an amount that the
    ledger does not know exactly is left out, and so unknown; a ledger that may lack aid on the day `on`, to which the
    decision looks (that of the question, or of granting), gives an incomplete table. So does aid of a name, or of a number whose
    check fails, that may be one of the undertaking (`possible_member` and `not_in_ledger` of `headroom`).

    Aid granted after that day is a slip of the pen, unless `later="ignore"` says that the past is asked: it is left out then.
    Whoever the ledger holds no aid of is told by `headroom`, in `not_in_ledger`: the facts then tell no aid.

    Raises:
        BadFacts: The undertaking is none, the applicant does not belong to it, `on` is no date, or aid lies after it.
    """
    faults: list[Fault] = []
    if is_no(ledger, Ledger):
        faults.append(("ledger", f"expected a Ledger; got {shown(ledger)}"))
    group = group_of(undertaking, faults)
    applicant = entered("applicant", applicant, "name the applicant", faults)
    if not faults and applicant not in group.members:
        faults.append(("applicant", f"{shown(applicant)} does not belong to the single undertaking"))
    asked = 0
    try:
        asked = day(on)
    except ValueError as problem:
        faults.append(("on", str(problem)))
    if later not in ("refuse", "ignore"):
        faults.append(("later", f"expected 'refuse' or 'ignore'; got {shown(later)}"))
    elif later == "refuse" and not faults:
        faults += granted_later(ledger, group, asked)
    refuse("<facts>", faults)
    whole = complete_on(ledger, asked)
    strangers = strangers_of(ledger, group, complete=whole)
    everybody = (*group.members, *group.possible)
    aids: list[dict[str, str]] = [
        _record(aid) for name in everybody for aid in ledger.of(name) if aid.first is None or aid.first <= asked
    ]
    whole = whole and not gaps_touching(ledger, everybody) and not any(stranger.unmatched for stranger in strangers)
    # Whose aid it may be is told by names that are nobody's codes: no table holds them.
    whole = whole and widened(ledger, group, strangers) == group
    return {
        "codice_fiscale": applicant,
        "deminimis_aids": aids if whole else {"records": aids, "complete": False},
        "control_relations": list(_relations(applicant, group.members, group.possible)),
    }


def _record(aid: Aid) -> dict[str, str]:
    told = {"cor": aid.id, "beneficiary": aid.beneficiary, "regulation": str(aid.regulation)}
    if aid.first is not None and aid.first == aid.last:
        told["granted_on"] = day_text(aid.first)
    if aid.most is not None and aid.least == aid.most:
        told["amount"] = decimal_text(aid.most, 2)
    return told


def _relations(applicant: str, members: tuple[str, ...], possible: tuple[str, ...]) -> Iterator[dict[str, object]]:
    for name in members:
        if name != applicant:
            yield {"id": f"{applicant}-{name}", "controller": applicant, "controlled": name, "control": True}
    for name in possible:
        yield {"id": f"{applicant}-{name}", "controller": applicant, "controlled": name}
