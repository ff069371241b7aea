# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
import types

import pytest

from misure.facts.reader import path_text
from misure.facts.validation import FactsForm
from misure.ground.errors import BadFacts
from misure.ground.place import Place
from tests.facts.sample_measure import COMPLETE, FACTS, INTAKE, TABLES, VOCABULARY

ON = dt.date(2022, 6, 1)
INPUTS = [column.name for column in INTAKE.layout.inputs]


def value(dossier, name):
    return dossier.values[INPUTS.index(name)]


def faults(facts, **options):
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(facts, ON, **options)
    return [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults]


def test_a_complete_dossier_holds_everything_in_the_order_of_the_measure():
    dossier = INTAKE.read(COMPLETE, ON)
    assert dossier.complete
    assert list(FACTS) == INPUTS
    filed = dt.date(2022, 5, 2).toordinal()
    opened = dt.date(2020, 1, 31).toordinal()
    assert dossier.values == (
        123450, -300, 12, 3500, True, True, 6500, opened, filed, 0, "small", "62.01", "alfa", "01.1",
        "01234560157", "E44E20000140007",
    )  # fmt: skip
    rows = (("Società Alfa", "alfa", True, 1000, True), ("Beta", "beta", False, 700, False))
    assert dossier.tables == ((rows, 0), ((), 0))
    assert [(note.path, note.by, note.why) for note in dossier.judgements] == [
        (("swot_adequate",), "Nucleo di valutazione", "completa"),
        (("partners", 1, "reliable"), "", "n.d."),
    ]
    assert dossier.defaults == ()


def test_nothing_told_is_nothing_known():
    dossier = INTAKE.read({}, ON)
    assert not dossier.complete
    assert dossier.defaults == ()
    assert set(dossier.values) == {None}
    assert dossier.tables == (((), 5), ((), 3))
    assert dossier.said() == {}


def test_an_untold_day_of_filing_is_unknown():
    assert INTAKE.read({"filed_on": None}, ON) == INTAKE.read({}, ON)


def test_the_day_of_the_question_stands_in_for_a_filing_that_has_not_happened():
    dossier = INTAKE.read({"filed_on": "not_yet"}, ON)
    assert dossier.defaults == (("filed_on", ON.toordinal()),)
    assert value(dossier, "filed_on") == ON.toordinal()
    assert {told for name, told in zip(INPUTS, dossier.values, strict=True) if name != "filed_on"} == {None}
    assert dossier.said() == {"filed_on": "not_yet"}
    assert INTAKE.read(dossier.said(), ON) == dossier != INTAKE.read({"filed_on": ON.isoformat()}, ON)


def test_a_default_leaves_a_dossier_complete():
    assert INTAKE.read(COMPLETE | {"filed_on": "not_yet"}, ON).complete


@pytest.mark.parametrize("name", [*FACTS, *TABLES])
def test_a_dossier_lacks_what_one_fact_leaves_out(name):
    without = {key: told for key, told in COMPLETE.items() if key != name}
    dossier = INTAKE.read(without, ON)
    assert not dossier.complete
    assert dossier == INTAKE.read(COMPLETE | {name: None}, ON)


def test_a_record_that_lacks_a_field_leaves_the_dossier_open():
    dossier = INTAKE.read(COMPLETE | {"partners": [{"id": "a"}]}, ON)
    assert dossier.tables[0] == (((None, "a", None, None, None),), 0)
    assert not dossier.complete


def test_a_table_may_be_told_in_part():
    dossier = INTAKE.read(COMPLETE | {"years": {"records": [{"id": "2021"}], "complete": False}}, ON)
    assert dossier.tables[1] == ((("2021",),), 2)
    assert not dossier.complete
    assert dossier.said()["years"] == {"records": [{"id": "2021"}], "complete": False}


