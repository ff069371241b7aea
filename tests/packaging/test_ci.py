# SPDX-License-Identifier: Apache-2.0
"""`.ci/run` refuses at once what it cannot do, says in one line what lacks, and clones whatever checkout it is given."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT

pytestmark = pytest.mark.skipif(not all(map(shutil.which, ("bash", "git"))), reason="it is a script of bash, over git")

PYTHON = """#!/bin/sh
case "$*" in *venv*pip*|-m\\ venv*|*.venv*) echo "reached $PWD"; exit 9 ;; esac
exec {python} "$@"
"""
"""A Python that makes no environments: a run comes as far as its clone, and installs nothing."""


class Ran:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "python3"
        self.python.write_text(PYTHON.format(python=shlex.quote(sys.executable)), "utf-8")
        self.python.chmod(0o755)

    def __call__(self, checkout: Path, *stages: str, **environment: str) -> tuple[str, str]:
        """What a run in a checkout says on standard output and on standard error; it fails."""
        kept = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "PYTHON": str(self.python),
        }
        done = subprocess.run(
            ["bash", str(checkout / ".ci" / "run"), *stages], capture_output=True, text=True, check=False,
            env=kept | environment, cwd=self.folder, timeout=120,
        )  # fmt: skip
        assert done.returncode == 1
        return done.stdout, done.stderr


@pytest.fixture
def ci(tmp_path: Path) -> Ran:
    return Ran(tmp_path)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small repository with the script in it."""
    folder = tmp_path / "checkout"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    git = ["git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "the script"]):
        subprocess.run([*git, *command], check=True, cwd=folder, env=os.environ | {"HOME": str(tmp_path)})
    return folder


@pytest.mark.parametrize("stages", [("fsat",), ("fast", "loweset"), ("--help",), ("",)])
def test_a_wrong_stage_is_refused_before_anything_is_done(ci: Ran, tmp_path: Path, stages: tuple[str, ...]) -> None:
    before = sorted(tmp_path.iterdir())
    # With no Python and no git on the way the stage is still what is told.
    out, err = ci(ROOT, *stages, PYTHON="/no/python")
    assert (out, err) == ("", f"ci: no stage is called '{stages[-1]}'; there are: fast, rules, lowest\n")
    assert sorted(tmp_path.iterdir()) == before


def test_wrong_pins_are_refused_as_early(ci: Ran) -> None:
    assert ci(ROOT, PINS="latest", PYTHON="/no/python") == ("", "ci: PINS is 'tested' or 'newest', not 'latest'\n")


def test_a_copy_without_its_repository_says_so_in_one_line(ci: Ran, checkout: Path) -> None:
    shutil.rmtree(checkout / ".git")
    out, err = ci(checkout, "lowest")
    assert (out, err) == ("", f"ci: {checkout} is no clone of the repository: git clone it, and run .ci/run there\n")


def test_a_repository_that_cannot_be_cloned_says_so_in_one_line(ci: Ran, checkout: Path) -> None:
    shutil.rmtree(checkout / ".git" / "objects")
    out, err = ci(checkout, "lowest")
    assert out == ""
    assert err.startswith(f"ci: {checkout} cannot be cloned: ")
    assert err.count("\n") == 1


def reaches_its_clone(ran: tuple[str, str]) -> bool:
    out, err = ran
    return "the least that is declared" in out and "a clone\nci: the installation failed (see above)" in err


def test_a_checkout_that_is_only_read_is_cloned(ci: Ran, checkout: Path) -> None:
    files = [checkout, *checkout.rglob("*")]
    for path in files:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert reaches_its_clone(ci(checkout, "lowest"))
    assert all(not path.stat().st_mode & 0o222 for path in files)
    for path in files:
        path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a file is given to another user by root alone")
def test_a_checkout_of_another_user_is_cloned(ci: Ran, checkout: Path) -> None:
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, 65534, 65534)
    assert reaches_its_clone(ci(checkout, "lowest"))
