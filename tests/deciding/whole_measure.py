# SPDX-License-Identifier: Apache-2.0
"""A measure that has something of every shape, small enough to be worked out by hand, and facts for it."""

from __future__ import annotations

import datetime as dt

ON = dt.date(2022, 7, 15)
VOCABULARY = """
facts:
  works: {unit: EUR, least: "0", greatest: "1000000", label: "lavori", question: "Quanti lavori?"}
  advice: {unit: EUR, least: "0", greatest: "1000000", label: "consulenza", question: "Quanta consulenza?"}
  floor_area: {unit: square_metres, least: "0", greatest: "1000", label: "metri", question: "Quanti metri?"}
  ceiling_left: {unit: EUR, least: "0", greatest: "1000000", label: "plafond", question: "Quanto resta?"}
  hands: {unit: firms, least: "0", greatest: "1000", label: "addetti", question: "Quanti?"}
  quality: {unit: points, least: "0", greatest: "60", nature: assessed, label: "qualità", question: "Quanti punti?"}
  breadth: {unit: points, least: "0", greatest: "40", nature: assessed, label: "ampiezza", question: "Quanti punti?"}
  begun_on: {date: yes, least: "2000-01-01", greatest: "2050-12-31", label: "inizio", question: "Quando?"}
flags:
  sound: {label: "sana", question: "È sana?"}
  young: {label: "giovane", question: "È giovane?"}
  spared: {label: "esente", question: "È esente?"}
  papers: {label: "carte", question: "Le carte ci sono?"}
events:
  ended_on: {label: "fine", question: "Quando è finito?"}
  asked_on: {label: "richiesta", question: "Quando è stata chiesta?"}
  checked_on: {label: "verifica", question: "Quando è stato verificato?"}
tables:
  members:
    label: "membri"
    question: "Chi?"
    key: id
    max_items: 5
    fields:
      id: {text: 20, label: "id"}
      signed: {flag: yes, label: "firma", question: "Ha firmato?"}
"""
RULES = """
parameters:
  half: 50%
  tenth: 10%
  advice_share: 20%
  staff_share: 15%
  per_metre: 30.00 EUR
  grant_most: 2000.00 EUR
  loan_share: 40%
  most_hands: 50 firms
  young_hands: 60 firms
  worst: 0 points
  best: 100 points
  quality_most: 60 points
  breadth_most: 40 points
  threshold: 50 points
  bonus: 5 points
  budget: 1000.01 EUR
  first_share: 70%
  opens: {unknown: "lasciato al decreto", between: [2022-03-01, 2022-03-31]}
  closes: 2022-12-31
  length: 30 days
  counting: it_civil
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      limit_of_hands:
        label: "limite"
        unit: firms
        cases:
          - {when: young, is: young_hands, provision: P.02}
          - {otherwise: most_hands}
      last_day: {is: begun_on + days(length), label: "ultimo giorno"}
    admission:
      is_sound: {provision: P.01, text: "Impresa sana", holds: sound}
      few_hands: {provision: P.02, text: "Al massimo {limit_of_hands}", holds: hands <= limit_of_hands}
      all_signed: {provision: [P.03, P.04], text: "Tutti hanno firmato", holds: all(m.signed for m in members)}
      in_time: {provision: P.05, text: "Finito prima", when: happened(ended_on), holds: ended_on <= last_day}
    exemptions:
      small_exempt: {of: is_sound, when: spared, provision: P.06, text: "Esente"}
    upkeep:
      keeps_papers: {provision: P.07, text: "Tiene le carte", holds: papers, effect: revokes}
    payment:
      regular: {provision: P.08, text: "Carte in regola", when: young, holds: papers, effect: blocks, blocks: second}
    terms:
      window:
        {provision: P.09, text: "Finestra", window: {from: opens, until: closes}, of: filed_on, stage: admission, effect: none}
      report: {provision: P.10, text: "Rapporto", by: begun_on + days(length), done: ended_on, regime: counting,
               stage: reporting, peremptory: yes, when: young}
    duties:
      check: {provision: P.11, who: nucleo, text: "Verifica", by: begun_on + days(length), done: checked_on, regime: it_civil}
      keep: {provision: P.12, who: beneficiario, text: "Conservazione"}
      answer: {provision: P.12, who: beneficiario, text: "Risposta", done: asked_on}
score:
  cite: {act: uno, at: "art. 2"}
  provision: P.13
  scale: {from: worst, to: best}
  criteria:
    quality: {fact: quality, most: quality_most, text: "Qualità"}
    breadth: {fact: breadth, most: breadth_most, text: "Ampiezza"}
  threshold: {id: enough_points, at_least: threshold, provision: P.14, text: "Almeno {threshold}"}
  bonus:
    youth: {points: bonus, when: young, counts: after_threshold, text: "Giovani"}
spending:
  cite: {act: uno, at: "art. 3"}
  provision: P.15
  plans:
    planned: {total: whole_spend}
  lines:
    works_line: {takes: {planned: works}, text: "Lavori"}
    advice_line: {takes: {planned: advice}, at_most: {share: advice_share, of: [works_line], measured: admitted},
                  over: cut, text: "Consulenza"}
    stand: {units: {planned: floor_area}, unit_cost: per_metre, text: "Stand"}
    staff: {flat: staff_share, of: [works_line, advice_line], text: "Personale"}
support:
  cite: {act: uno, at: "art. 4"}
  lines:
    grant: {form: grant, of: whole_spend, intensity: half, at_most: [grant_most, {is: ceiling_left, text: "Plafond"}],
            provision: P.16, text: "Contributo"}
    loan: {form: loan, of: whole_spend, intensity: "loan_share + (tenth if young else 0)", rounding: down,
           equivalent: {is: loan * tenth, text: "Equivalente"}, provision: P.17, text: "Prestito"}
  own_share: {of: whole_spend, provision: P.18, text: "Quota propria"}
tranches:
  cite: {act: uno, at: "art. 5"}
  of: budget
  lines:
    first: {share: first_share, stated: first_stated, provision: P.19, text: "Prima", due: {start: {holds: happened(granted_on), text: "Concesso"}},
            act: {order: {holds: happened(asked_on), text: "Ordine", cite: {act: due, at: "punto 1"}}}}
    second: {provision: P.20, text: "Seconda", due: {end: {holds: happened(ended_on), text: "Finito"}},
             evidence: {proof: {holds: papers, text: "Prova", provision: P.21}}}
tensions:
  clash: {provisions: [P.19, P.20], from: 2022-07-15, bears_on: [keeps_papers, report], text: "Non si accordano"}
""".replace("  first_share: 70%\n", "  first_share: 70%\n  first_stated: 700.01 EUR\n")
FACTS = {
    "works": "4000", "advice": "1000", "floor_area": "10", "ceiling_left": "1900", "hands": 50, "quality": "40", "breadth": "20",
    "begun_on": "2022-05-06", "sound": True, "young": False, "spared": False, "papers": True,
    "ended_on": "2022-06-05", "asked_on": "not_yet", "checked_on": "2022-06-07", "granted_on": "2022-05-01",
    "filed_on": "2022-04-15", "members": [{"id": "a", "signed": True}, {"id": "b", "signed": True}],
}  # fmt: skip
"""Spending: works 4000, advice cut to 800, stand 10 m at 30, staff 15% of 4800: 5820 in all."""


def facts(*untold: str, **changes: object) -> dict[str, object]:
    """The facts with some left out and some changed."""
    return {name: value for name, value in (FACTS | changes).items() if name not in untold}
