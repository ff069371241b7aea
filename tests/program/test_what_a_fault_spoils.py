# SPDX-License-Identifier: Apache-2.0
"""What rests on something that cannot be lowered adds no fault of its own, and never another kind of error."""

from __future__ import annotations

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.ground.record import replaced
from tests.program.test_programs_that_are_refused import refused

LINE = """\
support:
  cite: {act: uno}
  lines:
    grant: {form: grant, of: "cost - gain", intensity: half, provision: P.1, text: a}
"""
OWN = "  own_share: {of: cost, provision: P.1, text: a}\n"
CHOSEN = """\
selection: {kind: list, cite: {act: uno, at: b}, provision: P.1, text: a}
"""
TRANCHES = """\
tranches:
  cite: {act: uno, at: b}
  of: grant
  lines:
    first: {share: half, provision: P.1, text: a, due: {}}
    last: {provision: P.1, text: a}
"""


@pytest.mark.parametrize("rest", ["", OWN, CHOSEN, OWN + CHOSEN, TRANCHES, OWN + CHOSEN + TRANCHES])
def test_a_line_that_cannot_be_is_one_fault_whatever_reads_it(tmp_path, rest):
    _, faults = refused(tmp_path, LINE + rest)
    assert [(fault.subject, fault.message) for fault in faults] == [
        ("grant", "an amount that is rounded may be negative")
    ]


def test_a_scale_that_leaves_no_score_is_one_fault_of_the_score():
    bando = misure.catalogue()["lombardia/bando-filiere-2022"]
    lowest = bando.rulebook.parameters["lowest_score"]
    high = replaced(lowest, values=(replaced(lowest.values[0], known=90_000, least=90_000, greatest=90_000),))
    book = replaced(bando.rulebook, parameters={**bando.rulebook.parameters, "lowest_score": high})
    with pytest.raises(misure.BadRules) as caught:
        compiled(misure.Measure(book)).lower()
    (fault,) = caught.value.faults
    assert fault.subject == "score"
    assert fault.place.line > 100
