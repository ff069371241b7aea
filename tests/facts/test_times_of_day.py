# SPDX-License-Identifier: Apache-2.0
"""A time of day as a fact: what may tell it, how it is told again, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal

import pytest

from misure import BadFacts
from misure.facts.schema import facts_schema
from misure.facts.source import facts_of
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import Fact, Kind, Unit, Vocabulary
from misure.ground.times import LAST_TIME

ON = dt.date(2025, 10, 1)
HOUR = Fact(
    "hour", Kind.NUMBER, unit="time", decimals=6, least=0, greatest=LAST_TIME, label="ora", question="A che ora?",
    replaces=("in_hours",),
)  # fmt: skip
TIME = Unit("time", 6, 0, LAST_TIME)
FORM = FactsForm({"hour": HOUR}, {}, Vocabulary({"time": TIME}, {"hour": HOUR}, {}), "on")
TOLD = {
    "10:30": 37_800_000_000, "10:30:00": 37_800_000_000, "10:30:15.25": 37_815_250_000, "00:00": 0, "23:59:59.999999": LAST_TIME,
}  # fmt: skip


@pytest.mark.parametrize(("text", "number"), TOLD.items())
def test_a_text_tells_it_in_every_source(text, number):
    said, places = facts_of(json.dumps({"hour": text}))
    for dossier in (
        FORM.read({"hour": text}, ON), FORM.read({"hour": text}, ON, text_source=True), FORM.read(said, ON, places),
    ):  # fmt: skip
        assert dossier.values == (number,)
        assert dossier.complete


def test_a_time_of_python_tells_it():
    assert FORM.read({"hour": dt.time(10, 30, 15, 1)}, ON).values == (37_815_000_001,)
    # The hour that autumn repeats shows the same times twice.
    assert FORM.read({"hour": dt.time(2, 30, fold=1)}, ON) == FORM.read({"hour": "02:30"}, ON)


@pytest.mark.parametrize("text", ["10:30", "10:30:15", "10:30:15.250000", "00:00", "23:59:59.999999"])
def test_it_is_told_again_as_it_was(text):
    dossier = FORM.read({"hour": text}, ON)
    assert dossier.said() == {"hour": text}
    assert FORM.read(dossier.said(), ON) == dossier


def test_not_told_is_not_midnight():
    assert FORM.read({"hour": None}, ON).values == FORM.read({}, ON).values == (None,)


REFUSED = [
    ("25:00", "25:00 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59", None),
    ("10.30", "'10.30' is not written as a time of day, HH:MM", "10:30"),
    ("24:00", "24:00 is 00:00 of the day after; the last time of a day is 23:59:59.999999", None),
    (37800, 'expected a time of day, such as "10:30"; got 37800', None),
    (10.5, 'expected a time of day, such as "10:30"; got 10.5', None),
    (Decimal(5), 'expected a time of day, such as "10:30"; got 5', None),
    (True, 'expected a time of day, such as "10:30"; got true', None),
    (dt.datetime(2025, 1, 1, 10, tzinfo=dt.UTC), 'expected a time of day, such as "10:30"; got 2025-01-01T10:00:00+00:00', None),
    (dt.time(10, tzinfo=dt.UTC), "expected a time of day on the clock of Italy; got one with a time zone of its own", None),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message", "right"), REFUSED)
def test_what_is_no_time_is_told_as_such(given, message, right):
    with pytest.raises(BadFacts) as caught:
        FORM.read({"hour": given}, ON)
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message, fault.suggestion) == ("hour", message, right)


def test_a_wrong_time_is_found_in_its_file():
    said, places = facts_of('{\n  "hour": "10.30"}')
    with pytest.raises(BadFacts, match=re.escape("<facts>:2:11: hour: '10.30' is not written as a time of day")):
        FORM.read(said, ON, places)


def test_who_tells_what_was_asked_before_is_told_what_is_asked_now():
    with pytest.raises(BadFacts) as caught:
        FORM.read({"in_hours": True}, ON)
    (fault,) = caught.value.faults
    assert (fault.message, fault.suggestion) == ("no fact is called 'in_hours'", "hour")


def test_a_form_knows_which_texts_are_times():
    schema = facts_schema({"hour": HOUR}, {}, "Prova")["properties"]["hour"]
    assert (schema["type"], schema["x-unit"]) == (["string", "null"], "time")
    assert (schema["x-least"], schema["x-greatest"]) == ("00:00", "23:59:59.999999")
    for text in TOLD:
        assert re.search(schema["pattern"], text)
    for text in ("24:00", "10.30", "9:30", "10:30:15.1234567", "10:30 "):
        assert not re.search(schema["pattern"], text)
