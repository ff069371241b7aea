# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: rules and the text of their act held together, what does not fit told, and nothing false passed off as found."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.anchoring.test_bundled_anchors import HELD
from tests.cli.commands import Command

ACT = """\
AVVISO N. 7/2026 del 15 gennaio 2026
Panchine: contributi per le panchine dei comuni, e altre parole perché il testo sia quello di un atto e non
una riga sola, come chi lo legge si aspetta da un avviso che dice chi, che cosa, quanto e quando.

Art. 1 (Contributo)
1. Il contributo è pari al 40% della spesa, fino a euro 15.000,00 (quindicimila/00).
2. La spesa è di almeno 5.000 euro.

Art. 2 (Tempi)
1. Le domande si presentano entro il 30 aprile 2026.
2. L'ufficio risponde entro sessanta giorni.
"""
MEASURE = """\
# $schema: ../../schema/measure.json
format: 1
measure: prova/panchine
title: "Panchine"
subject: impresa
law_of: filing
acts:
  avviso-7: {type: Avviso, number: 7/2026, date: 2026-01-15, title: "Avviso Panchine"}
  avviso-8: {type: Avviso, number: 8/2026, date: 2026-02-15, title: "Avviso Lampioni"}
sources:
  act: {confidence: official, title: "Testo"}
editions:
  2026-01-15: {act: avviso-7, read: whole}
parameters:
  grant_share: {is: 40%, at: "art. 1, comma 1", label: "quota"}
  grant_maximum: {is: 15000.00 EUR, at: "art. 1, comma 1", label: "massimo"}
  minimum_spend: {is: 5000.00 EUR, at: "art. 1, comma 2", label: "spesa minima"}
  closing_day: {is: 2026-04-30, at: "art. 2, comma 1", label: "chiusura"}
facts:
  bench_spend: {unit: EUR, least: "0", greatest: "1000000", label: "spesa", question: "Quanto?"}
provisions:
  - cite: {act: avviso-7, at: "art. 1, comma 2"}
    admission:
      enough_spend: {provision: P.01, text: "Spesa di almeno {minimum_spend}", holds: bench_spend >= minimum_spend}
  - cite: {act: avviso-7, at: "art. 2, comma 1"}
    admission:
      in_time: {provision: P.02, text: "Domanda entro il {closing_day}", holds: filed_on <= closing_day}
  - cite: {act: avviso-7, at: "art. 2, comma 2"}
    duties:
      answered: {provision: P.03, who: ufficio, text: "Risposta entro 60 giorni"}
support:
  cite: {act: avviso-7, at: "art. 1, comma 1"}
  lines:
    grant: {form: grant, of: bench_spend, intensity: grant_share, at_most: grant_maximum, provision: P.04, text: "Contributo del {grant_share}, al massimo {grant_maximum}"}
"""
CASES = """\
# $schema: ../../schema/cases.json
format: 1
measure: prova/panchine
cases:
  - {name: "tutto", facts: {filed_on: 2026-03-10, bench_spend: "5000.00"}, on: 2026-03-10, expect: {findings: {enough_spend: yes, in_time: yes}}}
  - {name: "nulla", facts: {filed_on: 2026-05-01, bench_spend: "1.00"}, on: 2026-05-01, expect: {findings: {enough_spend: no, in_time: no}}}
"""
SOURCES = "| id | luogo | contenuto |\n|---|---|---|\n" + "".join(f"| P.0{n} | art. 1 | x |\n" for n in range(1, 5))


def laid_out(tmp_path: Path) -> Path:
    """The folder of a measure, with the text of its act in it."""
    folder = tmp_path / "prova" / "panchine"
    folder.mkdir(parents=True)
    for name, text in {"measure.yaml": MEASURE, "cases.yaml": CASES, "SOURCES.md": SOURCES, "act.txt": ACT}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


