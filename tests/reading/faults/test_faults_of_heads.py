# SPDX-License-Identifier: Apache-2.0
"""The head of a measure and the shapes of its keys: each wrong in one way, told at its place."""

from __future__ import annotations

import pytest

from tests.reading.small_measures import HEAD, LINES_OF_HEAD, small

__all__ = ["small"]

REST = """\
provisions:
  - cite: {act: uno}
    admission:
      rule: {provision: P.1, text: a, holds: young}
"""

HEADS = [
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, date: 2022-01-31}", ["7:3: uno: an act has a number, or says why it is unknown under 'number_unknown'; not neither"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number: XI/1, number_unknown: x, date: 2022-01-31}", ["7:3: uno: an act has a number, or says why it is unknown under 'number_unknown'; not both"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number: XI/1, date: 2022-13-31}", ["7:40: uno: the day 2022-13-31 does not exist"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number: XI/1}", ["7:3: uno: an act has a day, or says why it is unknown under 'date_unknown'; not neither"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number: XI/1, date: 2022-01-31, date_unknown: x}", ["7:3: uno: an act has a day, or says why it is unknown under 'date_unknown'; not both"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number_unknown: x, date_unknown: x}", ["7:3: uno: an act is cited by its number or by its day: where neither is known 'cited_as' says how"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number: XI/1, date_unknown: x, cited_as: y}", ["7:61: uno: an act with a number or a day is cited by it, and not as something else"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, numero: XI/1, date: 2022-01-31}", ["7:20: uno: unknown key 'numero'; did you mean 'number'?"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: DGR", ["7:8: acts: a mapping belongs here, not the text 'DGR'"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "urn:nir:stato:legge:1990-08-07241"}', ["8:59: legge: the permanent address 'urn:nir:stato:legge:1990-08-07241' does not name the day, YYYY-MM-DD, or the year, then a semicolon"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "urn:nir:stato:legge:1990-08-07;242"}', ["8:59: legge: the permanent address is that of another act: its number is 242, and that of the act 241"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "urn:nir:stato:legge:1990-08-08;241"}', ["8:59: legge: the permanent address is that of another act: its day is 1990-08-08, and that of the act 1990-08-07"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "URN:NIR:STATO:legge:1990-08-07;241"}', ["8:59: legge: the permanent address is not written in its plain form; did you mean 'urn:nir:stato:legge:1990-08-07;241'?"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "urn:nir:stato:decreto:1990-08-07;241"}', ["8:59: legge: the permanent address is that of another act: its type is decreto, and that of a L. legge"]),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-02-30, urn: "urn:nir:stato:legge:1990-08-07;241"}', ["8:42: legge: the day 1990-02-30 does not exist"]),
    ("  act: {confidence: official}", "  act: {confidence: sure}", ["10:21: act: 'sure' cannot stand here; it is official, secondary or inferred"]),
    ("  act: {confidence: official}", "  act: {}", ["10:8: act: a key is missing: 'confidence'"]),
    ("sources:\n  act: {confidence: official}\n  stampa: {confidence: secondary}\n", "sources: {}\n", ["9:10: this is empty: at least 1 belongs here"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {}", ["12:11: this is empty: at least 1 belongs here"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: un, others: sure, read: perhaps, restates: [rul, rul], read_in: no}}", ["12:30: editions: no act is called 'un'; did you mean 'uno'?", "12:42: 2022-01-31: 'sure' cannot stand here; it is unchanged or inferred", "12:54: 2022-01-31: 'perhaps' cannot stand here; it is whole, partly or not", "12:74: editions: nothing is called 'rul', so it cannot be restated; did you mean 'rule'?", "12:79: editions: 'rul' stands twice", "12:79: editions: nothing is called 'rul', so it cannot be restated; did you mean 'rule'?", "12:94: editions: no source is called 'no'"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: un}}", ["12:30: editions: no act is called 'un'; did you mean 'uno'?"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-02-30: {act: uno}}", ["12:12: editions: the day 2022-02-30 does not exist"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: uno}, 2022-01-31x: {act: due}}", ["12:36: editions: '2022-01-31x' is not a day written like 2022-01-31"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2024-01-31: {act: due}, 2022-01-31: {act: uno}}", ["12:36: editions: the editions do not ascend: 2022-01-31 stands after 2024-01-31"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: uno, read_in: stamp}}", ["12:44: editions: no source is called 'stamp'; did you mean 'stampa'?"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: uno, restates: [rul, rule]}}", ["12:46: editions: nothing is called 'rul', so it cannot be restated; did you mean 'rule'?"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: uno, others: same}}", ["12:43: 2022-01-31: 'same' cannot stand here; it is unchanged or inferred"]),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: uno}", ["12:24: editions: a mapping belongs here, not the text 'uno'"]),
    ("format: 1\n", "", ["1:1: a key is missing: 'format'"]),
    ("format: 1\n", "format: 01\n", ["1:9: '01' cannot stand here; it is 1"]),
    ("measure: prova/breve", "measure: prova/lunga", ["2:10: measure: this file stands under 'prova/breve'"]),
    ("title: Misura di prova", "title: [a]", ["3:8: a text belongs here, not a list"]),
    ("title: Misura di prova", "title: {a: b}", ["3:8: a text belongs here, not a mapping"]),
    ("subject: impresa", "subjct: impresa", ["1:1: a key is missing: 'subject'", "4:1: unknown key 'subjct'; did you mean 'subject'?"]),
    ("law_of: filing", "law_of: grants", ["5:9: 'grants' cannot stand here; it is filing, grant, payment or question; did you mean 'grant'?"]),
    ("law_of: filing", "law_of: payment", ["5:1: law_of: the vocabulary has no event 'paid_on'"]),
    ("law_of: filing", "law_of: [filing]", ["5:9: a list cannot stand here; it is filing, grant, payment or question; did you mean 'filing'?"]),
    ("subject: impresa", "subject: impresa\nuses: prova/breve", ["5:7: uses: 'prova/breve' is a measure; a measure rests on shared law alone"]),
    ("subject: impresa", "subject: impresa\nuses: [prova/altra]", ["5:8: uses: no shared law is called 'prova/altra': there is no prova/altra/law.yaml"]),
    ("subject: impresa", 'subject: impresa\nfacts: {own: {unit: EUR, least: "0", greatest: "1", label: x}, cost: {text: "3", label: x}}', ["5:64: cost: the name is declared twice; first at vocabulary/prova.yaml:10:3"]),
    ("subject: impresa", "subject: impresa\ntables: crew", ["5:9: a mapping belongs here, not the text 'crew'"]),
    ("subject: impresa", "subject: impresa\nprovision: x", ["5:1: unknown key 'provision'; did you mean 'provisions'?"]),
    ("subject: impresa", "subject: impresa\nnot_modelled: {P.2: [x]}", ["5:21: not_modelled: a text belongs here, not a list"]),
    ("subject: impresa", "subject: impresa\nspending: [a]", ["5:11: a mapping belongs here, not a list"]),
]  # fmt: skip

