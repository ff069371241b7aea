# SPDX-License-Identifier: Apache-2.0
"""What changes on the page of a measure's rules from one day to the next: on the first and the last day of all that is dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from misure import NotEncoded
from misure.deciding.measure import Measure
from misure.rulebook.rules import Rulebook
from misure.telling.chapters.page import Page
from misure.telling.presenting import present
from tests.reading.small_measures import small, whole

__all__ = ["small", "whole"]

SECOND = {
    "it": "DGR XI/1, art. 3: plain b | second · P.9 · P.10 | ammissione; se manca, esclude | {}tetto: 1.000,00 € [fonte secondaria]",
    "en": "DGR XI/1, art. 3: plain b | second · P.9 · P.10 | admission; excludes if not met | {}tetto: €1,000.00 [secondary source]",
}
ASLEEP = {"it": "non vale in questo giorno | ", "en": "not in force on this day | "}
CLASH = {
    "it": "Dove le norme non si accordano o si leggono in più modi: open ",
    "en": "Where provisions disagree or can be read in more than one way: open ",
}


def shown(page: Page) -> Iterator[str]:
    """All that a page says but its title, each on a line."""
    yield from page.preamble
    for section in page.sections:
        for line in section.lines:
            yield f"{section.title}: " + " | ".join((f"{line.mark} {line.text}", *line.details)).replace("\xa0", " ")


def changes(book: Rulebook, language: str, day: str) -> tuple[list[str], list[str]]:
    """What the page of a day says no more, and what it says as the first."""
    on = dt.date.fromisoformat(day)
    before, after = (list(shown(present(Measure(book), language, on=at))) for at in (on - dt.timedelta(days=1), on))
    return [line for line in before if line not in after], [line for line in after if line not in before]


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_condition_is_in_force_from_its_first_day_to_its_last(whole: Rulebook, language: str) -> None:
    live, asleep = (SECOND[language].format(said) for said in ("", ASLEEP[language]))
    assert changes(whole, language, "2022-02-01") == ([asleep], [live])
    assert changes(whole, language, "2023-01-01") == ([], [])
    assert changes(whole, language, "2023-01-02") == ([live], [asleep])


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_tension_is_told_from_its_first_day_on(whole: Rulebook, language: str) -> None:
    assert changes(whole, language, "2022-06-01") == ([], [f"{CLASH[language]}pp | P.1, P.2"])
    assert changes(whole, language, "2022-06-02") == ([], [f"{CLASH[language]}qq | P.1"])


ACTS = {
    "it": ("Regole in vigore dal 31 gennaio 2022: DGR XI/1", "Regole in vigore dal 1 febbraio 2024: DGR del 1° febbraio 2024"),
    "en": ("Rules in force since 31 January 2022: DGR XI/1", "Rules in force since 1 February 2024: DGR del 1° febbraio 2024"),
}  # fmt: skip
DATED = {
    "it": ("plain h | deadline · P.12 | erogazione | dated: 10 b, dal 31 gennaio 2022",
           "plain h | deadline · P.12 | erogazione | dated: 20 b, dal 1 febbraio 2024 [nostra lettura]"),
    "en": ("plain h | deadline · P.12 | payment | dated: 10 b, since 31 January 2022",
           "plain h | deadline · P.12 | payment | dated: 20 b, since 1 February 2024 [our reading]"),
}  # fmt: skip
LIFE = {"it": ("Selezione: plain ff: 10 b", "Selezione: plain ff: 20 b"), "en": ("Selection: plain ff: 10 b", "Selection: plain ff: 20 b")}  # fmt: skip
PARTLY = {
    "it": "Il testo che governa la misura è stato letto solo in parte. l",
    "en": "The text that governs the measure was read only in part. l",
}
READING = {"it": " [nostra lettura]", "en": " [our reading]"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_an_edition_brings_its_act_and_its_values_and_leaves_the_rest_to_our_reading(
    whole: Rulebook, language: str
) -> None:
    gone, new = changes(whole, language, "2024-02-01")
    for before, after in (ACTS[language], [f"DGR XI/1, art. 3: {told}" for told in DATED[language]], LIFE[language]):
        assert (before in gone, after in new) == (True, True)
        gone.remove(before)
        new.remove(after)
    new.remove(PARTLY[language])
    assert len(gone) == len(new) == 11
    secondary = {"it": "[fonte secondaria]", "en": "[secondary source]"}[language]
    for before, after in zip(gone, new, strict=True):
        restated = after.replace(READING[language], "")
        assert restated == before.replace(f" {secondary}", "").replace(READING[language], "")
        assert after.count(READING[language]) > before.count(READING[language])


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_is_that_of_the_last_change_where_no_day_is_given(whole: Rulebook, language: str) -> None:
    measure = Measure(whole)
    assert present(measure, language) == present(measure, language, on=dt.date(2024, 2, 1))
    assert present(measure, language) != present(measure, language, on=dt.date(2024, 1, 31))
    assert present(measure) == present(measure, "it")


def test_before_the_first_edition_there_is_no_page(whole: Rulebook) -> None:
    measure = Measure(whole)
    assert present(measure, "en", on=dt.date(2022, 1, 31)).preamble[-1] == ACTS["en"][0]
    with pytest.raises(NotEncoded, match="2022-01-31"):
        present(measure, "en", on=dt.date(2022, 1, 30))
