# SPDX-License-Identifier: Apache-2.0
"""The register's record of an award: what the rules, the header and the office say, what is missing, and no guess."""

import datetime as dt
import io
import pickle
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import xmlschema
import yaml

import misure
from misure import deminimis
from misure.deminimis import Ledger, headroom
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.record import replaced
from misure.register import Obiettivo, Strumento, prepare_award, read_aids, read_ledger, rna_measure, write_aids
from tests.register.settled_call import settled
from tests.selecting.chosen_measure import ON as ASKED
from tests.selecting.chosen_measure import ONE_POT, RULES, VOCABULARY, application, three

DATA = Path(__file__).parent / "data"
RULES_OF_MERCATI = Path(__file__).parents[2] / "rules/lombardia/verso-nuovi-mercati"
MERCATI = settled()
ALFA, BETA = "01234560157", "02345670158"
ON, GRANTED = dt.date(2026, 1, 15), dt.date(2026, 1, 20)
GRANT = Strumento(False, 2, "Sovvenzione/Contributo in conto interessi")
OTHER_GRANT = Strumento(False, 3, "Sovvenzione/Contributo in conto interessi")
LOAN = Strumento(False, 9, "Prestito/Anticipo rimborsabile")
SERVICE = Strumento(True, 9001, "Voucher di prova")
GENERAL = Obiettivo(
    1, "De Minimis", "CE2831/23", "Reg. UE 2831/2023  de minimis generale", 842030, "PMI", 50, None, "NO"
)
TRAINING = replaced(GENERAL, cod_obiettivo=842020, des_obiettivo="Formazione")
EXEMPTED = replaced(
    GENERAL, cod_procedimento=3, des_procedimento="Esenzione", cod_regolamento="CE651/2014", des_regolamento="GBER"
)
HEADER = rna_measure(
    MERCATI, on=ON, car_padre="99901", cod_amm="1", cod_autorita="1", des_autorita="Ente di prova", cod_uff_gestore=1,
    denominazione_uff_gestore="Ufficio", stato_membro="Italia", car="99901", link_aiuto="https://example.org/m",
    data_inizio_misura=dt.datetime(2025, 1, 1), data_fine_misura=dt.datetime(2026, 12, 31), cod_tipo_misura=1,  # noqa: DTZ001
    des_tipo_misura="Regime di aiuti", flag_modifica_regime_o_esistente=False, flag_quadro=False,
    autorita_concedente_trasp_ce="Ente di prova", lista_status_finalita_reg=(), lista_settori=(), lista_aree=(),
    lista_dotazioni=(), lista_tipo_beneficiario=(), lista_strumenti=[LOAN, GRANT], lista_obiettivi=[GENERAL],
)  # fmt: skip
OFFICE = {
    "office": 1, "granting_body": "Ente di prova", "cup": "E44E20000140007", "grant_act": "Decreto 1 del 20 gennaio 2026",
    "beneficiary_name": "ALFA & FIGLI SRL", "beneficiary_type": "Piccola impresa", "region": "Lombardia",
    "project_title": "Progetto", "project_description": "Descrizione", "sectors": ["C.28.9"],
}  # fmt: skip


