# SPDX-License-Identifier: Apache-2.0
"""Whatever a worked case asks is told in both languages: whole sentences, no bounds of the vocabulary nor days beyond, sound HTML."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case
from tests.telling.years_told import odd, told_by

MOST = 60
"""Of each measure about so many cases are told here, from first to last, and the others where what takes minutes is tried."""
CASES = [
    pytest.param(
        measure, case, id=f"{measure.id}: {case.name}",
        marks=[pytest.mark.wide] if at % -(-len(cases) // MOST) else [],
    )
    for measure in misure.catalogue().values()
    for cases in [[case for case in cases_of_measure(measure) if "error" not in case.expect]]
    for at, case in enumerate(cases)
]  # fmt: skip

NEVER = re.compile(
    r"\{|\}|\bNone\b(?! of the known conditions)|\bRange\(|\bnot_yet\b|misure\.|"
    r"1\.000\.000\.000|1,000,000,000|31 dicembre 2100|31 December 2100|1 gennaio 1900|1 January 1900"
)


@cache
def called(measure_id: str) -> re.Pattern[str]:
    """What the rules of a measure call its parts, where that is no word of the language: `export threshold`, `(above)`."""
    book = misure.catalogue()[measure_id].rulebook
    shapes = [shape.lines for shape in (book.tranches, book.support, book.spending) if shape is not None]
    chosen = [book.selection.windows, book.selection.envelopes, book.selection.relations] if book.selection else []
    rules = [
        rule for part in (book.conditions, book.terms, book.duties, book.tensions, *shapes, *chosen) for rule in part
    ]
    names = {rule.id for rule in rules} | {*book.facts, *book.definitions, *book.parameters, *book.tables}
    names |= {key for tension in book.tensions for key in tension.readings if len(key) > 1}
    labels = [fact.label for fact in book.facts.values()]
    bare = {told for name in names if "_" in name for told in (name, name.replace("_", " "))}
    bare = {
        told for told in bare if not any(told in label for label in labels)
    }  # `codice fiscale` is a word of the language
    bare |= {f"({name.replace('_', ' ')})" for name in names}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(bare, key=len, reverse=True)))})(?!\w)")


ALLOWED = set("article h3 h4 p small strong section ul li em cite details summary".split())


class Tags(HTMLParser):
    """Checks that what is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all(name in ("lang", "class") for name, _ in attrs)
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("measure", "case"), CASES)
def test_a_worked_case_is_told(measure: misure.Measure, case: object) -> None:
    decision = decide_case(measure, case)  # type: ignore[arg-type]
    assert odd(told_by(decision)) == set()
    for language in ("it", "en"):
        explanation = misure.explain(decision, language, all=True)
        text = str(explanation)
        assert odd(text) == set()
        assert NEVER.findall(text) == []
        assert max(map(len, text.splitlines())) <= 100
        assert re.findall(r"\(\)|\[\]|«»|“”|, ,|: :", text) == []
        assert language == "en" or called(measure.id).findall(" ".join(text.split())) == []
        tags = Tags()
        tags.feed(explanation._repr_html_())
        assert tags.open == []
        assert tags.seen <= ALLOWED
