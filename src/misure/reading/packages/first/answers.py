# SPDX-License-Identifier: Apache-2.0
"""What is asked of a call before its first folder is written, in the order of the regional scheme (A.1 to D.9), and the answers read.

An answer that is left out is not known: nothing is written of it but that it was not read yet.

>>> told = read_answers({"title": "Vetrine", "act": "Decreto 5678", "act_date": "2026-01-15", "budget": "300000.00"})
>>> told.budget, told.threshold
(Decimal('300000.00'), None)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from misure.ground.arguments import shown
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place, nearest
from misure.ground.times import WrongTime, parse_time, time_text
from misure.reading.expressions.literals import Unreadable, day, scaled, share, whole

__all__ = ["MOST_EURO", "QUESTIONS", "SIZES", "Answers", "Asked", "Instant", "read_answers"]

SIZES = ("micro", "small", "medium", "large")
FORMS = ("grant", "loan")
READ = ("partly", "not")
"""How much of the text was read: whole is only said once every provision has its rule."""
MOST_EURO = 10**9
"""As much as the vocabulary takes for a spending."""
_PLACE = Place("<answers>")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the answer that it fills, the section of the scheme, and how the answer is written."""

    key: str
    section: str
    written: str


QUESTIONS = (
    Asked("title", "A.1", "Vetrine: contributi per rinnovare i negozi"),
    Asked("act", "A.2", "Decreto 5678"),
    Asked("act_date", "A.2", "2026-01-15"),
    Asked("read", "A.2", "partly, not"),
    Asked("sizes", "A.3", "micro, small, medium, large"),
    Asked("lombard_seat", "A.3", "yes, no"),
    Asked("budget", "A.5", "300000.00"),
    Asked("form", "B.1", "grant, loan"),
    Asked("share", "B.1", "40%"),
    Asked("maximum", "B.1", "10000.00"),
    Asked("minimum_spend", "B.3", "5000.00"),
    Asked("opens", "C.1", "2026-03-02 10:00"),
    Asked("closes", "C.1", "2026-04-30 16:00"),
    Asked("threshold", "C.3", "65/100"),
    Asked("report_days", "C.4", "90"),
)
"""In the order of the scheme."""

_ASKED_ALWAYS = ("title", "act", "act_date")


