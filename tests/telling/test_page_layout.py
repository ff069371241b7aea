# SPDX-License-Identifier: Apache-2.0
"""A page on paper of any width: where lines break, where citations stand, what is folded, what is coloured."""

import datetime as dt

import pytest

from misure.rulebook.rules import Act
from misure.telling.chapters.page import Line, Mark, Page, Section, links_of
from misure.telling.formats.html import html_text
from misure.telling.formats.text import Style, plain_text

CITE = "DGR XI/5899, All. A"  # 19 characters
SENTENCE = "Almeno 10 imprese con sede in Lombardia: qui 9, ne manca una soltanto"


def told(*lines, width=100, everything=False, **style):
    page = Page("it", "T", sections=(Section("", lines),))
    return plain_text(page, Style(width, **style), everything=everything).splitlines()[2:]


def test_a_citation_stands_at_the_right_margin():
    assert told(Line("Firmato", Mark.MET, CITE), width=70) == ["✓ Firmato" + " " * (70 - 9 - 19) + CITE]
    assert told(Line(SENTENCE, Mark.FAILED, CITE), width=70) == [
        "✗ Almeno 10 imprese con sede in Lombardia: qui 9,  DGR XI/5899, All. A",
        "  ne manca una soltanto",
    ]


def test_a_sentence_never_comes_nearer_to_its_citation_than_two_blanks():
    assert told(Line("x " * 23 + "x", Mark.MET, CITE), width=70) == ["✓ " + "x " * 23 + "x" + "  " + CITE]
    assert told(Line("x " * 23 + "xx", Mark.MET, CITE), width=70) == ["✓ " + "x " * 23 + "   " + CITE, "  xx"]


@pytest.mark.parametrize(("width", "beside"), [(65, True), (64, False), (66, True), (40, False), (120, True)])
def test_a_citation_goes_under_a_sentence_that_it_would_squeeze(width, beside):
    found = told(Line("Firmato", Mark.MET, CITE), width=width)  # 65 - 19 - 2 = 44
    assert found == (["✓ Firmato" + " " * (width - 28) + CITE] if beside else ["✓ Firmato", f"    {CITE}"])


def test_a_word_longer_than_the_room_does_not_touch_the_citation():
    fits, longer = (
        "x" * 47,
        "x" * 48,
    )  # beside the citation and its two blanks there is room for 49, of which two are the mark's
    assert told(Line(fits, Mark.MET, CITE), width=70) == [f"✓ {fits}  {CITE}"]
    assert told(Line(longer, Mark.MET, CITE), width=70) == [f"✓ {longer}", f"    {CITE}"]
    assert told(Line("x" * 90, Mark.MET, CITE), width=70) == ["✓ " + "x" * 90, f"    {CITE}"]


def test_details_and_long_citations_hang_under_their_beginning():
    line = Line("Firmato da tutti", Mark.OPEN, "Decreto, Allegato A, articolo dei beneficiari", "nostra lettura",
                ("manca la risposta di Alfa e di Beta", "resta"))  # fmt: skip
    assert told(line, width=30) == [
        "? Firmato da tutti [nostra", "  lettura]", "    Decreto, Allegato A,", "    articolo dei beneficiari",
        "    – manca la risposta di", "      Alfa e di Beta", "    – resta",
    ]  # fmt: skip


def test_words_are_never_broken_not_even_at_a_hyphen():
    assert told(Line("aiuti-de-minimis e altro ancora", cite=""), width=20) == [
        "• aiuti-de-minimis e",
        "  altro ancora",
    ]
    assert told(Line("x" * 50), width=20) == ["• " + "x" * 50]


def test_a_line_without_words_is_its_mark():
    assert told(Line("")) == ["•"]
    assert told(Line("", Mark.MET, CITE), width=70) == ["✓" + CITE.rjust(69)]


