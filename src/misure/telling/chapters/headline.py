# SPDX-License-Identifier: Apache-2.0
"""The sentences right under the outcome: what a firm's owner wants to know before any condition is listed."""

from __future__ import annotations

from collections.abc import Iterator

from misure.deciding.decision import Decision, Outcome, StageAnswer
from misure.deciding.finding import Finding
from misure.deciding.missing import Missing
from misure.deciding.results import DutyState, Term
from misure.facts.vocabulary import FILING
from misure.ground.truth import Confidence, NotKnowing, Truth, best
from misure.rulebook.rules import Effect, Stage
from misure.telling.chapters.payments import Payments
from misure.telling.chapters.speaker import Speaker

__all__ = ["headline", "not_open_yet"]


def not_open_yet(decision: Decision) -> tuple[Term, ...]:
    """The windows that are not open yet, where nothing else refuses an application that is not filed yet: else none."""
    if decision.outcome is not Outcome.REFUSED or FILING not in decision.assumed:
        return ()
    terms = {term.id: term for term in decision.terms if term.kind == "window" and term.state is DutyState.BEFORE}
    failed = [
        finding.id for finding in decision.findings if finding.effect is Effect.REFUSES and finding.truth is Truth.NO
    ]
    return tuple(terms[id_] for id_ in failed) if all(id_ in terms for id_ in failed) else ()


def headline(speaker: Speaker, decision: Decision, payments: Payments) -> Iterator[str]:
    """One or two sentences that say what the outcome rests on."""
    say, many = speaker.say, speaker.many
    deciding = [finding for finding in decision.findings if finding.effect is Effect.REFUSES]
    failed = sum(finding.truth is Truth.NO for finding in deciding)
    waiting = [finding for finding in deciding if finding.truth is Truth.UNKNOWN]
    match decision.outcome:
        case Outcome.REFUSED if closed := not_open_yet(decision):
            # The latest of them: whoever comes before is turned away by it.
            opens = [speaker.figures.value(term.opens, "") for term in closed]
            yield say("Non si può ancora presentare domanda. Apertura: {day}. Una domanda presentata il {on} sarebbe respinta.",
                      day=opens[-1] if all(opens) else say("un giorno che le fonti lette non riportano"),
                      on=speaker.figures.day(decision.on))  # fmt: skip
        case Outcome.REFUSED:
            yield many(
                "Una condizione non è soddisfatta.", "{n} condizioni non sono soddisfatte.", failed, n=str(failed)
            )
            if waiting:
                n = len(waiting)
                yield many("Un'altra non si può ancora valutare, ma non cambierebbe l'esito.",
                           "Altre {n} non si possono ancora valutare, ma non cambierebbero l'esito.", n,
                           n=str(n))  # fmt: skip
            if decision.confidence is Confidence.INFERRED:
                yield say("Il rifiuto si regge soltanto su una nostra lettura.")
            elif decision.confidence is Confidence.ASSUMED:
                yield say("Il rifiuto si regge soltanto su un'ipotesi.")
        case Outcome.ELIGIBLE:
            yield from _all_met(speaker, decision, say("Tutte le condizioni sono soddisfatte."),
                                say("Tutte le condizioni che decidono l'esito sono soddisfatte"))  # fmt: skip
        case Outcome.NO_KNOWN_OBSTACLE:
            yield from _all_met(speaker, decision, say("Nessuna delle condizioni note è violata."),
                                say("Nessuna delle condizioni note che decidono l'esito è violata"))  # fmt: skip
        case Outcome.UNDECIDED:
            yield from _undecided(speaker, decision, waiting)
        case Outcome.NOT_APPLICABLE:
            yield say("Qui nessuna condizione può escludere: contano i pagamenti e i termini.")
    yield from _lapsed(speaker, decision)
    if paid := payments.summary():
        yield paid


def _lapsed(speaker: Speaker, decision: Decision) -> Iterator[str]:
    """By which conditions the award has lapsed for certain, each with its citation."""
    gone = [lapse for lapse in decision.lapses if lapse.truth is Truth.NO]
    if gone:
        what = "; ".join(f"«{speaker.filled(lapse.text) or lapse.id}» ({lapse.cite})" for lapse in gone)
        yield speaker.say("L'agevolazione decade, perché non è soddisfatto: {what}.", what=what)
        # As sure as the surest of what takes it back: each alone would.
        match best(*(decision[lapse.id].confidence for lapse in gone)):
            case Confidence.INFERRED:
                yield speaker.say("La decadenza si regge soltanto su una nostra lettura.")
            case Confidence.ASSUMED:
                yield speaker.say("La decadenza si regge soltanto su un'ipotesi.")


