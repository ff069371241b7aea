# SPDX-License-Identifier: Apache-2.0
"""No fact of one applicant stands in an error of another, in a log or in the name of a file."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import misure
from misure import batch
from misure.testing.worked_cases import cases_of_measure, decide_case
from tests.cli.commands import Command
from tests.register.samples import document, plain

SOURCE = Path(misure.__file__).parent
WRITING = {
    "ground/whole_file.py", "reading/packages/index.py", "reading/forms/json_schema.py", "register/writing.py",
    "reading/packages/first/folder.py",
}  # fmt: skip
"""What writes files: a ranking where the caller says, an index and schemas of rules, a first folder of a measure, files of the register and of a ledger where the caller says."""


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))


def test_nothing_is_logged_and_no_other_file_is_written() -> None:
    logging, writing = set(), set()
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                roots = (
                    {alias.name.split(".")[0] for alias in node.names}
                    if isinstance(node, ast.Import)
                    else {str(node.module).split(".")[0]}
                )
                if roots & {"logging", "syslog", "tempfile", "shelve", "sqlite3", "socket"}:
                    logging.add(name)
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                modes = [
                    str(arg.value)
                    for arg in (*node.args, *(word.value for word in node.keywords))
                    if isinstance(arg, ast.Constant)
                ]
                if called in ("write_text", "write_bytes", "mkdir") or (
                    called == "open" and {"w", "wb", "a", "ab", "x", "xb"} & set(modes)
                ):
                    writing.add(name)
    assert logging == set()
    assert writing <= WRITING


def values(facts: object) -> Iterator[str]:
    """The values in facts by which somebody could be known: texts, numbers and days, and no words of the rules."""
    if isinstance(facts, Mapping):
        for value in facts.values():
            yield from values(value)
    elif isinstance(facts, list | tuple):
        for value in facts:
            yield from values(value)
    elif isinstance(facts, str) and len(facts) >= 5 and any(one.isdigit() for one in facts):
        yield facts


def wrong(facts: object) -> Any:
    """The same facts with every value wrong, none of them one of the other's; a word of the rules nearly right."""
    if isinstance(facts, Mapping):
        return {name: wrong(value) for name, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [wrong(value) for value in facts]
    return f"{facts}x"[:3] if isinstance(facts, str) and facts.isalpha() else "??"


def richest(measure: misure.Measure) -> dict[str, Any]:
    """The facts of the worked case that tells most."""
    told = [case for case in cases_of_measure(measure) if not case.vary and "error" not in case.expect]
    facts: dict[str, Any] = decide_case(measure, max(told, key=lambda case: len(list(values(case.facts))))).receipt[
        "facts"
    ]
    return facts


MEASURES = [name for name, measure in misure.catalogue().items() if measure.rulebook.selection is not None]


@pytest.mark.parametrize("name", MEASURES)
def test_an_error_of_one_application_quotes_no_other(name: str) -> None:
    measure = misure.catalogue()[name]
    told = richest(measure)
    known = set(values(told))
    assert known
    with pytest.raises(misure.BadFacts) as caught:
        measure.select({"other": told, "mine": wrong(told), "again": told}, on=dt.date(2026, 6, 1))
    faults = [fault for fault in caught.value.faults if "other" not in fault.subject and "again" not in fault.subject]
    assert len(faults) >= len(known) // 2
    with pytest.raises(misure.BadFacts) as caught:
        measure.select({"mine": wrong(told)}, on=dt.date(2026, 6, 1))
    alone, text = ("\n".join(map(str, some)).replace("??", "") for some in (caught.value.faults, faults))
    # What is told of an application by itself, as the limits of the vocabulary, is nobody's secret.
    assert {one for one in known if one in text and one not in alone} == set()
    assert len({one for one in known if one not in alone}) >= len(known) // 2


def test_an_error_of_one_row_quotes_no_other() -> None:
    measure = misure.catalogue()["lombardia/export-su-misura"]
    rows = {"id": ["other", "mine"], "panel_score": ["83.47", "8x"], "size": ["micro", "mikro"]}
    frame = pl.DataFrame({name: rows[name] for name in ("id", "panel_score") if name} | {"admitted": [True, True]})
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure, frame, on=dt.date(2026, 3, 18))
    assert "83.47" not in str(caught.value)


def test_an_error_of_one_line_of_a_file_quotes_no_other(command: Command, tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([
        ["id", "window", "admitted", "panel_score"], ["D-01", "first", "yes", "83.47"], ["D-02", "frst", "maybe", "8x"],
    ])  # fmt: skip
    (tmp_path / "domande.csv").write_text(text.getvalue(), "utf-8")
    ran = command("select", "lombardia/export-su-misura", tmp_path / "domande.csv", "--on", "2026-03-18")
    assert ran.code == 2
    assert len(ran.err.splitlines()) >= 2
    assert "83.47" not in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["domande.csv"]


def test_an_error_of_one_aid_of_the_register_quotes_no_other(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "aids.xml"
    path.write_bytes(document(plain("90000001", "83471.22"), plain("90000002", "a lot"), plain("90000003", "83472.33")))
    ran = command("headroom", path, "--undertaking", "01234560157", "--on", "2026-11-22")
    assert ran.code == 2
    assert "a lot" in ran.err
    assert not [one for one in ("83471", "83472", "90000001", "90000003") if one in ran.err]
