# SPDX-License-Identifier: Apache-2.0
"""What a definition of a fact, a unit, a table says where nothing else is said."""

import datetime as dt
import linecache

import pytest

from misure.facts.values import is_code
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Nature, Table, Unit
from misure.ground.place import Place
from tests.facts.sample_measure import INTAKE


def test_the_days_of_the_calendar():
    assert dt.date.fromordinal(FIRST_DAY) == dt.date(1900, 1, 1)
    assert dt.date.fromordinal(LAST_DAY) == dt.date(2100, 12, 31)


def test_what_stands_where_nothing_is_said():
    unit = Unit("x", 0, 0, 1)
    assert (unit.counts, unit.it, unit.en) == (False, ("", ""), ("", ""))
    fact = Fact("x", Kind.TRUTH)
    assert (fact.unit, fact.decimals, fact.least, fact.greatest, fact.scheme, fact.label, fact.question) == (
        "",
        0,
        0,
        0,
        "",
        "",
        "",
    )
    assert (fact.nature, dict(fact.choices), fact.divisions, fact.identifier) == (Nature.DECLARED, {}, (), "")
    table = Table("x", "id", "id", 1, {})
    assert (table.unit, table.label, table.question) == ("", "", "")
    assert fact.place == table.place == Place("<vocabulary>")


def test_the_lines_of_the_printed_reading_are_there_for_a_traceback():
    INTAKE.read({}, dt.date(2022, 6, 1))
    file = INTAKE._printed.__code__.co_filename
    assert file.startswith("<misure facts ")
    assert linecache.getline(file, 1) == "def read(facts, on):\n"
    assert linecache.getline(file, 2) == "    if not facts.keys() <= KNOWN: return None\n"


SECTIONS = {"I": ("55", "56"), "J": ("58", "62")}


@pytest.mark.parametrize(("text", "sections", "right"), [
    ("I", SECTIONS, True), ("J", SECTIONS, True), ("K", SECTIONS, False), ("55", SECTIONS, True), ("62.01", SECTIONS, True), ("57", SECTIONS, False),
    ("62.", SECTIONS, False), ("6201", SECTIONS, False), ("57", {}, True), ("J", {}, False), ("", {}, False),
])  # fmt: skip
def test_a_section_or_a_code_of_a_classification(text, sections, right):
    assert is_code(text, sections) is right
