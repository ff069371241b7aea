# SPDX-License-Identifier: Apache-2.0
"""Units, facts, flags, events and tables of a vocabulary file: each wrong in one way, told at its place."""

from __future__ import annotations

import datetime as dt

import pytest

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Kind, Nature
from misure.reading.packages.shelf import Shelf
from misure.reading.text.files import Files

UNITS = """\
format: 1
units:
  EUR: {decimals: 2, least: "0", greatest: "1000", it: {one: a, many: b}, en: {one: a, many: b}}
  share: {decimals: 2, least: "0", greatest: "1", it: {one: a, many: b}, en: {one: a, many: b}}
  firms: {counts: yes, least: "0", greatest: "100", it: {one: a, many: b}, en: {one: a, many: b}}
"""
WORDS = "it: {one: a, many: b}, en: {one: a, many: b}"
SHAPES = {
    "unit": "  @@",
    "fact": "facts:\n  @@",
    "table": "tables:\n  @@",
    "flag": "flags:\n  @@",
    "event": "events:\n  @@",
}

T = 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}, @@}}'
"""A table with one more field."""

WRONG = [
    ("unit", 'u: {decimals: "10", least: "0", greatest: "1", WORDS}', ["6:17: u: 10 does not lie between 0 and 9"]),
    ("unit", 'u: {decimals: "-1", least: "0", greatest: "1", WORDS}', ["6:17: u: -1 does not lie between 0 and 9"]),
    ("unit", 'u: {decimals: two, least: "0", greatest: "1", WORDS}', ["6:17: u: 'two' is not a number"]),
    ("unit", 'u: {least: "0.1", greatest: "x", WORDS}', ["6:14: u: '0.1' has 1 decimals; no decimals can stand here", "6:31: u: 'x' is not a number"]),
    ("unit", 'u: {decimals: "1", counts: yes, least: "0", greatest: "1", WORDS}', ["6:3: u: what is counted has no decimals"]),
    ("unit", 'u: {counts: maybe, least: "0", greatest: "1", WORDS}', ["6:15: u: 'maybe' cannot stand here; it is yes or no"]),
    ("unit", 'u: {least: "2", greatest: "1", WORDS}', ["6:14: u: the least is more than the greatest"]),
    ("unit", 'u: {least: "0", greatest: "1000000000000001", WORDS}', ["6:14: u: the bounds are too wide to be computed with"]),
    ("unit", 'u: {least: "-1000000000000001", greatest: "0", WORDS}', ["6:14: u: the bounds are too wide to be computed with"]),
    ("unit", 'u: {decimals: "2", least: "0", greatest: "10000000000000.01", WORDS}', ["6:29: u: the bounds are too wide to be computed with"]),
    ("unit", 'time: {least: "0", greatest: "86399", WORDS}', ["6:3: time: the unit 'time' is of times of day, in seconds from midnight: 6 decimals, from 0 to 86399.999999"]),
    ("unit", 'time: {decimals: "6", least: "0", greatest: "86400", WORDS}', ["6:3: time: the unit 'time' is of times of day, in seconds from midnight: 6 decimals, from 0 to 86399.999999"]),
    ("unit", 'time: {decimals: "6", least: "1", greatest: "86399.999999", WORDS}', ["6:3: time: the unit 'time' is of times of day, in seconds from midnight: 6 decimals, from 0 to 86399.999999"]),
    ("unit", 'EUR: {least: "0", greatest: "1", WORDS}', ["6:3: the key 'EUR' is given twice; first at line 3"]),
    ("unit", 'u: {least: "0", greatest: "1", it: {one: a}, en: {one: a, many: b}}', ["6:38: it: a key is missing: 'many'"]),
    ("fact", "f: {date: yes, not_before: g, label: x}", ["7:30: f: no day is called 'g'"]),
    ("fact", "f: {date: yes, not_before: f, label: x}", ["7:30: f: a day is neither before nor after itself"]),
    ("fact", 'f: {text: "3", not_after: f, label: x}', ["7:29: f: 'not_after' is said of a day, and this is none", "7:29: f: a day is neither before nor after itself"]),
    ("fact", 'f: {unit: EUR, least: "0", greatest: "1", only_if: g, label: x}', ["7:54: f: 'only_if' is an order of two days, such as first_spend_on <= filed_on"]),
    ("fact", 'f: {unit: EUR, least: "0", greatest: "1", only_if: g <= h, label: x}', ["7:54: f: no day is called 'g'", "7:54: f: no day is called 'h'"]),
    ("fact", "f: {date: yes, only_if: f <= f, label: x}", ["7:27: f: 'only_if' is said of a number of the applicant, which is more than nothing only then", "7:27: f: a day is neither before nor after itself"]),
    ("event", "e: {only_if: e, label: x}", ["7:16: e: nothing rests on itself"]),
    ("event", "e: {only_if: eee, label: x}\n  ee: {label: y}", ["7:16: e: no flag or event is called 'eee'; did you mean 'ee'?"]),
    ("event", "e: {only_if: a <= b, label: x}", ["7:16: e: no flag or event is called 'a <= b'"]),
    ("flag", "f: {only_if: tt, label: x}\n  tt: {only_if: f, label: y}", []),
    ("flag", "f: {only_if: t, label: x}", ["7:16: f: no flag or event is called 't'"]),
    ("event", "e: {not_before: d, label: x}\n  d: {not_before: e, label: y}", ["8:19: d: the orders of 'd', 'e' go round: all of them would be one day"]),
    ("event", "e: {not_before: d, label: x}\n  d: {not_before: c, label: y}\n  c: {not_after: d, not_before: e, label: z}", ["9:33: c: the orders of 'c', 'd', 'e' go round: all of them would be one day"]),
    ("event", "e: {not_before: d, label: x}\n  d: {not_after: e, label: y}", []),
    ("event", "e: {not_before: [d], label: x}", ["7:20: e: no day is called 'd'"]),
    ("fact", "f: {label: x}", ["7:3: f: one of unit, choices, code, identifier, text, date says what it is, not nothing; a yes or no stands under 'flags'"]),
    ("fact", "f: {date: no, label: x}", ["7:3: f: one of unit, choices, code, identifier, text, date says what it is, not nothing; a yes or no stands under 'flags'"]),
    ("fact", 'f: {date: yes, text: "3", label: x}', ["7:3: f: one of unit, choices, code, identifier, text, date says what it is, not text and date; a yes or no stands under 'flags'"]),
    ("fact", "f: {flag: yes, label: x}", ["7:3: f: one of unit, choices, code, identifier, text, date says what it is, not flag; a yes or no stands under 'flags'"]),
    ("fact", 'f: {unit: EUR, choices: {a: x, b: y}, least: "0", greatest: "1", label: x}', ["7:3: f: one of unit, choices, code, identifier, text, date says what it is, not unit and choices; a yes or no stands under 'flags'"]),
    ("fact", 'f: {unit: EUR, least: "0", label: x}', ["7:3: f: a number has bounds: 'greatest' is missing"]),
    ("fact", 'f: {unit: EUR, greatest: "0", label: x}', ["7:3: f: a number has bounds: 'least' is missing"]),
    ("fact", 'f: {unit: EUR, least: "0", greatest: "0.001", label: x}', ["7:40: f: '0.001' has 3 decimals; at most 2 decimals can stand here"]),
    ("fact", 'f: {unit: EUR, decimals: "10", least: "0", greatest: "1", label: x}', ["7:28: f: 10 does not lie between 0 and 9"]),
    ("fact", 'f: {unit: EUR, decimals: "0", least: "0", greatest: "0.1", label: x}', ["7:55: f: '0.1' has 1 decimals; no decimals can stand here"]),
    ("fact", 'f: {unit: EUR, least: "2", greatest: "1", label: x}', ["7:25: f: the least is more than the greatest"]),
    ("fact", 'f: {unit: EUR, decimals: "9", least: "0", greatest: "1000001", label: x}', ["7:40: f: the bounds are too wide to be computed with"]),
    ("fact", 'f: {unit: EURS, least: "0", greatest: "1", label: x}', ["7:13: f: no unit is called 'EURS'; did you mean 'EUR'?"]),
    ("fact", 'f: {unit: share, least: "0", greatest: "12.5%", label: x}', ["7:42: f: 12.5% has more than 2 decimals as a share"]),
    ("fact", 'f: {unit: share, least: "0", greatest: "101%", label: x}', ["7:42: f: the share 101% does not lie between 0 and 1"]),
    ("fact", 'f: {unit: EUR, least: "0", greatest: "50%", label: x}', ["7:40: f: '50%' is not a number"]),
    ("fact", 'f: {date: yes, least: "2022-02-30", greatest: "x", label: x}', ["7:25: f: the day 2022-02-30 does not exist", "7:49: f: 'x' is not a day written like 2022-01-31"]),
    ("fact", 'f: {date: yes, least: "2022-02-28", greatest: "2022-02-27", label: x}', ["7:25: f: the least is more than the greatest"]),
    ("fact", 'f: {text: "0", label: x}', ["7:13: f: 0 does not lie between 1 and 10000"]),
    ("fact", 'f: {text: "10001", label: x}', ["7:13: f: 10001 does not lie between 1 and 10000"]),
    ("fact", 'f: {text: "64", least: "1", label: x}', ["7:3: f: bounds and decimals belong to numbers and days only"]),
    ("fact", 'f: {text: "64", greatest: "1", label: x}', ["7:3: f: bounds and decimals belong to numbers and days only"]),
    ("fact", 'f: {text: "64", decimals: "1", label: x}', ["7:3: f: bounds and decimals belong to numbers and days only"]),
    ("fact", "f: {choices: {a: x}, label: x}", ["7:3: f: a choice is between two at least"]),
    ("fact", "f: {choices: {}, label: x}", ["7:3: f: a choice is between two at least"]),
    ("fact", 'f: {choices: {a: x, Bi: y, "2c": z}, label: x}', ["7:23: f: the choice 'Bi' is not snake_case in plain letters", "7:30: f: the choice '2c' is not snake_case in plain letters"]),
    ("fact", "f: {code: ateco, label: x}", ["7:13: f: no classification is called 'ateco'"]),
    ("fact", "f: {identifier: partita_iv, label: x}", ["7:19: f: no identifier is called 'partita_iv'; did you mean 'partita_iva'?"]),
    ("fact", "f: {date: yes, label: x, nature: said}", ["7:36: f: 'said' cannot stand here; it is declared, computed or assessed"]),
    ("fact", "f: {date: yes}", ["7:6: f: a key is missing: 'label'"]),
    ("fact", "F: {date: yes, label: x}", ["7:3: F: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("fact", "count: {date: yes, label: x}", ["7:3: count: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("fact", "fxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: {date: yes, label: x}", ["7:3: fxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("table", 't: {label: x, question: q, key: idd, max_items: "5", fields: {id: {text: "4", label: x}}}', ["7:35: t: no field is called 'idd'; did you mean 'id'?"]),
    ("table", 't: {label: x, question: q, key: id, name: nm, max_items: "5", fields: {id: {text: "4", label: x}}}', ["7:45: t: no field is called 'nm'"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "0", fields: {id: {text: "4", label: x}}}', ["7:50: t: 0 does not lie between 1 and 100000"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "100001", fields: {id: {text: "4", label: x}}}', ["7:50: t: 100001 does not lie between 1 and 100000"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", unit: EUR, fields: {id: {text: "4", label: x}}}', ["7:61: t: no unit that counts is called 'EUR'"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", unit: firm, fields: {id: {text: "4", label: x}}}', ["7:61: t: no unit that counts is called 'firm'; did you mean 'firms'?"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}, Id: {flag: yes, label: x}, class: {flag: yes, label: x}, sum: {flag: yes, label: x}}}', ["7:91: t: the field 'Id' is not snake_case in plain letters", "7:118: t: the field 'class' is not snake_case in plain letters"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}, v: {label: x}}}', ["7:91: v: one of unit, choices, code, identifier, text, date says what it is, not nothing"]),
    ("table", 'T: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}}}', ["7:3: T: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {}}', ["7:63: t: this is empty: at least 1 belongs here"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", identity: id, fields: {id: {text: "4", label: x}, cf: {identifier: codice_fiscale, label: x}}}', ["7:65: t: the identity of a table is a field with an 'identifier'; 'id' is none"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", identity: cff, fields: {id: {text: "4", label: x}, cf: {identifier: codice_fiscale, label: x}}}', ["7:65: t: the identity of a table is a field with an 'identifier'; 'cff' is none; did you mean 'cf'?"]),
    ("fact", "f: {choices: {a: x, b: y}, refers_to: f, label: x}", ["7:41: f: what refers to a table is a 'text', as the keys of its records are", "7:41: f: no table is called 'f'"]),
    ("fact", 'f: {text: "4", refers_to: tt, label: x}', ["7:29: f: no table is called 'tt'"]),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}, o: {text: "4", refers_to: tt, label: x}}}', ["7:117: o: no table is called 'tt'; did you mean 't'?"]),
    *(("table", T.replace("@@", text), faults) for text, faults in [
        ("o: {flag: yes, determined_by: b, label: x}", ["7:121: o: no field of 't' is called 'b'"]),
        ("o: {flag: yes, determined_by: [id, oo], label: x}", ["7:126: o: no field of 't' is called 'oo'; did you mean 'o'?"]),
        ("o: {flag: yes, determined_by: o, label: x}", ["7:121: o: a field is named by another one here"]),
        ('o: {text: "4", determined_by: id, label: x}', ["7:121: o: 'determined_by' is said of a yes or no, or of a choice"]),
        ('o: {text: "4", other_than: idd, label: x}', ["7:118: o: no field of 't' is called 'idd'; did you mean 'id'?"]),
        ("o: {flag: yes, other_than: id, label: x}", ["7:118: o: what is told of two fields of two kinds is never the same"]),
    ]),
    ("fact", 'f: {text: "4", other_than: f, label: x}', ["7:30: f: 'other_than' is said of a field of a table, beside the others of its record"]),
    ("fact", "f: {choices: {a: x, b: y}, determined_by: f, label: x}", ["7:45: f: 'determined_by' is said of a field of a table, beside the others of its record"]),
    ("flag", "f: {label: x, nature: told}", ["7:25: f: 'told' cannot stand here; it is declared, computed or assessed"]),
    ("flag", "F: {label: x}", ["7:3: F: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("flag", "f: {text: x}", ["7:6: f: a key is missing: 'label'", "7:7: f: unknown key 'text'"]),
    ("event", "on: {label: x}", ["7:3: on: a name is English snake_case in plain letters, and no word of the expressions"]),
]  # fmt: skip

SOUND = [
    ("unit", 'u: {least: "0", greatest: "1", WORDS}'),
    ("unit", 'u: {decimals: "9", least: "0", greatest: "1", WORDS}'),
    ("unit", 'u: {least: "1", greatest: "1", WORDS}'),
    ("unit", 'u: {least: "0", greatest: "1000000000000000", WORDS}'),
    ("unit", 'u: {least: "-1000000000000000", greatest: "0", WORDS}'),
    ("fact", 'f: {unit: EUR, decimals: "3", least: "0", greatest: "0.001", label: x}'),
    ("fact", 'f: {unit: EUR, decimals: "9", least: "0", greatest: "1000000", label: x}'),
    ("fact", 'f: {unit: share, least: "0%", greatest: "50%", label: x}'),
    ("fact", 'f: {unit: share, decimals: "3", least: "0", greatest: "12.5%", label: x}'),
    ("fact", 'f: {unit: share, least: "0", greatest: "0.5", label: x}'),
    ("fact", 'f: {date: yes, least: "2022-02-28", greatest: "2022-02-28", label: x}'),
    ("fact", 'f: {text: "1", label: x}'),
    ("fact", 'f: {text: "10000", label: x}'),
    ("fact", "f: {choices: {a: x, b: y}, label: x}"),
    ("fact", "f: {identifier: partita_iva, label: x}"),
    ("fact", "fxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: {date: yes, label: x}"),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", label: x}}}'),
    ("table", 't: {label: x, question: q, key: id, max_items: "100000", fields: {id: {text: "4", label: x}}}'),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", unit: firms, fields: {id: {text: "4", label: x}}}'),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", identity: cf, fields: {id: {text: "4", label: x}, cf: {identifier: codice_fiscale, label: x}}}'),
    ("table", 't: {label: x, question: q, key: id, max_items: "5", fields: {id: {text: "4", refers_to: t, label: x}}}'),
    ("flag", "f: {label: x}"),
    ("event", "e: {label: x}"),
]  # fmt: skip


@pytest.fixture
def told(tmp_path):
    def read(kind, text, known=False):
        (tmp_path / "vocabulary").mkdir()
        path = tmp_path / "vocabulary" / "v.yaml"
        path.write_text(UNITS + SHAPES[kind].replace("@@", text.replace("WORDS", WORDS)) + "\n", "utf-8")
        faults = []
        found = Files(faults).again(Shelf.at([tmp_path]).glossary).vocabulary
        if known:
            return found
        return list(dict.fromkeys(str(fault).removeprefix(f"{path}:") for fault in faults))

    return read


@pytest.mark.parametrize(("kind", "text", "faults"), WRONG)
def test_what_is_wrong_is_told_at_its_place(told, kind, text, faults):
    assert told(kind, text) == faults


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_what_may_be_written(told, kind, text):
    assert told(kind, text) == []


FIRST = dt.date(2022, 2, 28).toordinal()


@pytest.mark.parametrize(
    ("text", "kind", "unit", "decimals", "bounds"),
    [
        ('unit: EUR, least: "0.50", greatest: "10"', Kind.NUMBER, "EUR", 2, (50, 1000)),
        ('unit: EUR, least: "-0.50", greatest: "10"', Kind.NUMBER, "EUR", 2, (-50, 1000)),
        ('unit: EUR, decimals: "0", least: "1", greatest: "10"', Kind.NUMBER, "EUR", 0, (1, 10)),
        ('unit: EUR, decimals: "3", least: "1", greatest: "10"', Kind.NUMBER, "EUR", 3, (1000, 10000)),
        ('unit: firms, least: "1", greatest: "10"', Kind.NUMBER, "firms", 0, (1, 10)),
        ('unit: share, least: "5%", greatest: "50%"', Kind.NUMBER, "share", 2, (5, 50)),
        ('unit: share, least: "0.05", greatest: "1"', Kind.NUMBER, "share", 2, (5, 100)),
        ("date: yes", Kind.DATE, "", 0, (FIRST_DAY, LAST_DAY)),
        ('date: yes, least: "2022-02-28"', Kind.DATE, "", 0, (FIRST, LAST_DAY)),
        ('date: yes, greatest: "2022-02-28"', Kind.DATE, "", 0, (FIRST_DAY, FIRST)),
        ('text: "64"', Kind.TEXT, "", 0, (0, 64)),
        ("choices: {a: x, b: y}", Kind.CHOICE, "", 0, (0, 0)),
    ],
)
def test_what_a_fact_becomes(told, text, kind, unit, decimals, bounds):
    fact = told("fact", f"f: {{{text}, label: nome}}", known=True).facts["f"]
    assert (fact.kind, fact.unit, fact.decimals, (fact.least, fact.greatest)) == (kind, unit, decimals, bounds)
    assert (fact.label, fact.question, fact.nature) == ("nome", "", Nature.DECLARED)
    assert fact.choices == ({"a": "x", "b": "y"} if kind is Kind.CHOICE else {})


@pytest.mark.parametrize(
    ("shape", "kind", "bounds"), [("flag", Kind.TRUTH, (0, 0)), ("event", Kind.EVENT, (FIRST_DAY, LAST_DAY))]
)
def test_what_a_flag_and_an_event_become(told, shape, kind, bounds):
    fact = told(shape, 'f: {label: nome, question: "Che?", nature: assessed}', known=True).facts["f"]
    assert (fact.kind, fact.least, fact.greatest, fact.nature) == (kind, *bounds, Nature.ASSESSED)
    assert (fact.label, fact.question) == ("nome", "Che?")


@pytest.mark.parametrize(("name", "named"), [("", "id"), ("name: v, ", "v")])
def test_what_a_table_becomes(told, name, named):
    text = f't: {{label: x, question: q, key: id, {name}max_items: "5", unit: firms, fields: {{id: {{text: "4", label: x}}, v: {{flag: yes, label: y}}}}}}'
    table = told("table", text, known=True).tables["t"]
    assert (table.key, table.shown, table.max_items) == ("id", named, 5)
    assert (table.unit, table.label, table.question, list(table.fields)) == ("firms", "x", "q", ["id", "v"])
    assert table.fields["v"].kind is Kind.TRUTH


def test_what_a_unit_becomes(told):
    units = told("flag", "f: {label: x}", known=True).units
    assert [(unit.name, unit.decimals, unit.least, unit.greatest, unit.counts) for unit in units.values()] == [
        ("EUR", 2, 0, 100_000, False),
        ("share", 2, 0, 100, False),
        ("firms", 0, 0, 100, True),
    ]
