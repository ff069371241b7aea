# SPDX-License-Identifier: Apache-2.0
"""Every fault of aids, ledgers, options, supports and questions about them: whose it is, and in which words."""

import datetime as dt
import pickle
from decimal import Decimal
from types import SimpleNamespace

import pytest

from misure.deminimis import (
    Aid,
    Gap,
    Ledger,
    Options,
    RegisterKeys,
    Support,
    cumulate,
    exclusions,
    facts,
    headroom,
    in_scope,
    missing_for_register,
    register_duty,
)
from misure.deminimis.law import ceiling_rows, window
from misure.deminimis.ledgers.succession import shared
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range

ON = "2026-11-22"
A = Aid("A", "alfa", "gen", "2025-05-10", 120000)
B = Aid("B", "beta", "agri", "2024-01-02", "0.07", activity="farm")
KINDS = "state_aid, deminimis, eu_managed, general"


def faults(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    return [(fault.place.path, fault.subject, fault.message) for fault in caught.value.faults]


def aid(**changed):
    right = {"id": "A", "beneficiary": "alfa", "regulation": "gen", "granted_on": "2025-05-10", "amount": 1}
    return Aid(**right | changed)


EMPTY_COST = "it is empty: name the cost, or leave all of them out"
LEAVE_OUT = "it is empty: leave it out where it is not known"


@pytest.mark.parametrize(("changed", "expected"), [
    ({"amount": 0.1}, [("amount", '0.1 is a binary float, which is not exact: write it as text, "0.1"')]), ({"amount": Range(2, 1)}, [("amount", "the range ends at 1.00, below its beginning at 2.00")]),
    ({"amount": Range("x", 1)}, [("amount", "'x' is not a number: write 1234.50")]), ({"granted_on": Range("2025-05-10", "2025-05-09")}, [("granted_on", "the range ends on 2025-05-09, before it begins on 2025-05-10")]),
    ({"granted_on": "1957-12-31"}, [("granted_on", "1957-12-31 is no day of any aid")]), ({"granted_on": "2200-01-01"}, [("granted_on", "2200-01-01 is no day of any aid")]),
    ({"granted_on": Range("1957-12-31", "2200-01-01")}, [("granted_on", "1957-12-31 is no day of any aid"), ("granted_on", "2200-01-01 is no day of any aid")]),
    ({"granted_on": Range("x", "2025-01-01")}, [("granted_on", "'x' is not a date: write YYYY-MM-DD")]), ({"regulation": 5}, [("regulation", "a regulation is a text, one of gen, sgei, agri, fish; got 5")]),
    ({"regulation": "agr"}, [("regulation", "no regulation is called 'agr'; did you mean 'agri'?")]), ({"beneficiary": "alfa\u200b"}, [("beneficiary", "'alfa\\u200b' has a character that does not print, U+200B")]),
    ({"beneficiary": 7}, [("beneficiary", "expected a text; got 7, a number: a code is text, with all its zeros")]), ({"id": ""}, [("id", "it is empty: an aid has an id")]), ({"costs": "c"}, [("costs", "expected several in a row; got 'c'")]),
    ({"costs": {"c": 1}}, [("costs", "expected several in a row; got a mapping")]), ({"costs": b"c"}, [("costs", "expected several in a row; got bytes")]), ({"costs": 5}, [("costs", "expected several in a row; got 5")]),
    ({"costs": ["", "c", 5]}, [("costs", "expected a text; got 5"), ("costs", EMPTY_COST)]), ({"keys": "COR"}, [("keys", "expected a RegisterKeys; got 'COR'")]),
    ({"activity": "", "measure": " "}, [("activity", LEAVE_OUT), ("measure", LEAVE_OUT)]), ({"measure": 5}, [("measure", "expected a text; got 5")]),
])  # fmt: skip
def test_each_fault_of_an_aid(changed, expected):
    name = changed.get("id", "A")
    assert faults(lambda: aid(**changed)) == [(f"<aid {name}>", *one) for one in expected]


@pytest.mark.parametrize("day", ["1958-01-01", "2199-12-31", Range("1958-01-01", "2199-12-31"), Range("2025-01-01", "2025-01-01"), None])  # fmt: skip
def test_the_first_and_the_last_day_of_any_aid(day):
    assert aid(granted_on=day).last == (
        None if day is None else dt.date.fromisoformat(getattr(day, "greatest", day)).toordinal()
    )


def test_an_aid_shows_what_it_was_told():
    assert [aid(granted_on=day).granted_on for day in (None, Range("2025-01-01", "2025-01-01"), Range("2025-01-01", "2025-01-02"))] == [
        None, dt.date(2025, 1, 1), Range(dt.date(2025, 1, 1), dt.date(2025, 1, 2)),
    ]  # fmt: skip
    assert [aid(amount=amount).amount for amount in (None, Range(1, 1), Range(1, 2))] == [
        None,
        Decimal(1),
        Range(Decimal(1), Decimal(2)),
    ]
    assert [repr(aid(granted_on=None)), repr(aid(amount=None)), repr(aid(amount=Range(1, 2)))] == [
        "Aid('A', 'alfa', 'gen', None, '1.00')", "Aid('A', 'alfa', 'gen', '2025-05-10', None)",
        "Aid('A', 'alfa', 'gen', '2025-05-10', Range(least='1.00', greatest='2.00'))",
    ]  # fmt: skip
    assert (aid().costs, aid(costs=[]).costs, aid(costs=["b", "a"]).costs, aid().origin) == (None, (), ("b", "a"), None)
    assert aid().but(beneficiary="beta") == aid(beneficiary="beta")
    known = Aid.known(
        "A",
        "alfa",
        "gen",
        dt.date(2025, 5, 10).toordinal(),
        100,
        costs=("c",),
        measure="m",
        keys=RegisterKeys(car="1"),
        activity="x",
    )
    assert known == aid(costs=["c"], measure="m", keys=RegisterKeys(car="1"), activity="x")


@pytest.mark.parametrize(("ask", "expected"), [
    (lambda: Gap("", ""), [("<gap>", "beneficiary", "it is empty: leave it out where it touches everybody"), ("<gap>", "what", "it is empty: say what is missing")]),
    (lambda: Gap(7, 4), [("<gap>", "beneficiary", "expected a text; got 4, a number: a code is text, with all its zeros"), ("<gap>", "what", "expected a text; got 7")]),
    (lambda: Ledger(5), [("<ledger>", "aids", "expected several in a row; got 5")]), (lambda: Ledger({"A": A}), [("<ledger>", "aids", "expected several in a row; got a mapping")]),
    (lambda: Ledger([5, A, "B", A.but(least=1)], complete_by="", complete_until="x", gaps=["row", Gap("r"), 7]), [
        ("<ledger>", "A", "two aids have this id, and differ: amount 120000.00 and from 0.01 to 120000.00"), ("<ledger>", "aids", "expected an Aid; got 'B'"), ("<ledger>", "aids", "expected an Aid; got 5"),
        ("<ledger>", "complete_by", "it is empty: say who answers for it, or leave it out"), ("<ledger>", "complete_until", "'x' is not a date: write YYYY-MM-DD"),
        ("<ledger>", "gaps", "expected a Gap; got 'row'"), ("<ledger>", "gaps", "expected a Gap; got 7"),
    ]),
    (lambda: Ledger(complete_until=ON), [("<ledger>", "complete_until", "nobody is named who says that the ledger is complete")]),
    (lambda: Ledger([A]).with_aid(5, A.but(most=1), B), [("<ledger>", "A", "two aids have this id, and differ: amount 120000.00 and from 120000.00 to 0.01"), ("<ledger>", "aids", "expected an Aid; got 5")]),
    (lambda: Ledger([A]).without("X", "A", "Y"), [("<ledger>", "X", "the ledger has no such aid"), ("<ledger>", "Y", "the ledger has no such aid")]),
    (lambda: Ledger([A])[5], [("<ledger>", "5", "the ledger has no such aid")]),
    (lambda: Ledger([A]).varied("A", "120000.01"), [("<aid A>", "amount", "more than the 120000.00 granted: an increase is a new aid, granted on its own day")]),
    (lambda: Ledger([A]).varied("A", Range(1, 120001)), [("<aid A>", "amount", "more than the 120000.00 granted: an increase is a new aid, granted on its own day")]),
    (lambda: Ledger([A]).varied("A", -1), [("<aid A>", "amount", "-1 is negative, and an amount of money is not")]),
    (lambda: Ledger([A]).merged("gamma"), [("<merger>", "others", "name who is taken over")]),
    (lambda: Ledger([A]).merged("", "", "x "), [("<merger>", "into", "it is empty: name who takes the others over"), ("<merger>", "others", "'' cannot be merged into itself"), ("<merger>", "others", "it is empty: name who is taken over")]),
    (lambda: Ledger([A]).merged("alfa", "beta", "alfa"), [("<merger>", "others", "'alfa' cannot be merged into itself")]),
    (lambda: Ledger([A]).split("", on="x", by_activity={"": ""}, equity={"": "y", "n": -1}), [
        ("<split>", "by_activity", "it is empty: name its holder"), ("<split>", "by_activity", "it is empty: name the activity"), ("<split>", "equity", "it is empty: name the holder"),
        ("<split>", "equity of ", "'y' is not a number: write 1234.50"), ("<split>", "equity of n", "-1 is negative, and an amount of money is not"),
        ("<split>", "on", "'x' is not a date: write YYYY-MM-DD"), ("<split>", "undertaking", "it is empty: name who is split"),
    ]),
    (lambda: Ledger([A]).split("alfa", on=ON), [("<split>", "equity", "name who takes over which activity, or the equity of each successor")]),
    (lambda: Ledger([A]).split("alfa", on=ON, equity={"n": 0}), [("<split>", "equity", "all are nothing, and nothing can be shared out by them")]),
    (lambda: Ledger([A]).split("alfa", on=ON, equity=[1], by_activity="x"), [("<split>", "by_activity", "expected a mapping; got 'x'"), ("<split>", "equity", "expected a mapping; got a list")]),
    (lambda: Ledger([A, aid(id="U", granted_on=None), aid(id="R", granted_on=Range("2025-12-31", "2026-01-02")), aid(id="X", activity="x")]).split("alfa", on="2026-01-01", by_activity={"y": "n"}), [
        ("<split>", "A", "it was used for an unknown activity: tell the equity of the successors"), ("<split>", "R", "it may have been granted after the split of 2026-01-01: find out its day"),
        ("<split>", "U", "it may have been granted after the split of 2026-01-01: find out its day"), ("<split>", "X", "it was used for the activity 'x', which nobody takes over: tell the equity of the successors"),
    ]),
])  # fmt: skip
def test_each_fault_of_a_ledger(ask, expected):
    assert faults(ask) == expected


@pytest.mark.parametrize(("options", "expected"), [
    ({"convention": "al"}, [("convention", "'al' is none of main, alt, same_day; did you mean alt?")]), ({"convention": None}, [("convention", "expected one of main, alt, same_day; got nothing")]),
    ({"fiscal_year_end": "02-30", "register": 1, "sgei_joint_cap": "x"}, [("fiscal_year_end", "'02-30' is no day of the year: write month and day, 12-31"), ("register", "expected True, False or None; got 1"), ("sgei_joint_cap", "expected True, False or None; got 'x'")]),
    *(({"fiscal_year_end": day}, [("fiscal_year_end", f"{day!r} is no day of the year: write month and day, 12-31")]) for day in ("04-31", "00-10", "13-01", "12-32", "12-00", "1-1", 5)),
])  # fmt: skip
def test_each_fault_of_options(options, expected):
    assert faults(lambda: Options(**options)) == [("<options>", *one) for one in expected]


@pytest.mark.parametrize("day", ["01-31", "02-29", "04-30", "06-30", "09-30", "11-30", "12-31", "12-01", "10-10"])
def test_the_last_day_of_a_financial_year(day):
    assert Options(fiscal_year_end=day).year_end == tuple(map(int, day.split("-")))
    assert (Options().year_end, Options().begins, Options(convention="alt").begins) == ((12, 31), "main", "alt")


@pytest.mark.parametrize(("ask", "expected"), [
    (lambda: Support("", "stateaid", -1, costs=["a", "a", ""], max_intensity="-5%", max_amount=0.1, service=""), [
        ("<support >", "amount", "-1 is negative, and an amount of money is not"), ("<support >", "costs", "a cost is named twice"), ("<support >", "costs", EMPTY_COST),
        ("<support >", "id", "it is empty: a support has an id"), ("<support >", "kind", f"'stateaid' is none of {KINDS}; did you mean state_aid?"),
        ("<support >", "max_amount", '0.1 is a binary float, which is not exact: write it as text, "0.1"'), ("<support >", "max_intensity", "-5% is below zero, and no such rate is used"),
        ("<support >", "service", "it is empty: leave it out where there is none"),
    ]),
    (lambda: Support("s", None, 1, costs="c"), [("<support s>", "costs", "expected several in a row; got 'c'"), ("<support s>", "kind", f"expected one of {KINDS}; got nothing")]),
    (lambda: cumulate({"a": -1, "": 5}, [Support("x", "general", 1, costs=["b", "c"]), Support("x", "general", 1), None, "y"], on="soon"), [
        ("<cumulation>", "costs", "it is empty: name the cost"), ("<cumulation>", "costs.a", "-1 is negative, and an amount of money is not"), ("<cumulation>", "on", "'soon' is not a date: write YYYY-MM-DD"),
        ("<cumulation>", "supports", "expected a Support; got 'y'"), ("<cumulation>", "supports", "expected a Support; got 0"), ("<cumulation>", "x", "it is tied to 'b', which is none of the costs"),
        ("<cumulation>", "x", "it is tied to 'c', which is none of the costs"), ("<cumulation>", "x", "two supports have this id"),
    ]),
    (lambda: cumulate({}, [], on=ON), [("<cumulation>", "costs", "expected at least one cost with its amount; got an empty mapping")]), (lambda: cumulate(["a"], 5, on=ON), [("<cumulation>", "costs", "expected at least one cost with its amount; got a list"), ("<cumulation>", "supports", "expected several in a row; got 5")]),
    (lambda: cumulate({"a": 0, "b": 0, "c": 1}, [Support("x", "general", 1, costs=["a", "b"]), Support("y", "general", 1, costs=["a", "c"])], on=ON), [("<cumulation>", "x", "it is tied to costs of nothing")]),
    (lambda: register_duty("x", "agric"), [("<register>", "granted_on", "'x' is not a date: write YYYY-MM-DD"), ("<register>", "regulation", "no regulation is called 'agric'; did you mean 'agri'?")]),
    (lambda: missing_for_register("A"), [("<register>", "aid", "expected an Aid; got 'A'")]), (lambda: missing_for_register(aid(granted_on=Range("2025-01-01", "2025-01-02"))), [("<register>", "A", "the day on which it was granted is not known")]),
    (lambda: in_scope(on=ON, aided=["export", "zzz"], also_active_in="x", separated=1), [
        ("<scope>", "aided", "no exclusion is called 'export'; did you mean 'export_aid'?"), ("<scope>", "aided", f"no exclusion is called 'zzz'; they are {', '.join(one.name for one in exclusions(ON))}, road_freight_vehicles"),
        ("<scope>", "also_active_in", "expected several in a row; got 'x'"), ("<scope>", "separated", "expected a yes or no; got 1"),
    ]),
    (lambda: exclusions("now"), [("<scope>", "on", "'now' is not a date: write YYYY-MM-DD")]), (lambda: ceiling_rows("x"), [("<law>", "regulation", "no regulation is called 'x'; they are gen, sgei, agri, fish")]),
    (lambda: window("x", "gen"), [("<law>", "day", "expected the ordinal of a day (date.toordinal()); got 'x'")]), (lambda: window(True, "gen"), [("<law>", "day", "expected the ordinal of a day (date.toordinal()); got true")]),
    (lambda: facts(Ledger(()), "alfa", applicant="beta", on="2025-02-30"), [("<facts>", "applicant", "'beta' does not belong to the single undertaking"), ("<facts>", "on", "2025-02-30 does not exist: February 2025 has 28 days")]),
    (lambda: facts(Ledger(()), "alfa", applicant="alfa", on="2025-02-30"), [("<facts>", "on", "2025-02-30 does not exist: February 2025 has 28 days")]), (lambda: facts(Ledger(()), [], applicant="alfa", on=ON), [("<facts>", "undertaking", "nobody belongs to it: name at least one undertaking")]),
    (lambda: headroom(Ledger(()), SimpleNamespace(members=[3, ""], possible="x", by_person=[4], by_body=5), on=ON), [
        ("<headroom>", "undertaking", "expected a text; got 3, a number: a code is text, with all its zeros"), ("<headroom>", "undertaking", "it is empty: name the undertaking"), ("<headroom>", "undertaking.by_body", "expected several in a row; got 5"),
        ("<headroom>", "undertaking.by_person", "expected a text; got 4, a number: a code is text, with all its zeros"), ("<headroom>", "undertaking.possible", "expected several in a row; got 'x'"),
    ]),
    (lambda: headroom(Ledger(()), b"alfa", on=ON), [("<headroom>", "undertaking", "expected one codice fiscale or name, or several in a row; got bytes")]),
])  # fmt: skip
def test_each_fault_of_a_question(ask, expected):
    assert faults(ask) == expected


@pytest.mark.parametrize(("ask", "first", "last"), [
    (lambda on: headroom(Ledger(()), "alfa", on=on), "2014-01-01", "2031-06-30"), (exclusions, "2024-01-01", None), (lambda on: register_duty(on, "sgei"), "2024-01-01", "2031-06-30"),
])  # fmt: skip
def test_law_from_its_first_day_to_its_last(ask, first, last):
    ask(first)
    for day, step in ((first, -1), (last, 1)):
        if day is not None:
            ask(day)
            with pytest.raises(NotEncoded):
                ask(dt.date.fromisoformat(day) + dt.timedelta(days=step))


def test_a_ledger_as_a_value():
    book = Ledger([A, B], complete_by="x", complete_until=ON, gaps=[Gap("b"), Gap("a", "alfa"), Gap("b")])
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 - our own bytes
    assert (again, hash(again), again.gaps, again.complete_until) == (
        book,
        hash(book),
        book.gaps,
        dt.date(2026, 11, 22),
    )
    assert len(book.gaps) == 2
    for other in (
        Ledger([A, B], complete_by="x", complete_until=ON),
        Ledger([A, B], complete_by="y", complete_until=ON, gaps=book.gaps),
        Ledger([A, B], complete_by="x", gaps=book.gaps),
        5,
    ):
        assert book != other
    assert (book.complete, Ledger(complete_by="x").complete, Ledger().complete) == (False, True, False)
    assert (repr(book), repr(Ledger([A], complete_by="x"))) == (
        "<Ledger of 2 aids, not complete>",
        "<Ledger of 1 aids, complete by 'x'>",
    )
    for change in (lambda: setattr(book, "gaps", ()), lambda: delattr(book, "gaps")):
        with pytest.raises(AttributeError, match="a Ledger never changes: 'gaps' cannot be"):
            change()


def test_parts_of_a_split():
    assert shared(100, {"c": 1, "b": 1, "a": 1}) == {"a": 34, "b": 33, "c": 33}
    assert shared(5, {"a": 1, "b": 3, "c": 0}) == {"a": 1, "b": 4, "c": 0}
    ranged = Ledger([aid(amount=Range("0.03", "0.05"))]).split("alfa", on=ON, equity={"n": 1, "m": 1})
    assert [(one.id, one.least, one.most, one.origin) for one in ranged] == [
        ("A/m", 1, 3, ("A", "alfa")),
        ("A/n", 1, 3, ("A", "alfa")),
    ]
    unknown = Ledger([aid(amount=None)]).split("alfa", on=ON, equity={"n": 1})
    assert [(one.least, one.most) for one in unknown] == [(0, None)]
    same_day = Ledger([aid(granted_on="2026-01-01"), aid(id="L", granted_on="2026-01-02")]).split(
        "alfa", on="2026-01-01", equity={"n": 1}
    )
    assert [one.id for one in same_day] == ["L", "A/n"]
    again = ranged.split("n", on=ON, equity={"k": 1}).merged("z", "k")
    assert again["A/n/k"].origin == ("A", "alfa")


def test_facts_of_a_ledger_leave_out_what_is_not_exact():
    book = Ledger(
        [
            A,
            aid(id="D", granted_on=None),
            aid(id="R", granted_on=Range("2025-01-01", "2025-01-02"), amount=Range(1, 2)),
            aid(id="U", amount=None),
            aid(id="P", beneficiary="gamma"),
        ],
        complete_by="x",
    )
    found = facts(book, SimpleNamespace(members=["beta", "alfa"], possible=["gamma"]), applicant="alfa", on=ON)
    by_id = {
        one["cor"]: (one.get("granted_on"), one.get("amount"), one["beneficiary"]) for one in found["deminimis_aids"]
    }
    assert by_id == {
        "A": ("2025-05-10", "120000.00", "alfa"), "D": (None, "1.00", "alfa"), "R": (None, None, "alfa"), "U": ("2025-05-10", None, "alfa"),
        "P": ("2025-05-10", "1.00", "gamma"),
    }  # fmt: skip
    assert found["control_relations"] == [
        {"id": "alfa-beta", "controller": "alfa", "controlled": "beta", "control": True}, {"id": "alfa-gamma", "controller": "alfa", "controlled": "gamma"},
    ]  # fmt: skip
    assert found["codice_fiscale"] == "alfa"
    possible_gap = Ledger(complete_by="x", gaps=[Gap("g", "gamma")])
    assert facts(possible_gap, SimpleNamespace(members=["alfa"], possible=["gamma"]), applicant="alfa", on=ON)[
        "deminimis_aids"
    ] == {"records": [], "complete": False}
    assert facts(Ledger(), "alfa", applicant="alfa", on=ON)["deminimis_aids"] == {"records": [], "complete": False}
