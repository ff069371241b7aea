# SPDX-License-Identifier: Apache-2.0
"""Each name that the library counts by has its word in both languages, and no two names of a kind have the same one."""

import pytest

from misure.deciding.decision import Outcome
from misure.deciding.results import DutyState
from misure.ground.truth import Confidence, Truth
from misure.rulebook.rules import Effect, Stage
from misure.rulebook.selection import OrderKey
from misure.selecting.placement import Why
from misure.selecting.standing import Standing
from misure.telling.chapters.page import MARKS, Mark
from misure.telling.language import words
from misure.telling.language.language import Language

IT, EN = Language("it"), Language("en")


def named(table, *, otherwise=False):
    """The word of a name in a table; of another name the name itself, or nothing."""
    return lambda language, name: words.named(language, table, name, name if otherwise else "")


SOME = [
    (words.word, Outcome.REFUSED, "NON AMMISSIBILE", "NOT ELIGIBLE"),
    (words.word, Outcome.ELIGIBLE, "AMMISSIBILE", "ELIGIBLE"),
    (words.word, Outcome.UNDECIDED, "NON SI PUÒ ANCORA DECIDERE", "CANNOT BE DECIDED YET"),
    (words.word, Outcome.NOT_APPLICABLE, "NESSUN ESITO DI AMMISSIBILITÀ", "NO DECISION ON ELIGIBILITY"),
    (words.word, Stage.ADMISSION, "ammissione", "admission"),
    (words.word, Stage.ASSESSMENT, "valutazione", "assessment"),
    (words.word, Stage.SELECTION, "selezione", "selection"),
    (words.word, Stage.AWARD, "concessione", "award"),
    (words.word, Stage.PAYMENT, "erogazione", "payment"),
    (words.word, Stage.REPORTING, "rendicontazione", "reporting"),
    (words.word, Stage.UPKEEP, "mantenimento", "upkeep"),
    (words.word, Effect.REFUSES, "se manca, esclude", "excludes if not met"),
    (words.word, Effect.BLOCKS, "se manca, blocca il pagamento", "blocks the payment if not met"),
    (words.word, Effect.REDUCES, "se manca, riduce l'importo", "reduces the amount if not met"),
    (words.word, Effect.REVOKES, "se manca, fa decadere dall'agevolazione", "makes the award lapse if not met"),
    (words.word, Effect.NONE, "non cambia l'esito", "does not change the outcome"),
    (words.word, DutyState.KEPT, "rispettato", "kept"),
    (words.word, DutyState.LATE, "in ritardo", "late"),
    (words.word, DutyState.OPEN, "ancora aperto", "still open"),
    (words.word, DutyState.UNKNOWN, "non si può ancora dire", "cannot be told yet"),
    (words.word, DutyState.NOT_APPLICABLE, "non si applica", "does not apply"),
    (words.word, DutyState.BEFORE, "troppo presto", "too early"),
    (words.word, DutyState.INSIDE, "nei tempi", "in time"),
    (words.word, DutyState.AFTER, "troppo tardi", "too late"),
    (words.word, Confidence.OFFICIAL, "fonte ufficiale", "official source"),
    (words.flag, Confidence.OFFICIAL, "", ""),
    (words.flag, Confidence.SECONDARY, "fonte secondaria", "secondary source"),
    (words.flag, Confidence.INFERRED, "nostra lettura", "our reading"),
    (words.flag, Confidence.ASSUMED, "ipotesi", "assumption"),
    (words.regime, "validity", "durata di un certificato, che non si sposta mai", "how long a certificate is good, which never moves"),
    (words.regime, "fixed_instant", "giorno fisso, che non si sposta mai", "a fixed day, which never moves"),
    (words.regime, "another", "another", "another"),
    (named(words.SELECTION_KINDS, otherwise=True), "list", "elenco", "list"),
    (named(words.SELECTION_KINDS, otherwise=True), "ranking", "graduatoria", "ranking"),
    (named(words.SELECTION_KINDS, otherwise=True), "counter", "sportello, in ordine di arrivo", "first come, first served"),
    (named(words.SELECTION_KINDS, otherwise=True), "another", "another", "another"),
    (words.plan, "planned", "totale delle spese previste", "total of the planned costs"),
    (words.plan, "reported", "totale delle spese rendicontate", "total of the reported costs"),
    (words.plan, "finali", "totale, finali", "total, finali"),
    (named(words.LAW_TABLES), "ue/deminimis-ceilings", "massimale de minimis", "de minimis ceiling"),
    (named(words.LAW_TABLES), "stato/discount-rates", "tasso di attualizzazione del giorno della concessione", "discount rate of the day of granting"),
    (named(words.LAW_TABLES), "another", "", ""),
    (words.word, Standing.WAITING, "in lista d'attesa", "on the waiting list"),
    (words.word, Standing.NOT_FUNDED, "ammessa, non finanziata", "admitted, not funded"),
    (words.word, Why.FITS, "entra nella dotazione", "it fits into the envelope"),
    (words.word, Why.EXHAUSTED, "la dotazione è esaurita", "the envelope is used up"),
    (named(words.LAST_AWARDS), "stops", "la lista si ferma alla prima che non entra", "the list stops at the first that does not fit"),
    (named(words.LAST_AWARDS), "skips", "chi non entra è saltata, e si passa alla prossima che entra", "what does not fit is passed over, and the next that fits is taken"),
    (named(words.LAST_AWARDS), "in_part", "l'ultima che non entra ha quanto resta", "the last, which does not fit, gets what is left"),
    (named(words.LAST_AWARDS), "in_full", "l'ultima che non entra è finanziata per intero", "the last, which does not fit, is funded in full"),
    (named(words.LAST_AWARDS), "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("told", "name", "italian", "english"), SOME, ids=range(len(SOME)))
def test_a_name_has_its_word(told, name, italian, english):
    assert (told(IT, name), told(EN, name)) == (italian, english)


@pytest.mark.parametrize(("word", "italian", "english"), [
    ("highest", "punti, dal più alto", "points, highest first"), ("lowest", "punti, dal più basso", "points, lowest first"),
    ("earliest", "punti, dal primo", "points, earliest first"), ("latest", "punti, dall'ultimo", "points, latest first"),
])  # fmt: skip
def test_an_order_says_who_comes_first(word, italian, english):
    key = OrderKey(word, "punti", None)
    assert words.order_word(IT, key, "punti") == italian
    assert words.order_word(EN, key, "points") == english


Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN
NEITHER = ("non si sa se è dovuta né se è pagabile", "not known whether it is due or payable")


@pytest.mark.parametrize(("due", "payable", "italian", "english"), [
    (Y, Y, "dovuta e pagabile", "due and payable"), (Y, N, "dovuta, non ancora pagabile", "due, not payable yet"),
    (Y, U, "dovuta; non si sa se è pagabile", "due; not known whether it is payable"),
    (N, Y, "non ancora dovuta", "not due yet"), (N, N, "non ancora dovuta", "not due yet"), (N, U, "non ancora dovuta", "not due yet"),
    (U, N, "non si sa se è dovuta; di certo non è ancora pagabile", "not known whether it is due; certainly not payable yet"),
    (U, U, *NEITHER), (U, Y, *NEITHER),
])  # fmt: skip
def test_where_a_tranche_stands(due, payable, italian, english):
    assert (words.due_and_payable(IT, due, payable), words.due_and_payable(EN, due, payable)) == (italian, english)


def test_a_truth_at_a_glance():
    assert MARKS == {
        Y: Mark.MET,
        N: Mark.FAILED,
        U: Mark.OPEN,
        Truth.NOT_APPLICABLE: Mark.PLAIN,
        Truth.PENDING: Mark.WAITING,
    }
