# SPDX-License-Identifier: Apache-2.0
"""Make mistakes in the code on purpose, and tell which of them no test notices.

    python tools/mutate.py --draw 200 --seed 7
    python tools/mutate.py --draw 40 --seed 7 --floor terms --floor finance
    python tools/mutate.py --only terms/procedure.py:154
    python tools/mutate.py --draw 200 --seed 7 --quick

`pip install -c constraints/tested.txt -e '.[mutation]'` brings what it needs. Each mistake is made in a copy of the tree;
nothing here is touched. A mistake is tried first against the tests that run its line, then against all tests of its floor
and the doctests of its file, then against some tests of every other file that runs the line, then against all of these
files, `tests/laws` at last. What survives all of them is printed with its change. Whoever reads it says whether it is
equivalent: no tool can. `--quick` leaves out the whole files, which are nearly the suite: what it prints is suspected.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

try:
    from tools.mutation.cover import Cover  # found beside this file
    from tools.mutation.kinds import Mutant, mutants_of
except ModuleNotFoundError as lacking:
    raise SystemExit(
        f"{lacking.name} is not installed: pip install -c constraints/tested.txt -e '.[mutation]'"
    ) from None

PACKAGE = ROOT / "src" / "misure"
MOST_AT_FIRST = 40
MOST_FAR = 80
SECONDS = (120, 300, 300, 600, 1200)
"""How long the tests of each try may take: several times what they take without a mistake."""
NOTICED, OUT_OF_TIME, SURVIVED = "noticed", "out of time", "survived"
OF_ALL = "tests/architecture/test_values_never_change.py"
"""It looks at every kind of value, and runs no line of their files that others do not."""
SLOW = ("tests/laws/", "tests/rules/", "tests/testing/")


class Copy:
    """A copy of the tree in which one mistake at a time is made and tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        self.moment = time.time()

    def write(self, path: str, text: str) -> None:
        """Write a file of the package, at a moment of its own, so that no compiled one is taken for it."""
        file = self.folder / "src" / "misure" / path
        file.write_text(text, "utf-8")
        self.moment += 2
        os.utime(file, (self.moment, self.moment))

    def verdict(self, tests: list[str], seconds: int) -> str:
        """What tells the mistake: a test that fails, or that they do not end in time, for it may make a loop that never does."""
        if not tests:
            return SURVIVED
        variables = os.environ | {"PYTHONPATH": str(self.folder / "src"), "CI": "1"}
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=variables, capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return OUT_OF_TIME
        # 4 and 5: a test that is known is not found any more, or none is.
        return NOTICED if done.returncode in (1, 2, 3) else SURVIVED


