# SPDX-License-Identifier: Apache-2.0
"""Without any extra the library is imported, listed and documented whole; what needs an extra says which, when it is used."""

from __future__ import annotations

import inspect
import json
import os
import pickle
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from misure.ground.errors import MisureError
from misure.ground.extras import MissingExtra, _in_its_place, offered

ROOT = Path(__file__).parents[2]

REFUSED = [
    "defusedxml",
    "duckdb",
    "hypothesis",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "pytest",
]
"""What only an extra brings, or whoever calls."""

BARE = f"""
import sys

class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {REFUSED}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Refuser())
"""

DOCUMENT = """
import importlib, inspect, json, pydoc, types

def public(module):
    yield module
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, types.ModuleType):
            yield from public(value)

import misure
modules = [*public(misure), importlib.import_module("misure.testing"), importlib.import_module("misure.telling")]
said = {}
for module in modules:
    said[module.__name__] = pydoc.render_doc(module, renderer=pydoc.plaintext)
    pydoc.HTMLDoc().docmodule(module)
    assert inspect.getdoc(module), module
    for name, value in inspect.getmembers(module):
        if name in getattr(module, "__all__", ()) and callable(value):
            inspect.signature(value) if inspect.isroutine(value) else inspect.getmembers(value)
            inspect.getdoc(value)
print(json.dumps(said))
"""

WALK = """
import importlib, json, pkgutil, misure

failed = {}
for module in pkgutil.walk_packages(misure.__path__, "misure."):
    if module.name == "misure.__main__":
        continue
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as problem:
        failed[module.name] = problem.name.partition(".")[0]
print(json.dumps(failed))
"""


def bare(code: str) -> str:
    """What `code` prints in an interpreter without any extra."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MISURE_NO_PLUGINS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", BARE + code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=ROOT.anchor,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return run.stdout


def test_a_documentation_tool_reads_every_public_module() -> None:
    said = json.loads(bare(DOCUMENT))
    assert {"misure", "misure.batch", "misure.register", "misure.testing", "misure.identifiers.cor"} < said.keys()
    assert all(text.strip() for text in said.values())
    assert "decide" in said["misure.batch"]
    assert "pip install 'misure[batch]'" in said["misure.batch"]
    assert "pip install 'misure[testing]'" in said["misure.testing"]
    assert "class Measure" in said["misure"]

    # Python 3.13 writes each argument in a line of its own.
    words = re.sub(r"\(\s+", "(", " ".join(said["misure.batch"].split()))
    assert "decide(measure: 'Measure', frame: 'F', *, on: 'Day'" in words
    assert "Decide many applicants, one a row" in said["misure.batch"]
    assert "facts(measure: 'Measure', *, on: 'dt.date'" in said["misure.testing"]
    assert "*_" not in said["misure.batch"] + said["misure.testing"]


OF_EXTRAS = [
    (package, name) for package in ("misure.batch", "misure.testing") for name in import_module(package).__all__
]


@pytest.mark.parametrize(("package", "name"), OF_EXTRAS)
def test_what_stands_in_the_place_of_a_function_takes_and_gives_what_it_does(package: str, name: str) -> None:
    true = getattr(import_module(package), name)
    home = _homes(package)[name]
    stands_in = _in_its_place(home, name, MissingExtra("batch", "narwhals"))
    with pytest.raises(MissingExtra):
        stands_in()
    assert str(stands_in.__doc__).startswith("Not here: narwhals is not installed")
    if inspect.isfunction(true):
        assert _told(inspect.signature(stands_in)) == _told(inspect.signature(true))
        assert str(stands_in.__doc__).endswith(str(inspect.getdoc(true)))


def _homes(package: str) -> dict[str, str]:
    module = import_module(package)
    return {
        name: home if home.startswith("misure.") else f"{package}.{home}"
        for name, home in vars(module)["_HOMES"].items()
    }


def _told(found: inspect.Signature) -> list[object]:
    """Names, kinds, annotations, and which have a default: as code writes it in the one, worked out in the other."""
    given = [(one.name, one.kind, one.annotation, one.default is one.empty) for one in found.parameters.values()]
    return [*given, found.return_annotation]


HINTS = """
import sys, typing, misure, misure.testing
sys.path.insert(0, {root!r})
from tests.architecture.surface import PACKAGES, entries, hinted
odd = {{}}
for name, what in entries():
    for where, one in hinted(what):
        try:
            typing.get_type_hints(one)
        except NameError as problem:
            odd[where] = problem.name
