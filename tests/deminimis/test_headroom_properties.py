# SPDX-License-Identifier: Apache-2.0
import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import example, given
from hypothesis import strategies as st

from misure.deminimis import Aid, Ledger, Options, Policy, Verdict, assess, first_day_that_fits, headroom
from misure.deminimis.law import REGULATIONS, window
from misure.ground.ranges import Range
from misure.identifiers.forms import made_up

CENT = Decimal("0.01")
START, END = dt.date(2019, 1, 1).toordinal(), dt.date(2029, 12, 31).toordinal()
days = st.integers(START, END)
on_days = st.integers(dt.date(2022, 1, 1).toordinal(), END).map(dt.date.fromordinal)
cents = st.integers(0, 120_000_00) | st.just(50_000_00)
regulations = st.sampled_from(REGULATIONS)
options = st.builds(
    Options,
    convention=st.sampled_from(["main", "alt", "same_day"]),
    fiscal_year_end=st.sampled_from([None, "06-30", "02-29"]),
    sgei_joint_cap=st.sampled_from([True, False]),
    register=st.booleans(),
)
ALFA, BETA, GAMMA = (made_up("codice_fiscale", number) for number in range(3))
"""Codes, not names: the aid of a mere name may be anybody's of whom the ledger holds none."""
firms = st.sampled_from([ALFA, BETA])


@st.composite
def aids(draw, most=8):
    rows = draw(st.lists(st.tuples(firms, regulations, days, cents), max_size=most))
    return [
        Aid.known(f"A{at}", firm, regulation, day, amount) for at, (firm, regulation, day, amount) in enumerate(rows)
    ]


def asked(book, on, regulation, chosen, firms=(ALFA, BETA)):
    return headroom(book, firms, on=on, regulation=regulation, options=chosen, later="ignore")


@given(aids(), on_days, regulations, options)
def test_never_negative_and_never_above_the_ceiling(held, on, regulation, chosen):
    found = asked(Ledger(held, complete_by="x"), on, regulation, chosen)
    assert 0 <= found.amount <= found.ceiling
    assert found.amount == min(cap.left for cap in found.caps)
    for cap in found.caps:
        assert cap.used == sum(occupied.counted for occupied in cap.occupied_by)


@given(aids(), on_days, regulations, options)
def test_the_plain_sum_gives_the_same(held, on, regulation, chosen):
    found = asked(Ledger(held, complete_by="x"), on, regulation, chosen)
    month, day = map(int, (chosen.fiscal_year_end or "12-31").split("-"))
    first, last = window(on.toordinal(), regulation, convention=chosen.convention, year_end=(month, day))
    assert found.used * 100 == sum(
        aid.least for aid in held if aid.regulation == regulation and first <= aid.first <= last
    )


@given(aids(), aids(2), on_days, regulations, options)
def test_more_aid_never_leaves_more(held, more, on, regulation, chosen):
    book = Ledger(held, complete_by="x")
    renamed = [aid.but(id=f"more {aid.id}") for aid in more]
    assert asked(book.with_aid(*renamed), on, regulation, chosen).amount <= asked(book, on, regulation, chosen).amount