def tries(mutant: Mutant, cover: Cover, *, quick: bool) -> Iterator[list[str]]:
    """The tests that may notice a mistake, the likeliest first."""
    floor = mutant.path.partition("/")[0]
    own = f"tests/{floor}"
    running = cover.tests(mutant.path, mutant.line)
    files = list(dict.fromkeys(test.partition("::")[0] for test in running))
    near = [test for test in running if test.startswith((own, "src/"))]
    far = [test for test in running if test not in near and not test.startswith(SLOW)]
    yield [test for test in (near[:MOST_AT_FIRST] or far[:MOST_AT_FIRST]) if _can_be_named(test)]
    yield [folder for folder in (own, f"src/misure/{mutant.path}", OF_ALL) if (ROOT / folder).exists()]
    others = [test for test in running if test not in near and _can_be_named(test)]
    # Some of each file, for they stand one after the other.
    yield others[:: -(-len(others) // MOST_FAR) or 1]
    if quick:
        return
    yield [file for file in files if not file.startswith((own, *SLOW)) and (ROOT / file).exists()]
    yield [file for file in files if file.startswith(SLOW) and (ROOT / file).exists()]


def _can_be_named(test: str) -> bool:
    """Whether a test's id stands for it alone on a command line, and it is still there."""
    return test.isprintable() and (ROOT / test.partition("::")[0]).exists()


def drawn(floors: list[str], count: int, seed: int) -> list[Mutant]:
    """That many mistakes: each floor by the root of its size, each kind alike, no two in one line."""
    paths = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    by_floor: dict[str, list[Mutant]] = defaultdict(list)
    for path in paths:
        floor = path.partition("/")[0]
        if "/" in path and (not floors or floor in floors):
            by_floor[floor].extend(mutants_of(PACKAGE, path))
    if not by_floor:
        raise SystemExit(f"no floor is called {', '.join(floors)}")
    chance = random.Random(seed)
    taken: dict[tuple[str, int], Mutant] = {}
    names = sorted(by_floor)
    weights = [len(by_floor[name]) ** 0.6 for name in names]
    most = min(count, len({(one.path, one.line) for all_ in by_floor.values() for one in all_}))
    misses = 0
    while len(taken) < most and misses < 1000:
        pool = by_floor[chance.choices(names, weights)[0]]
        kind = chance.choice(sorted({one.kind for one in pool}))
        one = chance.choice([one for one in pool if one.kind == kind])
        if (one.path, one.line) in taken or not parses(one):
            misses += 1
            continue
        taken[one.path, one.line] = one
    return list(taken.values())


def parses(mutant: Mutant) -> bool:
    """Whether Python reads the file with the mistake in it."""
    try:
        ast.parse(mutant.code((PACKAGE / mutant.path).read_text("utf-8")))
    except SyntaxError:
        return False
    return True


def named(places: list[str]) -> list[Mutant]:
    """All mistakes at places given as `path:line`, the path relative to the package."""
    found = []
    for place in places:
        path, _, line = place.partition(":")
        found += [one for one in mutants_of(PACKAGE, path) if (not line or one.line == int(line)) and parses(one)]
    return found


def change(mutant: Mutant) -> str:
    """What a mistake changes, as a difference."""
    source = (PACKAGE / mutant.path).read_text("utf-8")
    lines = difflib.unified_diff(source.splitlines(), mutant.code(source).splitlines(), lineterm="", n=1)
    return "\n".join(f"    {line}" for line in list(lines)[2:])


def main() -> int:
    """Draw, try and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=200, help="how many mistakes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--floor", action="append", default=[], help="only mistakes in this folder of src/misure")
    parser.add_argument("--only", action="append", default=[], metavar="PATH:LINE", help="every mistake at this place")
    parser.add_argument("--quick", action="store_true", help="leave out the whole files of other floors")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    cover = Cover.measured()
    mutants = named(asked.only) if asked.only else drawn(asked.floor, asked.draw, asked.seed)
    told: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(asked.jobs):
            copies.put(Copy(Path(folder) / str(number)))

        def tried(mutant: Mutant) -> str:
            copy = copies.get()
            source = (PACKAGE / mutant.path).read_text("utf-8")
            copy.write(mutant.path, mutant.code(source))
            try:
                verdicts = map(copy.verdict, tries(mutant, cover, quick=asked.quick), SECONDS)
                return next((verdict for verdict in verdicts if verdict != SURVIVED), SURVIVED)
            finally:
                copy.write(mutant.path, source)
                copies.put(copy)

        for number, (mutant, verdict) in enumerate(zip(mutants, pool.map(tried, mutants), strict=True), 1):
            told[mutant.kind, verdict] += 1
            print(f"{number:3} {verdict}: src/misure/{mutant.path}:{mutant.line} ({mutant.kind})", flush=True)
            if verdict != NOTICED:
                print(change(mutant), flush=True)
    for kind in sorted({kind for kind, _ in told}):
        print(f"{kind:20}", *(f"{told[kind, verdict]:4} {verdict}" for verdict in (NOTICED, OUT_OF_TIME, SURVIVED)))
    survived = sum(told[kind, SURVIVED] for kind, verdict in told if verdict == SURVIVED)
    seen = told.total() - survived
    print(f"{seen} of {told.total()} noticed: {100 * seen / max(told.total(), 1):.1f} %, equivalent ones not taken out")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
