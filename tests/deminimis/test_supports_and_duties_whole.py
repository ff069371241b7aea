# SPDX-License-Identifier: Apache-2.0
"""All that is said of supports of the same costs, of the duty to register, and of the field of application."""

import pytest

from misure.deminimis import Support, cumulate, exclusions, in_scope, register_duty
from misure.ground.ranges import Range

ON = "2026-11-22"


def s(value):
    if value is None:
        return "-"
    return f"{value.least} to {value.greatest}" if isinstance(value, Range) else str(value)


def cited(one):
    return f"{one.act.id} {one.at}".strip().replace("prassi divieto di doppio finanziamento", "prassi")


def sup(name, amount, *costs, kind="state_aid", **more):
    return Support(name, kind, amount, costs=costs, **more)


def chk(one):
    left = f"left {s(one.left_at_least)} to {s(one.left_at_most)}"
    return f"{one.rule} {one.cost}: {s(one.counted)} of {s(one.limit)}, {left}, {one.truth}, {cited(one.citation)}"


def cu(costs, supports, on=ON):
    found = cumulate(costs, supports, on=on)
    assert (found.convention, found.broken) == ("pro_rata", tuple(one for one in found.checks if one.truth == "no"))
    return (
        f"{found.outcome} {found.confidence} aid {s(found.state_aid)} public {s(found.total_public)}",
        list(map(chk, found.checks)),
        list(map(cited, found.citations)),
    )


def rd(day, regulation="gen"):
    duty = register_duty(day, regulation)
    days = f"{duty.applies} by {duty.by} {duty.working_days} keep {duty.keep_until}"
    return f"{days} {cited(duty.citation)}", None if duty.fields is None else list(duty.fields)


def sc(**asked):
    found = in_scope(on=ON, **asked)
    excluded = [f"{one.name} {one.sector}" for one in found.excluded_by]
    return f"{found.holds}", excluded, list(map(cited, found.citations))


