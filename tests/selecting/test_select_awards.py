# SPDX-License-Identifier: Apache-2.0
"""What a funded application receives: the lines that the envelopes pay, the steps, the gross grant equivalent."""

from decimal import Decimal

import pytest

from misure import Range
from tests.selecting.chosen_measure import ON, ONE_POT, RULES, VOCABULARY, application, three

LOAN = """\
        loan: {form: loan, of: costs, intensity: part, provision: P.04, text: "Prestito"EQUIVALENT}
      own_share: {of: costs, provision: P.05, text: "Resto"}
"""
EQUIVALENT = ', equivalent: {is: loan * tenth, text: "Equivalente"}'


@pytest.fixture
def paid(write):
    """A measure with a grant of half the costs and a loan of a fifth; what pays what is told."""

    def written(pays="", last="in_part", budget="12000.00 EUR", equivalent=EQUIVALENT, part="20%"):
        tenth = "      tenth: 10%\n" if equivalent else ""
        text = (
            RULES.replace("      half: 50%\n", f"      half: 50%\n      part: {part}\n{tenth}")
            .replace("    selection:\n", LOAN.replace("EQUIVALENT", equivalent) + "    selection:\n")
            .replace("      kind: ranking\n", f"      kind: ranking\n{pays}")
            .replace("BUDGET", budget)
            .replace("LIFE", "is: 120 days")
        )
        return write(text + ONE_POT.replace("LAST", last), vocabulary=VOCABULARY)

    return written


def euro(text):
    return Decimal(text)


def test_the_envelopes_pay_every_line_unless_it_is_said_which(paid) -> None:
    award = paid().select([application("a", 90)], on=ON)["a"].award
    assert [(line.id, line.amount) for line in award.lines] == [("grant", euro("5000.00")), ("loan", euro("2000.00"))]
    assert (award.asked, award.amount, award.cut) == (euro("7000.00"), euro("7000.00"), False)
    assert award.equivalent == euro("5200.00")
    assert (award.application, award.envelope, str(award.confidence)) == ("a", "total", "official")


@pytest.mark.parametrize(
    ("pays", "lines", "asked", "equivalent"),
    [("[grant]", ["grant"], "5000.00", "5000.00"), ("[loan]", ["loan"], "2000.00", "200.00"),
     ("[grant, loan]", ["grant", "loan"], "7000.00", "5200.00")],
)  # fmt: skip
def test_only_the_lines_that_the_envelopes_pay_are_asked_of_them(paid, pays, lines, asked, equivalent) -> None:
    placement = paid(f"      pays: {pays}\n").select([application("a", 90)], on=ON)["a"]
    assert (placement.asked, placement.amount) == (euro(asked), euro(asked))
    assert [line.id for line in placement.award.lines] == lines
    assert placement.award.equivalent == euro(equivalent)


def test_how_a_cut_award_is_shared_between_a_grant_and_a_loan_nobody_says(paid) -> None:
    award = paid(budget="12000.00 EUR").select(three(), on=ON)["b"].award
    assert (award.amount, award.asked, award.cut, award.equivalent) == (euro("5000.00"), euro("7000.00"), True, None)


def test_a_loan_of_which_no_rule_works_out_the_equivalent_has_none(paid) -> None:
    assert paid(equivalent="").select([application("a", 90)], on=ON)["a"].award.equivalent is None


def test_an_equivalent_that_is_open_is_a_range(paid) -> None:
    one = paid(part='{unknown: "x", between: [10%, 20%]}')
    award = one.select([application("a", 90)], on=ON)["a"].award
    assert award.asked == award.amount == Range(euro("6000.00"), euro("7000.00"))
    assert award.equivalent == Range(euro("5100.00"), euro("5200.00"))


def test_an_equivalent_that_nothing_bounds_is_none(paid) -> None:
    """Of costs that nobody told nothing is known: the loan alone has no equivalent then."""
    open_ = paid(budget="99000000.00 EUR").select([application("a", 90, costs=None)], on=ON)["a"].award
    assert open_.asked == open_.amount == Range(euro("0.00"), None)
    assert open_.equivalent is None
    assert not open_.cut


