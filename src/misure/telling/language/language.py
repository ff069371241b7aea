# SPDX-License-Identifier: Apache-2.0
"""One language: its messages, its plurals, its lists, and the small changes that a figure asks of the word before it.

>>> english = Language("en")
>>> english.listed(["Alfa", "Beta", "Gamma"])
'Alfa, Beta and Gamma'
>>> Language("it").say("entro il {day}", day="8 giugno 2026")
"entro l'8 giugno 2026"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from babel.lists import format_list

from misure.ground.arguments import one_of, shown
from misure.rulebook.acts import OUR_WORDS
from misure.telling.language.catalogues import LANGUAGES, code_messages, rule_messages

__all__ = ["Language", "message"]

# Italian joins article and figure where the figure is spoken with a vowel: otto, ottanta, undici.
_ELIDED = {
    "il": "l'", "lo": "l'", "al": "all'", "dal": "dall'", "del": "dell'", "nel": "nell'", "sul": "sull'",
}  # fmt: skip
_E_BEFORE_E = re.compile(r" e (?=«?[eE])(?!e\))")
_BEFORE_A_VOWEL = re.compile(r"\b(il|lo|al|dal|del|nel|sul) (?=8|11(?![0-9.,])|11(?:\.[0-9]{3}|,))", re.IGNORECASE)


def message(text: str) -> str:
    """A message to be said later, such as one of a table: it is gathered for translation here, and translated by `say`."""
    return text


class Language:
    """Italian or English, with the sentences of the rule packages at `roots` (the first that has one gives it)."""

    def __init__(self, code: str, roots: Sequence[str] = ()) -> None:
        if not one_of(code, LANGUAGES):
            if not isinstance(code, str):
                raise ValueError(f"expected a language, one of {', '.join(LANGUAGES)}; got {shown(code)}")
            raise ValueError(f"the language {shown(code)} is not offered; the languages are: {', '.join(LANGUAGES)}")
        self.code, self.locale = code, LANGUAGES[code]
        self._messages = code_messages(code)
        self._rules = rule_messages(code, tuple(roots))

    def say(self, message: str, /, **parts: str) -> str:
        """A message of the code in this language, its parts filled in."""
        return self.joined(self._messages.gettext(message).format(**parts))

    def many(self, one: str, many: str, number: int | Decimal | Fraction, /, **parts: str) -> str:
        """A message that changes with a number: one, or any other (two, none, a fraction)."""
        return self.joined(self._messages.ngettext(one, many, 1 if number == 1 else 2).format(**parts))

    def rule(self, text: str) -> str:
        """A sentence of a rule file in this language; the Italian one, where nobody has translated it.

        What the library itself says among them, as of a value that changed on an unknown day, is among its own messages.
        """
        return self._ruled(text) or self._of_a_cell(text) or text

    def _ruled(self, text: str) -> str | None:
        """The translation of a sentence; None where nobody has translated it, as of all in Italian."""
        for messages in self._rules if text else ():
            found = messages.gettext(text)
            if found != text:
                return found
        return self._messages.gettext(text) if text in OUR_WORDS else None

    def _of_a_cell(self, text: str) -> str | None:
        """The label of a cell of a table: that of the table, and the words by which its values are told apart."""
        table, colon, words = text.rpartition(": ")
        label = self._ruled(table) if colon else None
        told = self._words(words.split(", ")) if label is not None else None
        return None if told is None else f"{label}: {', '.join(told)}"

    def _words(self, parts: list[str]) -> list[str] | None:
        """Words one after the other, of which one may have a comma; None where some are not translated."""
        if not parts:
            return []
        for end in range(1, len(parts) + 1):
            first, rest = self._ruled(", ".join(parts[:end])), self._words(parts[end:])
            if first is not None and rest is not None:
                return [first, *rest]
        return None

    def listed(self, items: Sequence[str], most: int = 8) -> str:
        """Items as a list in words; a long one is cut, and says how many are left out."""
        shown = list(items)
        if len(shown) > most:
            rest = len(shown) - most + 1
            shown = [*shown[: most - 1], self.many("un altro", "altri {n}", rest, n=str(rest))]
        told = format_list(shown, locale=self.locale) if shown else ""
        return _E_BEFORE_E.sub(" ed ", told) if self.code == "it" and len(shown) > 1 else told

    def quoted(self, text: str) -> str:
        """A name set apart from the sentence around it."""
        return f"«{text}»" if self.code == "it" else f"“{text}”"

    def joined(self, text: str) -> str:
        """The text with articles joined to the figures after them, where the language asks for it."""
        if self.code != "it":
            return text
        return _BEFORE_A_VOWEL.sub(lambda found: _elided(found[1]), text)


def _elided(word: str) -> str:
    joined = _ELIDED[word.lower()]
    return joined.capitalize() if word[0].isupper() else joined
