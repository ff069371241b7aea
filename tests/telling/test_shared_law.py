# SPDX-License-Identifier: Apache-2.0
"""What a measure takes from shared law is shown under the citation of that law."""

from __future__ import annotations

import pytest

import misure
from misure.telling.chapters.page import Page
from misure.telling.presenting import present

AGREEMENT = "DGR XII/2906, paragrafo non noto, trasferimento nel caso di progetti"


@pytest.fixture(scope="module")
def page() -> Page:
    return present(misure.catalogue()["lombardia/piano-export-2025"], "en")


def test_the_page_names_the_law(page: Page) -> None:
    assert page.preamble[-1].startswith("Rests on: Guidelines for the measures of the Agreement")
    assert page.preamble[-1].endswith("(lombardia/linee-guida-accordo)")


def test_shares_and_triggers_stand_under_the_law_and_the_payment_under_the_act(page: Page) -> None:
    (payments,) = (section for section in page.sections if section.title == "Payments")
    first = payments.lines[0]
    assert first.cite == "DGR XII/5217, Delibera, punti 4 e 5"
    assert f"projects: share of the first tranche: 70% [our reading] · {AGREEMENT}" in first.details
    (trigger,) = (told for told in first.details if "certifies the start" in told)
    assert trigger.endswith(AGREEMENT)
    (act,) = (told for told in first.details if "officer in charge" in told)
    assert "DGR" not in act


def test_its_rules_come_after_those_of_the_measure(page: Page) -> None:
    cited = [section.title for section in page.sections if section.title.startswith("DGR")]
    assert cited[-2:] == ["DGR XII/2906, par. 8 e 10", "DGR XII/2906, par. 13"]
    assert all("XII/5217" in title for title in cited[:-2])


def test_the_precedent_is_shown_as_information_with_how_sure_it_is(page: Page) -> None:
    (law,) = (section for section in page.sections if section.title.startswith("Guidelines"))
    told = {line.text: line.cite for line in law.lines}
    assert told["precedent of 2020, first tranche: 50% [secondary source]"].startswith("DGR XII/2906, Linee guida sost")
    assert "precedent of 2020, balance, against the final report: 10% [our reading]" in told
    assert any(text.startswith("calls: share of the first tranche: not published") for text in told)
