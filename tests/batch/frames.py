# SPDX-License-Identifier: Apache-2.0
"""Dossiers as the frames that tell the same of all of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa

from misure.facts.vocabulary import Kind
from misure.ground.money import decimal_text
from misure.ground.times import time_text


def frames_of(dossiers, *, cents=True, key="id", parent="applicant"):
    """The applicants, numbered from 0, and the records of each table."""
    layout = dossiers[0].layout
    applicants = {key: pa.array(range(len(dossiers)), pa.int64())}
    for at, column in enumerate(layout.inputs):
        values = [0 if _stood_in(dossier, column.name) else dossier.values[at] for dossier in dossiers]
        applicants |= columns_of(column, values, cents=cents)
    tables = {}
    for at, table in enumerate(layout.tables):
        told = [dossier.tables[at] for dossier in dossiers]
        applicants[f"{table.name}_known"] = pa.array([not unseen for _, unseen in told], pa.bool_())
        rows = [(number, record) for number, (records, _) in enumerate(told) for record in records]
        found = {parent: pa.array([number for number, _ in rows], pa.int64())}
        for place, column in enumerate(table.columns):
            found |= columns_of(column, [record[place] for _, record in rows], cents=cents)
        tables[table.name] = pa.table(found)
    return pa.table(applicants), tables


def _stood_in(dossier, name):
    return name in {name for name, _ in dossier.defaults}


def columns_of(column, values, *, cents=True):
    """The columns that tell values in internal form."""
    name = column.name
    match column.kind:
        case Kind.NUMBER if column.clock:
            return {name: pa.array([None if value is None else time_text(value) for value in values], pa.string())}
        case Kind.NUMBER if column.decimals == 2 and cents:
            return {f"{name}_cents": pa.array(values, pa.int64())}
        case Kind.NUMBER if column.decimals:
            exact = [None if value is None else Decimal(decimal_text(value, column.decimals)) for value in values]
            return {name: pa.array(exact, pa.decimal128(20, column.decimals))}
        case Kind.NUMBER:
            return {name: pa.array(values, pa.int64())}
        case Kind.TRUTH:
            return {name: pa.array(values, pa.bool_())}
        case Kind.DATE:
            return {name: pa.array([value and dt.date.fromordinal(value) for value in values], pa.date32())}
        case Kind.EVENT:
            days = [dt.date.fromordinal(value) if value else None for value in values]
            waits = [None if value is None else value == 0 for value in values]
            return {name: pa.array(days, pa.date32()), f"{name}_not_yet": pa.array(waits, pa.bool_())}
        case _:
            return {name: pa.array(values, pa.string())}
