# SPDX-License-Identifier: Apache-2.0
"""Values of the law, conditions, exemptions, terms, duties, definitions and tensions: each wrong in one way, told at its place."""

from __future__ import annotations

import pytest

from misure.rulebook.rules import Rulebook
from tests.reading.small_measures import small

__all__ = ["small"]

TEMPLATES = {
    "parameter": 'parameters:\n  p: @@\nprovisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: "{p}", holds: "cost >= 0"}\n',
    "text": 'parameters:\n  p: 1.00 EUR\nprovisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: "@@", holds: "cost >= p"}\n',
    "condition": "provisions:\n  - cite: {act: uno}\n    admission:\n      @@\n",
    "term": "provisions:\n  - cite: {act: uno}\n    terms:\n      @@\n",
    "definition": 'provisions:\n  - cite: {act: uno}\n    definitions:\n      @@\n    admission:\n      rule: {provision: P.1, text: "{d}", holds: "cost >= 0"}\n',
    "exemption": 'provisions:\n  - cite: {act: uno}\n    exemptions:\n      @@\n    admission:\n      rule: {provision: P.1, text: a, holds: "cost >= 0"}\n',
    "duty": "provisions:\n  - cite: {act: uno}\n    duties:\n      @@\n",
    "tension": 'provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: a, holds: "cost >= 0"}\ntensions:\n  @@\n',
    "whole": "@@",
}
"""A small measure for each kind of thing, with the place of that thing."""

