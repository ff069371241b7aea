# SPDX-License-Identifier: Apache-2.0
"""What a page says first: which rules hold since when, by which act, and how far the text that governs was read."""

from __future__ import annotations

from misure.rulebook.rules import Edition, Read
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words

__all__ = ["how_far_read", "in_force"]


def in_force(speaker: Speaker, edition: Edition) -> str:
    """Since when the rules hold, and by which act."""
    return speaker.say("Regole in vigore dal {day}: {act}", day=speaker.figures.day(edition.day), act=edition.act.label)


def how_far_read(speaker: Speaker, read: Read, edition: Edition | None, *, may_ask_more: bool = False) -> str:
    """How far the governing text was read, and of the one edition that rules what of it; "" where it was read whole."""
    told = words.named(speaker.language, words.READ, read)
    if not told:
        return ""
    note = speaker.rule(edition.note) if edition else ""
    more = speaker.say("Può chiedere altro.") if may_ask_more else ""
    return " ".join(filter(None, (told, more, note)))
