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
        ("at_most: own, ", "apportioned: a key is missing: 'by'"),
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