print(sorted(set(odd.values())))
"""


def test_annotations_are_read_without_extras_too() -> None:
    assert bare(HINTS.format(root=str(ROOT))) == "[]\n"


def test_help_prints() -> None:
    assert "Help on package misure" in bare("import misure; help(misure)")


def test_all_names_come_with_a_star() -> None:
    script = """
from misure import *
import misure
assert set(misure.__all__) <= set(globals()), set(misure.__all__) - set(globals())
for module in (misure.batch, misure.register):
    exec(f"from {module.__name__} import *", names := {})
    assert set(module.__all__) <= set(names)
exec("from misure.testing import *", names)
assert {"facts", "coverage"} <= set(names)
"""
    bare(script)


def test_the_test_tools_are_there_when_they_are_asked_for() -> None:
    assert bare("import misure; print(callable(misure.testing.run_cases))") == "True\n"
    assert bare("import misure; print('testing' in dir(misure), 'testing' in misure.__all__)") == "True False\n"
    assert bare("import sys; from misure import *; print('misure.testing' in sys.modules)") == "False\n"


def test_only_the_homes_of_an_extra_cannot_be_imported_without_it() -> None:
    failed = json.loads(bare(WALK))
    homes = {
        "narwhals": ("misure.batch.", "misure.engines.narwhals."),
        "hypothesis": (
            "misure.testing.drawing",
            "misure.testing.drawn.application_strategies",
            "misure.testing.drawn.fact_strategies",
            "misure.testing.drawn.law_beneath",
            "misure.testing.laws",
            "misure.testing.strategies",
            *(f"misure.testing.conformance.{name}" for name in ("applicants", "drawn", "exact", "programs")),
        ),
    }
    assert set(failed.values()) == set(homes)
    assert {name: needs for name, needs in failed.items() if not name.startswith(homes[needs])} == {}


USES = {
    "misure.batch.decide(measure, None, on=day)": ("batch", "narwhals"),
    "misure.batch.select(measure, None, on=day)": ("batch", "narwhals"),
    "misure.batch.condition_names(measure)": ("batch", "narwhals"),
    "misure.batch.single_undertakings(None)": ("batch", "narwhals"),
    "misure.register.read_ledger([file], ['01234560157'])": ("register", "defusedxml"),
    "list(misure.register.read_aids([file]))": ("register", "defusedxml"),
    "misure.register.parse_rna_measures(file)": ("register", "defusedxml"),
    "misure.testing.questions(measure)": ("testing", "hypothesis"),
    "misure.testing.facts(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.facts_with(measure, on=day, outcome='eligible')": ("testing", "hypothesis"),
    "misure.testing.applications(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.aid_ledgers()": ("testing", "hypothesis"),
    "misure.testing.partial_facts(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.edge_facts(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.undertakings()": ("testing", "hypothesis"),
    "misure.testing.assert_same_in_frames(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.assert_replays(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.assert_conserves(measure, on=day)": ("testing", "hypothesis"),
    "misure.testing.completions(measure, {}, on=day)": ("testing", "hypothesis"),
    "misure.testing.days(measure)": ("testing", "hypothesis"),
    "misure.testing.run_conformance(PythonEngine())": ("testing", "hypothesis"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What each use says: the names of the classes of its error, and its text."""
    file = tmp_path_factory.mktemp("aids") / "aids.xml"
    file.write_text("<a/>", "utf-8")
    script = f"""
import datetime, json, misure, misure.batch, misure.testing
from misure.testing.conformance.own import PythonEngine
day, file, measure = datetime.date(2022, 6, 1), {str(file)!r}, misure.catalogue()["lombardia/filiere"]
told = {{}}
for use in {list(USES)!r}:
    try:
        eval(use)
    except ImportError as problem:
        told[use] = [*(kind.__name__ for kind in type(problem).__mro__), str(problem)]
print(json.dumps(told))
"""
    return json.loads(bare(script))


