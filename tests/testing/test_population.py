# SPDX-License-Identifier: Apache-2.0
"""A population is the same for the same seed, in every frame, and every row of it is decided."""

from collections import Counter

import polars as pl
import pyarrow as pa
import pytest

import misure
import misure.batch
from misure.testing import population
from tests.testing.examples import BEST, DAYS, EXPORT, FILIERE, MEASURES

FIERE = MEASURES["lombardia/fiere-lombardia-2024-2026"]


def answers(measure, people):
    return misure.batch.decide(measure, people.frame, on=people.on, tables=people.tables, key=people.key)


def rows(frame):
    return frame.to_dicts() if isinstance(frame, pl.DataFrame) else pa.Table.from_pandas(frame).to_pylist()


def test_the_same_seed_gives_the_same_people_and_another_others():
    on = DAYS[EXPORT.id]
    one, again, other = (population(EXPORT, 40, seed=seed, on=on) for seed in (5, 5, 6))
    assert one.frame.equals(again.frame)
    assert all(one.tables[name].equals(again.tables[name]) for name in one.tables)
    assert not one.frame.equals(other.frame)


def test_the_first_people_of_a_seed_do_not_depend_on_how_many_there_are():
    on = DAYS[EXPORT.id]
    assert population(EXPORT, 40, seed=5, on=on).frame.head(10).equals(population(EXPORT, 10, seed=5, on=on).frame)


@pytest.mark.parametrize("measure", [EXPORT, FIERE, FILIERE], ids=lambda measure: measure.id)
def test_every_row_is_decided_and_outcomes_differ(measure):
    people = population(measure, 80, seed=1, on=DAYS[measure.id])
    met = Counter(answers(measure, people)["outcome"].to_list())
    assert set(met) <= {"eligible", "no_known_obstacle", "refused", "undecided"}
    assert min(met[BEST[measure.id]], met["refused"]) >= 10, met
    assert bool(met["eligible"]) is (measure is FILIERE), met


def test_codes_are_right_and_each_has_its_own():
    codes = population(EXPORT, 60, seed=1, on=DAYS[EXPORT.id]).frame["codice_fiscale"].to_list()
    assert len(set(codes)) == 60
    assert all(misure.identifiers.codice_fiscale.is_valid(code) for code in codes)


def test_what_is_fixed_and_how_often_the_rest_comes():
    on, fixed = DAYS[FIERE.id], {"active_enterprise": True}
    people = population(FIERE, 100, seed=1, on=on, fixed=fixed, shares={"size": {"micro": 9, "small": 1}})
    assert people.frame["active_enterprise"].to_list() == [True] * 100
    sizes = Counter(people.frame["size"].to_list())
    assert sizes["micro"] >= 75, sizes
    assert sizes["small"] >= 3, sizes


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_other_frames_tell_the_same(library):
    on = DAYS[EXPORT.id]
    polars, other = (population(EXPORT, 20, seed=3, on=on, library=name) for name in ("polars", library))
    found = answers(EXPORT, other)
    told = found.to_pylist() if library == "pyarrow" else found.to_dict("records")
    assert [row["outcome"] for row in told] == answers(EXPORT, polars)["outcome"].to_list()
    assert str(other) == str(polars)


def test_it_says_what_it_is():
    people = population(FIERE, 3, seed=1, on=DAYS[FIERE.id])
    assert str(people).startswith("3 applicants on 2026-11-01 with ")
    assert people.frame["id"].to_list() == ["A-000001", "A-000002", "A-000003"]


@pytest.mark.parametrize(("wrong", "words"), [
    ({"shares": {"siz": {"micro": 1}}}, "did you mean 'size'"), ({"library": "panda"}, "did you mean 'pandas'"),
])  # fmt: skip
def test_a_wrong_name_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        population(FIERE, 1, seed=1, on=DAYS[FIERE.id], **wrong)
