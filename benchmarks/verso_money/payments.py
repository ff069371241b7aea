# SPDX-License-Identifier: Apache-2.0
"""What is paid, when, and what takes the award back (C.4.b pp. 30-32, D.1.a p. 35, D.2.b and D.2.c pp. 37-39).

Truths are True, False and None, where the text bears both.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.verso_firm import Firm
from benchmarks.verso_money.accounts import Accounts
from benchmarks.verso_money.award import Award
from benchmarks.verso_money.days import Span, after_months
from benchmarks.verso_money.terms import Term

MAFIA = 15_000_000
"""150,000 euro."""


@dataclass(slots=True)
class Tranche:
    amount: Span
    due: bool | None
    payable: bool | None


def all_of(*truths: bool | None) -> bool | None:
    return False if False in truths else None if None in truths else True


def lapses_of(
    firm: Firm, award: Award, accounts: Accounts | None, terms: dict[str, Term], on: int
) -> dict[str, bool | None]:
    """The grounds on which the award is taken back, True where it is for certain and None where it may be."""
    if not firm.granted_on:
        return {}
    found = {
        # D.1.a c. 1 a) and b), with D.2.c c. 1 a).
        "last_contract_documents": overdue(terms["last_contract_documents"], on),
        "last_accounts": overdue(terms["last_accounts"], on),
        "seat_open_by_advance": without_seat(firm, on),
        "seat_until_balance": seat_left(firm),
        # D.2.a c. 2, p. 37, and D.2.c, pp. 38-39.
        "award_not_revoked": firm.revoked_on > 0,
        "not_renounced": firm.renounced_on > 0,
        "declarations_true": firm.false_declarations,
        # D.1.a c. 1 f), g) and h), p. 35.
        "papers_not_lost": papers_lost(firm),
        "goods_not_disposed": goods_gone(firm, terms["project_end"]),
        "inspections_allowed": firm.inspections_refused,
        # D.2.b c. 1 e), p. 38, and D.1.a c. 1 j), p. 36.
        "no_antimafia_ban": barred(not firm.antimafia_ban, award),
        "successor_admitted": wrong_successor(firm),
    }
    if "contract_arrears_settled" in terms:
        found["contract_arrears_settled"] = overdue(terms["contract_arrears_settled"], on)
    if firm.contract_signed_on:
        # D.2.c c. 3, p. 39: with the contract that is terminated.
        found["not_liquidated"] = liquidated(firm)
        # D.2.b c. 1 a) and b), p. 37: money laundering, and what was received unduly.
        found["contract_stands"] = firm.contract_terminated
        found["antimafia_at_advance"] = barred(firm.antimafia_clear_at_advance, award)
    if accounts is not None:
        found["antimafia_at_balance"] = barred(firm.antimafia_clear_at_balance, award)
        # D.1.a c. 1 d) and c), with D.2.c c. 4 a); C.4.b c. 4 a) and c).
        found["realised_enough"] = None if accounts.enough is None else not accounts.enough
        if firm.accounts_verified:
            found["goals_reached"] = not firm.project_goals_reached
    if "arrears_paid" in terms:
        # C.4.b c. 4 d): suspended for 90 days, and then taken back.
        found["arrears_paid"] = overdue(terms["arrears_paid"], on)
    return {ground: truth for ground, truth in found.items() if truth is not False}


def overdue(term: Term, on: int) -> bool | None:
    """A term that still runs takes nothing back."""
    if not term.done and on <= term.days[0]:
        return False
    kept = term.kept(on)
    return None if kept is None else not kept


def without_seat(firm: Firm, on: int) -> bool | None:
    """D.1.a c. 1 e), p. 35: a seat when the advance is paid; D.11 n), p. 48: when the contract is signed. Between them open."""
    seat, contract, advance = firm.lombard_seat_opened_on, firm.contract_signed_on, firm.advance_paid_on
    if advance and (not seat or seat > advance):
        return True
    if contract and (not seat or seat > contract):
        # On the day of the contract a seat may still be opened in time.
        return None if seat or on > contract else False
    return False


def seat_left(firm: Firm) -> bool:
    """D.1.a c. 1 e), p. 35, and D.2.c c. 1 a), p. 38: the seat is kept until the day of the balance, that day included."""
    closed, balance = firm.lombard_seat_closed_on, firm.balance_paid_on
    return firm.advance_paid_on > 0 and closed > 0 and not 0 < balance <= closed


def papers_lost(firm: Firm) -> bool:
    """D.1.a c. 1 f), p. 35: ten years from the day on which the balance is paid, the last one included."""
    paid, lost = firm.balance_paid_on, firm.papers_lost_on
    return paid > 0 and 0 < lost <= after_months(paid, 120)


def goods_gone(firm: Firm, end: Term) -> bool | None:
    """D.1.a c. 1 g), p. 35: before what the project foresees is over, be it its work or its term."""
    gone, over = firm.goods_disposed_on, firm.project_concluded_on
    if not gone:
        return False
    by_work = not 0 < over <= gone
    by_term = True if gone < end.days[0] else False if gone >= end.days[1] else None
    return by_work if by_work is by_term else None


def wrong_successor(firm: Firm) -> bool | None:
    """D.2.c c. 1 c), p. 39: until the balance is paid A.3 and the scoring, then the scoring of who has two accounts."""
    came, balance = firm.succeeded_on, firm.balance_paid_on
    if not came:
        return False
    early = not (firm.successor_creditworthy and firm.successor_eligible)
    late = firm.successor_two_accounts and not firm.successor_creditworthy
    if came == balance:
        # What came first counts, and is not told.
        return early if early is late else None
    return late if 0 < balance < came else early


def liquidated(firm: Firm) -> bool | None:
    """D.2.b c. 1 d), 2 and 3, pp. 37-38: before the balance is paid; on its day what came first counts, and is not told."""
    opened, balance = firm.liquidation_opened_on, firm.balance_paid_on
    if not opened or 0 < balance < opened:
        return False
    return None if opened == balance else True


def barred(clear: bool, award: Award) -> bool | None:
    """C.4.b c. 6 and 8, pp. 31-32: above 150,000 euro of contribution and aid in the loan; C.4.c c. 8, p. 33: from 150,000 on of
    public contributions, whatever they are called. What is not favourable takes the award back wherever it is asked for."""
    if clear or award.nominal[1] < MAFIA:
        return False
    return True if award.equivalent[0] > MAFIA else None


def tranches_of(
    firm: Firm, award: Award, accounts: Accounts | None, lapses: dict[str, bool | None], admitted: bool | None, on: int
) -> dict[str, Tranche]:
    """C.4.b c. 1 and 2, p. 30: half of the loan when the contract is signed, the rest and the contribution at the end.

    The advance was half of what had been granted; D.12, p. 49, calls that the most it may be. What the accounts leave of the loan
    less that half is the balance.
    """
    loan, grant = (accounts.loan, accounts.grant) if accounts else (award.loan, award.grant)
    advance = award.loan[0] // 2, award.loan[1] // 2
    balance = max(0, loan[0] - advance[0]), max(0, loan[1] - advance[1])
    stands = all_of(admitted, True if not lapses else False if True in lapses.values() else None)
    signed = firm.contract_signed_on > 0
    # D.1.a c. 1 e), p. 35: a seat that is there, and not one that was.
    seat = 0 < firm.lombard_seat_opened_on <= on and not (signed and firm.lombard_seat_closed_on)
    due = all_of(signed, firm.balance_asked_on > 0, firm.project_concluded_on > 0)
    settled = not firm.arrears_at_balance or firm.arrears_paid_on > 0
    unpaid = firm.balance_paid_on == 0
    # D.3 c. 5, p. 41: a successor may be authorised, and of one who is not nothing is said.
    heir = True if not firm.succeeded_on or firm.succession_allowed else None
    # D.2.b c. 3, p. 38: once the loan is called in, the contribution that was awarded and paid is saved; of the rest nothing is said, and
    # with the contract terminated there is none.
    called = None if firm.loan_called_on else True
    stands = all_of(stands, heir)
    regular = contributions(firm.durc_regular_at_balance)
    at_the_end = all_of(
        due, stands, seat, firm.accounts_verified, settled, regular, unpaid, called, firm.contract_ended_on == 0
    )
    return {
        # C.4.b c. 3.
        "advance": Tranche(
            advance,
            signed,
            all_of(signed, stands, seat, contributions(firm.durc_regular_at_advance), firm.advance_paid_on == 0),
        ),
        # C.4.b c. 4.
        "balance": Tranche(balance, due, at_the_end),
        "grant_at_the_end": Tranche(grant, due, at_the_end),
    }


def contributions(regular: bool) -> bool | None:
    """C.4.b c. 3 a) and 4 e) look at the DURC before they pay; c. 5, p. 31, keeps back what is owed and pays the rest: how much is
    owed nobody told."""
    return True if regular else None
