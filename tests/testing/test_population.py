# SPDX-License-Identifier: Apache-2.0
"""A population is the same for the same seed, in every frame, and every row of it is decided."""

from collections import Counter

import polars as pl
import pyarrow as pa
import pytest

import misure
import misure.batch
from misure.testing import population
from tests.testing.examples import BEST, DAYS, EARLY, EARLY_FILIERE, EXPORT, FILIERE, MEASURES

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
    assert not met["eligible"], met


def test_under_a_text_that_was_read_whole_some_are_eligible():
    met = Counter(answers(EARLY_FILIERE, population(EARLY_FILIERE, 80, seed=1, on=EARLY))["outcome"].to_list())
    assert min(met["eligible"], met["refused"]) >= 10, met
    assert not met["no_known_obstacle"], met


LONG = ("lombardia/verso-nuovi-mercati", "lombardia/tecnologie-strategiche-step")
"""Of these what can come out is looked for in minutes: that is tried where what takes minutes is."""


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
@pytest.mark.parametrize(
    "measure",
    [pytest.param(one, id=id_, marks=[pytest.mark.wide] * (id_ in LONG)) for id_, one in MEASURES.items()],
)
def test_frames_are_as_a_batch_takes_them(measure, library):
    """Times of day too, which are texts."""
    people = population(measure, 12, seed=1, on=DAYS[measure.id], library=library)
    assert len(answers(measure, people)) == 12


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


WRONG_SHARES = [
    ({"size": {"micr": 1}}, "shares=: size['micr']: expected one of micro, small, medium, large; got 'micr'; did you mean 'micro'?"),
    ({"siz": {"micro": 1}}, "shares=: siz: lombardia/fiere-lombardia-2024-2026 asks no fact 'siz'; did you mean 'size'?"),
    ({1: {"micro": 1}}, "shares=: 1: lombardia/fiere-lombardia-2024-2026 asks no fact 1"),
    ({"fairs": {"x": 1}},
     "shares=: fairs: lombardia/fiere-lombardia-2024-2026 asks no fact 'fairs': it is a table, and shares are of single facts"),
    ({"size": ["micro"]},
     "shares=: size: expected its values with their weights, such as {'micro': 7, 'small': 3}; got ['micro']"),
    ({"size": {"micro": 0, "small": 0}}, "shares=: size: the weights are all nothing: none of its values could come"),
    ({"size": {}}, "shares=: size: the weights are all nothing: none of its values could come"),
    ({"size": {"micro": -1, "small": 3}}, "shares=: size['micro']: a weight is between 0 and 1000000; got -1"),
    ({"size": {"micro": 0.7}}, "shares=: size['micro']: a weight is a whole number, such as 7 where another has 3; got 0.7"),
    ({"size": {"micro": "70"}}, "shares=: size['micro']: a weight is a whole number, such as 7 where another has 3; got '70'"),
    ({"size": {"micro": True}}, "shares=: size['micro']: a weight is a whole number, such as 7 where another has 3; got True"),
    ({"size": {None: 1}}, "shares=: size[None]: expected a value; this tells nothing"),
    ({"rented_area": {90.5: 1}}, 'shares=: rented_area[90.5]: 90.5 is a binary float, which is not exact: write it as text, "90.5"'),
]  # fmt: skip


@pytest.mark.parametrize(("shares", "words"), WRONG_SHARES, ids=[str(shares) for shares, _ in WRONG_SHARES])
def test_shares_that_cannot_be(shares, words):
    with pytest.raises(ValueError) as caught:
        population(FIERE, 1, seed=1, on=DAYS[FIERE.id], shares=shares)
    assert str(caught.value) == words


def test_all_that_is_wrong_with_shares_is_told_at_once():
    wrong = {"siz": {"micro": 1}, "size": {"micr": -1}, "active_enterprise": {True: 1}}
    with pytest.raises(ValueError, match="siz") as caught:
        population(FIERE, 1, seed=1, on=DAYS[FIERE.id], fixed={"active_enterprise": True}, shares=wrong)
    places = [line.split(": ")[1] for line in str(caught.value).splitlines()]
    assert places == ["siz", "size['micr']", "size['micr']", "active_enterprise"]
    with pytest.raises(ValueError, match="codice_fiscale: each applicant has a code of its own"):
        population(EXPORT, 1, seed=1, on=DAYS[EXPORT.id], shares={"codice_fiscale": {"01234560157": 1}})
    with pytest.raises(TypeError, match=r"^shares= is a mapping of facts"):
        population(FIERE, 1, seed=1, on=DAYS[FIERE.id], shares=["size"])


@pytest.mark.parametrize(("wrong", "words"), [
    ({"shares": {"siz": {"micro": 1}}}, "did you mean 'size'"), ({"library": "panda"}, "did you mean 'pandas'"),
])  # fmt: skip
def test_a_wrong_name_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        population(FIERE, 1, seed=1, on=DAYS[FIERE.id], **wrong)
