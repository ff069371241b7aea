# SPDX-License-Identifier: Apache-2.0
"""What an aid says of itself: its sums by regulation, what may fall under one, what is odd in it."""

import datetime as dt
import pickle
from dataclasses import replace
from decimal import Decimal

import pytest

from misure import Range
from misure.ground.errors import BadFacts
from misure.register import AidComponent, AidInstrument
from misure.register.codes import (
    instrument_for,
    instrument_of,
    label_of,
    objective_of,
    procedure_of,
    regulation_of,
    size_of,
)
from tests.register.samples import example, made_component, only

RECORD = only(example())
GEN, GBER, SGEI, STRANGE = "CE2831/23", "CE651/2014", "CE2832/23", "CE9999/99"


def record(*components, **changes):
    return replace(RECORD, components=components, **changes)


def instrument(code=2, aid=1000, nominal=1000, text="Sovvenzione"):
    return AidInstrument(code, text, aid, nominal)


def part(*instruments, code=GEN, procedure=1, objective="842030"):
    return AidComponent("1", procedure, None, code, None, objective, None, None, None, (), instruments)


WARNINGS = [
    (record(part(instrument())), ()),
    (record(part(instrument()), codice_fiscale=None), ("no_beneficiary",)),
    (record(part(instrument()), beneficiary_type="Gigante"), ("unknown_size",)),
    (record(part(instrument()), beneficiary_type=None), ()),
    (record(), ("no_components",)),
    (record(part(instrument(), code=None)), ("unknown_regulation",)),
    (record(part(instrument(), code=STRANGE)), ("unknown_regulation",)),
    (record(part(instrument(), procedure=None)), ("unknown_procedure",)),
    (record(part(instrument(), procedure=9)), ("unknown_procedure",)),
    (record(part(instrument(), procedure=3)), ("procedure_not_of_regulation",)),
    (record(part(instrument(), code=GBER)), ("procedure_not_of_regulation",)),
    (record(part(instrument(), code=GBER, procedure=3)), ()),
    (record(part(instrument(), code=STRANGE, procedure=3)), ("unknown_regulation",)),
    (record(part(instrument(), objective=None)), ("unknown_objective",)),
    (record(part(instrument(), objective="1")), ("unknown_objective",)),
    (record(part()), ("no_instruments",)),
    (record(part(instrument(code=99, text="x"))), ("unknown_instrument",)),
    (record(part(instrument(aid=None))), ("no_amount",)),
    (record(part(instrument(aid=1001))), ("element_gt_nominal",)),
    (record(part(instrument(aid=1000, nominal=None))), ()),
    (record(part(instrument(aid=0, nominal=0))), ()),
    (record(part(instrument(), instrument())), ("repeated_instrument",)),
    (record(part(instrument(), instrument(code=9))), ()),
    (record(part(instrument()), part(instrument())), ()),
    (record(part(instrument(aid=None), code=None), part(code=None), part(instrument(aid=1001)), codice_fiscale=None, beneficiary_type="x"),
     ("no_beneficiary", "unknown_size", "unknown_regulation", "no_amount", "no_instruments", "element_gt_nominal")),
]  # fmt: skip


@pytest.mark.parametrize(("aid", "warnings"), WARNINGS, ids=range(len(WARNINGS)))
def test_what_is_odd_is_named_once_in_the_order_of_the_record(aid, warnings):
    assert aid.warnings == warnings


@pytest.mark.parametrize(("code", "procedure", "gen", "sgei", "gber"), [
    (GEN, 1, True, False, False), (GEN, 3, True, False, False), (SGEI, 1, False, True, False), (GBER, 3, False, False, True),
    (STRANGE, 1, True, True, False), (STRANGE, 3, False, False, True), (STRANGE, None, True, True, True), (None, 1, True, True, False),
    (None, None, True, True, True),
])  # fmt: skip
def test_what_a_component_may_fall_under(code, procedure, gen, sgei, gber):
    component = made_component(code, 1, procedure=procedure)
    assert [component.may_fall_under(name) for name in ("gen", "sgei", "gber")] == [gen, sgei, gber]


def small(code, *amounts, procedure=1):
    return made_component(code, *amounts, procedure=procedure)


SUMS = [
    ((), None, None), ((small(GEN, "1.00"),), Decimal("1.00"), Decimal("0.00")), ((small(GEN),), None, Decimal("0.00")),
    ((small(GEN, "1.00", "2.00"), small(GEN, "0.50")), Decimal("3.50"), Decimal("0.00")),
    ((small(GEN, "1.00"), small(STRANGE, "2.00")), Range(Decimal("1.00"), Decimal("3.00")), Range(Decimal("0.00"), Decimal("2.00"))),
    ((small(GEN, "1.00"), small(STRANGE, "2.00", procedure=3)), Decimal("1.00"), Decimal("0.00")),
    ((small(GEN, "1.00"), small(STRANGE, "0.00")), Decimal("1.00"), Decimal("0.00")),
    ((small(GEN, "1.00"), small(STRANGE)), None, None), ((small(SGEI, "4.00"),), Decimal("0.00"), Decimal("4.00")),
    ((small(GEN, "1.00"), part(instrument(aid=None), code=SGEI)), Decimal("1.00"), None),
]  # fmt: skip


