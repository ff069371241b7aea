# SPDX-License-Identifier: Apache-2.0
"""A dossier says again what was told, ready for JSON; what was judged keeps who judged it, when and why."""

import datetime as dt
import pickle
import types

import pytest

from misure.facts.dossier import Column, Judgement, TableLayout
from misure.facts.reader import read_carefully
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Nature, Vocabulary
from misure.ground.errors import BadFacts
from tests.facts.sample_measure import COMPLETE, FACTS, INTAKE, NOT_ASKED, PARTNERS, TABLES, VOCABULARY

ON = dt.date(2022, 6, 1)
MAY = dt.date(2022, 5, 1).toordinal()


def faults(facts):
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(facts, ON)
    return [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults]


def test_what_was_told_is_said_in_one_form():
    said = INTAKE.read(COMPLETE, ON).said()
    assert said == {
        "turnover": "1234.50", "result": "-3.00", "firms": 12, "aid_share": "0.3500", "agreement_signed": True,
        "swot_adequate": {"value": True, "by": "Nucleo di valutazione", "on": "2022-05-01", "why": "completa"},
        "score": "65.00", "opened_on": "2020-01-31", "filed_on": "2022-05-02", "report_filed": "not_yet", "size": "small",
        "primary_ateco": "62.01", "capofila": "alfa", "second_ateco": "01.1", "tax_code": "01234560157",
        "project_code": "E44E20000140007",
        "partners": [
            {"name": "Società Alfa", "id": "alfa", "signed": True, "quota": "10.00", "reliable": True},
            {"name": "Beta", "id": "beta", "signed": False, "quota": "7.00", "reliable": {"value": False, "why": "n.d."}},
        ],
        "years": [],
    }  # fmt: skip
    assert list(said) == [*FACTS, *TABLES]


@pytest.mark.parametrize(("table", "said"), [
    (None, {}), ([], {"partners": []}), ([{"id": "a"}], {"partners": [{"id": "a"}]}),
    ({"records": [{"id": "a"}], "complete": False}, {"partners": {"records": [{"id": "a"}], "complete": False}}),
    ({"records": [{"id": str(n)} for n in range(5)], "complete": False}, {"partners": [{"id": str(n)} for n in range(5)]}),
    ({"records": [], "complete": False}, {}), ({"records": [], "complete": True}, {"partners": []}),
    ({"complete": False}, {}),
])  # fmt: skip
def test_a_table_is_said_as_far_as_it_was_told(table, said):
    told = INTAKE.read({"partners": table}, ON).said()
    assert told == said
    assert INTAKE.read(told, ON) == INTAKE.read({"partners": table}, ON)


@pytest.mark.parametrize(("kind", "decimals", "value", "written"), [
    (Kind.NUMBER, 2, 123450, "1234.50"), (Kind.NUMBER, 2, -1, "-0.01"), (Kind.NUMBER, 4, 3333, "0.3333"),
    (Kind.NUMBER, 0, 12, 12), (Kind.TRUTH, 0, False, False), (Kind.DATE, 0, MAY, "2022-05-01"),
    (Kind.EVENT, 0, MAY, "2022-05-01"), (Kind.EVENT, 0, 0, "not_yet"), (Kind.EVENT, 0, 1, "0001-01-01"),
    (Kind.CHOICE, 0, "small", "small"), (Kind.CODE, 0, "62.01", "62.01"), (Kind.TEXT, 0, "è", "è"),
])  # fmt: skip
def test_a_value_as_it_is_written_in_json(kind, decimals, value, written):
    found = Column("x", kind, decimals).json(value)
    assert found == written
    assert type(found) is type(written)


@pytest.mark.parametrize(("judgement", "written"), [
    (Judgement(("a",), "Nucleo", MAY, "perché sì"), {"value": 7, "by": "Nucleo", "on": "2022-05-01", "why": "perché sì"}),
    (Judgement(("a",), "Nucleo"), {"value": 7, "by": "Nucleo"}), (Judgement(("a",), on=MAY), {"value": 7, "on": "2022-05-01"}),
    (Judgement(("a",), why="perché sì"), {"value": 7, "why": "perché sì"}), (Judgement(("a",)), {"value": 7}),
])  # fmt: skip
def test_a_judgement_is_written_as_far_as_it_was_told(judgement, written):
    assert judgement.json(7) == written
    assert list(judgement.json(7)) == list(written)


