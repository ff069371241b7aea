# SPDX-License-Identifier: Apache-2.0
"""Shared law: what a measure gets from it, and what is told of a law, or of a use of one, that is wrong."""

from __future__ import annotations

import datetime as dt
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from misure.deciding.measure import Measure
from misure.deciding.values import Range
from misure.ground.errors import BadRules
from misure.ground.truth import Confidence, Truth
from misure.reading import check_package, read_cases, read_rulebook
from misure.testing.worked_cases import run_case

SOUND = Path(__file__).parents[1] / "data" / "rules"
LAW = "rules/prova/linee/law.yaml"
LAW_SOURCES = "rules/prova/linee/SOURCES.md"
PROJECT = "rules/prova/progetto/measure.yaml"
PROJECT_SOURCES = "rules/prova/progetto/SOURCES.md"
CALL = "rules/prova/bando/measure.yaml"
INFORMS = "the law gives it for information alone, and no rule may rest on it"


@pytest.fixture(scope="module")
def project():
    return read_rulebook(SOUND, "prova/progetto")


@pytest.fixture(scope="module")
def call():
    return Measure(read_rulebook(SOUND, "prova/bando"))


# What a measure gets


@pytest.mark.parametrize("name", ["prova/progetto", "prova/bando"])
def test_the_worked_cases_of_the_measures_that_use_it(name):
    measure = Measure(read_rulebook(SOUND, name))
    for case in read_cases(SOUND / name / "cases.yaml"):
        assert str(run_case(measure, case)).splitlines()[1:] == []


def test_a_value_of_the_law_keeps_its_act_its_source_and_its_place(project):
    share = project.parameters["law_share"]
    assert (share.values[0].known, str(share.values[0].citation)) == (Fraction(3, 5), "DGR X/9")
    assert [value.source for value in project.parameters["law_days"].values] == ["lettura", "giornale"]
    assert share.place.path.endswith("prova/linee/law.yaml")
    assert project.borrowed("law_share").id == "prova/linee"
    assert project.borrowed("transfer") is None


def test_a_payment_of_which_the_measure_speaks_stands_under_its_act_and_what_the_law_wants_under_the_law(project):
    first, last = project.tranches.lines
    assert (str(first.cite), first.provisions) == ("DGR XI/3, punto 4", ("T1.01", "L1.03"))
    assert (first.share, first.stated) == ("law_share", "transfer_first")
    (start,), (commitment,) = first.due, first.act
    assert (str(start.cite), start.provisions) == ("DGR X/9, art. 2", ("L1.03",))
    assert (str(commitment.cite), commitment.provisions) == ("DGR XI/3, punto 4", ("T1.01",))
    assert (str(last.cite), last.provisions) == ("DGR X/9, art. 2", ("L1.04",))
    assert [(str(item.cite), item.provisions) for item in last.due] == [("DGR X/9, art. 3", ("L1.05",))]


def test_what_a_measure_does_not_use_of_a_law_only_informs(project, call):
    informing = {name for name, parameter in project.parameters.items() if parameter.for_information}
    assert informing == {"law_codes", "call_share", "call_day", "past_share", "past_regime"}
    assert {"call_share", "call_day"}.isdisjoint(
        name for name, parameter in call.rulebook.parameters.items() if parameter.for_information
    )


def test_an_unpublished_share_leaves_every_amount_open(call):
    decision = call.decide({"start_act_adopted": "2022-02-01", "project_ended": "2022-02-02"}, on=dt.date(2022, 5, 2))
    first, rest = decision.tranches
    assert first.amount == rest.amount == Range(0, 1000)
    assert (first.due, first.payable, first.confidence) == (Truth.UNKNOWN, Truth.UNKNOWN, Confidence.INFERRED)
    assert [(missing.name, missing.kind) for missing in decision.missing] == [("call_day", "unpublished")]


