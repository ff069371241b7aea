# SPDX-License-Identifier: Apache-2.0
import pytest

from misure.ground.truth import Confidence, Truth, worst


@pytest.mark.parametrize(("may_be_yes", "may_be_no", "truth"), [
    (True, False, Truth.YES), (False, True, Truth.NO), (False, False, Truth.NO), (True, True, Truth.UNKNOWN),
])  # fmt: skip
def test_a_truth_is_definite_when_one_end_is_open(may_be_yes, may_be_no, truth):
    assert Truth.from_ends(may_be_yes=may_be_yes, may_be_no=may_be_no) is truth


def test_an_answer_is_as_sure_as_its_least_sure_reading():
    assert [confidence.doubt for confidence in Confidence] == [0, 1, 2, 3]
    assert worst(Confidence.SECONDARY, Confidence.ASSUMED, Confidence.OFFICIAL) is Confidence.ASSUMED
    assert worst() is Confidence.OFFICIAL