def changed(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def anchored(command: Command, folder: Path, *more: object) -> tuple[int, dict]:  # type: ignore[type-arg]
    ran = command("anchor", folder, folder / "act.txt", "--json", *more)
    assert ran.err == ""
    return ran.code, json.loads(ran.out)


def test_all_found_and_explained_is_nothing_to_tell(command: Command, folder: Path) -> None:
    code, told = anchored(command, folder)
    assert (code, told["sound"], told["unexplained"]) == (0, True, 0)
    assert {one["name"]: (one["state"], one["page"]) for one in told["values"]} == dict.fromkeys(
        ("grant_share", "grant_maximum", "minimum_spend", "closing_day"), ("found", 1)
    )
    assert "quindicimila" in {one["name"]: one["passage"] for one in told["values"]}["grant_maximum"]
    named = [one for one in told["figures"] if one["by"] == ["answered"]]
    assert [one["figure"] for one in named] == ["60 days"]


@pytest.mark.parametrize(
    ("name", "old", "new", "value", "state"),
    [
        ("measure.yaml", "15000.00 EUR", "16000.00 EUR", "grant_maximum", "missing"),
        ("measure.yaml", "is: 40%", "is: 45%", "grant_share", "missing"),
        ("measure.yaml", "is: 2026-04-30", "is: 2026-05-30", "closing_day", "missing"),
        (
            "measure.yaml",
            '5000.00 EUR, at: "art. 1, comma 2"',
            '5000.00 EUR, at: "art. 1, comma 1"',
            "minimum_spend",
            "elsewhere",
        ),
        (
            "measure.yaml",
            '5000.00 EUR, at: "art. 1, comma 2"',
            '5000.00 EUR, at: "art. 2, comma 1"',
            "minimum_spend",
            "elsewhere",
        ),
        ("act.txt", "al 40% della", "al 40 punti della", "grant_share", "missing"),
        ("act.txt", "almeno 5.000 euro", "almeno 5.000 giorni", "minimum_spend", "missing"),
    ],
)
def test_a_value_that_the_place_does_not_have_is_never_found(
    command: Command, folder: Path, name: str, old: str, new: str, value: str, state: str
) -> None:
    changed(folder, name, old, new)
    code, told = anchored(command, folder)
    assert code == 1
    assert [(one["name"], one["state"]) for one in told["values"] if one["state"] != "found"] == [(value, state)]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("entro sessanta giorni.", "entro sessanta giorni, o novanta giorni.", ["90 days"]),
        ("entro sessanta giorni.", "entro sessanta giorni, e altri sessanta giorni.", ["60 days"]),
        ("Art. 2 (Tempi)", "3. Le panchine restano tre anni.\n\nArt. 2 (Tempi)", ["3 years"]),
    ],
)
def test_a_figure_that_nothing_accounts_for_is_listed(
    command: Command, folder: Path, old: str, new: str, left: list[str]
) -> None:
    changed(folder, "act.txt", old, new)
    code, told = anchored(command, folder)
    found = [one["figure"] for one in told["figures"] if one["role"] == "value" and not one["by"] and not one["why"]]
    assert (code, found) == (1, left)
    ran = command("anchor", folder, folder / "act.txt", "--lang", "en")
    assert "Figures that no rule names and nobody explains" in ran.out


@pytest.mark.parametrize("at", ["art. 9", "art. 1, comma 7", "p. 12", "Premesso, panchine"])
def test_a_locator_that_the_text_does_not_have_is_told(command: Command, folder: Path, at: str) -> None:
    changed(folder, "measure.yaml", '40%, at: "art. 1, comma 1"', f'40%, at: "{at}"')
    code, told = anchored(command, folder)
    assert code == 1
    assert [(one["name"], one["at"]) for one in told["locators_not_in_the_text"]] == [("grant_share", at)]
    assert {one["name"]: one["state"] for one in told["values"]}["grant_share"] == "elsewhere"


BY_HAND = """\
# $schema: ../../schema/anchors.json
format: 1
measure: prova/panchine

# Perché: chi ha letto lo dice.
explained:
  avviso-7:
    - at: "art. 1, comma 3"
      figures: [3 years]
      why: "prova"
"""


def test_what_is_written_by_hand_is_kept_and_read(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "Art. 2 (Tempi)", "3. Le panchine restano tre anni.\n\nArt. 2 (Tempi)")
    (folder / "anchors.yaml").write_text(BY_HAND, "utf-8")
    code, told = anchored(command, folder, "--write")
    assert (code, told["sound"]) == (0, True)
    written = (folder / "anchors.yaml").read_text("utf-8")
    assert written.startswith(BY_HAND)
    assert "restano" not in written
    assert anchored(command, folder, "--write")[0] == 0
    assert (folder / "anchors.yaml").read_text("utf-8") == written
    changed(folder, "act.txt", "tre anni", "tempo")
    code, told = anchored(command, folder)
    assert code == 1
    assert [one["figure"] for one in told["explanations_without_a_figure"]] == ["3 years"]


