# SPDX-License-Identifier: Apache-2.0
"""The translations: of the code's messages, and of the sentences of each rule package, from compiled catalogues.

Messages are Italian. A rule package may carry `locale/<language>/LC_MESSAGES/rules.mo` beside its rules; one that does
not is told in Italian.
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import BLANKS, Fault, Place, unseen

__all__ = ["LANGUAGES", "code_messages", "rule_messages"]

LANGUAGES = {"it": "it", "en": "en_GB"}
"""The languages offered, each with the Babel locale that writes its figures and dates."""

_SOURCE = "it"


@cache
def code_messages(language: str) -> gettext.NullTranslations:
    """The messages of the library's own code."""
    if language == _SOURCE:
        return gettext.NullTranslations()
    path = Path(__file__).parents[1] / "locale" / language / "LC_MESSAGES" / "misure.mo"
    return _read(path)


@cache
def rule_messages(language: str, roots: Sequence[str]) -> tuple[gettext.NullTranslations, ...]:
    """The sentences of rule files: the first package of `roots` that has a translation gives it.

    Raises:
        BadRules: A package has a catalogue that cannot be read.
    """
    if language == _SOURCE:
        return ()
    paths = (Path(root) / "locale" / language / "LC_MESSAGES" / "rules.mo" for root in dict.fromkeys(roots) if root)
    return tuple(_read(path, _OfRules) for path in paths if path.is_file())


class _OfRules(gettext.GNUTranslations):
    """Translations by others: one that holds what nobody sees, or what a terminal obeys, is not used."""

    def gettext(self, message: str) -> str:
        found = super().gettext(message)
        return found if unseen(found, BLANKS) is None else message


def _read(path: Path, kind: type[gettext.GNUTranslations] = gettext.GNUTranslations) -> gettext.NullTranslations:
    try:
        with path.open("rb") as stream:
            return kind(stream)
    except (OSError, ValueError, LookupError, struct.error) as problem:
        raise BadRules([Fault(Place(str(path)), "", f"this catalogue cannot be read: {problem}")]) from None
