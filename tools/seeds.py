# SPDX-License-Identifier: Apache-2.0
"""Run every property test under many seeds, so that none passes or fails by luck.

    python tools/seeds.py                   twenty seeds, 1 to 20
    python tools/seeds.py 5 --first 101     five, from 101 on
    python tools/seeds.py 20 tests/terms    of some tests only

Nothing is remembered from one seed to the next. What fails is listed with its seed: `pytest TEST --hypothesis-seed=SEED`
shows it again.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


def failures(seed: int, tests: list[str]) -> tuple[list[str], str]:
    """The property tests that fail under a seed, and the last line of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        variables = {name: value for name, value in os.environ.items() if name != "CI"}
        variables["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        options = ["-q", "-m", "hypothesis", "--tb=no", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}"]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    found = FAILED.findall(done.stdout)
    last = (done.stdout.strip() or done.stderr.strip() or "pytest said nothing").splitlines()[-1]
    if done.returncode and not found:
        found = [last]
    return found, last


def main() -> int:
    """Try the seeds one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20)
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--first", type=int, default=1)
    asked = parser.parse_args()
    if asked.count < 1:
        parser.error("at least one seed is needed")
    for test in asked.tests:
        if not (ROOT / test.partition("::")[0]).exists():
            parser.error(f"there is no {test}")
    broken = 0
    for seed in range(asked.first, asked.first + asked.count):
        found, last = failures(seed, asked.tests)
        broken += bool(found)
        print(f"seed {seed}: {last}", flush=True)
        for test in found:
            print(f"    {test}", flush=True)
    print(f"{asked.count - broken} of {asked.count} seeds passed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