@pytest.mark.parametrize(
    ("budget", "costs", "amount", "cut"),
    [
        ("7000.00 EUR", "10000", "7000.00", False), ("6999.99 EUR", "10000", "6999.99", True),
        ('{unknown: "x", between: [6999.99 EUR, 7000.00 EUR]}', "10000", ("6999.99", "7000.00"), False),
        ('{unknown: "x", between: [6999.98 EUR, 6999.99 EUR]}', "10000", ("6999.98", "6999.99"), True),
    ],
)  # fmt: skip
def test_an_award_is_cut_where_it_is_certain_that_it_is_less_than_what_is_asked(
    paid, budget, costs, amount, cut
) -> None:
    award = paid(budget=budget).select([application("a", 90, costs=costs)], on=ON)["a"].award
    assert award.amount == (euro(amount) if isinstance(amount, str) else Range(*map(euro, amount)))
    assert award.cut is cut
    assert [step.binds for step in award.steps] == [False, cut, False]


def test_the_steps_say_what_the_envelope_has_left_and_what_comes_of_it(paid) -> None:
    selection = paid("      pays: [grant]\n", last="in_full").select(three(), on=ON)
    assert {
        placement.id: [(step.step, str(step.value), step.text) for step in placement.award.steps]
        for placement in selection
    } == {
        "a": [("asked", "5000.00", ""), ("envelope", "12000.00", "Dotazione"), ("last_award", "5000.00", "")],
        "b": [("asked", "5000.00", ""), ("envelope", "7000.00", "Dotazione"), ("last_award", "5000.00", "")],
        "c": [("asked", "5000.00", ""), ("envelope", "2000.00", "Dotazione"), ("last_award", "5000.00", "")],
    }


def test_an_envelope_that_is_overdrawn_has_nothing_left(paid) -> None:
    told = [application("a", 90), application("b", 80, costs=None), application("c", 70)]
    selection = paid("      pays: [grant]\n", budget="9000.00 EUR").select(told, on=ON)
    step = selection["c"].award.steps[1]
    assert (step.step, step.value) == ("envelope", Range(euro("0.00"), euro("4000.00")))


def test_an_award_written_down(paid) -> None:
    award = paid("      pays: [grant]\n").select(three(), on=ON)["c"].award.to_dict()
    assert list(award) == [
        "application",
        "amount",
        "asked",
        "lines",
        "steps",
        "envelope",
        "equivalent",
        "confidence",
        "parts",
    ]
    assert {name: award[name] for name in ("application", "amount", "asked", "envelope", "equivalent", "confidence")} == {
        "application": "c", "amount": "2000.00", "asked": "5000.00", "envelope": "total", "equivalent": "2000.00",
        "confidence": "official",
    }  # fmt: skip
    assert award["steps"] == [
        {"step": "asked", "value": "5000.00", "confidence": "official"},
        {"step": "envelope", "value": "2000.00", "binds": True, "confidence": "official"},
        {"step": "last_award", "value": "2000.00", "confidence": "official"},
    ]
    (line,) = award["lines"]
    assert (line["id"], line["amount"], line["cite"]) == ("grant", "5000.00", {"act": "uno", "at": "art. 3"})


SURE = {
    "the line": ('provision: P.02, text: "Contributo"}', 'provision: P.02, text: "Contributo", inferred: "x"}'),
    "the envelope": ('text: "Dotazione"', 'text: "Dotazione", inferred: "x"'),
    "its amount": ("budget: 12000.00 EUR", 'budget: {is: 12000.00 EUR, inferred: "x"}'),
    "the last award": ("last_award: in_part", 'last_award: {is: in_part, inferred: "x"}'),
}


@pytest.mark.parametrize(("old", "new"), SURE.values(), ids=list(SURE))
def test_an_award_is_as_sure_as_the_least_sure_thing_that_it_rests_on(write, old, new) -> None:
    text = RULES.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days") + ONE_POT.replace("LAST", "in_part")
    assert text.count(old) == 1
    award = write(text.replace(old, new), vocabulary=VOCABULARY).select(three(), on=ON)["a"].award
    assert str(award.confidence) == "inferred"


def test_an_award_of_which_the_envelope_is_not_known_names_none(measure) -> None:
    shape = ONE_POT.replace("{amount: budget,", "{amount: budget, for: \"place == 'mi'\",")
    told = [application("a", 90), application("b", 80, place=None)]
    selection = measure("in_part", shape=shape).select(told, on=ON)
    assert (selection["a"].award.envelope, selection["b"].award.envelope) == ("total", "")
    assert [step.step for step in selection["b"].award.steps] == ["asked", "last_award"]
