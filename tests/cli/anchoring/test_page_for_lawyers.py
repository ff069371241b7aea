# SPDX-License-Identifier: Apache-2.0
"""`misure anchor --html`: all rules stand beside the text, each value with who reads it and how it stands, each page with its rules."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import Links, changed, laid_out

MORE = """\
  - cite: {act: avviso-7, at: "art. 3"}
    duties:
      bench_kept: {provision: P.03, who: impresa, text: "Le panchine restano al loro posto"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A measure with a duty that has no figure, and a text of two pages."""
    folder = laid_out(tmp_path)
    changed(folder, "act.txt", "Art. 2 (Tempi)", "\fArt. 2 (Tempi)")
    changed(
        folder, "act.txt", "entro sessanta giorni.\n", "entro sessanta giorni.\n\nArt. 3\n1. Le panchine restano.\n"
    )
    changed(
        folder, "measure.yaml", "support:\n", f'{MORE}not_modelled:\n  P.05: "titolo: nulla da chiedere"\nsupport:\n'
    )
    changed(folder, "SOURCES.md", "| P.04 |", "| P.05 | art. 1 | titolo |\n| P.04 |")
    return folder


class Items(HTMLParser):
    """The items of a page by the id that stands in each: its words, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, tuple[str, list[str]]] = {}
        self.words: list[str] = []
        self.leading: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("li", "details"):
            self.words, self.leading = [], []
        if tag in ("span", "h3") and told.get("id"):
            self.inside = str(told["id"])
        if tag == "a":
            self.leading.append(str(told["href"]).removeprefix("#"))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "details"):
            self.items.setdefault(self.inside, (" ".join("".join(self.words).split()), self.leading))


def read(command: Command, folder: Path, *more: object) -> tuple[str, dict[str, tuple[str, list[str]]]]:
    command("anchor", folder, folder / "act.txt", "--html", folder / "page.html", *more)
    page = (folder / "page.html").read_text("utf-8")
    items = Items()
    items.feed(page)
    links = Links()
    links.feed(page)
    assert len(links.ids) == len(set(links.ids))
    assert {one.removeprefix("#") for one in links.leading} <= set(links.ids)
    return page, items.items


def one_with(items: dict[str, tuple[str, list[str]]], mark: str, words: str) -> tuple[str, str, list[str]]:
    ((key, (said, leading)),) = [
        (key, told) for key, told in items.items() if re.fullmatch(rf"{mark}\d+", key) and words in told[0]
    ]
    return key, said, leading


def test_every_rule_is_there_with_its_pages_and_values(command: Command, folder: Path) -> None:
    _, items = read(command, folder)
    wanted = {"enough_spend", "in_time", "answered", "bench_kept", "grant", "P.05"}
    said = [told for key, (told, _) in items.items() if key.startswith("r")]
    assert {name for name in wanted if any(f" {name}" in told for told in said)} == wanted
    _, told, leading = one_with(items, "r", "bench_kept")
    assert told.startswith("Le panchine restano al loro posto bench_kept")
    assert leading == ["p2"]
    _, told, leading = one_with(items, "r", " enough_spend")
    assert told.startswith("Spesa di almeno 5.000,00")
    assert "{" not in told
    assert leading == ["p1", one_with(items, "v", "minimum_spend")[0]]
    figure = one_with(items, "r", " answered")[2]
    assert figure[0] == "p2"
    assert figure[1].startswith("f")


def test_each_value_says_who_reads_it(command: Command, folder: Path) -> None:
    _, items = read(command, folder)
    for value, rules in {
        "minimum_spend": [" enough_spend"],
        "grant_share": [" grantAvviso"],
        "closing_day": [" in_time"],
    }.items():
        _, said, leading = one_with(items, "v", value)
        assert "Lo leggono" in said
        assert leading[1:] == [one_with(items, "r", rule)[0] for rule in rules]


def test_each_page_leads_to_its_rules_and_back(command: Command, folder: Path) -> None:
    page, items = read(command, folder)
    parts = re.findall(r'<h3 id="p(\d)">.*?</h3>\n<details[^>]*>(.*?)</details>', page, re.DOTALL)
    leading = {number: set(re.findall(r'href="#(r\d+)"', part)) for number, part in parts}
    for key, (_, links) in items.items():
        if key.startswith("r"):
            assert {number for number, rules in leading.items() if key in rules} == {
                one[1:] for one in links if re.fullmatch(r"p\d+", one)
            }
    assert {number: len(rules) for number, rules in leading.items()} == {"1": 3, "2": 3}
    assert "3 regole di questa pagina" in page


@pytest.mark.parametrize(
    ("file", "old", "new", "value", "told"),
    [
        ("act.txt", "al 40% della", "a una parte della", "grant_share", "il testo non lo ha"),
        ("act.txt", "almeno 5.000 euro", "un minimo.\n\nArt. 4\n1. 5.000 euro", "minimum_spend", "trovato altrove, e non al suo luogo"),
        ("measure.yaml", '40%, at: "art. 1, comma 1"', '40%, at: "art. 1, comma 1, p. 1, e art. 2, comma 1, p. 2"', "grant_share",
         "non sta in tutti i luoghi che le regole nominano art. 2, comma 1, p. 2: manca qui"),
    ],
    ids=["missing", "elsewhere", "partly"],
)  # fmt: skip
def test_how_a_value_stands_is_told_beside_it(
    command: Command, folder: Path, file: str, old: str, new: str, value: str, told: str
) -> None:
    changed(folder, file, old, new)
    page, items = read(command, folder)
    assert told in one_with(items, "v", value)[1].replace(
        "luoghi che le regole nominanoart", "luoghi che le regole nominano art"
    )
    assert '<span class="failed">' in page


def test_a_value_that_is_missing_leads_to_the_page_where_it_should_stand(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "entro il 30 aprile 2026", "in aprile")
    _, items = read(command, folder)
    _, said, leading = one_with(items, "v", "closing_day")
    assert "il testo non lo ha" in said
    assert leading == ["p2", one_with(items, "r", " in_time")[0]]


def test_a_figure_that_its_words_contradict_is_marked_in_the_text(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "(quindicimila/00)", "(sedicimila/00)")
    page, items = read(command, folder, "--lang", "en")
    assert "Figures that say something else in brackets" in page
    assert re.search(r'<a class="f open" id="f\d+" href="#o\d+"[^>]*>sedicimila/00</a>', page)
    _, said, leading = one_with(items, "o", "16,000.00")
    assert "the text does not say which holds" in said
    assert [one[0] for one in leading] == ["f", "f"]
