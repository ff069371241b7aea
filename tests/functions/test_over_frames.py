# SPDX-License-Identifier: Apache-2.0
"""The functions of the law beneath over frames: on every engine the answers of one applicant at a time."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pyarrow as pa
import pytest

from misure import Range, batch
from misure.rulebook.functions import COLLATERALS, RATINGS, REPAYMENTS
from tests.batch.engines import KINDS, Engine, long_planned
from tests.functions.conftest import ON

FIRMS = ("01234560157", "02345670158", "RSSMRA85T10F205R")
CENTS = pa.int64()
TABLES = ("deminimis_aids", "control_relations")


def perhaps(chance, value):
    return value if chance.random() < 0.8 else None


def applicant(chance):
    """One applicant of which a fifth of the facts is not known, as facts and as a row."""
    money = {name: perhaps(chance, chance.choice([0, 99, 10_000_000, chance.randrange(200_000_000)]))
             for name in ("principal", "loan_amount", "turnover", "balance_sheet", "capital", "reserves", "losses")}  # fmt: skip
    rest = {
        "duration": perhaps(chance, chance.choice([0, 12, 36, 60, 61, 120, chance.randrange(151)])),
        "covered": perhaps(chance, Decimal(chance.choice(["0", "0.4999", "0.5", "1"]))),
        "headcount": perhaps(chance, Decimal(chance.choice(["9.99", "10", "49.5", "50", "249.99", "250"]))),
        "borrower_rating": perhaps(chance, chance.choice(RATINGS)),
        "loan_collateral": perhaps(chance, chance.choice(COLLATERALS)),
        "loan_repayment": perhaps(chance, chance.choice(sorted(REPAYMENTS))),
        "codice_fiscale": perhaps(chance, FIRMS[0]),
    } | {name: perhaps(chance, chance.random() < 0.5)
         for name in ("sound", "pro_rata", "insolvent", "rescued", "is_sme", "is_young", "indebted")}  # fmt: skip
    return money, rest


def aid(chance, number):
    return {
        "cor": str(number), "beneficiary": perhaps(chance, chance.choice(FIRMS)),
        "regulation": perhaps(chance, chance.choice(["gen", "gen", "agri", "fish", "sgei"])),
        "granted_on": perhaps(chance, dt.date(2022, 8, 30) + dt.timedelta(chance.randrange(1098))),
        "amount": perhaps(chance, Decimal(chance.randrange(9_000_000)) / 100),
    }  # fmt: skip


def relation(chance, number):
    return {
        "id": str(number), "controller": perhaps(chance, chance.choice(FIRMS)),
        "controlled": perhaps(chance, chance.choice(FIRMS)), "control": perhaps(chance, chance.random() < 0.6),
        "sole_trader": perhaps(chance, chance.random() < 0.5),
    }  # fmt: skip


def in_one_voice(relations):
    """Those that say nothing against an earlier one, or of an undertaking that controls itself: these are bad facts."""
    kept, control, trade = [], {}, {}
    for one in relations:
        who, whom = one["controller"], one["controlled"]
        if who is not None and who == whom:
            continue
        if (
            None not in (who, whom, one["control"])
            and control.setdefault((who, whom), one["control"]) != one["control"]
        ):
            continue
        if None not in (who, one["sole_trader"]) and trade.setdefault(who, one["sole_trader"]) != one["sole_trader"]:
            continue
        kept.append(one)
    return kept


def says_all(number):
    return True if number % 2 else None


def told(record):
    return {name: value for name, value in record.items() if value is not None}


AID = {"beneficiary": pa.string(), "regulation": pa.string(), "granted_on": pa.date32(), "amount": pa.decimal128(12, 2),
       "cor": pa.string(), "applicant": pa.int64()}  # fmt: skip
RELATION = {"id": pa.string(), "controller": pa.string(), "controlled": pa.string(), "control": pa.bool_(), "sole_trader": pa.bool_(),
            "applicant": pa.int64()}  # fmt: skip


@pytest.fixture(scope="module")
def people():
    chance = random.Random(20260901)
    return [
        (*applicant(chance), [aid(chance, n) for n in range(chance.randrange(5))],
         in_one_voice([relation(chance, n) for n in range(chance.randrange(5))]))
        for _ in range(60)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def decisions(measure, people):
    """What is decided of each alone."""
    found = []
    for number, (money, rest, aids, relations) in enumerate(people):
        facts = {name: Decimal(cents) / 100 for name, cents in money.items() if cents is not None} | told(rest)
        for table, records in zip(TABLES, (aids, relations), strict=True):
            if records or says_all(number):
                facts[table] = list(map(told, records))
        found.append(measure.decide(facts, on=ON))
    return found


@pytest.mark.parametrize("kind", list(map(long_planned, KINDS)))
def test_every_function_answers_frames_as_it_answers_one(measure, people, decisions, kind):
    engine = Engine(kind)
    rows = pa.table(
        {f"{name}_cents": pa.array([money[name] for money, *_ in people], CENTS) for name in people[0][0]}
        | {name: pa.array([rest[name] for _, rest, *_ in people]) for name in people[0][1]}
        | {"id": pa.array(range(len(people)))}
        # Of every second applicant it is said that the rows are all: whoever else has none does not tell the table.
        | {f"{table}_known": pa.array([says_all(number) for number in range(len(people))]) for table in TABLES}
    )

    def children(at, schema):
        records = [record | {"applicant": number} for number, one in enumerate(people) for record in one[at]]
        return engine.frame(
            pa.table({name: pa.array([record[name] for record in records], kind) for name, kind in schema.items()})
        )

    tables = dict(zip(TABLES, (children(2, AID), children(3, RELATION)), strict=True))
    found = engine.by_key(batch.decide(measure, engine.frame(rows), on=ON, tables=tables))
    lines = [line.id for line in measure.rulebook.support.lines]
    conditions = batch.condition_names(measure)
    for number, decision in enumerate(decisions):
        row = found[number]
        assert row["outcome"] == decision.outcome
        for bit, name in enumerate(conditions):
            truth = "no" if row["failed"] >> bit & 1 else "unknown" if row["unknown"] >> bit & 1 else "yes"
            assert truth == decision[name].truth, (number, name)
        for line in lines:
            amount = next(one.amount for one in decision.support if one.id == line)
            ends = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
            cents = (row[f"{line}_cents"], row.get(f"{line}_cents_to", row[f"{line}_cents"]))
            # An end that only the vocabulary bounds is open; a frame has the bound.
            assert all(end is None or int(end * 100) == cent for end, cent in zip(ends, cents, strict=True)), (
                number,
                line,
            )
            assert ends[0] is not None