SOUND = [
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", "  uno: {type: DGR, number_unknown: x, date: 2022-01-31}"),
    ("  uno: {type: DGR, number: XI/1, date: 2022-01-31}", '  uno: {type: DGR, number: XI/1, date: 2022-01-31}\n  legge: {type: L., number: "241", date: 1990-08-07, urn: "urn:nir:stato:legge:1990-08-07;241"}'),
    ("editions: {2022-01-31: {act: uno}}", "editions: {2022-01-31: {act: uno, restates: rule}}"),
    ("subject: impresa", "subject: impresa\nflags: {own: {label: x}}\nevents: {done: {label: x}}"),
]  # fmt: skip

SHAPES = [
    ("provisions: x", ["1:13: a list belongs here, not the text 'x'"]),
    ("provisions: {a: b}", ["1:13: a list belongs here, not a mapping"]),
    ("provisions:\n  - x", ["2:5: provisions: a mapping belongs here, not the text 'x'"]),
    ("provisions:\n  - cite: uno\n", ["2:11: provisions: a mapping belongs here, not the text 'uno'"]),
    ("provisions:\n  - cite: {act: uno}\n    admision: {}\n", ["3:5: provisions: unknown key 'admision'; did you mean 'admission'?"]),
    ("provisions:\n  - cite: {act: uno}\n    admission: [a]\n", ["3:16: provisions: a mapping belongs here, not a list"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: x\n", ["4:13: admission: a mapping belongs here, not the text 'x'"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: a, holds: [young]}\n", ["4:46: rule: a text belongs here, not a list"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, txt: a, hold: young}\n", ["4:13: rule: a key is missing: 'holds'", "4:13: rule: a key is missing: 'text'", "4:30: rule: unknown key 'txt'; did you mean 'text'?", "4:38: rule: unknown key 'hold'; did you mean 'holds'?"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: {a: b}, text: a, holds: young}\n", ["4:25: rule: a text or a list of texts belongs here, not a mapping"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: [], text: a, holds: young}\n", ["4:25: rule: a text or a list of texts belongs here, and this list is empty"]),
    ("provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: [[P.1]], text: a, holds: young}\n", ["4:25: rule: a text or a list of texts belongs here, and this list holds others"]),
    ("provisions:\n  - cite: {act: uno}\n    definitions:\n      d: {label: x, cases: {when: young}}\n", ["4:28: d: a list belongs here, not a mapping"]),
    ("provisions:\n  - cite: {act: uno}\n    terms:\n      t: {provision: P.1, text: a, stage: upkeeps, by: opened_on}\n", ["4:43: t: 'upkeeps' cannot stand here; it is admission, assessment, selection, award, payment, reporting or upkeep; did you mean 'upkeep'?"]),
    ("provisions:\n  - cite: {act: uno}\n    terms:\n      t: {provision: P.1, text: a, stage: upkeep, window: {from: opened_on, untl: opened_on}, of: filed_on}\n", ["4:59: window: a key is missing: 'until'", "4:77: window: unknown key 'untl'; did you mean 'until'?"]),
    ("parameters:\n  p: {iss: 1.00 EUR}\n", ["2:3: p: nothing uses this parameter; if it only informs, say 'for_information: yes'", "2:7: p: unknown key 'iss'; did you mean 'is'?"]),
    ("parameters:\n  p: {is: {a: b}}\n", ["2:11: p: a text or a list of texts belongs here, not a mapping"]),
    ("parameters:\n  p: {2022-01-31: {iss: 1.00 EUR}}\n", ["2:3: p: nothing uses this parameter; if it only informs, say 'for_information: yes'", "2:20: 2022-01-31: unknown key 'iss'; did you mean 'is'?"]),
    ("parameters: [a]\n", ["1:13: a mapping belongs here, not a list"]),
    ("support: {cite: {act: uno}, lines: {}}\n", ["1:36: support: this is empty: at least 1 belongs here"]),
    ("support: {cite: {act: uno}, lines: {g: {form: grant, of: cost, provision: P.1, text: a, at_most: {is: cost, txt: a}}}}\n", ["1:109: at_most: unknown key 'txt'; did you mean 'text'?"]),
    ("support: {cite: {act: uno}, lines: {g: {form: grant, of: cost, provision: P.1, text: a, at_most: [cost, {is: cost, txt: a}]}}}\n", ["1:116: at_most: unknown key 'txt'; did you mean 'text'?"]),
    ("tranches: {schedule: x, cite: {act: uno}, of: cost, lines: {a: {shar: b}}}\n", ["1:22: tranches: no law that is used has a schedule; 'uses' names the laws", "1:65: a: unknown key 'shar'"]),
    ("spending: {cite: {act: uno}, plans: {p: {totl: a}}, lines: {l: {takes: {p: cost}, provision: P.1, text: a}}}\n", ["1:41: p: a key is missing: 'total'", "1:42: p: unknown key 'totl'; did you mean 'total'?"]),
    ("selection: {kind: ranking, provision: P.1, text: a, envelopes: {e: {amunt: b}}}\n", ["1:1: selection: it has no 'cite' that says in which act, and 'at' which place of it", "1:68: e: a key is missing: 'amount'", "1:69: e: unknown key 'amunt'; did you mean 'amount'?", "1:76: e: no parameter is called 'b'"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), HEADS)
def test_what_is_wrong_in_a_head_is_told_at_its_place(small, old, new, told):
    assert HEAD.count(old) == 1
    found = small(REST, head=HEAD.replace(old, new))
    below = [f"{int(line.split(':')[0]) + LINES_OF_HEAD}:{line.split(':', 1)[1]}" for line in found]
    assert below == told


@pytest.mark.parametrize(("old", "new"), SOUND)
def test_what_may_stand_in_a_head(small, old, new):
    assert HEAD.count(old) == 1
    assert [rule.id for rule in small(REST, head=HEAD.replace(old, new)).conditions] == ["rule"]


@pytest.mark.parametrize(("text", "told"), SHAPES)
def test_a_key_that_is_missing_unknown_or_of_another_shape(small, text, told):
    assert small(text) == told
