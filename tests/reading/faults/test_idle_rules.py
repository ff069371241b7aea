# SPDX-License-Identifier: Apache-2.0
"""What a rule file says and nothing ever comes of, and what it leaves empty: each kind is told, and the sound file is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from misure.testing.rule_check import check_rules

SOURCES = """# Fonti di `esempio/botteghe`

| id | luogo | contenuto |
|---|---|---|
| B.01 | art. 1 | micro e piccole imprese |
| B.02 | art. 1 | spesa di almeno 3.000 euro |
| B.03 | art. 2 | 50% della spesa |
| B.04 | art. 2 | massimo di 8.000 euro |
"""

CASES = """# $schema: ../../schema/cases.json
format: 1
measure: esempio/botteghe
cases:
  - name: "Di 10.000 euro se ne ricevono 5.000"
    on: 2026-03-10
    facts: {filed_on: 2026-03-10, size: micro, workshop_spend: "10000.00"}
    expect: {outcome: eligible, support: {grant: 5000.00}}
  - name: "Una media impresa resta fuori"
    on: 2026-03-10
    facts: {filed_on: 2026-03-10, size: medium, workshop_spend: "10000.00"}
    expect: {outcome: refused, findings: {small_enough: no}}
  - name: "Con meno di 3.000 euro si resta fuori"
    on: 2026-03-10
    facts: {filed_on: 2026-03-10, size: micro, workshop_spend: "2999.99"}
    expect: {outcome: refused, findings: {spends_enough: no}}
"""

MEASURE = """# $schema: ../../schema/measure.json
format: 1
measure: esempio/botteghe
title: "Botteghe"
subject: impresa
law_of: filing

acts:
  avviso-2: {type: Avviso, number: 2/2026, date: 2026-01-15, title: "Avviso Botteghe"}

sources:
  act: {confidence: official, title: "Testo"}

editions:
  2026-01-15: {act: avviso-2, read: whole}

parameters:
  admitted_sizes: {is: [micro, small], label: "dimensioni ammesse"}
  minimum_spend: {is: 3000.00 EUR, label: "spesa minima"}
  first_part: {is: 10000.00 EUR, label: "prima parte della spesa"}
  first_share: {is: 50%, label: "quota della prima parte"}
  further_share: {is: 30%, label: "quota del resto"}
  grant_maximum: {is: 8000.00 EUR, label: "contributo massimo"}

facts:
  workshop_spend:
    unit: EUR
    least: "0"
    greatest: "10000000"
    label: "spesa per il laboratorio"
    question: "Quanto spende per il laboratorio?"

provisions:
  - cite: {act: avviso-2, at: "art. 1"}
    admission:
      small_enough:
        provision: B.01
        text: "Microimpresa o piccola impresa"
        holds: size in admitted_sizes
      spends_enough:
        provision: B.02
        text: "Spesa ammissibile di almeno {minimum_spend}"
        holds: workshop_spend >= minimum_spend

  - cite: {act: avviso-2, at: "art. 2"}
    definitions:
      share_of_spend:
        label: "quota della spesa"
        cases:
          - {when: workshop_spend <= first_part, is: first_share, provision: B.03}
          - {when: workshop_spend > first_part, is: further_share, provision: B.03}

support:
  cite: {act: avviso-2, at: "art. 2"}
  lines:
    grant:
      form: grant
      of: workshop_spend
      intensity: share_of_spend
      at_most: grant_maximum
      provision: [B.03, B.04]
      text: "Contributo, fino a {grant_maximum}"
  own_share: {of: workshop_spend, provision: B.03, text: "Quota"}