def test_the_rules_are_held_without_the_text(command: Command, folder: Path) -> None:
    assert command("anchor", folder, folder / "act.txt", "--write").code == 0
    (folder / "act.txt").unlink()
    assert command("check", folder).out == "no faults\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("is: 40%", "is: 45%", r"measure.yaml:15:\d+: grant_share: the rules say 45%, the anchors 40%: run 'misure anchor prova/panchine"),
        ('40%, at: "art. 1, comma 1"', '40%, at: "art. 1, comma 2"', r"grant_share: its locator is another"),
        ("Risposta entro 60 giorni", "Risposta entro 90 giorni", r"anchors.yaml:\d+:\d+: answered: it names 60 days no more"),
        ("  closing_day: {is: 2026-04-30", "  other_day: {is: 2026-04-30, for_information: yes, label: x}\n  closing_day: {is: 2026-04-30", r"measure.yaml:18:\d+: other_day: this value came after"),
        (
            "  minimum_spend: {is: 5000.00 EUR, at:",
            "  least_spend: {is: 5000.00 EUR, at:",
            r"anchors.yaml:\d+:\d+: minimum_spend: the rules have no such value from 2026-01-15 on any more",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_changed_since_is_a_fault_at_its_place(
    command: Command, folder: Path, old: str, new: str, told: str
) -> None:
    command("anchor", folder, folder / "act.txt", "--write")
    changed(folder, "measure.yaml", old, new)
    if "least_spend" in new:
        changed(folder, "measure.yaml", "{minimum_spend}", "{least_spend}")
        changed(folder, "measure.yaml", ">= minimum_spend", ">= least_spend")
    ran = command("check", folder)
    assert ran.code == 1
    assert re.search(told, ran.out)


def test_what_was_left_over_when_the_anchors_were_written_stays_a_fault(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "Art. 2 (Tempi)", "3. Le panchine restano tre anni.\n\nArt. 2 (Tempi)")
    changed(folder, "measure.yaml", "is: 40%", "is: 45%")
    assert command("anchor", folder, folder / "act.txt", "--write").code == 1
    out = command("check", folder).out
    assert "unexplained: no rule names 3 years, on page 1 of Avviso 7/2026, and nothing explains it" in out
    assert "grant_share: the text does not have 45%" in out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("figures: [3 years]", "figures: []", "this list is empty"),
        ("figures: [3 years]", "figures: [3 years x 900]", "500 times at most"),
        ("avviso-7:", "avviso-9:", "the measure cites no act of this id; did you mean 'avviso-"),
        ('why: "prova"', "perche: x", "unknown key 'perche'"),
        ("format: 1", "format: 7", "it is 1"),
        ("explained:", "texts: {}\nexplained:", "it belongs above 'texts'"),
    ],
)  # fmt: skip
def test_an_anchors_file_that_is_wrong_is_told_with_its_place(
    command: Command, folder: Path, old: str, new: str, told: str
) -> None:
    (folder / "anchors.yaml").write_text(BY_HAND.replace(old, new), "utf-8")
    ran = command("check", folder)
    assert ran.code == 1
    assert told in ran.out
    assert re.search(r"anchors\.yaml:\d+:\d+: ", ran.out)


HOSTILE = [
    (b"", "the file is empty"),
    (b"   \n\f\n", "the file is empty"),
    (b"\f\f 1 \f 2", "hardly a letter stands in it"),
    (b"%PDF-1.7 ...", "this is a PDF"),
    (b"PK\x03\x04...", "this is a zip archive"),
    (b"\xff\xfeA\x00", "this is UTF-16, not UTF-8"),
    ("perch\u00e9 ".encode("cp1252") * 200, "act.txt:1:6: this is not UTF-8; save the file as UTF-8"),
    (b"testo \x00 " * 200, "act.txt:1:7: the character U+0000 cannot stand in a text"),
    (b"a" * 2_000_001, "the file has more than 2 MB"),
    ((ACT + "parola 7 " * 60_000).encode(), "more than 50000 figures stand in it"),
    (("Avviso di un altro ente, con parole sue. " * 40).encode(), "this is the text of no act that prova/panchine cites"),
    (ACT.replace("7/2026", "9/2026").replace("Panchine", "Fontane").encode(), "this is the text of no act"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "told"), HOSTILE, ids=[told for _, told in HOSTILE[:-1]] + ["another number"])
def test_a_text_that_is_none_is_refused_in_one_line(command: Command, folder: Path, data: bytes, told: str) -> None:
    (folder / "act.txt").write_bytes(data)
    ran = command("anchor", folder, folder / "act.txt", "--write", "--html", folder / "page.html")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert told in ran.err
    assert {path.name for path in folder.iterdir()} == {"measure.yaml", "cases.yaml", "SOURCES.md", "act.txt"}


PAST = "La misura aiuta le imprese di un territorio, e chi ne scrive dice prima di che cosa si tratta e per chi. "

SPOKEN_OF = {
    "general law": "BANDO QUOTAZIONI\n" + PAST * 4 + "Si applicano il Codice delle leggi antimafia e il Codice degli incentivi. " + PAST * 4,
    "a month": "BANDO SPORT\n" + PAST * 4 + "Le domande si chiudono il 31 dicembre 2025. " + PAST * 4,
    "an export": "Nuovi record per l'export\n" + PAST * 6 + "Il piano per l'export e l'internazionalizzazione è pronto. " + PAST * 4,
    "the call itself, further down": "Una spinta alle imprese\n" + PAST * 12 + "È il bando Verso Nuovi Mercati. " + PAST * 4,
}  # fmt: skip
"""What texts of others say of acts that a measure cites: none of them is such an act."""


