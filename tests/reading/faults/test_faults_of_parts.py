# SPDX-License-Identifier: Apache-2.0
"""What cannot be apportioned: told at its place, with the nearest right name, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import misure
from misure.ground.record import replaced
from misure.rulebook.linked.soundness import strange_rulebook
from tests.deciding.shapes.test_parts_of_partners import RULES, VOCABULARY
from tests.deciding.written_measures import write

__all__ = ["write"]

SHARED = "apportioned: {by: spent, at_most: own, "
DEFINED = "    admission:\n"


def faults(write, rules):
    with pytest.raises(misure.BadRules) as failure:
        write(rules, vocabulary=VOCABULARY)
    return [str(fault) for fault in failure.value.faults]


NO_SUM = "an amount is apportioned by a definition that is one sum(...) over the records of a table"


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ("by: spentt, ", f"grant: 'spentt' is not defined: {NO_SUM}; did you mean 'spent'?"),
        ("by: most, ", f"grant: 'most' is no sum: {NO_SUM}"),
        ("by: spent, at_most: admitted_costs, ", f"grant: 'admitted_costs' is no sum: {NO_SUM}"),
        ("by: spent, at_most: paid_bills, ", "grant: it sums up records of 'bills', and 'by' those of 'members'"),
        ("by: spent, at_most: heads, ", "grant: the limit is a number of partners, and the amount a number of EUR"),
        (
            "by: own, at_most: spent, ",
            "grant: nothing holds the line within 'spent', so its parts may not add up to it: name that under the line's 'at_most'",
        ),
        (
            "by: odd_sum, ",
            "grant: what a record adds to the sum by which it is apportioned may be less than nothing: write max(0, ...)",
        ),
        (
            "by: spent, at_most: parts_of_cents, ",
            "grant: the most that a record receives may have parts of a cent: round it, with half_up(...) or down(...)",
        ),
        (
            "at_most: own, ",
            "grant: an amount is apportioned 'by' what each record adds to a sum, or in the 'shares' that each adds: name one of them",
        ),
        ("by: spent, at_mots: own, ", "apportioned: unknown key 'at_mots'; did you mean 'at_most'?"),
    ],
    ids=[
        "misspelt",
        "no-sum",
        "a-fact",
        "other-table",
        "other-unit",
        "not-held",
        "negative",
        "parts-of-a-cent",
        "by",
        "key",
    ],
)
def test_each_is_told_at_its_place(write, shared, told):
    more = """\
      paid_bills: {is: "sum(b.paid for b in bills)", label: fatture}
      heads: {is: "sum(one_each for m in members)", label: teste}
      odd_sum: {is: "sum(m.odd for m in members)", label: saldi}
      parts_of_cents: {is: "sum(small_share * m.costs for m in members)", label: meta}
