# SPDX-License-Identifier: Apache-2.0
"""The distributions, built once for all the packaging tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT, Environment, fresh, run


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Environment]:
    return lambda name: fresh(tmp_path_factory.mktemp(name) / "environment")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, the wheel made from the sdist, and the wheel made from the tree."""
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "build", "--no-isolation"]
    run(*build, "--outdir", folder / "both", ROOT, cwd=folder)
    run(*build, "--wheel", "--outdir", folder / "tree", ROOT, cwd=folder)
    return {
        "sdist": next((folder / "both").glob("*.tar.gz")),
        "wheel of the sdist": next((folder / "both").glob("*.whl")),
        "wheel": next((folder / "tree").glob("*.whl")),
    }
