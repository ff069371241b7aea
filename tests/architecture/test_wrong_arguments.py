# SPDX-License-Identifier: Apache-2.0
"""Whatever is handed to a public function in the place of an argument is answered, or refused in words, and at once.

Each argument of each function and method of the surface is given each of a few wrong values in turn. What comes of it is an answer,
or an error of the library (or a plain `TypeError` or `ValueError`) that the library raised itself, which says what is wanted: never
an error of the interpreter from the middle of the work, and nothing that takes long.
"""

from __future__ import annotations

import itertools
import linecache
import time
import traceback
from collections.abc import Iterator
from functools import cache

import pytest

import misure
from misure.testing import aid_ledgers
from misure.testing.worked_cases import decided_cases
from tests.architecture.wrong_values import WRONG, functions, wrong_calls

PARTS = (
    "misure.batch", "misure.deminimis", "misure.finance", "misure.identifiers", "misure.preconditions", "misure.register",
    "misure.terms", "misure.testing", "misure.undertakings", "",
)  # fmt: skip
"""The walk by packages; the last part is all that belongs to none of the others."""


@cache
def long() -> float:
    """Five times what it takes to decide all worked cases of a measure: far more than any refusal should take."""
    started = time.process_time()
    assert [decision.missing for decision in decided_cases(misure.catalogue()["lombardia/filiere"])]
    return 5 * (time.process_time() - started)


def part_of(name: str) -> str:
    return next(part for part in PARTS if name.startswith(part))


def raised_in_words(error: Exception) -> bool:
    """Whether the library raised it itself, by a statement of its own."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    line = linecache.getline(last.filename, last.lineno or 0).strip()
    return "/misure/" in last.filename and line.startswith("raise")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "the rest")
def test_a_wrong_argument_is_refused_in_words(part: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)  # some functions write to a path
    wrong, slow, calls = [], [], 0
    for name, parameter, value, call in wrong_calls():
        if part_of(name) != part:
            continue
        calls += 1
        started = time.process_time()
        try:
            answer = call()
            if isinstance(answer, Iterator):
                list(itertools.islice(answer, 3))
        except (misure.MisureError, TypeError, ValueError) as error:
            if not isinstance(error, misure.MisureError) and not raised_in_words(error):
                wrong.append(f"{name}({parameter}={value}): {error!r:.80}")
            elif len(str(error)) < 10:
                wrong.append(f"{name}({parameter}={value}): {error!s:.80}")
        except Exception as error:  # noqa: BLE001 - whatever else comes is what is looked for
            wrong.append(f"{name}({parameter}={value}): {error!r:.80}")
        if time.process_time() - started > long():
            slow.append(f"{name}({parameter}={value})")
    assert calls > 100
    assert wrong == []
    assert slow == []


def test_the_walk_reaches_the_whole_surface() -> None:
    names = [name for name, _ in functions()]
    assert len(names) > 250
    assert len(WRONG) >= 10
    for asked in ("misure.explain", "misure.batch.decide", "misure.register.rna_measure", "Application"):
        assert asked in names


def test_a_size_that_nobody_could_wait_for() -> None:
    with pytest.raises(ValueError, match=r"firms= is at most 10000; got more"):
        aid_ledgers(firms=10**30, most=0)


def test_what_a_wrong_argument_is_told() -> None:
    measure = misure.catalogue()["lombardia/filiere"]
    decision = measure.decide({}, on=misure.terms.fixed_date("2022-06-01").day)
    with pytest.raises(
        TypeError, match="decision is a Decision or a Selection: what decide\\(\\) or select\\(\\) gave; got nothing"
    ):
        misure.explain(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"measure is a Measure, as catalogue\(\)\[...\] gives; got a text"):
        misure.register.rna_measure("lombardia/filiere", on="2022-06-01")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="indent is a whole number from 0 to 100; got one outside"):
        decision.to_json(indent=10**30)
    with pytest.raises(ValueError, match="width is a whole number from 1 to 10000; got one outside"):
        misure.explain(decision).text(width=10**30)
    with pytest.raises(
        KeyError,
        match="no fact, value, definition or line of support is called 'minimum_firm'; did you mean 'minimum_firms'",
    ):
        decision.value("minimum_firm")
