# SPDX-License-Identifier: Apache-2.0
"""Which act a text is: by the number and the day at its head, or else by the title there. A text of another act is told as such.

Calls name many acts in their first pages, general law above all: a title says which act a text is only where it stands at the head, its
words together, and is that of an act which rules the measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from misure.anchoring.flow import Flow
from misure.anchoring.roles import figures_in
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest
from misure.rulebook.acts import Act
from misure.rulebook.rules import Rulebook

__all__ = ["act_of"]

_HEAD, _FIRST_PAGES = 3_000, 9_000
_WORD = re.compile(r"[^\W\d_]{4,}")
_FORMAL = frozenset(
    """approvazione approvato bando bandi criteri elementi essenziali misura misure decreto delibera deliberazione determinazione
    graduatorie prima finestra unioncamere lombardia regione direttore operativo progetto provvedimento attuativo aggiornamento proroga
    della delle degli dello dell dalla dalle nella nelle alla alle allo sulla come con per imprese lombarde lombardi lombardo""".split()
)  # fmt: skip
"""What the titles of many acts say."""
_HEADED = re.compile(r"\bn(?:r|um)?\.?\s*((?:[IVXLC]+\s?/\s?)?\d+(?:/\d{2,4})?)(?![\d/.,])", re.IGNORECASE)
"""The number that a text bears at its head: it is that of the act, or the text is another one."""
_VERY_HEAD = 300
_TITLE_HEAD = 600
"""A title that stands further down is spoken of: an article about a call has one of its own."""
_LEAST_WORDS = 3
"""A title of fewer words of its own says nothing, as many acts speak of an export, or of December: then that of the measure counts."""
_PER_WORD = 40
"""So many characters for each of its words a title is long at most, with what stands between them."""
_MOST_APART = 120
_ENOUGH = 0.75
_SHOWN = 70


def act_of(flow: Flow, book: Rulebook, wanted: str | None = None) -> Act:
    """The act of a rulebook whose text this is; `wanted` says which of them is meant.

    Raises:
        BadFacts: The text is that of no act of the rulebook, or of another one than is meant.
    """
    here = Place(flow.act.path)
    acts = book.acts
    if wanted is not None and wanted not in acts:
        message = f"{book.id} cites no act {wanted!r}; it cites {', '.join(acts)}"
        raise BadFacts([Fault(Place("<command line>"), "act", message, nearest(wanted, acts))])
    numbered = {one.id: at for one in acts.values() if (at := _numbered(flow.text[:_HEAD], one)) is not None}
    if numbered and (wanted is None or acts[wanted].number is not None):
        found = min(numbered, key=lambda one: numbered[one])
        if wanted in (None, found):
            return acts[found]
        message = f"at its head stands the number of {acts[found].label}, and not that of {acts[str(wanted)].label}"
        raise BadFacts([Fault(here, book.id, message)])
    return _titled(flow, book, wanted, here)


def _numbered(head: str, act: Act) -> int | None:
    """Where the number of an act stands at the head of a text, with its day near it."""
    if not act.number:
        return None
    number = act.number.split("/")
    said = (
        r"\s*/\s*".join(map(re.escape, number))
        if len(number) > 1
        else rf"(?:n\.?|nr\.?|num\.?)\s*{re.escape(act.number)}"
    )
    for found in re.finditer(rf"(?<![\w/]){said}(?![\w/])", head):
        around = head[max(0, found.start() - _MOST_APART) : found.end() + _MOST_APART]
        if act.date is None or any(figure.value == act.date for figure in figures_in(around)):
            return found.start()
    return None


def _titled(flow: Flow, book: Rulebook, wanted: str | None, here: Place) -> Act:
    ruling = {edition.act.id for edition in book.editions}
    cited = {value.citation.act for one in book.parameters.values() for value in one.values}
    own = {one.id: _words(one.title) for one in book.acts.values()}
    if wanted is None:
        titles = {
            one: words if len(words) >= _LEAST_WORDS else _words(book.title)
            for one, words in own.items()
            if one in ruling
        }
        shares = {one: _at_the_head(title, flow.text[:_TITLE_HEAD]) for one, title in titles.items()}
    else:
        said = set(_WORD.findall(flow.text[:_FIRST_PAGES].lower()))
        shares = {wanted: _share(own[wanted] or _words(book.title), said)}
    likely = [one for one, share in shares.items() if share >= _ENOUGH]
    headed = _HEADED.search(flow.text[:_VERY_HEAD])
    if headed is not None:
        number = "".join(headed[1].split()).upper()
        likely = [one for one in likely if (book.acts[one].number or number).upper() == number]
    ranked = {one: (len(own[one]) >= _LEAST_WORDS, one in cited, shares[one]) for one in likely}
    best = [one for one, rank in ranked.items() if rank == max(ranked.values())]
    if len(best) == 1:
        return book.acts[best[0]]
    if best:
        message = f"by its title it may be {' or '.join(book.acts[one].label for one in best)}: say which with --act"
        raise BadFacts([Fault(here, book.id, message)])
    begins = " ".join(flow.text[:_FIRST_PAGES].split())[:_SHOWN]
    message = (
        f"this is the text of no act that {book.id} cites ({_listed(book.acts)}): at its head stands neither the number and the day"
        f" of one nor its title, but {begins!r}" + ("" if wanted else "; if it is one of them, say which with --act")
    )
    raise BadFacts([Fault(here, book.id, message)])


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.lower())) - _FORMAL


def _at_the_head(title: set[str], head: str) -> float:
    """How many of the words of a title stand together at the head of a text, as a part of all."""
    said = [(found.start(), found[0]) for found in _WORD.finditer(head.lower()) if found[0] in title]
    longest = _PER_WORD * len(title)
    together = ({word for at, word in said if start <= at < start + longest} for start, _ in said)
    return max((_share(title, words) for words in together), default=0.0)


def _share(wanted: set[str], said: set[str]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.0


def _listed(acts: Mapping[str, Act]) -> str:
    labels: Iterable[str] = (one.label for one in acts.values())
    return ", ".join(labels)
