# SPDX-License-Identifier: Apache-2.0
"""Cents add up, margins have the sign of their truth, a refused applicant has no support.

Seen to fail when the own share was rounded by itself, when the last tranche was a share of its own, and when a margin was
rounded half up.
"""

from collections import Counter
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from misure import NotKnowing, Outcome, Range, Truth
from misure.results import DutyState
from misure.rulebook.expression import Compare, Name
from misure.rulebook.rules import Effect
from tests.laws.drawn_once import decisions, of_every
from tests.laws.readings import LEAST, MEASURES, each, every_measure, with_a

CENT = Decimal("0.01")
NUOVA = "lombardia/nuova-impresa-2025"
VERSO = "lombardia/verso-nuovi-mercati"
AFTER_ACCOUNTS = {
    VERSO,
    "lombardia/linea-microimprese-2024",
    "lombardia/linea-microimprese-2025",
    "lombardia/quota-lombardia",
}
"""Of these the own share is the rest of what was validated, once it was reported."""


def is_exact(value):
    return isinstance(value, Decimal)


def spend_of(measure, decision):
    """The total of the first plan; where costs stand in no lines, the definition of which the own share is the rest.

    None where nothing is left to the applicant: services in kind are no share of a spend.
    """
    if measure.id in AFTER_ACCOUNTS:
        return decision.value(measure.rulebook.support.own_share.of.name)
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


@with_a("support")
def test_support_and_own_share_add_up_to_the_spend(measure):
    met = Counter()

    def law(decision):
        support = decision.support
        met[decision.outcome] += 1
        if decision.outcome is Outcome.REFUSED:
            assert support == ()
            return
        total = spend_of(measure, decision)
        amounts = [amount.amount for amount in support]
        assert amounts
        if is_exact(total) and all(map(is_exact, amounts)):
            # A variation may leave less than what was granted: the award stays as it is until the accounts.
            varied = measure.id == VERSO and decision.value("variation_approved") is True
            assert sum(amounts) == (max(total, sum(amounts[:-1])) if varied else total)
            met["adds up"] += total > 0
        met["exact"] += all(map(is_exact, amounts)) and any(amounts)
        for amount in amounts:
            ends = (
                (amount.least, amount.greatest) if isinstance(amount, Range) else (amount,) if is_exact(amount) else ()
            )
            for end in ends:
                if end is None:  # only the vocabulary bounds it
                    continue
                assert end >= 0
                assert end % CENT == 0

    of_every(decisions(measure), law)
    assert met["exact"] >= LEAST, met
    assert met["adds up"] >= LEAST or measure.rulebook.support.own_share is None, met
    assert met[Outcome.REFUSED] >= LEAST, met


@each([measure for measure in MEASURES if measure.rulebook.support is None])
def test_a_measure_without_support_shows_none(measure):
    assert {decision.support for (decision,) in decisions(measure)} == {()}


@with_a("spending")
def test_lines_add_up_to_their_total(measure):
    met = Counter()

    def law(decision):
        for plan in measure.rulebook.spending.plans:
            lines = [line for line in decision.spending if line.plan == plan.id]
            if not all(is_exact(amount) for line in lines for amount in (line.requested, line.admitted)):
                continue  # whether a line counts, or a record of it, is open: a range is no sum
            for part in ("requested", "admitted"):
                *parts, total = (getattr(line, part) for line in lines)
                if all(map(is_exact, (*parts, total))):  # what the act leaves open is a range, though all is told
                    assert sum(parts) == total
                    met[plan.id, part] += total > 0
            for line in lines:
                if is_exact(line.admitted) and is_exact(line.requested):
                    assert line.admitted <= line.requested
                    assert not is_exact(line.cap) or line.admitted <= line.cap
                    met["cut"] += line.admitted < line.requested

    of_every(decisions(measure), law)
    for plan in measure.rulebook.spending.plans:
        assert met[plan.id, "admitted"] >= LEAST, met
    assert met["cut"] >= LEAST or not any(line.share for line in measure.rulebook.spending.lines), met


def paid_of_nuova(decision):
    """What is paid of Nuova Impresa, by hand (D.3): what was awarded, to whom was paid before the grant was redetermined, or that day."""
    granted, paid, redetermined = map(decision.value, ("granted_on", "paid_on", "redetermined_on"))
    if granted == "not_yet" or paid == "not_yet":
        return decision.value("grant")
    if None in (granted, paid, redetermined):
        return None
    return decision.value("whole_grant" if redetermined == "not_yet" or paid <= redetermined else "grant")


def divided_in(measure, decision):
    """What the tranches divide, and what that one is which stands as it was awarded; None where it hangs on what is not told.

    Of Verso Nuovi Mercati by hand (C.4.b, commas 1 to 4): once granted, the advance is a share of the loan as it was awarded, whatever becomes
    of it, and the balance is what the loan is now, less the advance; never more than the rest of the loan as it was awarded.
    """
    of = measure.rulebook.tranches.of
    if measure.id == NUOVA:
        return paid_of_nuova(decision), None
    if measure.id != VERSO:
        return decision.value(of.name), None
    loan, awarded, share, granted = map(decision.value, ("loan", "awarded_loan", "advance_share", "granted_on"))
    if not is_exact(loan) or not is_exact(awarded) or granted is None:
        return None, None
    base = loan if granted == "not_yet" else awarded
    # D.12 calls the half the most that the advance may be: an odd cent is the balance's.
    advance = (base * share.numerator / share.denominator).quantize(CENT, ROUND_DOWN)
    rest = (base * (1 - share).numerator / share.denominator).quantize(CENT, ROUND_HALF_UP)
    return rest if granted == "not_yet" else min(max(Decimal(0), loan - advance), rest), advance


