# SPDX-License-Identifier: Apache-2.0
"""Values that are well written and make no sense beside the others: each kind is told, located, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from misure.reading import check_package, read_rulebook
from tests.reading.conftest import MARK, MEASURE

ENVELOPE = """\
  kind: counter
  provision: P1.16
  text: "Elenco"
  envelopes: {pot: {amount: budget, text: "Dotazione", cite: {act: dgr-1, at: x}}}
"""

NONSENSE = [
    ("  threshold: {is: 65 points,", "  ¦threshold: {is: 165 points,", "threshold: nobody can meet 'reaches_threshold': score is at most 100 points, and at least 165 points is asked"),
    ("  lowest: {is: 0 points,", "  lowest: {is: 70 points,", "threshold: the threshold lies below the scale, which begins at 70 points"),
    ("  lowest: {is: 0 points,", "  lowest: {is: 101 points,", "highest: the scale of the score goes from 101 points to 100 points"),
    ("  minimum_firms: {is: 10 firms,", "  ¦minimum_firms: {is: 501 firms,", "minimum_firms: nobody can meet 'enough_firms': lombard_firms is at most 500 firms, and at least 501 firms is asked"),
    ("    2022-11-30: {is: 2023-12-31,", "    ¦2022-11-30: {is: 2022-02-23,", "closing_day: from 2022-11-30 on nobody can meet 'application_window': filed_on is to be at least 2022-02-24 and at most 2022-02-23"),
    ('quality_most: {unknown: "non pubblicato", unit: points,', "quality_most: {is: 96 points,", "highest: the criteria give 106 points at most together, and the scale ends at 100 points"),
    ('quality_most: {unknown: "non pubblicato", unit: points,', "quality_most: {is: 54 points,", "threshold: nobody can reach 65 points: the criteria give 64 points at most together"),
    ("  jobs_steps: {is: [0 points, 5 points, 10 points],", "  ¦jobs_steps: {is: [0 points, 5 points, 5 points],", "jobs_steps: the steps do not ascend, each above the one before"),
    ("  jobs_steps: {is: [0 points, 5 points, 10 points],", "  ¦jobs_steps: {is: [15 points, 0 points, 15 points, 5 points],", "jobs_steps: the steps do not ascend, each above the one before"),
    ("  jobs_steps: {is: [0 points, 5 points, 10 points],", "  ¦jobs_steps: {is: [5 points],", "jobs_steps: one step alone gives everybody the same points"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦lombard_firms >= lombard_firms and lombard_firms >= minimum_firms", "enough_firms: this compares a thing with itself, and always holds where it is known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦lombard_firms > lombard_firms and lombard_firms >= minimum_firms", "enough_firms: this compares a thing with itself, and never holds where it is known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: (¦lombard_firms - lombard_firms) + minimum_firms <= lombard_firms", "enough_firms: this takes a thing from itself, and leaves nothing where it is known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: lombard_firms >= ¦max(minimum_firms, minimum_firms)", "enough_firms: the same stands here twice: one of the two was meant to be another"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦active and lombard_firms >= minimum_firms and active", "enough_firms: the same stands here twice: one of the two was meant to be another"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦active and lombard_firms >= minimum_firms and not active", "enough_firms: a thing and its contrary stand here together: this never holds where they are known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦lombard_firms >= minimum_firms or minimum_firms > lombard_firms", "enough_firms: a thing and its contrary stand here together: this always holds where they are known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦not active or lombard_firms >= minimum_firms or active", "enough_firms: a thing and its contrary stand here together: this always holds where they are known"),
    ("        holds: lombard_firms >= minimum_firms", "        holds: ¦lombard_firms >= minimum_firms and (active and not (active))", "enough_firms: a thing and its contrary stand here together: this never holds where they are known"),
    ("  threshold: {is: 65 points,", '  ¦threshold: {unknown: "non pubblicato", between: [60 points, 400 points],', "threshold: the bounds reach 400 points, and score is at most 100 points"),
    ('quality_most: {unknown: "non pubblicato", unit: points,', 'quality_most: {unknown: "non pubblicato", between: [10 points, 101 points],', "quality_most: the bounds reach 101 points, and score is at most 100 points"),
    ("  minimum_firms: {is: 10 firms,", '  ¦minimum_firms: {unknown: "non pubblicato", between: [10 firms, 501 firms],', "minimum_firms: the bounds reach 501 firms, and lombard_firms is at most 500 firms"),
    ("  grant_maximum: {is: 120000.00 EUR,", "  ¦grant_maximum: {is: 0.00 EUR,", "grant_maximum: nobody gets anything of 'grant' up to this"),
    ("  2022-11-30: {act: dgr-2, restates", "  ¦2022-11-29: {act: dgr-2, restates", "editions: the edition holds from 2022-11-29, before its act, which is of 2022-11-30"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), NONSENSE)
def test_each_kind_of_nonsense_is_told(check_faults, old: str, new: str, message: str) -> None:
    places, printed = check_faults(MEASURE, old, new)
    told = [line for line in printed if line.endswith(f": {message}")]
    assert len(told) == 1, printed
    if MARK in new:
        assert told == [places[0] + message]


def test_a_grant_above_all_that_the_envelopes_hold(check_faults, change) -> None:
    change(MEASURE, '  kind: list\n  provision: P1.16\n  text: "Elenco"\n', ENVELOPE)
    (place,), printed = check_faults(
        MEASURE, "  grant_maximum: {is: 120000.00 EUR,", "  ¦grant_maximum: {is: 1500000.01 EUR,"
    )
    assert printed == [
        f"{place}grant_maximum: one applicant may get 1500000.01 EUR of 'grant', and all the envelopes hold 1500000 EUR"
    ]


def test_a_grant_above_the_envelopes_answers_nobody_wrongly_and_is_read(package: Path, change) -> None:
    change(MEASURE, '  kind: list\n  provision: P1.16\n  text: "Elenco"\n', ENVELOPE)
    change(MEASURE, "  grant_maximum: {is: 120000.00 EUR,", "  grant_maximum: {is: 1500000.01 EUR,")
    assert read_rulebook(package, "prova/misura").support is not None


def test_a_grant_of_all_that_the_envelopes_hold_makes_sense(check_faults, change) -> None:
    change(MEASURE, '  kind: list\n  provision: P1.16\n  text: "Elenco"\n', ENVELOPE)
    assert (
        check_faults(MEASURE, "  grant_maximum: {is: 120000.00 EUR,", "  grant_maximum: {is: 1500000.00 EUR,")[1] == []
    )


WINDOW = """\
  windows: {first: {from: opening_day, until: closing_day, text: "Prima", cite: {act: dgr-1, at: x}}}
