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
from misure.rulebook.acts import CHANGED
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

        What is said of every value that changed on an unknown day is among the library's own messages.
        """
        for messages in self._rules if text else ():
            found = messages.gettext(text)
            if found != text:
                return found
        return self._messages.gettext(text) if text == CHANGED else text

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
