# SPDX-License-Identifier: Apache-2.0
"""Whether the VAT of a cost is an eligible cost: never, when it cannot be recovered, or always, as the call says.

>>> eligible_cost("1000.00", "220.00", "if_unrecoverable", recoverable=False).amount
Decimal('1220.00')
>>> eligible_cost("1000.00", "220.00", "if_unrecoverable").amount
Range(least=Decimal('1000.00'), greatest=Decimal('1220.00'))
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.finance.answers import AmountAnswer, Step, amount_between, surest
from misure.finance.checked import Checked
from misure.ground.dated import Cited, act_of
from misure.ground.given import Money, euros
from misure.ground.truth import Confidence

__all__ = ["VatTreatment", "eligible_cost"]


@by_public_name
class VatTreatment(StrEnum):
    """What a call says of VAT."""

    EXCLUDED = "excluded"
    IF_UNRECOVERABLE = "if_unrecoverable"
    """It is eligible where the beneficiary bears it for good, the usage of State-aid law."""
    INCLUDED = "included"


def eligible_cost(net: Money, vat: Money, treatment: str | None, *, recoverable: bool | None = None) -> AmountAnswer:
    """A cost line as far as it is eligible.

    Args:
        net: Euros without VAT.
        vat: Euros of VAT; for a line that is deductible in part, the line is split by the caller.
        treatment: `excluded`, `if_unrecoverable` or `included`; None where what the call says is not known.
        recoverable: Whether the beneficiary can recover the VAT; None where it is not known.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
    """
    asked = Checked("eligible_cost")
    price, tax = asked.money("net", net), asked.money("vat", vat)
    rule = None if treatment is None else VatTreatment(asked.one_of("treatment", treatment, VatTreatment))
    back = asked.truth("recoverable", recoverable)
    asked.done()
    unknown: tuple[str, ...] = ()
    if rule is VatTreatment.INCLUDED:
        may_be = {True}
    elif rule is VatTreatment.EXCLUDED:
        may_be = {False}
    elif rule is VatTreatment.IF_UNRECOVERABLE and back is not None:
        may_be = {not back}
    else:
        may_be = {True, False} if tax else {False}
        reason = (
            "what the call says of VAT is not known"
            if rule is None
            else "whether the VAT can be recovered is not known"
        )
        unknown = (reason,) if tax else ()
    low, high = price + (tax if may_be == {True} else 0), price + (tax if True in may_be else 0)
    usage = Cited(act_of("reg-651-2014"), "art. 7, par. 1", Confidence.INFERRED)
    citations = (usage,) if rule is VatTreatment.IF_UNRECOVERABLE else ()
    amount = amount_between(Fraction(low), Fraction(high))
    steps = (
        Step("net", euros(price)), Step("vat", euros(tax)), Step("treatment", str(rule or "unknown")),
        Step("eligible", amount, *citations),
    )  # fmt: skip
    return AmountAnswer(amount, steps, citations, surest(citations), unknown)