@given(aids(), on_days, regulations, options, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(held, on, regulation, chosen, chance):
    shuffled = list(held)
    chance.shuffle(shuffled)
    one, other = (asked(Ledger(each, complete_by="x"), on, regulation, chosen) for each in (held, shuffled))
    assert (one, hash(one)) == (other, hash(other))


@given(aids(), on_days, regulations, options)
def test_a_merger_leaves_what_the_union_leaves(held, on, regulation, chosen):
    book = Ledger(held, complete_by="x")
    merged = asked(book.merged(GAMMA, ALFA, BETA), on, regulation, chosen, GAMMA)
    assert merged.amount == asked(book, on, regulation, chosen).amount


@given(aids(), on_days, regulations, options, st.integers(1, 400_000_00))
def test_a_reduced_grant_fits_exactly(held, on, regulation, chosen, wanted):
    book = Ledger([aid for aid in held if aid.first < on.toordinal()], complete_by="x")

    def judged(amount, **more):
        aid = Aid("new", ALFA, regulation, on, amount)
        return assess(aid, book, (ALFA, BETA), policy=Policy.REDUCE_TO_HEADROOM, options=chosen, **more)

    asked_for = Decimal(wanted) / 100
    found = judged(asked_for)
    assert found.granted <= found.headroom.amount
    if found.outcome is not Verdict.FITS:
        assert found.granted == found.headroom.amount < asked_for
        assert judged(found.granted + CENT, granted=True).outcome is Verdict.EXCEEDS
    else:
        assert found.granted == asked_for
    assert judged(found.granted, granted=True).outcome is Verdict.FITS
    after = book.with_aid(Aid("new", ALFA, regulation, on, found.granted))
    for before, cap in zip(found.headroom.caps, asked(after, on, regulation, chosen).caps, strict=True):
        assert cap.used == before.used + found.granted * (cap.activity is None)
        assert cap.used <= cap.limit or before.used > before.limit


@st.composite
def partly(draw):
    """A ledger of which not everything is known, and one way in which it may turn out."""
    known, unknown = [], []
    for aid in draw(aids()):
        amount = draw(st.sampled_from(["known", "range", "nothing"]))
        day = draw(st.sampled_from(["known", "range", "nothing"]))
        down, up, before, after = (draw(st.integers(0, 300)) for _ in range(4))
        ends = {
            "known": (aid.least, aid.least),
            "range": (max(0, aid.least - 100 * down), aid.least + 100 * up),
            "nothing": (0, None),
        }
        span = {
            "known": (aid.first, aid.first),
            "range": (aid.first - before, aid.first + after),
            "nothing": (None, None),
        }
        least, most = ends[amount]
        first, last = span[day]
        known.append(aid)
        unknown.append(aid.but(least=least, most=most, first=first, last=last))
    return known, unknown


@given(partly(), on_days, regulations, options, st.booleans(), st.sampled_from([(), (BETA,)]))
@example(
    ([Aid.known("A0", BETA, "gen", 737425, 50_000_00)],) * 2,
    dt.date(2022, 1, 1),
    "gen",
    Options(register=False),
    False,
    (),
)
def test_what_turns_out_lies_within_the_range(ledgers, on, regulation, chosen, complete, turned_out):
    known, unknown = ledgers
    group = SimpleNamespace(members=(ALFA,), possible=(BETA,))
    given_ = asked(Ledger(unknown, complete_by="x" if complete else None), on, regulation, chosen, group)
    truly = asked(Ledger(known, complete_by="x"), on, regulation, chosen, (ALFA, *turned_out))
    assert given_.at_least <= truly.amount <= given_.at_most
    if not complete:
        assert given_.at_least == 0
    for cap in given_.caps:
        turned = truly.cap(cap.name)
        assert cap.used_at_least <= turned.used and (cap.used_at_most is None or turned.used <= cap.used_at_most)


@given(aids(), on_days, regulations, st.sampled_from([True, False]), st.booleans())
def test_leaving_a_reading_open_holds_both(held, on, regulation, joint, register):
    book = Ledger(held, complete_by="x")
    both = asked(book, on, regulation, Options(sgei_joint_cap=None, register=None))
    one = asked(book, on, regulation, Options(sgei_joint_cap=joint, register=register))
    assert both.at_least <= one.amount <= both.at_most


@given(
    aids(5),
    st.integers(dt.date(2022, 6, 1).toordinal(), dt.date(2028, 1, 1).toordinal()),
    regulations,
    options,
    cents,
    st.booleans(),
)
def test_the_first_day_that_fits_is_the_first(held, day, regulation, chosen, wanted, scattered):
    """Every day is looked at, so that a day on which room is made cannot be missed."""
    book = Ledger(held if scattered else [aid for aid in held if aid.first <= day], complete_by="x")
    amount, from_ = Decimal(wanted) / 100, dt.date.fromordinal(day)
    found = first_day_that_fits(
        amount, book, (ALFA, BETA), from_=from_, regulation=regulation, later="ignore", options=chosen
    )
    if found.day is None:
        looked_at = range(day, min(day + 1200, found.searched_until.toordinal() + 1), 7)
    else:
        assert asked(book, found.day, regulation, chosen).at_least >= amount
        looked_at = {*range(day, found.day.toordinal(), 7), found.day.toordinal() - 1} - {day - 1}
    for other in looked_at:
        assert asked(book, dt.date.fromordinal(other), regulation, chosen).at_least < amount


@given(aids(4), on_days, regulations)
def test_an_aid_counts_until_the_day_that_is_told(held, on, regulation):
    book = Ledger(held, complete_by="x")
    for occupied in asked(book, on, regulation, Options()).occupied_by:
        if occupied.until is None:
            continue
        there = asked(book, occupied.until, regulation, Options())
        before = asked(book, occupied.until - dt.timedelta(1), regulation, Options())
        assert occupied.aid not in {each.aid for each in there.occupied_by}
        assert occupied.aid in {each.aid for each in before.occupied_by}


@given(partly(), on_days, regulations)
def test_ranges_of_days_hold_the_day(ledgers, on, regulation):
    known, unknown = ledgers
    truly = {o.aid.id: o for o in asked(Ledger(known, complete_by="x"), on, regulation, Options()).occupied_by}
    for occupied in asked(Ledger(unknown, complete_by="x"), on, regulation, Options()).occupied_by:
        true = truly.pop(occupied.aid.id, None)
        if true is not None and isinstance(occupied.until, Range):
            assert occupied.until.least <= true.until <= occupied.until.greatest
    assert not truly
