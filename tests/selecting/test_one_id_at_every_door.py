# SPDX-License-Identifier: Apache-2.0
"""Two writings of one id of an application are one id, wherever applications enter and wherever one is named."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

import misure
from misure.batch import select as select_frame
from misure.reading.applicants.applications import read_applications_file

MEASURE = misure.catalogue()["lombardia/filiere"]
ON = dt.date(2022, 6, 1)
PLAIN = "Citt\u00e0-1"
WRITINGS = ("Citt\u00e0-1", " Citt\u00e0-1", "Citta\u0300-1", "\u00a0Citta\u0300-1\u3000 ")
FILED = "2022-05-02T10:00"


def of_objects(ids):
    return MEASURE.select([misure.Application(id_, {}, filed_at=FILED) for id_ in ids], on=ON)


def of_mappings(ids):
    return MEASURE.select([{"id": id_, "facts": {}, "filed_at": FILED} for id_ in ids], on=ON)


def of_keys(ids):
    return MEASURE.select({id_: {} for id_ in ids}, on=ON)


def of_file(ids, path, text):
    path.write_text(text, "utf-8")
    told = read_applications_file(path, MEASURE.rulebook.vocabulary.facts)
    return MEASURE.select([misure.Application(one.id, one.facts, one.filed_at) for one in told], on=ON)


def of_json(ids, folder):
    said = [{"id": id_, "facts": {}, "filed_at": FILED} for id_ in ids]
    return of_file(ids, folder / "d.json", json.dumps(said))


def of_csv(ids, folder):
    quoted = "".join(f'"{id_}",{FILED}\n' for id_ in ids)
    return of_file(ids, folder / "d.csv", f"id,filed_at\n{quoted}")


DOORS = {
    "objects": lambda ids, _: of_objects(ids),
    "mappings": lambda ids, _: of_mappings(ids),
    "keys": lambda ids, _: of_keys(ids),
    "json": of_json,
    "csv": of_csv,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("writing", WRITINGS, ids=range(4))
def test_one_id_however_it_is_written(door, writing, tmp_path):
    selection = DOORS[door]([writing], tmp_path)
    assert [placement.id for placement in selection] == [PLAIN]
    for named in WRITINGS:
        assert selection[named].id == PLAIN
        assert named in selection
        assert selection.withdraw(named, on=ON)[PLAIN].standing is misure.Standing.WITHDRAWN
    assert MEASURE.reselect(selection.receipt) == selection
    assert 3 not in selection


@pytest.mark.parametrize("door", DOORS)
def test_two_writings_are_no_two_applications(door, tmp_path):
    with pytest.raises(misure.BadFacts, match="two applications have this id"):
        DOORS[door](WRITINGS[:3], tmp_path)


def test_of_a_frame_too():
    frame = pl.DataFrame({"id": [WRITINGS[3], "D-2"], "filed_at": [FILED, FILED]})
    answer = select_frame(MEASURE, frame, on=ON, withdrawn={WRITINGS[2]: ON})
    assert answer["id"].to_list() == [WRITINGS[3], "D-2"]
    assert answer["standing"].to_list()[0] == "withdrawn"
    with pytest.raises(misure.BadFacts, match="two applications have this id"):
        select_frame(MEASURE, pl.DataFrame({"id": list(WRITINGS), "filed_at": [FILED] * 4}), on=ON)


def test_the_office_names_who_stays_in_any_writing():
    with pytest.raises(misure.BadFacts, match=r"survivors\.one_lead\.D-9: no application has this id"):
        MEASURE.select({PLAIN: {}}, on=ON, survivors={"one_lead": [WRITINGS[2], "D-9"]})
