# SPDX-License-Identifier: Apache-2.0
"""The COR after it is given: within twenty days the body sends the register the date of the act of granting, or it lapses.

DM 115/2017 art. 9(5) says the twenty days; that the COR lapses is known without the text. They are counted as
administrative terms are: a last day on a Sunday or a holiday moves. Figures: `rules/stato/rna-registration.csv`.

>>> cor_stands("2026-11-02", sent="2026-11-23", on="2026-12-01").reason, cor_stands("2026-11-02", sent=None, on="2026-11-22").reason
('in_time', 'time_runs')
"""

from __future__ import annotations

import datetime as dt

from misure.finance.checked import Checked
from misure.ground.dated import dated_table
from misure.ground.holidays import national_calendar
from misure.ground.regimes import Regime, deadline, rule_of
from misure.preconditions.answers import Answer, answered, in_days

__all__ = ["cor_stands"]

_TABLE = "stato/rna-registration"


def cor_stands(
    registered: dt.date | str | None, *, sent: dt.date | str | None, on: dt.date | str, sent_known: bool = True
) -> Answer:  # fmt: skip
    """Whether a COR stands on a day: yes while the time runs, and afterwards when the date was sent in time.

    `registered` is the day of the COR, `sent` that on which the date of the act was sent, None while it was not;
    `sent_known=False` says that nobody told. Reasons: `in_time`, `time_runs`, `too_late`, `not_sent`, `registered_unknown`,
    `sent_unknown`. Figure: `last_day`, by which it had to be sent.

    Raises:
        BadFacts: A day does not exist, or lies in a wrong order.
        NotEncoded: The day of the COR lies before the decree.
    """
    asked = Checked("registration")
    day = asked.day("on", on)
    since = None if registered is None else asked.day("registered", registered)
    done = None if sent is None else asked.day("sent", sent)
    if not asked.found:
        if done is not None and done > day:
            asked.fault("sent", "it lies after the day of the question")
        if since is not None and since > day:
            asked.fault("registered", "it lies after the day of the question")
        if done is not None and since is not None and done < since:
            asked.fault("sent", "it lies before the COR")
    asked.done()
    table, law = dated_table(_TABLE), day if since is None else since
    length = table.on(law, rule="send_days")
    rows = [length, table.on(law, rule="lapses")]
    if since is None:
        return answered(None, "registered_unknown", "not told: registered", rows, figures={"last_day": None})
    end = deadline(since + length.whole("number"), Regime.IT_CIVIL, national_calendar())
    moves = rule_of(Regime.IT_CIVIL, "moves", law)
    rows += [moves] if moves and end.moved else []
    figures = {"last_day": in_days(end.day, end.day)}
    if done is not None:
        kept = done <= end.day
        text = "the date of the act was sent in time" if kept else "the date of the act was sent too late"
        return answered(kept, "in_time" if kept else "too_late", text, rows, figures=figures)
    if day <= end.day:
        return answered(True, "time_runs", "the time to send the date of the act still runs", rows, figures=figures)
    if not sent_known:
        return answered(None, "sent_unknown", "not told: sent", rows, figures=figures)
    return answered(False, "not_sent", "the date of the act was not sent in time", rows, figures=figures)
