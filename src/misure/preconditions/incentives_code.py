# SPDX-License-Identifier: Apache-2.0
"""Whether the incentives code (D.Lgs. 184/2025, in force from 1 January 2026) rules an incentive, and what it rewards.

It rules aid in the forms of its art. 12, not automatic tax incentives nor social-security ones (save art. 19). Its
transitional rule was not read: of a call published before, and aid granted after, it is unknown which law stands. Nor was the
model of calls that DM 18 June 2026 adopts (art. 6). What art. 9 excludes for is asked by the functions of its own: `durc`,
`insured` (c. 1, lett. f), `relocation`. Figures: `rules/stato/incentives-code.csv`, from third parties.

>>> code_applies("incentive", call_published="2026-03-01", granted="2026-09-01").truth.value
'yes'
>>> [warned.kind for warned in code_applies("incentive", call_published="2025-12-20", granted="2026-03-01").warnings]
['transitional_rule_unknown']
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from misure.finance.checked import Checked
from misure.ground.dated import Row, dated_table
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, Warned, answered, in_days

__all__ = ["code_applies", "rewarded", "treated_as_sme"]

_TABLE = "stato/incentives-code"
_KINDS = ("incentive", "automatic_tax_incentive", "social_security_incentive")
_REWARDS = ("legality_rating", "gender_equality_certificate", "disabled_hires", "youth_and_women", "births_and_care")
_BODIES = ("state", "ordinary_region", "special_region")


def code_applies(
    kind: Literal["incentive", "automatic_tax_incentive", "social_security_incentive"], *,
    call_published: dt.date | str | None, granted: dt.date | str | None = None,
    body: Literal["state", "ordinary_region", "special_region"] | None = "state",
) -> Answer:  # fmt: skip
    """Whether the code rules an incentive: yes, no, or unknown where its transitional rule decides.

    `kind`: `incentive` is aid that somebody grants, in the forms of art. 12; `automatic_tax_incentive` is had without any
    assessment. `body` is who grants: of an ordinary region such as Lombardy it is assumed, with a warning, that the code binds it. `granted` is the day
    of the grant, None before it. Reasons: `ruled`, `outside_its_scope`, `before_the_code`, `transition`, `published_unknown`,
    `granted_unknown`. Figure: `in_force`.

    Raises:
        BadFacts: A name is none of those, a day does not exist, or the grant lies before the call.
    """
    asked = Checked("incentives_code")
    what = asked.one_of("kind", kind, _KINDS)
    who = None if body is None else asked.one_of("body", body, _BODIES)
    published = None if call_published is None else asked.day("call_published", call_published)
    given = None if granted is None else asked.day("granted", granted)
    if published is not None and given is not None and not asked.found and given < published:
        asked.fault("granted", "the grant lies before the publication of the call")
    asked.done()
    force = dated_table(_TABLE).series(rule="in_force")[-1]
    scope = _row(what)
    shown = in_days(force.since, force.since)
    if scope.texts["applies"] == "no":
        text = f"the code does not rule it: {scope.note}"
        return answered(False, "outside_its_scope", text, [scope], figures={"in_force": shown})
    rows, warnings = [force, scope], []
    if who != "state":
        region = _row(who or "ordinary_region")
        rows.append(region)
        warnings.append(Warned("region", f"{region.citation}: {region.note}"))
    if given is not None and given < force.since:
        return answered(
            False, "before_the_code", "the aid was granted before the code", [force], figures={"in_force": shown}
        )
    if published is None:
        return answered(
            None, "published_unknown", "not told: call_published", rows, warnings=warnings, figures={"in_force": shown}
        )
    if published >= force.since:
        return answered(
            True, "ruled", "the call was published under the code", rows, warnings=warnings, figures={"in_force": shown}
        )
    transition = _row("transition")
    warnings.append(Warned("transitional_rule_unknown", f"{transition.citation}: {transition.note}"))
    rows.append(transition)
    if given is None:
        text = "the call was published before the code, and the grant is not told"
        return answered(None, "granted_unknown", text, rows, warnings=warnings, figures={"in_force": shown})
    text = "the call was published before the code and the aid granted under it: which law stands was not read"
    return answered(
        None, "transition", text, rows, warnings=warnings, missing=NotKnowing.UNPUBLISHED, figures={"in_force": shown}
    )


def treated_as_sme(*, self_employed: bool | None, admitted: bool | None, on: dt.date | str) -> Answer:
    """Whether a self-employed applicant is treated as a small or medium-sized enterprise: yes where the call admits them.

    Reasons: `admitted`, `not_admitted`, `not_self_employed`, `self_employed_unknown`, `admitted_unknown`.

    Raises:
        BadFacts: A value is of a wrong kind.
        NotEncoded: The day lies before the code.
    """
    asked = Checked("incentives_code")
    day = asked.day("on", on)
    alone, open_to = asked.truth("self_employed", self_employed), asked.truth("admitted", admitted)
    asked.done()
    rows = [dated_table(_TABLE).on(day, rule="self_employed")]
    if alone is False:
        return answered(False, "not_self_employed", "the applicant is no self-employed person", rows)
    if open_to is False:
        return answered(False, "not_admitted", "the call does not admit the self-employed", rows)
    if alone is None or open_to is None:
        name = "self_employed" if alone is None else "admitted"
        return answered(None, f"{name}_unknown", f"not told: {name}", rows)
    return answered(True, "admitted", "the call admits the self-employed, who are treated as SMEs", rows)


def rewarded(
    ground: Literal["legality_rating", "gender_equality_certificate", "disabled_hires", "youth_and_women", "births_and_care"], *,
    held: bool | None, on: dt.date | str,
) -> Answer:  # fmt: skip
    """Whether an applicant has a ground for which art. 8 of the code wants calls to reward: yes where it holds it.

    `held`: that the legality rating is listed, or the certificate of gender equality held, on the day of the application; that the
    applicant hires more people with disabilities than the law asks; that it supports work of young people or women, or births
    and care. `on` is the day of the call. Reasons: `rewarded`, `not_held`, `held_unknown`. By how much, each call says; the
    reserve for small and medium firms of the same article was not confirmed.

    >>> rewarded("legality_rating", held=True, on="2026-06-01").reason
    'rewarded'

    Raises:
        BadFacts: A name is none of those, or a value is of a wrong kind.
        NotEncoded: The day lies before the code.
    """
    asked = Checked("incentives_code")
    name = asked.one_of("ground", ground, _REWARDS)
    has = asked.truth("held", held)
    day = asked.day("on", on)
    asked.done()
    row = dated_table(_TABLE).on(day, rule=name)
    if has is None:
        return answered(None, "held_unknown", "not told: held", [row])
    if not has:
        return answered(False, "not_held", "the applicant does not hold it", [row])
    by_how_much = Warned("weight_of_the_call", "by how much it is rewarded stands in each call")
    return answered(True, "rewarded", row.note, [row], warnings=[by_how_much])


def _row(rule: str) -> Row:
    return dated_table(_TABLE).series(rule=rule)[-1]
