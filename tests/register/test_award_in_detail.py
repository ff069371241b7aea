# SPDX-License-Identifier: Apache-2.0
"""The record of an award: each thing that cannot be, in words; which instrument a line goes to; what is still missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from misure.deminimis.registering import missing_for_register
from misure.ground.errors import BadFacts
from misure.ground.record import replaced
from misure.register import Strumento, prepare_award
from misure.register.awarded import Given
from misure.register.header_codes import InstrumentCodes, objective_for
from tests.register.test_award_record import (
    ALFA,
    BETA,
    EXEMPTED,
    GENERAL,
    GRANT,
    GRANTED,
    HEADER,
    LOAN,
    ON,
    OTHER_GRANT,
    SERVICE,
    TRAINING,
    chosen,
    prepared,
)

PLACEMENT = chosen()


def refused(placement=PLACEMENT, header=HEADER, **told):
    with pytest.raises(BadFacts) as caught:
        prepared(placement, header, **told)
    return [str(fault).removeprefix("<award D-1>: ") for fault in caught.value.faults]


REFUSED = [
    ({"codice_fiscale": BETA}, f"codice_fiscale: {BETA} is given, and the facts of the application say {ALFA}"),
    ({"codice_fiscale": "01234560158"}, "codice_fiscale: '01234560158' has the check digit 8 where its other digits ask for 7"),
    ({"granted_on": "2026-01-14"}, "granted_on: 2026-01-14 lies before 2026-01-15, when the application was not granted yet"),
    ({"granted_on": "2026-02-30"}, "granted_on: 2026-02-30 does not exist: February 2026 has 28 days"),
    ({"granted_on": 7}, "granted_on: expected a date; got 7"),
    ({"cup": "E44E2000014000"}, "cup: 'E44E2000014000' has 14 characters, not 15"),
    ({"office": "1"}, "office: '1' is no whole number of at most 18 digits"),
    ({"region": "n.d."}, "region: 'n.d.' would be read as nothing told: write None"),
    ({"beneficiary_name": "A\x02"}, "beneficiary_name: the character U+0002 cannot stand in XML"),
    ({"beneficiary_type": "Piccola "}, "beneficiary_type: 'Piccola ' has blanks at its ends, which a code has not"),
    ({"grant_acts": "x"}, "grant_acts: the office says no such thing of a record; did you mean 'grant_act'?"),
    ({"sectors": ["C.28.9", "28.9"]}, "sectors: '28.9' is no group of NACE as the register writes it: I.56.1"),
    ({"sectors": [7]}, "sectors: 7 is no group of NACE as the register writes it: I.56.1"),
    ({"instrument_codes": {"grant": 3}}, "instrument_codes: the header has no COD_STRUMENTO 3; it has 9, 2"),
    ({"instrument_codes": {"grant": 9}}, "instrument_codes: 9 is 'Prestito/Anticipo rimborsabile', and no grant"),
    ({"instrument_codes": {"guarantee": 2}}, "instrument_codes: the measure gives loan, grant, and no 'guarantee'"),
    ({"regulation": "general"}, "regulation: no regulation is called 'general'"),
    ({"regulation": "sgei"}, "objective: the header has no such de minimis objective; it has 842030 under CE2831/23"),
    ({"objective": 1}, "objective: the header has no such de minimis objective; it has 842030 under CE2831/23"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "fault"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_is_told_in_words(told, fault):
    (found,) = refused(**told)
    assert found.startswith(fault)


def test_what_the_office_says_and_no_record_has_is_told_with_what_it_may_say():
    (fault,) = refused(zzz=1)
    assert fault.startswith(
        "zzz: the office says no such thing of a record; it may say office, granting_body, project_title, "
    )


def test_a_cup_is_brought_to_its_plain_form_and_none_is_none():
    assert prepared(PLACEMENT, cup=" e44e20000140007").record(cor="1", component_id="1").cup == "E44E20000140007"
    bare = prepared(PLACEMENT, cup=None)
    assert bare.record(cor="1", component_id="1").cup is None
    assert "CUP" in bare.missing


def test_the_tax_code_is_that_of_the_facts_however_it_is_written():
    assert prepared(PLACEMENT).codice_fiscale == ALFA
    assert prepared(PLACEMENT, codice_fiscale=f" {ALFA} ").codice_fiscale == ALFA


def test_the_record_says_what_the_header_and_the_office_say():
    record = prepared(PLACEMENT, implementing_id=7, implementing_title="Bando").record(cor="90000001", component_id="5")
    assert (record.car, record.measure_title, record.measure_type, record.sa_number) == (
        HEADER.car, HEADER.titolo_misura, HEADER.des_tipo_misura, None,
    )  # fmt: skip
    assert (record.national_basis, record.measure_link, record.office, record.granting_body) == (
        HEADER.base_giuridica_nazionale, HEADER.link_aiuto, 1, "Ente di prova",
    )  # fmt: skip
    assert (record.cor, record.granted_on, record.codice_fiscale, record.beneficiary_name) == (
        "90000001",
        GRANTED,
        ALFA,
        "ALFA & FIGLI SRL",
    )
    assert (record.implementing_id, record.implementing_title, record.implementing_body, record.transparency_link) == (
        7,
        "Bando",
        None,
        None,
    )
    (part,) = record.components
    assert (part.id, part.procedure_code, part.procedure_text, part.regulation_code, part.regulation_text) == (
        "5", 1, "De Minimis", "CE2831/23", "Reg. UE 2831/2023  de minimis generale",
    )  # fmt: skip
    assert (part.objective_code, part.objective_text, part.intermediary, part.delegate, part.sectors) == (
        "842030",
        "PMI",
        None,
        None,
        ("C.28.9",),
    )


def test_the_aid_for_a_ledger_in_full():
    award = prepared(PLACEMENT)
    aid = award.aid(cor="90000001")
    assert (aid.id, aid.beneficiary, aid.regulation, aid.granted_on, aid.amount, aid.measure) == (
        "90000001", ALFA, "gen", GRANTED, Decimal("45448.36"), "99901",
    )  # fmt: skip
    keys = aid.keys
    assert (keys.car, keys.cor, keys.cup, keys.authority, keys.instrument, keys.sector) == (
        "99901", "90000001", "E44E20000140007", "Ente di prova", "loan, grant", "C.28.9",
    )  # fmt: skip
    bare = prepare_award(PLACEMENT, HEADER, granted_on=GRANTED).aid()
    assert (bare.id, bare.keys.cor, bare.keys.sector) == ("99901/D-1", None, None)
    assert prepared(PLACEMENT, sectors=["C.28.9", "I.56"]).aid().keys.sector == "C.28.9, I.56"
    assert missing_for_register(bare) == ("authority", "sector")


@pytest.mark.parametrize("sectors", [["C.28.9"], ("C.28.9",), iter(["C.28.9"]), {"C.28.9"}])
def test_sectors_come_in_any_row(sectors):
    assert prepared(PLACEMENT, sectors=sectors).record(cor="1", component_id="1").components[0].sectors == ("C.28.9",)


@pytest.mark.parametrize(("cor", "component", "subjects"), [
    ("0", "0", []), ("9" * 18, "9" * 18, []), ("9" * 19, "1", ["cor"]), ("1", "01", ["component_id"]), (1, "1", ["cor"]), ("x", "", ["component_id", "cor"]),
])  # fmt: skip
def test_what_the_register_gives_is_a_number(cor, component, subjects):
    award = prepared(PLACEMENT)
    if not subjects:
        assert award.record(cor=cor, component_id=component).cor == cor
        return
    with pytest.raises(BadFacts) as caught:
        award.record(cor=cor, component_id=component)
    assert [fault.subject for fault in caught.value.faults] == subjects
    assert all(str(fault).startswith("<award D-1>: ") for fault in caught.value.faults)


def test_a_grant_on_the_day_of_filing_or_of_the_question_is_sound():
    assert prepared(PLACEMENT, granted_on=ON).granted_on == ON
    assert prepared(PLACEMENT, granted_on="2026-01-15").granted_on == ON


@pytest.mark.parametrize(("granted", "first"), [("2024-01-01", True), ("2023-12-31", False)])
def test_a_regulation_is_granted_under_from_its_first_day_on(granted, first):
    faults = []
    found = objective_for([GENERAL], None, None, dt.date.fromisoformat(granted), faults)
    assert found is GENERAL
    wrong = [("header", f"CE2831/23 is granted under from 2024-01-01, and the grant is of {granted}")]
    assert faults == ([] if first else wrong)


SGEI = replaced(GENERAL, cod_regolamento="CE2832/23", des_regolamento="x", cod_obiettivo=7)
AIMS = [
    ([GENERAL], None, None, GENERAL), ([GENERAL, SGEI], "gen", None, GENERAL), ([GENERAL, SGEI], "sgei", None, SGEI), ([GENERAL, SGEI], None, 7, SGEI),
    ([GENERAL, TRAINING], None, "842020", TRAINING), ([GENERAL, TRAINING], "gen", 842030, GENERAL), ([EXEMPTED, GENERAL], None, None, GENERAL),
    ([GENERAL, SGEI], None, None, None), ([GENERAL, SGEI], "gen", 7, None), ([EXEMPTED], None, None, None), ([], None, None, None), ([GENERAL], "x", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("header", "regulation", "objective", "meant"), AIMS, ids=range(len(AIMS)))
def test_which_objective_is_meant(header, regulation, objective, meant):
    faults = []
    assert objective_for(header, regulation, objective, None, faults) is meant
    assert bool(faults) is (meant is None)


def test_an_objective_that_is_not_clear_is_asked_for():
    faults = []
    objective_for([GENERAL, SGEI, EXEMPTED], None, None, None, faults)
    assert faults == [
        ("objective", "the header has 842030 under CE2831/23, 7 under CE2832/23: say objective=..., or regulation=...")
    ]


def given(form):
    return Given("line", form, 100, 200)


CODES = [
    ("grant", [GRANT, LOAN], {}, GRANT), ("interest_subsidy", [GRANT], {}, GRANT), ("grant", [GRANT, OTHER_GRANT], {}, None), ("grant", [LOAN], {}, None),
    ("grant", [GRANT, OTHER_GRANT], {"grant": 3}, OTHER_GRANT), ("service", [GRANT, SERVICE], {}, None), ("service", [GRANT, SERVICE], {"service": 9001}, SERVICE),
    ("service", [GRANT], {"service": 2}, GRANT), ("loan", [], {}, None), ("grant", [GRANT], {"loan": 9}, GRANT),
]  # fmt: skip


@pytest.mark.parametrize(("form", "header", "said", "found"), CODES, ids=range(len(CODES)))
def test_which_instrument_a_line_goes_to(form, header, said, found):
    faults = []
    made = InstrumentCodes(header, said).instrument(given(form), faults)
    assert faults == []
    assert (made.code, made.text) == ((None, None) if found is None else (found.cod_strumento, found.des_strumento))
    assert (made.aid_cents, made.nominal_cents) == (100, 200)


@pytest.mark.parametrize(("form", "header", "said", "fault"), [
    ("grant", [GRANT, LOAN], {"grant": 9}, "9 is 'Prestito/Anticipo rimborsabile', and no grant"),
    ("grant", [GRANT], {"grant": 3}, "the header has no COD_STRUMENTO 3; it has 2"), ("loan", [], {"loan": 3}, "the header has no COD_STRUMENTO 3; it has none"),
    ("interest_subsidy", [GRANT, LOAN], {"interest_subsidy": 9}, "9 is 'Prestito/Anticipo rimborsabile', and no interest_subsidy"),
    ("guarantee", [GRANT, Strumento(False, 10, "Garanzia")], {"guarantee": 2}, "2 is 'Sovvenzione/Contributo in conto interessi', and no guarantee"),
])  # fmt: skip
def test_an_instrument_that_is_said_and_cannot_be(form, header, said, fault):
    faults = []
    InstrumentCodes(header, said).instrument(given(form), faults)
    assert faults == [("instrument_codes", fault)]


def test_forms_that_are_said_and_not_given():
    codes = InstrumentCodes([], {"loan": 1, "grant": 2, "x": 3})
    assert codes.strange(["grant", "loan", "grant"]) == [
        ("instrument_codes", "the measure gives grant, loan, and no 'x'")
    ]
    assert codes.strange(["grant", "loan", "x"]) == []
    with pytest.raises(TypeError, match="instrument_codes= has a code for each form of support; got list"):
        InstrumentCodes([], [])


@pytest.mark.parametrize(("placement", "header", "faults"), [
    (None, HEADER, ["<award>: placement: expected Placement; got nothing"]),
    (PLACEMENT, "x", ["<award D-1>: header: expected RnaMeasure; got 'x'"]),
    (1, 2, ["<award>: header: expected RnaMeasure; got 2", "<award>: placement: expected Placement; got 1"]),
])  # fmt: skip
def test_what_is_no_placement_and_no_header(placement, header, faults):
    with pytest.raises(BadFacts) as caught:
        prepare_award(placement, header, granted_on=GRANTED)
    assert list(map(str, caught.value.faults)) == faults


def test_the_steps_of_national_law_have_their_notes_and_their_acts():
    steps = prepared(PLACEMENT).steps
    assert all(step.note for step in steps if step.before_grant)
    assert all(str(step.citation) for step in steps)
    assert [step.days for step in steps] == [None] * 6 + [20]
