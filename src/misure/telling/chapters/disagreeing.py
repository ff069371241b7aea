# SPDX-License-Identifier: Apache-2.0
"""Why a legal value is not known: what no source gives, what a list may hold beyond what is known, what sources have each."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from misure.deciding.readers import shown_reading
from misure.ground.truth import Confidence
from misure.rulebook.acts import ValueReading, several_places
from misure.rulebook.rules import Apart, Parameter, Value
from misure.telling.chapters.speaker import Speaker
from misure.telling.language.language import message

__all__ = ["apart_of", "disagreeing", "disagreeing_on", "why_unknown"]


_DISAGREE: dict[Apart, str] = {
    "sentence": message("lo stesso passo si legge in più modi: {readings}"),
    "act": message("l'atto, in luoghi diversi, non dice lo stesso: {readings}"),
    "acts": message("gli atti non si accordano: {readings}"),
    "sources": message("le fonti non si accordano: {readings}"),
}
_DISAGREE_ON: dict[Apart, str] = {
    "sentence": message("lo stesso passo si legge in più modi, su {what}"),
    "act": message("l'atto, in luoghi diversi, non dice lo stesso su {what}"),
    "acts": message("gli atti non si accordano su {what}"),
    "sources": message("le fonti non si accordano su {what}"),
}


def disagreeing(speaker: Speaker, apart: Apart, texts: Iterable[str]) -> str:
    """What each reading has, none before another: by a letter, for what the rules call it is no word of the language."""
    told = "; ".join(f"({letter}) {text}" for letter, text in zip(ascii_lowercase, texts, strict=False))
    return speaker.say(_DISAGREE[apart], readings=told)


def disagreeing_on(speaker: Speaker, apart: Apart, labels: str) -> str:
    """On what the readings differ, by the labels of the values."""
    return speaker.say(_DISAGREE_ON[apart], what=labels)


def apart_of(readings: Iterable[ValueReading]) -> Apart:
    """What several readings of a value are of: one place of an act, several, several acts, or what sources report."""
    readings = list(readings)
    if any(reading.confidence is not Confidence.OFFICIAL for reading in readings):
        return "sources"
    if len({reading.citation.act for reading in readings}) > 1:
        return "acts"
    places = {reading.citation.at for reading in readings}
    if not all(places):
        return "sources"
    return "act" if len(places) > 1 or any(map(several_places, places)) else "sentence"


def why_unknown(speaker: Speaker, parameter: Parameter, value: Value) -> list[str]:
    """The sentences that say why a value is not known; none where it is."""
    if value.readings:
        texts = (
            f"{speaker.in_words(parameter.name, shown_reading(parameter, reading))} – {reading.citation}"
            for reading in value.readings
        )
        return [disagreeing(speaker, apart_of(value.readings), texts), speaker.rule(value.unknown)]
    told = [speaker.rule(value.unknown)] if value.unknown else []
    if value.unknown and isinstance(value.known, tuple) and value.known:
        surely = speaker.in_words(parameter.name, tuple(map(str, value.known)))
        told.append(speaker.say("di certo vi stanno: {what}", what=surely))
    return told
