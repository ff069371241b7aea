# SPDX-License-Identifier: Apache-2.0
"""Why a legal value is not known: what no source gives, what a list may hold beyond what is known, what sources have each."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from misure.deciding.readers import shown_reading
from misure.rulebook.rules import Parameter, Value
from misure.telling.chapters.speaker import Speaker

__all__ = ["disagreeing", "why_unknown"]


def disagreeing(speaker: Speaker, texts: Iterable[str]) -> str:
    """What each reading has, none before another: by a letter, for what the rules call it is no word of the language."""
    told = "; ".join(f"({letter}) {text}" for letter, text in zip(ascii_lowercase, texts, strict=False))
    return speaker.say("le fonti non si accordano: {readings}", readings=told)


def why_unknown(speaker: Speaker, parameter: Parameter, value: Value) -> list[str]:
    """The sentences that say why a value is not known; none where it is."""
    if value.readings:
        texts = (
            f"{speaker.in_words(parameter.name, shown_reading(parameter, reading))} – {reading.citation}"
            for reading in value.readings
        )
        return [disagreeing(speaker, texts), speaker.rule(value.unknown)]
    told = [speaker.rule(value.unknown)] if value.unknown else []
    if value.unknown and isinstance(value.known, tuple) and value.known:
        surely = speaker.in_words(parameter.name, tuple(map(str, value.known)))
        told.append(speaker.say("di certo vi stanno: {what}", what=surely))
    return told