def test_a_table_may_be_told_whole_in_the_long_form():
    assert INTAKE.read(COMPLETE | {"years": {"records": [], "complete": True}}, ON) == INTAKE.read(COMPLETE, ON)
    assert INTAKE.read(COMPLETE | {"years": {"records": []}}, ON).complete


def test_a_full_table_has_no_unseen_records():
    records = [{"id": str(year)} for year in (2019, 2020, 2021)]
    assert INTAKE.read(COMPLETE | {"years": {"records": records, "complete": False}}, ON).complete


def test_facts_of_other_measures_are_passed_over():
    told = {"vat": True, "paid_on": "2022-01-01"}
    assert INTAKE.read(COMPLETE | told, ON) == INTAKE.read(COMPLETE, ON)
    assert INTAKE.passed_over(COMPLETE | told | {"none": None}) == ["vat", "paid_on"]
    assert (INTAKE.nearest("turnovr"), INTAKE.nearest("zzzzzz")) == ("turnover", None)


def test_facts_of_other_measures_are_what_they_are_called():
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(COMPLETE | {"vat": "whatever", "paid_on": 1.5}, ON)
    assert {fault.subject for fault in caught.value.faults} == {"vat", "paid_on"}


def test_an_anchor_that_no_rule_asks_is_read_last():
    asked = {"turnover": FACTS["turnover"]}
    intake = FactsForm(asked, {}, VOCABULARY, "paid_on")
    assert [column.name for column in intake.layout.inputs] == ["turnover", "paid_on"]
    dossier = intake.read({"turnover": 1, "paid_on": "2022-01-01"}, ON)
    assert dossier.values == (100, dt.date(2022, 1, 1).toordinal())
    assert intake.read({}, ON).defaults == ()


def test_a_filing_that_neither_anchor_nor_rule_names_is_not_asked():
    assert FactsForm({}, {}, VOCABULARY, "on").read({"filed_on": "2022-01-01"}, ON).values == ()


def test_all_faults_come_together():
    assert faults({
        "turnovr": 1, "turnover": 1.5, "firms": 0, "size": "smal", "report_filed": "2023-01-01",
        "agreement_signed": {"value": True}, "swot_adequate": {"value": True, "becouse": "x"},
        "score": {"by": "Nucleo"}, 7: 8,
        "partners": [
            {"id": "a", "sgned": True}, {"id": "a"}, {"name": "Gamma"}, 3, {"id": "b", "reliable": {"value": 3}},
        ],
        "years": "2021",
    }) == [
        "the name of a fact is a text; got 7",
        "agreement_signed: expected a single value; only a fact that a person assesses may carry value, by, on and why",
        "firms: 0 is below the least that can be, 1 firms",
        "partners[0].sgned: no field is called 'sgned'; did you mean 'signed'?",
        "partners[1].id: 'a' stands twice: partners[0] has it too",
        "partners[2]: every record needs its id, which tells it from the others",
        "partners[3]: expected a record with the fields name, id, signed, quota, reliable; got 3",
        "partners[4].reliable.value: expected true or false; got 3",
        "report_filed: 2023-01-01 has not happened yet on 2022-06-01: write not_yet",
        "score: a judgement needs its value",
        "size: expected one of micro, small, medium; got 'smal'; did you mean 'small'?",
        "swot_adequate.becouse: a judgement has value, by, on and why; got 'becouse'",
        'turnover: 1.5 is a binary float, which is not exact: write it as text, "1.5"',
        "turnovr: no fact is called 'turnovr'; did you mean 'turnover'?",
        "years: expected a list of records; got '2021'",
    ]  # fmt: skip


