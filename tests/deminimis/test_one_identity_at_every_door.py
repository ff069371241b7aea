# SPDX-License-Identifier: Apache-2.0
"""Two writings of one code give one answer wherever the law beneath asks for an undertaking; a wrong one is refused there."""

from __future__ import annotations

import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.deminimis import Aid, Gap, Ledger, assess, facts, first_day_that_fits, headroom
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.identifiers.identity import is_unsure
from misure.register import read_ledger
from misure.undertakings import Holding, Relations, Undertaking, relation, single_undertaking, single_undertakings
from tests.identifiers.writings import ITALIAN, WRONG, writings
from tests.register.samples import document, plain

ON, LATER = "2026-11-22", "2027-06-01"
OTHER = "02345670158"
AIDS = [("1", "2025-01-10", "200000.00"), ("2", "2025-06-10", "50000.00")]


def ledger(who, **more):
    return Ledger([Aid(id_, who, "gen", *row) for id_, *row in AIDS], **{"complete_by": "visura"} | more)


def group(who):
    return Relations([Undertaking(who), Undertaking(OTHER)], [Holding(who, OTHER, votes="60%")])


DOORS = {
    "headroom": lambda who, code: headroom(ledger(code), who, on=ON),
    "ledger": lambda who, code: headroom(ledger(who), code, on=ON),
    "several": lambda who, code: headroom(ledger(code), [who, OTHER], on=ON),
    "possible": lambda who, code: headroom(ledger(code), SimpleNamespace(members=[OTHER], possible=[who]), on=ON),
    "assess": lambda who, code: assess(Aid("new", who, "gen", ON, "60000.00"), ledger(code)),
    "waiting": lambda who, code: first_day_that_fits("100000.00", ledger(code), who, from_=ON),
    "facts": lambda who, code: facts(ledger(code), [who, OTHER], applicant=who, on=ON),
    "gap": lambda who, code: headroom(ledger(code, gaps=[Gap("June", who)]), code, on=ON),
    "of": lambda who, code: ledger(code).of(who),
    "merged": lambda who, code: ledger(code).merged("beta", who),
    "into": lambda who, code: Ledger([Aid("1", "beta", "gen", ON, 5)]).merged(who, "beta"),  # noqa: ARG005
    "split": lambda who, code: ledger(code).split(who, on=ON, equity={"beta": 1, "gamma": 1}),
    "holder": lambda who, code: ledger(code).split(code, on=ON, equity={who: 1, "gamma": 1}),
    "single": lambda who, code: single_undertaking(group(who), of=OTHER, on=ON),  # noqa: ARG005
    "of whom": lambda who, code: single_undertaking(group(code), of=who, on=ON),
    "relation": lambda who, code: relation(group(code), of=who, to=OTHER, on=ON),
    "bulk": lambda who, code: dict(single_undertakings(group(who), on=ON)),  # noqa: ARG005
    "joined": lambda who, code: headroom(ledger(code), single_undertaking(group(who), of=who, on=ON), on=ON),
    "consolidates": lambda who, code: Relations([Undertaking(OTHER, consolidates=(who,)), Undertaking(code)]),
    "register": lambda who, code: list(read_ledger(io.BytesIO(document(plain("1", cf=code))), [who])[0]),
}  # fmt: skip


@settings(max_examples=25)
@given(writings())
@pytest.mark.parametrize("door", DOORS)
def test_two_writings_of_one_code_give_one_answer(door, drawn):
    code, text = drawn
    assert DOORS[door](text, code) == DOORS[door](code, code)


@settings(max_examples=25)
@given(writings())
def test_the_register_may_write_a_code_in_any_way(drawn):
    code, text = drawn
    content = io.BytesIO(document(plain("1", cf=text.replace("\t", " ").strip())))
    read, report = read_ledger(content, [code], complete_by="prova")
    # Who is asked about by a number whose check fails may stand there under any other: everybody is read.
    whom = None if is_unsure(code) else {code}
    assert ([one.beneficiary for one in read], report.odd, read.complete_for) == ([code], 0, whom)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("text", "right"), WRONG.items())
