# SPDX-License-Identifier: Apache-2.0
"""The words for what the library counts by name: outcomes, stages, effects, states, regimes, standings, reasons.

Each kind has a table of messages, built once and translated word by word when it is said. `word` finds the word of a member
of an enumeration, `named` that of a name in a table of names, which may lack it.

>>> word(Language("it"), Outcome.REFUSED), word(Language("en"), Outcome.REFUSED)
('NON AMMISSIBILE', 'NOT ELIGIBLE')
>>> named(Language("en"), PLANS, "reported"), named(Language("en"), PLANS, "another")
('total of the reported costs', '')
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from misure.deciding.decision import Outcome
from misure.deciding.results import DutyState
from misure.ground.regimes import Regime
from misure.ground.truth import Confidence, NotKnowing, Truth
from misure.rulebook.rules import Effect, Read, Stage
from misure.rulebook.selection import OrderKey
from misure.selecting.placement import Why
from misure.selecting.standing import Standing
from misure.telling.language.language import Language, message

__all__ = [
    "ASKED", "LAST_AWARDS", "LAW_TABLES", "ORDERS", "PLANS", "READ", "REGULATIONS", "SELECTION_KINDS", "SELECTION_PARTS",
    "SURVIVORS", "TABLES", "due_and_payable", "flag", "named", "order_word", "plan", "regime", "word",
]  # fmt: skip

K = TypeVar("K")

Words: TypeAlias = Mapping[K, str]
"""A message for each of what it names."""

# Of one applicant

_OUTCOMES: Words[Outcome] = {
    Outcome.ELIGIBLE: message("AMMISSIBILE"),
    Outcome.NO_KNOWN_OBSTACLE: message("NESSUN OSTACOLO NOTO"),
    Outcome.REFUSED: message("NON AMMISSIBILE"),
    Outcome.UNDECIDED: message("NON SI PUÒ ANCORA DECIDERE"),
    Outcome.NOT_APPLICABLE: message("NESSUN ESITO DI AMMISSIBILITÀ"),
}

_STAGES: Words[Stage] = {
    Stage.ADMISSION: message("ammissione"),
    Stage.ASSESSMENT: message("valutazione"),
    Stage.SELECTION: message("selezione"),
    Stage.AWARD: message("concessione"),
    Stage.PAYMENT: message("erogazione"),
    Stage.REPORTING: message("rendicontazione"),
    Stage.UPKEEP: message("mantenimento"),
}

_EFFECTS: Words[Effect] = {
    Effect.REFUSES: message("se manca, esclude"),
    Effect.BLOCKS: message("se manca, blocca il pagamento"),
    Effect.REDUCES: message("se manca, riduce l'importo"),
    Effect.REVOKES: message("se manca, fa decadere dall'agevolazione"),
    Effect.NONE: message("non cambia l'esito"),
    Effect.UNSTATED: message("le fonti lette non dicono che cosa segue se manca"),
}
"""What follows where a condition is not met."""

CHANGED = message("nessuna fonte dice in che giorno il valore è cambiato")
"""Why a value is unknown while it may have changed: said when a rule file is read."""

PUBLISHED = message("giorno dell'atto che approva il bando")
"""The label of a value that the law beneath asks for: said when a rule file is read."""

READ: Words[str] = {
    Read.PARTLY: message("Il testo che governa la misura è stato letto solo in parte."),
    Read.NOT: message("Il testo che governa la misura non è stato letto."),
}
"""What is said of an edition whose text was not read whole."""

_STATES: Words[DutyState] = {
    DutyState.KEPT: message("rispettato"),
    DutyState.LATE: message("in ritardo"),
    DutyState.OPEN: message("ancora aperto"),
    DutyState.UNKNOWN: message("non si può ancora dire"),
    DutyState.STANDING: message("vale sempre, senza un giorno fissato"),
    DutyState.NOT_APPLICABLE: message("non si applica"),
    DutyState.BEFORE: message("troppo presto"),
    DutyState.INSIDE: message("nei tempi"),
    DutyState.AFTER: message("troppo tardi"),
    DutyState.RUNNING: message("in corso"),
    DutyState.ENDED: message("finito"),
    DutyState.BROKEN: message("violato"),
}
"""Where a term stands on the day of the question."""

_REGIMES: Words[str] = {
    Regime.FIXED_INSTANT: message("giorno fisso, che non si sposta mai"),
    Regime.IT_CIVIL: message("regola civile (art. 2963 c.c.): di domenica o festivo si passa al giorno dopo"),
    Regime.EU_1182_71: message("regola europea (reg. 1182/71): anche di sabato si passa al giorno lavorativo dopo"),
    Regime.IT_CPC: message("regola dei processi (art. 155 c.p.c.): anche di sabato si passa al giorno lavorativo dopo"),
    Regime.IT_TAX: message("regola fiscale (art. 7 DL 70/2011): anche di sabato si passa al giorno lavorativo dopo"),
    Regime.VALIDITY: message("durata di un certificato, che non si sposta mai"),
}

_CONFIDENCES: Words[Confidence] = {
    Confidence.OFFICIAL: message("fonte ufficiale"),
    Confidence.SECONDARY: message("fonte secondaria"),
    Confidence.INFERRED: message("nostra lettura"),
    Confidence.ASSUMED: message("ipotesi"),
}

ASKED: Words[str] = {
    "computed": message("Da calcolare"),
    NotKnowing.MISSING: message("Da chiedere a chi presenta la domanda"),
    NotKnowing.TO_BE_JUDGED: message("Da giudicare"),
    NotKnowing.PENDING: message("Deve ancora avvenire"),
    NotKnowing.UNPUBLISHED: message("Non trovato nelle fonti lette"),
    "disagreeing": message("Dipende da come si leggono le norme"),
    NotKnowing.UNDEFINED: message("Senza un valore"),
}
"""The titles under which is told what is not known, by who can cure it; nobody is asked for what is still computed."""

LAW_TABLES: Words[str] = {
    "stato/discount-rates": message("tasso di attualizzazione del giorno della concessione"),
    "stato/legal-interest": message("saggio degli interessi legali"),
    "ue/reference-margins": message("margine del tasso di riferimento"),
    "ue/deminimis-ceilings": message("massimale de minimis"),
    "ue/reference-rate-terms": message("termini del tasso di riferimento"),
    "ue/cumulation-deminimis": message("massimale comune a più regolamenti de minimis"),
    "ue/gge-safe-harbours": message("limiti entro cui l'aiuto è trasparente"),
    "ue/sme-thresholds": message("soglie di dimensione delle imprese"),
    "ue/difficulty": message("soglie dell'impresa in difficoltà"),
    "repayment_plan": message("piano di rimborso del finanziamento"),
    "discounted_instalments": message("tasso con cui si attualizzano le rate, e rate del preammortamento che contano"),
}
"""The tables of the law beneath every measure, by what stands in them."""

REGULATIONS: Words[str] = {
    "gen": message("regolamento generale"),
    "sgei": message("servizi di interesse economico generale"),
    "agri": message("settore agricolo"),
    "fish": message("pesca e acquacoltura"),
}
"""The regulations of de minimis aid."""

PLANS: Words[str] = {
    "planned": message("totale delle spese previste"),
    "reported": message("totale delle spese rendicontate"),
}
"""The totals of the usual plans of spending, which no fact states."""

_DUE: Words[Truth] = {
    Truth.YES: message("dovuta e pagabile"),
    Truth.NO: message("dovuta, non ancora pagabile"),
    Truth.UNKNOWN: message("dovuta; non si sa se è pagabile"),
}
"""Where a tranche that is due stands, by whether it is payable."""

# Of a selection

_STANDINGS: Words[Standing] = {
    Standing.FUNDED: message("ammessa e finanziata"),
    Standing.LISTED: message("nell'elenco"),
    Standing.DEPENDS: message("dipende"),
    Standing.WAITING: message("in lista d'attesa"),
    Standing.NOT_FUNDED: message("ammessa, non finanziata"),
    Standing.NOT_ADMITTED: message("non ammessa"),
    Standing.DISPLACED: message("superata da un'altra domanda"),
    Standing.NOT_RECEIVED: message("arrivata a sportello chiuso"),
    Standing.WITHDRAWN: message("ritirata"),
}

_REASONS: Words[Why] = {
    Why.NOT_ADMITTED: message("non è ammessa"),
    Why.OUTSIDE_WINDOWS: message("presentata fuori da ogni finestra"),
    Why.WITHDRAWN: message("è stata ritirata"),
    Why.DISPLACED: message("resta un'altra domanda"),
    Why.COUNTER_CLOSED: message("lo sportello era già chiuso"),
    Why.LISTED: message("è ammessa: l'elenco prende tutte le ammesse"),
    Why.NOTHING_ASKED: message("non chiede nulla"),
    Why.FITS: message("entra nella dotazione"),
    Why.IN_PART: message("ha quanto resta della dotazione"),
    Why.IN_FULL: message("è l'ultima finanziata, per intero, oltre la dotazione"),
    Why.DOES_NOT_FIT: message("non entra in quanto resta della dotazione"),
    Why.EXHAUSTED: message("la dotazione è esaurita"),
    Why.NO_ENVELOPE: message("nessuna dotazione la riguarda"),
    Why.CONFLICT: message("le norme si contraddicono per questa domanda"),
    Why.NOT_ENCODED: message("le regole del giorno in cui è stata presentata non sono scritte qui"),
    Why.ADMISSION_OPEN: message("l'ammissione è da decidere"),
    Why.WINDOW_OPEN: message("non si sa se è stata presentata in una finestra"),
    Why.PERHAPS_DISPLACED: message("forse resta un'altra domanda"),
    Why.PERHAPS_CLOSED: message("forse lo sportello era già chiuso"),
    Why.ENVELOPE_OPEN: message("non si sa a quale dotazione attinge"),
    Why.BUDGET_OPEN: message("la dotazione non è pubblicata"),
    Why.TIE: message("è a pari merito, e nulla decide fra pari"),
    Why.ORDER_OPEN: message("il suo posto non è noto"),
    Why.AMOUNT_OPEN: message("il suo importo non è noto"),
    Why.OTHERS_OPEN: message("dipende da altre domande che la precedono"),
    Why.LAST_AWARD_OPEN: message("non si sa che cosa tocca all'ultima domanda"),
}

SELECTION_KINDS: Words[str] = {
    "list": message("elenco"),
    "ranking": message("graduatoria"),
    "counter": message("sportello, in ordine di arrivo"),
}

SELECTION_PARTS: Words[str] = {
    "order": message("ordine"),
    "tie_break": message("parità"),
    "last_award": message("ultima domanda"),
    "intake": message("chiusura dello sportello"),
    "waiting_list": message("lista d'attesa"),
    "selection": message("selezione"),
}

ORDERS: Words[str] = {
    "highest": message("{what}, dal più alto"),
    "lowest": message("{what}, dal più basso"),
    "latest": message("{what}, dall'ultimo"),
    "earliest": message("{what}, dal primo"),
}

LAST_AWARDS: Words[str] = {
    "in_full": message("l'ultima che non entra è finanziata per intero"),
    "in_part": message("l'ultima che non entra ha quanto resta"),
    "stops": message("la lista si ferma alla prima che non entra"),
    "skips": message("chi non entra è saltata, e si passa alla prossima che entra"),
}

SURVIVORS: Words[str] = {
    "first_filed": message("resta la prima presentata"),
    "last_filed": message("resta l'ultima presentata"),
    "best_placed": message("resta la meglio classificata"),
    "none": message("non ne resta nessuna"),
}
"""Which of several applications stays, where one may."""

TABLES: Mapping[type[Enum], Words[Any]] = {
    Outcome: _OUTCOMES,
    Stage: _STAGES,
    Effect: _EFFECTS,
    DutyState: _STATES,
    Regime: _REGIMES,
    Confidence: _CONFIDENCES,
    Standing: _STANDINGS,
    Why: _REASONS,
}
"""The enumerations that have words. Members of several are equal as texts, so each is looked up in its own table."""


def word(language: Language, member: Enum) -> str:
    """The word for a member of an enumeration."""
    return language.say(TABLES[type(member)][member])


def named(language: Language, table: Mapping[K, str], name: K, otherwise: str = "") -> str:
    """The word for a name, by a table of names; `otherwise` where it has none."""
    found = table.get(name)
    return otherwise if found is None else language.say(found)


def flag(language: Language, confidence: Confidence) -> str:
    """What stands beside a line that is not wholly sure; "" where it is."""
    return "" if confidence is Confidence.OFFICIAL else word(language, confidence)


def regime(language: Language, name: str) -> str:
    """A counting regime; its own name, where it is none of ours."""
    return named(language, _REGIMES, name, name)


def plan(language: Language, name: str) -> str:
    """The total of a plan that no fact states: of the usual two, or by the plan's own name."""
    return named(language, PLANS, name) or language.say("totale, {plan}", plan=name)


def order_word(language: Language, key: OrderKey, label: str) -> str:
    """What applications are put in order by, and which way."""
    return language.say(ORDERS[key.word], what=label)


def due_and_payable(language: Language, due: Truth, payable: Truth) -> str:
    """Where a tranche stands. What is not due is not payable either, so some pairs never come up."""
    if due is Truth.YES:
        return named(language, _DUE, payable)
    if due is Truth.NO:
        return language.say("non ancora dovuta")
    if payable is Truth.NO:
        return language.say("non si sa se è dovuta; di certo non è ancora pagabile")
    return language.say("non si sa se è dovuta né se è pagabile")
