# SPDX-License-Identifier: Apache-2.0
"""What is pickled names no module of the library but `misure._reopen`, and besides it public names: moving a module breaks no pickle."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import inspect
import io
import pickle
import pickletools
import re
import sys
from dataclasses import dataclass, fields, is_dataclass

import pytest

import misure
from misure import deminimis, finance, terms
from misure._reopen import public_name, reopen_error, reopen_measure, reopen_member, reopen_value
from misure.ground.record import Record
from misure.ground.rules_folder import bundled_rules
from misure.testing.worked_cases import decided_cases
from tests.architecture.surface import PACKAGES, exported
from tests.architecture.test_nothing_inside_can_be_changed import given, held, whole
from tests.architecture.values_of_every_kind import every_kind

LEDGER = deminimis.Ledger(
    [deminimis.Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026",
    gaps=[deminimis.Gap("a month that was not read")],
)  # fmt: skip
CLASSES = {
    what: name
    for name, what in exported()
    if inspect.isclass(what) and what.__module__.startswith("misure") and not getattr(what, "_is_protocol", False)
}
ANSWERS = (
    "findings",
    "missing",
    "support",
    "spending",
    "score",
    "tranches",
    "terms",
    "duties",
    "tensions",
    "selection",
)
A_CASE_IN, A_PAGE_IN = 8, 2
ONE_PROCESS = {"misure.register.AidReader", "misure.register.MeasureReader", "misure.register.TerminalProgress"}
"""A reader of an open file and a line on a terminal."""


INSIDE = re.compile(r"misure(?:\.\w+)*(?=:[A-Za-z_]\w*$)")
"""The package of a public name, as a pickle holds it: `misure.deminimis:Headroom`."""


class Noting(pickle.Unpickler):
    """Opens a pickle and notes which modules it names."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.modules: set[str] = set()

    def find_class(self, module: str, name: str) -> object:
        self.modules.add(module)
        return super().find_class(module, name)


def again(value: object) -> tuple[object, set[str]]:
    """The value pickled and opened, and what its pickle names of the library that is no public package: modules, and in texts."""
    data = pickle.dumps(value)
    opened = Noting(data)
    found = opened.load()
    texts = {str(text) for _, text, _ in pickletools.genops(data) if isinstance(text, str)}
    named = {package[0] for text in texts if (package := INSIDE.match(text))} - set(PACKAGES)
    return found, named | {module for module in opened.modules if module.startswith("misure")}


def parts_of(value: object) -> list[object]:
    """A value with everything of the library that hangs on it."""
    found: list[object] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple | list | frozenset):
            waiting += one
        elif type(one) in CLASSES:
            found.append(one)
            if isinstance(one, Record):
                waiting += [value for _, value in one.fields()]
            elif is_dataclass(one):
                waiting += [getattr(one, field.name) for field in fields(one)]
    return found


def test_every_exported_value_is_pickled_by_its_public_name():
    bound = {
        name
        for cls, name in CLASSES.items()
        if not any("__reduce__" in vars(kind) or "__reduce_ex__" in vars(kind) for kind in cls.__mro__[:-1]
                   if kind.__module__.startswith("misure"))
    }  # fmt: skip
    assert bound == ONE_PROCESS


@pytest.mark.parametrize("cls", CLASSES, ids=CLASSES.get)
def test_a_pickle_calls_a_class_by_the_name_under_which_it_is_exported(cls):
    """Also an error, which is pickled by its name though nothing here raises it."""
    assert public_name(cls).partition(":")[0] in PACKAGES


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, enum.Enum)], ids=CLASSES.get)
def test_a_member_is_itself_again(cls):
    for member in cls:
        found, modules = again(member)
        assert found is member
        assert copy.deepcopy(member) is member
        assert modules == {"misure._reopen"}


def test_what_answers_hold_is_equal_again():
    met = set()
    for measure in misure.catalogue().values():
        for number, decision in enumerate(decided_cases(measure, one_in=A_CASE_IN)):
            whole = [getattr(decision, name) for name in ANSWERS]
            # A page is made of few kinds of parts, all of which some page in so many has.
            pages = [misure.explain(decision)] if number % A_PAGE_IN == 0 else []
            for part in parts_of((*whole, *pages)):
                if type(part) not in met:
                    met.add(type(part))
                    found, modules = again(part)
                    assert found == part
                    assert modules == {"misure._reopen"}
    assert met >= {misure.Finding, misure.Amount, misure.Term, misure.Missing, misure.Explanation, misure.Range}


