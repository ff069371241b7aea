# SPDX-License-Identifier: Apache-2.0
"""Two lines, each at most its share of a total in which both stand, with flat rates on them: solved to the cent.

As 25 % for advice and 20 % for software of all that is admitted, overheads at 7 % included. What is right is looked for here over totals.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, testing
from tests.deciding.written_measures import opened, write

__all__ = ["write"]

DAY = dt.date(2025, 7, 1)
EUR = '{unit: EUR, least: "0", greatest: "100000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  works: {EUR}
  advice: {EUR}
  software: {EUR}
flags:
  simple: {{label: forfait, question: "Chiede il forfait?"}}
"""
RULES = """
parameters:
  advice_share: ADVICE
  soft_share: SOFT
  soft_most: 900.00 EUR
  rate: 7%
spending:
  cite: {act: uno, at: "art. 2"}
  provision: P.2
  plans: {planned: {total: total}}
  lines:
    work_line: {takes: {planned: works}, text: "Opere"}
    advice_line: {takes: {planned: advice}, at_most: {share: advice_share, of: BASE}, OVER text: "Consulenza"}
    soft_line: {takes: {planned: software}, at_most: [{share: soft_share, of: BASE}, soft_most], text: "Software"}
    overheads: {flat: rate, of: [work_line, advice_line, soft_line], when: simple, text: "Spese generali"}
support:
  cite: {act: uno, at: "art. 3"}
  lines:
    grant: {form: grant, of: total, provision: P.3, text: "Contributo"}
"""


def rules(advice="25%", soft="20%", base="all", over=""):
    text = RULES.replace("ADVICE", advice).replace("SOFT", soft).replace("BASE", base)
    return text.replace("OVER", over)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("both"), rules(), vocabulary=VOCABULARY)


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def lines_of(total, works, advice, software, *, simple):
    """The lines in cents where the shares are of such a total, and what they make."""
    held = min(advice, total // 4), min(software, 900_00, total // 5)
    flat = (2 * 7 * (works + sum(held)) + 100) // 200 if simple else 0
    return *held, works + sum(held) + flat


def greatest(works, advice, software, *, simple):
    """The greatest total that makes itself, counted down from where nothing is held."""
    total = lines_of(10**12, works, advice, software, simple=simple)[-1]
    while lines_of(total, works, advice, software, simple=simple)[-1] != total:
        total -= 1
    return lines_of(total, works, advice, software, simple=simple)


def admitted(measure, **told):
    decision = measure.decide({"filed_on": "2025-05-02"} | told, on=DAY)
    return {line.id: line.admitted for line in decision.spending}


AMOUNTS = st.integers(0, 3000_00)


@settings(deadline=None, max_examples=60)
@given(works=AMOUNTS, advice=AMOUNTS, software=AMOUNTS, simple=st.booleans())
def test_each_is_the_most_that_it_may_be_of_what_all_make(both, works, advice, software, simple):
    found = admitted(both, works=money(works), advice=money(advice), software=money(software), simple=simple)
    expected = greatest(works, advice, software, simple=simple)
    assert tuple(int(found[name] * 100) for name in ("advice_line", "soft_line", "total")) == expected
    assert found["advice_line"] <= found["total"] / 4
    assert found["soft_line"] <= found["total"] / 5
    # What is not told leaves room for what it may be.
    told = {"works": money(works), "advice": money(advice), "software": money(software), "simple": simple}
    for name in told:
        part = admitted(both, **{key: value for key, value in told.items() if key != name})
        for line in ("advice_line", "soft_line", "total"):
            ends = part[line] if isinstance(part[line], Range) else Range(part[line], part[line])
            assert ends.least is None or ends.least <= found[line]
            assert ends.greatest is None or found[line] <= ends.greatest


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        # Both held: 1,000.00 of works are 55 % of the whole.
        ({"works": "1100", "advice": "3000", "software": "3000"}, ("500.00", "400.00", "2000.00")),
        # Only one: software 100.00, so that advice is a quarter of the whole of 1,600.00.
        ({"works": "1100", "advice": "3000", "software": "100"}, ("400.00", "100.00", "1600.00")),
        ({"works": "1100", "advice": "10", "software": "20"}, ("10.00", "20.00", "1130.00")),
        ({"works": "0", "advice": "10", "software": "20"}, ("0.00", "0.00", "0.00")),
        # The amount holds the software before its share does.
        ({"works": "10000", "advice": "0", "software": "5000"}, ("0.00", "900.00", "10900.00")),
    ],
    ids=["both", "one", "none", "nothing", "an-amount"],
)
def test_who_is_held_by_what(both, told, lines):
    found = admitted(both, simple=False, **told)
    assert tuple(found[name] for name in ("advice_line", "soft_line", "total")) == tuple(map(Decimal, lines))


def test_it_is_told_and_opened_again_and_decided_in_frames(both):
    told = {"filed_on": "2025-05-02", "works": "1100", "advice": "3000", "software": "3000", "simple": False}
    decision = both.decide(told, on=DAY)
    assert "Consulenza: di 3.000,00 € contano 500,00 €" in " ".join(str(misure.explain(decision)).split())
    again = misure.open_linked(both.linked()).decide(told, on=DAY)
    assert again.to_dict()["spending"] == decision.to_dict()["spending"]
    for library in ("polars", "pandas", "pyarrow"):
        testing.assert_same_in_frames(both, on=DAY, examples=20, library=library)
    testing.assert_conserves(both, on=DAY)
    testing.assert_completion_safe(both, on=DAY)


def test_shares_of_which_one_is_not_known_leave_both_between_their_ends(write):
    measure = write(rules(advice="{unknown: nessuna fonte, between: [10%, 25%], label: x}"), vocabulary=VOCABULARY)
    found = admitted(measure, works="1100", advice="3000", software="3000", simple=False)
    assert found["advice_line"].least <= Decimal("157.14")
    assert found["advice_line"].greatest >= 500
    assert found["soft_line"].least <= Decimal("314.28")
    assert found["soft_line"].greatest >= 400


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"advice": "80%"}, "the shares of advice_line and soft_line may be together the whole of what these lines make: they limit nothing"),
        ({"advice": "70%"}, "the limits of advice_line and soft_line move with these lines nearly as fast: they cannot be solved to the cent"),
        ({"base": "[advice_line, soft_line]"}, "its limit is a share of nothing but itself, soft_line"),
    ],
    ids=["whole", "fast", "nothing"],
)  # fmt: skip
def test_what_has_no_solution_is_refused_with_the_reason(write, change, told):
    with pytest.raises(misure.BadRules) as failure:
        write(rules(**change), vocabulary=VOCABULARY).decide({}, on=DAY)
    assert ("advice_line", told) in [(fault.subject, fault.message) for fault in failure.value.faults]