@with_a("tranches")
def test_tranches_add_up_to_what_they_divide(measure):
    met = Counter()

    def law(decision):
        whole, advance = divided_in(measure, decision)
        dividing = {line.id for line in measure.rulebook.tranches.dividing}
        divided = [tranche for tranche in decision.tranches if tranche.id in dividing]
        for tranche, line in zip(decision.tranches, measure.rulebook.tranches.lines, strict=True):
            own = decision.value(line.of.name) if isinstance(line.of, Name) else line.of and advance
            assert own is None or tranche.amount == own
            met["of its own"] += own is not None
        if is_exact(whole):
            met["divided"] += 1
            assert sum(tranche.amount for tranche in divided) == whole
        elif whole is not None:
            # Each moves with the whole, so that the ends add up as well, but for a cent of rounding.
            for end in ("least", "greatest"):
                parts = [getattr(tranche.amount, end, tranche.amount) for tranche in divided]
                assert all(part is None or part >= 0 for part in parts)
                if None not in (*parts, getattr(whole, end)):
                    assert abs(sum(parts) - getattr(whole, end)) <= CENT
        for tranche in decision.tranches:
            assert (tranche.payable is Truth.YES) <= (tranche.due is Truth.YES)
            admitted = decision.outcome not in (Outcome.REFUSED, Outcome.UNDECIDED)
            lapsed = {decision[lapse.id].truth for lapse in decision.lapses}
            assert Truth.NO not in lapsed or tranche.payable is Truth.NO
            assert not lapsed or tranche.payable is not Truth.YES
            met["lapsed"] += Truth.NO in lapsed
            assert (tranche.payable is Truth.YES) == (tranche.waits_for == () and admitted)
            assert tranche.payable is Truth.NO or decision.outcome is not Outcome.REFUSED
            met[tranche.payable] += 1

    of_every(decisions(measure), law)
    assert met["divided"] >= LEAST, met
    assert met["of its own"] >= LEAST or all(line.of is None for line in measure.rulebook.tranches.lines), met
    assert min(met[truth] for truth in (Truth.YES, Truth.NO, Truth.UNKNOWN)) >= LEAST, met
    assert met["lapsed"] >= LEAST or all(c.effect is not Effect.REVOKES for c in measure.rulebook.conditions), met


@with_a("tranches")
def test_nothing_is_payable_once_a_condition_that_takes_the_award_back_is_not_met(measure):
    met = Counter()

    def law(decision):
        revoking = [finding for finding in decision.findings if finding.effect is Effect.REVOKES]
        broken = any(finding.truth is Truth.NO for finding in revoking)
        # What is open for something that somebody could tell today, and not for what is still to come.
        doubtful = any(
            finding.truth is Truth.UNKNOWN and any(one.kind is not NotKnowing.PENDING for one in finding.missing)
            for finding in revoking
            if finding.id not in {term.id for term in decision.terms if term.state is DutyState.OPEN}
        )
        payable = {tranche.payable for tranche in decision.tranches}
        assert not broken or payable == {Truth.NO}
        assert not doubtful or Truth.YES not in payable
        met.update(broken=broken, doubtful=doubtful)

    of_every(decisions(measure), law)
    if any(condition.effect is Effect.REVOKES for condition in measure.rulebook.conditions):
        assert min(met["broken"], met["doubtful"]) >= LEAST, met


@each([measure for measure in MEASURES if measure.rulebook.tranches is None])
def test_a_measure_that_divides_nothing_shows_no_tranches(measure):
    assert {decision.tranches for (decision,) in decisions(measure)} == {()}


@every_measure
def test_a_margin_has_the_sign_of_its_truth(measure):
    met = Counter()

    def law(decision):
        open_ = {name for tension in measure.rulebook.tensions for name in tension.bears_on}
        for finding in decision.findings:
            margin, holds = finding.margin, finding.rule.holds
            if margin is None or finding.exemptions or finding.rule.exemptions or not finding.applies:
                continue
            if finding.truth is Truth.PENDING:
                continue  # it is asked once something has happened, whatever is left today
            assert isinstance(holds, Compare)
            if None in (getattr(margin, "least", 0), getattr(margin, "greatest", 0)):
                continue  # that end only the vocabulary gives, which tells nobody how much is left
            if finding.id in open_:
                continue  # what it says is held open between two readings, whatever one of them leaves
            least, greatest = (margin.least, margin.greatest) if isinstance(margin, Range) else (margin, margin)
            strict = holds.op in ("<", ">")
            kept = (least > 0, greatest > 0) if strict else (least >= 0, greatest >= 0)
            expected = {(True, True): Truth.YES, (False, False): Truth.NO, (False, True): Truth.UNKNOWN}[kept]
            met[expected] += 1
            met["none left"] += margin == 0
            if finding.rule.when is not None and expected is Truth.NO:
                # It may turn out not to apply at all.
                assert finding.truth in (Truth.NO, Truth.UNKNOWN), finding
            else:
                assert finding.truth is expected, finding

    of_every(decisions(measure), law)
    if any(isinstance(condition.holds, Compare) for condition in measure.rulebook.conditions):
        assert min(met[Truth.YES], met[Truth.NO], met["none left"]) >= LEAST, met
