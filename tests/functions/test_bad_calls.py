# SPDX-License-Identifier: Apache-2.0
"""What is wrong in a call of the law beneath is told where it stands, with the nearest right name."""

from __future__ import annotations

import pytest

import misure
from tests.functions import conftest

LINE = 'left_sgei: {form: grant, of: "headroom(deminimis_aids, \'sgei\', on)", provision: F.11, text: "plafond SIEG"}'


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("headrom(deminimis_aids, 'gen', on)", "no function is called 'headrom'; did you mean 'headroom'?"),
        ("headroom(deminimis_aids, 'gem', on)", "'regulation' is one of gen, sgei, agri, fish; not 'gem'; did you mean 'gen'?"),
        ("headroom(deminimis_aids, gen, on)", "'regulation' is one of gen, sgei, agri, fish, in quotes"),
        ("headroom(deminimis_aid, 'gen', on)", "no table is called 'deminimis_aid'; did you mean 'deminimis_aids'?"),
        ("headroom(control_relations, 'gen', on)", "'aids' is a table with the fields 'regulation', 'granted_on', 'amount', and 'control_relations' has none of them"),
        ("headroom(deminimis_aids, 'gen')", "'headroom' also takes day"),
        ("headroom(deminimis_aids, 'gen', on, on)", "'headroom' takes 3 things: aids, regulation, day"),
        ("headroom(deminimis_aids, 'gen', dy=on)", "'headroom' takes aids, regulation, day; nothing called 'dy'; did you mean 'day'?"),
        ("headroom(deminimis_aids, 'gen', on, day=on)", "'headroom': 'day' is given twice"),
        ("headroom(deminimis_aids, 'gen', principal)", "'day' is a day, and this is a number of EUR"),
        ("headroom(deminimis_aids, 'gen', aids=deminimis_aids, day=on)", "'headroom': 'aids' is given twice"),
        ("present_value(duration, duration, on)", "'amount' is a number of EUR, and this is a number of months"),
        ("loan_gge(principal, duration, covered, borrower_rating, loan_collateral, loan_repayment, on)",
         "'rate' is a value of the law: a parameter belongs here"),
        ("loan_gge(principal, duration, own_rate, loan_collateral, loan_collateral, loan_repayment, on)",
         "'rating' is one of aaa_a, bbb, bb, b, ccc, unrated; this may be 'high'"),
        ("loan_gge(principal, duration, own_rate, 'bb', 'normal', 'bulet', on)",
         "'repayment' is one of bullet, equal_principal_yearly"),
        ("group_headroom(deminimis_aids, control_relations, loan_repayment, 'gen', on)", "'undertaking' is a text, and this is a choice"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told(tmp_path, monkeypatch, call, told):
    wrong = LINE.replace("headroom(deminimis_aids, 'sgei', on)", call)
    monkeypatch.setattr(conftest, "MEASURE", conftest.MEASURE.replace(LINE, wrong))
    with pytest.raises(misure.BadRules) as caught:
        conftest.written(tmp_path)
    assert told in str(caught.value)
    assert all(fault.place.line > 1 for fault in caught.value.faults)


def test_every_wrong_argument_is_told_at_once(tmp_path, monkeypatch):
    wrong = LINE.replace("headroom(deminimis_aids, 'sgei', on)", "headroom(deminimis_aid, 'gem', principal)")
    monkeypatch.setattr(conftest, "MEASURE", conftest.MEASURE.replace(LINE, wrong))
    with pytest.raises(misure.BadRules) as caught:
        conftest.written(tmp_path)
    assert len(caught.value.faults) == 3


def test_a_function_stands_in_no_comprehension(tmp_path, monkeypatch):
    inside = "sum(headroom(deminimis_aids, 'gen', on) for a in deminimis_aids)"
    wrong = LINE.replace("headroom(deminimis_aids, 'sgei', on)", inside)
    monkeypatch.setattr(conftest, "MEASURE", conftest.MEASURE.replace(LINE, wrong))
    with pytest.raises(misure.BadRules, match="cannot stand inside a comprehension"):
        conftest.written(tmp_path)