@dataclass(frozen=True, slots=True)
class Instant:
    """A day, and the time of day where the call says one."""

    day: dt.date
    time: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was told of a call; None is not told. Amounts are euro."""

    title: str
    act: str
    act_date: dt.date
    read: Literal["partly", "not"] = "not"
    sizes: tuple[str, ...] | None = None
    """Those that may apply."""
    lombard_seat: bool | None = None
    """Whether a seat in Lombardy is asked."""
    budget: Decimal | None = None
    form: Literal["grant", "loan"] | None = None
    share: Fraction | None = None
    """Of the spending that is admitted."""
    maximum: Decimal | None = None
    minimum_spend: Decimal | None = None
    opens: Instant | None = None
    closes: Instant | None = None
    threshold: tuple[Decimal, Decimal] | None = None
    """The points that are enough, and the most that there are."""
    report_days: int | None = None
    """Days after the award within which the accounts are due."""


def read_answers(told: Mapping[str, str], twice: Iterable[str] = ()) -> Answers:
    """The answers, each in its type; one that is empty is not told, and those that were told `twice` say two things.

    Raises:
        BadRules: An answer cannot be, is asked always and lacks, is told twice, or is none that is asked; all faults at once.
    """
    faults = [Fault(_PLACE, key[:60], "this is told twice") for key in twice]
    known = [one.key for one in QUESTIONS]
    for key in told:
        if key not in known:
            faults.append(Fault(_PLACE, key[:60], "nothing of that name is asked", nearest(key, known)))
    values: dict[str, Any] = {}
    for asked in QUESTIONS:
        text = told.get(asked.key, "").strip()
        if text:
            try:
                values[asked.key] = _READERS[asked.key](text)
            except (Unreadable, WrongTime, ValueError) as problem:
                faults.append(
                    Fault(
                        _PLACE,
                        asked.key,
                        str(getattr(problem, "message", None) or problem),
                        getattr(problem, "suggestion", None),
                    )
                )
        elif asked.key in _ASKED_ALWAYS:
            faults.append(Fault(_PLACE, asked.key, f"this is asked always, written like: {asked.written}"))
    faults += _together(values, {key for key, text in told.items() if text.strip()})
    if faults:
        raise BadRules(faults)
    return Answers(**values)


def _together(values: Mapping[str, Any], told: Collection[str]) -> list[Fault]:
    """What is wrong with answers beside one another; `values` are those that are right one by one, of those that were `told`."""
    found = []
    if ("opens" in told) != ("closes" in told):
        lacking = "closes" if "opens" in told else "opens"
        found.append(Fault(_PLACE, lacking, "a window is from a day to a day: tell both, or neither"))
    elif {"opens", "closes"} <= values.keys():
        opens, closes = values["opens"], values["closes"]
        if (opens.day, opens.time) >= (closes.day, closes.time or "24"):
            found.append(Fault(_PLACE, "closes", "the window closes before it opens"))
        if "act_date" in values and opens.day < values["act_date"]:
            found.append(Fault(_PLACE, "opens", "the window opens before the day of the act"))
    if "form" in told and not {"share", "maximum"} & set(told):
        found.append(Fault(_PLACE, "form", "of a support the share or the maximum is told too"))
    if "form" not in told and {"share", "maximum"} & set(told):
        found.append(
            Fault(_PLACE, "form", f"a share or a maximum is of a support: tell its form, {' or '.join(FORMS)}")
        )
    return found


def _text(text: str) -> str:
    if len(text) > 300 or not text.isprintable():
        raise Unreadable("a line of at most 300 characters belongs here")
    return text


def _act(text: str) -> str:
    if not re.fullmatch(r"\S.{0,60} \S{1,40}", _text(text)):
        raise Unreadable(f"{shown(text)} is not the kind of an act and its number, such as 'Decreto 5678'")
    return text


def _one_of(*choices: str) -> Any:
    def read(text: str) -> str:
        if text not in choices:
            raise Unreadable(
                f"{shown(text)} cannot stand here; it is {', '.join(choices[:-1])} or {choices[-1]}",
                nearest(text, choices),
            )
        return text

    return read


def _sizes(text: str) -> tuple[str, ...]:
    told = [_one_of(*SIZES)(one.strip()) for one in text.split(",")]
    return tuple(size for size in SIZES if size in told)


def _amount(text: str) -> Decimal:
    found = Decimal(scaled(text, 2)) / 100
    if not 0 < found <= MOST_EURO:
        raise Unreadable(f"{text} does not lie between 0.01 and {MOST_EURO}")
    return found.quantize(Decimal("0.01"))


def _share(text: str) -> Fraction:
    found = share(text)
    if not found or 10**6 % found.denominator:
        raise Unreadable(f"the share {text} is nothing, or has more than four decimals")
    return found


def _instant(text: str) -> Instant:
    first, _, time = text.replace("T", " ").partition(" ")
    return Instant(day(first), time_text(parse_time(time.strip())) if time.strip() else "")


def _threshold(text: str) -> tuple[Decimal, Decimal]:
    points, slash, of = text.partition("/")
    if not slash:
        raise Unreadable(f"{shown(text)} is not the points that are enough of the most that there are, such as 65/100")
    enough, most = (Decimal(scaled(part.strip(), 2)) / 100 for part in (points, of))
    if not 0 < enough <= most <= 10_000:
        raise Unreadable(
            f"{text}: the points that are enough lie between nothing and the most that there are, at most 10000"
        )
    return enough, most


_READERS: dict[str, Any] = {
    "title": _text, "act": _act, "act_date": day, "read": _one_of(*READ), "sizes": _sizes,
    "lombard_seat": lambda text: _one_of("yes", "no")(text) == "yes", "budget": _amount, "form": _one_of(*FORMS), "share": _share,
    "maximum": _amount, "minimum_spend": _amount, "opens": _instant, "closes": _instant, "threshold": _threshold,
    "report_days": lambda text: whole(text, 1, 3650),
}  # fmt: skip
assert list(_READERS) == [one.key for one in QUESTIONS] == [one.name for one in fields(Answers)]
