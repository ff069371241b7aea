# SPDX-License-Identifier: Apache-2.0
"""A doubt about which application stays is closed by the office's word, and by a withdrawal before the other is filed.

A refusal is no renunciation: it closes the doubt only where the rules say that the admitted alone count.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import pickle

import pytest

import misure
from misure import Application, batch
from misure.ground.errors import BadFacts
from tests.selecting.chosen_measure import ON, application, code

UNTOLD = '{unknown: "l\'atto non lo dice"}'
FEBRUARY = dt.date(2024, 2, 20)
SHAPE = """\
      kind: ranking
      order: [highest points_given]
      tie_break: [earliest filed_at]
      last_award: in_part
      envelopes:
        total: {amount: budget, text: "Dotazione"}
      unique:
        one_each: {key: firm, survivor: SURVIVOR, AMONG text: "Una per impresa", cite: {act: uno, at: "art. 9"}}
"""


@pytest.fixture
def chosen(measure):
    @functools.cache
    def written(survivor=UNTOLD, among=""):
        shape = SHAPE.replace("      kind: ranking\n", "").replace("SURVIVOR", survivor).replace("AMONG", among)
        return measure(shape=shape, budget="30000.00 EUR")

    return written


def two(first=None, second=None, **facts):
    """Two applications of one firm, and one of another; of each what the office says of its admission."""
    one, other = application("a", 90, firm=code("x"), **facts), application("b", 80, firm=code("x"), at="09:00:01")
    third = application("c", 70, at="09:00:02")
    return [
        Application(told.id, told.facts, told.filed_at, admitted)
        for told, admitted in ((one, first), (other, second), (third, None))
    ]


def standings(selection):
    return {placement.id: str(placement.standing) for placement in selection}


def told(selection, id_="b"):
    return str(misure.explain(selection)).split(f" {id_} – ")[1].split("\n\n")[0]


def test_the_office_says_which_one_stays(chosen) -> None:
    found = chosen().select(two(), on=ON)
    assert standings(found) == {"a": "depends", "b": "depends", "c": "funded"}
    settled = chosen().select(two(), on=ON, survivors={"one_each": ["b"]})
    assert standings(settled) == {"a": "displaced", "b": "funded", "c": "funded"}
    assert [str(reason.why) for reason in settled["a"].reasons] == ["displaced"]
    page = " ".join(str(misure.explain(settled)).split())
    assert "Una per impresa: per decisione dell'ufficio resta b" in page
    assert "resta un'altra domanda, lo dice l'ufficio: b" in page


def test_what_the_office_said_is_part_of_the_answer_and_of_its_receipt(chosen) -> None:
    measure = chosen()
    settled = measure.select(two(), on=ON, survivors={"one_each": ("b",)})
    assert settled.survivors == settled.to_dict()["survivors"] == {"one_each": ["b"]}
    assert measure.reselect(json.loads(json.dumps(settled.receipt))) == settled != measure.select(two(), on=ON)
    assert pickle.loads(pickle.dumps(settled)) == settled  # noqa: S301
    earlier = {key: value for key, value in measure.select(two(), on=ON).receipt.items() if key != "survivors"}
    assert measure.reselect(earlier) == measure.select(two(), on=ON)
    with pytest.raises(BadFacts, match="survivors"):
        measure.reselect(settled.receipt | {"survivors": {"one_each": "b"}})
    assert standings(settled.withdraw("c", on=ON)) == {"a": "displaced", "b": "funded", "c": "withdrawn"}


CLOSED = {
    # the office on the first and on the second, the rule on which count, where they stand
    "the other is not admitted": (False, None, "", ["not_admitted", "depends"]),
    "the other is not admitted, though this one is": (False, True, "", ["not_admitted", "depends"]),
    "the other is not admitted, and only those count": (False, None, "among: admitted,", ["not_admitted", "funded"]),
    "the other is not admitted, and all filed count": (False, None, "among: filed,", ["not_admitted", "depends"]),
    "both are admitted": (True, True, "", ["depends", "depends"]),
}


@pytest.mark.parametrize(("first", "second", "among", "found"), CLOSED.values(), ids=list(CLOSED))
def test_who_is_not_admitted_frees_the_other_only_where_the_rules_say_so(chosen, first, second, among, found) -> None:
    selection = chosen(among=among).select(two(first, second), on=ON)
    assert [str(selection[id_].standing) for id_ in "ab"] == found


def test_what_the_rules_refuse_frees_the_other_by_the_office_s_word(chosen) -> None:
    found = chosen().select(two(active=False), on=ON)
    assert standings(found) == {"a": "not_admitted", "b": "depends", "c": "funded"}
    assert "forse conta ancora un'altra domanda, non ammessa: a" in " ".join(told(found).split())
    settled = chosen().select(two(active=False), on=ON, survivors={"one_each": ["b"]})
    assert standings(settled) == {"a": "not_admitted", "b": "funded", "c": "funded"}


def test_a_withdrawal_frees_who_is_filed_after_it(chosen) -> None:
    """On the day of the withdrawal itself it is not known which came first."""
    first, second, third = two()
    measure = chosen()
    for day, standing in (("2024-02-01", "depends"), ("2024-02-02", "funded"), ("2024-02-03", "funded")):
        later = Application(second.id, second.facts, f"{day}T09:00:01", second.admitted)
        found = measure.select([first, later, third], on=ON).withdraw("a", on=dt.date(2024, 2, 1))
        assert standings(found) == {"a": "withdrawn", "b": standing, "c": "funded"}, day


def test_a_withdrawal_leaves_open_whether_it_frees_who_was_filed_before_it(chosen) -> None:
    found = chosen().select(two(), on=ON).withdraw("a", on=ON)
    assert standings(found) == {"a": "withdrawn", "b": "depends", "c": "funded"}
    assert "forse conta ancora un'altra domanda, ritirata: a" in " ".join(told(found).split())
    assert standings(chosen().select(two(), on=ON, survivors={"one_each": ["b"]}).withdraw("a", on=ON))["b"] == "funded"
    late = chosen().select(two(), on=ON, approved_on=FEBRUARY).withdraw("a", on=ON)
    assert standings(late)["b"] == "depends"
    assert "forse conta ancora un'altra domanda, ritirata: a" in " ".join(told(late).split())


def test_a_survivor_that_is_withdrawn_in_time_displaces_the_other_only_perhaps(chosen) -> None:
    found = chosen().select(two(), on=ON, survivors={"one_each": ["a"]}).withdraw("a", on=ON)
    assert standings(found)["b"] == "depends"


def test_an_application_of_which_nothing_is_known_but_its_firm_waits_for_its_own_admission(chosen) -> None:
    measure = chosen()
    found = measure.select(two(active=None), on=ON, survivors={"one_each": ["a"]})
    assert standings(found) == {"a": "depends", "b": "depends", "c": "funded"}
    assert "resta un'altra domanda se è ammessa, lo dice l'ufficio: a" in " ".join(told(found).split())
    assert standings(measure.select(two(True, active=None), on=ON, survivors={"one_each": ["a"]}))["b"] == "displaced"


def test_an_unknown_survivor_says_what_is_unknown(chosen) -> None:
    page = " ".join(told(chosen().select(two(), on=ON)).split())
    assert "non si sa quale domanda resta, questa o a: l'atto non lo dice" in page
    assert "forse resta un'altra domanda" not in page


def test_one_that_cannot_stay_is_not_said_to_stay(chosen) -> None:
    """The first that was filed counts, though it was withdrawn or refused."""
    measure = chosen("first_filed", "among: filed,")
    gone = measure.select(two(), on=ON).withdraw("a", on=ON)
    assert "conta ancora un'altra domanda, ritirata: a" in " ".join(told(gone).split())
    refused = measure.select(two(active=False), on=ON)
    assert "conta ancora un'altra domanda, non ammessa: a" in " ".join(told(refused).split())
    assert "resta un'altra domanda: a" in " ".join(told(measure.select(two(), on=ON)).split())


FAULTS = {
    "another relation": ("", {"one_eac": ["a"]}, "survivors.one_eac: no relation is called 'one_eac'; did you mean 'one_each'"),
    "nobody of that id": ("", {"one_each": ["z"]}, "survivors.one_each.z: no application has this id"),
    "two of one firm": ("", {"one_each": ["a", "b"]}, "survivors.one_each.b: it cannot stay beside a"),
    "of which none stays": ("none", {"one_each": ["a"]}, "survivors.one_each: of applications of one key none stays"),
    "which the rules displace": ("first_filed", {"one_each": ["b"]}, "survivors.one_each.b: the rules let a stay"),
}  # fmt: skip


@pytest.mark.parametrize(("survivor", "survivors", "message"), FAULTS.values(), ids=list(FAULTS))
def test_survivors_that_cannot_be(chosen, survivor, survivors, message) -> None:
    measure = chosen(survivor or UNTOLD)
    with pytest.raises(BadFacts, match=message):
        measure.select(two(), on=ON, survivors=survivors)


@pytest.mark.parametrize("given", [["a"], {"one_each": "a"}, {"one_each": 3}])
def test_survivors_of_another_form(chosen, given) -> None:
    with pytest.raises(TypeError, match="survivors="):
        chosen().select(two(), on=ON, survivors=given)


def test_the_rules_may_be_overruled_for_one_that_was_withdrawn_or_refused(chosen) -> None:
    measure = chosen("first_filed", "among: filed,")
    assert standings(measure.select(two(active=False), on=ON, survivors={"one_each": ["b"]}))["b"] == "funded"


def test_a_frame_and_a_what_if_take_the_same_word(chosen) -> None:
    pl = pytest.importorskip("polars")
    measure = chosen().vary(half="40%")
    rows = [{"id": one.id, "filed_at": str(one.filed_at), **one.facts, "costs": 10000} for one in two()]
    found = batch.select(measure, pl.DataFrame(rows), on=ON, survivors={"one_each": ["b"]})
    expected = measure.select(two(), on=ON, survivors={"one_each": ["b"]})
    assert dict(zip(found["id"], found["standing"], strict=True)) == standings(expected)
    with pytest.raises(BadFacts, match="no application has this id"):
        batch.select(measure, pl.DataFrame(rows), on=ON, survivors={"one_each": ["z"]})


def test_two_firms_may_each_have_one_that_stays(chosen) -> None:
    more = [application("d", 60, firm=code("y"), at="09:00:03"), application("e", 50, firm=code("y"), at="09:00:04")]
    found = chosen().select([*two(), *more], on=ON, survivors={"one_each": ["e", "a"]})
    assert standings(found) == {"a": "funded", "b": "displaced", "c": "funded", "d": "displaced", "e": "funded"}