"""
    rules = RULES.replace("  each_most:", "  one_each: {is: 1 partners, label: uno}\n  each_most:")
    rules = rules.replace(DEFINED, more + DEFINED).replace(SHARED, f"apportioned: {{{shared}")
    with pytest.raises(misure.BadRules) as failure:
        write(rules.replace("at_most: most\n", "at_most: [most, parts_of_cents]\n"), vocabulary=VOCABULARY)
    found = [f"{fault.subject}: {fault}".partition(": ")[2] for fault in failure.value.faults]
    (at,) = [number for number, fault in enumerate(found) if fault.endswith(told)]
    place = failure.value.faults[at].place
    line = Path(place.path).read_text("utf-8").splitlines()[place.line - 1]
    assert line.split(":")[0].strip() in ("grant", "apportioned")


def test_several_are_told_at_once(write):
    rules = RULES.replace(SHARED, "apportioned: {by: spendt, at_most: owm, ")
    found = faults(write, rules)
    assert [fault.rpartition("did you mean ")[2] for fault in found] == ["'spent'?", "'own'?"]
    assert all("measure.yaml:" in fault for fault in found)


def test_a_sum_that_is_wrong_is_told_alone(write):
    rules = RULES.replace("sum(m.costs for m in members if m.kind == 'firm')", "sum(m.cost for m in members)")
    (fault,) = faults(write, rules)
    assert fault.endswith("'members' has no field 'cost'; did you mean 'costs'?")


def test_linked_rules_that_divide_by_no_sum_are_strange(write):
    book = write(RULES, vocabulary=VOCABULARY).rulebook
    line = book.support.lines[0]
    rule = line.apportioned

    def with_rule(changed):
        return replaced(book, support=replaced(book.support, lines=(replaced(line, apportioned=changed),)))

    assert strange_rulebook(with_rule(rule)) == ""
    strange = [
        replaced(rule, table="bills"),
        replaced(rule, by=replaced(rule.by, name="most")),
        replaced(rule, most=line.caps[0].most),
    ]
    for changed in strange:
        assert "apportioned by what is no sum over the records of its table" in strange_rulebook(with_rule(changed))


SUM_OR_SHARES = (
    "an amount is apportioned 'by' what each record adds to a sum, or in the 'shares' that each adds: name one of them"
)
NO_COUNT = "who receives the rest is told by a definition that is one count(...) over the records of a table"


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ("by: spent, shares: parted, ", f"grant: {SUM_OR_SHARES}"),
        ("rest: leads, ", f"grant: {SUM_OR_SHARES}"),
        ("shares: spent, ", "grant: the shares of an amount are numbers of the unit share, and this is a number of EUR"),
        ("shares: parted, at_most: own, ", "grant: 'at_most' goes with 'by': what is above the limit of one goes to the others, in proportion"),
        ("shares: partedd, ", f"grant: 'partedd' is not defined: {NO_SUM}; did you mean 'parted'?"),
        ("shares: parted, rest: laeds, ", f"grant: 'laeds' is not defined: {NO_COUNT}; did you mean 'leads'?"),
        ("by: spent, rest: own, ", f"grant: 'own' is no count: {NO_COUNT}"),
        ("shares: parted, rest: billed, ", "grant: it counts records of 'bills', and the amount is apportioned among those of 'members'"),
        ("shares: doubled, rest: leads, ", "grant: the share of each record is above the whole by itself, so they cannot add up"),
        ("shares: owed, rest: leads, ", "grant: what a record adds to the sum by which it is apportioned may be less than nothing: write max(0, ...)"),
    ],
    ids=["both", "neither", "no-share", "limit", "misspelt", "misspelt-rest", "no-count", "other-table", "above-the-whole", "negative"],
)  # fmt: skip
def test_shares_that_cannot_be_are_told_at_their_place(write, shared, told):
    more = """\
      parted: {is: "sum(half for m in members)", unit: share, label: quote}
      doubled: {is: "sum(half + half + half for m in members)", unit: share, label: quote doppie}
      owed: {is: "sum(half - 1 for m in members)", unit: share, label: quote dovute}
      leads: {is: "count(m for m in members if m.small)", label: capofila}
      billed: {is: "count(b for b in bills if b.paid > 0)", label: fatture pagate}
"""
    rules = RULES.replace("  each_most:", "  half: {is: 50%, label: metà}\n  each_most:")
    rules = rules.replace(DEFINED, more + DEFINED).replace(SHARED, f"apportioned: {{{shared}")
    with pytest.raises(misure.BadRules) as failure:
        write(rules, vocabulary=VOCABULARY)
    found = [f"{fault.subject}: {fault}".partition(": ")[2] for fault in failure.value.faults]
    assert any(one.endswith(told) for one in found), found
    assert all(fault.place.line for fault in failure.value.faults)


def test_linked_rules_that_share_by_what_cannot_be_are_strange(write):
    more = '      leads: {is: "count(m for m in members if m.small)", label: capofila}\n'
    rules = RULES.replace(DEFINED, more + DEFINED).replace(
        SHARED, "apportioned: {by: spent, at_most: own, rest: leads, "
    )
    book = write(rules, vocabulary=VOCABULARY).rulebook
    line = book.support.lines[0]
    rule = line.apportioned
    assert strange_rulebook(book) == ""
    changes = {
        "no count": replaced(rule, rest=rule.by),
        "has a limit": replaced(rule, shares=True),
    }
    for told, changed in changes.items():
        strange = replaced(book, support=replaced(book.support, lines=(replaced(line, apportioned=changed),)))
        assert told in strange_rulebook(strange)


@pytest.mark.parametrize(
    ("written", "subject"), [("at_most: most", "grant"), ("at_most: own", "apportioned")], ids=["cap", "part"]
)
def test_a_least_is_not_mended_into_a_most(write, written, subject):
    found = faults(write, RULES.replace(written, written.replace("at_most", "at_least"), 1))
    told = f"{subject}: unknown key 'at_least': that something is at least so much is a condition, under the provisions (holds: ... >= ...)"
    assert any(fault.endswith(told) for fault in found), found
