# SPDX-License-Identifier: Apache-2.0
"""What a reading tells besides its records: each oddity with its first examples and their places, each damage, progress."""

from __future__ import annotations

import io
import zipfile

import pytest

from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.register import Damage, Oddity, ReadingReport, read_aids
from misure.register.files.report import Tally, joined
from tests.register.samples import aid, component, document, example, instrument, plain, reading

GOOD = plain("1")
LINE = 4  # of the second record of a document


def reported(content, **settings):
    found = reading(document(GOOD, content), **settings)
    list(found)
    return found.report


def odd(content, **settings):
    """The oddities of the second record, each with its one example as it is printed."""
    return {kind.kind: [kind.count, *map(str, kind.examples)] for kind in reported(content, **settings).warnings}


def row(subject, message):
    return [1, f"<aids>:{LINE}:1: {subject}: {message}"]


COR = "COR 90000001"
ODDITIES = [
    (aid(component(instrument("2", "x", "2.00", "1.00"))), "element_gt_nominal", COR, "an ELEMENTO_DI_AIUTO is more than its IMPORTO_NOMINALE"),
    (aid(component(instrument(aid="n.d."))), "no_amount", COR, "an ELEMENTO_DI_AIUTO is not told"),
    (example(cf="n.d."), "no_beneficiary", COR, "CODICE_FISCALE_BENEFICIARIO is not told: nobody's ledger can hold the aid"),
    (aid(), "no_components", COR, "it tells no component: how much was granted is not known"),
    (aid(component()), "no_instruments", COR, "a component tells no instrument: how much was granted is not known"),
    (aid(component(instrument(), procedure="3")), "procedure_not_of_regulation", COR, "the procedure is de minimis and the regulation is not, or the other way round"),
    (aid(component(instrument(), instrument())), "repeated_instrument", COR, "a component tells one COD_STRUMENTO more than once: each counts"),
    (aid(component(instrument("99", "x"))), "unknown_instrument", COR, "a COD_STRUMENTO is not known"),
    (aid(component(instrument(), objective="7")), "unknown_objective", COR, "a COD_OBIETTIVO is not among those that are known"),
    (aid(component(instrument(), procedure="9")), "unknown_procedure", COR, "a COD_PROCEDIMENTO is not known"),
    (aid(component(instrument(), code="CE9999/99")), "unknown_regulation", COR, "a COD_REGOLAMENTO is not known: what was granted under it counts under none"),
    (example(DES_TIPO_BENEFICIARIO="Gigante"), "unknown_size", COR, "the DES_TIPO_BENEFICIARIO is not known"),
    (aid(component(instrument(aid="1.001", nominal="2"))), "raised_to_cent", COR, "ELEMENTO_DI_AIUTO: 1.001 has a fraction of a cent, which counts as one"),
    (aid(component(instrument(), sectors="C.28.9, X")), "unusual_sector", COR, "SETTORE_ATTIVITA: 'X' is written unlike I.56.1"),
    (aid(component(instrument(), sectors="x" * 50)), "unusual_sector", COR, f"SETTORE_ATTIVITA: '{'x' * 40}' is written unlike I.56.1"),
    (example(without=("CUP",)), "missing_element", COR, "CUP: the schema asks for it"),
    (aid(component(instrument(), sectors=None)), "missing_element", COR, "SETTORE_ATTIVITA: the schema asks for it"),
    (example(extra="<NUOVO/>"), "unknown_element", COR, "NUOVO: the schema has no such element in AIUTO"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind", "subject", "message"), ODDITIES, ids=range(len(ODDITIES)))
def test_an_oddity_has_its_place_and_its_words(content, kind, subject, message):
    assert odd(content) == {kind: row(subject, message)}


def test_an_element_beside_the_records_is_not_read():
    ((kind, (count, fault)),) = odd("<NUOVO/>").items()
    assert (kind, count) == ("unknown_element", 1)
    assert fault.endswith(":1: NUOVO: it stands beside AIUTO, and is not read")


def test_a_component_without_its_list_of_instruments_is_odd_twice():
    lacking = component().replace("<STRUMENTI_AIUTO></STRUMENTI_AIUTO>", "")
    assert odd(aid(lacking)) == {
        "missing_element": row(COR, "STRUMENTI_AIUTO: the schema asks for it"),
        "no_instruments": row(COR, "a component tells no instrument: how much was granted is not known"),
    }


def test_elements_that_the_schema_lets_be_left_out_are_not_missed():
    assert odd(example()) == {}
    assert odd(example(extra="<ATTO_CONCESSIONE>x</ATTO_CONCESSIONE><LINK_ATTO_CONCESSIONE/>")) == {}


def test_five_examples_of_a_kind_are_kept_and_all_are_counted():
    found = reading(document(*(aid(cor=str(n)) for n in range(1, 8))))
    list(found)
    (kind,) = found.report.warnings
    assert (kind.kind, kind.count) == ("no_components", 7)
    assert [fault.subject for fault in kind.examples] == [f"COR {n}" for n in range(1, 6)]
    assert [fault.place for fault in kind.examples] == [Place("<aids>", 2 + n, 1) for n in range(1, 6)]


def test_kinds_stand_in_alphabetical_order():
    report = reported(aid(component(instrument("99", "x", "n.d.")), without=("CUP",), cf="n.d."))
    assert [kind.kind for kind in report.warnings] == [
        "missing_element",
        "no_amount",
        "no_beneficiary",
        "unknown_instrument",
    ]
    assert report.warned("no_amount") == 1
    assert report.warned("another") == 0


def test_what_concerns_a_whole_file_has_no_line():
    found = reading(document(plain("1", TITOLO_PROGETTO="a\x02\x02b\x1f"), namespace=' xmlns="x"'), namespace="lenient")
    list(found)
    told = {kind.kind: (kind.count, *map(str, kind.examples)) for kind in found.report.warnings}
    assert told == {
        "control_bytes": (3, "<aids>: XML forbids them, and they were left out: 0x02 2 times, 0x1F 1 times"),
        "foreign_namespace": (1, "<aids>: the root has the namespace x, and was read leniently"),
    }
    bare = reading(document(GOOD, namespace=""), namespace="lenient")
    list(bare)
    assert str(bare.report.warnings[0].examples[0]) == "<aids>: the root has no namespace, and was read leniently"


def test_a_file_without_aids_says_so_only_where_it_is_whole():
    found = reading(document())
    list(found)
    assert [str(each) for kind in found.report.warnings for each in kind.examples] == ["<aids>: the file holds no aid"]
    found = reading(document(example(day="x")), skip_damaged=True)
    list(found)
    assert found.report.warned("no_records") == 0


@pytest.mark.parametrize(("content", "messages"), [
    (aid(component(instrument(), code="CE9999/99")), ["COD_REGOLAMENTO: no known regulation has the code 'CE9999/99'"]),
    (aid(component(instrument(), code="n.d.")), ["COD_REGOLAMENTO: it is not told"]),
    (aid(component(instrument(), code="CE9999/99"), component(instrument(), code="CE2831/23", id_="x")),
     ["COD_REGOLAMENTO: no known regulation has the code 'CE9999/99'", "ID_COMPONENTE_AIUTO: 'x' is no whole number that names anything"]),
])  # fmt: skip
def test_an_unknown_regulation_is_damage_where_it_may_not_stand(content, messages):
    report = reported(content, unknown_regulations="fault", skip_damaged=True)
    (damage,) = report.skipped
    assert list(damage.messages) == messages
    assert (damage.number, damage.records, damage.cor, damage.codice_fiscale) == (2, 1, "90000001", "01234560157")
    assert reported(content, skip_damaged=True).lost == (1 if len(messages) > 1 else 0)


INSIDE = [
    (example(extra="<COMPONENTE_AIUTO/>"), ["AIUTO: COMPONENTE_AIUTO stands in it out of its place"]),
    (aid(component(instrument() + "<CUP>1</CUP>")), ["STRUMENTI_AIUTO: CUP stands in it, and only STRUMENTO_AIUTO may"]),
    (aid(component(instrument().replace("</COD_STRUMENTO>", "</COD_STRUMENTO><CUP/>"))), ["STRUMENTO_AIUTO: CUP stands in it out of its place"]),
    (example(CUP="<A/><B/>"), ["CUP: A stands inside it"]), (example(CAR="1</CAR><CAR>2"), ["CAR: it is told twice"]),
    (aid(component(instrument(), id_="1") + "testo"), []),
    (aid(component(instrument().replace("<DES_STRUMENTO>", "testo<DES_STRUMENTO>"))), ["STRUMENTO_AIUTO: there is text between its elements"]),
    (example(TITOLO_PROGETTO="a<!-- c -->b"), []), (example(extra="\n \t"), []),
]  # fmt: skip


@pytest.mark.parametrize(("content", "messages"), INSIDE, ids=range(len(INSIDE)))
def test_what_stands_out_of_its_place_is_damage(content, messages):
    report = reported(content, skip_damaged=True)
    assert [message for damage in report.skipped for message in damage.messages] == messages
    assert report.lost == bool(messages)


def test_a_grant_on_the_day_on_which_the_file_was_drawn_is_sound():
    content = document(plain("1", day="2026-10-31"), plain("2", day="2026-11-01"))
    found = reading(content, drawn_on="2026-10-31", skip_damaged=True)
    assert [record.cor for record in found] == ["1"]
    (damage,) = found.report.skipped
    assert damage.messages == ("DATA_CONCESSIONE: 2026-11-01 lies after 2026-10-31, when the file was drawn",)


@pytest.mark.parametrize(("number", "records", "cor", "subject"), [
    (None, 0, None, "between records"), (None, 3, "7", "between records"), (2, 1, None, "record 2"), (2, 1, "7", "record 2 (COR 7)"),
    (2, 2, None, "records 2-3"), (5, 3, "7", "records 5-7 (COR 7)"),
])  # fmt: skip
def test_what_a_damage_concerns(number, records, cor, subject):
    damage = Damage(Place("f", 3, 1), 17, number, records, cor, None, ("uno", "due"))
    assert damage.subject == subject
    assert damage.faults == (
        Fault(Place("f", 3, 1), subject, "byte 17: uno"),
        Fault(Place("f", 3, 1), subject, "byte 17: due"),
    )


def report(records, lost, damages, skipped, warnings, *, complete, sources=("a",)):
    return ReadingReport(sources, records, lost, damages, skipped, warnings, complete)


DAMAGE = Damage(Place("f", 3, 1), 17, 2, 1, None, None, ("uno",))
FIRST = report(3, 1, 2, (DAMAGE,), (Oddity("b", 2, (Fault(Place("a"), "", "x"),)), Oddity("c", 1, ())), complete=False)
SECOND = report(
    4, 0, 0, (), (Oddity("a", 5, ()), Oddity("b", 1, (Fault(Place("b"), "", "y"),))), complete=True, sources=("b", "d")
)


def test_a_report_in_words():
    assert str(FIRST).splitlines() == [
        "3 records read, 1 lost, not complete", "f:3:1: record 2: byte 17: uno", "1 damages more", "b: 2", "c: 1",
    ]  # fmt: skip
    assert str(SECOND).splitlines() == ["4 records read, 0 lost, complete", "a: 5", "b: 1"]
    assert str(report(0, 1, 1, (DAMAGE,), (), complete=False)).splitlines()[1:] == ["f:3:1: record 2: byte 17: uno"]


def test_reports_are_joined_in_their_order():
    both = (Fault(Place("a"), "", "x"), Fault(Place("b"), "", "y"))
    assert joined([FIRST, SECOND]) == report(
        7, 1, 2, (DAMAGE,), (Oddity("a", 5, ()), Oddity("b", 3, both), Oddity("c", 1, ())), complete=False,
        sources=("a", "b", "d"),
    )  # fmt: skip
    assert joined([SECOND, SECOND]).complete
    assert joined([]) == report(0, 0, 0, (), (), complete=True, sources=())


def test_a_tally_wants_as_many_examples_as_it_was_told():
    tally = Tally(2)
    assert [tally.wants("b") for _ in range(3)] == [True, True, False]
    tally.add("a", 4)
    tally.add("a", 1)
    tally.show("b", Fault(Place("x"), "", "m"))
    assert list(tally) == [Oddity("a", 5, ()), Oddity("b", 3, (Fault(Place("x"), "", "m"),))]


def test_every_damage_is_told_to_whoever_listens_beyond_those_kept():
    told = []
    found = reading(document(*(example(cor=str(n), day="x") for n in range(1, 6))), skip_damaged=True, most_damages=2)
    found.on_damage(lambda damage: told.append(damage.cor))
    assert list(found) == []
    assert told == ["1", "2", "3", "4", "5"]
    assert [damage.cor for damage in found.report.skipped] == ["1", "2"]


@pytest.mark.parametrize(("count", "most", "told"), [(2, 3, 2), (3, 3, 4), (4, 3, 4), (1, 1, 2)])
def test_after_the_last_damage_that_is_gathered_nothing_more_is_read(count, most, told):
    content = document(*(example(cor=str(n), day="x") for n in range(1, count + 1)), GOOD)
    with pytest.raises(BadFacts) as caught:
        list(reading(content, most_damages=most))
    faults = list(map(str, caught.value.faults))
    assert len(faults) == told
    end = f"<aids>:{2 + most + 1}:1: there may be more: after {most} damages nothing more is read"
    assert (faults[-1] == end) is (count >= most)


def archive(*documents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, content in enumerate(documents):
            packed.writestr(f"{number}.xml", content)
    return file.getvalue()


def test_progress_is_told_with_the_records_that_were_given(tmp_path):
    first, second = document(plain("1"), plain("2")), document(plain("3"))
    path = tmp_path / "a.zip"
    path.write_bytes(archive(first, second))
    told = []
    assert len(list(read_aids(path, progress=lambda *state: told.append(state)))) == 3
    whole = len(first) + len(second)
    assert told == [(whole, whole, 3)]


def test_a_reading_says_what_it_is(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(document(plain("1"), plain("2")))
    found = read_aids(path, drawn_on="2026-10-31")
    assert repr(found) == f"<AidReader of {path}: 0 records, not ended, grants up to 2026-10-31>"
    assert next(found).cor == "1"
    assert repr(found) == f"<AidReader of {path}: 1 records, not ended, grants up to 2026-10-31>"
    list(found)
    assert repr(found) == f"<AidReader of {path}: 2 records, complete, grants up to 2026-10-31>"
    damaged = reading(document(example(day="x")), skip_damaged=True)
    list(damaged)
    assert repr(damaged) == "<AidReader of <aids>: 0 records, ended>"


SETTINGS = [
    ({"namespace": "loose"}, "namespace: expected 'strict' or 'lenient'; got 'loose'"),
    ({"unknown_regulations": "fail"}, "unknown_regulations: expected 'warn' or 'fault'; got 'fail'"),
    ({"most_damages": 0}, "most_damages: expected how many, at least 1; got 0"),
    ({"most_damages": True}, "most_damages: expected how many, at least 1; got true"),
    ({"most_damages": "9"}, "most_damages: expected how many, at least 1; got '9'"),
    ({"progress": 7}, "progress: expected something to call; got 7"),
    ({"drawn_on": "2026-02-30"}, "drawn_on: 2026-02-30 does not exist: February 2026 has 28 days"),
    ({"drawn_on": 7}, "drawn_on: expected a date; got 7"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "fault"), SETTINGS, ids=range(len(SETTINGS)))
def test_a_setting_that_cannot_be_is_told(settings, fault):
    with pytest.raises(BadFacts) as caught:
        read_aids("nowhere.xml", **settings)
    assert [str(each) for each in caught.value.faults] == [f"<read_aids>: {fault}"]


def test_settings_that_cannot_be_are_told_together_before_anything_is_opened():
    with pytest.raises(BadFacts) as caught:
        read_aids("nowhere.xml", namespace="x", unknown_regulations="x", most_damages=0, progress=1, drawn_on="x")
    assert [fault.subject for fault in caught.value.faults] == [
        "drawn_on",
        "most_damages",
        "namespace",
        "progress",
        "unknown_regulations",
    ]
    assert read_aids("nowhere.xml", most_damages=1, namespace="lenient", unknown_regulations="fault") is not None
