# SPDX-License-Identifier: Apache-2.0
"""Three ways of reading one program agree: printed with everything told, printed with anything missing, interpreted.

Seen to fail when `split` was broken on purpose in one place only: `floordiv` without crossed divisors, `min_of` over the
possible records at both ends, `_if` taking the first branch when its test is open.
"""

from collections import Counter

from misure import Outcome
from misure.deciding.machinery import compiled
from tests.laws.drawn_once import asked, decisions, of_every
from tests.laws.readings import (
    LEAST,
    MEASURES,
    answered,
    each,
    ends,
    every_measure,
    faults,
    favourable,
    interpreted,
    is_decision,
    period_of,
)


def may_be_bad(measure):
    """Whether the program of a measure looks for anything that contradicts something else."""
    return any(
        key.startswith("fault.") for key in compiled(measure).period(compiled(measure).periods[-1]).program.outputs
    )


@every_measure
def test_both_compilations_agree_when_everything_is_told(measure):
    met = Counter()

    def law(decision):
        dossier, period = compiled(decision).dossier, compiled(decision).period
        # Nobody can be named of a table that is told to be empty: of such an applicant something stays untold.
        if not dossier.complete:
            return
        assert ends(period.complete, dossier) == ends(period.partial, dossier)
        assert ends(period.complete_detail, dossier) == ends(period.partial_detail, dossier)
        met[decision.outcome] += 1

    of_every(decisions(measure), law)
    assert min(favourable(met), met[Outcome.REFUSED]) >= LEAST or not measure.refuses, met


@every_measure
def test_printed_python_is_the_plain_interpreter(measure):
    met = Counter()

    def law(decision):
        plain = interpreted(compiled(decision).period, compiled(decision).dossier)
        assert ends(compiled(decision).period.partial_detail, compiled(decision).dossier) == plain
        verdict = ends(compiled(decision).period.partial, compiled(decision).dossier)
        assert {key: found for key, found in verdict.items() if key in plain} == {
            k: plain[k] for k in plain if k in verdict
        }
        met[decision.outcome] += 1

    of_every(decisions(measure), law)
    assert min(favourable(met), met[Outcome.REFUSED]) >= LEAST or not measure.refuses, met


@each([measure for measure in MEASURES if may_be_bad(measure)])
def test_bad_facts_are_found_by_every_reading(measure):
    met = Counter()

    def law(facts, on):
        try:
            dossier = compiled(measure).facts.read(facts, on)
            period = period_of(measure, dossier)
        except (ValueError, LookupError):
            return
        found = bool(faults(period, dossier))
        assert is_decision(answered(measure, facts, on)) is not found
        for answers in (period.partial, *([period.complete] if dossier.complete else [])):
            assert answers(dossier)[1] == found
        met[found] += 1

    of_every(asked(measure) + asked(measure, missing=False), law)
    assert met[False] >= LEAST, met
