# SPDX-License-Identifier: Apache-2.0
"""What a call is called in a language, in a few words."""

from __future__ import annotations

from misure.deciding.measure import Measure
from misure.ground.rules_folder import bundled_rules
from misure.telling.language.language import Language

__all__ = ["short_title_in"]


def short_title_in(measure: Measure, language: str) -> str:
    """The short title of a measure in a language; the Italian one where nobody has translated it.

    >>> import misure
    >>> misure.catalogue()["lombardia/tecnologie-strategiche-step"].short_title_in("en")
    'Strategic Technologies (STEP)'

    Raises:
        ValueError: There is no such language.
    """
    return Language(language, (measure.rulebook.root, str(bundled_rules()))).rule(measure.short_title)
