# SPDX-License-Identifier: Apache-2.0
"""Pickles that earlier versions wrote: each is refused in words that say what to do, or gives a whole value, never a part of one.

`pickles_of_earlier_versions.json` holds real ones, by the commit that wrote them and the class: of before the house was
restructured, of when modules had moved, and of when pickles held public names that were others.
"""

from __future__ import annotations

import base64
import datetime as dt
import enum
import importlib
import json
import pickle
import re
import zlib
from pathlib import Path

import pytest

import misure
from misure._reopen import NAMED_ONCE
from misure.ground.record import Record
from misure.rulebook import Condition, Edition

WRITTEN = json.loads(Path(__file__).with_name("pickles_of_earlier_versions.json").read_text("utf-8"))
AGAIN = re.compile(
    r"another version .*wrote .*make it again|pickled by another version of misure; .*: make it again", re.DOTALL
)
STILL_WHOLE = {
    "26f82a4 misure.rulebook.rules.Act", "26f82a4 misure.rulebook.rules.Citation", "26f82a4 misure.ground.truth.Confidence",
    "26f82a4 misure.facts.vocabulary.Kind", "035a6c8 misure.ground.regimes.Regime",
}  # fmt: skip
"""Words, which are a member or none, and what has the fields that it had."""


def opened(data: bytes) -> object:
    return pickle.loads(data)  # noqa: S301 - our own bytes


@pytest.mark.parametrize("name", WRITTEN)
def test_what_an_earlier_version_pickled_is_refused_or_whole(name: str) -> None:
    data = zlib.decompress(base64.b64decode(WRITTEN[name]))
    if name in STILL_WHOLE:
        value = opened(data)
        assert repr(value)
        assert isinstance(value, enum.Enum | Record)
        assert opened(pickle.dumps(value)) == value
    else:
        with pytest.raises((misure.BadPickle, ModuleNotFoundError)) as failure:
            opened(data)
        assert AGAIN.search(str(failure.value)), failure.value
        assert len(str(failure.value)) < 500


@pytest.mark.parametrize(
    ("module", "name"), [(module, name) for module, names in NAMED_ONCE.items() for name in sorted(names)]
)
def test_a_name_that_only_old_pickles_know_says_so(module: str, name: str) -> None:
    with pytest.raises(misure.BadPickle, match=f"make it again: there is no {name} in {re.escape(module)} any more$"):
        opened(f"c{module}\n{name}\n(tR.".encode())
    there = importlib.import_module(module)
    assert name not in vars(there)
    assert not hasattr(there, "no_such_name")


def test_the_values_of_a_rule_are_never_told_by_place() -> None:
    """Records of rules were once pickled by place: a field that came between would have taken the value of the next."""
    known = {"act": None, "restates": frozenset(), "others_inferred": False, "confidence": misure.Confidence.OFFICIAL}
    edition = Edition(day=dt.date(2022, 6, 1), **known)
    with pytest.raises(misure.BadPickle, match=r"misure\.rulebook:Edition takes its values by name; .* make it again$"):
        Edition(*(value for _, value in edition.fields()))
    with pytest.raises(
        misure.BadPickle, match=r"misure\.rulebook:Condition takes its values by name; .* make it again$"
    ):
        Condition("id")


@pytest.mark.parametrize("cls", [misure.Missing, misure.Decision, misure.Finding, misure.Selection, misure.Range])
def test_nothing_is_laid_into_a_value_field_by_field(cls: type) -> None:
    with pytest.raises(misure.BadPickle, match=f"misure:{cls.__name__} was pickled .* it was pickled field by field"):
        cls.__new__(cls).__setstate__((None, {}))
