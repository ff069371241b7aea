# SPDX-License-Identifier: Apache-2.0
"""What to know of de minimis aid that was told: whose link nobody told, what came too late, which ceiling is passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from misure.deciding.headrooms import AidRemark
from misure.telling.chapters.page import Line, Mark
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words
from misure.telling.language.figures import EURO

__all__ = ["told_aid"]

_MOST_NAMED = 5


def told_aid(speaker: Speaker, remarks: Iterable[AidRemark]) -> Iterator[Line]:
    """A line for each remark."""
    for remark in remarks:
        yield _line(speaker, remark)


def _line(speaker: Speaker, remark: AidRemark) -> Line:
    say, figures = speaker.say, speaker.figures
    amount = say("importo non noto") if remark.amount is None else figures.value(remark.amount, EURO)
    records = speaker.language.listed(list(remark.records), most=_MOST_NAMED)
    if remark.kind == "unrelated":
        text = say(
            "{amount} ({records}) sono aiuti di {who}: nessuna relazione di controllo detta la lega all'impresa o dice che non"
            " c'è controllo, e possono contare",
            amount=amount, records=records, who=remark.subject,
        )  # fmt: skip
        return Line(text, Mark.OPEN)
    if remark.kind == "later":
        day = figures.day(dt.date.fromisoformat(remark.subject))
        text = say(
            "{amount} ({records}) sono aiuti concessi dopo il {day}, il giorno a cui si guarda: non contano",
            amount=amount, records=records, day=day,
        )  # fmt: skip
        return Line(text, Mark.PLAIN)
    several = remark.subject.split("-")
    what = speaker.language.listed([words.named(speaker.language, words.REGULATIONS, name, name) for name in several])
    day = "" if remark.since is None else figures.day(remark.since)
    text = say("Il massimale ({what}) è già superato dal {day}: {amount} in più", what=what, amount=amount, day=day)
    return Line(text, Mark.FAILED)
