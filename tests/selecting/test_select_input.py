# SPDX-License-Identifier: Apache-2.0
"""Applications in every form in which they may be handed over, and the place, the subject and the words of each fault."""

import datetime as dt

import pytest

import misure
from misure import Application
from misure.deciding.machinery import compiled
from misure.ground.clock import instant
from misure.ground.place import Place
from misure.selecting.applications import applications_of, is_an_id
from tests.selecting.chosen_measure import ON, ONE_POT, application, three
from tests.selecting.test_select_envelopes import TWO_WINDOWS, UNPUBLISHED

FACTS = {"active": True, "costs": "10000", "points_given": 90, "firm": "01234560157", "place": "mi"}
FILE = "domande.csv"


def faults(one, told, **options):
    with pytest.raises(misure.BadFacts) as caught:
        one.select(told, **({"on": ON} | options))
    return [str(fault) for fault in caught.value.faults]


# Forms


@pytest.mark.parametrize(
    "given",
    [
        {"a": FACTS},
        [Application("a", FACTS)],
        iter([Application("a", FACTS)]),
        ({"id": "a", "facts": FACTS},),
        [{"id": "a", "facts": FACTS, "filed_at": None, "admitted": None, "window": None}],
    ],
    ids=["a mapping", "a list", "an iterator", "mappings", "mappings with what the office says"],
)
def test_applications_in_every_form(measure, given) -> None:
    selection = measure("stops").select(given, on=ON)
    assert [(p.id, str(p.standing), str(p.amount)) for p in selection] == [("a", "funded", "5000.00")]
    assert selection["a"].filed_on is None


def test_facts_may_be_a_json_text_or_not_there_at_all(measure) -> None:
    selection = measure("stops", budget="99000.00 EUR").select([Application("a", '{"active": true, "costs": "4000", "points_given": 90}'),
                                         Application("b"), {"id": "c"}], on=ON)  # fmt: skip
    assert str(selection["a"].amount) == "2000.00"
    assert [str(selection[name].admitted) for name in "abc"] == ["yes", "unknown", "unknown"]


def test_an_application_shows_its_id_and_has_nothing_else_by_default() -> None:
    one = Application("D-1")
    assert repr(one) == "Application('D-1')"
    assert (one.facts, one.filed_at, one.admitted, one.window, one.places, one.text_source) == (None,) * 5 + (False,)
    assert str(one.place) == "<applications>"


@pytest.mark.parametrize("filed_at", [
    "2024-02-01T09:00:00", dt.datetime(2024, 2, 1, 8, tzinfo=dt.UTC), instant("2024-02-01T09:00:00"),
])  # fmt: skip
def test_an_instant_of_filing_in_every_form_tells_its_day(measure, filed_at) -> None:
    selection = measure("stops").select([Application("a", FACTS, filed_at=filed_at)], on=ON)
    assert selection["a"].filed_on == dt.date(2024, 2, 1)
    assert dict(selection["a"].order)["filed_at"] == "2024-02-01T09:00:00+01:00"
    assert selection.receipt["applications"] == [
        {"id": "a", "filed_at": "2024-02-01T09:00:00+01:00", "facts": compiled(selection["a"].decision).dossier.said()}
    ]


def test_an_instant_that_agrees_with_the_day_that_is_told(measure) -> None:
    one = measure("stops")
    told = [Application("a", FACTS | {"filed_on": "2024-02-01"}, filed_at="2024-02-01T23:59")]
    assert one.select(told, on=ON)["a"].filed_on == dt.date(2024, 2, 1)
    day_alone = one.select({"a": FACTS | {"filed_on": "2024-02-02"}}, on=ON)["a"]
    assert (day_alone.filed_on, dict(day_alone.order)["filed_at"]) == (dt.date(2024, 2, 2), None)


@pytest.mark.parametrize("decided", [False, True])
def test_what_is_not_filed_yet_has_no_instant_of_filing(measure, decided) -> None:
    one = measure("stops")
    waiting = one.decide(FACTS | {"filed_on": "not_yet"}, on=ON) if decided else FACTS | {"filed_on": "not_yet"}
    for filed_at, day in (("2024-02-01T09:00", "2024-02-01"), ("2024-06-01T09:00", "2024-06-01")):
        assert faults(one, [Application("a", waiting, filed_at=filed_at)]) == [
            f"<applications>: a.filed_on: filed_on is not_yet, and the instant of filing lies on {day}"
        ]
    untold = one.decide(FACTS, on=ON) if decided else FACTS
    assert one.select([Application("a", untold, filed_at="2024-02-01T09:00")], on=ON)["a"].admitted == "yes"


