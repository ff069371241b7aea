# SPDX-License-Identifier: Apache-2.0
"""What is taken back: spending below the admitted costs, relocation, interest, and how long operations must stay."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.ground.dated import dated_table
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.rules_folder import bundled_rules
from misure.preconditions import interest, redetermined, relocation, stable

NOW = "2026-11-22"
D = Decimal
cents = st.integers(1, 10**9)


def euros(amount):
    return D(amount) / 100


def told(answer):
    return str(answer.truth), answer.reason


# Redetermined on what was spent


@pytest.mark.parametrize(("spent", "least", "expected", "grant", "back"), [
    ("27000", "70%", ("no", "revoked"), D("0.00"), D("20000.00")),                     # CB-2
    ("28000", "70%", ("yes", "reduced"), D("14000.00"), D("6000.00")),                 # exactly 70 %
    ("27999.99", "70%", ("no", "revoked"), D("0.00"), D("20000.00")),
    ("27000", None, ("yes", "reduced"), D("13500.00"), D("6500.00")),
    ("40000", "70%", ("yes", "whole"), D("20000.00"), D("0.00")),
    ("50000", "70%", ("yes", "whole"), D("20000.00"), D("0.00")),
    ("0", None, ("no", "revoked"), D("0.00"), D("20000.00")),
    (None, "70%", ("unknown", "spent_unknown"), Range(D("0.00"), D("20000.00")), Range(D("0.00"), D("20000.00"))),
    (Range(28000, 32000), "70%", ("yes", "reduced"), Range(D("14000.00"), D("16000.00")), Range(D("4000.00"), D("6000.00"))),
    (Range(27000, 32000), "70%", ("unknown", "spent_unknown"), Range(D("0.00"), D("16000.00")), Range(D("4000.00"), D("20000.00"))),
    (Range(1000, 27000), "70%", ("no", "revoked"), D("0.00"), D("20000.00")),
])  # fmt: skip
def test_a_grant_redetermined(spent, least, expected, grant, back):
    found = redetermined("20000", admitted="40000", spent=spent, least_share=least, on=NOW)
    assert told(found) == expected
    assert (found.figure("grant"), found.figure("taken_back")) == (grant, back)
    assert str(found.confidence) == "inferred"


@pytest.mark.parametrize("spent", ["40000", "30000", "20000", None, Range(1000, 40000)])
def test_a_grant_redetermined_under_the_code(spent):
    def kinds(on):
        found = redetermined("20000", admitted="40000", spent=spent, least_share="70%", on=on)
        return [warned.kind for warned in found.warnings]

    assert kinds("2025-12-31") == []
    assert kinds("2026-01-01") == ["code_not_read"]


def test_the_cent_is_rounded_half_up():
    assert redetermined("1.00", admitted="8.00", spent="0.04", least_share=None, on=NOW).figure("grant") == D("0.01")
    assert redetermined("100.00", admitted="300.00", spent="200.00", least_share=None, on=NOW).figure("grant") == D(
        "66.67"
    )


@given(cents, cents, st.integers(0, 10**9), st.integers(0, 100), st.integers(0, 10**6))
def test_more_spending_never_leaves_less(grant, admitted, spent, least, more):
    def left(spending):
        found = redetermined(euros(grant), admitted=euros(admitted), spent=spending, least_share=f"{least}%", on=NOW)
        assert isinstance(spending, Range) or found.figure("grant") + found.figure("taken_back") == euros(grant)
        return found.figure("grant")

    one, other = left(euros(spent)), left(euros(spent + more))
    assert 0 <= one <= other <= euros(grant)
    between = left(Range(euros(spent), euros(spent + more)))
    assert between == (one if one == other else Range(one, other))


# Relocation


@pytest.mark.parametrize(("moved", "to", "bound", "size", "expected"), [
    ("2030-04-30", "DE", True, "small", ("yes", "loses_moved_part_plus_interest")),       # CB-3
    ("2030-04-30", "IT", True, "large", ("yes", "loses_moved_part_plus_interest")),
    ("2030-04-30", "NO", True, None, ("yes", "loses_moved_part_plus_interest")),
    ("2031-05-01", "DE", True, "small", ("yes", "loses_moved_part_plus_interest")),       # the last day
    ("2031-05-02", "DE", True, "small", ("no", "after_the_period")),
    ("2030-04-30", "DE", False, "small", ("no", "not_area_bound")),
    ("2030-04-30", "DE", None, "small", ("unknown", "area_bound_unknown")),
    ("2031-05-02", "DE", None, "small", ("no", "after_the_period")),
    ("2030-04-30", "CN", False, "small", ("yes", "loses_all_plus_interest")),
    ("2030-04-30", "GB", None, None, ("yes", "loses_all_plus_interest")),
    ("2031-05-02", "CN", True, "small", ("no", "after_the_period")),
    ("2031-05-02", "CN", True, "large", ("unknown", "longer_period")),
    ("2031-05-02", "CN", True, None, ("unknown", "size_unknown")),
    ("2026-04-30", "DE", True, "small", ("unknown", "before_completion")),
    ("2026-05-01", "DE", True, "small", ("yes", "loses_moved_part_plus_interest")),
])  # fmt: skip
def test_relocation(moved, to, bound, size, expected):
    found = relocation(completed="2026-05-01", moved=moved, to=to, area_bound=bound, size=size)
    assert told(found) == expected
    assert found.figure("last_day") == dt.date(2031, 5, 1)


@pytest.mark.parametrize(("completed", "moved", "to", "bound", "expected"), [
    ("2025-12-31", "2030-04-30", "DE", True, ("unknown", "transitional_rule_unknown")),
    ("2025-12-31", "2030-04-30", "CN", None, ("unknown", "transitional_rule_unknown")),
    ("2026-01-01", "2030-04-30", "DE", True, ("yes", "loses_moved_part_plus_interest")),
    ("2025-12-31", "2030-04-30", "DE", False, ("no", "not_area_bound")),
    ("2025-12-31", "2030-04-30", "DE", None, ("unknown", "area_bound_unknown")),
    ("2025-12-31", "2031-01-01", "DE", True, ("no", "after_the_period")),
])  # fmt: skip
def test_relocation_of_what_was_completed_before_the_code(completed, moved, to, bound, expected):
    found = relocation(completed=completed, moved=moved, to=to, area_bound=bound, size="small", grant=1, moved_share=1)
    assert told(found) == expected
    if expected[1] == "transitional_rule_unknown":
        assert (str(found.not_knowing), found.figure("lost")) == ("unpublished", None)


@pytest.mark.parametrize(("completed", "moved", "to", "bound", "expected"), [
    ("2020-03-01", "2024-06-01", "DE", True, ("yes", "loses_all")),
    ("2020-03-01", "2025-03-01", "NO", True, ("yes", "loses_all")),                        # the last day
    ("2020-03-01", "2025-03-02", "NO", True, ("no", "after_the_period")),
    ("2020-03-01", "2024-06-01", "IT", False, ("no", "not_area_bound")),
    ("2020-03-01", "2024-06-01", "DE", None, ("unknown", "area_bound_unknown")),
    ("2020-03-01", "2024-06-01", "CN", None, ("yes", "loses_all_plus_fine")),
    ("2020-03-01", "2025-03-02", "CN", None, ("no", "after_the_period")),                   # large ones too
    ("2018-07-14", "2018-07-14", "CN", None, ("yes", "loses_all_plus_fine")),
    ("2018-07-13", "2018-07-14", "CN", None, ("unknown", "transitional_rule_unknown")),
    ("2020-12-31", "2025-12-31", "CN", None, ("yes", "loses_all_plus_fine")),
    ("2020-12-31", "2026-01-01", "CN", None, ("no", "after_the_period")),
    ("2021-01-01", "2026-01-01", "CN", None, ("unknown", "transitional_rule_unknown")),
    ("2019-01-01", "2020-01-31", "GB", False, ("no", "not_area_bound")),
    ("2019-01-01", "2020-02-01", "GB", False, ("unknown", "membership_unknown")),
    ("2019-01-01", "2020-12-31", "GB", False, ("unknown", "membership_unknown")),
    ("2019-01-01", "2021-01-01", "GB", False, ("yes", "loses_all_plus_fine")),
])  # fmt: skip
def test_relocation_before_the_code(completed, moved, to, bound, expected):
    found = relocation(completed=completed, moved=moved, to=to, area_bound=bound, size="small", grant=1000)
    assert told(found) == expected
    lost = {"loses_all": D("1000.00"), "loses_all_plus_fine": D("1000.00"), "not_area_bound": D("0.00")}
    assert found.figure("lost") == lost.get(expected[1], D("0.00") if expected[0] == "no" else None)
    fine = Range(D("2000.00"), D("4000.00")) if expected[1] == "loses_all_plus_fine" else None
    assert {figure.name: figure.value for figure in found.figures}.get("fine") == fine


def test_the_fine_for_moving_is_not_known_where_the_aid_is_not_told():
    found = relocation(completed="2020-03-01", moved="2024-06-01", to="CN", area_bound=None, size="small")
    assert (found.figure("lost"), found.figure("fine")) == (None, None)
    assert [str(citation) for citation in found.citations if "87/2018" in str(citation)]
    assert str(found.confidence) == "official"


def test_countries():
    given = {"completed": "2026-05-01", "moved": "2030-04-30", "area_bound": True, "size": "small"}
    for union, iso in (("EL", "GR"), ("UK", "GB")):
        assert relocation(**given, to=union) == relocation(**given, to=iso)
    assert relocation(**given, to="EL").reason == "loses_moved_part_plus_interest"
    for bad in ("XX", "ZZ", "EU", "XK", "de", "", " DE", "D", None, ["DE"]):
        with pytest.raises(BadFacts, match="ISO 3166"):
            relocation(**given, to=bad)
    countries = (bundled_rules() / "tables" / "paesi.csv").read_text("utf-8").splitlines()[2:]
    assert len(set(countries)) == len(countries) == 249
    members = {row.texts["country"] for row in dated_table("tables/eea-members").rows}
    assert members <= {line[:2] for line in countries}


def test_how_much_relocation_costs():
    given = {"completed": "2026-05-01", "moved": "2030-04-30", "area_bound": True, "size": "small"}
    assert relocation(**given, to="DE", grant="90000", moved_share="40%").figure("lost") == D("36000.00")
    assert relocation(**given, to="DE", grant="90000").figure("lost") is None
    assert relocation(**given, to="CN", grant="90000", moved_share="40%").figure("lost") == D("90000.00")
    assert relocation(**given | {"area_bound": False}, to="DE", grant="90000").figure("lost") == D("0.00")


def test_relocation_from_a_day_that_nobody_told():
    found = relocation(completed=None, moved="2030-01-01", to="DE", area_bound=True, size="small")
    assert told(found) == ("unknown", "completed_unknown")
    assert found.figure("last_day") is None


# Interest


@pytest.mark.parametrize(("paid", "returned", "rate", "law", "expected", "amount"), [
    ("2024-03-01", "2025-03-01", "4%", "dlgs-123-1998", ("yes", "due"), D("900.00")),
    ("2024-03-01", "2025-03-01", "4%", None, ("yes", "due"), D("900.00")),
    ("2023-03-01", "2024-03-01", "4%", None, ("yes", "due"), D("902.47")),                  # 366 days over 365
    ("2024-03-01", "2025-03-01", None, None, ("unknown", "rate_unknown"), None),
    ("2024-03-01", "2025-03-01", Range("3%", "4%"), None, ("yes", "due"), Range(D("800.00"), D("900.00"))),
    ("2024-03-01", "2025-03-01", 0, None, ("yes", "due"), D("500.00")),
    ("2026-03-01", "2027-03-01", "4%", None, ("unknown", "points_unknown"), None),
    ("2026-03-01", "2027-03-01", "4%", "dlgs-184-2025", ("unknown", "points_unknown"), None),
    ("2026-03-01", "2027-03-01", "4%", "dlgs-123-1998", ("yes", "due"), D("900.00")),
    ("2026-03-01", "2026-03-01", None, None, ("no", "none_due"), D("0.00")),
])  # fmt: skip
def test_interest(paid, returned, rate, law, expected, amount):
    found = interest("10000", paid=paid, returned=returned, reference_rate=rate, law=law)
    assert told(found) == expected
    assert found.figure("interest") == amount


def test_what_is_not_known_of_interest():
    found = interest("10000", paid="2026-03-01", returned="2027-03-01", reference_rate="4%", law=None)
    assert str(found.not_knowing) == "unpublished"
    assert "old decree" in found.text
    found = interest("10000", paid="2024-03-01", returned="2025-03-01", reference_rate=None, law=None)
    assert (str(found.not_knowing), found.figure("points"), found.figure("rate")) == ("missing", Fraction(1, 20), None)


@given(
    cents,
    st.dates(dt.date(2000, 1, 1), dt.date(2025, 12, 31)),
    st.integers(0, 4000),
    st.integers(0, 1000),
    st.integers(0, 500),
)
def test_interest_grows_with_time_and_rate(amount, paid, length, rate, more):
    def due(days, points):
        returned = paid + dt.timedelta(days=days)
        return interest(
            euros(amount), paid=paid, returned=returned, reference_rate=Fraction(points, 10_000), law=None
        ).figure("interest")

    assert due(length, rate) <= due(length + more, rate)
    assert due(length, rate) <= due(length, rate + more)
    exact = Fraction(amount, 100) * (Fraction(rate, 10_000) + Fraction(5, 100)) * length / 365
    assert abs(Fraction(due(length, rate)) - exact) <= Fraction(1, 200)


# Stability of operations


@pytest.mark.parametrize(("regime", "size", "reduced", "left", "on", "expected", "last"), [
    ("erdf", "large", None, None, "2030-01-01", ("yes", "still_bound"), dt.date(2031, 5, 1)),
    ("erdf", "large", None, "2031-05-01", "2031-06-01", ("no", "left_too_early"), dt.date(2031, 5, 1)),
    ("erdf", "large", None, "2031-05-02", "2031-06-01", ("yes", "kept"), dt.date(2031, 5, 1)),
    ("erdf", "small", True, "2029-05-02", "2031-06-01", ("yes", "kept"), dt.date(2029, 5, 1)),
    ("erdf", "small", False, "2029-05-02", "2031-06-01", ("no", "left_too_early"), dt.date(2031, 5, 1)),
    ("erdf", "small", None, "2029-05-02", "2031-06-01", ("unknown", "length_unknown"), Range(dt.date(2029, 5, 1), dt.date(2031, 5, 1))),
    ("erdf", None, False, "2029-05-02", "2031-06-01", ("no", "left_too_early"), dt.date(2031, 5, 1)),
    ("erdf", None, True, "2029-05-01", "2031-06-01", ("no", "left_too_early"), Range(dt.date(2029, 5, 1), dt.date(2031, 5, 1))),
    ("gber", "small", None, "2029-05-02", "2031-06-01", ("yes", "kept"), dt.date(2029, 5, 1)),
    ("gber", "large", None, "2029-05-02", "2031-06-01", ("no", "left_too_early"), dt.date(2031, 5, 1)),
    ("gber", None, None, "2029-05-02", "2031-06-01", ("unknown", "length_unknown"), Range(dt.date(2029, 5, 1), dt.date(2031, 5, 1))),
    ("gber", None, None, None, "2031-05-02", ("yes", "kept"), Range(dt.date(2029, 5, 1), dt.date(2031, 5, 1))),
    ("gber", "medium", None, None, "2029-05-01", ("yes", "still_bound"), dt.date(2029, 5, 1)),
])  # fmt: skip
def test_stability(regime, size, reduced, left, on, expected, last):
    found = stable("2026-05-01", regime=regime, size=size, reduced=reduced, left=left, on=on)
    assert told(found) == expected
    assert found.figure("last_day") == last
    assert str(found.confidence) == "inferred"


@pytest.mark.parametrize(("regime", "size", "reduced", "ends"), [
    ("erdf", "large", True, [2031]), ("erdf", "micro", False, [2031]), ("erdf", "micro", True, [2029]), ("erdf", "micro", None, [2029, 2031]),
    ("erdf", None, True, [2029, 2031]), ("erdf", None, None, [2029, 2031]), ("erdf", None, False, [2031]), ("erdf", "large", None, [2031]),
    ("gber", "large", None, [2031]), ("gber", "medium", None, [2029]), ("gber", "medium", False, [2029]), ("gber", None, None, [2029, 2031]),
])  # fmt: skip
def test_stability_on_each_day_on_which_its_years_may_end(regime, size, reduced, ends):
    """Who has not left is bound as long as any of the lengths that may hold binds; who left is judged by each of them."""
    days = [dt.date(year, 5, day) for year in (2029, 2030, 2031) for day in (1, 2)]
    for day in days:
        found = stable("2026-05-01", regime=regime, size=size, reduced=reduced, left=None, on=day)
        assert told(found) == ("yes", "kept" if day > dt.date(ends[-1], 5, 1) else "still_bound")
        found = stable("2026-05-01", regime=regime, size=size, reduced=reduced, left=day, on="2032-01-01")
        too_early = [day <= dt.date(year, 5, 1) for year in ends]
        if len(set(too_early)) > 1:
            assert told(found) == ("unknown", "length_unknown")
        else:
            assert told(found) == (("no", "left_too_early") if too_early[0] else ("yes", "kept"))


def test_stability_that_no_source_tells():
    found = stable("2027-05-01", regime="gber", size="small", left=None, on="2028-01-01")
    assert (told(found), str(found.not_knowing)) == (("unknown", "years_unknown"), "unpublished")
    assert told(stable(None, regime="erdf", size="small", left=None, on=NOW)) == ("unknown", "start_unknown")


# Bad input


@pytest.mark.parametrize(("asked", "faults"), [
    (lambda: redetermined(0.1, admitted=0, spent=-1, least_share="70", on="x"), 5),
    (lambda: redetermined(1, admitted=1, spent=Range(3, 2), least_share=None, on=NOW), 1),
    (lambda: interest("a", paid="2026-02-30", returned=None, reference_rate="105%", law="l-241"), 5),
    (lambda: interest(1, paid="2025-02-01", returned="2025-01-31", reference_rate=None, law=None), 1),
    (lambda: relocation(completed="2026-05-01", moved=None, to="Germania", area_bound=1, size="tiny", grant=-1, moved_share=2), 6),
    (lambda: stable("2026-05-01", regime="fesr", size=3, left="2026", on=NOW, reduced="yes"), 4),
    (lambda: stable("2026-05-01", regime="erdf", size=None, left="2026-04-30", on=NOW), 1),
    (lambda: stable("2026-05-01", regime="erdf", size=None, left="2026-12-30", on=NOW), 1),
])  # fmt: skip
def test_every_fault_is_told(asked, faults):
    with pytest.raises(BadFacts) as caught:
        asked()
    assert len(caught.value.faults) == faults


@pytest.mark.parametrize("asked", [
    lambda: interest(1, paid="1998-01-01", returned="1999-01-01", reference_rate="1%", law=None),
    lambda: interest(1, paid="2025-01-01", returned="2026-01-01", reference_rate="1%", law="dlgs-184-2025"),
    lambda: relocation(completed="2017-05-01", moved="2018-07-13", to="DE", area_bound=True, size="small"),
    lambda: stable("2020-01-01", regime="erdf", size="small", left=None, on=NOW),
])  # fmt: skip
def test_law_of_a_day_that_is_not_encoded(asked):
    with pytest.raises(NotEncoded):
        asked()