def test_the_shape_of_a_code_is_refused_at_every_door(door, text, right):
    with pytest.raises(BadFacts) as caught:
        DOORS[door](text, "01234560157")
    (fault, *_) = caught.value.faults
    assert fault.suggestion == right
    assert fault.place.path.startswith("<")
    assert fault.subject


@pytest.mark.parametrize("door", DOORS)
def test_a_number_is_told_that_a_code_is_text(door):
    with pytest.raises(BadFacts, match="a code is text") as caught:
        DOORS[door](1234560157, "01234560157")
    assert caught.value.faults[0].suggestion == "01234560157"


def test_names_are_compared_composed_and_trimmed():
    found = headroom(ledger("società"), " societa\u0300 ", on=ON)
    assert (found.amount, found.doubts, found.members) == (Decimal("50000.00"), (), ("società",))


# Whom the ledger does not know


def test_a_right_code_that_a_complete_ledger_does_not_hold_has_an_answer_and_its_doubt():
    found = headroom(ledger("01234560157"), OTHER, on=ON)
    assert found.amount == Decimal("300000.00")
    assert [(doubt.kind, doubt.subject, doubt.nearest) for doubt in found.doubts] == [("not_in_ledger", OTHER, None)]
    assert found.doubts[0].text == "the ledger holds no aid of it: nothing was granted to it, if the ledger calls it so"


def test_the_doubt_stands_in_every_answer():
    assert [doubt.kind for doubt in assess(Aid("new", OTHER, "gen", ON, 1), ledger("01234560157")).headroom.doubts] == [
        "not_in_ledger"
    ]
    waiting = first_day_that_fits(1, ledger("01234560157"), OTHER, from_=ON)
    assert [doubt.kind for doubt in waiting.headroom.doubts] == ["not_in_ledger"]


@pytest.mark.parametrize(("asked", "known", "amount", "nearest"), [
    ("01234560173", "01234560157", Decimal("300000.00"), "01234560157"),
    ("alfa srl", "Alfa S.r.l.", Range(Decimal("50000.00"), Decimal("300000.00")), "Alfa S.r.l."),
    ("beta", "Alfa S.r.l.", Range(Decimal("50000.00"), Decimal("300000.00")), None),
    ("Alfa società a responsabilità limitata", "Alfa S.r.l.", Range(Decimal("50000.00"), Decimal("300000.00")), None),
    ("01234560157", "Alfa S.r.l.", Range(Decimal("50000.00"), Decimal("300000.00")), None),
    ("DE136695976", "Alfa GmbH", Range(Decimal("50000.00"), Decimal("300000.00")), None),
    ("Alfa", "01234560157", Range(Decimal("0.00"), Decimal("300000.00")), None),
    # The number of another State whose check fails is nobody's for sure: a slip, of whoever.
    ("DE136695976", "DE136695975", Range(Decimal("50000.00"), Decimal("300000.00")), "DE136695975"),
    ("01234560157", "DE136695975", Range(Decimal("50000.00"), Decimal("300000.00")), None),
    ("DE136695975", "DE136695976", Range(Decimal("0.00"), Decimal("300000.00")), "DE136695976"),
    ("DE136695976", "FR40303265045", Decimal("300000.00"), None),
    ("SM24165", "01234560157", Decimal("300000.00"), None),
])  # fmt: skip
def test_how_certain_the_answer_is_and_who_looks_like_it(asked, known, amount, nearest):
    found = headroom(ledger(known), asked, on=ON)
    assert found.amount == amount
    told = [(doubt.kind, doubt.subject, doubt.nearest) for doubt in found.doubts]
    may_be = (
        [("possible_member", known, None)] if found.amount == Range(Decimal("50000.00"), Decimal("300000.00")) else []
    )
    assert told == [("not_in_ledger", asked, nearest), *(may_be if nearest is None else [])]
    if nearest:
        assert repr(nearest) in found.doubts[0].text


