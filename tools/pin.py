# SPDX-License-Identifier: Apache-2.0
"""Pin every distribution that contributors and the continuous integration install.

    python tools/pin.py tested      the newest that are released today, for every Python and platform
    python tools/pin.py lowest      the least that pyproject.toml declares, for the lowest Python

Each writes a file of `constraints/`. uv does the resolving, in an environment of its own. Nothing else reads the index
for a version, so what others release turns no test red; `PINS=newest .ci/run fast` tries what is newest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = {
    "tested": ["--universal", "--upgrade"],
    "lowest": ["--resolution", "lowest-direct", "--upgrade"],
}


def resolved(kind: str) -> str:
    """The pins of `kind`: those of the package, its extras and what builds it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    python = project["project"]["requires-python"].removeprefix(">=")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        scripts = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        options = [
            "--quiet",
            "--extra",
            "mutation",
            "--python-version",
            python,
            "--no-annotate",
            "--no-header",
            *KINDS[kind],
        ]
        done = subprocess.run(
            [scripts / "uv", "pip", "compile", "pyproject.toml", *options],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    return done.stdout


def main(words: list[str]) -> int:
    """Write the file of the kind that is asked for."""
    if len(words) != 1 or words[0] not in KINDS:
        print(f"usage: python tools/pin.py {' | '.join(KINDS)}", file=sys.stderr)
        return 2
    kind = words[0]
    pins = resolved(kind)
    path = ROOT / "constraints" / f"{kind}.txt"
    path.write_text(f"# python tools/pin.py {kind}\n{pins}", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(pins.splitlines())} pins")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
