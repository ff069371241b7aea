# SPDX-License-Identifier: Apache-2.0
"""An envelope that no source gives: said so with its reason, never a number of the vocabulary, never as none."""

import json
import re
from decimal import Decimal

import pytest

import misure
from misure import Range
from misure.telling.formats.csv_ranking import ranking_csv
from tests.selecting.chosen_measure import ON, ONE_POT, RULES, VOCABULARY, application, three

OPEN = '{unknown: "il bando non è stato letto", unit: EUR}'
WITHIN = '{unknown: "il bando non è stato letto", between: [8000.00 EUR, 16000.00 EUR]}'
TECHNICAL = re.compile(
    r"100[.,]?000[.,]?000[.,]?000|9{9}|1[.,]?000[.,]?000[.,]?00|1[.,]000[.,]000|500[.,]000|1000000|500000"
)
"""The greatest amount of a field of euro, the greatest that the costs of this measure may be, and the half of it."""
TWO_POTS = """\
      order: [highest points_given]
      tie_break: [earliest filed_at]
      last_award: LAST
      envelopes:
        total: {amount: budget, for: place == "mi", rolls_to: rest, text: "Dotazione"}
        rest: {amount: second_budget, for: place == "bg", text: "Seconda dotazione"}
"""


def told(selection):
    """Everything that is said of it, as data and in words; facts that somebody told are left out."""
    data = {key: value for key, value in selection.to_dict().items() if key != "receipt"}
    pages = [str(misure.explain(selection, language, all=True)) for language in ("it", "en")]
    return [json.dumps(data), *pages, ranking_csv(selection)]


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("last", ["in_part", "in_full", "stops", "skips"])
def test_an_envelope_that_nothing_bounds_is_told_as_not_published(measure, last) -> None:
    selection = measure(last, budget=OPEN).select(three(), on=ON)
    (envelope,) = selection.envelopes
    assert (envelope.held, envelope.left, envelope.unpublished) == (None, None, "il bando non è stato letto")
    italian, english = (flat(str(misure.explain(selection, language))) for language in ("it", "en"))
    assert "Dotazione: dotazione non pubblicata" in italian
    assert "dotazione non pubblicata: il bando non è stato letto" in italian
    assert "quanto resta non si può dire" in italian
    assert "envelope not published: il bando non è stato letto" in english
    assert "how much is left cannot be told" in english
    assert not any(TECHNICAL.search(text) for text in told(selection))
    data = selection.to_dict()["envelopes"][0]
    assert (data["held"], data["left"], data["unpublished"]) == (None, None, "il bando non è stato letto")
    assert "unpublished" not in selection.to_dict(format=1)["envelopes"][0]


def test_an_envelope_within_bounds_says_them_and_why(measure) -> None:
    selection = measure("in_part", budget=WITHIN).select(three(), on=ON)
    (envelope,) = selection.envelopes
    assert envelope.unpublished == "il bando non è stato letto"
    page = flat(str(misure.explain(selection, "it")))
    assert "Dotazione: fra 8.000,00 € e 16.000,00 €" in page
    assert "dotazione non pubblicata: il bando non è stato letto" in page


def test_an_envelope_that_is_published_says_nothing_of_it(measure) -> None:
    selection = measure("in_part").select(three(), on=ON)
    assert selection.envelopes[0].unpublished == ""
    assert "dotazione non pubblicata" not in flat(str(misure.explain(selection, "it")))


def test_what_rolls_over_from_an_envelope_that_nothing_bounds_has_no_end_either(measure) -> None:
    selection = measure("in_part", budget=OPEN, shape=TWO_POTS).select([application("a", 90, place="bg")], on=ON)
    first, second = selection.envelopes
    assert (first.held, second.held.greatest, second.rolled_in, second.unpublished) == (None, None, None, "")
    assert str(second.held.least) == "5000.00"
    assert not any(TECHNICAL.search(text) for text in told(selection))
    page = flat(str(misure.explain(selection, "it")))
    assert "Seconda dotazione: almeno 5.000,00 €" in page
    assert "quanto arriva da un'altra dotazione non si può dire" in page


def test_a_doubt_about_an_envelope_names_the_one_that_nobody_published(measure) -> None:
    told_costs = [application("a", 90, costs="20000", place="bg")]
    selection = measure("in_part", budget=OPEN, shape=TWO_POTS).select(told_costs, on=ON)
    (reason,) = [one for one in selection["a"].reasons if one.why == "budget_open"]
    assert (reason.rules, reason.text) == (("total",), "il bando non è stato letto")


@pytest.mark.parametrize(("budget", "most"), [(OPEN, None), ("12000.00 EUR", "12000.00")])
def test_what_nobody_told_and_no_cap_bounds_is_not_a_number_of_the_vocabulary(write, budget, most) -> None:
    text = RULES.replace("BUDGET", budget).replace("LIFE", "is: 120 days") + ONE_POT.replace("LAST", "in_part")
    text = text.replace("intensity: half, at_most: [most], ", "intensity: half, ").replace(
        "      most: 10000.00 EUR\n", ""
    )
    selection = write(text, vocabulary=VOCABULARY).select(
        [application("a", 90, costs=None), application("b", 80)], on=ON
    )
    placement = selection["a"]
    assert placement.asked == placement.award.asked == Range(Decimal("0.00"), None)
    assert placement.amount == placement.award.amount
    # An envelope that is published bounds what it gets.
    for amount in (placement.amount, selection.given):
        assert (amount.greatest and str(amount.greatest)) == most
    assert not any(TECHNICAL.search(text) for text in told(selection))
    assert ("importo non ancora noto" in flat(str(misure.explain(selection, "it")))) is (most is None)
