# SPDX-License-Identifier: Apache-2.0
"""Each legal value stands on the page of rules under the rules that read it, wherever they read it, and else among the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from misure.deciding.measure import Measure
from misure.reading import read_rulebook
from misure.rulebook.rules import Rulebook
from misure.telling.presenting import present
from tests.reading.small_measures import VOCABULARY, WHOLE, small

__all__ = ["small"]

LENDING = WHOLE.parents[1] / "rules"
MORE_FACTS = """\
  grades: {unit: points, least: "0", greatest: "100", label: x, question: "Quanti?"}
  hired: {unit: firms, least: "0", greatest: "100", label: x, question: "Quanti?"}
  zone:"""
READING_EVERYWHERE = """\
parameters:
  in_when: {is: 1.00 EUR, label: in when}
  in_holds: {is: 2.00 EUR, label: in holds}
  in_case_when: {is: 3.00 EUR, label: in case when}
  in_case_value: {is: 4.00 EUR, label: in case value}
  in_exemption: {is: 5.00 EUR, label: in exemption}
  in_by: {is: 6 days, label: in by}
  in_regime: {is: it_civil, label: in regime}
  in_opens: {is: 2022-02-01, label: in opens}
  in_closes: {is: 2022-12-31, label: in closes}
  in_duty_by: {is: 7 days, label: in duty by}
  in_duty_regime: {is: it_cpc, label: in duty regime}
  in_least: {is: 0 points, label: in least}
  in_greatest: {is: 100 points, label: in greatest}
  in_most: {is: 60 points, label: in most}
  in_steps: {is: [0 points, 40 points], label: in steps}
  in_threshold: {is: 50 points, label: in threshold}
  in_points: {is: 8 points, label: in points}
  in_bonus: {is: 9.00 EUR, label: in bonus}
  in_flat: {is: 10%, label: in flat}
  in_spending_cap: {is: 11%, label: in spending cap}
  in_unit_cost: {is: 12.00 EUR, label: in unit cost}
  in_of: {is: 13.00 EUR, label: in of}
  in_intensity: {is: 14%, label: in intensity}
  in_share: {is: 15%, label: in share}
  in_cap: {is: 16.00 EUR, label: in cap}
  in_equivalent: {is: 17%, label: in equivalent}
  in_own_share: {is: 18.00 EUR, label: in own share}
  in_tranches: {is: 19.00 EUR, label: in tranches}
  in_tranche_share: {is: 20%, label: in tranche share}
  in_stated: {is: 3.80 EUR, label: in stated}
  in_requirement: {is: 21.00 EUR, label: in requirement}
  in_nothing: {is: 22.00 EUR, label: in nothing, for_information: yes}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      worth:
        label: y
        unit: EUR
        cases:
          - {when: gain <= in_case_when, is: cost}
          - {when: gain > in_case_when, is: in_case_value}
    admission:
      rule: {provision: P.1, text: r, when: gain <= in_when, holds: "cost + worth <= in_holds"}
    exemptions:
      let_off: {of: rule, when: gain <= in_exemption, provision: P.1, text: e}
    terms:
      term: {provision: P.2, text: t, by: "filed_on + days(in_by)", done: done_on, regime: in_regime, stage: reporting, peremptory: no}
      window: {provision: P.3, text: w, window: {from: in_opens, until: in_closes}, of: filed_on, stage: admission}
    duties:
      duty: {provision: P.4, text: d, who: ente, by: "filed_on + days(in_duty_by)", done: done_on, regime: in_duty_regime}
score:
  cite: {act: uno, at: "art. 2"}
  provision: P.5
  scale: {from: in_least, to: in_greatest}
  criteria:
    most: {fact: marks, most: in_most, text: m}
    steps: {fact: grades, steps: in_steps, text: s}
  threshold: {id: reached, at_least: in_threshold, text: th}
  bonus:
    extra: {points: in_points, when: gain <= in_bonus, counts: before_threshold, text: b}
spending:
  cite: {act: uno, at: "art. 3"}
  provision: P.6
  plans: {planned: {total: spend}}
  lines:
    goods: {takes: {planned: cost}, text: g}
    staff: {flat: in_flat, of: [goods], text: f}
    works: {takes: {planned: gain}, at_most: {share: in_spending_cap, of: [goods], measured: admitted}, over: cut, text: c}
    posts: {units: {planned: hired}, unit_cost: in_unit_cost, text: u}
support:
  cite: {act: uno, at: "art. 4"}
  lines:
    loan: {provision: P.7, form: loan, of: "min(spend, in_of)", intensity: in_intensity, at_most: [in_cap], text: l, equivalent: {is: loan * in_equivalent, text: q}}
    grant: {provision: P.7, form: grant, of: spend, intensity: "in_share * in_share", at_most: [in_cap], text: a}
  own_share: {provision: P.7, of: "max(spend, in_own_share)", text: o}
tranches:
  cite: {act: uno, at: "art. 5"}
  of: in_tranches
  lines:
    first: {share: in_tranche_share, stated: in_stated, provision: P.8, text: one, due: {start: {holds: cost <= in_requirement, text: v}}}
    last: {provision: P.9, text: two}
