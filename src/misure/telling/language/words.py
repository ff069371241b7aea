# SPDX-License-Identifier: Apache-2.0
"""The words for what the library counts by name: outcomes, stages, effects, states, regimes, degrees of confidence."""

from __future__ import annotations

from misure.deciding.decision import Outcome
from misure.deciding.results import DutyState
from misure.ground.regimes import Regime
from misure.ground.truth import Confidence, Truth
from misure.rulebook.rules import Effect, Stage
from misure.telling.chapters.page import Mark
from misure.telling.language.language import Language

__all__ = ["MARKS", "confidence", "due_and_payable", "effect", "flag", "law_table", "outcome", "plan", "regime", "selection_kind", "stage",
           "state", "yes_or_no"]  # fmt: skip

MARKS = {Truth.YES: Mark.MET, Truth.NO: Mark.FAILED, Truth.UNKNOWN: Mark.OPEN, Truth.NOT_APPLICABLE: Mark.PLAIN}


def outcome(language: Language, value: Outcome) -> str:
    say = language.say
    return {
        Outcome.ELIGIBLE: say("AMMISSIBILE"),
        Outcome.REFUSED: say("NON AMMISSIBILE"),
        Outcome.UNDECIDED: say("NON SI PUÒ ANCORA DECIDERE"),
        Outcome.NOT_APPLICABLE: say("NESSUN ESITO DI AMMISSIBILITÀ"),
    }[value]


def stage(language: Language, value: Stage) -> str:
    say = language.say
    return {
        Stage.ADMISSION: say("ammissione"),
        Stage.ASSESSMENT: say("valutazione"),
        Stage.SELECTION: say("selezione"),
        Stage.AWARD: say("concessione"),
        Stage.PAYMENT: say("erogazione"),
        Stage.REPORTING: say("rendicontazione"),
        Stage.UPKEEP: say("mantenimento"),
    }[value]


def effect(language: Language, value: Effect) -> str:
    """What follows where a condition is not met."""
    say = language.say
    return {
        Effect.REFUSES: say("se manca, esclude"),
        Effect.BLOCKS: say("se manca, blocca il pagamento"),
        Effect.REDUCES: say("se manca, riduce l'importo"),
        Effect.REVOKES: say("se manca, fa revocare il contributo"),
        Effect.NONE: say("non cambia l'esito"),
        Effect.UNSTATED: say("le fonti lette non dicono che cosa segue se manca"),
    }[value]


def state(language: Language, value: DutyState) -> str:
    """Where a term stands on the day of the question."""
    say = language.say
    return {
        DutyState.KEPT: say("rispettato"),
        DutyState.LATE: say("in ritardo"),
        DutyState.OPEN: say("ancora aperto"),
        DutyState.UNKNOWN: say("non si può ancora dire"),
        DutyState.STANDING: say("vale sempre, senza un giorno fissato"),
        DutyState.NOT_APPLICABLE: say("non si applica"),
        DutyState.BEFORE: say("troppo presto"),
        DutyState.INSIDE: say("nei tempi"),
        DutyState.AFTER: say("troppo tardi"),
    }[value]


def regime(language: Language, name: str) -> str:
    """A counting regime; its own name, where it is none of ours."""
    say = language.say
    known = {
        Regime.FIXED_INSTANT: say("giorno fisso, che non si sposta mai"),
        Regime.IT_CIVIL: say("regola civile (art. 2963 c.c.): di domenica o festivo si passa al giorno dopo"),
        Regime.EU_1182_71: say("regola europea (reg. 1182/71): anche di sabato si passa al giorno lavorativo dopo"),
        Regime.IT_CPC: say("regola dei processi (art. 155 c.p.c.): anche di sabato si passa al giorno lavorativo dopo"),
        Regime.IT_TAX: say("regola fiscale (art. 7 DL 70/2011): anche di sabato si passa al giorno lavorativo dopo"),
        Regime.VALIDITY: say("durata di un certificato, che non si sposta mai"),
    }
    return next((words for found, words in known.items() if found == name), name)


def confidence(language: Language, value: Confidence) -> str:
    say = language.say
    return {
        Confidence.OFFICIAL: say("fonte ufficiale"),
        Confidence.SECONDARY: say("fonte secondaria"),
        Confidence.INFERRED: say("nostra lettura"),
        Confidence.ASSUMED: say("ipotesi"),
    }[value]


def flag(language: Language, value: Confidence) -> str:
    """What stands beside a line that is not wholly sure; "" where it is."""
    return "" if value is Confidence.OFFICIAL else confidence(language, value)


def selection_kind(language: Language, kind: str) -> str:
    say = language.say
    known = {"list": say("elenco"), "ranking": say("graduatoria"), "counter": say("sportello, in ordine di arrivo")}
    return known.get(kind, kind)


def law_table(language: Language, name: str) -> str:
    """A table of the law beneath every measure, by what stands in it; "" for any other name."""
    say = language.say
    return {
        "stato/discount-rates": say("tasso di attualizzazione del giorno della concessione"),
        "ue/reference-margins": say("margine del tasso di riferimento"),
        "ue/deminimis-ceilings": say("massimale de minimis"),
        "ue/reference-rate-terms": say("termini del tasso di riferimento"),
        "ue/cumulation-deminimis": say("massimale comune a più regolamenti de minimis"),
        "ue/gge-safe-harbours": say("limiti entro cui l'aiuto è trasparente"),
        "ue/sme-thresholds": say("soglie di dimensione delle imprese"),
        "ue/difficulty": say("soglie dell'impresa in difficoltà"),
        "repayment_plan": say("piano di rimborso del finanziamento"),
    }.get(name, "")


def plan(language: Language, name: str) -> str:
    """The total of a plan that no fact states: of the usual two, or by the plan's own name."""
    known = {
        "planned": language.say("totale delle spese previste"),
        "reported": language.say("totale delle spese rendicontate"),
    }
    return known.get(name) or language.say("totale, {plan}", plan=name)


def yes_or_no(language: Language, *, value: bool) -> str:
    return language.say("sì") if value else language.say("no")


def due_and_payable(language: Language, due: Truth, payable: Truth) -> str:
    """Where a tranche stands. What is not due is not payable either, so some pairs never come up."""
    say = language.say
    if due is Truth.YES:
        return {
            Truth.YES: say("dovuta e pagabile"),
            Truth.NO: say("dovuta, non ancora pagabile"),
            Truth.UNKNOWN: say("dovuta; non si sa se è pagabile"),
        }.get(payable, "")
    if due is Truth.NO:
        return say("non ancora dovuta")
    if payable is Truth.NO:
        return say("non si sa se è dovuta; di certo non è ancora pagabile")
    return say("non si sa se è dovuta né se è pagabile")
