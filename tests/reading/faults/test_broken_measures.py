# SPDX-License-Identifier: Apache-2.0
"""Each line breaks the sound measure in one place; exactly these faults are told, at the marks, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

MEASURE = "rules/prova/misura/measure.yaml"

KEYS = [
    ("format: 1\n", "format: ¦2\n", ["'2' cannot stand here; it is 1"]),
    ("effect: blocks", "effect: ¦block", ["still_active: 'block' cannot stand here; it is refuses, blocks, reduces, revokes, none or unstated; did you mean 'blocks'?"]),
    ("  budget: {is: 1500000.00 EUR, label: budget}", "  budget: {is: 1500000.00 EUR, ¦provison: P1.01}", ["budget: unknown key 'provison'; did you mean 'provision'?"]),
    ('  - cite: {act: dgr-1, at: "art. 1"}\n', "  - ¦note: x\n", ["provisions: a key is missing: 'cite'"]),
    ("subject: impresa", "subject:¦", ["'subject' has no value; a text with a comma, a colon, '#' or a brace must be in quotes"]),
    ("        blocks: last\n", "        blocks: ¦&x last\n", ["the anchor &x is not allowed; write the value out where it is needed"]),
    ("        blocks: last\n", "        blocks: ¦*x\n", ["the alias *x is not allowed; write the value out"]),
    ("        blocks: last\n", "        blocks: ¦!!str last\n", ["the tag tag:yaml.org,2002:str is not allowed; every value is read as text"]),
    ("        blocks: last\n", "        blocks: last\n        ¦blocks: first\n", ["the key 'blocks' is given twice; first at line 122"]),
    ("who: nucleo", "¦[who]: nucleo", ["a key must be a text; a text that begins with a brace or bracket must be in quotes"]),
    ("not_modelled:\n", "¦---\nnot_modelled:\n", ["a second document begins here; a file holds one"]),
]  # fmt: skip

ACTS = [
    ("date: 2022-01-31, title", "date: ¦2022-02-30, title", ["dgr-1: the day 2022-02-30 does not exist"]),
    ("  dgr-1: {type: DGR, number: XI/1,", "  ¦dgr-1: {type: DGR,", ["dgr-1: an act has a number, or says why it is unknown under 'number_unknown'; not neither"]),
    ("restates: [closing_day]", "restates: [¦closing_days]", ["editions: nothing is called 'closing_days', so it cannot be restated; did you mean 'closing_day'?"]),
    ("others: inferred, read_in: gazzetta}", "others: inferred, read_in: ¦gazeta}", ["editions: no source is called 'gazeta'; did you mean 'gazzetta'?"]),
    ("law_of: filing", "law_of: ¦filling", ["'filling' cannot stand here; it is filing, grant, payment or question; did you mean 'filing'?"]),
]  # fmt: skip

PARAMETERS = [
    ("minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦10", ["minimum_firms: the number 10 needs a unit, such as '10 EUR'"]),
    ("minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦10 firm", ["minimum_firms: no unit is called 'firm'; did you mean 'firms'?"]),
    ("minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦10.5 firms", ["minimum_firms: '10.5' has 1 decimals; no decimals can stand here"]),
    ("minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦200000 firms", ["minimum_firms: 200000 firms lies outside the bounds of the unit"]),
    ("minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦ten", ["minimum_firms: 'ten' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"]),
    ("budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦1.500.000,00 EUR", ["budget: '1.500.000,00' is not a number; write 1500000.00"]),
    ("budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦1_500_000 EUR", ["budget: '1_500_000' is not a number; write 1500000"]),
    ("budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦1.5e6 EUR", ["budget: '1.5e6' is not a number; write it without an exponent"]),
    ("budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦nan EUR", ["budget: 'nan' is not a number"]),
    ("budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦1500000.001 EUR", ["budget: '1500000.001' has 3 decimals; at most 2 decimals can stand here"]),
    ("staff_share: {is: 20%, label: staff share}", "staff_share: ¦120%", ["staff_share: the share 120% does not lie between 0 and 1"]),
    ("counting: {is: it_civil,", "counting: {is: ¦it_civill,", ["counting: 'it_civill' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime; did you mean 'it_civil'?"]),
    ('quality_most: {unknown: "non pubblicato", unit: points, label: quality most}', 'quality_most: {unknown: ¦"non pubblicato"}', ["quality_most: an unknown value has bounds under 'between', or a 'unit'"]),
    ('quality_most: {unknown: "non pubblicato", unit: points, label: quality most}', "quality_most: {unknown: x, unit: ¦pints}", ["quality_most: no unit is called 'pints'; did you mean 'points'?"]),
    ('quality_most: {unknown: "non pubblicato", unit: points, label: quality most}', "¦quality_most: {unknown: x, is: 1 points}", ["quality_most: a value says what it 'is', why it is 'unknown', or its 'readings'"]),
    ("between: [2022-02-24, 2022-03-31]", "between: [¦2022-04-24, 2022-03-31]", ["opening_day: the first bound is more than the second"]),
    ("between: [2022-02-24, 2022-03-31]", "between: [2022-02-24, ¦30 days]", ["opening_day: the two bounds are days, or numbers of the same unit"]),
    ("    2022-01-31: 2022-12-31", "    ¦2022-02-01: 2022-12-31", ["closing_day: the first value starts on 2022-02-01, after the first edition on 2022-01-31"]),
    ("    2022-11-30: {is: 2023-12-31,", "    ¦2021-11-30: {is: 2023-12-31,", ["closing_day: the days do not ascend: 2021-11-30 stands after 2022-01-31"]),
    ("    2022-11-30: {is: 2023-12-31,", "    ¦2022-11-30: {is: 30 days,", ["closing_day: this is a number of days, and the first value is a day"]),
    ("act: dgr-2, read_in: gazzetta, provision: P2.01", "act: ¦dgr-22, read_in: gazzetta, provision: P2.01", ["closing_day: no act is called 'dgr-22'; did you mean 'dgr-2'?"]),
    ("small_sizes: {is: [micro, small], label: small sizes}", "small_sizes: [micro, ¦micro]", ["small_sizes: 'micro' stands in the list twice"]),
    ("excluded_sections: {edition: ateco-2007, is: [A, K], label: excluded sections}", "¦excluded_sections: {edition: ateco-2007, is: [A, Z]}", ["excluded_sections: 'Z' is no section or code of ateco-2007"]),
    ("excluded_sections: {edition: ateco-2007, is: [A, K], label: excluded sections}", "¦excluded_sections: {edition: ateco-2007, is: [A, 62.01, 04.1]}", ["excluded_sections: '04.1' is no section or code of ateco-2007"]),
    ("excluded_sections: {edition: ateco-2007, is: [A, K], label: excluded sections}", "¦excluded_sections: {edition: ateco-2007, is: [A, 6201]}", ["excluded_sections: '6201' is no section or code of ateco-2007; did you mean '62.01'?"]),
    ("excluded_sections: {edition: ateco-2007, is: [A, K], label: excluded sections}", "¦excluded_sections: [A, K]", ["excluded_sections: a list of codes says the edition of their classification, such as 'edition: ateco-2007'"]),
    ("excluded_sections: {edition: ateco-2007, is: [A, K], label: excluded sections}", "¦excluded_sections: {edition: ateco-207, is: [A, K]}", ["excluded_sections: no classification is called 'ateco-207'; did you mean 'ateco-2007'?"]),
    ("duration: {is: 18 months, label: duration}", "duration: {edition: ¦ateco-2007, is: 18 months, label: duration}", ["duration: 'edition' belongs to a list of codes, and this is a number of months"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, label: duration}\n  ¦idle: 3 days", ["idle: nothing uses this parameter; if it only informs, say 'for_information: yes'"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, label: duration}\n  ¦turnover: {is: 3 days, for_information: yes}", ["turnover: the name is already taken at rules/vocabulary/prova.yaml:16:3"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, label: duration}\n  ¦Idle: {is: 3 days, for_information: yes}", ["Idle: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, label: duration}\n  ¦sum: {is: 3 days, for_information: yes}", ["sum: a name is English snake_case in plain letters, and no word of the expressions"]),
]  # fmt: skip

RULES = [
    ('text: "Almeno {minimum_firms}"', 'text: "Almeno ¦{minimum_frms}"', ["enough_firms: the text asks for {minimum_frms}, and no parameter or definition is called 'minimum_frms'; did you mean 'minimum_firms'?"]),
    ('text: "Almeno {minimum_firms}"', 'text: "Almeno ¦{minimum_firms"', ["enough_firms: a brace stands alone in the text; a value is put in as {name}"]),
    ("of: sector\n", "of: ¦sectr\n", ["farm_machines: no condition is called 'sectr'; did you mean 'sector'?"]),
    ("        blocks: last\n", "        blocks: ¦lst\n", ["still_active: no tranche is called 'lst'; did you mean 'last'?"]),
    ("        effect: blocks\n        blocks: last\n", "        blocks: ¦last\n", ["still_active: 'blocks' belongs to 'effect: blocks', not to 'effect: none'"]),
    ('      still_active:\n        provision: P1.11\n        text: "Impresa attiva"\n        holds: active\n        effect: blocks\n        blocks: last\n', '      ¦still_active:\n        provision: P1.11\n        text: "Impresa attiva"\n        holds: active\n        effect: blocks\n', ["still_active: 'effect: blocks' says which tranche under 'blocks'"]),
    ("live: {from: 2022-01-31, until: 2030-12-31}", "live: {from: ¦2022-01-31, until: 2020-12-31}", ["exports_low: the condition ends before it begins"]),
    ("live: {from: 2022-01-31, until: 2030-12-31}", "live: {from: ¦ieri}", ["exports_low: 'ieri' is not a day written like 2022-01-31"]),
    ("of: filed_on\n        stage", "of: ¦filed\n        stage", ["application_window: no fact of kind event or date is called 'filed'; did you mean 'filed_on'?"]),
    ("done: project_ended\n", "done: ¦project_endd\n", ["project_end: no event is called 'project_endd'; did you mean 'project_ended'?"]),
    ("regime: counting", "regime: ¦countng", ["project_end: no counting regime is called 'countng'; did you mean 'counting'?"]),
    ("      project_end:\n        provision: P1.08\n", "      ¦project_end:\n        window: {from: opening_day, until: closing_day}\n        provision: P1.08\n", ["project_end: a term has a 'window', or a day 'by' which something is done"]),
    ("unit: firms\n        label", "unit: ¦EUR\n        label", ["lombard_firms: the unit does not fit: this is a count"]),
    ("          - {otherwise: maximum_export_share * turnover}", "          - {otherwise: ¦filed_on, note: maximum_export_share}", ["allowed_exports: the cases do not go together: a number of EUR with a day"]),
    ("          - {when: size == 'micro', is: turnover}\n", "          - {otherwise: ¦turnover}\n", ["allowed_exports: 'otherwise' is the last case"]),
    ("bears_on: [exports_low]", "bears_on: [¦export_low]", ["two_readings: no rule is called 'export_low'; did you mean 'exports_low'?"]),
    ("measure: prova/misura", "measure: ¦prova/misure", ["measure: this file stands under 'prova/misura'"]),
]  # fmt: skip

SHAPES = [
    ("{fact: score_jobs, steps: jobs_steps,", "{fact: ¦score_job, steps: jobs_steps,", ["jobs: no fact of kind number is called 'score_job'; did you mean 'score_jobs'?"]),
    ("{share: advice_share, of: [works]}", "{share: advice_share, of: [¦work]}", ["advice: no line is called 'work'; did you mean 'works'?"]),
    ("at_most: {share: advice_share, of: [works]}", "note: advice_share\n      at_most: {share: ¦budget, of: [works]}", ["advice: the parameter 'budget' is not a share"]),
    ("staff: {flat: staff_share, of: [advice, works],", "staff: {flat: ¦staff_share,", ["staff: a flat rate says 'of' which lines it is"]),
    ("    staff: {flat: staff_share, of: [advice, works],", "    ¦staff: {flat: staff_share, of: [advice, staff],", ["staff: the admitted amounts rest on each other in a ring: staff -> staff; measure one of them on what is requested"]),
    ("stand: {units: {planned: stand_metres,", "stand: {units: {¦plan: stand_metres,", ["stand: no plan is called 'plan'; did you mean 'planned'?"]),
    ("works: {takes: {planned: planned_works,", "works: {takes: {planned: ¦stand_metres,", ["works: the fact is in metres, and the other lines in EUR"]),
    ("    works: {takes: {planned: planned_works, reported: reported_works},", "    ¦works: {", ["works: a line takes facts, is a flat rate, or counts units ('takes', 'flat', 'units'); not none of them"]),
    ("    grant:\n      form: grant\n      of: eligible_spend", "    grant:\n      form: grant\n      of: ¦grant_share", ["grant: support is an amount, and this is a share"]),
    ("intensity: grant_share", "note: grant_share\n      intensity: ¦grant_maximum", ["grant: the parameter 'grant_maximum' is not a share"]),
    ('"max(0, headroom - loan)"', '¦"lombard_firms"', ["grant: the cap is a number of firms, and the amount a number of EUR"]),
    ("    loan: {form: loan, of: eligible_spend,", "    loan: {form: loan, of: ¦grant,", ["loan: 'grant' cannot be used here: an amount of support is known from the award on"]),
    ("key: codice_fiscale, text", "key: ¦codice_fiscal, text", ["one_lead: no fact is called 'codice_fiscal'; did you mean 'codice_fiscale'?"]),
    ("key: codice_fiscale, text", "key: ¦capofila, text", ["one_lead: 'capofila' is no identifier, so it says who is who in one application alone; identifiers are codice_fiscale"]),
    ("of: budget", "of: ¦budgt", ["tranches: nothing is called 'budgt'; did you mean 'budget'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "messages"), KEYS + ACTS + PARAMETERS + RULES + SHAPES)
def test_one_broken_line(read_faults, old, new, messages):
    places, printed = read_faults(MEASURE, old, new)
    assert printed == [place + message for place, message in zip(places, messages, strict=True)]


FARTHER = [
    ("  2022-11-30: {act: dgr-2, restates", "  2022-01-30: {act: dgr-2, restates", [("  ¦2022-01-30: {act: dgr-2, restates", "editions: the edition holds from 2022-01-30, before its act, which is of 2022-11-30"), ("  ¦2022-01-30: {act: dgr-2, restates", "editions: the editions do not ascend: 2022-01-30 stands after 2022-01-31")]),
    ("        holds: active\n", "        hold: active\n", [("        ¦provision: P1.11", "still_active: a key is missing: 'holds'"), ("        ¦hold: active", "still_active: unknown key 'hold'; did you mean 'holds'?")]),
    ("who: nucleo", "who: [nucleo]", [("who: ¦[nucleo]", "evaluated_in_time: a text belongs here, not a list")]),
    ("        provision: P1.02\n", "", [("      ¦all_signed:", "all_signed: no provision is named; every rule says which one it encodes")]),
    ("2022-01-31: {act: dgr-1}", "2022-01-31: {act: dgr-11}", [("{act: ¦dgr-11}", "editions: no act is called 'dgr-11'; did you mean 'dgr-1'?")]),
    ("  2022-11-30: {act: dgr-2, restates", "  2022-01-30: {act: dgr-2, restates", [("  ¦2022-01-30: {act: dgr-2, restates", "editions: the edition holds from 2022-01-30, before its act, which is of 2022-11-30"), ("  ¦2022-01-30: {act: dgr-2, restates", "editions: the editions do not ascend: 2022-01-30 stands after 2022-01-31")]),
    ("    duties:\n      evaluated_in_time:", "    duties:\n      exports_low:", [("    duties:\n      ¦exports_low:", "exports_low: the name is already taken at {exports_low}")]),
    ("          - {otherwise: maximum_export_share * turnover}", "          - {when: size == 'micro', is: maximum_export_share * turnover}", [("          - {when: ¦size == 'micro', is: maximum", "allowed_exports: this case holds whenever the one at {first_case} does, with another value")]),
    ("threshold: {id: reaches_threshold, at_least: threshold,", "threshold: {note: threshold, id: reaches_threshold, at_least: budget,", [("at_least: ¦budget", "reaches_threshold: the parameter 'budget' is not a number of points")]),
    ("  grant_share: {is: 20%, label: grant share}", "  grant_share: 40%", [("    ¦grant:\n", "grant: from 2022-01-31 the shares of loan, grant add up to more than 100%")]),
    ("  last_share: {is: 30%, label: last share}", "  last_share: 31%", [("    ¦last:\n", "last: from 2022-01-31 the shares of the tranches add up to 101%, not to 100%")]),
    ("  first_amount: {is: 1050000.00 EUR, label: first amount}", "  first_amount: 1050000.01 EUR", [("    ¦first:\n", "first: from 2022-01-31 the stated amount is 1050000.01, and its share is 1050000.00")]),
    ("  last_amount: {is: 450000.00 EUR, label: last amount}", "  last_amount: 450000.01 EUR", [("    ¦last:\n", "last: from 2022-01-31 the stated amount is 450000.01, and its share is 450000.00")]),
    ("{share: advice_share, of: [works]}", "{share: advice_share, of: [advice]}", [("    ¦advice:\n", "advice: its limit is a share of nothing but itself")]),
]  # fmt: skip


def place_in(file: str, snippet: str) -> str:
    """The place of the mark in a snippet that stands once in the file."""
    text = Path(file).read_text(encoding="utf-8")
    before, after = snippet.split("¦")
    assert text.count(before + after) == 1, snippet
    at = text.index(before + after) + len(before)
    return f"{file}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


@pytest.mark.parametrize(("old", "new", "faults"), FARTHER)
def test_a_fault_that_stands_elsewhere(read_faults, old, new, faults):
    _, printed = read_faults(MEASURE, old, new)
    others = {
        "exports_low": place_in(MEASURE, "      ¦exports_low:\n        provision: [P1.03"),
        "first_case": place_in(MEASURE, "- {when: ¦size == 'micro', is: turnover}"),
    }
    assert printed == [f"{place_in(MEASURE, snippet)}: {message.format_map(others)}" for snippet, message in faults]


def test_a_chain_of_names_that_nobody_could_follow_is_a_fault_at_the_first_too_deep(read_faults):
    chain = "".join(f'      deep_{n}: {{is: "deep_{n + 1} + deep_{n + 1}", label: a}}\n' for n in range(400))
    chain += "      deep_400: {is: turnover, label: a}\n      allowed_exports:\n"
    _, printed = read_faults(MEASURE, "      allowed_exports:\n", chain)
    assert any(
        "deep_350: it rests on a chain of more than 50 names: nobody could follow it" in line for line in printed
    )


def test_definitions_in_a_ring_are_told_as_a_ring(read_faults):
    ring = 'is: "min(b_name, turnover)", label: a}\n      b_name: {is: "max(a_name, turnover)", label: b}\n'
    _, printed = read_faults(MEASURE, "      allowed_exports:\n", "      a_name: {" + ring + "      allowed_exports:\n")
    a, b = place_in(MEASURE, "      ¦a_name:"), place_in(MEASURE, "      ¦b_name:")
    message = f"these use each other in a ring: a_name -> b_name -> a_name (a_name at {a}, b_name at {b})"
    assert printed == [f"{a}: a_name: {message}"]


def test_all_the_faults_of_a_file_are_told_at_once(package, change, read_faults):
    first = change(MEASURE, "holds: active\n", "holds: ¦activ\n")
    second = change(MEASURE, "of: sector\n", "of: ¦sectr\n")
    third, printed = read_faults(MEASURE, "budget: {is: 1500000.00 EUR, label: budget}", "budget: ¦15 euri")
    assert printed == [
        third[0] + "budget: no unit is called 'euri'",
        second[0] + "farm_machines: no condition is called 'sectr'; did you mean 'sector'?",
        first[0] + "still_active: nothing is called 'activ'; did you mean 'active'?",
    ]


def test_what_uses_a_faulty_name_is_not_blamed(read_faults):
    (place,), printed = read_faults(
        MEASURE, "minimum_firms: {is: 10 firms, label: minimum firms}", "minimum_firms: ¦10 frms"
    )
    assert printed == [place + "minimum_firms: no unit is called 'frms'; did you mean 'firms'?"]