@pytest.mark.parametrize(("admitted", "truth"), [
    (True, "yes"), (False, "no"), ("true", "yes"), ("FALSE", "no"), ("yes", "yes"), ("No", "no"), (None, "yes"),
])  # fmt: skip
def test_what_the_office_says_of_admission(measure, admitted, truth) -> None:
    selection = measure("stops").select([Application("a", FACTS, admitted=admitted)], on=ON)
    assert selection["a"].admitted == truth
    said = {"yes": True, "no": False}[truth]
    told = [
        {"id": "a", "facts": compiled(selection["a"].decision).dossier.said()}
        | ({} if admitted is None else {"admitted": said})
    ]
    assert selection.receipt["applications"] == told


def test_what_is_filed_on_the_day_of_the_question_is_filed_in_time(measure) -> None:
    one = measure("stops")
    on_the_day = one.select([Application("a", FACTS, filed_at="2024-06-01T23:59:59")], on=ON)
    assert on_the_day["a"].filed_on == ON
    assert faults(one, [Application("a", FACTS, filed_at="2024-06-02T00:00:00")]) == [
        "<applications>: a.filed_at: filed on 2024-06-02, after 2024-06-01, the day of the question"
    ]


# Ids


@pytest.mark.parametrize(
    ("text", "good"),
    [("a", True), ("a b", True), ("à/1", True), ("x" * 100, True), ("x" * 101, False), ("", False), (" ", False),
     ("a\n", False), ("a\tb", False), ("\x00", False)],
)  # fmt: skip
def test_an_id_is_a_printable_text_of_one_to_a_hundred_characters(measure, text, good) -> None:
    assert is_an_id(text) is good
    if good:
        assert text in measure("stops").select({text: FACTS}, on=ON)
    else:
        (fault,) = faults(measure("stops"), {text: FACTS})
        assert fault.endswith(": an id is a printable text of 1 to 100 characters")


@pytest.mark.parametrize("wrong", [None, 3, b"a", ["a"]])
def test_an_id_is_a_text(measure, wrong) -> None:
    (fault,) = faults(measure("stops"), [Application(wrong, FACTS)])
    assert fault.endswith(": an id is a printable text of 1 to 100 characters")
    assert fault.startswith("<applications>: ")


def test_an_id_that_stands_twice_names_the_line_of_the_first(measure) -> None:
    told = [Application("a", FACTS, place=Place(FILE, 2, 1)), Application("b", FACTS, place=Place(FILE, 3, 1)),
            Application("a", FACTS, place=Place(FILE, 4, 1)), Application("a", FACTS, place=Place(FILE, 5, 1))]  # fmt: skip
    one = measure("stops")
    assert faults(one, told) == [
        "domande.csv:4:1: a: two applications have this id, first at domande.csv:2:1",
        "domande.csv:5:1: a: two applications have this id, first at domande.csv:2:1",
    ]
    assert faults(one, [Application("a", FACTS), Application("a", FACTS)]) == [
        "<applications>: a: two applications have this id"
    ]


# Forms that are none


def test_what_is_no_application_is_told_with_its_number(measure) -> None:
    told = [
        Application("a", FACTS),
        3,
        {"facts": FACTS},
        {"id": "b", "fact": {}, "windows": "x"},
        {"id": "c", "facts": FACTS},
        None,
    ]
    one = measure("stops")
    assert faults(one, told) == [
        "<applications>: [1]: expected an application; got 3",
        "<applications>: [2]: an application needs its id",
        "<applications>: [3]: an application has no 'fact'; did you mean 'facts'?",
        "<applications>: [3]: an application has no 'windows'; did you mean 'window'?",
        "<applications>: [5]: expected an application; got nothing",
    ]
    assert faults(one, [{"fact": FACTS}]) == [
        "<applications>: [0]: an application has no 'fact'; did you mean 'facts'?", "<applications>: [0]: an application needs its id",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["D-1", b"D-1", 3, None])
def test_what_cannot_be_gone_through_is_no_set_of_applications(wrong) -> None:
    with pytest.raises(TypeError, match="expected applications; got "):
        list(applications_of(wrong))


# Places


def test_each_fault_stands_where_the_file_says_it(measure) -> None:
    def places(path):
        return {("filed_at",): Place(FILE, 7, 20), ("admitted",): Place(FILE, 7, 30), ("window",): Place(FILE, 7, 40),
                ("costs",): Place(FILE, 7, 50)}.get(path)  # fmt: skip

    told = [Application("a", FACTS | {"costs": "-1"}, filed_at="ieri", admitted="forse", window="prma",
                        place=Place(FILE, 7, 1), places=places)]  # fmt: skip
    assert [line.partition(": ")[::2] for line in faults(measure(shape=TWO_WINDOWS), told)] == [
        ("domande.csv:7:20", "a.filed_at: 'ieri' is not a day with an hour: write YYYY-MM-DDTHH:MM"),
        ("domande.csv:7:30", "a.admitted: expected true or false; got 'forse'"),
        ("domande.csv:7:40", "a.window: no window is called 'prma'; did you mean 'prima'?"),
        ("domande.csv:7:50", "a.costs: '-1' is below the least that can be, 0.00 EUR"),
    ]


