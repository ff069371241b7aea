# SPDX-License-Identifier: Apache-2.0
"""Each line breaks a shape, a definition or a value of the sound measure; what is told, and of what, in order."""

from __future__ import annotations

import pytest

MEASURE = "rules/prova/misura/measure.yaml"

BROKEN = [
    ("{from: lowest, to: highest}", "{from: lowest, to: budget}", ["highest: nothing uses this parameter; if it only informs, say 'for_information: yes'", "score: the scale goes from points to EUR"]),
    ("  total: total_score\n", "  total: turnover\n", ["score: the total is not in points"]),
    ("  bonus:\n    registered: {points: bonus_points,", "  bonus:\n    registered: {points: budget, note: bonus_points,", ["registered: the parameter 'budget' is not a number of points"]),
    ("quality: {fact: score_quality,", "quality: {fact: turnover,", ["quality: the fact is in EUR, and the scale in points"]),
    ("quality: {fact: score_quality, most: quality_most,", "quality: {fact: score_quality, note: quality_most,", ["quality: a criterion has the 'most' it gives, or its 'steps'"]),
    ("    jobs: {fact", "    Jobs: {fact", ["Jobs: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("declared: planned_total}", "declared: stand_metres}", ["spending: the total is in metres, and the lines in EUR"]),
    ("stand: {units: {planned: stand_metres, reported: reported_metres}, unit_cost: cost_per_metre,", "stand: {units: {planned: stand_metres, reported: reported_metres}, note: cost_per_metre,", ["stand: 'units' and 'unit_cost' belong together"]),
    ("staff: {flat: staff_share, of: [advice, works],", "staff: {flat: staff_share, of: [advice, works], at_most: {share: advice_share, of: [works]},", ["staff: a flat rate is already a share: it has no 'at_most'"]),
    ("works: {takes: {planned: planned_works, reported: reported_works},", "works: {takes: {planned: planned_works, reported: reported_works}, of: [advice],", ["advice: the admitted amounts rest on each other in a ring: advice -> works -> advice; measure one of them on what is requested", "works: 'of' belongs to a flat rate; the base of a cap stands under 'at_most'"]),
    ("works: {takes: {planned: planned_works, reported: reported_works},", "works: {takes: {planned: planned_works, reported: reported_works}, over: cut,", ["works: 'over' belongs to a line that has 'at_most'"]),
    ("{total: reported_spend}", "{total: turnover}", ["turnover: the name is already taken at rules/vocabulary/prova.yaml:16:3"]),
    ('        is: "count(m for m', '        cases: [{otherwise: 1}]\n        is: "count(m for m', ["lombard_firms: a definition has one value under 'is', or 'cases'"]),
    ("          - {otherwise: maximum_export_share * turnover}", "          - {when: active, note: maximum_export_share}", ["allowed_exports: a case says 'when' it holds and what the value 'is'"]),
    ("          - {otherwise: maximum_export_share * turnover}", "          - {otherwise: maximum_export_share * turnover, when: active}", ["allowed_exports: 'otherwise' stands alone: it says the value itself"]),
    ("unit: firms\n", "unit: firmz\n", ["lombard_firms: no unit is called 'firmz'; did you mean 'firms'?"]),
    ('        is: "count(m for m in members if m.kind == \'impresa\' and m.in_lombardy)"\n        unit: firms\n', '        is: "1"\n', ["lombard_firms: this has no unit: nothing in it says one; name it under 'unit'"]),
    ('is: "count(m for m in members if m.kind == \'impresa\' and m.in_lombardy)"\n        unit: firms\n', "is: small_sizes\n", ["lombard_firms: a definition cannot be a list"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, values: {2022-01-31: 1 months}}", ["duration: 'values' stands alone, without 'is' or 'unknown'"]),
    ("  duration: {is: 18 months, label: duration}", "  duration: {is: 18 months, unit: months}", ["duration: 'between' and 'unit' belong to a value that is unknown"]),
    ("jobs_steps: {is: [0 points, 5 points, 10 points], label: jobs steps}", "jobs_steps: [0 points, 5 EUR, 10 points]", ["jobs_steps: the list holds a number of points first, and then a number of EUR"]),
    ("jobs_steps: {is: [0 points, 5 points, 10 points], label: jobs steps}", "jobs_steps: [0 points, five points]", ["jobs_steps: 'five' is not a number"]),
    ("jobs_steps: {is: [0 points, 5 points, 10 points], label: jobs steps}", "jobs_steps: [10%, 20%]", ["jobs_steps: a list holds codes, choices, or numbers with a unit"]),
    ("between: [2022-02-24, 2022-03-31]", "between: [2022-02-24, soon]", ["opening_day: 'soon' is no value; a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"]),
    ("between: [2022-02-24, 2022-03-31]", "between: [2022-02-24, 2022-03-31], unit: EUR", ["opening_day: the bounds are not in the unit 'EUR'"]),
    ('{unknown: "non pubblicato", unit: points, label: quality most}', "{unknown: x, unit: share}", ["quality: the parameter 'quality_most' is not a number of points"]),
    ("        of: filed_on\n", "        done: filed_on\n", ["application_window: a window says 'of' which day it is, and has no 'done'"]),
    ("        done: project_ended\n        regime", "        done: project_ended\n        of: filed_on\n        regime", ["project_end: 'of' belongs to a window; a deadline says what must be 'done'"]),
    ("  of: budget\n", "  of: first_share\n", ["budget: nothing uses this parameter; if it only informs, say 'for_information: yes'", "tranches: what is paid is an amount, and this is a share"]),
    ("      share: first_share\n", "      note: first_share\n", ["first: only the last tranche of an amount, which is the residual, can have neither a share nor an 'at_most'"]),
    ("        commitment: {holds", "        start: {holds", ["start: the name is already taken at {due}"]),
    ("  first_share: {is: 70%, label: first share}", "  first_share: 100%", ["first: from 2022-01-31 the stated amount is 1050000.00, and its share is 1500000.00", "last: from 2022-01-31 the shares of the tranches add up to 130%, not to 100%", "last: from 2022-01-31 the stated amount is 450000.00, and its share is 0.00"]),
    ("      share: last_share\n", "      note: last_share\n", ["last_share: nothing uses this parameter; if it only informs, say 'for_information: yes'"]),
    ("  first_share: {is: 70%, label: first share}", "  first_share: 33.335%", ["first: from 2022-01-31 the stated amount is 1050000.00, and its share is 500025.00", "last: from 2022-01-31 the shares of the tranches add up to 63.34%, not to 100%", "last: from 2022-01-31 the stated amount is 450000.00, and its share is 999975.00"]),
    ("own_share: {of: eligible_spend,", "own_share: {of: eligible_spnd,", ["own_share: nothing is called 'eligible_spnd'; did you mean 'eligible_spend'?"]),
    ("    loan: {form: loan,", "    loan: {form: prestito,", ["loan: 'prestito' cannot stand here; it is grant, loan, guarantee, interest_subsidy or service"]),
    ('at_most: [grant_maximum, {is: "max(0, headroom - loan)", text: "quanto resta"}]', "at_most: {is: grant_maximum, ovr: cut}", ["at_most: unknown key 'ovr'; did you mean 'over'?"]),
    ("      project_end:\n", "      on:\n", ["on: a name is English snake_case in plain letters, and no word of the expressions"]),
    ("live: {from: 2022-01-31, until: 2030-12-31}", "live: 2022", ["exports_low: a mapping belongs here, not the text '2022'"]),
    ("{when: size == 'micro', is: turnover}", "{when: size == 'micro', is: size}", ["allowed_exports: the cases do not go together: a choice with a number of EUR"]),

]  # fmt: skip

SOUND = [
    ('at_most: [grant_maximum, {is: "max(0, headroom - loan)", text: "quanto resta"}]', "at_most: grant_maximum"),
    ("between: [2022-02-24, 2022-03-31]", "unit: date"),
    ("        done: project_ended\n        regime", "        regime"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "messages"), BROKEN)
def test_what_is_told(read_faults, old, new, messages):
    _, printed = read_faults(MEASURE, old, new)
    told = [line.split(": ", 1)[1] for line in printed]
    assert told == [message.replace("{due}", f"{MEASURE}:183:9") for message in messages]


@pytest.mark.parametrize(("old", "new"), SOUND)
def test_what_may_be_written_as_well(read_faults, old, new):
    assert read_faults(MEASURE, old, new) == ([], [])
