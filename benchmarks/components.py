# SPDX-License-Identifier: Apache-2.0
"""How long the connected components of a million undertakings take, beside other ways to the same answer.

    python benchmarks/components.py [--undertakings 1000000] [--relations 1500000] [--repeats 3]

Every way gets the same relations, in no order, and runs in a process of its own, so that its peak of memory is its own; the
median of the repeats counts. All must agree before anything is printed. networkx and scipy are no dependencies: where one is
not installed its row is left out, and the table says so. The last rows are the whole way from statements: holdings checked,
their control relations found, and each undertaking with its single undertaking.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import multiprocessing
import queue
import random
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from misure.identifiers.forms import made_up
from misure.undertakings import Holding, Relations, components, single_undertakings

Pairs = list[tuple[str, str]]


def drawn(undertakings: int, relations: int) -> tuple[list[str], Pairs]:
    """Every firm in a group, most of a few firms and some of thousands; ids like tax codes, in no order."""
    rng = random.Random(7)
    ids = [made_up("partita_iva", number) for number in rng.sample(range(9 * 10**6), undertakings)]
    pairs: Pairs = []
    start = 0
    while start < undertakings:
        size = min(int(rng.paretovariate(1.3)), 5000, undertakings - start)
        share = (relations - len(pairs)) * size // (undertakings - start)
        pairs += [(ids[start + rng.randrange(size)], ids[start + rng.randrange(size)]) for _ in range(share)]
        start += size
    rng.shuffle(pairs)
    rng.shuffle(ids)
    return ids, pairs


def by_misure(ids: list[str], pairs: Pairs) -> dict[str, str]:
    return components(pairs, nodes=ids)


def by_walk(ids: list[str], pairs: Pairs) -> dict[str, str]:
    """Breadth first over dicts, as one writes it down."""
    near = defaultdict(list)
    for left, right in pairs:
        near[left].append(right)
        near[right].append(left)
    found: dict[str, str] = {}
    for start in ids:
        if start in found:
            continue
        seen, waiting = {start}, [start]
        while waiting:
            for other in near.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.update(dict.fromkeys(seen, min(seen)))
    return found


def by_networkx(ids: list[str], pairs: Pairs) -> dict[str, str]:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    return {name: min(group) for group in nx.connected_components(graph) for name in group}


def by_scipy(ids: list[str], pairs: Pairs) -> dict[str, str]:
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    number = {name: place for place, name in enumerate(ids)}
    rows = np.fromiter((number[left] for left, _ in pairs), np.int32, len(pairs))
    columns = np.fromiter((number[right] for _, right in pairs), np.int32, len(pairs))
    ones = np.ones(len(pairs), np.int8)
    _, labels = connected_components(coo_array((ones, (rows, columns)), shape=(len(ids), len(ids))), directed=False)
    best: dict[int, str] = {}
    for name, label in zip(ids, labels.tolist(), strict=True):
        best[label] = min(best.get(label, name), name)
    return {name: best[label] for name, label in zip(ids, labels.tolist(), strict=True)}


WAYS: dict[str, tuple[Callable[[list[str], Pairs], dict[str, str]], str]] = {
    "misure.undertakings.components": (by_misure, ""),
    "dicts, breadth first": (by_walk, ""),
    "networkx": (by_networkx, "networkx"),
    "scipy": (by_scipy, "scipy"),
}


def digest(found: dict[str, str]) -> str:
    text = "".join(f"{name}{found[name]}" for name in sorted(found))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def measure(way: str, undertakings: int, relations: int, repeats: int, answer: multiprocessing.Queue) -> None:
    ids, pairs = drawn(undertakings, relations)
    before = peak()
    seconds, most, found = [], 0.0, {}
    for _ in range(repeats):
        del found
        start = time.perf_counter()
        found = WAYS[way][0](ids, pairs)
        seconds.append(time.perf_counter() - start)
        most = most or peak()
    answer.put((way, statistics.median(seconds), before, most, digest(found)))


def measure_statements(undertakings: int, relations: int, answer: multiprocessing.Queue) -> None:
    _, pairs = drawn(undertakings, relations)
    held = set()
    holdings = []
    for left, right in pairs:
        if left != right and right not in held:
            held.add(right)
            holdings.append(Holding(left, right, votes="51%"))
    expected = components([(holding.holder, holding.held) for holding in holdings])
    before = peak()
    start = time.perf_counter()
    said = Relations([], holdings)
    middle = time.perf_counter()
    found = single_undertakings(said, on="2026-11-22")
    end = time.perf_counter()
    assert found == expected, "the statements and the bare relations disagree"
    answer.put((len(holdings), middle - start, end - middle, before, peak()))


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def alone(target: Callable[..., None], *args: object) -> tuple:
    spawned = multiprocessing.get_context("spawn")
    answer = spawned.Queue()
    process = spawned.Process(target=target, args=(*args, answer))
    process.start()
    while True:
        try:
            found = answer.get(timeout=1)
            break
        except queue.Empty:
            if process.exitcode:
                raise SystemExit("a process of its own failed: see above") from None
    process.join()
    return found


def table(undertakings: int, relations: int, repeats: int) -> Iterator[str]:
    yield f"{undertakings:,} undertakings, {relations:,} relations, median of {repeats}"
    yield f"{'':34}{'seconds':>9}{'peak MB':>9}{'of it the input':>17}"
    marks = set()
    for way, (_, needs) in WAYS.items():
        if needs and importlib.util.find_spec(needs) is None:
            yield f"{way:34}  not installed: no row"
            continue
        _, seconds, before, most, mark = alone(measure, way, undertakings, relations, repeats)
        marks.add(mark)
        yield f"{way:34}{seconds:9.2f}{most:9.0f}{before:17.0f}"
    if len(marks) > 1:
        raise SystemExit(f"the ways disagree: {json.dumps(sorted(marks))}")
    fewer = undertakings // 10, relations // 10
    count, reading, joining, before, most = alone(measure_statements, *fewer)
    yield f"from statements: {count:,} holdings"
    yield f"{'Relations(...)':34}{reading:9.2f}{most:9.0f}{before:17.0f}"
    yield f"{'single_undertakings(...)':34}{joining:9.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--undertakings", type=int, default=1_000_000)
    parser.add_argument("--relations", type=int, default=1_500_000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    for line in table(asked.undertakings, asked.relations, asked.repeats):
        print(line, flush=True)