@pytest.mark.parametrize(("components", "gen", "sgei"), SUMS, ids=range(len(SUMS)))
def test_what_was_granted_under_a_regulation(components, gen, sgei):
    aid = record(*components)
    assert (aid.aid_under("gen"), aid.aid_under("sgei")) == (gen, sgei)


def test_sums_by_regulation_with_what_is_not_known():
    aid = record(
        small(GEN, "1.00"),
        small(GEN, "2.00"),
        small(STRANGE, "3.00"),
        small(None, "4.00"),
        small(SGEI),
        small(GBER, "5.00", procedure=3),
    )
    assert aid.aid_by_regulation() == {
        "gen": Decimal("3.00"),
        None: Decimal("7.00"),
        "sgei": None,
        "gber": Decimal("5.00"),
    }


def test_amounts_in_euros_and_in_cents():
    one = AidInstrument(2, "x", 123450, 7)
    assert (one.aid, one.nominal) == (Decimal("1234.50"), Decimal("0.07"))
    assert AidInstrument(2, "x", None, None).aid is AidInstrument(2, "x", None, None).nominal is None
    component = part(one, instrument(aid=50))
    assert (component.aid_cents, component.aid) == (123500, Decimal("1235.00"))
    assert part().aid_cents is part().aid is None
    assert part(one, instrument(aid=None)).aid is None
    assert part(instrument(aid=0)).aid == Decimal("0.00")


def test_rows_are_instruments_with_their_component():
    first, second, third = part(instrument(), instrument(code=9)), part(), part(instrument(code=10))
    assert record(first, second, third).rows == (
        (first, first.instruments[0]), (first, first.instruments[1]), (third, third.instruments[0]),
    )  # fmt: skip
    assert record().rows == ()


def test_an_instrument_from_euros_looks_at_both_amounts():
    assert AidInstrument.of(2, None, None, 5) == AidInstrument(2, None, None, 500)
    assert AidInstrument.of(2, None, "0.07", Decimal("1.5")) == AidInstrument(2, None, 7, 150)
    with pytest.raises(BadFacts) as caught:
        AidInstrument.of(2, None, "1,5", "-1")
    assert [str(fault) for fault in caught.value.faults] == [
        "<instrument>: aid: '1,5' has a comma: write 1234.50, a point before the decimals and no thousands separators",
        "<instrument>: nominal: -1 is negative, and an amount of money is not",
    ]


def test_a_record_and_its_parts_are_values():
    for value in (RECORD, RECORD.components[0], RECORD.components[0].instruments[0]):
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes
        assert again == value
        assert hash(again) == hash(value)
    assert replace(RECORD, cor="2") != RECORD
    assert replace(RECORD, granted_on=dt.date(2020, 1, 1)) != RECORD


@pytest.mark.parametrize(("known", "of", "unknown"), [
    (("CE2831/23", "gen"), regulation_of, (None, "ce2831/23", "")), ((1, "deminimis"), procedure_of, (None, 99)),
    (("842030", "sme"), objective_of, (None, "1")), (("MICROIMPRESA", "micro"), size_of, (None, "micro impresa")),
    (("microimpresa", "micro"), size_of, ("",)),
])  # fmt: skip
def test_a_code_is_known_or_is_none(known, of, unknown):
    code, meaning = known
    assert of(code) == meaning
    assert [of(each) for each in unknown] == [None] * len(unknown)


@pytest.mark.parametrize(("code", "label", "form"), [
    (2, None, "grant"), (9, "Sovvenzione", "loan"), (None, None, None), (None, "Voucher", None), (9001, None, None),
    (None, "x (Categoria: Prestito/Anticipo rimborsabile)", "loan"), (9001, "x (Categoria: Prestito/Anticipo rimborsabile) ", "loan"),
    (9001, "(Categoria: Prestito/Anticipo rimborsabile) x", None), (2, "x (Categoria: Garanzia)", "grant"),
])  # fmt: skip
def test_the_form_of_an_instrument_by_its_code_then_by_its_category(code, label, form):
    assert instrument_of(code, label) == form


def test_what_the_register_calls_a_form_and_a_code():
    assert [instrument_for(form) for form in ("interest_subsidy", "grant", "loan", "service")] == [
        "grant",
        "grant",
        "loan",
        "service",
    ]
    assert label_of("procedures", "1") == "De Minimis"
    assert label_of("procedures", "99") is None
