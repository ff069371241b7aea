# SPDX-License-Identifier: Apache-2.0
"""Money as funding law counts it: rounding, discounting, gross grant equivalent, withholding, VAT.

One convention holds throughout. A parameter whose type has None takes it for what is not known, and one whose type has
`Range` takes what is known between two ends; neither ever raises. (The others are the terms of the question, such as
a duration.) The answer then has a `Range` where the ends of the result are known, and None where nothing bounds it, and its
`unknown` says why in either case; a safe harbour is None, and its `reasons` say why. What cannot be (a negative amount, a float, a name that does not exist) raises
`BadFacts` with every fault at once, and a day before or after the encoded law raises `NotEncoded`. A day inside the tables
for which no value was found is not known: its rate is None.

Amounts are decimals of euros, rates exact fractions; answers carry the steps to them, the provisions, and how sure they are.

>>> from misure.finance import discount_rate, loan_gge, reference_rate
>>> day = "2026-01-15"
>>> loan = {"months": 72, "rate": "1.5%", "repayment": "equal_instalments", "periods_per_year": 2}
>>> rates = {"reference_rate": reference_rate(day, rating="BB", collateral="normal"), "discount_rate": discount_rate(day)}
>>> gge = loan_gge(390000, **loan, **rates)
>>> gge.amount, gge.confidence.value
(Decimal('34528.13'), 'inferred')
"""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.finance.answers import AmountAnswer, Number, RateAnswer, Step
from misure.finance.deductions import WithholdingAnswer, stamp_duty, withholding
from misure.finance.factors import Repayment, annuity_factor
from misure.finance.flows import DayCount, Flows, aid_at_grant, present_value
from misure.finance.harbours import (
    GuaranteeMethod,
    HarbourAnswer,
    HarbourCondition,
    guarantee_gge,
    loan_safe_harbour,
    sound_borrower,
)
from misure.finance.instalments import instalments_gge
from misure.finance.interest import legal_interest
from misure.finance.loans import loan_gge
from misure.finance.rates import UNRATED, base_rate, discount_rate, reference_rate
from misure.finance.rounding import TO_THE_CENT, Mode, Rounding, RoundingStage
from misure.finance.shares import NO_CAP, NoCap, ShareCap, share_of
from misure.finance.vat import VatTreatment, eligible_cost
from misure.ground.given import Money, Rate

__all__ = [
    "NO_CAP", "TO_THE_CENT", "UNRATED", "AmountAnswer", "DayCount", "Flows", "GuaranteeMethod", "HarbourAnswer",
    "HarbourCondition", "Mode", "Money", "NoCap", "Number", "Rate", "RateAnswer", "Repayment", "Rounding",
    "RoundingStage", "ShareCap", "Step", "VatTreatment", "WithholdingAnswer", "aid_at_grant", "annuity_factor",
    "base_rate", "discount_rate", "eligible_cost", "guarantee_gge", "instalments_gge", "legal_interest", "loan_gge",
    "loan_safe_harbour", "present_value", "reference_rate", "share_of", "sound_borrower", "stamp_duty", "withholding",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
