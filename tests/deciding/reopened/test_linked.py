# SPDX-License-Identifier: Apache-2.0
"""A measure opened from linked data is the measure: the same answers, the same words, and no rule file read."""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import misure
from misure.ground.errors import MisureError
from misure.ground.rules_folder import bundled_rules
from misure.reading.packages.package import measures_of, read_rulebook
from misure.testing.worked_cases import cases_of_measure, decide_case, run_cases
from misure.testing.worked_selections import run_selections, select_case, selections_of_measure

ON = dt.date(2022, 6, 1)
FILIERE = "lombardia/filiere"
PACKAGE = Path(__file__).parents[2] / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"


@pytest.fixture(scope="module", params=list(misure.catalogue()))
def both(request):
    """A measure, and the same from linked data."""
    measure = misure.catalogue()[request.param]
    return measure, misure.open_linked(measure.linked())


@pytest.fixture(scope="module")
def filiere():
    return misure.open_linked(misure.catalogue()[FILIERE].linked())


def again(thing):
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own bytes


def answer(ask, measure, case):
    try:
        return ask(measure, case)
    except MisureError as error:
        return type(error), str(error)


def test_it_is_the_measure(both):
    measure, opened = both
    assert opened == measure
    assert hash(opened) == hash(measure)
    assert (opened.rulebook.rules_hash, opened.title) == (measure.rulebook.rules_hash, measure.title)
    assert opened.facts_schema() == measure.facts_schema()
    assert opened.linked() == measure.linked()


def test_it_answers_worked_cases_alike(both):
    measure, _ = both
    cases = cases_of_measure(measure)
    # Of hundreds of cases some from all over the file: each what-if among them is compiled twice.
    for case in cases[:: 1 + len(cases) // 40]:
        first, second = (answer(decide_case, one, case) for one in both)
        assert second == first, case.name
        if isinstance(first, misure.Decision):
            assert second.to_json() == first.to_json(), case.name
    assert len(cases) > 20


def test_it_selects_alike(both):
    measure, _ = both
    for case in selections_of_measure(measure):
        first, second = (answer(select_case, one, case) for one in both)
        assert second == first, case.name
        if isinstance(first, misure.Selection):
            assert second.to_json() == first.to_json(), case.name


@pytest.mark.parametrize("language", ["it", "en"])
def test_it_is_told_alike(both, language):
    measure, _ = both
    case = next(case for case in cases_of_measure(measure) if "error" not in case.expect)
    told = [misure.explain(decide_case(one, case), language, all=True).page for one in both]
    assert told[0] == told[1]


def test_it_opens_without_yaml_and_pydantic(tmp_path):
    measure = misure.catalogue()[FILIERE]
    (tmp_path / "filiere").write_bytes(measure.linked())
    code = """
import datetime as dt, sys
from pathlib import Path
import misure
measure = misure.open_linked(Path("filiere").read_bytes())
decision = measure.decide({"filed_on_webtelemaco": False}, on=dt.date(2022, 6, 1))
print(decision.to_json())
print([name for name in sys.modules if name.split(".")[0] in ("yaml", "pydantic")])
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(misure.__file__).parents[1])},
    )  # fmt: skip
    told, loaded = run.stdout.splitlines()
    assert told == measure.decide({"filed_on_webtelemaco": False}, on=ON).to_json()
    assert loaded == "[]"


# What is done with a measure, done with one that has no folder


def test_it_pickles_and_so_do_its_decisions(filiere):
    assert filiere.rulebook.root == ""
    assert again(filiere) == copy.deepcopy(filiere) == filiere
    decision = filiere.decide({"filed_on_webtelemaco": False}, on=ON)
    assert again(decision).to_json() == decision.to_json()


def test_many_pickled_decisions_open_their_measure_once(filiere):
    decisions = [again(filiere.decide({}, on=ON)) for _ in range(3)]
    assert len({id(decision.measure) for decision in decisions}) == 1


def test_a_what_if_stays_one(filiere):
    varied = filiere.vary(minimum_firms="8 firms")
    for other in (misure.open_linked(varied.linked()), again(varied)):
        assert other == varied != filiere
        assert dict(other.varied) == {"minimum_firms": "8 firms"}
        assert other.base == filiere
    assert "(per legge: 10 imprese)" in str(misure.explain(varied.decide({}, on=ON), "it", all=True))


def test_receipts_are_replayed_in_either(filiere):
    ours = misure.catalogue()[FILIERE]
    for measure in (filiere, ours):
        for other in (filiere, ours, ours.vary(minimum_firms="8 firms"), filiere.vary(minimum_firms="8 firms")):
            decision = other.decide({}, on=ON)
            assert measure.replay(json.loads(json.dumps(decision.receipt))) == decision


def test_what_stands_beside_the_rules_is_not_in_it(filiere, tmp_path, monkeypatch):
    """No folder is looked for: least of all one below the folder where the program happens to run."""
    shutil.copytree(bundled_rules() / FILIERE, tmp_path / FILIERE)
    monkeypatch.chdir(tmp_path)
    assert run_cases(filiere) == run_selections(filiere) == ()


# The same data wherever it is made


def test_it_tells_nothing_of_the_machine(both):
    measure, opened = both
    data = measure.linked()
    assert str(bundled_rules()).encode() not in data
    assert {part.place.path for part in opened.rulebook.conditions} <= {
        f"{measure.id}/measure.yaml", *(law.path for law in opened.rulebook.laws)
    }  # fmt: skip


def test_a_package_of_others_is_linked_alike_wherever_it_lies(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "altrove")
    here, there = (misure.catalogue([root])["prova/servizi"] for root in (PACKAGE, tmp_path / "altrove"))
    assert here.linked() == there.linked()
    opened = misure.open_linked(here.linked())
    assert opened.decide({}, on=dt.date(2026, 3, 1)).to_json() == here.decide({}, on=dt.date(2026, 3, 1)).to_json()
    assert str(misure.explain(opened.decide({}, on=dt.date(2026, 3, 1)), "en"))


@pytest.mark.parametrize(
    ("rules", "beneath"),
    [
        ("reading/data/rules", ()),
        ("telling/rules", (bundled_rules(),)),
        ("packages/misure-prova/src/misure_prova/rules", (bundled_rules(),)),
    ],
    ids=["reading", "telling", "package"],
)
def test_whatever_a_rule_file_may_hold_opens_again(rules, beneath):
    """What is asked of data is no more than what is asked of a rule file: conditions that reduce where there is no support, too."""
    root = Path(__file__).parents[2] / rules
    books = [read_rulebook(root, name, beneath) for name in measures_of(root)]
    assert len(books) >= 2
    for book in books:
        assert again(book) == book