"""
UNDER = {
    "rule": ["in when: €1", "in holds: €2", "in case when: €3", "in case value: €4"],
    "term": ["in regime: it_civil", "in by: 6 b"],
    "window": ["in opens: 2022-02-01", "in closes: 2022-12-31"],
    "duty": ["in duty regime: it_cpc", "in duty by: 7 b"],
    "reached": ["in threshold: 50 b"],
    "most": ["in most: 60 b"],
    "steps": ["in steps: 0 b, 40 b"],
    "extra": ["in points: 8 b", "in bonus: €9"],
    "goods": [],
    "staff": ["in flat: 10%"],
    "works": ["in spending cap: 11%"],
    "posts": ["in unit cost: €12"],
    "loan": ["in intensity: 14%", "in of: €13", "in cap: €16"],
    "grant": ["in share: 15%", "in cap: €16"],
    "first": ["in tranche share: 20%", "in stated: €3.80"],
    "last": [],
}
"""The values under each rule, by its id."""
OTHERS = [
    "in exemption: €5", "in least: 0 b", "in greatest: 100 b", "in equivalent: 17%", "in own share: €18", "in tranches: €19",
    "in requirement: €21", "in nothing: €22",
]  # fmt: skip
WORDS = {
    "it": {
        "it_civil": "regola civile (art. 2963 c.c.): di domenica o festivo si passa al giorno dopo",
        "it_cpc": "regola dei processi (art. 155 c.p.c.): anche di sabato si passa al giorno lavorativo dopo",
        "2022-02-01": "1 febbraio 2022", "2022-12-31": "31 dicembre 2022",
    },
    "en": {
        "it_civil": "civil rule (art. 2963 of the civil code): a Sunday or holiday moves to the next day",
        "it_cpc": "rule of trials (art. 155 of the code of civil procedure): a Saturday too moves to the next working day",
        "2022-02-01": "1 February 2022", "2022-12-31": "31 December 2022",
    },
}  # fmt: skip


def told(written: str, language: str) -> str:
    """A value as the page says it in a language."""
    name, _, value = written.partition(": ")
    if value.startswith("€"):
        amount = f"{float(value[1:]):.2f}"
        value = f"€{amount}" if language == "en" else f"{amount.replace('.', ',')}\xa0€"
    return f"{name}: {WORDS[language].get(value, value)}"


@pytest.mark.parametrize("language", ["it", "en"])
def test_each_value_stands_under_the_rules_that_read_it(small: Callable[..., object], language: str) -> None:
    book = small(READING_EVERYWHERE, vocabulary=VOCABULARY.replace("  zone:", MORE_FACTS, 1))
    assert isinstance(book, Rulebook), book
    page = present(Measure(book), language)
    rules = [line for section in page.sections for line in section.lines if line.details]
    found = {
        line.details[0].partition(" · ")[0]: [one for one in line.details if one.startswith("in ")] for line in rules
    }
    assert found == {rule: [told(one, language) for one in values] for rule, values in UNDER.items()}
    title = {"it": "Altri valori", "en": "Other values"}[language]
    (others,) = (section for section in page.sections if section.title == title)
    assert [line.text for line in others.lines] == [told(one, language) for one in OTHERS]
    assert {name.replace("_", " ") for name in book.parameters} == {
        one.partition(": ")[0] for one in (*OTHERS, *(value for values in UNDER.values() for value in values))
    }


LENT = {
    "law share: 60%": "DGR X/9", "law codes: A, K": "DGR X/9", "quota per i bandi: not published: non pubblicata": "DGR X/9",
    "call day: not published: non pubblicato": "DGR X/9", "quota di un tempo: 50% [secondary source]": "DGR X/9",
    "past regime: civil rule (art. 2963 of the civil code): a Sunday or holiday moves to the next day": "DGR X/9",
    "L1.07: non letto": "",
}  # fmt: skip
DAYS = "law days: 60 days, since 1 July 2022 [secondary source] · DGR X/9"
READ = {
    "progetto": (
        "law share",
        [DAYS, "needs: Avvio · DGR X/9, art. 2", "law share: 60% · DGR X/9", "needs: Fine · DGR X/9, art. 3"],
    ),
    "bando": ("quota per i bandi", [DAYS, "quota per i bandi: not published: non pubblicata · DGR X/9"]),
}
"""The share of the law that each measure reads, and all of the law that stands under its rules."""


@pytest.mark.parametrize("name", READ)
def test_what_a_law_lends_stands_under_the_rules_that_read_it_or_under_the_law(name: str) -> None:
    sections = {
        section.title: section for section in present(Measure(read_rulebook(LENDING, f"prova/{name}")), "en").sections
    }
    assert [line.text for line in sections["Other values"].lines] == ["transfer: €1,000.00"]
    lent = {text: cite for text, cite in LENT.items() if not text.startswith(f"{READ[name][0]}:")}
    assert {line.text: line.cite for line in sections["Linee guida di prova"].lines} == lent
    under = [told for section in sections.values() for line in section.lines for told in line.details if "X/9" in told]
    assert under == READ[name][1]