@pytest.mark.parametrize(("facts", "message"), [
    ([1], "expected the facts, each with its name; got a list"),
    ({"years": [{"id": str(n)} for n in range(4)]}, "years: 4 records; at most 3 are allowed"),
    ({"years": {"records": [], "complete": "no"}}, "years.complete: expected true or false; got 'no'"),
    ({"years": {"record": []}}, "years.record: no part of a table is called 'record'; did you mean 'records'?"),
    ({"years": [{"id": None}]}, "years[0]: every record needs its id, which tells it from the others"),
    ({"years": [{"id": ""}]}, "years[0].id: the text is empty: leave the fact out when it is not known"),
    ({"score": {"value": 3, "on": "2022-07-01"}},
     "score.on: 2022-07-01 has not happened yet on 2022-06-01: write not_yet"),
    ({"score": {"value": 3, "by": ""}}, "score.by: the text is empty: leave the fact out when it is not known"),
    ({"score": {"value": 101}}, "score.value: 101 is above the greatest that can be, 100.00 points"),
])  # fmt: skip
def test_one_fault(facts, message):
    assert faults(facts) == [message]


def test_hundreds_of_wrong_names_are_all_told_without_guessing_at_each():
    found = faults({f"turnover_{number}": 1 for number in range(500)})
    assert len(found) == 500
    assert sum("did you mean" in fault for fault in found) == 20


def test_faults_carry_the_places_they_are_given():
    places = {("turnover",): Place("facts.yaml", 3, 11), ("partners", 0, "quota"): Place("facts.yaml", 1, 2)}
    facts = {"turnover": "x", "partners": [{"id": "a", "quota": "y"}]}
    first, second = faults(facts, places=places.get, text_source=True)
    assert first.startswith("facts.yaml:1:2: partners[0].quota: 'y' is not a number")
    assert second.startswith("facts.yaml:3:11: turnover: 'x' is not a number")


def test_a_file_of_texts():
    facts = {
        "firms": "12", "agreement_signed": "sì", "opened_on": "2020-01-31", "swot_adequate": {"value": "no"},
        "years": {"records": [{"id": "2021"}], "complete": "no"},
    }  # fmt: skip
    dossier = INTAKE.read(facts, ON, text_source=True)
    assert (value(dossier, "firms"), value(dossier, "agreement_signed"), value(dossier, "swot_adequate")) == (
        12,
        True,
        False,
    )
    assert dossier.tables[1] == ((("2021",),), 2)


@pytest.mark.parametrize("on", ["2022-06-01", dt.datetime(2022, 6, 1, tzinfo=dt.UTC), None])
def test_the_day_of_the_question_is_a_date(on):
    with pytest.raises(TypeError, match="without a time of day"):
        INTAKE.read({}, on)


def test_any_mapping_will_do():
    frozen = types.MappingProxyType(COMPLETE | {"partners": tuple(map(types.MappingProxyType, COMPLETE["partners"]))})
    assert INTAKE.read(frozen, ON) == INTAKE.read(COMPLETE, ON)


def test_an_intake_survives_pickling():
    INTAKE.read(COMPLETE, ON)
    again = pickle.loads(pickle.dumps(INTAKE))  # noqa: S301 - our own bytes
    assert again.layout == INTAKE.layout
    assert again.read(COMPLETE, ON) == INTAKE.read(COMPLETE, ON)


def test_the_facts_handed_over_are_left_as_they_were():
    before = repr(COMPLETE)
    INTAKE.read(COMPLETE, ON)
    assert repr(COMPLETE) == before


def test_a_path_in_words():
    assert path_text(("partners", 3, "signed")) == "partners[3].signed"


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("turnover", float("nan"), "turnover: nan is no number"), ("turnover", float("-inf"), "turnover: -inf is no number"),
        ("turnover", 1.5, 'turnover: 1.5 is a binary float, which is not exact: write it as text, "1.5"'),
        ("filed_on", "2022-13-01", "filed_on: 2022-13-01 does not exist: there is no month 13"),
        ("filed_on", "soon", "filed_on: 'soon' is not a date: write YYYY-MM-DD, or not_yet"),
    ],
    ids=range(5),
)  # fmt: skip
def test_what_is_told_of_a_value(name, given, told):
    with pytest.raises(BadFacts) as caught:
        INTAKE.read({name: given}, ON)
    assert [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults] == [told]
