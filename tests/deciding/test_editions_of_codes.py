# SPDX-License-Identifier: Apache-2.0
"""A code means something only in its edition: lists say theirs, and no code is looked for in a list of another."""

from __future__ import annotations

import datetime as dt

import pytest

from misure.ground.errors import BadRules

ON = dt.date(2025, 6, 1)
VOCABULARY = """
facts:
  trade: {code: ateco-2022, label: "attività", question: "Quale?"}
  trade_now: {code: ateco-2025, label: "attività nell'ATECO 2025", question: "Quale?"}
"""
RULES = """
parameters:
  before: {edition: ateco-2022, is: [K], label: "finanza"}
  after: {edition: ateco-2025, is: [L], label: "finanza"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      not_then: {provision: P.1, text: "Fuori allora", holds: "not within(trade, before)"}
      not_now: {provision: P.2, text: "Fuori ora", holds: "not within(trade_now, after)"}
"""


def faults_of(write, old, new, rules=RULES, vocabulary=VOCABULARY):
    assert (rules + vocabulary).count(old) == 1
    with pytest.raises(BadRules) as caught:
        write(rules.replace(old, new), vocabulary=vocabulary.replace(old, new))
    return caught.value.faults


def test_each_code_is_looked_for_in_the_list_of_its_edition(write):
    measure = write(RULES, vocabulary=VOCABULARY)
    # 64.19 is a bank in both editions; 62.01 of 2007 is software, section J, which is K in 2025.
    bank = measure.decide({"trade": "64.19", "trade_now": "64.19"}, on=ON)
    software = measure.decide({"trade": "62.01", "trade_now": "62.10"}, on=ON)
    assert [bank[name].truth for name in ("not_then", "not_now")] == ["no", "no"]
    assert [software[name].truth for name in ("not_then", "not_now")] == ["yes", "yes"]


@pytest.mark.parametrize(
    ("old", "new", "subject", "editions"),
    [
        ("within(trade, before)", "within(trade_now, before)", "before", ("ateco-2025", "ateco-2022")),
        ("within(trade_now, after)", "within(trade, after)", "after", ("ateco-2022", "ateco-2025")),
        ("edition: ateco-2022, is: [K]", "edition: ateco-2007, is: [K]", "before", ("ateco-2022", "ateco-2007")),
    ],
)
def test_codes_of_two_editions_are_not_compared(write, old, new, subject, editions):
    (fault,) = faults_of(write, old, new)
    assert fault.subject == subject
    assert fault.place.line > 1 and fault.place.column > 1
    assert all(edition in fault.message for edition in editions)
    assert "ask a fact for each edition" in fault.message and "correspondence" in fault.message


def test_a_list_of_codes_says_its_edition(write):
    (fault,) = faults_of(write, "{edition: ateco-2022, is: [K],", "{is: [K],")
    assert (fault.subject, fault.message) == (
        "before",
        "a list of codes says the edition of their classification, such as 'edition: ateco-2022'",
    )


def test_what_only_informs_is_looked_up_in_its_edition_too(write):
    more = RULES.replace(
        "  after:", '  told: {edition: ateco-2025, is: ["04.1"], for_information: yes, label: "altri"}\n  after:'
    )
    (fault,) = faults_of(write, "telling nothing", "", more + "# telling nothing\n")
    assert fault.message == "'04.1' is no section or code of ateco-2025"


@pytest.mark.parametrize(
    ("edition", "code", "fits"),
    [
        ("ateco-2022", "62.01", True), ("ateco-2022", "62.10", False), ("ateco-2025", "62.10", True),
        ("ateco-2025", "62.01", False), ("ateco-2025", "62.10.00", True), ("ateco-2022", "46.39.20", True),
        ("ateco-2022", "46.9", True), ("ateco-2025", "46.8", True), ("ateco-2022", "46.8", False),
    ],
)  # fmt: skip
def test_a_list_of_one_edition_holds_no_class_of_another(write, edition, code, fits):
    more = f'  told: {{edition: {edition}, is: ["{code}"], for_information: yes, label: "altri"}}\n  after:'
    rules = RULES.replace("  after:", more)
    if fits:
        assert write(rules, vocabulary=VOCABULARY)
        return
    (fault,) = faults_of(write, "telling nothing", "", rules + "# telling nothing\n")
    assert (fault.subject, fault.message) == ("told", f"{code!r} is no section or code of {edition}")


def test_the_update_of_2022_has_the_sections_of_2007(write):
    from misure.identifiers import nace

    assert nace.sections("ateco-2022") == nace.sections("ateco-2007")
    measure = write(RULES, vocabulary=VOCABULARY)
    assert measure.rulebook.sections["ateco-2022"] == measure.rulebook.sections["ateco-2007"]
