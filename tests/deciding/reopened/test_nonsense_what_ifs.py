# SPDX-License-Identifier: Apache-2.0
"""What-ifs that make no sense beside the values that stay: told at once, and never a refusal that blames the applicant."""

from __future__ import annotations

import pytest

import misure

BANDO, FILIERE, EXPORT, PIANO = (
    misure.catalogue()[f"lombardia/{name}"]
    for name in ("bando-filiere-2022", "filiere", "export-su-misura", "piano-export-2025")
)
NONSENSE = {
    "a threshold above the scale": (FILIERE, {"threshold": "200 points"}, ["threshold"], "at most 100 points, and at least 200 points is asked"),
    "a scale below the threshold": (FILIERE, {"highest_score": "1 points"}, ["highest_score"], "at most 1 points, and at least 65 points is asked"),
    "a scale below its criteria": (BANDO, {"highest_score": "70 points"}, ["highest_score"], "100 points at most together, and the scale ends at 70 points"),
    "a scale upside down": (BANDO, {"lowest_score": "900 points"}, ["lowest_score"], "the scale of the score goes from 900 points to 100 points"),
    "a window that closes before it opens": (BANDO, {"closing_day": "2000-01-01"}, ["closing_day"], "at most 2000-01-01"),
    "more firms than a table holds": (FILIERE, {"minimum_firms": "100000 firms"}, ["minimum_firms"], "at least 100000 firms is asked"),
    "a grant of nothing": (BANDO, {"grant_maximum": "0 EUR"}, ["grant_maximum"], "nobody gets anything of 'grant'"),
    "a grant above the envelope": (BANDO, {"grant_maximum": "99000000 EUR"}, ["grant_maximum"], "all the envelopes hold"),
    "a service above the envelope": (EXPORT, {"service_value": "99000000 EUR"}, ["service_value"], "all the envelopes hold"),
    "a single step": (BANDO, {"employment_steps": "[15 points]"}, ["employment_steps"], "one step alone"),
    "shares of tranches": (PIANO, {"project_first_share": "100%"}, ["project_first_share"], "the shares of the tranches add up to 130%"),
}  # fmt: skip


@pytest.mark.parametrize(("measure", "values", "blamed", "said"), NONSENSE.values(), ids=list(NONSENSE))
def test_a_what_if_that_makes_no_sense_is_refused(measure, values, blamed, said) -> None:
    with pytest.raises(misure.BadRules) as caught:
        measure.vary(**values)
    assert {(str(fault.place), fault.subject) for fault in caught.value.faults} == {("<vary>", name) for name in blamed}
    assert any(said in fault.message for fault in caught.value.faults), str(caught.value)


def test_all_the_nonsense_of_a_what_if_is_told_at_once() -> None:
    with pytest.raises(misure.BadRules) as caught:
        BANDO.vary(threshold="200 points", grant_maximum="0 EUR", closing_day="2000-01-01")
    assert [fault.subject for fault in caught.value.faults] == ["closing_day", "grant_maximum", "threshold"]


SENSE = [
    (BANDO, {"budget": "10.00 EUR"}),  # what if so little were left: the last award may be given in part
    (FILIERE, {"minimum_firms": "0 firms"}),
    (FILIERE, {"threshold": "0 points"}),
    (FILIERE, {"threshold": "100 points"}),
    (FILIERE, {"highest_score": "65 points"}),
]


@pytest.mark.parametrize(("measure", "values"), SENSE)
def test_a_what_if_that_makes_sense_is_taken(measure, values) -> None:
    assert dict(measure.vary(**values).varied) == values
