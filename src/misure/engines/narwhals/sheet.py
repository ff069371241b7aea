# SPDX-License-Identifier: Apache-2.0
"""A sheet (`engines.columns.sheet`) as Narwhals expressions over its frame: this file prints it, and says nothing of its own."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from functools import reduce

import narwhals as nw

from misure.engines.columns.entered import APPLICANT, BAD, known_column, value_column, waiting_column
from misure.engines.columns.sheet import Sheet
from misure.engines.columns.source import KNOWN
from misure.engines.narwhals.entry import day_stages, formula, truth, value
from misure.engines.narwhals.frame import Frame

__all__ = ["entered", "measures", "with_days", "wrongs"]


def with_days(sheet: Sheet, frame: Frame) -> Frame:
    """The frame with the ordinals of its days beside them."""
    dated = [plan for plan in map(sheet.plan, sheet.told()) if plan.dated]
    for stage in zip(*(day_stages(plan, sheet.host) for plan in dated), strict=True):
        frame = frame.with_columns(**{name: day for columns in stage for name, day in columns.items()})
    return frame


def measures(sheet: Sheet) -> dict[str, nw.Expr]:
    """What to ask of a whole frame that is there, for `Sheet.measured`."""
    asked = {"rows": nw.len()}
    asked |= {f"known:{table}": truth(f"{table}{KNOWN}", unsaid=True).all() for table in sheet.known}
    for name in sheet.told():
        # Where it is told is what is asked: a row that does not tell it is not wrong for that.
        plan = sheet.plan(name, declared=False)
        asked[f"untold:{name}"] = formula(plan, plan.untold).cast(nw.Int64).sum()
        if plan.wrong:
            asked[f"wrong:{name}"] = formula(plan, plan.wrong).any()
    asked |= {f"amiss:{column}": nw.col(column).any() for column in sheet.amiss}
    return asked


def entered(
    sheet: Sheet, frame: Frame, key: str, names: Iterable[str], also: Sequence[str] = (), *, checked: bool = True
) -> Frame:
    """The frame with the applicant's key and the columns that the program reads; those of `also` stay as they are."""
    columns = [nw.col(column) for column in also]
    told = sheet.told(names)
    for plan in map(sheet.plan, told):
        if plan.stored:
            found = value(plan, sheet.host, sure=plan.name in sheet.unchecked)
            columns.append(found.alias(value_column(plan.name)))
        if plan.not_yet:
            columns.append(truth(plan.not_yet, unsaid=False).alias(waiting_column(plan.name)))
    columns += [nw.col(f"{table}{KNOWN}").alias(known_column(table)) for table in sorted(sheet.known)]
    if checked and (tests := wrongs(sheet, told)):
        columns.append(reduce(operator.or_, tests.values()).alias(BAD))
    return frame.select(nw.col(key).alias(APPLICANT), *columns)


def wrongs(sheet: Sheet, names: Iterable[str]) -> dict[str, nw.Expr]:
    """For each fact of which some value may be one that cannot be (`Sheet.doubted`), whether a row's is."""
    found = {plan.name: formula(plan, plan.wrong) for plan in sheet.doubted(names)}
    for column, name in sheet.amiss.items():
        found[name] = found[name] | nw.col(column) if name in found else nw.col(column)
    return found