"""

EMPTY = "this is empty: it is a text for people; write it, or leave the key out where it may be"
ADDRESS = "act: an address begins with https:// or http:// and names a host"


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    measure = MEASURE
    for old, new in changes:
        assert old in measure
        measure = measure.replace(old, new)
    at = folder / "esempio" / "botteghe"
    at.mkdir(parents=True)
    for name, text in (("measure.yaml", measure), ("SOURCES.md", SOURCES), ("cases.yaml", CASES)):
        (at / name).write_text(text, encoding="utf-8")
    return [
        f"{fault.subject}: {fault.message}".removeprefix(": ")
        for fault in check_rules({folder: None})
        if "misure schema --write" not in fault.message
    ]


def test_the_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path) == []


HOLDS = "holds: workshop_spend >= minimum_spend"

IDLE = [
    ("is: 50%", "is: 0%", ["first_share: a share of nothing: nobody gets anything of 'grant' by it"]),
    ("is: 8000.00 EUR", "is: 10000000.01 EUR", ["grant_maximum: this binds nobody: what 'grant' is a share of is at most 10000000 EUR"]),
    ("is: 10000.00 EUR", "is: 20000000.00 EUR", [
        "first_part: this always holds: workshop_spend is at most 10000000 EUR",
        "first_part: this never holds: workshop_spend is at most 10000000 EUR, and more than 20000000 EUR is asked",
    ]),
    (HOLDS, "holds: minimum_spend <= grant_maximum and workshop_spend >= minimum_spend", ["spends_enough: this compares legal values with each other, and always holds, whoever applies"]),
    (HOLDS, "holds: minimum_spend > grant_maximum or workshop_spend >= minimum_spend", ["spends_enough: this compares legal values with each other, and never holds, whoever applies"]),
    (HOLDS, "when: workshop_spend >= minimum_spend or workshop_spend <= highest\n        holds: workshop_spend >= minimum_spend", ["highest: this always holds: workshop_spend is at most 10000000 EUR"]),
    ('"Microimpresa o piccola impresa"', '"Spesa  ammissibile di almeno {minimum_spend}"', ["spends_enough: it says word for word what 'small_enough' says"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "faults"), IDLE)
def test_what_nothing_ever_comes_of_is_told(tmp_path: Path, old: str, new: str, faults: list[str]) -> None:
    more = [("  first_part:", '  highest: {is: 10000000.00 EUR, label: "massima"}\n  first_part:')] * ("highest" in new)
    assert sorted(told(tmp_path, *more, (old, new))) == sorted(faults)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is: 8000.00 EUR", "is: 10000000.00 EUR"),  # a cap that somebody can reach
        ("is: 10000.00 EUR", "is: 9999999.99 EUR"),  # a case in which somebody is
        ("is: 50%", "is: 0.01%"),
    ],
)
def test_what_still_happens_to_somebody_is_not(tmp_path: Path, old: str, new: str) -> None:
    assert [fault for fault in told(tmp_path, (old, new)) if "cases.yaml" not in fault and "support" not in fault] == []


@pytest.mark.parametrize("blank", ['""', '" "', '"\\t"'])
@pytest.mark.parametrize(
    "key", ['title: "Botteghe"', 'title: "Testo"', 'at: "art. 1"', 'text: "Microimpresa o piccola impresa"',
            'question: "Quanto spende per il laboratorio?"', 'label: "spesa minima"', 'label: "quota della spesa"', "number: 2/2026"],
)  # fmt: skip
def test_a_text_for_people_is_not_empty(tmp_path: Path, key: str, blank: str) -> None:
    faults = told(tmp_path, (key, f"{key.partition(' ')[0]} {blank}"))
    assert [fault for fault in faults if fault.endswith(EMPTY)], faults


@pytest.mark.parametrize(
    "url",
    [
        "https://a.it:99999/",
        "https://a.it:0/",
        "http://0x7f.1/",
        "http://127.0.0.1/",
        "https://a..it/",
        "https://a/",
        "https://./",
    ],
)
def test_an_address_has_a_host_and_a_port_that_can_be(tmp_path: Path, url: str) -> None:
    assert ADDRESS in told(tmp_path, ('title: "Testo"', f'title: "Testo", url: "{url}"'))


@pytest.mark.parametrize(
    "url", ["https://www.bandi.regione.lombardia.it:443/a?b=1#c", "http://a.it", "https://xn--regine-6ob.xn--p1ai/"]
)
def test_an_address_that_can_be_is_taken(tmp_path: Path, url: str) -> None:
    assert told(tmp_path, ('title: "Testo"', f'title: "Testo", url: "{url}"')) == []


def test_an_edition_beyond_the_calendar_is_one_fault_at_its_line(tmp_path: Path) -> None:
    faults = told(tmp_path, ("  2026-01-15: {act", "  2096-01-15: {act"))
    assert faults == ["editions: the edition holds from 2096-01-15, and no question can be put after 2090-12-31"]