"""


def test_a_window_of_a_selection_that_closes_before_it_opens(check_faults, change) -> None:
    change(MEASURE, '  kind: list\n  provision: P1.16\n  text: "Elenco"\n', ENVELOPE + WINDOW)
    change(
        MEASURE,
        "        window: {from: opening_day, until: closing_day}",
        "        window: {from: opening_day, until: other_day}",
    )
    change(
        MEASURE, "  duration: {is: 18 months,", "  other_day: {is: 2024-12-31, label: x}\n  duration: {is: 18 months,"
    )
    (place,), printed = check_faults(MEASURE, "    2022-01-31: 2022-12-31,", "    ¦2022-01-31: 2021-12-31,")
    assert printed == [f"{place}closing_day: the window 'first' opens on 2022-02-24 and closes on 2021-12-31"]


def test_two_conditions_that_nobody_can_meet_together_are_told_and_read(check_faults, package: Path) -> None:
    rule = """\
      few_firms:
        provision: P1.01
        text: "Meno di {minimum_firms}"
        holds: lombard_firms < minimum_firms
      enough_firms:
"""
    _, printed = check_faults(MEASURE, "      enough_firms:\n", rule)
    said = "lombard_firms is to be at least 10 firms and less than 10 firms"
    assert [line.split(": ", 1)[1] for line in printed] == [
        f"minimum_firms: nobody can meet 'enough_firms' and 'few_firms': {said}"
    ]
    assert read_rulebook(package, "prova/misura").conditions


ADDRESSES = [
    ("javascript:alert(1)", False), ("file:///etc/passwd", False), ("data:text/html,x", False), ("//esempio.it", False),
    ("https://", False), ("https://user@esempio.it", False), ("https://esempio.it/a b", False), ("esempio.it", False),
    ("https://esempio.it\\\\@altro.it", False), ('https://esempio.it/\\"x', False), ("HTTPS://Esempio.it/p?q=1#r", True),
    ("http://esempio.it:8080", True), ("https://esempio.it/perché", True),
]  # fmt: skip


@pytest.mark.parametrize(("address", "good"), ADDRESSES)
def test_an_address_is_a_link_that_a_page_may_follow(check_faults, address: str, good: bool) -> None:
    (place,), printed = check_faults(
        MEASURE, "gazzetta: {confidence: secondary,", f'gazzetta: {{url: ¦"{address}", confidence: secondary,'
    )
    told = f"{place}gazzetta: an address begins with https:// or http:// and names a host"
    assert printed == ([] if good else [told])


def test_all_of_it_is_told_at_once_with_the_other_faults(package: Path, change) -> None:
    change(MEASURE, "  threshold: {is: 65 points,", "  threshold: {is: 165 points,")
    change(MEASURE, "  jobs_steps: {is: [0 points, 5 points, 10 points],", "  jobs_steps: {is: [5 points],")
    change(MEASURE, "  grant_maximum: {is: 120000.00 EUR,", "  grant_maximum: {is: 0.00 EUR,")
    change(MEASURE, "    2022-11-30: {is: 2023-12-31,", "    2022-11-30: {is: 2022-02-23,")
    change(MEASURE, "      still_active:", "      still_Active:")
    assert [fault.subject for fault in check_package(package)] == [
        "closing_day", "threshold", "jobs_steps", "grant_maximum", "still_Active",
    ]  # fmt: skip


def test_what_no_source_gives_is_nonsense_only_where_no_value_could_make_sense(check_faults) -> None:
    # The opening day lies between 2022-02-24 and 2022-03-31: a call that closes on its first possible day may have been open.
    assert check_faults(MEASURE, "    2022-01-31: 2022-12-31,", "    2022-01-31: 2022-02-24,")[1] == []


def test_the_sound_measure_makes_sense(package: Path) -> None:
    assert read_rulebook(package, "prova/misura").score is not None


@pytest.mark.parametrize("new", [
    '  threshold: {unknown: "non pubblicato", between: [60 points, 100 points],', '  threshold: {unknown: "non pubblicato", unit: points,',
], ids=["on the scale", "the unit's own"])  # fmt: skip
def test_bounds_that_reach_no_further_are_no_nonsense(package: Path, change, new: str) -> None:
    change(MEASURE, "  threshold: {is: 65 points,", new)
    assert [fault for fault in check_package(package / "rules") if "bounds reach" in fault.message] == []
