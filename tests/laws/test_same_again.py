# SPDX-License-Identifier: Apache-2.0
"""A decision is a value: decided again from its receipt, pickled, asked by many threads, it is the same.

Seen to fail when the receipt left out a judgement, an incomplete table or what a what-if had changed.
"""

import concurrent.futures
import json
import multiprocessing
import pickle
import sys
from collections import Counter
from contextlib import suppress
from functools import cache
from itertools import cycle

import misure
from misure.deciding.machinery import compiled
from misure.facts.vocabulary import Nature
from misure.testing.worked_cases import cases_of_measure, decide_case
from tests.laws.drawn_once import asked_and_decided, decisions, of_every, partly_told
from tests.laws.readings import LEAST, MEASURES, answered, every_measure


def decided_some(measure, count):
    """About so many decisions, of whoever was drawn, of the worked cases, and of those of whom less is told."""
    known = decisions(measure) + [(decision,) for _, _, decision, _ in partly_told(measure)]
    return known[:: max(1, len(known) // count)]


@every_measure
def test_a_receipt_replays_to_an_equal_decision(measure):
    met = Counter()

    def law(decision):
        again = measure.replay(json.loads(json.dumps(decision.receipt)))
        assert again == decision
        assert again.to_json() == decision.to_json()
        met["judged"] += bool(compiled(decision).dossier.judgements)
        met["with records"] += any(records for records, _ in compiled(decision).dossier.tables)
        met["incomplete"] += not compiled(decision).dossier.complete

    of_every(decided_some(measure, 60), law)
    judged = any(fact.nature is Nature.ASSESSED for fact in measure.rulebook.facts.values())
    assert bool(met["judged"]) is judged, met
    assert met["incomplete"] >= LEAST, met
    assert met["with records"], met


@every_measure
def test_the_json_is_valid_and_stable(measure):
    def law(decision):
        text = decision.to_json()
        assert json.loads(text) == decision.to_dict()
        assert answered(measure, compiled(decision).dossier.said(), decision.on).to_json() == text
        assert decision.model_dump_json() == text
        assert "NaN" not in text

    of_every(decided_some(measure, 40), law)


@every_measure
def test_what_was_told_by_json_text_decides_alike(measure):
    def law(decision):
        assert measure.decide(json.dumps(compiled(decision).dossier.said()), on=decision.on) == decision

    of_every(decided_some(measure, 40), law)


@every_measure
def test_pickling_changes_nothing(measure):
    def law(decision):
        again = pickle.loads(pickle.dumps(decision))  # noqa: S301 - our own bytes
        assert again == decision
        assert hash(again) == hash(decision)
        assert again.to_json() == decision.to_json()
        finding = decision.findings[-1]
        assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - the same

    of_every(decided_some(measure, 40), law)


@every_measure
def test_the_order_in_which_facts_are_told_changes_nothing(measure):
    def law(facts, on, decision):
        assert answered(measure, dict(reversed(facts.items())), on).to_json() == decision.to_json()

    of_every(asked_and_decided(measure)[::2], law)


MOST_WHAT_IFS = 4


@cache
def what_ifs(measure):
    """Some what-ifs of one number each, of those that make sense beside the other values."""
    found = []
    for name, parameter in sorted(measure.parameters.items()):
        if parameter.type.kind == "number" and parameter.type.unit != "share":
            with suppress(misure.BadRules):
                found.append(measure.vary(**{name: {"points": 60, "time": "12:01"}.get(parameter.type.unit, 1)}))
    assert len(found) >= 3
    # Each is compiled anew: a few all over the measure, and not one of every number.
    return found[:: -(-len(found) // MOST_WHAT_IFS)]


@every_measure
def test_a_what_if_leaves_its_base_as_it_was(measure):
    identity = pickle.dumps(measure)

    def law(decision, what_if):
        text = decision.to_json()
        assert answered(what_if, compiled(decision).dossier.said(), decision.on) != decision
        assert answered(measure, compiled(decision).dossier.said(), decision.on) == decision
        assert decision.to_json() == text

    tried = what_ifs(measure)
    some = [decision for (decision,) in decided_some(measure, 30)]
    of_every(list(zip(some, cycle(tried), strict=False)), law)
    assert pickle.dumps(measure) == identity
    for what_if in tried:
        assert what_if != measure
        assert what_if.vary() == what_if
        assert pickle.loads(pickle.dumps(what_if)) == what_if  # noqa: S301 - the same


def worked(one_in):
    """The decisions of so many worked cases of each measure."""
    return [
        decide_case(measure, case)
        for measure in MEASURES
        for case in [case for case in cases_of_measure(measure) if "error" not in case.expect][::one_in]
    ]


def text_of(decision):
    return decision.to_json()


def test_many_threads_find_what_one_finds():
    """The measures are opened afresh, so that the threads meet while they compile."""
    plain = [decision.to_json() for decision in worked(16)]
    fresh = {measure.id: misure.deciding.measure.Measure(measure.rulebook) for measure in MEASURES}

    def again(decision):
        receipt = json.loads(json.dumps(decision.receipt))
        return fresh[decision.measure.id].replay(receipt).to_json()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(again, worked(16))) == plain


def test_threads_may_share_one_decision():
    """They take turns as often as Python lets them: one must not move the record on which another stands."""
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        share_decisions()
    finally:
        sys.setswitchinterval(often)


def share_decisions():
    for decision in worked(20):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            texts = set(pool.map(text_of, [decision] * 8))
        assert texts == {decision.to_json()}


def test_another_process_finds_the_same():
    decisions = worked(20)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        assert list(pool.map(text_of, decisions)) == [decision.to_json() for decision in decisions]