JUDGED = [
    ({"value": 65, "by": "Nucleo"}, Judgement(("score",), "Nucleo")),
    ({"value": 65, "on": "2022-05-01"}, Judgement(("score",), on=MAY)),
    ({"value": 65, "on": dt.date(2022, 5, 1), "by": None}, Judgement(("score",), on=MAY)),
    ({"value": 65, "on": "2022-06-01"}, Judgement(("score",), on=ON.toordinal())),
    ({"value": 65, "on": "0001-01-01"}, Judgement(("score",), on=1)),
    ({"value": 65, "why": " buono "}, Judgement(("score",), why="buono")),
    ({"value": 65, "by": "x" * 200, "why": "y" * 4000}, Judgement(("score",), "x" * 200, None, "y" * 4000)),
    ({"value": 65}, None), ({"value": 65, "by": None, "on": None, "why": None}, None), ({"value": 65, "on": "not_yet"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("given", "note"), JUDGED, ids=range(len(JUDGED)))
def test_who_judged_when_and_why_is_kept_where_it_is_told(given, note):
    for facts in ({"score": given}, types.MappingProxyType({"score": given})):
        dossier = INTAKE.read(facts, ON)
        assert dossier.values[list(FACTS).index("score")] == 6500
        assert dossier.judgements == (() if note is None else (note,))


@pytest.mark.parametrize(("given", "fault"), [
    ({"value": 65, "by": "x" * 201}, "score.by: the text has 201 characters; at most 200 are allowed"),
    ({"value": 65, "why": "x" * 4001}, "score.why: the text has 4001 characters; at most 4000 are allowed"),
    ({"value": 65, "by": 7}, "score.by: expected a text; got 7"),
    ({"value": 65, "on": "2022-06-02"}, "score.on: 2022-06-02 has not happened yet on 2022-06-01: write not_yet"),
    ({"value": 65, "on": "ieri"}, "score.on: 'ieri' is not a date: write YYYY-MM-DD, or not_yet"),
    ({"by": "Nucleo"}, "score: a judgement needs its value"), ({}, "score: a judgement needs its value"),
    ({"value": "x"}, "score.value: 'x' is not a number: write 1234.50; expected a number from 0.00 to 100.00 points, at most 2 decimals"),
    ({"value": {"value": 1}}, "score.value: expected a number from 0.00 to 100.00 points, at most 2 decimals; got a mapping"),
    ({"valu": 1}, "score.valu: a judgement has value, by, on and why; got 'valu'; did you mean 'value'?"),
    ({"value": 65, "x" * 99: 1}, f"score.{'x' * 60}: a judgement has value, by, on and why; got '{'x' * 57}'..."),
    ({"value": 65, 7: 1}, "score.7: a judgement has value, by, on and why; got 7"),
])  # fmt: skip
def test_a_judgement_that_cannot_be_is_told_by_its_part(given, fault):
    assert faults({"score": given}) == [fault]


def test_the_parts_of_a_judgement_in_a_record_have_their_whole_path():
    given = {"partners": [{"id": "a"}, {"id": "b", "reliable": {"value": True, "by": ""}}]}
    empty = "the text is empty: leave the fact out when it is not known"
    assert faults(given) == [f"partners[1].reliable.by: {empty}"]
    told = {"partners": {"records": [{"id": "a", "reliable": {"value": "x"}}]}}
    assert faults(told) == ["partners.records[0].reliable.value: expected true or false; got 'x'"]


@pytest.mark.parametrize("name", ["turnover", "agreement_signed", "opened_on", "capofila", "size"])
def test_only_what_a_person_assesses_carries_a_judgement(name):
    message = "expected a single value; only a fact that a person assesses may carry value, by, on and why"
    assert faults({name: {"value": None}}) == [f"{name}: {message}"]


def test_a_judgement_without_a_value_is_no_judgement_and_leaves_the_dossier_open():
    facts = types.MappingProxyType(COMPLETE | {"score": {"value": None, "by": "Nucleo"}})
    dossier = INTAKE.read(facts, ON)
    assert not dossier.complete
    assert [note.path for note in dossier.judgements] == [("swot_adequate",), ("partners", 1, "reliable")]


def test_the_notes_are_in_the_order_of_the_measure_with_the_place_of_their_record():
    told = {
        "partners": {"records": [{"id": "b", "reliable": {"value": True, "why": "due"}}], "complete": False},
        "score": {"value": 1, "why": "uno"},
    }
    assert [(note.path, note.why) for note in INTAKE.read(told, ON).judgements] == [
        (("score",), "uno"), (("partners", 0, "reliable"), "due"),
    ]  # fmt: skip


FILED = Fact("filed_on", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY, nature=Nature.ASSESSED)


def test_the_judgement_of_a_day_that_stands_in_is_not_kept():
    intake = FactsForm({"filed_on": FILED}, {}, Vocabulary({}, {"filed_on": FILED}, {}), "filed_on")
    for facts in (
        {"filed_on": {"value": "not_yet", "by": "Ufficio"}},
        types.MappingProxyType({"filed_on": {"value": "not_yet", "by": "Ufficio"}}),
    ):
        dossier = intake.read(facts, ON)
        assert dossier.values == (ON.toordinal(),)
        assert dossier.defaults == (("filed_on", ON.toordinal()),)
        assert dossier.judgements == ()
        assert dossier.said() == {"filed_on": "not_yet"}
        assert intake.read(dossier.said(), ON) == dossier
    told = intake.read({"filed_on": {"value": "2022-05-01", "by": "Ufficio"}}, ON)
    assert told.judgements == (Judgement(("filed_on",), "Ufficio"),)
    assert told.said() == {"filed_on": {"value": "2022-05-01", "by": "Ufficio"}}


@pytest.mark.parametrize(("anchor", "inputs"), [
    ("on", [*FACTS]), ("filed_on", [*FACTS]), ("paid_on", [*FACTS, "paid_on"]),
])  # fmt: skip
def test_an_anchor_that_no_rule_asks_is_the_last_input(anchor, inputs):
    intake = FactsForm(FACTS, TABLES, VOCABULARY, anchor)
    assert [column.name for column in intake.layout.inputs] == inputs
    assert (pickle.loads(pickle.dumps(intake)).layout) == intake.layout  # noqa: S301 - our own bytes


def test_without_a_day_of_filing_nothing_stands_in():
    asked = {name: fact for name, fact in FACTS.items() if name != "filed_on"}
    dossier = FactsForm(asked, {}, VOCABULARY, "on").read({"filed_on": None}, ON)
    assert dossier.defaults == ()
    assert set(dossier.values) == {None}
    assert not dossier.complete


def test_the_form_is_that_of_the_measure():
    (partners, years) = INTAKE.layout.tables
    assert INTAKE.layout.inputs[0] == Column("turnover", Kind.NUMBER, 2)
    assert INTAKE.layout.inputs[2] == Column("firms", Kind.NUMBER, 0)
    assert partners == TableLayout.of(PARTNERS)
    assert (partners.name, partners.max_items, years.name, years.max_items) == ("partners", 5, "years", 3)
    assert [column.name for column in partners.columns] == ["name", "id", "signed", "quota", "reliable"]
    assert partners.columns[3] == Column("quota", Kind.NUMBER, 2)


@pytest.mark.parametrize(
    ("given", "truth"), [("yes", True), ("Sì", True), ("TRUE", True), ("no", False), ("False", False)]
)
def test_in_a_file_of_texts_a_table_says_in_words_whether_it_is_whole(given, truth):
    told = {"years": {"records": [{"id": "a"}], "complete": given}}
    outcome = read_carefully(INTAKE._asked, told, ON.toordinal(), None, text_source=True)
    assert outcome[1][1][1] == (0 if truth else 2)


@pytest.mark.parametrize(("given", "shown"), [("forse", "'forse'"), ("", "''"), ("yess", "'yess'")])
def test_another_word_says_neither(given, shown):
    for text_source in (True, False):
        with pytest.raises(BadFacts) as caught:
            told = {"years": {"records": [], "complete": given}}
            read_carefully(INTAKE._asked, told, ON.toordinal(), None, text_source=text_source)
        (fault,) = caught.value.faults
        assert (fault.subject, fault.message) == ("years.complete", f"expected true or false; got {shown}")


def test_facts_not_asked_and_tables_are_names_that_may_be_said_and_others_are_not():
    assert INTAKE.read(dict.fromkeys([*NOT_ASKED, *TABLES, *FACTS]), ON) == INTAKE.read({}, ON)
    assert sorted(faults({"vatt": 1, "partner": [], 7: 1, "x" * 70: 1})) == [
        "partner: no fact is called 'partner'; did you mean 'partners'?",
        "the name of a fact is a text; got 7",
        "vatt: no fact is called 'vatt'; did you mean 'vat'?",
        f"{'x' * 60}: no fact is called '{'x' * 57}'...",
    ]
