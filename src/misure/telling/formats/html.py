# SPDX-License-Identifier: Apache-2.0
"""A page as plain semantic HTML, to be shown inline: no script, no style sheet, nothing fetched, everything escaped.

>>> from misure.telling.chapters.page import Line, Page, Section
>>> html = html_text(Page("it", "<b>", sections=(Section("", (Line("a & b"),)),)))
>>> "&lt;b&gt;" in html, "a &amp; b" in html
(True, True)
"""

from __future__ import annotations

from html import escape

from misure.telling.chapters.page import Line, Links, Mark, Page, Section

__all__ = ["html_text"]

_SIGNS = {Mark.FAILED: "✗ ", Mark.OPEN: "? ", Mark.MET: "✓ ", Mark.WAITING: "○ ", Mark.PLAIN: ""}


def html_text(page: Page) -> str:
    """The page as one `<article>`; what is folded stands in `<details>`, to be opened by whoever reads."""
    parts = [f'<article lang="{escape(page.language)}" class="misure">', f"<h3>{escape(page.title)}</h3>"]
    parts += [f"<p><small>{escape(text)}</small></p>" for text in page.preamble]
    if page.answer:
        parts.append(f'<p class="misure-{page.tone}"><strong>{escape(page.answer)}</strong></p>')
    parts += [f"<p>{escape(text)}</p>" for text in page.summary]
    parts += [_section(section, page.links) for section in page.sections]
    return "\n".join([*parts, "</article>"])


def _section(section: Section, links: Links) -> str:
    title = f"<h4>{escape(section.title)}</h4>\n" if section.title else ""
    return f"<section>\n{title}{_list(section.lines, links)}\n</section>"


def _list(lines: tuple[Line, ...], links: Links) -> str:
    return "<ul>\n" + "\n".join(_item(line, links) for line in lines) + "\n</ul>"


def _cited(cite: str, links: Links) -> str:
    """A citation, leading to its act where that can be read at a permanent address."""
    for label, url in links:
        if cite == label or cite.startswith(f"{label}, "):
            return f'<cite><a href="{escape(url)}">{escape(cite)}</a></cite>'
    return f"<cite>{escape(cite)}</cite>"


def _item(line: Line, links: Links) -> str:
    sentence = f"{_SIGNS[line.mark]}{escape(line.text)}"
    if line.flag:
        sentence += f" <em>[{escape(line.flag)}]</em>"
    if line.cite:
        sentence += f" {_cited(line.cite, links)}"
    if line.details:
        sentence += "<ul>" + "".join(f"<li>{escape(detail)}</li>" for detail in line.details) + "</ul>"
    if line.folded:
        sentence = f"<details><summary>{sentence}</summary>\n{_list(line.folded, links)}\n</details>"
    return f'<li class="misure-{line.mark}">{sentence}</li>'