def test_a_slip_of_a_foreign_number_may_be_aid_of_whom_the_ledger_holds():
    book = ledger("DE136695976").with_aid(Aid("3", "DE136695975", "gen", "2025-06-10", "10000.00"))
    found = headroom(book, "DE136695976", on=ON)
    assert found.amount == Range(Decimal("40000.00"), Decimal("50000.00"))
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [("possible_member", "DE136695975")]
    assert headroom(book, "FR40303265045", on=ON).amount == Range(Decimal("290000.00"), Decimal("300000.00"))


def test_of_many_names_any_may_be_whoever_the_ledger_does_not_hold():
    many = Ledger([Aid(str(at), f"Firm {at}", "gen", "2025-01-10", 1) for at in range(21)], complete_by="visura")
    found = headroom(many, "01234560157", on=ON)
    assert (found.amount, found.possible) == (Range(Decimal("0.00"), Decimal("300000.00")), ())
    assert found.doubts[0].text == (
        "the ledger holds no aid of it by this name, and may by another: what was granted to it cannot be told"
    )


def test_a_ledger_that_holds_nobody_leaves_everything_to_a_name_too():
    assert headroom(Ledger(complete_by="visura"), "alfa", on=ON).amount == Decimal("300000.00")


def test_each_member_without_aid_is_told_and_of_the_possible_ones_only_who_looks_like_another():
    asked = SimpleNamespace(members=["Alfa S.r.l.", "beta"], possible=["delta", "alfa srl"])
    found = headroom(ledger("Alfa S.r.l."), asked, on=ON)
    assert [(doubt.kind, doubt.subject) for doubt in found.doubts] == [
        ("not_in_ledger", "beta"),
        ("not_in_ledger", "alfa srl"),
    ]
    assert found.amount == Decimal("50000.00")


@pytest.mark.parametrize("more", [{"complete_by": None}, {"complete_until": "2026-11-01"}])
def test_a_ledger_that_is_not_complete_behaves_as_ever(more):
    found = headroom(ledger("01234560157", **more), OTHER, on=ON)
    assert found.amount == Range(Decimal("0.00"), Decimal("300000.00"))
    assert [doubt.kind for doubt in found.doubts] in (["ledger_incomplete"], ["complete_until"])
    near = headroom(ledger("01234560157", **more), "01234560173", on=ON)
    assert near.doubts[-1].nearest == "01234560157"


def test_whoever_a_gap_names_is_known():
    found = headroom(ledger("01234560157", gaps=[Gap("June", OTHER)]), OTHER, on=ON)
    assert [doubt.kind for doubt in found.doubts] == ["gap"]


# What the register calls by no code


@pytest.mark.parametrize(("cf", "right"), [
    ("1234560157", "01234560157"), ("01234560158", "01234560157"), ("RSSMRA85T10F205X", "RSSMRA85T10F205R"), ("0", None), ("-", None),
    ("ND", None), ("12345", None), ("ALFA SRL", None),
])  # fmt: skip
def test_a_code_of_the_register_that_is_none_may_concern_anybody(cf, right):
    looks = f", which looks like {right}" if right else ""
    content = document(plain("1", cf="01234560157"), plain("2", cf=cf), plain("3", cf=cf))
    read, report = read_ledger(io.BytesIO(content), ["01234560157"], complete_by="prova", drawn_on=ON)
    assert (len(read), read.complete, report.odd, report.unattributed) == (1, False, 2, 0)
    assert [(gap.what, gap.beneficiary) for gap in read.gaps] == [
        (f"2 aids that may be de minimis are of a code that is none, first COR 2, of {cf!r}{looks}", None)
    ]
    assert report.reading.warned("odd_codice_fiscale") == 2
    assert headroom(read, "01234560157", on=ON).amount == Range(Decimal("0.00"), Decimal("299000.00"))


