# SPDX-License-Identifier: Apache-2.0
"""Cents add up, margins have the sign of their truth, a refused applicant has no support.

Seen to fail when the own share was rounded by itself, when the last tranche was a share of its own, and when a margin was
rounded half up.
"""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from misure import Outcome, Range, Truth
from misure.rulebook.expression import Compare
from misure.testing.strategies import questions
from tests.laws.readings import answered, every_measure, is_decision

CENT = Decimal("0.01")


def decided(measure, data, *, missing):
    facts, on = data.draw(questions(measure, missing=missing))
    decision = answered(measure, facts, on)
    assume(is_decision(decision))
    return decision


def is_exact(value):
    return isinstance(value, Decimal)


def spend_of(measure, decision):
    """The total of the first plan; where costs stand in no lines, the definition of which the own share is the rest.

    None where nothing is left to the applicant: services in kind are no share of a spend.
    """
    if measure.rulebook.spending is not None:
        plan = measure.rulebook.spending.plans[0].id
        [total] = [line.admitted for line in decision.spending if (line.plan, line.id) == (plan, "total")]
        return total
    if measure.rulebook.support.own_share is None:
        assert {line.form for line in measure.rulebook.support.lines} == {"service"}
        return None
    name = measure.rulebook.support.own_share.of.name
    [total] = {finding.values[name] for finding in decision.findings if name in finding.values}
    return total


@every_measure
@given(data=st.data(), missing=st.booleans())
def test_support_and_own_share_add_up_to_the_spend(measure, data, missing):
    decision = decided(measure, data, missing=missing)
    support = decision.support
    if decision.outcome is Outcome.REFUSED or measure.rulebook.support is None:
        assert support == ()
        return
    total = spend_of(measure, decision)
    amounts = [amount.amount for amount in support]
    if is_exact(total) and all(map(is_exact, amounts)):
        assert sum(amounts) == total
    for amount in amounts:
        ends = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount,) if is_exact(amount) else ()
        for end in ends:
            assert end >= 0
            assert end % CENT == 0


@every_measure
@given(data=st.data())
def test_lines_add_up_to_their_total(measure, data):
    decision = decided(measure, data, missing=False)
    for plan in measure.rulebook.spending.plans if measure.rulebook.spending else ():
        lines = [line for line in decision.spending if line.plan == plan.id]
        for part in ("requested", "admitted"):
            *parts, total = (getattr(line, part) for line in lines)
            assert sum(parts) == total
        for line in lines:
            assert line.admitted <= line.requested
            assert line.cap is None or line.admitted <= line.cap


@every_measure
@given(data=st.data())
def test_tranches_add_up_to_what_they_divide(measure, data):
    decision = decided(measure, data, missing=True)
    tranches = measure.rulebook.tranches
    if tranches is None:
        assert decision.tranches == ()
        return
    whole = decision.value(tranches.of.name)
    assert sum(tranche.amount for tranche in decision.tranches) == whole
    for tranche in decision.tranches:
        assert (tranche.payable is Truth.YES) <= (tranche.due is Truth.YES)
        assert (tranche.payable is Truth.YES) == (tranche.waits_for == ())


@every_measure
@given(data=st.data(), missing=st.booleans())
def test_a_margin_has_the_sign_of_its_truth(measure, data, missing):
    decision = decided(measure, data, missing=missing)
    for finding in decision.findings:
        margin, holds = finding.margin, finding.rule.holds
        if margin is None or finding.exemptions or finding.rule.exemptions or not finding.applies:
            continue
        assert isinstance(holds, Compare)
        least, greatest = (margin.least, margin.greatest) if isinstance(margin, Range) else (margin, margin)
        strict = holds.op in ("<", ">")
        kept = (least > 0, greatest > 0) if strict else (least >= 0, greatest >= 0)
        expected = {(True, True): Truth.YES, (False, False): Truth.NO, (False, True): Truth.UNKNOWN}[kept]
        if finding.rule.when is not None and expected is Truth.NO:
            # It may turn out not to apply at all.
            assert finding.truth in (Truth.NO, Truth.UNKNOWN), finding
        else:
            assert finding.truth is expected, finding