@pytest.mark.parametrize("use", USES)
def test_what_needs_an_extra_says_which(use: str, told: dict[str, list[str]]) -> None:
    extra, needs = USES[use]
    *classes, text = told[use]
    assert classes[0] == "MissingExtra"
    assert {"ImportError", "MisureError"} < set(classes)
    assert text.startswith(f"{needs} is not installed")
    assert text.endswith(f"pip install 'misure[{extra}]'")
    assert "\n" not in text


@pytest.mark.parametrize(("library", "lacks"), [("polars", "polars"), ("pandas", "pyarrow"), ("pyarrow", "pyarrow")])
def test_a_library_of_frames_that_is_not_there_is_told_with_what_to_install(library: str, lacks: str) -> None:
    script = f"""
import datetime, misure, misure.testing
measure = misure.catalogue()["lombardia/filiere"]
try:
    misure.testing.population(measure, 1, seed=1, on=datetime.date(2022, 6, 1), library={library!r})
except misure.MissingExtra as problem:
    print(problem)
"""
    told = f"{lacks} is not installed, and frames are made with it: pip install 'misure[batch]' {lacks}\n"
    assert bare(script) == told


def test_frames_that_are_read_as_tables_of_arrow_say_so_where_it_is_not_there() -> None:
    """Of pandas and DuckDB with all that they need themselves: pyarrow is what the library reads them with."""
    script = """
import sys

class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pyarrow":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuser())
import datetime, duckdb, misure, pandas, polars
from misure import batch
day, later = datetime.date(2022, 6, 1), datetime.date(2026, 3, 18)
decided, selected = misure.catalogue()["lombardia/filiere"], misure.catalogue()["lombardia/export-su-misura"]
ends = {"controller": ["a"], "controlled": ["b"], "control": [True]}
asked = [
    lambda: batch.decide(decided, pandas.DataFrame({"id": [1]}), on=day),
    lambda: batch.decide(decided, duckdb.sql("select 1 as id"), on=day),
    lambda: batch.select(selected, pandas.DataFrame({"id": ["1"]}), on=later),
    lambda: batch.select(selected, duckdb.sql("select '1' as id"), on=later),
    lambda: batch.single_undertakings(pandas.DataFrame(ends)),
    lambda: batch.single_undertakings(duckdb.sql("select 'a' as controller, 'b' as controlled, true as control")),
]
for ask in asked:
    try:
        ask()
    except misure.MissingExtra as problem:
        print(problem)
assert len(batch.decide(decided, polars.DataFrame({"id": [1]}), on=day)) == 1
lazily = batch.decide(decided, duckdb.sql("select 1 as id"), on=day, check_keys=False)
assert lazily.fetchall()[0][:2] == (1, "undecided")
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.anchor,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "MISURE_NO_PLUGINS": "1"},
    )  # fmt: skip
    told = "pyarrow is not installed, and frames are made with it: pip install 'misure[batch]' pyarrow"
    assert run.stdout.splitlines() == [told] * 6


def test_what_needs_no_extra_works_without() -> None:
    script = """
import misure, misure.testing
measure = misure.catalogue()["lombardia/filiere"]
assert all(result.passed for result in misure.testing.run_cases(measure))
assert misure.testing.run_selections(measure) is not None
assert "at_least_ten_firms" in misure.testing.coverage(measure).truths
assert misure.testing.mutants(measure, cases=[], selections=[]).noticed == ()
from misure.testing.conformance.own import PythonEngine
checks = [check for check in misure.testing.conformance_checks(PythonEngine()) if check.operator]
assert len(checks) > 100
for check in checks:
    check(PythonEngine())
"""
    bare(script)


def test_another_trouble_of_an_import_is_not_taken_for_a_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        offered("misure.no_such_module", "decide", "batch", "narwhals")


def test_the_error_crosses_a_process() -> None:
    error = MissingExtra("batch", "narwhals")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(again), again.extra, again.needs) == (str(error), "batch", "narwhals")
    assert isinstance(again, MisureError)
