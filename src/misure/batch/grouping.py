# SPDX-License-Identifier: Apache-2.0
"""Single undertakings of many applicants: who is of whose group, as columns beside the records that ask it.

No engine joins what is joined by a chain of any length. So the relations of control are looked at once, here, applicant by
applicant, as one decision looks at them; what comes of it goes back as two truths to each record: surely, possibly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from misure.batch.native import beside
from misure.engines.columns.entered import member_column
from misure.engines.columns.inputs import Presence
from misure.engines.columns.sheet import Sheet
from misure.engines.columns.source import KNOWN
from misure.engines.narwhals.frame import Frame
from misure.facts.vocabulary import Kind
from misure.program.groups import Group, Members, single_undertaking
from misure.program.nodes import Node, below

__all__ = ["groups_of", "with_members"]

_Keys: TypeAlias = tuple[str, str]
_WHO = "m:who"


def groups_of(outputs: Iterable[Node]) -> dict[Group, str]:
    """The groups that some outputs ask of, each with the table of the records that are asked."""
    return {node.data: str(node.args[0].data[1]) for node in below(outputs) if node.op == "member"}


def with_members(
    group: Group, table: str, sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], keys: _Keys
) -> Frame:
    """The records of a table with two truths beside each: its beneficiary is surely, and possibly, of the group.

    `keys` are the columns of the applicant's key in the frame of applicants and in those of records. The frames of the
    applicants, of the relations and of the beneficiaries' identifiers are collected, lazy ones too.
    """
    sheet = sheets[table]
    # A column of nothing but nulls may have no type; it tells nothing, and some engine cannot carry it through a join.
    typed = [name for name, kind in frames[table].collect_schema().items() if not isinstance(kind, nw.Unknown)]
    records = frames[table].select(typed)
    names = member_column(group, "member_sure"), member_column(group, "member_possible")
    if sheet.state(group.beneficiary) is Presence.NEVER:
        return records.with_columns(**dict(zip(names, (nw.lit(False), nw.lit(True)), strict=True)))
    who = nw.col(sheet.sources[group.beneficiary].column).cast(nw.String)
    records = records.with_columns(**{_WHO: who})
    asked = _rows(records.select(keys[1], _WHO).unique())
    members = _members(group, sheets, frames, keys)
    nobody: Members = (frozenset(), frozenset())
    found: dict[str, list[Any]] = {keys[1]: [], _WHO: [], names[0]: [], names[1]: []}
    for applicant, beneficiary in asked:
        if beneficiary is not None and applicant is not None:
            sure, apart = members.get(applicant, nobody)
            row = (applicant, beneficiary, beneficiary in sure, beneficiary not in apart)
            for column, value in zip(found.values(), row, strict=True):
                column.append(value)
    schema = {
        keys[1]: records.collect_schema()[keys[1]], _WHO: nw.String(), names[0]: nw.Boolean(), names[1]: nw.Boolean(),
    }  # fmt: skip
    joined = records.join(_like(records, found, schema), on=[keys[1], _WHO], how="left")  # type: ignore[arg-type]
    filled: Frame = joined.with_columns(nw.col(names[0]).fill_null(False), nw.col(names[1]).fill_null(True))
    return filled.drop(_WHO)


def _members(group: Group, sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], keys: _Keys) -> dict[Any, Members]:
    """The members of each applicant's group."""
    applicants = sheets[""]
    incomplete = group.controls not in frames
    columns = [nw.col(keys[0]), _told(applicants, group.undertaking)]
    if group.controls in applicants.known:
        columns.append(nw.col(f"{group.controls}{KNOWN}").alias("known"))
    silent = group.controls in applicants.silent
    relations: dict[Any, list[tuple[Any, ...]]] = {}
    if not incomplete:
        sheet = sheets[group.controls]
        ends = [_told(sheet, name) for name in group.fields]
        for applicant, *relation in _rows(frames[group.controls].select(nw.col(keys[1]), *ends)):
            relations.setdefault(applicant, []).append(tuple(relation))
    found = {}
    for applicant, undertaking, *known in _rows(frames[""].select(*columns)):
        says_nothing = silent and known in ([], [None]) and applicant not in relations
        unseen = int(incomplete or known == [False] or says_nothing)
        found[applicant] = single_undertaking(undertaking, relations.get(applicant, ()), unseen)
    return found


def _told(sheet: Sheet, name: str) -> nw.Expr:
    """A fact's column as it was told; nulls where the frame never tells it."""
    if sheet.state(name) is Presence.NEVER:
        return nw.lit(None, nw.String).alias(name)
    source = sheet.sources[name]
    column = nw.col(source.column)
    return column.alias(name) if source.fact.kind is Kind.TRUTH else column.cast(nw.String).alias(name)


def _rows(frame: Frame) -> Iterable[tuple[Any, ...]]:
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return frame.iter_rows()


def _like(frame: Frame, columns: Mapping[str, list[Any]], schema: Mapping[str, DType]) -> Frame:
    """A small frame of the same engine as another."""
    engine = frame.implementation
    if engine.is_duckdb():
        members = nw.from_dict(columns, schema, backend="pyarrow").to_native()
        same: Frame = nw.from_native(beside(frame.to_native(), members))
        return same
    if not isinstance(frame, nw.LazyFrame):
        return nw.from_dict(columns, schema, backend=engine)
    if engine.is_polars():
        return nw.from_dict(columns, schema, backend="polars").lazy()
    return nw.from_dict(columns, schema, backend="pyarrow").lazy(engine)
