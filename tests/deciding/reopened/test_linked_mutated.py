# SPDX-License-Identifier: Apache-2.0
"""A linked rulebook with one thing of it changed opens and answers, or is refused when it is opened, with the rule at fault.

Nothing else ever comes of it: what was not checked on opening would be an error of the program in the middle of a decision.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from functools import cache

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.deciding.reopened.test_linked_refused import sealed

ON = dt.date(2026, 6, 1)
MEASURES = tuple(misure.catalogue().values())
OTHERS = ("", "a b", "class", "x", "{x}", "{", "on", "filed_on", "EUR", "partners", None, True, 0, -1, 1, 2**62, 10**7)


@cache
def content_of(measure):
    return measure.linked().partition(b"\n")[2]


cases_of, selections_of = cache(cases_of_measure), cache(selections_of_measure)


def mutated(draw, pool):
    """One entry of the pool with one of its values replaced, renamed, dropped, repeated, swapped, or of another kind."""
    while True:
        at = draw.randrange(len(pool))
        row, how = pool[at], draw.randrange(7)
        part = draw.randrange(1, len(row)) if len(row) > 1 else 0
        several = row[0] in ("tuple", "set", "map")
        if how == 0 and part:
            row[part] = draw.choice(OTHERS)
        elif how == 1 and part and isinstance(row[part], str):
            row[part] += draw.choice((" b", "_x", "'", ".x"))
        elif how == 2 and part and isinstance(row[part], list):
            alike = [n for n in range(at) if pool[n][0] == pool[row[part][0]][0] or draw.random() < 0.02]
            row[part] = [draw.choice(alike)] if alike else None
        elif how == 3 and part and several:
            first, last = (part - 1 + part % 2, part + part % 2) if row[0] == "map" else (part, part)
            del row[first : last + 1]
        elif how == 4 and several:
            del row[1:]
        elif how == 5 and part and row[0] == "tuple":
            row.append(row[part])
        elif how == 6 and len(row) > 2:
            one, other = draw.sample(range(1, len(row)), 2)
            row[one], row[other] = row[other], row[one]
        else:
            continue
        return f"entry {at} {row[0]}, {how}"


def answered(ask):
    """What is answered; None where the library refuses to, as it may: the facts of a case need not fit other rules."""
    try:
        return ask()
    except misure.BadRules:
        raise  # the rules were taken: it is too late to find fault with them
    except misure.MisureError:
        return None


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.wide) for seed in range(12, 30))])
def test_what_opens_answers(seed):
    draw = random.Random(seed)
    for _ in range(4):
        measure = draw.choice(MEASURES)
        content = json.loads(content_of(measure))
        what = mutated(draw, content["pool"])
        try:
            opened = misure.open_linked(sealed(content))
        except misure.BadRules:
            continue
        asked = [lambda opened=opened: opened.decide({}, on=ON)]
        asked += [
            lambda opened=opened, case=case: decide_case(opened, case) for case in draw.sample(cases_of(measure), 1)
        ]
        if opened.rulebook.selection and selections_of(measure):
            chosen = draw.choice(selections_of(measure))
            asked.append(lambda opened=opened, chosen=chosen: select_case(opened, chosen))
        for ask in asked:
            found = answered(ask)
            if isinstance(found, misure.Decision | misure.Selection):
                assert json.loads(found.to_json()), what
                assert str(misure.explain(found, "it", all=True)), what
