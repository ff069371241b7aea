# SPDX-License-Identifier: Apache-2.0
"""An amount of which a condition takes something away never passes what it was, and nobody says how much is left of it
where no rule does.

Seen to fail when the reduced line stood as it was, and when the own share did not cover what is taken away.
"""

from collections import Counter
from decimal import Decimal

from misure import Outcome, Range, Truth
from misure.deciding.machinery import compiled
from misure.rulebook.rules import Effect
from tests.laws.drawn_once import decisions, of_every, worked
from tests.laws.readings import LEAST, MEASURES, each

NOTHING = Decimal("0.00")


def cuts_by_what_nobody_says(condition):
    """Whether it reduces, and neither what it leaves is told nor the share that it keeps."""
    return condition.effect is Effect.REDUCES and condition.leaves is None and not condition.keeps


REDUCED = [measure for measure in MEASURES if any(map(cuts_by_what_nobody_says, measure.rulebook.conditions))]


def ends(amount):
    return (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)


@each(REDUCED)
def test_a_condition_that_is_not_met_leaves_anything_from_nothing_to_the_whole(measure):
    met = Counter()
    of_line = {
        line.id: [
            condition.id
            for condition in measure.rulebook.conditions
            if line.id in condition.reduces and cuts_by_what_nobody_says(condition)
        ]
        for line in measure.rulebook.support.lines
    }

    def law(decision):
        if decision.outcome is Outcome.REFUSED:
            return
        x = compiled(decision)
        for amount in decision.support:
            failed = [name for name in of_line.get(amount.id, ()) if decision[name].truth is Truth.NO]
            waits = [name for name in of_line.get(amount.id, ()) if decision[name].truth is Truth.UNKNOWN]
            # Until the last day of a term is over nothing was missed.
            waits = [name for name in waits if x.spared_by(decision[name].rule) is not Truth.YES]
            if amount.id == "own_share" or not (failed or waits):
                continue
            least, greatest = ends(amount.amount)
            assert least == NOTHING
            before = f"before.support.{amount.id}"
            if before in x.answers.slots and not of_others(measure, amount.id):
                assert greatest <= ends(x.money(before))[1]
            met["failed"] += bool(failed) and greatest > 0
            met["waits"] += bool(waits) and greatest > 0

    # What is reduced stands in few cases of a long measure: all of them are looked at.
    of_every(decisions(measure) + [(decision,) for decision in worked(measure, 10_000)], law)
    assert met["failed"] >= LEAST, met
    assert met["waits"] >= LEAST, met


def of_others(measure, line):
    """Whether a line has a cap that moves with other lines: what is taken from one may leave room for the next."""
    caps = next(one.caps for one in measure.rulebook.support.lines if one.id == line)
    return bool(caps) and any("equivalent" in str(cap.most) for cap in caps)
