# SPDX-License-Identifier: Apache-2.0
"""What a call asks for itself stands in the place of what general law asks, and nothing else does."""

from __future__ import annotations

import pytest

from misure.reading import read_rulebook

LAW = "rules/prova/linee/law.yaml"
PROJECT = "rules/prova/progetto/measure.yaml"
TERMS = '  - cite: {act: dgr-9, at: "art. 1"}\n    terms:\n'


@pytest.fixture
def beneath(change):
    """The law of the test, beneath every grant: two conditions of it are asked."""
    conditions = (
        '    admission:\n      law_asks: {provision: L1.01, text: "La legge", holds: happened(start_act_adopted)}\n'
        '      law_too: {provision: L1.01, text: "Anche la legge", holds: happened(project_ended)}\n'
    )
    change(LAW, "title: Linee guida di prova\n", "title: Linee guida di prova\ngeneral: yes\n")
    change(LAW, TERMS, TERMS.replace("    terms:\n", conditions + "    terms:\n"))


def asked(*conditions):
    lines = "".join(
        f'      {name}: {{provision: T1.01, text: "Il bando, {name}", holds: happened(start_act_adopted), in_place_of: {law}}}\n'
        for name, law in conditions
    )
    return f'provisions:\n  - cite: {{act: dgr-3, at: "punto 9"}}\n    award:\n{lines}\ntranches:\n'


def test_the_condition_of_the_call_is_asked_and_that_of_the_law_is_not(beneath, package, change):
    change(PROJECT, "tranches:\n", asked(("law_asks", "law_asks")))
    book = read_rulebook(package, "prova/progetto")
    assert [condition.id for condition in book.conditions if condition.id != "law_term"] == ["law_asks", "law_too"]
    mine, theirs = book.conditions[:2]
    assert (str(mine.cite), mine.provisions, book.borrowed("law_asks")) == ("DGR XI/3, punto 9", ("T1.01",), None)
    assert (str(theirs.cite), book.borrowed("law_too").id) == ("DGR X/9, art. 1", "prova/linee")


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ([("mine", "¦law_ask")], "mine: no condition of general law that is used is called 'law_ask'; did you mean 'law_asks'?"),
        ([("mine", "¦law_term")], "mine: no condition of general law that is used is called 'law_term'; did you mean 'law_too'?"),
        ([("mine", "law_asks"), ("other", "¦law_asks")], "other: 'law_asks' has another condition in its place"),
    ],
    ids=["no such condition", "a term", "twice"],
)  # fmt: skip
def test_it_names_one_condition_of_general_law(beneath, check_faults, conditions, message):
    (place,), printed = check_faults(PROJECT, "tranches:\n", asked(*conditions))
    assert printed == [place + message]


def test_a_guideline_that_is_no_general_law_is_part_of_the_call(change, check_faults):
    condition = (
        '    admission:\n      law_asks: {provision: L1.01, text: "La legge", holds: happened(start_act_adopted)}\n'
    )
    change(LAW, TERMS, TERMS.replace("    terms:\n", condition + "    terms:\n"))
    (place,), printed = check_faults(PROJECT, "tranches:\n", asked(("mine", "¦law_asks")))
    assert printed == [place + "mine: no condition of general law that is used is called 'law_asks'"]
