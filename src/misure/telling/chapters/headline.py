# SPDX-License-Identifier: Apache-2.0
"""The sentences right under the outcome: what a firm's owner wants to know before any condition is listed."""

from __future__ import annotations

from collections.abc import Iterator

from misure.deciding.decision import Decision, Outcome, StageAnswer
from misure.deciding.finding import Finding
from misure.deciding.missing import Missing
from misure.ground.truth import NotKnowing, Truth
from misure.rulebook.rules import Effect, Stage
from misure.telling.chapters.payments import Payments
from misure.telling.chapters.speaker import Speaker

__all__ = ["headline"]


def headline(speaker: Speaker, decision: Decision, payments: Payments) -> Iterator[str]:
    """One or two sentences that say what the outcome rests on."""
    say, many = speaker.say, speaker.many
    deciding = [finding for finding in decision.findings if finding.effect is Effect.REFUSES]
    failed = sum(finding.truth is Truth.NO for finding in deciding)
    waiting = [finding for finding in deciding if finding.truth is Truth.UNKNOWN]
    match decision.outcome:
        case Outcome.REFUSED:
            yield many(
                "Una condizione non è soddisfatta.", "{n} condizioni non sono soddisfatte.", failed, n=str(failed)
            )
            if waiting:
                n = len(waiting)
                yield many("Un'altra non si può ancora valutare, ma non cambierebbe l'esito.",
                           "Altre {n} non si possono ancora valutare, ma non cambierebbero l'esito.", n,
                           n=str(n))  # fmt: skip
        case Outcome.ELIGIBLE:
            yield say("Tutte le condizioni sono soddisfatte.")
        case Outcome.UNDECIDED:
            yield from _undecided(speaker, decision, waiting)
        case Outcome.NOT_APPLICABLE:
            yield say("Qui nessuna condizione può escludere: contano i pagamenti e i termini.")
    if paid := payments.summary():
        yield paid


def _undecided(speaker: Speaker, decision: Decision, waiting: list[Finding]) -> Iterator[str]:
    say = speaker.say
    missing = {(item.name, item.kind): item for finding in waiting for item in finding.missing}
    if decision.stages.get(Stage.ADMISSION) is StageAnswer.ELIGIBLE:
        yield say("La domanda può essere valutata: le condizioni di ammissione sono tutte soddisfatte.")
    else:
        yield say("Nessuna condizione è violata, ma non tutte si possono ancora valutare.")
    kinds = {kind for _, kind in missing}
    if kinds == {NotKnowing.UNPUBLISHED}:
        named = speaker.language.listed([speaker.label(name) for name, _ in missing])
        yield say("Il resto dipende da ciò che le fonti lette non riportano: {what}.", what=named)
        return
    counted = list(_counted(speaker, list(missing.values())))
    if counted:
        yield say("Per decidere mancano {what}.", what=speaker.language.listed(counted)) if len(missing) > 1 else say(
            "Per decidere manca {what}.", what=counted[0])  # fmt: skip


def _counted(speaker: Speaker, missing: list[Missing]) -> Iterator[str]:
    many = speaker.many
    counts = {kind: sum(item.kind is kind for item in missing) for kind in NotKnowing}
    if n := counts[NotKnowing.MISSING]:
        yield many("una risposta", "{n} risposte", n, n=str(n))
    if n := counts[NotKnowing.TO_BE_JUDGED]:
        yield many("un giudizio", "{n} giudizi", n, n=str(n))
    if n := counts[NotKnowing.PENDING]:
        yield many("un fatto che deve ancora avvenire", "{n} fatti che devono ancora avvenire", n, n=str(n))
    if n := counts[NotKnowing.UNPUBLISHED]:
        yield many(
            "un valore che le fonti lette non riportano", "{n} valori che le fonti lette non riportano", n, n=str(n)
        )
    if n := counts[NotKnowing.UNDEFINED]:
        yield many("un valore che non si può calcolare", "{n} valori che non si possono calcolare", n, n=str(n))
