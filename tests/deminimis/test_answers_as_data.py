# SPDX-License-Identifier: Apache-2.0
"""Answers on de minimis aid as plain data: everything that JSON can hold, with the doubts and what is passed already."""

from __future__ import annotations

import json

from misure.deminimis import Aid, Ledger, assess, first_day_that_fits, headroom
from misure.ground.ranges import Range

ON, ALFA, BETA = "2026-11-22", "01234560157", "02345670158"
LEDGER = Ledger(
    [Aid("1", ALFA, "gen", "2025-01-10", "310000.00"), Aid("2", ALFA, "agri", None, Range(1, 2))], complete_by="visura"
)


def again(told):
    assert json.loads(json.dumps(told)) == told
    return told


def test_headroom_as_data():
    told = again(headroom(LEDGER, [ALFA, BETA], on=ON).to_dict())
    assert {name: told[name] for name in ("regulation", "on", "amount", "ceiling", "used", "overdrawn", "members", "possible", "binding")} == {
        "regulation": "gen", "on": ON, "amount": "0.00", "ceiling": "300000.00", "used": "310000.00", "overdrawn": "10000.00",
        "members": [ALFA, BETA], "possible": [], "binding": ["gen"],
    }  # fmt: skip
    assert told["doubts"][0] == {
        "kind": "not_in_ledger", "subject": BETA, "nearest": None,
        "text": "the ledger holds no aid of it: nothing was granted to it, if the ledger calls it so",
    }  # fmt: skip
    assert told["warnings"][0] == {
        "kind": "overdrawn", "subject": "gen", "nearest": None, "text": "it is passed already, by 10000.00 euros since 2025-01-10",
    }  # fmt: skip
    own, shared = told["caps"]
    assert (own["overdrawn"], own["overdrawn_since"], own["left"]) == ("10000.00", "2025-01-10", "0.00")
    assert shared["overdrawn"] == {"from": "10000.00", "to": "10002.00"}
    assert own["occupied_by"] == [
        {"aid": {"id": "1", "beneficiary": ALFA, "regulation": "gen", "granted_on": "2025-01-10", "amount": "310000.00", "activity": None,
                 "measure": None}, "counted": "310000.00", "until": "2028-01-10"}
    ]  # fmt: skip
    assert own["citation"] == {
        "act": "reg-2023-2831", "at": "art. 3, par. 2", "confidence": "secondary", "text": "Reg. (UE) 2023/2831, art. 3, par. 2",
    }  # fmt: skip
    assert not {"members", "aids"} & own.keys()


def test_the_other_answers_as_data():
    waiting = again(first_day_that_fits("50000.00", LEDGER, BETA, from_=ON).to_dict())
    assert (waiting["amount"], waiting["day"], waiting["reason"]) == ("50000.00", ON, "fits")
    assert waiting["headroom"]["doubts"][0]["kind"] == "not_in_ledger"
    told = again(assess(Aid("new", ALFA, "gen", ON, "5.00"), LEDGER).to_dict())
    assert (told["outcome"], told["aid"]["amount"], told["headroom"]["overdrawn"]) == (
        "applicant_choice",
        "5.00",
        "10000.00",
    )
    assert told["exceeded"] == [["gen", "10005.00"], ["gen-agri-fish", {"from": "10005.00", "to": "10007.00"}]]