def test_a_fault_of_which_the_file_says_no_place_stands_at_the_application(measure) -> None:
    told = [Application("a", FACTS, filed_at="ieri", place=Place(FILE, 9, 1), places=lambda _: None),
            Application("b", FACTS | {"cots": 1}, place=Place(FILE, 10, 1))]  # fmt: skip
    found = faults(measure("stops"), told)
    assert found[0].startswith("domande.csv:9:1: a.filed_at: 'ieri' is not a day with an hour")
    assert found[1] == "domande.csv:10:1: b.cots: no fact is called 'cots'; did you mean 'costs'?"


def test_all_cells_of_a_file_are_texts(measure) -> None:
    cells = {"active": "si", "costs": "10000.00", "points_given": "90", "firm": "01234560157", "place": "mi"}
    one = measure("stops")
    assert faults(one, [Application("a", cells)]) == ["<applications>: a.active: expected true or false; got 'si'"]
    read = FACTS | {"active": "yes", "points_given": "90"}
    assert str(one.select([Application("a", read, text_source=True)], on=ON)["a"].admitted) == "yes"


# Windows


def test_the_window_that_the_office_says_is_held_against_the_day(measure) -> None:
    one = measure(shape=TWO_WINDOWS)
    at = {
        "first": "2024-01-01T00:00",
        "last": "2024-02-29T23:59:59",
        "after": "2024-03-01T00:00",
        "before": "2023-12-31T23:59",
    }
    for name in ("first", "last"):
        selection = one.select([Application("a", FACTS, filed_at=at[name], window="prima")], on=ON)
        assert (selection["a"].window, str(selection["a"].admitted)) == (("prima",), "yes")
        assert selection.receipt["applications"][0]["window"] == "prima"
    for name, day in (("after", "2024-03-01"), ("before", "2023-12-31")):
        assert faults(one, [Application("a", FACTS, filed_at=at[name], window="prima")]) == [
            f"<applications>: a.window: said to be filed in the window 'prima', and {day} lies outside it"
        ]
    by_day = [Application("a", FACTS | {"filed_on": "2024-03-01"}, window="prima")]
    assert faults(one, by_day) == [
        "<applications>: a.window: said to be filed in the window 'prima', and 2024-03-01 lies outside it"
    ]
    untold = one.select([Application("a", FACTS, window="seconda")], on=ON)["a"]
    assert (untold.window, str(untold.admitted), untold.filed_on) == (("seconda",), "yes", None)


def test_a_window_whose_last_day_is_not_published_is_contradicted_only_beyond_its_bounds(measure) -> None:
    one = measure(shape=TWO_WINDOWS.replace("until: last_day", "until: unpublished"), parameters=UNPUBLISHED)
    assert (
        one.select([Application("a", FACTS, filed_at="2024-02-20T09:00", window="prima")], on=ON)["a"].admitted == "yes"
    )
    (fault,) = faults(one, [Application("a", FACTS, filed_at="2024-02-21T09:00", window="prima")])
    assert fault.endswith("and 2024-02-21 lies outside it")


@pytest.mark.parametrize(
    ("filed_on", "window", "admitted"),
    [
        ("2023-12-31", (), "no"), ("2024-01-01", ("prima",), "yes"), ("2024-02-29", ("prima",), "yes"),
        ("2024-03-01", ("seconda",), "yes"), ("2024-04-30", ("seconda",), "yes"), ("2024-05-01", (), "no"),
        (None, ("prima", "seconda"), "unknown"),
    ],
)  # fmt: skip
def test_the_day_of_filing_tells_the_window(measure, filed_on, window, admitted) -> None:
    facts = FACTS | ({"filed_on": filed_on} if filed_on else {})
    one = measure(shape=TWO_WINDOWS).select({"a": facts}, on=ON)["a"]
    assert (one.window, str(one.admitted)) == (window, admitted)


# Decisions


def test_a_decision_that_stands_for_the_facts_is_of_the_same_measure_and_day(measure) -> None:
    one = measure("stops")
    other = one.vary(half="40%")
    decided = one.decide(FACTS, on=ON)
    assert str(one.select({"a": decided}, on=ON)["a"].amount) == "5000.00"
    (varied,) = faults(one, {"a": other.decide(FACTS, on=ON)})
    assert varied == (
        f"<applications>: a: the application was decided under {other!r}, and the selection is of {one!r}"
    )
    assert faults(one, {"a": decided}, on=dt.date(2024, 6, 2)) == [
        "<applications>: a: the application was decided on 2024-06-01, and the question is put on 2024-06-02"
    ]


