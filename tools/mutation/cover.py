# SPDX-License-Identifier: Apache-2.0
"""Which tests run which line: measured once for a state of the tree, kept under `.mutation/`."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tools.mutation.running import FOLDER

__all__ = ["Cover"]

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".mutation"
NOT_RUN = ("tests/architecture", "tests/packaging")
"""Tests of the tree and of what is built from it: they run no line of their own process that others do not."""


class Cover:
    """The tests that run each line of each file of the package."""

    def __init__(self, tests: list[str], lines: dict[str, dict[str, list[int]]]) -> None:
        self._tests, self._lines = tests, lines

    @classmethod
    def measured(cls) -> Cover:
        """What stands under `.mutation/`, or a new measurement of the whole suite where the code has changed since."""
        path = HOME / f"cover-{_state()}.json"
        if not path.is_file():
            HOME.mkdir(exist_ok=True)
            for old in HOME.glob("cover-*"):
                old.unlink()
            path.write_text(json.dumps(_measure()), "utf-8")
        told = json.loads(path.read_text("utf-8"))
        return cls(told["tests"], told["lines"])

    def tests(self, path: str, line: int) -> list[str]:
        """The ids of the tests that run a line; where it runs when its file is loaded, of those that run any of the file."""
        lines = self._lines.get(path, {})
        numbers = lines.get(str(line)) or sorted({number for numbers in lines.values() for number in numbers})
        return [self._tests[number] for number in numbers]


def _state() -> str:
    """A digest of the code; tests that are new since are run with their whole floor anyway."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _measure() -> dict[str, object]:
    """Every line of the package that is run, with the numbers of its tests: on 3.12 and later by Python's own means."""
    by_python = sys.version_info >= (3, 12)
    long = "little longer than the tests" if by_python else "some twice as long as the tests; less on Python 3.12"
    print(f"measuring which tests run which lines: once for a state of the code, {long}", flush=True)
    return _by_python() if by_python else _by_coverage()


def _suite(options: list[str], **variables: str) -> None:
    ignored = [f"--ignore={folder}" for folder in NOT_RUN]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *ignored]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables | {"CI": "1"}, check=False)
    if done.returncode:
        raise SystemExit("the suite fails without any mistake in the code: mend it first")


def _by_python() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        _suite(["-p", "tools.mutation.running"], **{FOLDER: folder, "PYTHONPATH": paths})
        told = [json.loads(path.read_text("utf-8")) for path in sorted(Path(folder).iterdir())]
    numbers: dict[str, int] = {}
    lines: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for process in told:
        known = [numbers.setdefault(test, len(numbers)) for test in process["tests"]]
        for name, by_line in process["lines"].items():
            for line, tests in by_line.items():
                lines[name][line] += [known[test] for test in tests]
    ordered = {name: {line: sorted(tests) for line, tests in by_line.items()} for name, by_line in lines.items()}
    return {"tests": list(numbers), "lines": ordered}


def _by_coverage() -> dict[str, object]:
    from coverage import CoverageData

    data = HOME / "cover-data"
    _suite(["--cov=misure", "--cov-context=test", "--cov-report="], COVERAGE_FILE=str(data))
    found = CoverageData(str(data))
    found.read()
    numbers: dict[str, int] = {}
    lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
    package = ROOT / "src" / "misure"
    for file in found.measured_files():
        name = Path(file).relative_to(package).as_posix()
        for line, contexts in found.contexts_by_lineno(file).items():
            tests = {context.partition("|")[0] for context in contexts if context}
            if tests:
                lines[name][str(line)] = sorted(numbers.setdefault(test, len(numbers)) for test in tests)
    data.unlink()
    return {"tests": list(numbers), "lines": lines}
