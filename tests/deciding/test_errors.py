# SPDX-License-Identifier: Apache-2.0
"""What is refused, and how it is said."""

import datetime as dt
import pickle

import pytest

import misure
from misure import BadFacts, BadRules, Conflict, MisureError, NoSuchMeasure, NotEncoded

FILIERE = misure.catalogue()["lombardia/filiere"]
ON = dt.date(2022, 7, 15)


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (NoSuchMeasure, KeyError),
        (BadFacts, ValueError),
        (BadRules, ValueError),
        (NotEncoded, LookupError),
        (Conflict, ValueError),
    ],
)
def test_each_error_has_two_parents(error, parent):
    assert issubclass(error, MisureError)
    assert issubclass(error, parent)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("lombardia/filiera", "lombardia/filiere"),
        ("verso-nuovi-mercati", "lombardia/verso-nuovi-mercati"),
        ("zzz", None),
    ],
)
def test_a_wrong_id_names_the_nearest(asked, nearest):
    with pytest.raises(NoSuchMeasure) as caught:
        misure.catalogue()[asked]
    assert caught.value.nearest == nearest
    assert (nearest or "lombardia/filiere") in str(caught.value)


def test_the_catalogue_is_a_mapping_that_never_changes():
    measures = misure.catalogue()
    assert "lombardia/filiere" in measures
    assert "lombardia/filiera" not in measures
    assert list(measures) == sorted(measures)
    assert len(measures) == len(list(measures))
    assert measures.get("lombardia/filiera") is None
    assert measures == misure.catalogue()
    assert hash(measures) == hash(pickle.loads(pickle.dumps(measures)))  # noqa: S301 - our own bytes
    with pytest.raises(TypeError, match="does not support item assignment"):
        measures["x"] = FILIERE


def test_a_day_before_the_first_edition_is_not_encoded():
    with pytest.raises(NotEncoded) as caught:
        FILIERE.decide({}, on=dt.date(2022, 1, 30))
    assert (caught.value.asked, caught.value.first) == (dt.date(2022, 1, 30), dt.date(2022, 1, 31))
    assert "2022-01-30" in str(caught.value)
    assert FILIERE.decide({}, on=dt.date(2022, 1, 31)).outcome in misure.Outcome


def test_a_filing_before_the_first_edition_is_not_encoded():
    with pytest.raises(NotEncoded) as caught:
        FILIERE.decide({"filed_on": "2022-01-30"}, on=ON)
    assert caught.value.asked == dt.date(2022, 1, 30)


@pytest.mark.parametrize("on", [None, 0.5, dt.datetime(2022, 7, 15, tzinfo=dt.UTC), 738_000])
def test_the_day_of_the_question_is_a_plain_date(on):
    with pytest.raises(TypeError, match="on="):
        FILIERE.decide({}, on=on)


def test_all_faults_come_together():
    with pytest.raises(BadFacts) as caught:
        FILIERE.decide(
            {"total_score": 80.5, "swot_adequate": "sì", "swot_adequat": True, "filed_on": "2022-08-01"}, on=ON
        )
    assert {fault.subject for fault in caught.value.faults} == {
        "total_score",
        "swot_adequate",
        "swot_adequat",
        "filed_on",
    }
    assert len(str(caught.value).splitlines()) == 4
    assert "did you mean 'swot_adequate'?" in str(caught.value)


def test_a_total_that_its_parts_contradict_is_bad_facts():
    parts = ("coherence", "innovativeness", "sustainability", "breadth", "representativeness", "swot")
    told = {f"score_{part}": "10" for part in parts}
    with pytest.raises(BadFacts) as caught:
        FILIERE.decide(told | {"total_score": "61"}, on=ON)
    [fault] = caught.value.faults
    assert (str(fault.place), fault.subject) == ("<facts>", "total_score")
    assert fault.message == (
        "what is declared as the total is not what its parts add up to: it is 61.00, and they are 60.00"
    )
    assert FILIERE.decide(told | {"total_score": "60"}, on=ON).score.total == 60


def test_errors_pickle():
    with pytest.raises(BadFacts) as caught:
        FILIERE.decide({"total_score": 80.5}, on=ON)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert again.faults == caught.value.faults
    for error in (NotEncoded("m", ON, ON), Conflict("m", "d", ["a", "b"]), NoSuchMeasure("x", ["y"])):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - the same


def test_a_what_if_of_something_else_is_refused():
    with pytest.raises(BadRules) as caught:
        FILIERE.vary(minimum_firm=8, threshold="8 firms", opening_day=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    assert {fault.subject for fault in caught.value.faults} == {"minimum_firm", "threshold", "opening_day"}
    assert "did you mean 'minimum_firms'?" in str(caught.value)
    with pytest.raises(BadRules, match="binary float"):
        FILIERE.vary(threshold=60.5)


def test_a_receipt_of_other_rules_is_refused():
    receipt = FILIERE.decide({}, on=ON).receipt
    for changed in ({"rules": "0"}, {"measure": "lombardia/altra"}):
        with pytest.raises(BadRules, match="the receipt is of"):
            FILIERE.replay(receipt | changed)