@cache
def filed():
    """The base of the worked cases, as their file has it."""
    text = (RULES_OF_MERCATI / "cases.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)["bases"]["filed"]  # noqa: S506 - texts only


def facts(**changes):
    truths = {"yes": True, "no": False}
    return {
        name: truths.get(value, value) if isinstance(value, str) else value for name, value in filed().items()
    } | changes


def chosen(on=ON, **changes):
    """The one application of the measure, which the office has admitted."""
    at = misure.Application("D-1", facts(**changes), filed_at="2025-06-20T11:00:00", admitted=True)
    return MERCATI.select([at], on=on)["D-1"]


@pytest.fixture(scope="module")
def placement():
    return chosen()


def prepared(placement, header=HEADER, **changes):
    told = {"granted_on": GRANTED} | OFFICE | changes
    return prepare_award(placement, header, **{name: value for name, value in told.items() if value != "left out"})


def of_written(measure, header=None, **changes):
    """The first application of a written measure, which has no tax code among its facts."""
    header = header or replaced(HEADER, lista_strumenti=(GRANT,))
    return prepared(measure["a"], header, codice_fiscale=ALFA, granted_on="2026-01-20", **changes)


def faults(caught):
    return {(fault.subject, fault.message) for fault in caught.value.faults}


def subjects(caught):
    return {fault.subject for fault in caught.value.faults}


def test_a_loan_and_a_grant_are_two_instruments_of_one_component(placement):
    award = prepared(placement)
    assert [(one.code, one.kind, one.aid, one.nominal) for one in award.instruments] == [
        (9, "loan", Decimal("5448.36"), Decimal("130000.00")), (2, "grant", Decimal("40000.00"), Decimal("40000.00")),
    ]  # fmt: skip
    assert award.equivalent == placement.award.equivalent == Decimal("45448.36")
    assert (award.application, award.codice_fiscale, award.regulation) == ("D-1", ALFA, "gen")
    assert (award.granted_on, award.worked_out_on) == (GRANTED, ON)
    assert award.confidence == "inferred"
    assert pickle.loads(pickle.dumps(award)) == award  # noqa: S301 - our own bytes


def test_the_record_is_written_and_read_back(placement):
    record = prepared(placement).record(cor="90000001", component_id="90000002")
    written = write_aids([record])
    xmlschema.XMLSchema(DATA / "RNA_aiuto.xsd").validate(io.BytesIO(written))
    assert list(read_aids(io.BytesIO(written))) == [record]
    assert (record.car, record.measure_title, record.measure_link) == ("99901", MERCATI.title, "https://example.org/m")
    (component,) = record.components
    assert (component.procedure, component.regulation, component.objective) == ("deminimis", "gen", "sme")
    assert record.warnings == ()


def test_the_next_headroom_is_less_by_the_award_to_the_cent(placement):
    award = prepared(placement)
    before = headroom(Ledger([], complete_by="prova"), ALFA, on=GRANTED).amount
    written = write_aids([award.record(cor="90000001", component_id="90000002")])
    ledger, _ = read_ledger(io.BytesIO(written), {ALFA, BETA}, complete_by="prova")
    left = headroom(ledger, ALFA, on=GRANTED).amount
    assert before - left == award.equivalent == Decimal("45448.36")
    assert headroom(Ledger([award.aid()], complete_by="prova"), ALFA, on=GRANTED).amount == left
    assert headroom(ledger, BETA, on=GRANTED).amount == before
    other_of_the_group = deminimis.facts(ledger, [ALFA, BETA], applicant=BETA, on=GRANTED)
    assert chosen(on=GRANTED, **other_of_the_group).decision.value("deminimis_headroom") == left


def test_the_aid_for_a_ledger_is_that_which_the_register_will_tell(measure):
    award = of_written(measure().select(three(), on=ASKED))
    written = write_aids([award.record(cor="90000001", component_id="90000002")])
    (told,), _ = read_ledger(io.BytesIO(written))
    assert told == award.aid(cor="90000001")
    assert award.aid().id == "99901/a"
    assert award.aid().keys.cor is None


def test_what_nobody_tells_is_missing_and_not_guessed(placement):
    bare = prepare_award(placement, HEADER, granted_on=GRANTED)
    assert bare.missing == (
        "IDENTIFICATIVO_UFFICIO", "SOGGETTO_CONCEDENTE", "COR", "TITOLO_PROGETTO", "DESCRIZIONE_PROGETTO", "CUP",
        "DENOMINAZIONE_BENEFICIARIO", "DES_TIPO_BENEFICIARIO", "REGIONE_BENEFICIARIO",
        "COMPONENTE_AIUTO.ID_COMPONENTE_AIUTO", "COMPONENTE_AIUTO.SETTORE_ATTIVITA",
    )  # fmt: skip
    assert bare.missing_by_regulation == ("authority", "sector")
    full = prepared(placement)
    assert full.missing == ("COR", "COMPONENTE_AIUTO.ID_COMPONENTE_AIUTO")
    assert full.missing_by_regulation == ()
    with pytest.raises(BadFacts, match="IDENTIFICATIVO_UFFICIO: it is not known"):
        write_aids([bare.record(cor="1", component_id="1")])


def test_what_the_law_asks_before_the_grant_and_after_it(placement):
    award = prepared(placement)
    assert (award.duty.by, award.duty.working_days) == (dt.date(2026, 2, 17), 20)
    assert [(step.id, step.before_grant, step.days) for step in award.steps] == [
        ("visura_aiuti", True, None), ("visura_deminimis", True, None), ("visura_deggendorf", True, None),
        ("registration", True, None), ("effect", True, None), ("quotation", True, None), ("send_date", False, 20),
    ]  # fmt: skip
    sure = {step.id: step.citation.confidence for step in award.steps}
    assert [name for name, confidence in sure.items() if confidence == "official"] == [
        "visura_deminimis", "registration", "send_date",
    ]  # fmt: skip


def test_several_codes_of_one_form_are_asked_for(measure):
    header = replaced(HEADER, lista_strumenti=(GRANT, OTHER_GRANT))
    selection = measure().select(three(), on=ASKED)
    award = of_written(selection, header)
    assert award.missing[-2:] == ("STRUMENTO_AIUTO[1].COD_STRUMENTO", "STRUMENTO_AIUTO[1].DES_STRUMENTO")
    assert award.instruments[0].code is None
    assert award.missing_by_regulation == ()  # the form is known, its number is not
    assert of_written(selection, header, instrument_codes={"grant": 3}).instruments[0].code == 3


def lines(write, support, pays="", budget="12000.00 EUR"):
    text = RULES.replace("BUDGET", budget).replace("{LIFE,", "{is: 120 days,")
    old = next(line for line in text.splitlines() if "form: grant" in line)
    shape = pays + ONE_POT.replace("LAST", "in_part")
    return write(text.replace(old, support) + shape, vocabulary=VOCABULARY).select(three(), on=ASKED)


SERVICES = (
    '        services: {form: service, of: costs, intensity: half, at_most: [most], provision: P.02, text: "Servizi"}'
)
LENT = """\
        loan:
          {form: loan, of: costs, intensity: half, at_most: [most], equivalent: {is: "half * loan", text: "ESL"}, provision: P.02, text: "Prestito", inferred: lettura}"""
LENT_AND_GIVEN = (
    LENT + '\n        grant: {form: grant, of: costs, intensity: half, provision: P.02, text: "Contributo"}'
)


def test_a_service_has_a_code_only_where_the_header_and_the_office_say_so(write):
    selection = lines(write, SERVICES)
    header = replaced(HEADER, lista_strumenti=(GRANT, SERVICE))
    award = of_written(selection, header)
    assert [(one.code, one.aid) for one in award.instruments] == [(None, Decimal("5000.00"))]
    assert award.forms == ("service",)
    assert award.aid().keys.instrument == "service"
    told = of_written(selection, header, instrument_codes={"service": 9001}).instruments[0]
    assert (told.code, told.text) == (9001, "Voucher di prova")


def test_an_award_cut_to_what_is_left_is_that_of_its_one_line(measure):
    selection = measure("in_part", budget="3000.00 EUR").select(three(), on=ASKED)
    award = of_written(selection)
    assert selection["a"].award.cut
    assert [(one.aid, one.nominal) for one in award.instruments] == [(Decimal("3000.00"), Decimal("3000.00"))]


@pytest.mark.parametrize("support", [LENT, LENT_AND_GIVEN])
def test_a_cut_that_no_rule_shares_out_or_weighs_is_refused(write, support):
    with pytest.raises(BadFacts) as caught:
        of_written(lines(write, support, budget="3000.00 EUR"), replaced(HEADER, lista_strumenti=(GRANT, LOAN)))
    (fault,) = caught.value.faults
    assert fault.subject == "award"
    assert "no rule says how that is shared out" in fault.message


@pytest.mark.parametrize(("budget", "given"), [("12000.00 EUR", "5000.00"), ("3000.00 EUR", "3000.00")])
def test_lines_that_the_envelopes_do_not_pay_fill_the_ceiling_too(write, budget, given):
    selection = lines(write, LENT_AND_GIVEN, pays="      pays: [grant]\n", budget=budget)
    award = of_written(selection, replaced(HEADER, lista_strumenti=(GRANT, LOAN)))
    assert {one.kind: (one.aid, one.nominal) for one in award.instruments} == {
        "loan": (Decimal("2500.00"), Decimal("5000.00")), "grant": (Decimal(given), Decimal(given)),
    }  # fmt: skip
    assert award.equivalent == Decimal("2500.00") + Decimal(given)
    assert (selection["a"].award.confidence, award.confidence) == ("official", "inferred")


def test_a_line_that_gives_nothing_is_no_instrument():
    def after(amount):
        ledger = Ledger([deminimis.Aid("1", ALFA, "gen", "2025-03-01", amount)], complete_by="prova")
        told = deminimis.facts(ledger, ALFA, applicant=ALFA, on=ON)
        return prepared(chosen(**told), instrument_codes={"grant": 2})

    assert [str(one.aid) for one in after("294000.00").instruments] == ["5448.36", "551.64"]
    assert [one.kind for one in after("294551.64").instruments] == ["loan"]


def test_who_is_not_funded_for_certain_is_refused(measure):
    selection = measure("stops").select([*three(), application("d", 60, active=None)], on=ASKED)
    assert [selection[name].standing for name in "acd"] == ["funded", "not_funded", "depends"]
    for name in "cd":
        with pytest.raises(BadFacts, match=f"<award {name}>: standing: .* not certain that the application is funded"):
            prepare_award(selection[name], HEADER, granted_on=GRANTED, codice_fiscale=ALFA)


def test_a_list_gives_nothing(measure):
    listed = measure(kind="list", shape="", budget="{is: 12000.00 EUR, for_information: yes}").select(three(), on=ASKED)
    with pytest.raises(BadFacts, match="award: listed: no envelope gives it anything"):
        prepare_award(listed["a"], HEADER, granted_on=GRANTED, codice_fiscale=ALFA)


def test_an_equivalent_that_is_not_certain_is_refused():
    with pytest.raises(BadFacts) as caught:  # the discount rate of that day is not known
        prepared(chosen(on=dt.date(2026, 3, 2)), granted_on="2026-03-02")
    assert subjects(caught) == {"loan"}


def test_an_amount_that_is_not_certain_is_refused(measure):
    selection = measure("in_part", budget="{unknown: non pubblicata, between: [6000.00 EUR, 9000.00 EUR]}").select(
        three(), on=ASKED
    )
    with pytest.raises(BadFacts) as caught:
        prepared(selection["b"], granted_on=GRANTED, codice_fiscale=ALFA)
    assert faults(caught) == {("award", f"its amount is not certain: {selection['b'].amount}")}


@pytest.mark.parametrize(("objectives", "told", "words"), [
    ([EXEMPTED], {}, "the measure is not de minimis"),
    ([replaced(GENERAL, cod_procedimento=3)], {}, "the measure is not de minimis"),
    ([], {}, "the measure is not de minimis"),
    ([GENERAL, TRAINING], {}, "842030 under CE2831/23, 842020 under CE2831/23: say objective="),
    ([GENERAL], {"objective": 842020}, "no such de minimis objective; it has 842030 under CE2831/23"),
    ([GENERAL], {"regulation": "sgei"}, "no such de minimis objective"),
    ([GENERAL], {"regulation": "general"}, "no regulation is called 'general'"),
])  # fmt: skip
def test_the_objective_is_one_of_the_header(placement, objectives, told, words):
    with pytest.raises(BadFacts) as caught:
        prepared(placement, replaced(HEADER, lista_obiettivi=tuple(objectives)), **told)
    (fault,) = caught.value.faults
    assert words in fault.message


def test_among_several_objectives_the_office_says_which(placement):
    header = replaced(HEADER, lista_obiettivi=(EXEMPTED, GENERAL, TRAINING))
    for told in (842020, "842020"):
        record = prepared(placement, header, objective=told, regulation="gen").record(cor="1", component_id="1")
        assert record.components[0].objective == "training"


@pytest.mark.parametrize(("told", "subject"), [
    ({"codice_fiscale": "01234560158"}, "codice_fiscale"),
    ({"codice_fiscale": BETA}, "codice_fiscale"),  # the facts say another
    ({"granted_on": "2026-01-14"}, "granted_on"),  # before the question
    ({"granted_on": "2026-02-30"}, "granted_on"),
    ({"cup": "E44E2000014000"}, "cup"),
    ({"office": "1"}, "office"),
    ({"region": "n.d."}, "region"),
    ({"beneficiary_name": "ALFA\x02"}, "beneficiary_name"),
    ({"grant_acts": "Decreto"}, "grant_acts"),
    ({"cor": "90000001"}, "cor"),
    ({"sectors": ["28.9"]}, "sectors"),
    ({"sectors": "C.28.9"}, "sectors"),
    ({"instrument_codes": {"grant": 3}}, "instrument_codes"),  # not in the header
    ({"instrument_codes": {"grant": 9}}, "instrument_codes"),  # that is a loan
    ({"instrument_codes": {"guarantee": 2}}, "instrument_codes"),  # the measure gives none
])  # fmt: skip
def test_what_cannot_be_is_refused(placement, told, subject):
    with pytest.raises(BadFacts) as caught:
        prepared(placement, **told)
    assert subjects(caught) == {subject}
    assert str(caught.value).startswith("<award D-1>: ")


def test_all_faults_come_at_once(placement):
    with pytest.raises(BadFacts) as caught:
        prepared(
            placement, replaced(HEADER, lista_obiettivi=()), codice_fiscale="X", granted_on="oggi", cup="X", office=True,
            reggione="Lombardia", sectors=["X"], instrument_codes={"grant": 9},
        )  # fmt: skip
    assert subjects(caught) == {
        "header", "codice_fiscale", "granted_on", "cup", "office", "reggione", "sectors", "instrument_codes",
    }  # fmt: skip


def test_the_grant_is_the_one_that_the_facts_tell():
    months = {"granted_loan_months": "60", "granted_grace_months": "0"}
    known = chosen(granted_on="2026-01-15", granted_loan="130000.00", granted_grant="40000.00", **months)
    assert prepared(known, granted_on="2026-01-15").granted_on == ON
    with pytest.raises(BadFacts, match="the facts of the application say 2026-01-15"):
        prepared(known)


def test_a_tax_code_is_needed(measure):
    selection = measure().select(three(), on=ASKED)
    with pytest.raises(BadFacts, match="codice_fiscale: it is not given, and the facts do not tell it"):
        prepared(selection["a"], granted_on=GRANTED, header=replaced(HEADER, lista_strumenti=(GRANT,)))


def test_a_what_if_is_not_registered():
    at = misure.Application("D-1", facts(), filed_at="2025-06-20T11:00:00", admitted=True)
    selection = MERCATI.vary(grant_share="10%").select([at], on=ON)
    with pytest.raises(BadFacts, match="it is a what-if"):
        prepared(selection["D-1"])


def test_a_regulation_is_granted_under_from_its_first_day(measure):
    selection = measure().select(three(), on=ASKED)
    with pytest.raises(BadFacts, match="CE2831/23 is granted under from 2024-01-01"):
        prepared(selection["a"], codice_fiscale=ALFA, granted_on="2023-12-31")
    with pytest.raises(NotEncoded, match="the law of 2035-01-01 is not encoded"):
        prepared(selection["a"], codice_fiscale=ALFA, granted_on="2035-01-01")


@pytest.mark.parametrize("given", [None, "D-1", 1])
def test_only_a_placement_and_a_header_will_do(placement, given):
    with pytest.raises(BadFacts) as caught:
        prepare_award(given, given, granted_on=GRANTED)
    assert subjects(caught) == {"placement", "header"}
    with pytest.raises(BadFacts, match="<award D-1>: header: expected RnaMeasure"):
        prepare_award(placement, given, granted_on=GRANTED)


@pytest.mark.parametrize("given", ["", "COR-1", "007", 90000001, None])
def test_a_cor_is_a_number_of_the_register(placement, given):
    award = prepared(placement)
    with pytest.raises(BadFacts) as caught:
        award.record(cor=given, component_id=given)
    assert subjects(caught) == {"cor", "component_id"}
    if given is not None:
        with pytest.raises(BadFacts, match=r"<award D-1>: cor: .* is no whole number without zeros before it"):
            award.aid(cor=given)


def test_nothing_is_granted_before_it_is_asked_for(measure):
    selection = measure().select(three(), on=ASKED)
    header = replaced(HEADER, lista_strumenti=(GRANT,))
    with pytest.raises(BadFacts) as caught:
        prepared(selection["a"], header, codice_fiscale=ALFA, granted_on="2024-01-31")
    assert ("granted_on", "2024-01-31 lies before 2024-02-01, when the application was filed") in faults(caught)


@pytest.mark.parametrize("codes", ["grant", 5, ["grant"]])
def test_codes_of_instruments_are_a_mapping(placement, codes):
    with pytest.raises(TypeError, match="instrument_codes="):
        prepared(placement, instrument_codes=codes)