@pytest.mark.parametrize(
    "value",
    [
        LEDGER,
        deminimis.headroom(LEDGER, "alfa", on="2026-11-22"),
        terms.deadline("2026-01-31", days=30, regime="it_civil"),
        finance.stamp_duty("2026-01-31"),
        misure.catalogue(),
        misure.catalogue()["lombardia/filiere"],
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_law_beneath_is_equal_again(value):
    found, modules = again(value)
    assert found == value
    assert copy.copy(value) == value
    assert modules == {"misure._reopen"}


def test_whatever_the_library_gives_names_no_module_in_its_pickle():
    """Every exported value that can be made, with all that hangs on it."""
    met: dict[type, set[str]] = {}
    waiting = [*every_kind(), *whole()]
    while waiting:
        value = waiting.pop()
        if type(value) in met or f"misure.register.{type(value).__name__}" in ONE_PROCESS:
            continue
        found, met[type(value)] = again(value)
        assert found == value, type(value)
        assert hash(found) == hash(value), type(value)
        waiting += [part for _, one in given(value) for part in held(one)]
    assert {cls.__qualname__: modules for cls, modules in met.items() if modules - {"misure._reopen"}} == {}
    assert len(met.keys() & CLASSES.keys()) > 110


def test_an_error_is_told_again():
    with pytest.raises(misure.NoSuchMeasure) as told:
        misure.catalogue()["lombardia/filere"]
    found, modules = again(told.value)
    assert str(found) == str(told.value) == "no measure is called 'lombardia/filere'; did you mean 'lombardia/filiere'?"
    assert found.nearest == "lombardia/filiere"
    assert modules == {"misure._reopen"}


@pytest.mark.parametrize("id_", ["zz", "D-9"])
def test_an_application_that_is_not_there_is_told_again_and_again(id_):
    selection = misure.catalogue()["lombardia/export-su-misura"].select({"D-5": {}}, on=dt.date(2026, 3, 18))
    with pytest.raises(misure.NoSuchApplication) as told:
        selection[id_]
    found, _ = again(again(copy.deepcopy(told.value))[0])
    assert (str(found), found.names, found.nearest) == (str(told.value), (id_,), "D-5" if id_ == "D-9" else None)


def test_a_pickle_of_a_bundled_measure_names_no_folder():
    measure = misure.catalogue()["lombardia/filiere"]
    for value in (measure, misure.catalogue(), measure.decide({}, on=dt.date(2022, 6, 1))):
        data = pickle.dumps(value)
        assert str(bundled_rules()).encode() not in data
        assert pickle.loads(data) == value  # noqa: S301 - our own bytes


def test_a_measure_whose_rules_are_nowhere_says_what_to_install():
    with pytest.raises(misure.BadRules) as told:
        reopen_measure("/nowhere/at/all", "altrove/bando", "0", {})
    assert str(told.value) == (
        "/nowhere/at/all: altrove/bando: the rules with which this was pickled are not here: install their package"
    )


def test_a_pickle_that_asks_for_what_another_version_had_says_so():
    with pytest.raises(
        misure.BadPickle,
        match=r"this was pickled by another version of misure; .*: make it again: there is no reopen_x here$",
    ):
        pickle.loads(b"cmisure._reopen\nreopen_x\n(tR.")  # noqa: S301 - our own bytes
    assert not hasattr(misure._reopen, "anything_else")


def test_a_measure_of_a_package_that_stands_elsewhere_now_is_found_by_its_id():
    measure = misure.catalogue()["lombardia/filiere"]
    gone = reopen_measure("/nowhere/at/all", measure.id, measure.rulebook.rules_hash, {})
    assert gone == measure


@pytest.mark.parametrize(
    ("open_again", "told"),
    [
        (lambda: reopen_value("misure:Range", {"least": 1}), "misure:Range was pickled by another version of misure"),
        (lambda: reopen_value("misure:Rainge", {"least": 1}), "misure:Rainge was pickled .* there is none"),
        (lambda: reopen_value("misure.gone:Range", {}), "misure.gone:Range was pickled .* there is none"),
        (lambda: reopen_member("misure:Truth", "MAYBE"), "misure:Truth was pickled .* it has no MAYBE"),
        (lambda: reopen_error("misure:NoError", ()), "misure:NoError was pickled .* there is none"),
    ],
)
def test_a_pickle_of_another_version_says_what_to_do(open_again, told):
    with pytest.raises(misure.BadPickle, match=f"{told}.*") as failure:
        open_again()
    assert "make it again" in str(failure.value)


@pytest.mark.parametrize(
    ("open_again", "told"),
    [
        (lambda file: reopen_error("os:system", (f"touch {file}",)), "os:system was .*: it is nothing of misure$"),
        (
            lambda file: reopen_error("pathlib:Path.touch", (file,)),
            "pathlib:Path.touch was .*: it is nothing of misure$",
        ),
        (lambda _: reopen_error("misure:Range", (1, 2)), "misure:Range was .*: it is no error$"),
        (lambda _: reopen_error("misure:catalogue", ()), "misure:catalogue was .*: there is none$"),
        (lambda _: reopen_error("misure._reopen:import_module", ("this",)), "misure._reopen:.*: there is none$"),
        (lambda _: reopen_value("this:c", {}), "this:c was .*: it is nothing of misure$"),
        (lambda _: reopen_value("misure._reopen:Path", {}), "misure._reopen:Path was .*: there is none$"),
        (lambda _: reopen_member("this:c", "A"), "this:c was .*: it is nothing of misure$"),
    ],
    ids=range(8),
)
def test_nothing_but_the_library_is_imported_or_called(open_again, told, tmp_path):
    with pytest.raises(misure.BadPickle, match=told):
        open_again(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []
    assert "this" not in sys.modules


class Theirs(misure.BadFacts):
    """An error that somebody made of one of ours."""


@dataclass(frozen=True)
class Wider(misure.Range):
    """A value that somebody made of one of ours."""

    unit: str = "EUR"


@pytest.mark.parametrize(
    "value", [Theirs([misure.Fault(misure.Place("x"), "a", "b")]), Wider(1, 2)], ids=["error", "value"]
)
def test_what_somebody_made_of_ours_is_pickled_as_theirs(value):
    found = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes
    assert type(found) is type(value)
    assert str(found) == str(value)


class Written:
    """Pickles as a call of a function that pickles name, with what another version may have given it."""

    def __init__(self, name, given):
        self.called = getattr(misure._reopen, name), given

    def __reduce__(self):
        return self.called


OPENING = [name for name in misure._reopen.__all__ if name.startswith("reopen_")]


@pytest.mark.parametrize("name", OPENING)
@pytest.mark.parametrize(
    "given", [(), (None,) * 9, (3,), (3, 3), (3, 3, 3), (3, 3, 3, 3)], ids=["0", "9", "1", "2", "3", "4"]
)
def test_what_a_function_cannot_open_is_told_whatever_it_is_given(name, given):
    data = pickle.dumps(Written(name, given))
    with pytest.raises(misure.MisureError) as failure:
        pickle.loads(data)  # noqa: S301 - our own bytes
    if type(failure.value) is not misure.BadFacts:
        assert type(failure.value) is misure.BadPickle
        assert str(failure.value).startswith(
            "this was pickled by another version of misure; a pickle is for the same version"
        )
        assert f"make it again: {name} cannot open what stands in it (" in str(failure.value)
    else:
        # Two are made as a caller makes them, and say which part is wrong.
        assert (name, len(given)) in {("reopen_ledger", 4), ("reopen_relations", 4)}


def test_what_is_wrong_inside_is_kept_as_the_cause():
    with pytest.raises(
        misure.BadPickle, match=r"reopen_member cannot open what stands in it \(AttributeError: "
    ) as failure:
        misure._reopen.reopen_member("misure:Range", "YES")
    assert type(failure.value.__cause__) is AttributeError
    assert pickle.loads(pickle.dumps(failure.value)).args == failure.value.args  # noqa: S301 - our own bytes