@pytest.mark.parametrize("of", SPOKEN_OF)
@pytest.mark.parametrize("measure", HELD)
def test_a_text_that_speaks_of_an_act_is_not_that_act(command: Command, folder: Path, measure: str, of: str) -> None:
    (folder / "act.txt").write_text(SPOKEN_OF[of], "utf-8")
    ran = command("anchor", measure, folder / "act.txt")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert f"this is the text of no act that {measure} cites" in ran.err


def test_an_annex_without_a_number_is_known_by_the_title_at_its_head(command: Command, folder: Path) -> None:
    (folder / "act.txt").write_text("Allegato A\nBANDO VERSO\nNUOVI MERCATI\n" + PAST * 4, "utf-8")
    ran = command("anchor", "lombardia/verso-nuovi-mercati", folder / "act.txt", "--json")
    assert json.loads(ran.out)["act"]["id"] == "decreto-5678"


def test_a_title_that_several_acts_may_bear_is_told_with_what_to_say(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "AVVISO N. 7/2026 del 15 gennaio 2026\n", "")
    changed(folder, "measure.yaml", "  2026-01-15: {act: avviso-7, read: whole}\n",
            "  2026-01-15: {act: avviso-7, read: whole}\n  2026-02-15: {act: avviso-8, read: whole}\n")  # fmt: skip
    changed(
        folder, "measure.yaml", "minimum_spend: {is: 5000.00 EUR,", "minimum_spend: {is: 5000.00 EUR, act: avviso-8,"
    )
    ran = command("anchor", folder, folder / "act.txt")
    assert (ran.code, ran.out) == (2, "")
    assert "by its title it may be Avviso 7/2026 or Avviso 8/2026: say which with --act" in ran.err


def test_what_is_no_file_is_refused(command: Command, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for name, told in (("", "this is a folder"), ("nothing.txt", "there is no such file"), ("pipe", "it is a pipe")):
        ran = command("anchor", folder, folder / name)
        assert (ran.code, ran.out) == (2, "")
        assert told in ran.err


def test_a_wrong_measure_and_a_wrong_text_are_told_at_once(command: Command, folder: Path) -> None:
    ran = command("anchor", "lombardia/filere", folder / "nothing.txt")
    assert ran.code == 2
    assert "did you mean 'lombardia/filiere'" in ran.err
    assert "there is no such file" in ran.err


def test_the_head_of_the_text_says_which_act_it_is(command: Command, folder: Path) -> None:
    ran = command("anchor", folder, folder / "act.txt", "--act", "avviso-8")
    assert (ran.code, ran.out) == (2, "")
    assert "at its head stands the number of Avviso 7/2026, and not that of Avviso 8/2026" in ran.err
    ran = command("anchor", folder, folder / "act.txt", "--act", "aviso-7")
    assert "did you mean 'avviso-7'" in ran.err
    changed(folder, "act.txt", "AVVISO N. 7/2026 del 15 gennaio 2026\n", "")
    assert command("anchor", folder, folder / "act.txt").code == 0


class Links(HTMLParser):
    """The ids of a page, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.leading: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.leading += [value for name, value in attrs if name == "href" and value]


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_leads_from_each_figure_to_its_rule_and_back(command: Command, folder: Path, language: str) -> None:
    changed(folder, "act.txt", "Art. 2 (Tempi)", "3. Restano <b>tre anni</b> & più.\n\nArt. 2 (Tempi)")
    command("anchor", folder, folder / "act.txt", "--html", folder / "page.html", "--lang", language)
    page = (folder / "page.html").read_text("utf-8")
    links = Links()
    links.feed(page)
    assert len(links.ids) == len(set(links.ids))
    assert {one.removeprefix("#") for one in links.leading} <= set(links.ids)
    assert not links.tags & {"script", "link", "img", "iframe", "b"}
    assert "http" not in page.replace("http-equiv", "")
    assert "&lt;b&gt;" in page
    figures = [one for one in links.ids if one.startswith("f")]
    assert len(figures) == 6
    assert f'<html lang="{language}">' in page
    assert "prefers-color-scheme:dark" in page


def test_a_folder_in_the_place_of_the_page_leaves_no_anchors(command: Command, folder: Path) -> None:
    (folder / "page.html").mkdir()
    ran = command("anchor", folder, folder / "act.txt", "--write", "--html", folder / "page.html")
    assert (ran.code, ran.out) == (2, "")
    assert not (folder / "anchors.yaml").exists()
