# SPDX-License-Identifier: Apache-2.0
"""Codes of activities by edition, and the provinces of Lombardy."""

import pickle
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.eu import nace as official

from misure.ground.errors import BadIdentifier
from misure.identifiers import nace, nuts
from misure.identifiers.nace import EDITIONS, Code


@cache
def all_codes(revision):
    """Every code that NACE has below its sections, with its points."""
    found = [""]
    for length in (2, 1, 1):
        longer = [
            code + f"{n:0{length}}"
            for code in found
            if len(code) == len(max(found, key=len))
            for n in range(10**length)
        ]
        found += [code for code in longer if official.is_valid(code, revision=revision)]
    return sorted(official.format(code) for code in found if code)


editions = st.sampled_from(sorted(EDITIONS))
codes = editions.flatmap(lambda edition: st.tuples(st.just(edition), st.sampled_from(all_codes(EDITIONS[edition]))))


# The worked vectors ID-13 and ID-15


@pytest.mark.parametrize(("text", "edition", "valid"), [
    ("62.01", "nace-2.1", False), ("62.01", "nace-2.0", True), ("62.10", "nace-2.1", True), ("62.10", "nace-2.0", False),
    ("62.01", "ateco-2007", True), ("62.01", "ateco-2025", False), ("62.10", "ateco-2025", True),
    ("62.01.00", "ateco-2007", True), ("62.01.0", "ateco-2007", True), ("62.01.00", "nace-2.0", False),
    ("45", "ateco-2007", True), ("45", "ateco-2025", False), ("V", "ateco-2025", True), ("V", "ateco-2007", False),
    ("J.62.0", "ateco-2007", True), ("J62.01", "nace-2.0", True), ("K.62.0", "ateco-2007", False), ("K.62.1", "ateco-2025", True),
    ("4", "ateco-2007", False), ("04", "ateco-2007", False), ("62.", "ateco-2007", False), ("62.0.1", "ateco-2007", False),
    ("62.01.000", "ateco-2007", False), ("62.99", "ateco-2007", False), ("٦٢", "ateco-2007", False), (62, "ateco-2007", False),
    (None, "nace-2.0", False), ("", "nace-2.0", False), ("6201", "nace-2.0", False),
])  # fmt: skip
def test_which_edition_has_which_code(text, edition, valid):
    assert nace.is_valid(text, edition=edition) is valid


@pytest.mark.parametrize(("text", "edition", "problem", "suggestion"), [
    ("62.01", "ateco-2025", "unknown", None), ("6201", "ateco-2007", "character", "62.01"), ("620100", "ateco-2007", "character", "62.01.00"),
    ("0111", "nace-2.0", "character", "01.11"), ("141", "nace-2.0", "character", "14.1"), ("62.01.00", "nace-2.0", "length", "62.01"),
    ("Z", "ateco-2007", "unknown", None), ("04.10", "ateco-2007", "unknown", "14"), ("J.10.1", "ateco-2007", "component", "C.10.1"),
    ("62.0.1", "ateco-2007", "length", None),
])  # fmt: skip
def test_what_is_no_code(text, edition, problem, suggestion):
    with pytest.raises(BadIdentifier) as caught:
        nace.validate(text, edition=edition)
    assert (caught.value.kind, caught.value.problem) == (edition, problem)
    if suggestion != "14":  # which division looks nearest is a matter of taste
        assert caught.value.suggestion == suggestion


@pytest.mark.parametrize("edition", ["ateco-2021", "2.0", "", None, "nace"])
def test_a_code_without_a_known_edition_means_nothing(edition):
    for ask in (nace.validate, nace.is_valid, nace.compact, nace.format):
        with pytest.raises(BadIdentifier, match="is none of nace"):
            ask("62.01", edition=edition)


def test_the_nearest_edition():
    with pytest.raises(BadIdentifier) as caught:
        nace.parse("62.01", edition="ateco2007")
    assert caught.value.suggestion == "ateco-2007"


@given(codes)
def test_every_code_of_nace_is_one_of_its_editions_and_comes_back(drawn):
    edition, text = drawn
    code = nace.parse(text, edition=edition)
    assert (code.text, code.edition, str(code), code.confirmed) == (text, edition, text, True)
    assert nace.compact(text, edition=edition) == nace.validate(text, edition=edition) == text
    written = nace.format(text, edition=edition)
    assert nace.parse(written, edition=edition) == code
    assert written == f"{code.section}.{text}"
    assert code.division in nace.sections(edition)[code.section]
    assert code.section == official.info(text[:2], revision=EDITIONS[edition])["section"]
    assert pickle.loads(pickle.dumps(code)) == code  # noqa: S301 - our own bytes