def test_aid_that_is_surely_none_of_de_minimis_leaves_no_gap():
    content = document(
        plain("2", cf="1234560157").replace("CE2831/23", "CE651/2014").replace(">1</COD_PROC", ">2</COD_PROC")
    )
    read, report = read_ledger(io.BytesIO(content), ["01234560157"], complete_by="prova")
    assert (read.gaps, report.odd) == ((), 0)


def test_whose_aid_a_damaged_record_is_by_a_code_in_another_writing():
    content = document(plain("1", cf="it 01234560157", day="x"), plain("2", cf="1234560157", day="x"))
    read, _ = read_ledger(io.BytesIO(content), complete_by="prova", skip_damaged=True)
    assert {gap.beneficiary for gap in read.gaps} == {"01234560157", None}


# What is passed already


@pytest.mark.parametrize(("rows", "overdrawn", "since"), [
    ([("gen", "2025-01-10", 310_000)], Decimal("10000.00"), "2025-01-10"),
    ([("gen", "2025-01-10", 300_000)], Decimal("0.00"), None),
    ([("gen", "2025-01-10", 300_000), ("gen", "2025-03-10", "0.01")], Decimal("0.01"), "2025-03-10"),
    ([("gen", "2025-01-10", Range(290_000, 310_000))], Range(Decimal("0.00"), Decimal("10000.00")), None),
    ([("gen", "2025-01-10", Range(305_000, 310_000))], Range(Decimal("5000.00"), Decimal("10000.00")), "2025-01-10"),
    ([("gen", "2020-01-10", 310_000)], Decimal("0.00"), None),
    ([("gen", "2025-01-10", 310_000), ("agri", "2025-02-10", 20_000)], Decimal("10000.00"), "2025-01-10"),
    ([("gen", "2025-01-10", 290_000), ("agri", "2025-02-10", 30_000)], Decimal("20000.00"), None),
])  # fmt: skip
def test_by_how_much_a_ceiling_is_passed_and_since_when(rows, overdrawn, since):
    aids = [Aid(f"A{at}", "alfa", *row) for at, row in enumerate(rows)]
    found = headroom(Ledger(aids, complete_by="prova"), "alfa", on="2026-02-25")
    assert found.overdrawn == overdrawn
    day = found.caps[0].overdrawn_since
    assert (day and str(day)) == since
    told = [warning for warning in found.warnings if warning.kind == "overdrawn"]
    assert bool(told) == (overdrawn != Decimal(0))


def test_each_limit_that_is_passed_is_told():
    aids = [Aid("1", "alfa", "gen", "2025-01-10", 290_000), Aid("2", "alfa", "agri", "2025-02-10", 30_000)]
    found = headroom(Ledger(aids, complete_by="prova"), "alfa", on="2026-02-25")
    assert [(warning.subject, warning.text) for warning in found.warnings if warning.kind == "overdrawn"] == [
        ("gen-agri-fish", "it is passed already, by 20000.00 euros since 2025-02-10")
    ]
    shared = found.cap("gen-agri-fish")
    assert (shared.overdrawn, str(shared.overdrawn_since)) == (Decimal("20000.00"), "2025-02-10")


def test_an_incomplete_ledger_passes_a_ceiling_by_what_it_tells():
    found = headroom(Ledger([Aid("1", "alfa", "gen", "2025-01-10", 310_000)]), "alfa", on="2026-02-25")
    assert found.overdrawn == Decimal("10000.00")


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 200_000)), max_size=6))
def test_room_and_what_is_passed_are_the_two_sides_of_one_sum(rows):
    aids = [
        Aid(str(at), "alfa", "gen", f"2025-{1 + day // 51:02d}-{1 + day % 28:02d}", euros)
        for at, (day, euros) in enumerate(rows)
    ]
    found = headroom(Ledger(aids, complete_by="prova"), "alfa", on="2026-02-25")
    assert found.amount - found.overdrawn == Decimal(300_000) - sum(euros for _, euros in rows)


def test_the_codes_of_the_register_are_italian_here():
    assert all(len(code) in (11, 16) for code in ITALIAN)
