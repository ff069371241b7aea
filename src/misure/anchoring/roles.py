# SPDX-License-Identifier: Apache-2.0
"""What a figure does in its sentence: it says how much or when, or it only counts, points, cites, names or addresses.

A figure is taken for anything but a value only where the words right before it say so, or where it begins a numbered part. Whatever
is written with a unit of money, of a share, of points or of time, and any day and hour that no act is cited by, stays a value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction

from misure.anchoring.figures import Figure, Role, Token
from misure.anchoring.writing.counted import counted_after, joins
from misure.anchoring.writing.measures import points_to_places
from misure.anchoring.writing.numerals import MONTHS
from misure.anchoring.writing.tokens import tokens_of

__all__ = ["counts", "figures_in", "judged"]

_LOOK, _NEAR = 160, 60
_LETTER = r"[a-z](?:\.\d{1,2})?\)?"
_LETTERS = rf"\blett(?:\.|er[ae])\s*(?:da(?:lla)?\s+)?{_LETTER}(?:(?:\s*,\s*(?:ed?\s+|o\s+)?|\s+(?:ed?|o|a|alla)\s+|\s*[-\u2013]\s*){_LETTER})*"
"""Letters of an article, as `lettere a), b) e c)`, `lett. a-d`: they are one place."""
_UNDER_LETTERS = re.compile(rf"{_LETTERS}[.,]?\s*(?:n\.\s*|numer[oi]\s+|punt[oi]\s+)?$", re.IGNORECASE)
_PUNTI = re.compile(r"\bpunti\s+$", re.IGNORECASE)
_SUFFIX = r"(?:\s?-?\s?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\b)?"
_POINTS_TO = re.compile(
    r"""(?:\b(?:
        articol[oi]|artt?\.?|comm[ai]|co\.|c\.|paragraf[oi]|par\.|punto|(?:ai|dei|nei|i)\s+(?:\w+\s+)?punti|letter[ae]|lett?\.?
      | allegat[oi]|all\.|not[ae]|pagin[ae]|pagg?\.|pp?\.|titol[oi]|cap[oi]|capitol[oi](?:\s+di\s+spesa)?|sezion[ei]|fas[ei]
      | quadr[oi]|voc[ei]|rig[oi]|tabell[ae]|modell[oi]|azion[ei]|obiettiv[oi](?:\s+\w+){0,2}|ass[ei]|mission[ei]|tabella|missione
      | schem[ai]|trattin[oi]|considerando|sub|n\.\s?ordine
    )|\u00a7)\s*(?:n\.?\s*|nn\.\s*|numer[oi]\s+|dal?\s+)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_CHAIN = re.compile(
    rf"{_SUFFIX}\)?\s*(?:\([^()\d]{{0,90}}\))?(?:\s*,?\s*(?:e\s+)?{_LETTERS})?\s*(?:,\s*(?:ed?|o)\b|,|;|e|ed|o|od|-|\u2013|a|al|/)?\s*(?:comm[ai]|co\.|lett(?:\.|er[ae])|par\.|artt?\.|[a-z]\)?|nn?\.)?\s*",
    re.IGNORECASE,
)
_CHAIN_ENDS = re.compile(
    _SUFFIX
    + r"\s*(?:[,;.:()\]\u00bb\u201d\"]|e\b|ed\b|o\b|-|\u2013|del|dell|dei|degli|della|ss|seg|c\.|cod|l\.|d\.|TFUE|comm|co\.|par|lett|punt|$)",
    re.IGNORECASE,
)
_ACT = (
    r"(?:legg[ei]|l\s?\.?\s?r\.?|l\.|d(?:ecreto)?[\s-]?legge|decret[oi]|d\.?\s?l\.?\s?(?:gs|vo)?\.?|d\.?\s?p\.?\s?r\.?|d\.?\s?m\.?"
    r"|d\.?\s?p\.?\s?c\.?\s?m\.?|d\.?\s?g\.?\s?r\.?|d\.?\s?c\.?\s?r\.?|d\.?\s?d\.?\s?[gsu]?\.?\s?o?\.?|d\.?\s?lgs\.?|d\.?\s?l\s?gs\.?"
    r"|deliber(?:a|azion[ei])|determin(?:a|azion[ei])|regolament[oi]|reg\.?|direttiv[ae]|decision[ei]|comunicazion[ei]"
    r"|avvis[oi]|ordinanz[ae]|sentenz[ae]|raccomandazion[ei]|circolar[ei]|carta|statuto|convenzione|nota|protocollo|prot\.?|gazzett[ae](?:\s+ufficiale)?|g\.?u\.?(?:r\.?i\.?)?"
    r"|burl|b\.?u\.?r\.?l\.?|serie|r\.?r\.?|dduo|dds|ddg|dgr|dpr|dpcm|dlgs|supplemento|costituzione|trattato|codice\s+civile|provvediment[oi])"
)
_ACT_WORD = re.compile(rf"(?<![\w.]){_ACT}(?![a-z\u00e0-\u00fa])", re.IGNORECASE)
_WORD_BETWEEN = re.compile(r"[^\W\d_]+|\d[\d.]*|[^\w\s,.()/\u00b0\u00ba'\u2019\"\u201c\u201d\u00ab\u00bb:*-]")
_SMALL_BETWEEN = frozenset(
    """n nr num numero numeri nn del della dello dell delle degli dei di in data ue ce cee euratom regionale regionali delegato
    delegata esecuzione legislativo legislativa ministeriale ministeriali dirigenziale direttoriale generale final e europea europeo
    europei lo la dall dal decreto legge speciale ordinaria ordinario p bis ter""".split()
) | frozenset(MONTHS)  # fmt: skip
"""What may stand between the word for an act and its number or day; words with a capital may too: who made it."""
_AFTER_CITED_DAY = re.compile(r"\d{4}\s*,?\s*(?:\(\w+\)\s*)?,?\s*(?:n|nr|num)\s*\.?\s*$", re.IGNORECASE)
_NAMED = re.compile(
    r"""\b(?:PR|POR|FESR|FSE\s?(?:\+|plus)?|FEAMP|PNRR|QFP|DEFR|programma(?:\s+(?:operativo|regionale|d[\u2019']azione|annuale))?|programmi
        |programmazione|ateco(?:\s+istat)?|istat(?:\s+ateco)?|nace|ISO|UNI(?:/Pdr)?|EN|orizzonte|horizon)\s*[-\u2013:,]?\s*\(?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_PERIODS = frozenset({(2007, 2013), (2014, 2020), (2021, 2027)})
"""The programming periods of the Union: they name a programme, and no call sets a term by them."""
_CALLS = re.compile(
    r"(?:numero\s+verde|\btel(?:efono)?|\bfax|\bcell(?:ulare)?)\s*[.:]?\s*(?:n\.\s*)?\+?\(?$", re.IGNORECASE
)
_BY_NUMBER = re.compile(r"(?:\bn|\bnr|\bnum|\bnumero)\.?\s*$|/\s?$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:\s?[.)]|\s?-)(?:\s|$)")
_NUMBERED_SPARSE = re.compile(r"\s{1,3}di\s")
_HEADED = re.compile(r"\.?\)?\s+[A-Z\u00c0-\u00da]")
_TITLED = re.compile(r"[.)]\s+[A-Z\u00c0-\u00da]{4,}")
_NOUN = re.compile(r"\s+([^\W\d_]{2,})")


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence that stands by itself, such as one of a rule file.

    >>> [found.form for found in figures_in("entro 30 giorni, o oltre 90 giorni")]
    ['30 days', '90 days']
    """
    return tuple(judged(text, tokens_of(text), frozenset()))


def judged(text: str, tokens: list[Token], note_heads: frozenset[int]) -> Iterable[Figure]:
    """The figures of a text in its order; at `note_heads` notes begin with their numbers."""
    reader = _Reader(text, note_heads)
    for token in tokens:
        role = token.role if token.role != "value" else reader.role(token)
        reader.went_past(token, role)
        noun = _NOUN.match(text, token.end)
        bare = token.kind in ("number", "year", "code")
        yield Figure(
            token.kind, token.value, text[token.start : token.end], token.start, token.end, 0, token.start, role,
            noun[1].lower() if noun and bare else "", counted_after(text, token.end) if token.kind == "number" else (),
            token.beside,
        )  # fmt: skip


class _Reader:
    """Goes down a text, and says of each figure what it does."""

    def __init__(self, text: str, note_heads: frozenset[int]) -> None:
        self.text, self.note_heads = text, note_heads
        self.acts = [(found.start(), found.end()) for found in _ACT_WORD.finditer(text)]
        self.ends = [end for _, end in self.acts]
        self.last: Role = "value"
        self.last_end = -_LOOK
        self.counted = 0

    def went_past(self, token: Token, role: Role) -> None:
        """The next figure comes after this one."""
        self.last, self.last_end = role, token.end
        if role == "numbering" and isinstance(token.value, Fraction):
            self.counted = int(token.value)

    def role(self, token: Token) -> Role:
        """What a figure does that may be a value."""
        text = self.text
        if token.kind in ("date", "day_of_year", "month"):
            return "act" if token.kind == "date" and self._cited(token.start) else "value"
        if token.kind not in ("number", "year", "code"):
            return "value"
        if token.start in self.note_heads:
            return "note_mark"
        if _numbers(text, token, self.counted):
            return "numbering"
        before = text[max(0, token.start - _NEAR) : token.start]
        if _CALLS.search(before):
            return "telephone"
        if _POINTS_TO.search(before):
            return "pointer"
        if _PUNTI.search(before) and points_to_places(text, token.start, token.end):
            return "pointer"
        if token.kind != "year" and not counts(text, token.end) and _UNDER_LETTERS.search(before):
            return "pointer"
        if (
            self.last == "pointer"
            and _CHAIN.fullmatch(text, self.last_end, token.start)
            and _CHAIN_ENDS.match(text, token.end)
        ):
            return "pointer"
        counted = token.kind == "number" and counts(text, token.end) and not _BY_NUMBER.search(before)
        if not counted and (self._cited(token.start) or _AFTER_CITED_DAY.search(before)):
            return "act"
        if token.kind == "code" and "/" in str(token.value) and _year_at_an_end(str(token.value)):
            return "act"
        return _named(text, token, before, self.last, self.last_end)

    def _cited(self, at: int) -> bool:
        """Whether what stands before cites an act, with nothing between but its number, its day and who made it."""
        nearest = bisect_right(self.ends, at) - 1
        if nearest < 0 or at - self.ends[nearest] > _LOOK:
            return False
        return all(
            word[0].isdigit() or word[0].isupper() or word in _SMALL_BETWEEN
            for word in _WORD_BETWEEN.findall(self.text, self.ends[nearest], at)
        )


def _year_at_an_end(value: str) -> bool:
    parts = value.split("/")
    return len(parts) == 2 and any(len(part) == 4 and 1900 <= int(part) < 2100 for part in parts if part.isdecimal())


def _named(text: str, token: Token, before: str, last: Role, last_end: int) -> Role:
    """Whether a year or a number is part of the name of a programme, a classification, a standard."""
    if token.kind == "year":
        pair = re.compile(r"(?<!\d)(\d{4})\s?[-\u2013/]\s?(\d{4})(?!\d)").search(
            text, max(0, token.start - 8), token.end + 8
        )
        if pair and pair.start() <= token.start < pair.end() and (int(pair[1]), int(pair[2])) in _PERIODS:
            return "name"
    if (
        _NAMED.search(before)
        and token.kind in ("year", "code", "number")
        and not (token.kind == "number" and counts(text, token.end))
    ):
        return "name"
    if token.kind == "code" and str(token.value).endswith(".0"):
        return "name"  # Industria 4.0
    if last == "name" and re.fullmatch(r"\s?[-\u2013/:]\s?", text[last_end : token.start]):
        return "name"
    return "value"


def counts(text: str, end: int) -> bool:
    """Whether a word follows a number of which it may be a number: no word that only joins."""
    noun = _NOUN.match(text, end)
    return noun is not None and not joins(noun[1]) and noun[1].islower()


def _numbers(text: str, token: Token, counted: int) -> bool:
    """Whether a number begins a numbered part: at the start of a line, after a line that was closed."""
    if token.kind not in ("number", "code") or (token.start and text[token.start - 1] != "\n"):
        return False
    before = text[max(0, token.start - 3) : token.start]
    if token.kind == "code" and str(token.value).split(".")[0] == str(counted):
        return bool(_HEADED.match(text, token.end))
    if token.value in (1, counted + 1) and _NUMBERED_SPARSE.match(text, token.end):
        return True
    closed = before.endswith("\n\n") or not before.strip() or before.rstrip()[-1:] in '.;:!?)\u201d\u00bb"'
    if not closed:
        return bool(_TITLED.match(text, token.end))
    if token.kind == "code":
        return bool(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", str(token.value))) and bool(_HEADED.match(text, token.end))
    if not isinstance(token.value, Fraction) or token.value.denominator != 1 or token.value > 200:
        return False
    return bool(_NUMBERED.match(text, token.end))
