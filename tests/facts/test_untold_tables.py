# SPDX-License-Identifier: Apache-2.0
"""A table that nobody told is not known; one that has no records is told so. A mapping that says neither is a fault, at every door."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.ground.errors import BadFacts
from misure.reading.applicants.applications import read_applications_file

MEASURE = misure.catalogue()["lombardia/filiere"]
ON = dt.date(2022, 6, 1)
NO_RECORDS = "its 'records' are not told: a table without any is an empty list, [], and one that nobody knows is left out or null"
NEITHER = "it says neither true, that these are all its records, nor false, that there may be more"
WRONG = {
    "empty mapping": ({}, "partners", NO_RECORDS),
    "complete alone": ({"complete": True}, "partners", NO_RECORDS),
    "neither": ({"records": [], "complete": None}, "partners.complete", NEITHER),
    "neither, with a record": ({"records": [{"id": "a"}], "complete": None}, "partners.complete", NEITHER),
}


def by_object(partners, _):
    return MEASURE.decide({"partners": partners}, on=ON)


def by_json(partners, _):
    return MEASURE.decide(json.dumps({"partners": partners}), on=ON)


def by_what_if(partners, _):
    return MEASURE.vary(minimum_firms="8 firms").decide({"partners": partners}, on=ON)


def by_application(partners, _):
    return MEASURE.select([{"id": "D-1", "facts": {"partners": partners}}], on=ON)["D-1"].decision


def by_file(partners, folder):
    path = folder / "d.json"
    path.write_text(json.dumps([{"id": "D-1", "facts": {"partners": partners}}]), "utf-8")
    (told,) = read_applications_file(path, MEASURE.rulebook.vocabulary.facts)
    one = misure.Application(told.id, told.facts, place=told.place, places=told.places, text_source=True)
    return MEASURE.select([one], on=ON)["D-1"].decision


DOORS = {door.__name__: door for door in (by_object, by_json, by_what_if, by_application, by_file)}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("door", DOORS)
def test_a_mapping_that_says_nothing_is_a_fault(door, wrong, tmp_path):
    partners, subject, message = WRONG[wrong]
    with pytest.raises(misure.BadFacts) as caught:
        DOORS[door](partners, tmp_path)
    found = [fault for fault in caught.value.faults if fault.subject.removeprefix("D-1.") == subject]
    assert [fault.message for fault in found] == [message]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "partners", [None, {"records": [], "complete": False}, {"complete": False}], ids=["null", "open", "alone"]
)
def test_what_nobody_knows_leaves_the_count_open(door, partners, tmp_path):
    assert DOORS[door](partners, tmp_path)["at_least_ten_firms"].truth is misure.Truth.UNKNOWN


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("partners", [[], {"records": [], "complete": True}], ids=["list", "whole"])
def test_what_is_told_to_be_empty_is(door, partners, tmp_path):
    assert DOORS[door](partners, tmp_path)["at_least_ten_firms"].truth is misure.Truth.NO


def test_the_schema_says_so_to_forms():
    told_in_part = MEASURE.facts_schema()["properties"]["partners"]["anyOf"][1]
    assert told_in_part["required"] == ["records"]
    assert told_in_part["properties"]["complete"] == {"type": "boolean"}


@pytest.mark.parametrize("null", ["null", "~"])
def test_null_in_yaml_is_not_known_and_no_fault(null):
    form = compiled(MEASURE).facts
    assert form.read({"partners": null}, ON, text_source=True) == form.read({}, ON)
    with pytest.raises(BadFacts, match="expected a list of records"):
        form.read({"partners": null}, ON)