def test_an_edition_of_the_measure_has_nothing_to_restate_of_the_law(project):
    decision = Measure(project).decide({}, on=dt.date(2022, 11, 1))
    assert decision.measure.rulebook.editions[-1].others_inferred
    assert decision["law_term"].confidence is Confidence.SECONDARY
    assert [term.confidence for term in decision.duties] == [Confidence.OFFICIAL]


def test_rules_of_the_law_come_after_those_of_the_measure(change, package):
    own = (
        '  - cite: {act: dgr-3, at: "punto 9"}\n    duties:\n      own: {provision: T1.01, who: ente, text: "Altro"}\n'
    )
    change(PROJECT, "tranches:\n", f"provisions:\n{own}\ntranches:\n")
    assert [duty.id for duty in read_rulebook(package, "prova/progetto").duties] == ["own", "law_duty"]


def test_a_changed_law_makes_other_rules_of_the_measures_that_use_it(package, change):
    names = ("prova/progetto", "prova/bando", "prova/misura")
    before = [read_rulebook(package, name).rules_hash for name in names]
    change(LAW, "schedules:\n", "schedules: # quote\n")
    after = [read_rulebook(package, name).rules_hash for name in names]
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, True]


def test_a_measure_may_name_a_provision_of_the_law(check_faults):
    assert check_faults(PROJECT, "provision: T1.01", "provision: [T1.01, L1.07]") == ([], [])


def test_a_law_may_use_a_law(package, change):
    shutil.copytree("rules/prova/linee", "rules/prova/base")
    text = Path("rules/prova/base/law.yaml").read_text(encoding="utf-8")
    for old, new in (("prova/linee", "prova/base"), ("law_", "base_"), ("past_", "old_"), ("call_", "bid_")):
        text = text.replace(old, new)
    for old, new in (
        ("dgr-9", "dgr-8"),
        ("lettura", "copia"),
        ("giornale", "radio"),
        ("L1.", "L2."),
        ("  bando:", "  avviso:"),
    ):
        text = text.replace(old, new)
    text = text.replace("  progetto:", "  programma:")
    Path("rules/prova/base/law.yaml").write_text(text, encoding="utf-8")
    sources = Path("rules/prova/base/SOURCES.md")
    sources.write_text(sources.read_text(encoding="utf-8").replace("L1.", "L2."), encoding="utf-8")
    change(LAW, "law: prova/linee\n", "law: prova/linee\nuses: [prova/base]\n")
    assert check_package(package) == []
    assert [law.id for law in read_rulebook(package, "prova/progetto").laws] == ["prova/base", "prova/linee"]


# What is wrong


