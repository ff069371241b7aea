# SPDX-License-Identifier: Apache-2.0
"""Faults in vocabulary, cases and sources, each at its mark; and the bundled rules have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from misure.reading import check_package, read_cases

VOCABULARY = "rules/vocabulary/prova.yaml"
CASES = "rules/prova/misura/cases.yaml"
SOURCES = "rules/prova/misura/SOURCES.md"
MEASURE = "rules/prova/misura/measure.yaml"
ROOT = Path(__file__).parents[3]
NAME = "a name is English snake_case in plain letters, and no word of the expressions"

BROKEN = [
    (VOCABULARY, "turnover: {unit: EUR,", "turnover: {unit: ¦EURO,", "turnover: no unit is called 'EURO'; did you mean 'EUR'?"),
    (VOCABULARY, '  turnover: {unit: EUR, least: "0",', "  ¦turnover: {unit: EUR,", "turnover: a number has bounds: 'least' is missing"),
    (VOCABULARY, '  turnover: {unit: EUR, least: "0",', '  turnover: {unit: EUR, least: ¦"2000000000",', "turnover: the least is more than the greatest"),
    (VOCABULARY, '  turnover: {unit: EUR, least: "0",', '  turnover: {unit: EUR, least: ¦"0.001",', "turnover: '0.001' has 3 decimals; at most 2 decimals can stand here"),
    (VOCABULARY, "  turnover: {unit: EUR,", "  ¦turnover: {text: 3, unit: EUR,", "turnover: one of unit, choices, code, identifier, text, date says what it is, not unit and text; a yes or no stands under 'flags'"),
    (VOCABULARY, "  capofila: {text: 64,", "  ¦capofila: {text: 64, identifier: cup,", "capofila: one of unit, choices, code, identifier, text, date says what it is, not identifier and text; a yes or no stands under 'flags'"),
    (VOCABULARY, "  opened_on: {date: yes,", "  tax_code: {identifier: ¦codice_ficale, label: x}\n  opened_on: {date: yes,", "tax_code: no identifier is called 'codice_ficale'; did you mean 'codice_fiscale'?"),
    (VOCABULARY, "  opened_on: {date: yes,", "  tax_code: {¦identifer: cup, label: x}\n  opened_on: {date: yes,", "tax_code: unknown key 'identifer'; did you mean 'identifier'?"),
    (VOCABULARY, "  opened_on: {date: yes,", '  ¦tax_code: {identifier: cup, least: "1", label: x}\n  opened_on: {date: yes,', "tax_code: bounds and decimals belong to numbers and days only"),
    (VOCABULARY, "primary_ateco: {code: ateco-2007,", "primary_ateco: {code: ¦ateco-207,", "primary_ateco: no classification is called 'ateco-207'; did you mean 'ateco-2007'?"),
    (VOCABULARY, "  capofila: {text: 64,", "  capofila: {text: ¦64.5,", "capofila: '64.5' has 1 decimals; no decimals can stand here"),
    (VOCABULARY, "  opened_on: {date: yes,", "  ¦Opened: {date: yes, label: x}\n  opened_on: {date: yes,", "Opened: " + NAME),
    (VOCABULARY, "  opened_on: {date: yes,", "  ¦sum: {date: yes, label: x}\n  opened_on: {date: yes,", "sum: " + NAME),
    (VOCABULARY, "  opened_on: {date: yes,", "  ¦class: {date: yes, label: x}\n  opened_on: {date: yes,", "class: " + NAME),
    (VOCABULARY, "  active: {label", "  ¦turnover: {label: x}\n  active: {label", "turnover: the name is declared twice; first at rules/vocabulary/prova.yaml:16:3"),
    (VOCABULARY, "{micro: microimpresa, small", "{¦Micro: microimpresa, micro: x, small", "size: the choice 'Micro' is not snake_case in plain letters"),
    (VOCABULARY, 'least: "1900-01-01"', 'least: ¦"1800-01-01"', "opened_on: the day 1800-01-01 does not lie between 1900-01-01 and 2100-12-31"),
    (VOCABULARY, "    key: id\n", "    key: ¦idd\n", "members: no field is called 'idd'; did you mean 'id'?"),
    (VOCABULARY, "    max_items: 500\n", "    max_items: ¦0\n", "members: 0 does not lie between 1 and 100000"),
    (VOCABULARY, "    unit: partners\n", "    unit: ¦EUR\n", "members: no unit that counts is called 'EUR'"),
    (VOCABULARY, "metres: {decimals: 2,", "metres: {decimals: ¦12,", "metres: 12 does not lie between 0 and 9"),
    (VOCABULARY, "# $schema: ../../schema/vocabulary.json", "¦# vocabolario", "the first line names the schema: '# $schema: .../schema/vocabulary.json'"),
    (MEASURE, '  P1.21: "pubblicazione"', '  P1.21: "pubblicazione"\n  ¦P1.20: "tasso"', "P1.20: the provision is not modelled, and yet a rule names it at rules/prova/misura/measure.yaml:50:53"),
    (SOURCES, "| P2.01 | proroga |", "| P2.01 | proroga |\n| ¦P2.02 | altro |", "P2.02: no rule names this provision, and it is not listed under 'not_modelled'"),
    (SOURCES, "| P2.01 | proroga |", "| P2.01 | proroga |\n| ¦P2.01 | altro |", "P2.01: the provision stands in two rows; first at line 26"),
    (CASES, "like: complete", "like: ¦complet", "Un partner non ha firmato: no base is called 'complet'; did you mean 'complete'?"),
    (CASES, "without: [filed_on]", "without: [¦filed]", "Un partner non ha firmato: 'filed' is not among the facts, so it cannot be taken away; did you mean 'filed_on'?"),
    (CASES, "on: 2021-01-01", "on: ¦2021-02-29", "Prima della prima edizione: the day 2021-02-29 does not exist"),
    (CASES, "findings: {all_signed: no}", "findings: {¦all_sign: no}", "Un partner non ha firmato: no condition is called 'all_sign'; did you mean 'all_signed'?"),
    (CASES, "findings: {all_signed: no}", "findings: {all_signed: ¦nope}", "findings: 'nope' cannot stand here; it is yes, no, unknown, not_applicable or pending; did you mean 'no'?"),
    (CASES, "missing: [filed_on, turnover]", "missing: [filed_on, ¦turnovr]", "Un partner non ha firmato: no fact, table or parameter of this measure is called 'turnovr'; did you mean 'turnover'?"),
    (CASES, "vary: {minimum_firms", "vary: {¦minimum_frms", "Un partner non ha firmato: no parameter is called 'minimum_frms'; did you mean 'minimum_firms'?"),
    (CASES, "facts: {size: micro}", "facts: {¦sise: micro}", "Un partner non ha firmato: no fact or table is called 'sise'; did you mean 'size'?"),
    (CASES, "support: {grant", "support: {¦grants", "Un partner non ha firmato: no line of support is called 'grants'; did you mean 'grant'?"),
    (CASES, "spending: {planned: {advice", "spending: {planned: {¦advise", "Un partner non ha firmato: no line of spending is called 'advise'; did you mean 'advice'?"),
    (CASES, "tranches: {first", "tranches: {¦frst", "Un partner non ha firmato: no tranche is called 'frst'; did you mean 'first'?"),
    (CASES, "{times: 2, id", "{times: ¦many, id", "complete: 'times': 'many' is not a number"),
    (CASES, "    expect: {error: not_encoded}", "    expect: {¦erro: not_encoded}", "expect: unknown key 'erro'; did you mean 'error'?"),
    (CASES, '  - name: "Prima della prima edizione"', '  - name: ¦"Un partner non ha firmato"', "Un partner non ha firmato: another case has this name; first at rules/prova/misura/cases.yaml:14:11"),
    (CASES, '  - name: "Prima della prima edizione"\n    on: 2021-01-01\n    expect: {error: not_encoded}', '  - ¦name: "Prima"\n    on: 2021-01-01\n    expect: {error: conflict, outcome: refused}', "Prima: a case that expects an error expects nothing else"),
    (CASES, "measure: prova/misura", "measure: ¦prova/altra", "measure: these cases stand beside the measure 'prova/misura'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_one_broken_line(check_faults, file, old, new, message):
    (place,), printed = check_faults(file, old, new)
    assert printed == [place + message]


def test_a_provision_without_a_row_in_the_sources(check_faults):
    (place,), printed = check_faults(MEASURE, "provision: P1.11", "provision: ¦P1.99")
    assert printed == [
        "rules/prova/misura/SOURCES.md:15:3: P1.11: no rule names this provision, and it is not listed under 'not_modelled'",
        place + "P1.99: SOURCES.md has no row for this provision; did you mean 'P1.19'?",
    ]


def test_an_unknown_key_of_a_fact(check_faults):
    (place,), printed = check_faults(VOCABULARY, 'turnover: {unit: EUR, least: "0"', 'turnover: {unit: EUR, ¦lest: "0"')
    assert printed == [place + "turnover: unknown key 'lest'; did you mean 'least'?"]


def test_two_units_of_one_name(check_faults):
    extra = Path("rules/vocabulary/z.yaml")
    extra.write_text(
        "# $schema: ../../schema/vocabulary.json\nformat: 1\nunits:\n"
        '  EUR: {least: "0", greatest: "1", it: {one: a, many: b}, en: {one: a, many: b}}\n',
        encoding="utf-8",
    )
    _, printed = check_faults(VOCABULARY, "format: 1", "format: 1 # stesso")
    assert printed == [
        "rules/vocabulary/z.yaml:4:3: EUR: the unit is declared twice; first at rules/vocabulary/prova.yaml:5:3"
    ]


def test_files_that_are_missing(package):
    Path(CASES).unlink()
    Path(SOURCES).unlink()
    assert [str(fault) for fault in check_package(package)] == [
        "rules/prova/misura/SOURCES.md: there is no such file",
        "rules/prova/misura/cases.yaml: there is no such file",
    ]


def test_what_rests_on_a_faulty_fact_is_not_blamed(check_faults):
    (place,), printed = check_faults(VOCABULARY, "exports: {unit: EUR,", "exports: {unit: ¦EURO,")
    assert printed == [place + "exports: no unit is called 'EURO'; did you mean 'EUR'?"]


def test_the_sound_package_has_no_fault(package):
    assert check_package(package) == []


def test_the_bundled_rules_have_no_fault():
    assert [str(fault) for fault in check_package(ROOT / "rules")] == []


def test_the_example_package_has_no_fault():
    root = ROOT / "tests" / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"
    assert [str(fault) for fault in check_package(root, [ROOT / "rules"])] == []


def test_cases_are_written_out(package):
    first, second = read_cases(Path(CASES))
    assert first.facts == {
        "size": "micro",
        "members": [
            {"id": "impresa-1", "kind": "impresa", "signed": "yes"},
            {"id": "impresa-2", "kind": "impresa", "signed": "yes"},
            {"id": "ente", "kind": "ricerca", "signed": "no"},
        ],
    }
    assert first.vary == {"minimum_firms": "2 firms", "small_sizes": "[micro, medium]"}
    assert first.expect["support"] == {"grant": {"from": "0", "to": "10.50"}}
    assert first.expect["missing"] == ("filed_on", "turnover")
    assert first.expect["tensions"] == ()
    assert first.expect["tranches"]["first"]["waits_for"] == ("start",)
    assert second.expect == {"error": "not_encoded"}
    assert str(second.place) == f"{CASES}:33:5"