@pytest.mark.parametrize(("mark", "sign", "code"), [
    (Mark.FAILED, "✗", "31"), (Mark.OPEN, "?", "33"), (Mark.MET, "✓", "32"), (Mark.WAITING, "○", "33"), (Mark.PLAIN, "•", ""),
])  # fmt: skip
def test_each_mark_has_its_sign_and_its_colour(mark, sign, code):
    assert told(Line("a", mark)) == [f"{sign} a"]
    coloured = f"\x1b[{code}m{sign}\x1b[0m a" if code else f"{sign} a"
    assert told(Line("a", mark), colour=True) == [coloured]


INNER = Line("dentro", Mark.MET, CITE, folded=(Line("ancora", details=("perché",)),))
FOLDED = Line("due", Mark.PLAIN, folded=(INNER, Line("altro")))


def test_what_is_folded_is_counted_and_told_when_everything_is_asked():
    assert told(FOLDED) == ["• due"]
    assert told(FOLDED, hint="--all") == ["• due (--all)"]
    assert told(Line("uno"), hint="--all") == ["• uno"]
    whole = ["• due", "  ✓ dentro" + " " * (70 - 10 - 19) + CITE, "    • ancora", "        – perché", "  • altro"]
    assert told(FOLDED, width=70, everything=True) == whole
    assert told(FOLDED, width=70, everything=True, hint="--all") == whole


def test_what_is_folded_is_narrower_by_its_indent():
    # 67 - 2 - 19 - 2 = 44: beside; one less, and the citation goes under it.
    assert told(FOLDED, width=67, everything=True)[1] == "  ✓ dentro" + " " * (67 - 10 - 19) + CITE
    assert told(FOLDED, width=66, everything=True)[1:3] == ["  ✓ dentro", f"      {CITE}"]
    coloured = told(FOLDED, width=67, everything=True, colour=True)
    assert coloured[1].startswith("  \x1b[32m✓\x1b[0m dentro")


PAGE = Page(
    "it", "Un titolo lungo", ("Prima", "Poi"), "Esito: sì", Mark.MET, ("Somma di tutto",),
    (Section("", (Line("a"),)), Section("Sezione", (Line("b", details=("c",)),))), (("DGR XI/1", "https://x"),),
)  # fmt: skip


def test_a_page_from_its_title_to_its_end():
    assert plain_text(PAGE, Style(40)).splitlines() == [
        "Un titolo lungo", "Prima", "Poi", "Esito: sì", "Somma di tutto", "", "• a", "", "Sezione", "• b", "    – c",
    ]  # fmt: skip
    assert plain_text(PAGE, Style(8)).splitlines()[:5] == ["Un", "titolo", "lungo", "Prima", "Poi"]
    assert not plain_text(PAGE, Style(40)).endswith("\n")


@pytest.mark.parametrize(("tone", "code"), [
    (Mark.FAILED, "1;31"), (Mark.OPEN, "1;33"), (Mark.MET, "1;32"), (Mark.WAITING, "1;33"), (Mark.PLAIN, "1;39"),
])  # fmt: skip
def test_titles_are_bold_and_the_answer_has_the_colour_of_its_tone(tone, code):
    page = Page("it", "T", ("p",), "A", tone, ("s",), (Section("S", (Line("l"),)),))
    assert plain_text(page, Style(colour=True)).splitlines() == [
        "\x1b[1mT\x1b[0m", "p", f"\x1b[{code}mA\x1b[0m", "s", "", "\x1b[1mS\x1b[0m", "• l",
    ]  # fmt: skip


def test_a_page_without_an_answer_has_no_line_for_it():
    assert plain_text(Page("it", "T"), Style()) == "T"


def test_blanks_that_do_not_break_are_printed_as_blanks_and_do_not_break():
    assert told(Line("costano 1.000\xa0€ circa"), width=14) == ["• costano", "  1.000 €", "  circa"]


