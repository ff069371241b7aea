# SPDX-License-Identifier: Apache-2.0
"""What each function of the law beneath takes and gives, as the reference of the format says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from misure.ground.dated import dated_table
from misure.rulebook.expression import Type
from misure.rulebook.functions import COLLATERALS, FUNCTIONS, RATINGS, REGULATIONS, REPAYMENTS, SIZES

FORMAT = Path(__file__).parents[2] / "docs" / "reference" / "format.md"
EUR, MONTHS, DAY, TRUTH = "number EUR", "number months", "date", "truth"
CEILINGS = ("ue/deminimis-ceilings", "ue/cumulation-deminimis")
RATES = ("stato/discount-rates", "ue/reference-margins", "ue/reference-rate-terms")
HARBOURS = ("ue/gge-safe-harbours", "ue/deminimis-ceilings")

TAKES = {
    "headroom": {"aids": "table", "regulation": "word", "day": DAY},
    "group_headroom": {"aids": "table", "controls": "table", "undertaking": "text", "regulation": "word", "day": DAY},
    "loan_gge": {
        "principal": EUR, "months": MONTHS, "rate": "number share", "rating": "choice", "collateral": "choice",
        "repayment": "choice", "day": DAY,
    },
    "instalments_gge": {
        "principal": EUR, "months": MONTHS, "grace": MONTHS, "rate": "number share", "rating": "choice", "collateral": "choice",
        "repayment": "word", "drawn_in_grace": "number share", "discounting": "word", "day": DAY,
    },
    "safe_harbour_loan_gge": {
        "principal": EUR, "months": MONTHS, "collateral_share": "number share", "sound_borrower": TRUTH, "day": DAY,
    },
    "guarantee_gge": {
        "guaranteed": EUR, "loan": EUR, "months": MONTHS, "sound_borrower": TRUTH, "losses_pro_rata": TRUTH, "day": DAY,
    },
    "present_value": {"amount": EUR, "months": MONTHS, "day": DAY},
    "legal_interest": {"amount": EUR, "since": DAY, "until": DAY},
    "size_of": {
        "headcount": "number awu", "turnover": EUR, "balance_sheet": EUR, "definition": "word", "day": DAY,
    },
    "in_difficulty": {
        "capital": EUR, "reserves": EUR, "losses": EUR, "insolvency": TRUTH, "rescue_aid": TRUTH, "sme": TRUTH,
        "younger_than_three": TRUTH, "over_indebted": TRUTH, "day": DAY,
    },
}  # fmt: skip
GIVES = {
    "headroom": (Type("number", "EUR", 2), CEILINGS, "Reg. (UE) 2023/2831, art. 3"),
    "group_headroom": (Type("number", "EUR", 2), CEILINGS, "Reg. (UE) 2023/2831, art. 2(2), art. 3"),
    "loan_gge": (Type("number", "EUR", 2), RATES, "Comunicazione 2008/C 14/02"),
    "instalments_gge": (Type("number", "EUR", 2), RATES, "Comunicazione 2008/C 14/02"),
    "safe_harbour_loan_gge": (Type("number", "EUR", 2), HARBOURS, "Reg. (UE) 2023/2831, art. 4(3)"),
    "guarantee_gge": (Type("number", "EUR", 2), HARBOURS, "Reg. (UE) 2023/2831, art. 4(6)"),
    "present_value": (Type("number", "EUR", 2), RATES[:1], "Reg. (UE) 2023/2831, art. 3(6)"),
    "legal_interest": (Type("number", "EUR", 2), ("stato/legal-interest",), "art. 1284 c.c."),
    "size_of": (Type("choice", choices=SIZES), ("ue/sme-thresholds",), "Racc. 2003/361/CE, allegato, art. 2"),
    "in_difficulty": (Type("truth"), ("ue/difficulty",), "Reg. (UE) 651/2014, art. 2, punto 18"),
}


def test_these_are_all_the_functions():
    assert list(FUNCTIONS) == list(TAKES) == list(GIVES)
    assert all(function.name == name for name, function in FUNCTIONS.items())


@pytest.mark.parametrize("name", TAKES)
def test_what_a_function_takes_in_order(name):
    taken = {one.name: f"{one.kind} {one.unit}".strip() for one in FUNCTIONS[name].takes}
    assert list(taken.items()) == list(TAKES[name].items())


@pytest.mark.parametrize("name", GIVES)
def test_what_a_function_gives_and_rests_on(name):
    function = FUNCTIONS[name]
    assert (function.gives, function.reads, function.law) == GIVES[name]
    assert all(dated_table(table).rows for table in function.reads)


@pytest.mark.parametrize("name", TAKES)
def test_the_reference_of_the_format_lists_the_same_arguments(name):
    (line,) = re.findall(rf"^\| `{name}\(([^)]*)\)` \|", FORMAT.read_text("utf-8"), re.MULTILINE)
    written = [arg.strip() for arg in line.split(",")]
    named = [arg for arg in TAKES[name] if TAKES[name][arg] != "word"]
    assert [arg for arg in written if not arg.startswith("'")] == named
    assert len(written) == len(TAKES[name])


WORDS = {
    ("headroom", "regulation"): REGULATIONS,
    ("group_headroom", "regulation"): REGULATIONS,
    ("instalments_gge", "rating"): RATINGS,
    ("instalments_gge", "collateral"): COLLATERALS,
    ("instalments_gge", "repayment"): tuple(plan for plan in REPAYMENTS if plan.startswith("equal_instalments")),
    ("instalments_gge", "discounting"): ("discount", "base", "reference", "unsaid"),
    ("size_of", "definition"): ("recommendation", "gber"),
    ("loan_gge", "rating"): RATINGS,
    ("loan_gge", "collateral"): COLLATERALS,
    ("loan_gge", "repayment"): tuple(REPAYMENTS),
}


def test_words_and_choices_are_of_a_list_and_one_argument_is_a_value_of_the_law():
    taken = {(name, one.name): one for name, function in FUNCTIONS.items() for one in function.takes}
    assert {key: one.choices for key, one in taken.items() if one.choices} == WORDS
    assert [key for key, one in taken.items() if one.constant] == [
        ("loan_gge", "rate"), ("instalments_gge", "rate"), ("instalments_gge", "drawn_in_grace"),
    ]  # fmt: skip


def test_the_lists_of_words():
    assert REGULATIONS == ("gen", "sgei", "agri", "fish")
    assert SIZES == ("micro", "small", "medium", "large")
    assert RATINGS == ("aaa_a", "bbb", "bb", "b", "ccc", "unrated")
    assert COLLATERALS == ("high", "normal", "low")
    assert dict(REPAYMENTS) == {
        "bullet": ("bullet", 1),
        "equal_principal_yearly": ("equal_principal", 1),
        "equal_principal_half_yearly": ("equal_principal", 2),
        "equal_principal_quarterly": ("equal_principal", 4),
        "equal_principal_monthly": ("equal_principal", 12),
        "equal_instalments_yearly": ("equal_instalments", 1),
        "equal_instalments_half_yearly": ("equal_instalments", 2),
        "equal_instalments_quarterly": ("equal_instalments", 4),
        "equal_instalments_monthly": ("equal_instalments", 12),
        "other": None,
    }


AIDS = {
    "regulation": Type("choice", choices=REGULATIONS),
    "granted_on": Type("date"),
    "amount": Type("number", "EUR", 2),
}
CONTROLS = {
    "controller": Type("text"), "controlled": Type("text"), "control": Type("truth"), "sole_trader": Type("truth"),
}  # fmt: skip


def test_the_tables_that_functions_read_have_these_columns():
    columns = {
        (name, one.name): dict(one.columns)
        for name, function in FUNCTIONS.items()
        for one in function.takes
        if one.kind == "table"
    }
    assert columns == {
        ("headroom", "aids"): AIDS,
        ("group_headroom", "aids"): {"beneficiary": Type("text")} | AIDS,
        ("group_headroom", "controls"): CONTROLS,
    }
