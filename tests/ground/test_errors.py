# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle

import pytest

from misure.ground.errors import BadFacts, BadRules, Conflict, MisureError, NoSuchMeasure, NotEncoded
from misure.ground.place import Fault, Place, nearest, visible

FAULTS = [
    Fault(Place("b.yaml", 2, 1), "grant", "is late"),
    Fault(Place("a.yaml", 10, 1), "loan", "is odd", "lone"),
    Fault(Place("a.yaml", 9, 5), "", "is empty"),
    Fault(Place("<facts>"), "size", "is unknown"),
]
IN_ORDER = """\
<facts>: size: is unknown
a.yaml:9:5: is empty
a.yaml:10:1: loan: is odd; did you mean 'lone'?
b.yaml:2:1: grant: is late"""
FIRST = dt.date(2022, 1, 31)

ERRORS = [
    (BadFacts(FAULTS), ValueError, IN_ORDER),
    (BadRules(FAULTS[:1]), ValueError, "b.yaml:2:1: grant: is late"),
    (NoSuchMeasure("lombardia/filere", ["lombardia/filiere", "x"]), KeyError,
     "no measure is called 'lombardia/filere'; did you mean 'lombardia/filiere'?"),
    (NoSuchMeasure("zzz", ["lombardia/filiere"]), KeyError,
     "no measure is called 'zzz'; the catalogue has: lombardia/filiere"),
    (NoSuchMeasure("filiere", ["lombardia/filiere", "lombardia/export"]), KeyError,
     "no measure is called 'filiere'; did you mean 'lombardia/filiere'?"),
    (NoSuchMeasure("zzz", []), KeyError, "no measure is called 'zzz'; the catalogue has: none"),
    (NotEncoded("m", dt.date(2021, 1, 1), FIRST), LookupError,
     "m: the law of 2021-01-01 is not encoded; the rules hold from 2022-01-31"),
    (Conflict("m", "years", ["DGR 1, art. 2", "DGR 3, art. 4"]), ValueError,
     "m: years has two values at once, by DGR 1, art. 2 and by DGR 3, art. 4"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "builtin", "text"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_says_what_is_wrong_and_is_of_its_builtin_kind(error, builtin, text):
    assert str(error) == text
    assert isinstance(error, MisureError)
    assert isinstance(error, builtin)


@pytest.mark.parametrize("error", [error for error, _, _ in ERRORS], ids=lambda error: type(error).__name__)
def test_an_error_crosses_a_process(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(again) == str(error)
    assert vars(again) == vars(error)


@pytest.mark.parametrize(("name", "right"), [("turnovr", "turnover"), ("zzz", None), ("x" * 10_000, None)])
def test_the_nearest_name(name, right):
    assert nearest(name, ["turnover", "size"]) == right


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\u202egpj.exe\u200b\x85\u2028", r"\u202egpj.exe\u200b\x85\u2028"),
        ("\udcff\U000e0001", r"\udcff\U000e0001"),
        (r"C:\rules \x1b «perché» 5 €", r"C:\rules \x1b «perché» 5 €"),
    ],
)
def test_a_fault_is_one_line_that_no_terminal_obeys(text, shown):
    assert visible(text) == shown
    assert str(Place(text)) == shown
    assert str(Place(f"aids.zip!{text}", 3, 4)) == f"aids.zip!{shown}:3:4"
    assert str(Fault(Place(text, 1, 1), text, text)) == f"{shown}:1:1: {shown}: {shown}"
    assert str(Fault(Place("<facts>"), "", "is odd", "\x1b")) == r"<facts>: is odd; did you mean '\x1b'?"
    assert str(BadFacts([Fault(Place(text), text, "is odd")])) == f"{shown}: {shown}: is odd"
    assert str(NoSuchMeasure("zzz", [text])) == f"no measure is called 'zzz'; the catalogue has: {shown}"
    assert str(NotEncoded(text, FIRST, FIRST)).startswith(f"{shown}: the law of")
    assert str(Conflict(text, text, [text])) == f"{shown}: {shown} has two values at once, by {shown}"


def test_what_a_fault_holds_stays_as_it_was_given():
    fault = Fault(Place("\x1b.yaml"), "\n", "is odd")
    assert (fault.place.path, fault.subject, fault.order[0]) == ("\x1b.yaml", "\n", "\x1b.yaml")


def test_the_second_record_is_told_before_the_tenth():
    faults = [Fault(Place("<x>"), f"aids[{at}].amount", "no") for at in (10, 2, 1, 11)]
    assert [fault.subject for fault in BadFacts(faults).faults] == [f"aids[{at}].amount" for at in (1, 2, 10, 11)]


def test_a_name_in_another_case_has_its_nearest():
    ids = ["lombardia/filiere", "lombardia/piano-export-2025", "gen", "Sgei"]
    assert [nearest(name, ids) for name in ("GEN", "LOMBARDIA/FILERE", "SGEI", "XYZ")] == ["gen", ids[0], "Sgei", None]
