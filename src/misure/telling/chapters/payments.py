# SPDX-License-Identifier: Apache-2.0
"""Tranches: how much, whether it is due, whether it can be paid, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from misure.deciding.decision import Decision, Outcome
from misure.deciding.machinery import compiled
from misure.deciding.results import Recovered, Tranche, Waiting
from misure.ground.truth import Truth
from misure.telling.chapters.amounts import Amounts
from misure.telling.chapters.page import Line, Mark
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words

__all__ = ["Payments"]


def _is_paid(tranche: Tranche) -> bool:
    return any(one.part == "paid" and one.truth is Truth.NO for one in tranche.waits_for)


class Payments:
    """Tells the tranches of one decision."""

    def __init__(self, speaker: Speaker, decision: Decision, amounts: Amounts) -> None:
        self.speaker, self.decision, self.amounts = speaker, decision, amounts

    def lines(self) -> list[Line]:
        return [self._line(tranche) for tranche in self.decision.tranches]

    def refused(self) -> list[Line]:
        """Of whoever is refused for certain nothing falls due any more, whatever would have had to come first."""
        lines = tuple(Line(self._text(tranche, self.speaker.say("non si paga")), Mark.FAILED, str(tranche.cite))
                      for tranche in self.decision.tranches)  # fmt: skip
        told = self.speaker.say("Nulla si paga di una domanda non ammissibile")
        return [Line(told, Mark.FAILED, folded=lines)] if lines else []

    def recovered(self) -> list[Line]:
        """What is to be given back, or may be, each with the condition from which it follows."""
        return [self._back(one) for one in self.decision.recovery]

    def _back(self, one: Recovered) -> Line:
        say, certain = self.speaker.say, one.truth is Truth.NO
        amount = self.amounts.money(f"recovery.{one.id}", one.amount) or say("importo non ancora noto")
        rule = next(condition for condition in self.speaker.book.conditions if condition.id == one.condition)
        what = self.speaker.sentence(rule)
        why = say("perché non è soddisfatto: «{what}»", what=what) if certain else say("da sapere: {what}", what=what)
        exact = certain and isinstance(one.amount, Decimal)
        mark = (Mark.FAILED if one.amount else Mark.PLAIN) if exact else Mark.OPEN
        flag = words.flag(self.speaker.language, one.confidence)
        return Line(f"{amount} – {self.speaker.filled(one.text)}", mark, str(one.cite), flag, (why,))

    def _text(self, tranche: Tranche, told: str) -> str:
        amount = self.amounts.money(f"tranche.{tranche.id}.amount", tranche.amount)
        what = self.speaker.filled(tranche.text) or tranche.id
        return f"{amount or self.speaker.say('importo non ancora noto')} – {what}: {told}"

    def _line(self, tranche: Tranche) -> Line:
        if _is_paid(tranche):
            return Line(self._text(tranche, self.speaker.say("già pagata")), Mark.MET, str(tranche.cite))
        gone = tuple(one for one in tranche.waits_for if one.part == "lapse" and one.truth is Truth.NO)
        text = self._text(tranche, self.speaker.say("non si paga più") if gone else words.due_and_payable(
            self.speaker.language, tranche.due, tranche.payable))  # fmt: skip
        mark = Mark.FAILED if gone else Mark.MET if tranche.payable is Truth.YES else Mark.OPEN if Truth.UNKNOWN in (
            tranche.due, tranche.payable) and tranche.due is not Truth.NO else Mark.WAITING  # fmt: skip
        flag = words.flag(self.speaker.language, tranche.confidence)
        waits = map(self._waiting, gone or tranche.waits_for)
        return Line(text, mark, str(tranche.cite), flag, (*self._limits(tranche), *waits))

    def _limits(self, tranche: Tranche) -> Iterator[str]:
        """What limits a tranche, what is withheld of it, and what is paid out of it in the end."""
        say, key = self.speaker.say, f"tranche.{tranche.id}"
        limit = self.amounts.money(f"{key}.cap", tranche.cap) if tranche.cap is not None else ""
        if limit:
            said = say("limite: {limit}", limit=limit)
            x = compiled(self.decision)
            cut = isinstance(tranche.amount, Decimal) and x.ends(f"{key}.uncapped")[0] > x.ends(f"{key}.amount")[1]
            yield say("{cap} – riduce l'importo", cap=said) if cut else said
        for one in tranche.withheld:
            kept = self.amounts.money(f"{key}.withheld.{one.id}", one.amount) or say("importo non ancora noto")
            place = "" if one.cite == tranche.cite else f" ({one.cite})"
            flag = words.flag(self.speaker.language, one.confidence)
            told = say("si trattiene: {kept} – {what}", kept=kept, what=self.speaker.filled(one.text))
            yield f"{told}{place} [{flag}]" if flag else f"{told}{place}"
        if tranche.net is not None and (net := self.amounts.money(f"{key}.net", tranche.net)):
            yield say("si riceve: {net}", net=net)

    def _waiting(self, waiting: Waiting) -> str:
        if waiting.part == "paid":
            return self.speaker.say("da sapere: se è già stata pagata")
        what = self.speaker.filled(waiting.text) or waiting.id
        if waiting.truth is Truth.NO:
            if waiting.part == "lapse":
                return self.speaker.say("causa di decadenza: {what}", what=what)
            return self.speaker.say("aspetta: {what}", what=what)
        return self.speaker.say("da sapere: {what}", what=what)

    def summary(self) -> str:
        """How much can be paid today; "" without tranches, or while that is not certain."""
        tranches = self.decision.tranches
        amounts = [tranche.amount for tranche in tranches if isinstance(tranche.amount, Decimal)]
        if not tranches or len(amounts) < len(tranches):
            return ""
        money = self.speaker.figures.money
        before = [amount for tranche, amount in zip(tranches, amounts, strict=True) if _is_paid(tranche)]
        told = self._of_the_rest([tranche for tranche in tranches if not _is_paid(tranche)])
        if not before:
            return told
        first = self.speaker.say("Già pagati {paid}.", paid=money(sum(before, Decimal(0))))
        return f"{first} {told}" if told else first

    def _of_the_rest(self, tranches: list[Tranche]) -> str:
        """How much can be paid today of what was not paid yet; "" where all was, or where that is nothing."""
        if not tranches:
            return ""
        money = self.speaker.figures.money
        amounts = {tranche.id: tranche.amount for tranche in tranches if isinstance(tranche.amount, Decimal)}
        payable = [amounts[tranche.id] for tranche in tranches if tranche.payable is Truth.YES]
        paid, whole = sum(payable, Decimal(0)), sum(amounts.values(), Decimal(0))
        if not whole:
            return ""
        if any(tranche.payable is Truth.UNKNOWN for tranche in tranches):
            return self.speaker.say("Pagabili di certo {paid} su {whole}.", paid=money(paid), whole=money(whole))
        if not payable and (self.decision.lapses or self.decision.outcome is Outcome.REFUSED):
            return self.speaker.say("Di {whole} nulla si può pagare.", whole=money(whole))
        if not payable:
            return self.speaker.say("Di {whole} nulla si può ancora pagare.", whole=money(whole))
        return self.speaker.say("Pagabili {paid} su {whole}.", paid=money(paid), whole=money(whole))