BROKEN = [
    # The use of a law
    (PROJECT, "uses: [prova/linee]", "uses: [¦prova/line]", "uses: no shared law is called 'prova/line': there is no prova/line/law.yaml; did you mean 'prova/linee'?"),
    (PROJECT, "uses: [prova/linee]", "uses: [¦../rules/prova/linee]", "uses: no shared law is called '../rules/prova/linee': there is no ../rules/prova/linee/law.yaml; did you mean 'prova/linee'?"),
    (PROJECT, "uses: [prova/linee]", "uses: [¦prova/misura]", "uses: 'prova/misura' is a measure; a measure rests on shared law alone; did you mean 'prova/linee'?"),
    (PROJECT, "uses: [prova/linee]", "uses: [prova/linee, ¦prova/linee]", "uses: the law 'prova/linee' is named twice"),
    (PROJECT, "uses: [prova/linee]", "uses: ¦{law: prova/linee}", "a text or a list of texts belongs here, not a mapping"),
    # Names that two files give
    (PROJECT, "  transfer_first:", "  ¦law_share: 50%\n  transfer_first:", "law_share: the name is already taken at rules/prova/linee/law.yaml:16:3"),
    (PROJECT, "  transfer_first:", "  ¦law_duty: 50%\n  transfer_first:", "law_duty: the name is already taken at rules/prova/linee/law.yaml:36:7"),
    (PROJECT, "  dgr-3: {type", "  ¦dgr-9: {type: DGR, number: X/9, date: 2021-05-03}\n  dgr-3: {type", "acts: the name is already taken at rules/prova/linee/law.yaml:9:3"),
    (PROJECT, "  act: {confidence", "  ¦lettura: {confidence: secondary}\n  act: {confidence", "sources: the name is already taken at rules/prova/linee/law.yaml:12:3"),
    # The schedule
    (PROJECT, "schedule: progetto", "schedule: ¦progeto", "tranches: no law that is used has a schedule 'progeto'; did you mean 'progetto'?"),
    (PROJECT, "    first:\n", "    ¦frist:\n", "frist: the schedule 'progetto' has no payment 'frist'; did you mean 'first'?"),
    (PROJECT, "      stated:", "      ¦share: law_share\n      stated:", "first: unknown key 'share'"),
    (PROJECT, '  schedule: progetto\n  cite: {act: dgr-3, at: "punto 4"}\n', "  ¦schedule: progetto\n", "tranches: a key is missing: 'cite'"),
    (PROJECT, "      act:\n", '      due:\n        ¦start: {holds: happened(payment_act), text: "Altro avvio"}\n      act:\n', "start: the name is already taken at rules/prova/linee/law.yaml:47:11"),
    # What only informs
    (PROJECT, "happened(payment_act)", "¦past_share > 0", f"commitment: 'past_share' cannot be used here: {INFORMS}"),
    (PROJECT, "of: transfer\n", "of: ¦past_share * transfer\n", f"tranches: 'past_share' cannot be used here: {INFORMS}"),
    (PROJECT, '"Impegno"', '"Impegno del ¦{past_share}"', f"commitment: 'past_share' cannot be used here: {INFORMS}"),
    (LAW, "        share: law_share", "        share: ¦past_share", f"first: 'past_share' cannot be used here: {INFORMS}"),
    (LAW, "        stage: reporting", "        stage: reporting\n        regime: ¦past_regime", "law_term: no counting regime is called 'past_regime'"),
    # The law itself
    (LAW, "law: prova/linee", "law: ¦prova/altre", "law: this file stands under 'prova/linee'"),
    (LAW, "schedules:\n", "¦schedule:\n", "unknown key 'schedule'; did you mean 'schedules'?"),
    (LAW, "cite: {act: dgr-9, read_in: lettura}", "cite: {act: ¦dgr-9}", "cite: the cite of a law says under 'read_in' what was read of it"),
    (LAW, "cite: {act: dgr-9, read_in", "cite: {act: ¦dgr-8, read_in", "cite: no act is called 'dgr-8'; did you mean 'dgr-9'?"),
    (LAW, "read_in: lettura}", "read_in: ¦letura}", "cite: no source is called 'letura'; did you mean 'lettura'?"),
    (LAW, "sources:\n", "sources:\n  ¦act: {confidence: official}\n", "act: 'act' is what a measure calls its own act; a source of a law has a name of its own"),
    (LAW, "law: prova/linee\n", "law: prova/linee\nuses: [¦prova/linee]\n", "prova/linee: these laws use each other in a ring: prova/linee -> prova/linee"),
    (LAW, "happened(project_ended)", "happened(¦project_endd)", "end: nothing is called 'project_endd'; did you mean 'project_ended'?"),
    (LAW, "law_share: {is: 60%, label: law share}", "law_share: ¦60,5%", "law_share: '60,5%' is not a share such as 35% or 0.35; write 60.5"),
    (LAW, "# $schema: ../../../schema/law.json", "¦# $schema: ../../../schema/measure.json", "the first line names the schema: '# $schema: .../schema/law.json'"),
    (LAW_SOURCES, "| L1.07 |", "| L1.07 | altro |\n| ¦L1.08 |", "L1.08: no rule names this provision, and it is not listed under 'not_modelled'"),
    (PROJECT_SOURCES, "| T1.01 |", "| ¦L1.01 | altro |\n| T1.01 |", "L1.01: the id is already that of a law that is used: rules/prova/linee/SOURCES.md:5:3"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_one_broken_line(check_faults, file, old, new, message):
    (place,), printed = check_faults(file, old, new)
    assert printed == [place + message]


def test_a_schedule_without_a_law(check_faults):
    _, printed = check_faults(PROJECT, "uses: [prova/linee]\n", "")
    assert printed == [f"{PROJECT}:23:13: tranches: no law that is used has a schedule; 'uses' names the laws"]


def test_shares_that_are_more_than_the_whole(check_faults):
    (place,), printed = check_faults(LAW, "      last:\n", "      ¦last:\n        share: law_share\n")
    told = "last: from {} the shares of the tranches add up to 120%, not to 100%"
    assert printed == [place + told.format("2021-05-03"), place + told.format("2022-01-31")]


def test_a_provision_of_the_law_without_a_row(check_faults):
    (place,), printed = check_faults(LAW, "provision: L1.05", "provision: ¦L1.55")
    assert printed == [
        "rules/prova/linee/SOURCES.md:9:3: L1.05: no rule names this provision, and it is not listed under 'not_modelled'",
        place + "L1.55: SOURCES.md has no row for this provision; did you mean 'L1.05'?",
    ]


def test_a_measure_older_than_its_law(package, change):
    change(PROJECT, "  2022-01-31: {act: dgr-3}", "  2021-05-02: {act: dgr-3}")
    told = f"{PROJECT}:7:8: uses: the law is of 2021-05-03, and the first edition of the measure begins on 2021-05-02"
    assert told in [str(fault) for fault in check_package(package)]


def test_two_laws_that_give_the_same_names(package, change):
    shutil.copytree("rules/prova/linee", "rules/prova/altre")
    change("rules/prova/altre/law.yaml", "law: prova/linee", "law: prova/altre")
    change(PROJECT, "uses: [prova/linee]", "uses: [prova/linee, prova/altre]")
    with pytest.raises(BadRules) as caught:
        read_rulebook(package, "prova/progetto")
    told = [str(fault) for fault in caught.value.faults]
    assert (
        "rules/prova/altre/law.yaml:16:3: law_share: the name is already taken at rules/prova/linee/law.yaml:16:3"
        in told
    )
    assert (
        f"{PROJECT}:24:13: tranches: two laws have a schedule 'progetto': "
        "rules/prova/linee/law.yaml:39:3 and rules/prova/altre/law.yaml:39:3"
    ) in told


def test_a_law_in_two_rule_packages(package, tmp_path):
    shutil.copytree("rules/prova/linee", tmp_path / "other" / "prova" / "linee")
    with pytest.raises(BadRules, match=r"progetto/measure\.yaml:7:8: uses: a law of this id is in two rule packages: "):
        read_rulebook(package, "prova/progetto", [tmp_path / "other"])


def test_a_ring_of_two_laws(package, change):
    shutil.copytree("rules/prova/linee", "rules/prova/altre")
    change("rules/prova/altre/law.yaml", "law: prova/linee\n", "law: prova/altre\nuses: [prova/linee]\n")
    change(LAW, "law: prova/linee\n", "law: prova/linee\nuses: [prova/altre]\n")
    with pytest.raises(BadRules) as caught:
        read_rulebook(package, "prova/progetto")
    ring = "these laws use each other in a ring: prova/linee -> prova/altre -> prova/linee"
    assert [str(fault) for fault in caught.value.faults] == [f"rules/prova/altre/law.yaml:4:8: prova/altre: {ring}"]


def test_all_that_is_wrong_with_the_uses_comes_together(check_faults):
    places, printed = check_faults(PROJECT, "uses: [prova/linee]", "uses: [¦prova/uno, prova/linee, ¦prova/misura]")
    assert [line.startswith(place) for line, place in zip(printed, places, strict=True)] == [True, True]


def test_the_sources_of_a_law_are_missing(package):
    Path(LAW_SOURCES).unlink()
    assert [str(fault) for fault in check_package(package)] == [f"{LAW_SOURCES}: there is no such file"]