def test_a_page_as_plain_data():
    assert PAGE.to_dict() == {
        "language": "it", "title": "Un titolo lungo", "preamble": ["Prima", "Poi"], "answer": "Esito: sì",
        "summary": ["Somma di tutto"], "links": {"DGR XI/1": "https://x"},
        "sections": [
            {"title": "", "lines": [{"mark": "plain", "text": "a"}]},
            {"title": "Sezione", "lines": [{"mark": "plain", "text": "b", "details": ["c"]}]},
        ],
    }  # fmt: skip
    assert Page("en", "T").to_dict() == {
        "language": "en", "title": "T", "preamble": [], "answer": "", "summary": [], "sections": [],
    }  # fmt: skip


def test_a_line_as_plain_data_leaves_out_what_is_empty():
    assert INNER.to_dict() == {
        "mark": "met", "text": "dentro", "cite": CITE,
        "folded": [{"mark": "plain", "text": "ancora", "details": ["perché"]}],
    }  # fmt: skip
    assert Line("x", Mark.OPEN, "", "ipotesi").to_dict() == {"mark": "open", "text": "x", "flag": "ipotesi"}


def test_only_acts_with_a_permanent_address_are_links():
    urn = "urn:nir:stato:legge:1990-08-07;241"
    acts = [
        Act(label, "legge", None, dt.date(1990, 8, 7), "", label, at)
        for label, at in (("A", urn), ("B", ""), ("C", urn))
    ]
    address = f"https://www.normattiva.it/uri-res/N2Ls?{urn}"
    day = acts[0].date
    assert links_of(acts, day) == (("A", address), ("C", address))
    assert links_of(acts, day - dt.timedelta(days=1)) == ()


LINKED = Page(
    "it", "T & <t>", ("p & q",), "A < B", Mark.FAILED, ("s",),
    (
        Section("", (Line("a", Mark.MET, "DGR XI/1, art. 2", "nostra lettura", ("d<", "e")),)),
        Section("S&", (FOLDED, Line("b", Mark.OPEN, "DGR XI/1"), Line("c", Mark.WAITING, "DGR XI/11, art. 1"))),
    ),
    (("DGR XI/1", "https://x?a=1&b=2"),),
)  # fmt: skip


def test_a_page_as_html_in_full():
    link = '<cite><a href="https://x?a=1&amp;b=2">'
    assert html_text(LINKED).splitlines() == [
        '<article lang="it" class="misure">', "<h3>T &amp; &lt;t&gt;</h3>", "<p><small>p &amp; q</small></p>",
        '<p class="misure-failed"><strong>A &lt; B</strong></p>', "<p>s</p>", "<section>", "<ul>",
        (
            f'<li class="misure-met">✓ a <em>[nostra lettura]</em> {link}DGR XI/1, art. 2</a></cite>'
            "<ul><li>d&lt;</li><li>e</li></ul></li>"
        ),
        "</ul>", "</section>", "<section>", "<h4>S&amp;</h4>", "<ul>",
        '<li class="misure-plain"><details><summary>due</summary>', "<ul>",
        f'<li class="misure-met"><details><summary>✓ dentro <cite>{CITE}</cite></summary>', "<ul>",
        '<li class="misure-plain">ancora<ul><li>perché</li></ul></li>', "</ul>", "</details></li>",
        '<li class="misure-plain">altro</li>', "</ul>", "</details></li>",
        f'<li class="misure-open">? b {link}DGR XI/1</a></cite></li>',
        '<li class="misure-waiting">○ c <cite>DGR XI/11, art. 1</cite></li>', "</ul>", "</section>", "</article>",
    ]  # fmt: skip


def test_html_without_an_answer_or_links():
    assert html_text(Page("en", "T", sections=(Section("", (Line("a", cite="X"),)),))) == (
        '<article lang="en" class="misure">\n<h3>T</h3>\n<section>\n<ul>\n'
        '<li class="misure-plain">a <cite>X</cite></li>\n</ul>\n</section>\n</article>'
    )
