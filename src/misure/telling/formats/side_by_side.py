# SPDX-License-Identifier: Apache-2.0
"""An act's text and the rules side by side, as one page for a lawyer: figures and pages lead to rules, rules to figures and pages.

The page holds all it needs: no script, nothing fetched, everything escaped. It is light or dark as the reader's screen is, and on a
narrow one the rules stand above the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from misure.anchoring.figures import Figure
from misure.anchoring.matching import Anchored, Anchoring
from misure.anchoring.session import Held
from misure.telling.anchoring import ROLES, anchoring_page, drift_section, figure_told, sentences_of, states_of
from misure.telling.chapters.page import Mark, Page
from misure.telling.language.language import Language
from misure.telling.rules_of_act import GROUPS, PagesOf, RuleBeside, rules_beside

__all__ = ["side_by_side"]

_STYLE = """
:root{color-scheme:light dark;--ground:#fdfcf9;--ink:#1d1d1b;--quiet:#6b6b66;--line:#d9d6cd;--value:#cfe8d5;--named:#d5e3f5;
--hand:#ece6d8;--open:#f6c8c0;--link:#1b4f8a;--target:#ffd84d;--bad:#a4261a;--good:#1f6b3a}
@media (prefers-color-scheme:dark){:root{--ground:#191a1c;--ink:#e7e5df;--quiet:#a2a09a;--line:#3a3b3e;--value:#1f4a2e;--named:#22405f;
--hand:#45402f;--open:#6d241c;--link:#8fbdf0;--target:#7a6200;--bad:#ff9d90;--good:#86d9a3}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
a{color:var(--link)}header{padding:1rem 1.25rem;border-bottom:1px solid var(--line)}
h1{font-size:1.2rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}h3{font-size:.85rem;color:var(--quiet);margin:1.5rem 0 .5rem;font-weight:600}
header p{margin:.15rem 0}.met{color:var(--good);font-weight:600}.failed{color:var(--bad);font-weight:600}
nav{font-size:.9rem}nav a{margin-right:1rem}
.legend{font-size:.85rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
section{padding:.25rem 1.25rem 2rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:.85rem/1.55 ui-monospace,monospace;margin:0}
.f{border-radius:.2em;padding:.05em .15em;color:inherit;text-decoration:none}
.value{background:var(--value)}.named{background:var(--named)}.hand{background:var(--hand)}
.open{background:var(--open);outline:2px solid var(--bad)}.other{border-bottom:1px dotted var(--quiet)}
:target{background:var(--target)!important;color:var(--ink);outline:2px solid var(--ink)}
ul{list-style:none;padding:0;margin:0}li{border-bottom:1px solid var(--line);padding:.5rem 0;overflow-wrap:anywhere}
.leads{font-size:.85rem}summary{cursor:pointer;padding:.2rem 0}details{margin:0 0 .5rem}details li{border:0;padding:.15rem 0}
code{font:.85em ui-monospace,monospace}.quiet{color:var(--quiet);font-size:.85rem}.n{font-variant-numeric:tabular-nums;font-weight:600}
@media (min-width:62rem){body{height:100vh;display:flex;flex-direction:column}
main{flex:1;min-height:0;display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr)}
main>section{overflow:auto;scroll-padding-top:30vh}#rules{order:2;border-left:1px solid var(--line)}nav{display:none}}
@media print{main>section{overflow:visible}body{height:auto}nav{display:none}}
"""


def side_by_side(held: Held, language: str = "it") -> str:
    """The whole page as HTML."""
    return "".join(_Page(held, language).parts())


@dataclass(frozen=True, slots=True)
class _Span:
    """A figure as it stands in the file of the act."""

    at: int
    start: int
    end: int


class _Page:
    def __init__(self, held: Held, language: str) -> None:
        self.held, self.found = held, held.anchoring
        self.language = Language(language, (held.book.root,))
        self.say = self.language.say
        self.told: Page = anchoring_page(held, language)
        self.sentences = sentences_of(held, self.language)
        self.placed = self.found.placed
        self.at_odds = {other.start for _, other in self.found.disagreeing}
        self.states = states_of(held, language)
        self.pages = PagesOf(held)
        self.rules = rules_beside(held, self.sentences, self.pages)
        self.ids = {rule.id: f"r{number}" for number, rule in enumerate(self.rules)}
        self.on_page: dict[int, list[RuleBeside]] = {}
        for rule in self.rules:
            for page in rule.pages:
                self.on_page.setdefault(page, []).append(rule)
        self.values_at = {one.figure: number for number, one in reversed([*enumerate(self.found.values)])}

    def parts(self) -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{escape(self.language.code)}">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        yield f"<title>{escape(self.told.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        yield from self._header()
        yield f'<main>\n<section id="rules" aria-label="{escape(self.say("Regole"))}">\n'
        yield from self._rules()
        yield f'</section>\n<section id="text" aria-label="{escape(self.say("Testo"))}">\n'
        yield from self._text()
        yield "</section>\n</main>\n</body>\n</html>\n"

    def _header(self) -> Iterator[str]:
        say = self.say
        tone = "met" if self.told.tone is Mark.MET else "failed"
        yield f"<header>\n<h1>{escape(self.told.title)}</h1>\n"
        yield "".join(f'<p class="quiet">{escape(text)}</p>\n' for text in self.told.preamble)
        yield f'<p class="{tone}">{escape(self.told.answer)}</p>\n'
        legend = (
            ("value", say("valore pubblicato")), ("named", say("nominata da una regola")), ("hand", say("spiegata a mano")),
            ("open", say("non spiegata")), ("other", say("rinvio, numero d'atto, nome")),
        )  # fmt: skip
        spans = "".join(f'<span><span class="f {kind}">12</span> {escape(text)}</span>' for kind, text in legend)
        yield f'<p class="legend">{spans}</p>\n'
        yield f'<nav><a href="#rules">{escape(say("Regole"))}</a><a href="#text">{escape(say("Testo"))}</a></nav>\n</header>\n'

    # The rules

    def _rules(self) -> Iterator[str]:
        say, found = self.say, self.found
        values = list(enumerate(found.values))
        astray = [(number, one) for number, one in values if one.state not in ("found", "inferred")]
        yield from self._list(say("Valori che non stanno dove le regole dicono"), (self._value(*one) for one in astray))
        missing = (
            f"<code>{escape(one.name)}</code> {escape(self.language.listed(list(one.missing)))}"
            f'<br><span class="quiet">{escape(one.locator)}</span>' for one in found.unplaced
        )  # fmt: skip
        yield from self._list(say("Luoghi che il testo non ha"), missing)
        yield from self._list(say("Cifre che fra parentesi dicono altro"), self._disagreeing())
        yield from self._list(say("Cifre che nessuna regola nomina e nessuno spiega"), self._unexplained())
        unused = (f'<span class="n">{escape(one.form)}</span> {escape(one.explanation.why)}' for one in found.unused)
        yield from self._list(say("Spiegazioni di cifre che lì non ci sono"), unused)
        drift = drift_section(self.held, self.language.code)
        told = ("<br>".join(map(escape, (line.text, *line.details))) for line in drift.lines)
        yield from self._list(drift.title, told)
        yield from self._list(say("Valori"), (self._value(*one) for one in values if one not in astray))
        for kind, title in GROUPS.items():
            yield from self._list(say(title), (self._rule(rule) for rule in self.rules if rule.kind == kind))
        yield from self._list(say("Cifre nominate dalle parole delle regole"), self._named())
        yield from self._list(say("Cifre spiegate a mano"), self._by_hand())

    def _list(self, title: str, items: Iterator[str] | map[str]) -> Iterator[str]:
        told = list(items)
        if told:
            yield f"<h2>{escape(title)}</h2>\n<ul>\n"
            yield "".join(f"<li>{item}</li>\n" for item in told)
            yield "</ul>\n"

    def _value(self, number: int, one: Anchored) -> str:
        parameter = self.held.book.parameters.get(one.value.name.partition(" ")[0])
        label = self.language.rule(parameter.label) if parameter is not None else ""
        if one.figure is not None:
            where = self._leading(one.figure)
        else:  # where it should stand
            wanted = dict.fromkeys(page for at in one.locators for page in self.pages.at(at))
            where = " \u00b7 ".join(map(self._to_page, wanted))
        told = figure_told(one.value.kind, one.value.value, self.language)
        cite = f'<br><span class="quiet">{escape("; ".join(one.locators))}</span>' if one.locators else ""
        state, lacking = self.states[number]
        tone = "quiet" if one.state in ("found", "inferred") else "failed"
        notes = "".join(f'<br><span class="{tone}">{escape(line)}</span>' for line in (state, *lacking) if line)
        readers = self._linked(self.say("Lo leggono"), (self._to(rule) for rule in self.rules if number in rule.values))
        return (
            f'<span id="v{number}">{escape(label)} <span class="n">{escape(told)}</span></span> {where}'
            f"<br><code>{escape(one.value.name)}</code>{cite}{notes}{readers}"
        )

    def _rule(self, rule: RuleBeside) -> str:
        cite = f'<br><span class="quiet">{escape(rule.cite)}</span>' if rule.cite else ""
        pages = self._linked("", (self._to_page(page) for page in rule.pages))
        values = self._linked(self.say("Valori"), (self._to_value(number) for number in rule.values))
        figures = (at for at in rule.figures if self._kind(at, self.found.figures[at]) == "named")
        named = self._linked(self.say("Cifre nominate"), (self._to_figure(at) for at in figures))
        said = f"{escape(rule.sentence)} " if rule.sentence else ""
        return f'<span id="{self.ids[rule.id]}">{said}<code>{escape(rule.id)}</code></span>{cite}{pages}{values}{named}'

    def _linked(self, title: str, links: Iterator[str]) -> str:
        told = " \u00b7 ".join(links)
        return f'<br><span class="leads">{escape(title)}{": " if title else ""}{told}</span>' if told else ""

    def _to(self, rule: RuleBeside) -> str:
        return f'<a href="#{self.ids[rule.id]}">{escape(rule.id)}</a>'

    def _to_page(self, page: int) -> str:
        return f'<a href="#p{page}">{escape(self.say("p. {page}", page=str(page)))}</a>'

    def _to_value(self, number: int) -> str:
        value = self.found.values[number].value
        told = figure_told(value.kind, value.value, self.language)
        return f'<a href="#v{number}" title="{escape(value.name)}">{escape(told)}</a>'

    def _to_figure(self, at: int) -> str:
        return f'<a href="#f{at}">{escape(self._told(self.found.figures[at]))}</a>'

    def _leading(self, at: int) -> str:
        page = self.say("p. {page}", page=str(self.found.figures[at].page))
        return f'<a href="#f{at}">{escape(page)}</a>'

    def _disagreeing(self) -> Iterator[str]:
        for one, other in self.found.disagreeing:
            at, beside = self.found.figures.index(one), self.found.figures.index(other)
            said = self.say(
                "{figure}, e fra parentesi {other}: quale valga il testo non lo dice",
                figure=self._told(one),
                other=self._told(other),
            )
            yield f'<span id="o{beside}">{escape(said)}</span> {self._leading(at)} \u00b7 {self._leading(beside)}'

    def _unexplained(self) -> Iterator[str]:
        left = {figure.start for figure in self.found.unexplained}
        for at, figure in enumerate(self.found.figures):
            if figure.start in left:
                yield f'<span class="n" id="o{at}">{escape(self._told(figure))}</span> {escape(figure.text)} {self._leading(at)}'

    def _named(self) -> Iterator[str]:
        for at, figure in enumerate(self.found.figures):
            if self._kind(at, figure) == "named":
                rules = "".join(f"<br>{self._sentence(rule)}" for rule in self.found.by[at])
                yield f'<span class="n" id="o{at}">{escape(self._told(figure))}</span> {self._leading(at)}{rules}'

    def _by_hand(self) -> Iterator[str]:
        for at, why in enumerate(self.found.explained):
            if why is not None:
                figure = self.found.figures[at]
                yield f'<span class="n" id="o{at}">{escape(self._told(figure))}</span> {self._leading(at)}<br>{escape(why.why)}'

    def _told(self, figure: Figure) -> str:
        return figure_told(figure.kind, figure.value, self.language)

    def _sentence(self, rule: str) -> str:
        said = self.sentences.get(rule, "")
        name = (
            f'<a href="#{self.ids[rule]}"><code>{escape(rule)}</code></a>'
            if rule in self.ids
            else f"<code>{escape(rule)}</code>"
        )
        return f"{escape(said)} {name}" if said else name

    # The text

    def _kind(self, at: int, figure: Figure) -> str:
        if figure.role == "value" and figure.start in self.at_odds:
            return "open"
        if at in self.placed:
            return "value"
        if figure.role != "value":
            return "other"
        return "named" if self.found.by[at] else "hand" if self.found.explained[at] is not None else "open"

    def _text(self) -> Iterator[str]:
        act = self.found.flow.act
        spans = sorted(_spans(self.found), key=lambda one: one.start)
        ends = [*(start - 1 for start in act.starts[1:]), len(act.text)]
        next_span = 0
        for page, (start, end) in enumerate(zip(act.starts, ends, strict=True), start=1):
            yield f'<h3 id="p{page}">{escape(self.say("Pagina {page}", page=str(page)))}</h3>\n'
            yield from self._rules_of_page(page)
            yield "<pre>"
            at = start
            while next_span < len(spans) and spans[next_span].start < end:
                span = spans[next_span]
                next_span += 1
                if span.start < at:
                    continue
                stop = min(span.end, end)
                yield escape(act.text[at : span.start])
                yield self._marked(span.at, act.text[span.start : stop])
                at = stop
            yield f"{escape(act.text[at:end])}</pre>\n"

    def _rules_of_page(self, page: int) -> Iterator[str]:
        rules = self.on_page.get(page, [])
        if rules:
            title = self.language.many(
                "{n} regola di questa pagina", "{n} regole di questa pagina", len(rules), n=str(len(rules))
            )
            links = "".join(f"<li>{self._to(rule)} {escape(rule.sentence)}</li>" for rule in rules)
            yield f'<details class="quiet"><summary>{escape(title)}</summary><ul>{links}</ul></details>\n'

    def _marked(self, at: int, text: str) -> str:
        figure = self.found.figures[at]
        kind = self._kind(at, figure)
        if kind == "other":
            return f'<span class="f other" title="{escape(self.say(ROLES[figure.role]))}">{escape(text)}</span>'
        told = ", ".join(self.found.by[at]) or (
            why.why if (why := self.found.explained[at]) is not None else self.say("non spiegata")
        )
        target = f"v{self.values_at[at]}" if at in self.values_at and at in self.placed else f"o{at}"
        return f'<a class="f {kind}" id="f{at}" href="#{target}" title="{escape(f"{self._told(figure)}: {told}")}">{escape(text)}</a>'


def _spans(found: Anchoring) -> Iterator[_Span]:
    for at, figure in enumerate(found.figures):
        yield _Span(at, found.flow.origin(figure.start), found.flow.origin(figure.end - 1) + 1)
