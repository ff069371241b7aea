# SPDX-License-Identifier: Apache-2.0
"""The headroom of measures that begin under older law is that of the library, on days of the older law and of today's."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import deminimis
from tests.functions import conftest
from tests.functions.test_against_the_library import ledger, records

ME = "01234560157"
LINES = {"left": "gen", "left_fish": "fish", "left_sgei": "sgei"}
OLDER, TODAYS = (dt.date(2022, 1, 31), dt.date(2024, 1, 31))


@pytest.fixture(scope="module")
def measures(tmp_path_factory):
    """Measures that call every function, by the day of their first edition."""
    found = {}
    for first in (OLDER, TODAYS):
        text = conftest.MEASURE.replace("2025-01-01", str(first))
        folder = tmp_path_factory.mktemp(f"dal-{first.year}")
        found[first] = conftest.written(folder, text)
    return found


def lines_of(measure, on, aids):
    decision = measure.decide({"deminimis_aids": records(aids)}, on=on)
    assert "ue/cumulation-deminimis" not in {str(one) for one in decision.missing}
    return {found.id: found.amount for found in decision.support}


@pytest.mark.parametrize("first", [OLDER, TODAYS])
def test_a_cap_that_is_disputed_since_2024_leaves_the_headroom_known(measures, first):
    aids = [(ME, "gen", dt.date(2025, 1, 10), 1000)]
    assert lines_of(measures[first], dt.date(2025, 9, 1), aids)["left"] == Decimal("299000.00")


def test_the_cap_of_the_older_law_still_holds_on_its_days(measures):
    """Services of general economic interest and general aid shared the higher ceiling until 2023."""
    aids = [(ME, "sgei", dt.date(2022, 2, 10), 350_000)]
    last, next_day = dt.date(2023, 12, 31), dt.date(2024, 1, 1)
    found = [lines_of(measures[OLDER], on, aids)["left"] for on in (last, next_day)]
    assert found == [Decimal("150000.00"), Decimal("300000.00")]


ONS = st.dates(OLDER, dt.date(2029, 12, 31)) | st.sampled_from([dt.date(2023, 12, 31), dt.date(2024, 1, 1)])
AIDS = st.lists(
    st.tuples(
        st.just(ME), st.sampled_from(["gen", "sgei", "agri", "fish"]), st.dates(dt.date(2020, 1, 1), OLDER),
        st.decimals(0, 300_000, places=2),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=60)
@given(ONS, AIDS, st.integers(0, 1400))
def test_the_headroom_is_that_of_the_library(measures, on, aids, later):
    on, moved = max(on, OLDER), dt.timedelta(later)
    told = [(who, regulation, min(day + moved, on), amount) for who, regulation, day, amount in aids]
    for first, measure in measures.items():
        if on < first:
            continue
        found = lines_of(measure, on, told)
        for line, regulation in LINES.items():
            options = deminimis.Options(register=True)
            expected = deminimis.headroom(ledger(told), [ME], on=on, regulation=regulation, options=options).amount
            assert found[line] == expected, (first, line)


def test_beyond_the_last_row_nothing_is_claimed(measures):
    for measure in measures.values():
        decision = measure.decide({"deminimis_aids": []}, on=dt.date(2031, 7, 1))
        found = {each.id: each.amount for each in decision.support}
        assert all(isinstance(found[line], misure.Range) for line in ("left", "left_sgei"))
