# SPDX-License-Identifier: Apache-2.0
"""The words of a selection: where an application stands, why, by what rule."""

from __future__ import annotations

from misure.rulebook.selection import OrderKey, Relation
from misure.selecting.placement import Why
from misure.selecting.standing import Standing
from misure.telling.language.language import Language

__all__ = ["last_award", "order_word", "standing", "survivor", "why"]


def standing(language: Language, value: Standing) -> str:
    say = language.say
    return {
        Standing.FUNDED: say("ammessa e finanziata"),
        Standing.LISTED: say("nell'elenco"),
        Standing.DEPENDS: say("dipende"),
        Standing.WAITING: say("in lista d'attesa"),
        Standing.NOT_FUNDED: say("ammessa, non finanziata"),
        Standing.NOT_ADMITTED: say("non ammessa"),
        Standing.DISPLACED: say("superata da un'altra domanda"),
        Standing.NOT_RECEIVED: say("arrivata a sportello chiuso"),
        Standing.WITHDRAWN: say("ritirata"),
    }[value]


def why(language: Language, value: Why) -> str:
    say = language.say
    return {
        Why.NOT_ADMITTED: say("non è ammessa"),
        Why.OUTSIDE_WINDOWS: say("presentata fuori da ogni finestra"),
        Why.WITHDRAWN: say("è stata ritirata"),
        Why.DISPLACED: say("resta un'altra domanda"),
        Why.COUNTER_CLOSED: say("lo sportello era già chiuso"),
        Why.LISTED: say("è ammessa: l'elenco prende tutte le ammesse"),
        Why.FITS: say("entra nella dotazione"),
        Why.IN_PART: say("ha quanto resta della dotazione"),
        Why.IN_FULL: say("è l'ultima finanziata, per intero, oltre la dotazione"),
        Why.DOES_NOT_FIT: say("non entra in quanto resta della dotazione"),
        Why.EXHAUSTED: say("la dotazione è esaurita"),
        Why.NO_ENVELOPE: say("nessuna dotazione la riguarda"),
        Why.CONFLICT: say("le norme si contraddicono per questa domanda"),
        Why.ADMISSION_OPEN: say("l'ammissione è da decidere"),
        Why.WINDOW_OPEN: say("non si sa se è stata presentata in una finestra"),
        Why.PERHAPS_DISPLACED: say("forse resta un'altra domanda"),
        Why.PERHAPS_CLOSED: say("forse lo sportello era già chiuso"),
        Why.ENVELOPE_OPEN: say("non si sa a quale dotazione attinge"),
        Why.BUDGET_OPEN: say("la dotazione non è pubblicata"),
        Why.TIE: say("è a pari merito, e nulla decide fra pari"),
        Why.ORDER_OPEN: say("il suo posto non è noto"),
        Why.AMOUNT_OPEN: say("il suo importo non è noto"),
        Why.OTHERS_OPEN: say("dipende da altre domande che la precedono"),
        Why.LAST_AWARD_OPEN: say("non si sa che cosa tocca all'ultima domanda"),
    }[value]


def order_word(language: Language, key: OrderKey, label: str) -> str:
    say = language.say
    if key.word in ("highest", "latest"):
        return (
            say("{what}, dal più alto", what=label) if key.word == "highest" else say("{what}, dall'ultimo", what=label)
        )
    return say("{what}, dal più basso", what=label) if key.word == "lowest" else say("{what}, dal primo", what=label)


def last_award(language: Language, outcome: str) -> str:
    say = language.say
    return {
        "in_full": say("l'ultima che non entra è finanziata per intero"),
        "in_part": say("l'ultima che non entra ha quanto resta"),
        "stops": say("la lista si ferma alla prima che non entra"),
        "skips": say("chi non entra è saltata, e si passa alla prossima che entra"),
    }.get(outcome, "")


def survivor(language: Language, relation: Relation) -> str:
    say = language.say
    return {
        "first_filed": say("resta la prima presentata"),
        "last_filed": say("resta l'ultima presentata"),
        "best_placed": say("resta la meglio classificata"),
        "none": say("non ne resta nessuna"),
    }.get(relation.survivor, "")