# An envelope that is too small


@pytest.mark.parametrize(
    ("last", "budget", "fault"),
    [
        ("stops", "5000.00 EUR", None), ("skips", "5000.00 EUR", None), ("in_part", "1.00 EUR", None), ("in_full", "1.00 EUR", None),
        ("stops", "4999.99 EUR", "4999.99"), ("skips", "4999.99 EUR", "4999.99"),
        ("skips", '{unknown: "x", between: [1.00 EUR, 5000.00 EUR]}', None),
        ("stops", '{unknown: "x", between: [1.00 EUR, 4999.99 EUR]}', "4999.99"),
    ],
)  # fmt: skip
def test_an_envelope_that_holds_less_than_the_smallest_award_is_a_slip(measure, last, budget, fault) -> None:
    one = measure(last, budget=budget)
    told = [application("a", 90), application("b", 80, costs="20000"), application("c", 70, costs="2", active=False)]
    if fault is None:
        assert len(one.select(told, on=ON)) == 3
    else:
        message = f"the envelope holds {fault} EUR, less than the smallest award that is asked, 5000.00 EUR"
        assert faults(one, told) == [f"<applications>: total: {message}"]


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ({}, True),  # the same as the others ask
        ({"costs": None}, False),  # what is asked is not told, and may be little
        ({"costs": "2"}, False),
        ({"active": None}, True),  # the others are admitted
        ({"active": False, "costs": "2"}, True),  # who is refused asks nothing
        ({"active": None, "costs": "2"}, False),  # may be admitted, and ask little
    ],
)
def test_an_envelope_may_suffice_for_who_is_not_fully_told(measure, other, slip) -> None:
    one = measure("stops", budget="4999.99 EUR")
    told = [application("a", 90), application("b", 80, **other)]
    if slip:
        assert len(faults(one, told)) == 1
    else:
        assert one.select(told, on=ON)["a"].amount == 0


def test_an_envelope_is_no_slip_while_nobody_is_admitted_for_certain(measure) -> None:
    one = measure("stops", budget="4999.99 EUR")
    assert len(one.select([application("a", 90, active=None)], on=ON)) == 1
    assert len(faults(one, [application("a", 90)])) == 1


def test_an_envelope_of_which_nobody_asks_anything_is_no_slip(measure) -> None:
    one = measure("stops", budget="1.00 EUR")
    assert len(one.select([], on=ON)) == 0
    assert len(one.select([application("a", 90, active=False), application("b", 80, costs="0")], on=ON)) == 2


def test_of_two_envelopes_one_that_holds_an_award_is_enough(measure) -> None:
    two = ONE_POT.replace("{amount: budget,", "{amount: budget, for: \"place == 'mi'\",") + (
        '        others: {amount: second_budget, text: "Altri"}\n'
    )
    told = [application("a", 90), application("b", 80, place="bg")]
    assert len(measure("stops", budget="1.00 EUR", shape=two).select(told, on=ON)) == 2


def test_both_of_two_envelopes_too_small_are_told(measure) -> None:
    two = ONE_POT.replace("{amount: budget,", "{amount: budget, for: \"place == 'mi'\",") + (
        '        others: {amount: second_budget, text: "Altri"}\n'
    )
    told = [application("a", 90), application("b", 80, place="bg", costs="20000")]
    one = measure("stops", budget="1.00 EUR", shape=two).vary(second_budget="2.00 EUR")
    assert [line.split(": ")[1] for line in faults(one, told)] == ["others", "total"]


def test_an_envelope_that_another_fills_or_helps_may_be_small(measure) -> None:
    fed = TWO_WINDOWS.replace("amount: second_budget, window: seconda", "amount: small, window: seconda")
    small = "      small: {is: 1.00 EUR, for_information: yes}\n"
    second = [*three(), Application("d", FACTS, filed_at="2024-03-01T10:00")]
    assert len(measure(shape=fed, parameters=small).select(second, on=ON)) == 4


def test_an_envelope_that_asks_another_may_be_small(measure) -> None:
    chained = ONE_POT.replace("{amount: budget,", "{amount: budget, then: others,") + (
        '        others: {amount: second_budget, text: "Altri"}\n'
    )
    helped = measure("stops", budget="1.00 EUR", shape=chained).select(three(), on=ON)
    assert [str(p.amount) for p in helped] == ["5000.00", "0.00", "0.00"]