def _all_met(speaker: Speaker, decision: Decision, all_of_them: str, those_that_decide: str) -> Iterator[str]:
    """That nothing stands in the way; and, where it is so, that something else is not met, or that nothing is given."""
    many = speaker.many
    others = [finding for finding in decision.findings if finding.effect is not Effect.REFUSES]
    failed = sum(finding.truth is Truth.NO for finding in others)
    waiting = sum(finding.truth is Truth.UNKNOWN for finding in others)
    if not failed and not waiting:
        yield all_of_them
    elif failed:
        yield many("{what}; un'altra non è soddisfatta.", "{what}; altre {n} non sono soddisfatte.", failed,
                   n=str(failed), what=those_that_decide)  # fmt: skip
        if waiting:
            yield many("Un'altra non si può ancora valutare.", "Altre {n} non si possono ancora valutare.", waiting,
                       n=str(waiting))  # fmt: skip
    else:
        yield many("{what}; un'altra non si può ancora valutare.", "{what}; altre {n} non si possono ancora valutare.",
                   waiting, n=str(waiting), what=those_that_decide)  # fmt: skip
    given = [amount.amount for amount in decision.support if amount.id != "own_share"]
    if given and all(amount == 0 for amount in given):
        yield speaker.say("L'agevolazione però è zero.")


def _undecided(speaker: Speaker, decision: Decision, waiting: list[Finding]) -> Iterator[str]:
    say = speaker.say
    missing = {(item.name, item.kind): item for finding in waiting for item in finding.missing}
    admission = decision.stages.get(Stage.ADMISSION)
    failed = sum(one.truth is Truth.NO for one in decision.findings if one.effect is not Effect.REFUSES)
    if admission is StageAnswer.ELIGIBLE:
        yield say("La domanda può essere valutata: le condizioni di ammissione sono tutte soddisfatte.")
    elif admission is StageAnswer.NO_KNOWN_OBSTACLE:
        yield say("La domanda può essere valutata: le condizioni di ammissione note sono soddisfatte.")
    elif failed:
        yield say("Nessuna delle condizioni che decidono l'esito è violata, ma non tutte si possono ancora valutare.")
    else:
        yield say("Nessuna condizione è violata, ma non tutte si possono ancora valutare.")
    if failed:
        yield speaker.many("Un'altra, che non decide l'esito, non è soddisfatta.",
                           "Altre {n}, che non decidono l'esito, non sono soddisfatte.", failed, n=str(failed))  # fmt: skip
    kinds = {kind for _, kind in missing}
    if kinds == {NotKnowing.UNPUBLISHED}:
        named = [speaker.label(name) for name, _ in missing if not speaker.disagreed_on(name)]
        if named:
            yield say("Il resto dipende da ciò che le fonti lette non riportano: {what}.",
                      what=speaker.language.listed(named))  # fmt: skip
        if read := _read_in_two_ways(speaker, waiting):
            yield say("Il resto dipende anche da come si leggono le norme: {what}.", what=read) if named else say(
                "Il resto dipende da come si leggono le norme: {what}.", what=read)  # fmt: skip
        return
    counted = list(_counted(speaker, list(missing.values())))
    if counted:
        yield say("Per decidere mancano {what}.", what=speaker.language.listed(counted)) if len(missing) > 1 else say(
            "Per decidere manca {what}.", what=counted[0])  # fmt: skip


def _read_in_two_ways(speaker: Speaker, waiting: list[Finding]) -> str:
    """The open conditions on which provisions that do not fit bear; "" where there is none."""
    held = [finding for finding in waiting if any(speaker.disagreed_on(item.name) for item in finding.missing)]
    return speaker.language.listed([speaker.language.quoted(speaker.sentence(finding.rule)) for finding in held])


def _counted(speaker: Speaker, missing: list[Missing]) -> Iterator[str]:
    many = speaker.many
    read = sum(speaker.disagreed_on(item.name) for item in missing)
    counts = {kind: sum(item.kind is kind for item in missing) for kind in NotKnowing}
    if n := counts[NotKnowing.MISSING]:
        yield many("una risposta", "{n} risposte", n, n=str(n))
    if n := counts[NotKnowing.TO_BE_JUDGED]:
        yield many("un giudizio", "{n} giudizi", n, n=str(n))
    if n := counts[NotKnowing.PENDING]:
        yield many("un fatto che deve ancora avvenire", "{n} fatti che devono ancora avvenire", n, n=str(n))
    if n := counts[NotKnowing.UNPUBLISHED] - read:
        yield many(
            "un valore che le fonti lette non riportano", "{n} valori che le fonti lette non riportano", n, n=str(n)
        )
    if read:
        yield many("un punto che si legge in più modi", "{n} punti che si leggono in più modi", read,
                   n=str(read))  # fmt: skip
    if n := counts[NotKnowing.UNDEFINED]:
        yield many("un valore che non si può calcolare", "{n} valori che non si possono calcolare", n, n=str(n))
