# SPDX-License-Identifier: Apache-2.0
"""Plain aid is surveyed by columns: the answer is that of everybody asked alone, of ledgers and of frames."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.deminimis import Aid, Gap, Ledger, Survey, headroom, survey
from misure.deminimis.ledgers.frames import ledger_of_frame
from misure.deminimis.surveying.in_bulk import right_numbers
from misure.deminimis.surveying.survey import _Surveying
from misure.ground.errors import BadFacts
from misure.identifiers.forms import made_up
from misure.identifiers.identity import validate

ON = dt.date(2026, 11, 22)
FIRMS = [made_up("partita_iva", number) for number in range(6)]
PEOPLE = [made_up("codice_fiscale", number) for number in range(2)]
names = st.sampled_from([*FIRMS, *FIRMS, *PEOPLE, "alfa", f"IT{FIRMS[0]}", f" {FIRMS[1]} ", None, ""])
rows = st.lists(
    st.tuples(
        names,
        st.sampled_from(["gen"] * 6 + ["agri", "sgei"]),
        st.none() | st.dates(dt.date(2022, 6, 1), ON) | st.sampled_from([dt.date(2023, 11, 22), dt.date(2023, 11, 23)]),
        st.none() | st.sampled_from([0, 1, 9_999_999, 10_000_000, 15_000_000, 29_999_999, 30_000_000, 30_000_001]),
        st.sampled_from([None] * 5 + ["milk"]),
    ),
    max_size=14,
)


def frame_of(told, *, ids=True):
    columns = {
        "id": [f"COR-{number}" for number in range(len(told))],
        "beneficiary": [row[0] for row in told],
        "regulation": [row[1] for row in told],
        "granted_on": [row[2] for row in told],
        "amount": [None if row[3] is None else Decimal(row[3]) / 100 for row in told],
        "activity": [row[4] for row in told],
    }
    schema = {
        "id": pl.String, "beneficiary": pl.String, "regulation": pl.String, "granted_on": pl.Date,
        "amount": pl.Decimal(14, 2), "activity": pl.String,
    }  # fmt: skip
    frame = pl.DataFrame(columns, schema=schema)
    return frame if ids else frame.drop("id")


def one_by_one(ledger, on=ON, **asked):
    """The survey of a ledger for which no law is plain: everybody is asked alone."""
    with pytest.MonkeyPatch.context() as patch:
        before = _Surveying.__init__

        def never_plain(self, question):
            before(self, question)
            self.plain = None

        patch.setattr(_Surveying, "__init__", never_plain)
        return survey(ledger, on=on, **asked)


@settings(max_examples=150)
@given(rows, st.booleans(), st.sampled_from([None, "the office"]), st.sampled_from(["gen", "gen", "agri"]))
def test_a_frame_says_what_everybody_asked_alone_says(told, ids, complete_by, regulation):
    frame = frame_of(told, ids=ids)
    expected = one_by_one(ledger_of_frame(frame, complete_by=complete_by), regulation=regulation)
    assert survey(frame, on=ON, complete_by=complete_by, regulation=regulation) == expected
    assert survey(frame.to_dict(as_series=False), on=ON, complete_by=complete_by, regulation=regulation) == expected
    ledger = ledger_of_frame(frame, complete_by=complete_by)
    assert survey(ledger, on=ON, regulation=regulation) == expected


@settings(max_examples=60)
@given(rows, st.sampled_from([(), (FIRMS[:2],), (FIRMS[:2], FIRMS[2:4]), ((FIRMS[0], "omega"),)]))
def test_groups_are_asked_alone(told, groups):
    frame = frame_of(told)
    expected = one_by_one(ledger_of_frame(frame, complete_by="x"), groups=groups)
    assert survey(frame, on=ON, complete_by="x", groups=groups) == expected


@settings(max_examples=60)
@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 21)))
def test_aid_of_later_days_too(told, on):
    frame = frame_of(told)
    expected = one_by_one(ledger_of_frame(frame, complete_by="x"), on, later="ignore")
    assert survey(frame, on=on, complete_by="x", later="ignore") == expected
    if any(row[2] and row[2] > on and row[0] for row in told):
        with pytest.raises(BadFacts, match="say later='ignore' to ask the past"):
            survey(frame, on=on, complete_by="x")


@settings(max_examples=30)
@given(rows)
def test_each_stands_as_headroom_says(told):
    frame = frame_of(told)
    ledger = ledger_of_frame(frame, complete_by="x")
    for each in survey(frame, on=ON, complete_by="x"):
        of = headroom(ledger, each.members[0], on=ON)
        assert (each.used, each.left, each.overdrawn) == (of.used, of.amount, of.overdrawn)


LEFT = [(FIRMS[0], "gen", ON, 100, None), (FIRMS[1], "gen", ON, 31_000_000, None), (FIRMS[2], "gen", ON, 300, None)]


def test_standings_are_a_sequence():
    found = survey(frame_of(LEFT), on=ON, complete_by="x")
    rows = list(found.standings)
    assert [each.members[0] for each in rows] == [FIRMS[1], FIRMS[2], FIRMS[0]]
    assert (found.standings[0], found.standings[-1], found.standings[1:]) == (rows[0], rows[2], tuple(rows[1:]))
    assert (len(found.standings), rows[1] in found.standings) == (3, True)
    for beyond in (3, -4):
        with pytest.raises(IndexError, match="3 single undertakings"):
            found.standings[beyond]
    assert hash(found) == hash(survey(frame_of(LEFT[::-1]), on=ON, complete_by="x"))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert isinstance(again, Survey) and again == found == again
    assert (again.overdrawn, again.near("300000")) == (found.overdrawn, found.near("300000"))
    assert found.near("299997.01") == tuple(rows[:2])
    assert found.near("299997") == tuple(rows[:1])


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("beneficiary", [FIRMS[0], "01234560158", FIRMS[2]], "row 2: beneficiary"),
        ("regulation", ["gen", "gen", "gne"], "row 3: regulation"),
        ("amount", [Decimal("-1.00"), Decimal(1), Decimal(1)], "row 1: amount"),
        ("id", ["A", "A", "B"], "two aids have this id"),
    ],
)
def test_a_wrong_row_is_told_with_its_number(column, values, message):
    frame = frame_of(LEFT)
    frame = frame.with_columns(pl.Series(column, values, frame.schema[column]))
    if column == "beneficiary":
        frame = frame.with_columns(pl.Series(column, [values[0], "1234560157", values[2]]))
    with pytest.raises(BadFacts, match=message):
        survey(frame, on=ON, complete_by="x")


def test_a_gap_of_one_leaves_the_others_exact():
    held = [Aid(f"COR-{at}", who, "gen", "2026-01-10", "1000.00") for at, who in enumerate(FIRMS[:3])]
    gaps = [Gap("a row", FIRMS[0]), Gap("a row", FIRMS[5])]
    ledger = Ledger(held, complete_by="x", gaps=gaps)
    assert survey(ledger, on=ON) == one_by_one(ledger)
    assert [each.left_cents for each in survey(ledger, on=ON) if each.members[0] == FIRMS[5]] == [(0, 30_000_000)]


digits = st.text("0123456789", min_size=10, max_size=12)
codes = st.sampled_from([*FIRMS, *PEOPLE]) | digits | st.text(max_size=12) | st.none() | st.integers()


@settings(max_examples=300)
@given(st.lists(codes, max_size=12))
def test_right_numbers_are_those_that_are_valid_as_they_are(given_codes):
    found = right_numbers(given_codes)
    assert found <= {code for code in given_codes if type(code) is str}
    for code in found:
        assert validate(code) == code
    for code in given_codes:
        if type(code) is str and len(code) == 11 and code.isascii() and code.isdigit() and code not in found:
            from stdnum.luhn import is_valid

            assert not is_valid(code) or code.startswith("0000000")