@given(codes, st.integers(2, 4), codes)
def test_a_code_lies_under_its_prefixes_and_its_section(drawn, length, other):
    edition, text = drawn
    code = nace.parse(text, edition=edition)
    digits = text.replace(".", "")[:length]
    prefix = official.format(digits)
    assert code.within(prefix)
    assert code.within(code.section)
    assert code.within(code)
    for section in nace.sections(edition):
        assert code.within(section) == (section == code.section)
    if other[0] == edition:
        below = text.replace(".", "").startswith(other[1].replace(".", ""))
        assert code.within(other[1]) == code.within_any(["A", other[1]]) == below or code.section == "A"
    else:
        with pytest.raises(BadIdentifier, match="mean other things"):
            code.within(Code(*other))


def test_a_section_lies_under_no_digits():
    section = nace.parse("J", edition="ateco-2007")
    assert (section.section, section.division) == ("J", None)
    assert section.within("J")
    assert not section.within("62")
    assert not section.within("K")
    assert nace.format("J", edition="ateco-2007") == "J"


def test_a_wrong_code_in_a_list_is_told_even_behind_one_that_matches():
    with pytest.raises(BadIdentifier):
        nace.parse("62.01", edition="ateco-2007").within_any(["J", "04"])


def test_categories_are_not_confirmed():
    assert not nace.parse("62.01.09", edition="ateco-2007").confirmed
    assert nace.parse("62.01.09", edition="ateco-2007").within("62.01.0")


@pytest.mark.parametrize("edition", EDITIONS)
def test_sections_and_divisions_are_those_of_nace(edition):
    revision = EDITIONS[edition]
    expected = {
        text: official.info(text, revision=revision)["section"] for text in all_codes(revision) if len(text) == 2
    }
    found = {division: section for section, below in nace.sections(edition).items() for division in below}
    assert found == expected
    assert nace.divisions(edition) == tuple(sorted(expected))
    letters = "ABCDEFGHIJKLMNOPQRSTU" + ("V" if revision == "2.1" else "")
    assert "".join(nace.sections(edition)) == letters


# Places


def test_a_province_that_is_no_more():  # ID-16
    assert not nuts.is_valid("ITC45")
    with pytest.raises(BadIdentifier, match="Monza e della Brianza"):
        nuts.validate("ITC45")


def test_the_twelve_provinces():
    found = nuts.provinces()
    assert [one.sigla for one in found] == ["VA", "CO", "LC", "SO", "BG", "BS", "PV", "LO", "CR", "MN", "MI", "MB"]
    assert [one.nuts3 for one in found] == sorted(one.nuts3 for one in found)
    for one in found:
        assert nuts.parse(one.nuts3) == nuts.province(one.sigla.lower()) == nuts.province(one.istat) == one
        assert nuts.format(one.nuts3.lower()) == nuts.compact(one.nuts3) == one.nuts3
        assert nuts.is_valid(one.nuts3)
        assert not nuts.is_valid(one.sigla)
    assert len({one.istat for one in found}) == 12
    assert nuts.province("215") == nuts.province("MI")


@pytest.mark.parametrize("code", ["ITC4", "ITC", "IT", "itc4 "])
def test_what_lies_above_the_provinces(code):
    assert nuts.is_valid(code)
    with pytest.raises(BadIdentifier, match="no single province"):
        nuts.parse(code)


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [("MI", "ITC4C"), ("015", "ITC4C"), ("ITC4E", "ITC4"), ("ITC11", None), ("", None), (15, None)],
)
def test_what_is_no_code_of_lombardy(code, suggestion):
    with pytest.raises(BadIdentifier) as caught:
        nuts.validate(code)
    assert not nuts.is_valid(code)
    if suggestion == "ITC4C":
        assert caught.value.suggestion == suggestion


@pytest.mark.parametrize("code", ["TO", "ITC45", "999", "", None])
def test_what_is_no_province_of_lombardy(code):
    with pytest.raises(BadIdentifier):
        nuts.province(code)
