# SPDX-License-Identifier: Apache-2.0
"""A made-up measure that calls every function of the law beneath, so that each can be asked alone."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.deciding.written_measures import HEAD, opened_whole

ON = dt.date(2025, 9, 1)
"""A day on which every table of the law that the functions read has a value."""

VOCABULARY = """\
format: 1
facts:
  principal: {unit: EUR, least: "0", greatest: "10000000", label: capitale}
  loan_amount: {unit: EUR, least: "0", greatest: "10000000", label: finanziamento sottostante}
  duration: {unit: months, least: "0", greatest: "150", label: durata}
  grace: {unit: months, least: "0", greatest: "24", label: preammortamento}
  covered: {unit: share, least: "0", greatest: "1", label: quota garantita}
  headcount: {unit: awu, least: "0", greatest: "100000", label: occupati}
  turnover: {unit: EUR, least: "0", greatest: "1000000000", label: fatturato}
  balance_sheet: {unit: EUR, least: "0", greatest: "1000000000", label: totale di bilancio}
  capital: {unit: EUR, least: "0", greatest: "1000000000", label: capitale sociale}
  reserves: {unit: EUR, least: "0", greatest: "1000000000", label: riserve}
  losses: {unit: EUR, least: "0", greatest: "1000000000", label: perdite}
flags:
  sound: {label: "solido", question: "È solido?"}
  pro_rata: {label: "perdite in proporzione", question: "Le perdite sono in proporzione?"}
  insolvent: {label: "insolvente", question: "È insolvente?"}
  rescued: {label: "salvataggio", question: "Ha un aiuto al salvataggio?"}
  is_sme: {label: "PMI", question: "È una PMI?"}
  is_young: {label: "giovane", question: "Ha meno di tre anni?"}
  indebted: {label: "indebitata", question: "È troppo indebitata?"}
"""

REST = """\
parameters:
  own_rate: 1.5%
  drawn: 50%
provisions:
  - cite: {act: uno, at: art. 1}
    definitions:
      class_of_firm: {is: "size_of(headcount, turnover, balance_sheet, 'recommendation', on)", label: classe}
      in_trouble:
        is: "in_difficulty(capital, reserves, losses, insolvent, rescued, is_sme, is_young, indebted, on)"
        label: "in difficoltà"
    admission:
      small_or_less: {provision: F.01, text: "piccola", holds: "class_of_firm in ('micro', 'small')", effect: none}
      medium: {provision: F.02, text: "media", holds: "class_of_firm == 'medium'", effect: none}
      micro_or_large: {provision: F.03, text: "agli estremi", holds: "class_of_firm in ('micro', 'large')", effect: none}
      healthy: {provision: F.04, text: "sana", holds: not in_trouble, effect: none}
support:
  cite: {act: uno, at: art. 2}
  lines:
    by_reference: {form: loan, of: "loan_gge(principal, duration, own_rate, borrower_rating, loan_collateral, loan_repayment, on)", provision: F.05, text: "ESL"}
    by_plans: {form: loan, of: "instalments_gge(principal, duration, grace, own_rate, borrower_rating, loan_collateral, 'equal_instalments_half_yearly', drawn, 'discount', on)", provision: F.13, text: "ESL"}
    by_unsaid: {form: loan, of: "instalments_gge(principal, duration, grace, own_rate, borrower_rating, loan_collateral, 'equal_instalments_half_yearly', drawn, 'unsaid', on)", provision: F.14, text: "ESL"}
    by_harbour: {form: loan, of: "safe_harbour_loan_gge(principal, duration, covered, sound, on)", provision: F.06, text: "ESL"}
    by_guarantee: {form: guarantee, of: "guarantee_gge(principal, loan_amount, duration, sound, pro_rata, on)", provision: F.07, text: "ESL"}
    later: {form: grant, of: "present_value(principal, duration, on)", provision: F.08, text: "valore attuale"}
    left: {form: grant, of: "headroom(deminimis_aids, 'gen', on)", provision: F.09, text: "plafond"}
    left_fish: {form: grant, of: "headroom(deminimis_aids, 'fish', on)", provision: F.10, text: "plafond pesca"}
    left_sgei: {form: grant, of: "headroom(deminimis_aids, 'sgei', on)", provision: F.11, text: "plafond SIEG"}
    left_group: {form: grant, of: "group_headroom(deminimis_aids, control_relations, codice_fiscale, 'gen', on)", provision: F.12, text: "plafond"}
"""


EDITION = "editions: {2025-01-01: {act: uno, read: whole}}\n"
MEASURE = HEAD.replace("LAW", "question") + EDITION + REST


def written(folder, measure=None):
    return opened_whole(folder, measure or MEASURE, VOCABULARY)


@pytest.fixture(scope="session")
def measure(tmp_path_factory):
    return written(tmp_path_factory.mktemp("diritto"))


@pytest.fixture(scope="session")
def amount(measure):
    """What one line of support comes to, for some facts."""

    def asked(line, on=ON, **facts):
        decision = measure.decide(facts, on=on)
        return next(found.amount for found in decision.support if found.id == line)

    return asked