WRONG = [
    # Parameters
    ("parameter", "{values: {2022-01-31: 1.00 EUR}, is: 2.00 EUR}", ["2:3: p: 'values' stands alone, without 'is' or 'unknown'"]),
    ("parameter", "{values: {2022-01-31: 1.00 EUR}, unknown: x}", ["2:3: p: 'values' stands alone, without 'is' or 'unknown'"]),
    ("parameter", "{2022-01-31: 1.00 EUR, 2022-01-31x: 2.00 EUR}", ["2:29: p: '2022-01-31x' is not a day written like 2022-01-31"]),
    ("parameter", "{2022-01-31: 1.00 EUR, 2023-02-29: 2.00 EUR}", ["2:29: p: the day 2023-02-29 does not exist"]),
    ("parameter", "{2022-01-31: 1.00 EUR, 2022-01-30: 2.00 EUR}", ["2:29: p: the days do not ascend: 2022-01-30 stands after 2022-01-31"]),
    ("parameter", "{2021-01-31: 1.00 EUR, 2020-01-31: 2.00 EUR, 2019-01-31: 2.00 EUR}", ["2:29: p: the days do not ascend: 2020-01-31 stands after 2021-01-31", "2:51: p: the days do not ascend: 2019-01-31 stands after 2020-01-31"]),
    ("parameter", "{2022-02-01: 1.00 EUR}", ["2:7: p: the first value starts on 2022-02-01, after the first edition on 2022-01-31"]),
    ("parameter", "{2022-02-01: 1.00 EUR, 2022-02-02: 1.00 EUR}", ["2:7: p: the first value starts on 2022-02-01, after the first edition on 2022-01-31"]),
    ("parameter", "{2022-01-31: 1.00 EUR, 2023-01-31: 2 days, 2024-01-31: 2023-01-01}", ["2:29: p: this is a number of days, and the first value is a number of EUR", "2:49: p: this is a day, and the first value is a number of EUR"]),
    ("parameter", "{2022-01-31: 1.00 EUR, 2023-01-31: 10%}", ["2:29: p: this is a share, and the first value is a number of EUR"]),

    ("parameter", "{is: 1.00 EUR, unknown: x}", ["2:3: p: a value says what it 'is', why it is 'unknown', or its 'readings'"]),
    ("parameter", "{label: x}", ["2:3: p: a value says what it 'is', why it is 'unknown', or its 'readings'"]),
    ("parameter", "{2022-01-31: {is: 1.00 EUR, unknown: x}}", ["2:7: p: a value says what it 'is', why it is 'unknown', or its 'readings'"]),
    ("parameter", "{2022-01-31: {act: uno}}", ["2:7: p: a value says what it 'is', why it is 'unknown', or its 'readings'"]),
    ("parameter", "{is: 1.00 EUR, between: [1.00 EUR, 2.00 EUR]}", ["2:3: p: 'between' and 'unit' belong to a value that is unknown"]),
    ("parameter", "{is: 1.00 EUR, unit: EUR}", ["2:3: p: 'between' and 'unit' belong to a value that is unknown"]),
    ("parameter", "{2022-01-31: {is: 1.00 EUR, unit: EUR}}", ["2:7: p: 'between' and 'unit' belong to a value that is unknown"]),
    ("parameter", "{unknown: x}", ["2:16: p: an unknown value has bounds under 'between', or a 'unit'"]),
    ("parameter", "{unknown: x, unit: EURO}", ["2:25: p: no unit is called 'EURO'; did you mean 'EUR'?"]),
    ("parameter", "{unknown: x, unit: dat}", ["2:25: p: no unit is called 'dat'; did you mean 'date'?"]),
    ("parameter", "{unknown: x, between: [1.00 EUR, 2 days]}", ["2:39: p: the two bounds are days, or numbers of the same unit"]),
    ("parameter", "{unknown: x, between: [it_civil, it_civil]}", ["2:39: p: the two bounds are days, or numbers of the same unit"]),
    ("parameter", "{unknown: x, between: [2.00 EUR, 1.00 EUR]}", ["2:29: p: the first bound is more than the second"]),
    ("parameter", "{unknown: x, between: [2022-01-02, 2022-01-01]}", ["2:29: p: the first bound is more than the second"]),
    ("parameter", "{unknown: x, between: [1.00 EUR, 2.00 EUR], unit: days}", ["2:56: p: the bounds are not in the unit 'days'"]),
    ("parameter", "{unknown: x, between: [2022-01-01, 2022-01-02], unit: EUR}", ["2:60: p: the bounds are not in the unit 'EUR'"]),
    ("parameter", "{unknown: x, between: [1 EUR, soon]}", ["2:36: p: 'soon' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"]),
    ("parameter", "{unknown: x, between: [one, soon]}", ["2:29: p: 'one' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime", "2:34: p: 'soon' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"]),
    ("parameter", "{unknown: x, between: [1.00 EUR]}", ["2:28: p: at least 2 belong here, and this has 1"]),
    ("parameter", "{unknown: x, between: [1.00 EUR, 2.00 EUR, 3.00 EUR]}", ["2:28: p: at most 2 belong here, and this has 3"]),
    ("parameter", "[1 days, 2.00 EUR]", ["2:15: p: the list holds a number of days first, and then a number of EUR"]),
    ("parameter", "[1 days, two]", ["2:15: p: 'two' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"]),
    ("parameter", "[10%, 20%]", ["2:7: p: a list holds codes, choices, or numbers with a unit"]),
    ("parameter", "[2022-01-01 x, 2022-01-02]", ["2:7: p: no unit is called 'x'"]),
    ("parameter", "[hill, hill, plain, hill]", ["2:13: p: 'hill' stands in the list twice", "2:26: p: 'hill' stands in the list twice"]),
    ("parameter", "{is: 1.00 EUR, act: tre}", ["2:26: p: no act is called 'tre'"]),
    ("parameter", "{is: 1.00 EUR, read_in: stmpa}", ["2:30: p: no source is called 'stmpa'; did you mean 'stampa'?"]),
    ("parameter", "{2022-01-31: {is: 1.00 EUR, act: tre, read_in: gazzetta}}", ["2:39: p: no act is called 'tre'", "2:53: p: no source is called 'gazzetta'"]),
    ("parameter", "{is: 1.00 EUR, anchor: grants}", ["2:29: p: 'grants' cannot stand here; it is filing, grant, payment or question; did you mean 'grant'?"]),
    ("parameter", "{is: 1.00 EUR, anchor: payment}", ["-7:1: law_of: the vocabulary has no event 'paid_on'"]),
    ("text", "{q}", ["6:37: rule: the text asks for {q}, and no parameter or definition is called 'q'"]),
    ("text", "{cost}", ["6:37: rule: the text asks for {cost}, and no parameter or definition is called 'cost'"]),
    ("text", "un { solo", ["6:40: rule: a brace stands alone in the text; a value is put in as {name}"]),
    ("text", "un } {p} {", ["6:40: rule: a brace stands alone in the text; a value is put in as {name}", "6:46: rule: a brace stands alone in the text; a value is put in as {name}"]),
    ("text", "{p} e {pp} e {}", ["6:43: rule: the text asks for {pp}, and no parameter or definition is called 'pp'; did you mean 'p'?", "6:50: rule: the text asks for {}, and no parameter or definition is called ''"]),
    ("text", "{P}", ["6:37: rule: the text asks for {P}, and no parameter or definition is called 'P'; did you mean 'p'?"]),
    ("whole", "parameters:\n  sum: 1.00 EUR\n  Cap: 1.00 EUR\n  cost: 1.00 EUR\n  crew: 1.00 EUR\n  if: 1.00 EUR\nprovisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: a, holds: young}\n", ["2:3: sum: a name is English snake_case in plain letters, and no word of the expressions", "3:3: Cap: a name is English snake_case in plain letters, and no word of the expressions", "4:3: cost: the name is already taken at vocabulary/prova.yaml:10:3", "5:3: crew: the name is already taken at vocabulary/prova.yaml:25:3", "6:3: if: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("whole", "parameters:\n  p: 1.00 EUR\nprovisions:\n  - cite: {act: uno}\n    admission:\n      p: {provision: P.1, text: a, holds: cost > p}\n", ["6:7: p: the name is already taken at prova/breve/measure.yaml:14:3"]),
    # Rules
    ("condition", "rule: {text: a, holds: young}", ["4:7: rule: no provision is named; every rule says which one it encodes"]),
    ("condition", "rule: {provision: P.1, text: a, holds: cost}", ["4:46: rule: a condition is a yes or no, and this is a number of EUR"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, when: cost}", ["4:59: rule: a condition is a yes or no, and this is a number of EUR"]),
    ("condition", "rule: {provision: P.1, text: a, holds: yong, when: cot}", ["4:46: rule: nothing is called 'yong'; did you mean 'young'?", "4:58: rule: nothing is called 'cot'; did you mean 'cost'?"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, effect: blocks}", ["4:7: rule: 'effect: blocks' says which tranche under 'blocks'"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, blocks: first}", ["4:61: rule: 'blocks' belongs to 'effect: blocks', not to 'effect: refuses'", "4:61: rule: no tranche is called 'first'"]),
    ("condition", "rule: {provision: [P.1, P.1], text: a, holds: youn, effect: sometimes, reduces: [grant], leaves: cst, keeps: {part: cst, of: gan}}", ["4:31: rule: 'P.1' stands twice", "4:53: rule: nothing is called 'youn'; did you mean 'young'?", "4:67: rule: 'sometimes' cannot stand here; it is refuses, blocks, reduces, revokes, none or unstated", "4:88: rule: no line of support is called 'grant'", "4:104: rule: nothing is called 'cst'; did you mean 'cost'?", "4:123: rule: nothing is called 'cst'; did you mean 'cost'?", "4:132: rule: nothing is called 'gan'; did you mean 'gain'?"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, leaves: young, keeps: {part: zone, of: owner}}", ["4:61: rule: 'leaves' belongs to 'effect: reduces', not to 'effect: refuses'", "4:61: rule: a number belongs here, and this is a yes or no", "4:82: rule: 'keeps' belongs to 'effect: reduces' without 'leaves'", "4:82: rule: a number belongs here, and this is a choice", "4:92: rule: a number belongs here, and this is a text"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, live: {from: 2022-02-30, until: 2022-13-01}}", ["4:66: rule: the day 2022-02-30 does not exist", "4:85: rule: the day 2022-13-01 does not exist"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, effect: blocks, blocks: first}", ["4:77: rule: no tranche is called 'first'"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, live: {from: 2022-02-30}}", ["4:66: rule: the day 2022-02-30 does not exist"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, live: {until: x}}", ["4:67: rule: 'x' is not a day written like 2022-01-31"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, live: {from: 2022-02-02, until: 2022-02-01}}", ["4:66: rule: the condition ends before it begins"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young, read_in: stmpa}", ["4:62: rule: no source is called 'stmpa'; did you mean 'stampa'?"]),
    ("whole", "provisions:\n  - cite: {act: un, read_in: x}\n    admission:\n      rule: {provision: P.1, text: a, holds: young}\n", ["2:17: rule: no act is called 'un'; did you mean 'uno'?", "2:30: rule: no source is called 'x'"]),
    ("condition", "rule: {provision: P.1, text: a, holds: young}\n    award:\n      rule: {provision: P.1, text: a, holds: local}", ["6:7: rule: the name is already taken at prova/breve/measure.yaml:16:7"]),
    ("condition", "young: {provision: P.1, text: a, holds: young}", ["4:7: young: the name is already taken at vocabulary/prova.yaml:18:3"]),
    ("condition", "on: {provision: P.1, text: a, holds: young}", ["4:7: on: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("condition", "crew: {provision: P.1, text: a, holds: young}", ["4:7: crew: the name is already taken at vocabulary/prova.yaml:25:3"]),
    ("exemption", "x: {of: rul, provision: P.1, text: a, when: young}", ["4:15: x: no condition is called 'rul'; did you mean 'rule'?"]),
    ("exemption", "x: {of: rule, provision: P.1, text: a, when: cost}", ["4:52: x: a condition is a yes or no, and this is a number of EUR"]),
    ("exemption", "x: {of: rule, text: a, when: young}", ["4:7: x: no provision is named; every rule says which one it encodes"]),
    ("exemption", "rule: {of: rule, provision: P.1, text: a, when: young}", ["4:7: rule: the name is already taken at prova/breve/measure.yaml:18:7"]),
    ("exemption", "x: {of: rul, provision: P.1, text: a, when: yung}", ["4:15: x: no condition is called 'rul'; did you mean 'rule'?", "4:51: x: nothing is called 'yung'; did you mean 'young'?"]),
    ("duty", "d: {provision: P.1, text: a, who: ente, by: cost}", ["4:51: d: a day belongs here, and this is a number of EUR"]),
    ("duty", "d: {provision: P.1, text: a, who: ente, by: opened_on, done: done}", ["4:68: d: no event is called 'done'; did you mean 'done_on'?"]),
    ("duty", "d: {provision: P.1, text: a, who: ente, by: opened_on, done: opened_on}", ["4:68: d: no event is called 'opened_on'; did you mean 'done_on'?"]),
    ("duty", "d: {provision: P.1, text: a, who: ente, by: opened_on, regime: civil}", ["4:70: d: no counting regime is called 'civil'; did you mean 'it_civil'?"]),
    ("duty", "d: {provision: P.1, text: a, who: ente, regime: it_civl}", ["4:55: d: no counting regime is called 'it_civl'; did you mean 'it_civil'?"]),
    ("duty", "d: {text: a, who: ente}", ["4:7: d: no provision is named; every rule says which one it encodes"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep}", ["4:7: t: a term has a 'window', or a day 'by' which something is done"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, window: {from: opened_on, until: opened_on}, of: filed_on}", ["4:7: t: a term has a 'window', or a day 'by' which something is done"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: cost}", ["4:55: t: a day belongs here, and this is a number of EUR"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, of: filed_on}", ["4:70: t: 'of' belongs to a window; a deadline says what must be 'done'"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, done: opened_on}", ["4:72: t: no event is called 'opened_on'; did you mean 'done_on'?"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, done: don_on}", ["4:72: t: no event is called 'don_on'; did you mean 'done_on'?"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: cost, until: gain}, of: filed_on}", ["4:66: t: a day belongs here, and this is a number of EUR", "4:79: t: a day belongs here, and this is a number of EUR"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, until: opened_on}}", ["4:7: t: a window says 'of' which day it is, and has no 'done'"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, until: opened_on}, of: filed_on, done: done_on}", ["4:7: t: a window says 'of' which day it is, and has no 'done'"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, until: opened_on}, of: cost}", ["4:100: t: no fact of kind event or date is called 'cost'"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, until: opened_on}, of: filed}", ["4:100: t: no fact of kind event or date is called 'filed'; did you mean 'filed_on'?"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, when: cost}", ["4:72: t: a condition is a yes or no, and this is a number of EUR"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, effect: blocks}", ["4:7: t: 'effect: blocks' says which tranche under 'blocks'"]),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, by: opened_on, regime: it_civl}", ["4:74: t: no counting regime is called 'it_civl'; did you mean 'it_civil'?"]),
    ("term", "t: {text: a, stage: upkeep, by: opened_on}", ["4:7: t: no provision is named; every rule says which one it encodes"]),
    ("definition", "d: {label: x}", ["4:7: d: a definition has one value under 'is', or 'cases'"]),
    ("definition", "d: {label: x, is: cost, cases: [{otherwise: cost}]}", ["4:7: d: a definition has one value under 'is', or 'cases'"]),
    ("definition", "d: {label: x, is: 1}", ["4:7: d: this has no unit: nothing in it says one; name it under 'unit'"]),
    ("definition", "d: {label: x, is: cost, unit: days}", ["4:37: d: the unit does not fit: this is a number of EUR"]),
    ("definition", "d: {label: x, is: cost, unit: EURO}", ["4:37: d: no unit is called 'EURO'; did you mean 'EUR'?"]),
    ("definition", "d: {label: x, is: young, unit: EUR}", ["4:38: d: the unit does not fit: this is a yes or no"]),
    ("definition", 'd: {label: x, is: "count(c for c in crew)", unit: EUR}', ["4:57: d: the unit does not fit: this is a count"]),
    ("definition", "d: {label: x, cases: [{when: young, is: cost}, {when: local}]}", ["4:61: d: a case says 'when' it holds and what the value 'is'"]),
    ("definition", "d: {label: x, cases: [{is: cost}, {otherwise: gain}]}", ["4:34: d: a case says 'when' it holds and what the value 'is'"]),
    ("definition", "d: {label: x, cases: [{otherwise: cost}, {when: young, is: cost}]}", ["4:41: d: 'otherwise' is the last case"]),
    ("definition", "d: {label: x, cases: [{when: young, otherwise: cost}]}", ["4:54: d: 'otherwise' stands alone: it says the value itself"]),
    ("definition", "d: {label: x, cases: [{is: gain, otherwise: cost}]}", ["4:51: d: 'otherwise' stands alone: it says the value itself"]),
    ("definition", "d: {label: x, cases: [{when: young, is: cost}, {when: young, is: gain}]}", ["4:61: d: this case holds whenever the one at prova/breve/measure.yaml:16:36 does, with another value"]),
    ("definition", "d: {label: x, cases: [{when: young, is: cost}, {otherwise: marks}]}", ["4:66: d: the cases do not go together: a number of EUR with a number of points"]),
    ("definition", "d: {label: x, cases: [{when: young, is: cost}, {otherwise: zone}]}", ["4:66: d: the cases do not go together: a number of EUR with a choice"]),
    ("definition", "d: {label: x, cases: [{when: cost, is: yung}, {otherwise: lcal}]}", ["4:36: d: a condition is a yes or no, and this is a number of EUR", "4:46: d: nothing is called 'yung'; did you mean 'young'?", "4:65: d: nothing is called 'lcal'; did you mean 'local'?"]),
    ("definition", "d: {label: x, cases: []}", ["4:28: d: this is empty: at least 1 belongs here"]),
    ("tension", "t: {provisions: [P.1], from: 2022-02-30, bears_on: [rule], text: a}", ["6:32: t: the day 2022-02-30 does not exist"]),
    ("tension", "t: {provisions: [P.1], from: 2022-02-28, bears_on: [rul, rule], text: a}", ["6:55: t: no rule is called 'rul'; did you mean 'rule'?"]),
    ("tension", "rule: {provisions: [P.1], from: 2022-02-28, bears_on: [], text: a}", ["6:3: rule: the name is already taken at prova/breve/measure.yaml:16:7", "6:57: rule: a text or a list of texts belongs here, and this list is empty"]),
    ("tension", "t: {provisions: [P.1], from: 2022-02-28, bears_on: [rule], text: a, cite: {act: tre}}", ["6:83: t: no act is called 'tre'"]),
    ("tension", "t: {provisions: [P.1, P.1], from: 2022-02-28, bears_on: [rule, rule], text: a, when: young, readings: {a: u, b: u}}", ["6:25: t: 'P.1' stands twice", "6:66: t: 'rule' stands twice", "6:115: t: 'u' stands twice"]),
    ("tension", 't: {provisions: [P.1], from: 2022-13-01, bears_on: [rul], text: "{foo}", when: youn, otherwise: maybe, readings: {a: u}}', ["6:32: t: the day 2022-13-01 does not exist", "6:55: t: no rule is called 'rul'; did you mean 'rule'?", "6:68: t: the text asks for {foo}, and no parameter or definition is called 'foo'", "6:82: t: 'when' holds a condition open: name one under 'bears_on'", "6:82: t: 'when' says for whom readings differ: name at least two under 'readings'", "6:82: t: nothing is called 'youn'; did you mean 'young'?", "6:99: t: 'maybe' cannot stand here; it is met or not_met"]),
    ("tension", "t: {provisions: [P.1], from: 2022-02-28, bears_on: [rule], text: a, read_in: no}", ["6:80: t: no source is called 'no'"]),
]  # fmt: skip

SOUND = [
    ("parameter", "{unknown: x, between: [1.00 EUR, 1.00 EUR]}"),
    ("parameter", "{unknown: x, between: [2022-01-01, 2022-01-02], unit: date}"),
    ("parameter", "{unknown: x, between: [1.00 EUR, 2.00 EUR], unit: EUR}"),
    ("parameter", "[1 days, 2 days]"),
    ("condition", "rule: {provision: P.1, text: a, holds: young, live: {from: 2022-02-02, until: 2022-02-02}}"),
    ("term", "t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, until: opened_on}, of: filed_on}"),
    ("definition", "d: {label: x, is: 1, unit: EUR}"),
    ("definition", 'd: {label: x, is: "count(c for c in crew)", unit: firms}'),
    ("definition", "d: {label: x, cases: [{when: young, is: cost}, {when: young, is: cost}]}"),
    ("definition", "d: {label: x, is: opened_on}"),
    ("definition", "d: {label: x, is: owner}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "told"), WRONG)
def test_what_is_wrong_is_told_at_its_place(small, kind, text, told):
    assert small(TEMPLATES[kind].replace("@@", text)) == told


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_what_may_be_written_as_well(small, kind, text):
    assert isinstance(small(TEMPLATES[kind].replace("@@", text)), Rulebook)
