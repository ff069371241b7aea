# SPDX-License-Identifier: Apache-2.0
"""A text that one decision would tidy or refuse is never compared as it stands."""

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pytest

import misure
from misure import batch
from misure.deciding.machinery import compiled

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]
TEXTS = {
    "plain": ("società", "undecided"), "space after": ("società ", "bad_facts"), "space before": (" società", "bad_facts"),
    "not composed": ("societa\u0300", "bad_facts"), "too long": ("a" * 65, "bad_facts"), "as long as can be": ("a" * 64, "undecided"),
    "space of Unicode after": ("società\xa0", "bad_facts"), "space of Unicode before": ("\u2003società", "bad_facts"),
    "control": ("a\x01b", "bad_facts"), "tab": ("a\tb", "bad_facts"), "inner space": ("a b", "undecided"),
}  # fmt: skip


def rows(answer):
    """The answers of any frame as outcome by id."""
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    if isinstance(answer, duckdb.DuckDBPyRelation):
        answer = answer.pl()
    ids, outcomes = ([str(one) for one in answer[name]] for name in ("id", "outcome"))
    return dict(zip(ids, outcomes, strict=True))


@pytest.mark.parametrize("engine", ["polars", "lazy", "pandas", "duckdb", "pyarrow"])
def test_a_text_that_would_be_tidied_is_the_rows_own_fault(engine):
    frame = pl.DataFrame({"id": list(TEXTS), "capofila": [text for text, _ in TEXTS.values()]})
    given = {"polars": frame, "lazy": frame.lazy(), "pandas": frame.to_pandas(), "pyarrow": frame.to_arrow()}.get(
        engine
    )
    if engine == "duckdb":
        given = duckdb.from_arrow(frame.to_arrow())
    answer = batch.decide(FILIERE, given, on=ON)
    assert rows(answer) == {name: outcome for name, (_, outcome) in TEXTS.items()}


@pytest.mark.parametrize("name", TEXTS)
def test_one_decision_tidies_or_refuses_the_same_texts(name):
    text, outcome = TEXTS[name]
    try:
        said = compiled(FILIERE.decide({"capofila": text}, on=ON)).dossier.said()["capofila"]
    except misure.BadFacts:
        assert outcome == "bad_facts"
    else:
        assert (said != text) == (outcome == "bad_facts")


def test_a_table_that_is_not_given_cannot_be_known():
    frame = pl.DataFrame({"id": ["a"], "partners_known": [True]})
    with pytest.raises(misure.BadFacts, match="the table 'partners' is not given, so this column cannot speak"):
        batch.decide(FILIERE, frame, on=ON)


def test_the_keys_of_two_frames_are_of_one_type():
    partners = pl.DataFrame({"applicant": ["1"], "id": ["1"]})
    with pytest.raises(misure.BadFacts, match="give both one type"):
        batch.decide(FILIERE, pl.DataFrame({"id": [1]}), on=ON, tables={"partners": partners})


@pytest.mark.parametrize("ids", [[1], ["a"], []])
@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame], ids=["polars", "pandas"])
def test_a_table_of_no_rows_can_be_told_though_its_columns_have_no_type(frame, ids):
    told, nobody = (
        frame({"id": ids, "area_skills": [True] * len(ids)}),
        {"partners": frame({"applicant": [], "id": []})},
    )
    answer = batch.decide(FILIERE, told, on=ON, tables=nobody, complete=["partners"])
    refused = FILIERE.decide({"area_skills": True, "partners": []}, on=ON)
    assert refused.outcome == "refused"
    assert list(answer["outcome"]) == ["refused"] * len(ids)
    led = frame({"id": ids, "capofila": ["alfa"] * len(ids)})
    answer = batch.decide(FILIERE, led, on=ON, tables=nobody, complete=["partners"])
    assert list(answer["outcome"]) == ["bad_facts"] * len(ids)
    untold = batch.decide(FILIERE, told, on=ON, tables=nobody)
    assert list(untold["outcome"]) == ["undecided"] * len(ids)


def test_a_record_without_a_key_is_no_table_of_no_rows():
    partners = pl.DataFrame({"applicant": [None], "id": [None]})
    with pytest.raises(misure.BadFacts, match="no applicant has the key of these records"):
        batch.decide(FILIERE, pl.DataFrame({"id": [1]}), on=ON, tables={"partners": partners})
