# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
from decimal import Decimal

import pytest

from misure.deminimis import Aid, FitReason, Ledger, first_day_that_fits
from misure.ground.errors import BadFacts, NotEncoded


def ledger(*rows, **more):
    return Ledger([Aid(f"A{at}", "alfa", *row) for at, row in enumerate(rows)], **{"complete_by": "x"} | more)


def fits(amount, book, from_="2026-11-22", **more):
    return first_day_that_fits(amount, book, "alfa", from_=from_, **more)


BOOK = ledger(("gen", "2024-02-29", 100000), ("gen", "2025-01-10", 150000))


@pytest.mark.parametrize(("amount", "day"), [
    (0, "2026-11-22"), (50000, "2026-11-22"), ("50000.01", "2027-03-01"), (150000, "2027-03-01"), (300000, "2028-01-10"),
])  # fmt: skip
def test_room_is_made_when_aid_leaves_the_window(amount, day):
    found = fits(amount, BOOK)
    assert (found.day, found.perhaps_from, found.reason) == (
        dt.date.fromisoformat(day),
        dt.date.fromisoformat(day),
        FitReason.FITS,
    )
    assert found.headroom.on == found.day


def test_room_is_made_when_the_law_changes():
    assert fits(250000, ledger(("gen", "2023-03-01", 50000)), from_="2023-06-01").day == dt.date(2024, 1, 1)
    assert fits(26000, ledger(), from_="2024-06-01", regulation="agri").day == dt.date(2024, 12, 16)


def test_it_never_fits():
    assert fits("300000.01", BOOK).reason is FitReason.ABOVE_EVERY_CEILING
    found = fits(300000, ledger(("gen", "2030-02-01", 5)), from_="2030-03-01")
    assert (found.day, found.reason, found.searched_until) == (
        None,
        FitReason.NOT_WITHIN_ENCODED_LAW,
        dt.date(2031, 6, 30),
    )
    assert found.headroom.on == dt.date(2030, 3, 1)


def test_what_is_not_known_makes_the_day_uncertain():
    found = fits(100000, ledger(("gen", "2024-02-01", 100000), ("gen", "2025-01-10", 150000), complete_by=None))
    assert (found.day, found.perhaps_from, found.reason) == (None, dt.date(2027, 2, 1), FitReason.NEVER_SURELY)
    found = fits(100000, BOOK.with_aid(Aid("U", "alfa", "gen", "2025-06-01", None)))
    assert (found.day, found.perhaps_from, found.reason) == (dt.date(2028, 6, 1), dt.date(2027, 3, 1), FitReason.FITS)


def test_that_no_more_aid_is_granted_is_supposed():
    book = ledger(("gen", "2025-01-10", 300000), complete_until="2026-11-22")
    assert fits(5, book).day == dt.date(2028, 1, 10)
    assert fits(5, book, from_="2026-11-23").day is None  # between the two days aid may have been granted


def test_aid_to_come_counts_from_its_own_day():
    book = BOOK.with_aid(Aid("planned", "alfa", "gen", "2027-01-01", 60000))
    with pytest.raises(BadFacts, match="later='ignore'"):
        fits(40000, book)
    assert fits(50000, book, later="ignore").day == dt.date(2026, 11, 22)
    assert fits(100000, book, later="ignore").day == dt.date(2028, 1, 10)


def test_what_is_refused():
    with pytest.raises(BadFacts) as caught:
        first_day_that_fits(-1, BOOK, "", from_="soon", regulation="fisk")
    assert [fault.subject for fault in caught.value.faults] == ["amount", "from_", "regulation", "undertaking"]
    with pytest.raises(BadFacts, match="binary float"):
        fits(0.5, BOOK)
    with pytest.raises(NotEncoded):
        fits(1, BOOK, from_="2031-07-01")


def test_an_answer_is_a_value():
    found = fits(100, BOOK)
    assert (found.amount, pickle.loads(pickle.dumps(found))) == (Decimal(100), found)  # noqa: S301 - our own bytes
    assert isinstance(hash(found), int)