FIELDS = ["beneficiary", "amount", "granted_on", "authority", "instrument", "sector"]
ALL = [
    *(f"reg-2023-2831 art. 1, par. 1, lett. {letter}" for letter in ("a", "b", "c", "d, i", "d, ii", "e", "f")),
    "reg-2023-2831 art. 1",
]


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: cu({"m": 100000},[]),
     ("yes inferred aid 0.00 public 0.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi"],
      ["prassi"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%"),sup("d",20000,"m",kind="deminimis")]),
     ("yes inferred aid 50000.00 public 50000.00",
      ["same_costs m: 50000.00 of 50000.00, left 0.00 to 0.00, yes, reg-2023-2831 art. 5, par. 3", "total_public m: 50000.00 of 100000.00, left 50000.00 to 50000.00, yes, prassi"],
      ["reg-2023-2831 art. 5, par. 3", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%"),sup("d","20000.01","m",kind="deminimis")]),
     ("no secondary aid 50000.01 public 50000.01",
      ["same_costs m: 50000.01 of 50000.00, left 0.00 to 0.00, no, reg-2023-2831 art. 5, par. 3", "total_public m: 50000.01 of 100000.00, left 49999.99 to 49999.99, yes, prassi"],
      ["reg-2023-2831 art. 5, par. 3"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_amount=40000)]),
     ("yes inferred aid 30000.00 public 30000.00",
      ["same_costs m: 30000.00 of 40000.00, left 10000.00 to 10000.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public m: 30000.00 of 100000.00, left 70000.00 to 70000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%",max_amount=20000)]),
     ("no inferred aid 30000.00 public 30000.00",
      ["same_costs m: 30000.00 of 20000.00, left 0.00 to 0.00, no, reg-651-2014 art. 8, par. 3, 5", "total_public m: 30000.00 of 100000.00, left 70000.00 to 70000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m")]),
     ("unknown inferred aid 30000.00 public 30000.00",
      ["same_costs m: 30000.00 of -, left 0.00 to -, unknown, reg-651-2014 art. 8, par. 3, 5", "total_public m: 30000.00 of 100000.00, left 70000.00 to 70000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%"),sup("h",10,"m",max_intensity="70%")]),
     ("yes inferred aid 30010.00 public 30010.00",
      ["same_costs m: 30010.00 of 70000.00, left 39990.00 to 39990.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public m: 30010.00 of 100000.00, left 69990.00 to 69990.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%"),sup("h",10,"m")]),
     ("yes inferred aid 30010.00 public 30010.00",
      ["same_costs m: 30010.00 of -, left 19990.00 to -, yes, reg-651-2014 art. 8, par. 3, 5", "total_public m: 30010.00 of 100000.00, left 69990.00 to 69990.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[Support("g","state_aid",30000,costs=None,max_intensity="50%")]),
     ("yes inferred aid 30000.00 public 30000.00",
      ["same_costs m: 0.00 to 30000.00 of -, left 20000.00 to -, yes, reg-651-2014 art. 8, par. 3, 5", "total_public m: 0.00 to 30000.00 of 100000.00, left 70000.00 to 100000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[Support("g","state_aid",60000,costs=None,max_intensity="50%")]),
     ("unknown inferred aid 60000.00 public 60000.00",
      ["same_costs m: 0.00 to 60000.00 of -, left 0.00 to -, unknown, reg-651-2014 art. 8, par. 3, 5", "total_public m: 0.00 to 60000.00 of 100000.00, left 40000.00 to 100000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"m": 100000},[Support("g","state_aid",60000,costs=None,max_amount=50000)]),
     ("unknown inferred aid 60000.00 public 60000.00",
      ["same_costs m: 0.00 to 60000.00 of -, left 0.00 to -, unknown, reg-651-2014 art. 8, par. 3, 5", "total_public m: 0.00 to 60000.00 of 100000.00, left 40000.00 to 100000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"m": 100000},[sup("g",None,"m",max_intensity="50%")]),
     ("unknown inferred aid - public -",
      ["same_costs m: - of 50000.00, left 0.00 to 50000.00, unknown, reg-651-2014 art. 8, par. 3, 5", "total_public m: - of 100000.00, left 0.00 to 100000.00, unknown, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g",Range(1,60000),"m",max_intensity="50%")]),
     ("unknown inferred aid 1.00 to 60000.00 public 1.00 to 60000.00",
      ["same_costs m: 1.00 to 60000.00 of 50000.00, left 0.00 to 49999.00, unknown, reg-651-2014 art. 8, par. 3, 5", "total_public m: 1.00 to 60000.00 of 100000.00, left 40000.00 to 99999.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"m": 100000},[sup("g",60,"m",kind="eu_managed",max_intensity="30%")]),
     ("yes inferred aid 0.00 public 60.00",
      ["eu_managed m: 60.00 of 30000.00, left 29940.00 to 29940.00, yes, reg-651-2014 art. 8, par. 2", "total_public m: 60.00 of 100000.00, left 99940.00 to 99940.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 2", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g",60,"m",kind="eu_managed"),sup("h",10,"m",max_intensity="50%")]),
     ("yes inferred aid 10.00 public 70.00",
      ["same_costs m: 10.00 of 50000.00, left 49990.00 to 49990.00, yes, reg-651-2014 art. 8, par. 3, 5", "eu_managed m: 70.00 of -, left 49930.00 to -, yes, reg-651-2014 art. 8, par. 2", "total_public m: 70.00 of 100000.00, left 99930.00 to 99930.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "reg-651-2014 art. 8, par. 2", "prassi"])),
    (lambda: cu({"m": 100000},[Support("g","eu_managed",60,costs=None,max_intensity="30%"),sup("h",10,"m",max_intensity="50%")]),
     ("yes inferred aid 10.00 public 70.00",
      ["same_costs m: 10.00 of 50000.00, left 49990.00 to 49990.00, yes, reg-651-2014 art. 8, par. 3, 5", "eu_managed m: 10.00 to 70.00 of -, left 49930.00 to -, yes, reg-651-2014 art. 8, par. 2", "total_public m: 10.00 to 70.00 of 100000.00, left 99930.00 to 99990.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "reg-651-2014 art. 8, par. 2", "prassi"])),
    (lambda: cu({"m": 100000},[sup("g","100000.01","m",kind="general")]),
     ("no inferred aid 0.00 public 100000.01",
      ["total_public m: 100000.01 of 100000.00, left 0.00 to 0.00, no, prassi"],
      ["prassi"])),
    (lambda: cu({"m": 100000},[sup("g",100000,"m",kind="general")]),
     ("yes inferred aid 0.00 public 100000.00",
      ["total_public m: 100000.00 of 100000.00, left 0.00 to 0.00, yes, prassi"],
      ["prassi"])),
    (lambda: cu({"m": 100000},[sup("s",400000,max_amount=500000),sup("r",100000,max_amount=600000)]),
     ("yes inferred aid 500000.00 public 500000.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi", "no_identifiable_costs None: 500000.00 of 600000.00, left 100000.00 to 100000.00, yes, reg-651-2014 art. 8, par. 4"],
      ["prassi", "reg-651-2014 art. 8, par. 4"])),
    (lambda: cu({"m": 100000},[sup("s",400000,max_amount=500000),sup("r","200000.01",max_amount=600000)]),
     ("no inferred aid 600000.01 public 600000.01",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi", "no_identifiable_costs None: 600000.01 of 600000.00, left 0.00 to 0.00, no, reg-651-2014 art. 8, par. 4"],
      ["reg-651-2014 art. 8, par. 4"])),
    (lambda: cu({"m": 100000},[sup("s",400000,max_amount=500000),sup("r",5)]),
     ("yes inferred aid 400005.00 public 400005.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi", "no_identifiable_costs None: 400005.00 of -, left 99995.00 to -, yes, reg-651-2014 art. 8, par. 4"],
      ["prassi", "reg-651-2014 art. 8, par. 4"])),
    (lambda: cu({"m": 100000},[sup("s",5,kind="deminimis",service="bus"),sup("b",7,kind="general",service="bus")]),
     ("no inferred aid 5.00 public 12.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi", "same_service bus: 12.00 of 0.00, left 0.00 to 0.00, no, reg-2023-2832 art. 5"],
      ["reg-2023-2832 art. 5"])),
    (lambda: cu({"m": 100000},[sup("s",5,kind="state_aid",service="bus"),sup("b",7,kind="general",service="bus")]),
     ("unknown inferred aid 5.00 public 12.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi", "no_identifiable_costs None: 5.00 of -, left 0.00 to -, unknown, reg-651-2014 art. 8, par. 4"],
      ["reg-651-2014 art. 8, par. 4"])),
    (lambda: cu({"m": 100000},[sup("s",5,kind="deminimis",service="bus")]),
     ("yes inferred aid 5.00 public 5.00",
      ["total_public m: 0.00 of 100000.00, left 100000.00 to 100000.00, yes, prassi"],
      ["prassi"])),
    (lambda: cu({"a": 40000, "b": 40000, "c": 20000},[sup("g",30000,"a","c",max_intensity="50%")]),
     ("yes inferred aid 30000.00 public 30000.00",
      ["same_costs a: 20000.00 of 20000.00, left 0.00 to 0.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public a: 20000.00 of 40000.00, left 20000.00 to 20000.00, yes, prassi", "total_public b: 0.00 of 40000.00, left 40000.00 to 40000.00, yes, prassi", "same_costs c: 10000.00 of 10000.00, left 0.00 to 0.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public c: 10000.00 of 20000.00, left 10000.00 to 10000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"a": 40000, "c": 20000},[sup("g",30000,"a","c",max_amount=15000)]),
     ("no inferred aid 30000.00 public 30000.00",
      ["same_costs a: 20000.00 of 10000.00, left 0.00 to 0.00, no, reg-651-2014 art. 8, par. 3, 5", "total_public a: 20000.00 of 40000.00, left 20000.00 to 20000.00, yes, prassi", "same_costs c: 10000.00 of 5000.00, left 0.00 to 0.00, no, reg-651-2014 art. 8, par. 3, 5", "total_public c: 10000.00 of 20000.00, left 10000.00 to 10000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5"])),
    (lambda: cu({"x": "33.33", "y": "66.67"},[sup("g","33.33","x","y",kind="deminimis")]),
     ("yes inferred aid 33.33 public 33.33",
      ["total_public x: 11.11 of 33.33, left 22.22 to 22.22, yes, prassi", "total_public y: 22.22 of 66.67, left 44.44 to 44.44, yes, prassi"],
      ["prassi"])),
    (lambda: cu({"a": 0, "b": 10},[sup("g",5,"a","b",max_intensity="50%")]),
     ("yes inferred aid 5.00 public 5.00",
      ["same_costs a: 0.00 of 0.00, left 0.00 to 0.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public a: 0.00 of 0.00, left 0.00 to 0.00, yes, prassi", "same_costs b: 5.00 of 5.00, left 0.00 to 0.00, yes, reg-651-2014 art. 8, par. 3, 5", "total_public b: 5.00 of 10.00, left 5.00 to 5.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 3, 5", "prassi"])),
    (lambda: cu({"m": 100000},[sup("d",60,"m",kind="deminimis")],"2028-03-01"),
     ("yes inferred aid 60.00 public 60.00",
      ["total_public m: 60.00 of 100000.00, left 99940.00 to 99940.00, yes, prassi"],
      ["prassi"])),
    (lambda: cu({"m": 100000},[sup("g",30000,"m",max_intensity="50%"),sup("d",30000,"m",kind="deminimis")],"2023-12-31"),
     ("no inferred aid 60000.00 public 60000.00",
      ["same_costs m: 60000.00 of 50000.00, left 0.00 to 0.00, no, reg-651-2014 art. 8, par. 5", "total_public m: 60000.00 of 100000.00, left 40000.00 to 40000.00, yes, prassi"],
      ["reg-651-2014 art. 8, par. 5"])),
])  # fmt: skip
def test_supports_of_the_same_costs(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: rd("2025-12-31"),
     ("no by None None keep None reg-2023-2831 art. 6, par. 1",
      [])),
    (lambda: rd("2026-01-01"),
     ("yes by 2026-01-30 20 keep 2036-01-01 reg-2023-2831 art. 6, par. 1-3",
      FIELDS)),
    (lambda: rd("2028-02-29"),
     ("yes by 2028-03-28 20 keep 2038-02-28 reg-2023-2831 art. 6, par. 1-3",
      FIELDS)),
    (lambda: rd("2026-01-01","sgei"),
     ("yes by 2026-01-30 20 keep 2036-01-01 reg-2023-2832 art. 6",
      FIELDS)),
    (lambda: rd("2026-12-31","agri"),
     ("no by None None keep None reg-2024-3118 art. 1",
      [])),
    (lambda: rd("2027-01-01","agri"),
     ("yes by None None keep None reg-2024-3118 art. 1",
      FIELDS)),
    (lambda: rd("2026-11-22","fish"),
     ("unknown by None None keep None reg-2023-2391 art. 1",
      None)),
])  # fmt: skip
def test_the_duty_to_register(ask, told):
    assert ask() == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: sc(aided=[]),
     ("yes",
      [],
      ALL)),
    (lambda: sc(aided=["export_aid"]),
     ("no",
      ["export_aid False"],
      ["reg-2023-2831 art. 1, par. 1, lett. e"])),
    (lambda: sc(aided=["primary_agriculture","export_aid"],separated=True),
     ("no",
      ["primary_agriculture True", "export_aid False"],
      ["reg-2023-2831 art. 1, par. 1, lett. c", "reg-2023-2831 art. 1, par. 1, lett. e"])),
    (lambda: sc(aided=[],also_active_in=["primary_agriculture"]),
     ("unknown",
      ["primary_agriculture True"],
      ["reg-2023-2831 art. 1, par. 1, lett. c", "reg-2023-2831 art. 1, par. 2"])),
    (lambda: sc(aided=[],also_active_in=["primary_agriculture"],separated=True),
     ("yes",
      [],
      ["reg-2023-2831 art. 1, par. 2"])),
    (lambda: sc(aided=[],also_active_in=["primary_agriculture","primary_fishery"],separated=False),
     ("no",
      ["primary_agriculture True", "primary_fishery True"],
      ["reg-2023-2831 art. 1, par. 1, lett. c", "reg-2023-2831 art. 1, par. 1, lett. a", "reg-2023-2831 art. 1, par. 2"])),
    (lambda: sc(aided=None),
     ("unknown",
      [],
      ALL)),
    (lambda: sc(aided=None,separated=True),
     ("unknown",
      [],
      ALL)),
    (lambda: sc(aided=[],also_active_in=None),
     ("unknown",
      [],
      ALL)),
    (lambda: sc(aided=[],also_active_in=None,separated=False),
     ("unknown",
      [],
      ALL)),
    (lambda: sc(aided=[],also_active_in=None,separated=True),
     ("yes",
      [],
      ALL)),
    (lambda: sc(aided=None,also_active_in=["primary_fishery"],separated=False),
     ("no",
      ["primary_fishery True"],
      ["reg-2023-2831 art. 1, par. 1, lett. a", "reg-2023-2831 art. 1, par. 2"])),
    (lambda: sc(aided=None,also_active_in=["primary_fishery"]),
     ("unknown",
      ["primary_fishery True"],
      ["reg-2023-2831 art. 1, par. 1, lett. a", "reg-2023-2831 art. 1, par. 2"])),
    (lambda: sc(aided=[],also_active_in=["export_aid"],separated=False),
     ("yes",
      [],
      ALL)),
    (lambda: sc(aided=["road_freight_vehicles"]),
     ("yes",
      [],
      ALL)),
])  # fmt: skip
def test_the_field_of_application(ask, told):
    assert ask() == told


def test_what_is_excluded():
    assert [f"{one.name} {one.sector} {one.citation.at.rpartition('lett. ')[2]}" for one in exclusions(ON)] == [
        "primary_fishery True a", "fishery_processing_by_price True b", "primary_agriculture True c",
        "agricultural_processing_by_price True d, i", "agricultural_processing_passed_on True d, ii", "export_aid False e",
        "domestic_goods False f",
    ]  # fmt: skip
    assert exclusions("2024-01-01") == exclusions("2031-06-30") == exclusions(ON)


def test_what_is_left_on_a_cost():
    found = cumulate({"m": 100000, "t": 10}, [sup("g", Range(1, 60000), "m", max_intensity="50%")], on=ON)
    assert [s(found.left_on(cost)) for cost in ("m", "t", "z")] == ["0.00 to 49999.00", "10.00", "-"]
    third = cumulate({"m": 100}, [sup("g", 1, "m", max_intensity="0.33333")], on=ON)
    assert s(third.left_on("m")) == "32.33"
