# SPDX-License-Identifier: Apache-2.0
"""Fresh environments that see this one's packages, so that nothing is downloaded and nothing here is changed."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def run(*command: object, cwd: Path, **environment: str) -> str:
    """What a command prints; what it complains of when it fails."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "MISURE_NO_PLUGINS"}
    variables = {key: value for key, value in os.environ.items() if key not in dropped} | environment
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=cwd, env=variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the packages of the running one behind its own."""

    folder: Path

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.scripts / "python"

    def install(self, *what: object) -> None:
        flags = ["--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed", "--quiet"]
        run(self.python, "-m", "pip", "--disable-pip-version-check", "install", *flags, *what, cwd=self.folder)

    def ask(self, code: str, **environment: str) -> Any:
        """The JSON that `code` prints, run in this environment and outside the repository."""
        return json.loads(run(self.python, "-c", code, cwd=self.folder, **environment))


def fresh(folder: Path) -> Environment:
    venv.create(folder, with_pip=False)
    made = Environment(folder)
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(made.python, "-c", asked, cwd=folder).strip())
    # A path in a .pth file is only a path: an editable install of the running environment stays behind.
    paths = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "zz_running.pth").write_text("\n".join(paths), "utf-8")
    return made
