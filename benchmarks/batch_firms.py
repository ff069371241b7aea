# SPDX-License-Identifier: Apache-2.0
"""How long a million proposals with their partners take, beside the same answers by a query written by hand in polars.

    python benchmarks/batch_firms.py [--rows 1000000] [--repeats 5]

Both run on the same lazy frames, interleaved, so that a slow minute hits both; the median counts. The two must agree on
every row before anything is timed. `trusted` leaves the keys unchecked and says that nothing is missing, as the query by
hand does, which trusts every value too; `as careful` is the same beside a query by hand that trusts no value, as `misure`
never does; `checked` checks the keys; `nulls` has two per cent of nulls in the partners' truths, in a judgement and in
the scores, beside a query that trusts the values.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import operator
import random
import statistics
import time

import polars as pl

import misure
from misure import batch

ON = dt.date(2025, 11, 30)
FLAGS = ("strategy_from_swot", "area_sustainability", "area_innovation", "area_skills", "area_internationalisation",
         "area_credit", "innovation_elements", "measurable_activities", "chain_phases_involved",
         "filed_on_webtelemaco", "agreement_states_duration", "common_objective", "swot_adequate")  # fmt: skip
SCORES = ("score_coherence", "score_innovativeness", "score_sustainability", "score_breadth",
          "score_representativeness", "score_swot")  # fmt: skip
KINDS = ("impresa", "professionista", "associazione", "ricerca", "universita", "fondazione", "ente_fiera", "ifp", "its",
         "scuola", "banca", "fondo", "altro")  # fmt: skip
SIGNS = ("signed", "role_stated", "commitments_stated")
LIKELY = pl.Series([True] * 99 + [False])


def drawn(rows: int, *, nulls: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The proposals and their partners: 2.5 on average, as many as forty."""
    rng = random.Random(7)
    seed = functools.partial(rng.randrange, 2**32)
    # Keys in no order, as they come: engines take a short way with sorted ones.
    ids = pl.int_range(rows, eager=True).alias("id").shuffle(seed=seed())
    sizes = pl.Series([1, 1, 1, 1, 1, 2, 2, 2, 3, 12]).sample(rows, with_replacement=True, seed=seed())
    # The capofila is one of the partners, but for one proposal in a hundred, which names nobody.
    leads = pl.int_range(rows, eager=True) % sizes
    firms = pl.DataFrame({
        "id": ids,
        "capofila": "p" + (leads + 99 * (~LIKELY.sample(rows, with_replacement=True, seed=seed())).cast(pl.Int64)).cast(pl.String),
        "filed_on": pl.select(pl.lit(dt.date(2022, 3, 1)) + pl.duration(days=_random(rows, 1300, seed()))).to_series(),
        **{flag: LIKELY.sample(rows, with_replacement=True, seed=seed()) for flag in FLAGS},
        **{score: 5 + _random(rows, 12, seed()) for score in SCORES},
    })  # fmt: skip
    parents = (
        pl.DataFrame({"applicant": ids, "size": sizes})
        .select(pl.col("applicant").repeat_by("size"))
        .explode("applicant")
    )
    parents = parents.drop_nulls()["applicant"]
    count = len(parents)
    kinds = pl.Series(["impresa"] * 8 + ["professionista", "banca"])
    partners = pl.DataFrame({
        "applicant": parents,
        "id": "p" + parents.to_frame().select(pl.int_range(pl.len()).over("applicant")).to_series().cast(pl.String),
        "kind": kinds.sample(count, with_replacement=True, seed=seed()),
        "seat_in_lombardy": LIKELY.sample(count, with_replacement=True, seed=seed()),
        **{sign: LIKELY.sample(count, with_replacement=True, seed=seed()) for sign in SIGNS},
    })  # fmt: skip
    firms = firms.with_columns(total_score=pl.sum_horizontal(*SCORES))
    if nulls:
        firms = _with_nulls(firms, ("common_objective", "score_swot", "total_score"), seed)
        partners = _with_nulls(partners, ("seat_in_lombardy", *SIGNS), seed)
    return firms, partners


def _random(rows: int, below: int, seed: int) -> pl.Series:
    return pl.int_range(below, eager=True).sample(rows, with_replacement=True, seed=seed)


def _with_nulls(frame: pl.DataFrame, names: tuple[str, ...], seed) -> pl.DataFrame:
    rare = pl.Series([False] * 49 + [True])
    return frame.with_columns(
        pl.when(~rare.sample(len(frame), with_replacement=True, seed=seed())).then(pl.col(name)).alias(name)
        for name in names
    )


# ---------------------------------------------------------------- by hand

EDITIONS = (dt.date(2022, 11, 30), dt.date(2023, 12, 18), dt.date(2025, 11, 24))
IMPLEMENTED = dt.date(2022, 2, 24)
"""The day of the decree that implements the call, of which the opening alone was read."""
CLOSING = (dt.date(2022, 12, 31), dt.date(2023, 12, 31), dt.date(2025, 12, 31), dt.date(2027, 12, 31))


def best(filed: pl.Expr) -> pl.Expr:
    """The best outcome: from the implementing decree on the text was not read whole."""
    return pl.when(filed < IMPLEMENTED).then(pl.lit("eligible")).otherwise(pl.lit("no_known_obstacle"))


def by_hand(firms: pl.LazyFrame, partners: pl.LazyFrame, *, careful: bool = False) -> pl.LazyFrame:
    """The call as somebody who knows polars would write it once, nothing missing; `careful` if no value is trusted."""
    c = pl.col
    wrong_partner = wrong_firm = pl.lit(value=False)
    if careful:
        wrong_partner = ~c("kind").is_in(KINDS) | (c("id") == "")
        wrong_firm = (c("capofila") == "") | c("filed_on").is_null() | (c("filed_on") < dt.date(1900, 1, 1))
        for column in ("kind", "id", "seat_in_lombardy", *SIGNS):
            wrong_partner |= c(column).is_null()
        for column in (*SCORES, "total_score"):
            wrong_firm |= ~c(column).is_between(0, 100) | c(column).is_null()
        for column in ("capofila", *FLAGS):
            wrong_firm |= c(column).is_null()
    lead = firms.select("id", "capofila")
    told = (
        partners.join(lead, left_on="applicant", right_on="id", how="left")
        .group_by("applicant")
        .agg(
            lombard=((c("kind") == "impresa") & c("seat_in_lombardy")).sum(),
            unsigned=(~c("signed")).sum(),
            roleless=(~c("role_stated")).sum(),
            uncommitted=(~c("commitments_stated")).sum(),
            lead=(c("id") == c("capofila")).sum(),
            rows=pl.len(),
            **({"wrong": wrong_partner.fill_null(value=True).sum()} if careful else {}),
        )
    )
    frame = firms.join(told, left_on="id", right_on="applicant", how="left")
    filed = c("filed_on")
    closing = pl.lit(CLOSING[0])
    for day, close in zip(EDITIONS, CLOSING[1:], strict=True):
        closing = pl.when(filed >= day).then(pl.lit(close)).otherwise(closing)
    score = pl.sum_horizontal(*SCORES)
    frame = frame.with_columns(
        at_least_ten_firms=c("lombard").fill_null(0) >= 10,
        agreement_signed=c("unsigned").fill_null(0) == 0,
        roles_in_agreement=c("roleless").fill_null(0) == 0,
        commitments_in_agreement=c("uncommitted").fill_null(0) == 0,
        one_objective=c("common_objective"),
        duration_in_agreement=c("agreement_states_duration") | (filed < EDITIONS[1]),
        capofila_is_partner=c("lead").fill_null(0) >= 1,
        strategy_described=c("strategy_from_swot"),
        areas_chosen=functools.reduce(operator.or_, [c(flag) for flag in FLAGS if flag.startswith("area_")]),
        innovation_shown=c("innovation_elements"),
        activities_described=c("measurable_activities"),
        chain_involved=c("chain_phases_involved"),
        right_channel=c("filed_on_webtelemaco"),
        may_be_open=(filed >= IMPLEMENTED) & (filed <= closing),
        surely_open=(filed >= dt.date(2022, 3, 31)) & (filed <= closing),
        adequate_swot=c("swot_adequate"),
        reaches_threshold=score >= 65,
        bad=(score != c("total_score"))
        | (c("lead") == 0)
        | (c("rows").fill_null(0) > 500)
        | (filed > ON)
        | ((c("wrong").fill_null(0) > 0) | wrong_firm.fill_null(value=True) if careful else False),
    )
    names = [n if n != "application_window" else "may_be_open" for n in NAMES]
    refusing = [n for n in names if n != "adequate_swot"]
    failed = functools.reduce(operator.add, [pl.when(c(n)).then(0).otherwise(1 << i) for i, n in enumerate(names)])
    window = names.index("may_be_open")
    met = functools.reduce(operator.and_, [c(n) for n in refusing])
    outcome = (
        pl.when(c("bad")).then(pl.lit("bad_facts")).when(~met).then(pl.lit("refused"))
        .when(~c("surely_open")).then(pl.lit("undecided")).otherwise(best(filed))
    )  # fmt: skip
    unknown = pl.when(c("may_be_open") & ~c("surely_open")).then(1 << window).otherwise(0)
    return frame.select(
        "id", outcome.alias("outcome"),
        pl.when(~c("bad")).then(failed).cast(pl.Int64).alias("failed"),
        pl.when(~c("bad")).then(unknown).cast(pl.Int64).alias("unknown"),
    )  # fmt: skip


def by_hand_with_nulls(firms: pl.LazyFrame, partners: pl.LazyFrame) -> pl.LazyFrame:
    """The same where anything may be missing: polars' own three truths, counts and sums as ranges."""
    c = pl.col
    lead = firms.select("id", "capofila")
    lombard = (c("kind") == "impresa") & c("seat_in_lombardy")
    told = partners.join(lead, left_on="applicant", right_on="id", how="left").group_by("applicant").agg(
        lombard=lombard.fill_null(False).sum(), lombard_to=lombard.fill_null(True).sum(),
        unsigned=(~c("signed")).fill_null(False).sum(), unsigned_to=(~c("signed")).fill_null(True).sum(),
        roleless=(~c("role_stated")).fill_null(False).sum(), roleless_to=(~c("role_stated")).fill_null(True).sum(),
        uncommitted=(~c("commitments_stated")).fill_null(False).sum(),
        uncommitted_to=(~c("commitments_stated")).fill_null(True).sum(),
        lead=(c("id") == c("capofila")).fill_null(False).sum(), lead_to=(c("id") == c("capofila")).fill_null(True).sum(),
        rows=pl.len(),
    )  # fmt: skip
    frame = firms.join(told, left_on="id", right_on="applicant", how="left")
    filed = c("filed_on")  # which everybody tells
    closing = pl.lit(CLOSING[0])
    for day, close in zip(EDITIONS, CLOSING[1:], strict=True):
        closing = pl.when(filed >= day).then(pl.lit(close)).otherwise(closing)
    low, high = (pl.sum_horizontal(*(c(score).fill_null(end) for score in SCORES)) for end in (0, 100))
    least, greatest = c("total_score").fill_null(0), c("total_score").fill_null(100)
    # The sum of the parts rules where every part is known, else the declared total, else both together.
    summed, said = low == high, c("total_score").is_not_null()
    low_score = pl.when(summed).then(low).when(said).then(least).otherwise(pl.max_horizontal(low, least))
    high_score = pl.when(summed).then(high).when(said).then(least).otherwise(pl.min_horizontal(high, greatest))

    def surely(yes: pl.Expr, no: pl.Expr) -> pl.Expr:
        return pl.when(yes).then(True).when(no).then(False)

    frame = frame.with_columns(
        at_least_ten_firms=surely(c("lombard").fill_null(0) >= 10, c("lombard_to").fill_null(0) < 10),
        agreement_signed=surely(c("unsigned_to").fill_null(0) == 0, c("unsigned").fill_null(0) > 0),
        roles_in_agreement=surely(c("roleless_to").fill_null(0) == 0, c("roleless").fill_null(0) > 0),
        commitments_in_agreement=surely(c("uncommitted_to").fill_null(0) == 0, c("uncommitted").fill_null(0) > 0),
        one_objective=c("common_objective"),
        duration_in_agreement=c("agreement_states_duration") | (filed < EDITIONS[1]),
        capofila_is_partner=surely(c("lead").fill_null(0) >= 1, c("lead_to").fill_null(0) == 0),
        strategy_described=c("strategy_from_swot"),
        areas_chosen=functools.reduce(operator.or_, [c(flag) for flag in FLAGS if flag.startswith("area_")]),
        innovation_shown=c("innovation_elements"),
        activities_described=c("measurable_activities"),
        chain_involved=c("chain_phases_involved"),
        right_channel=c("filed_on_webtelemaco"),
        application_window=surely(
            (filed >= dt.date(2022, 3, 31)) & (filed <= closing), (filed < dt.date(2022, 2, 24)) | (filed > closing)
        ),
        adequate_swot=c("swot_adequate"),
        reaches_threshold=surely(low_score >= 65, high_score < 65),
        bad=((high < least) | (greatest < low)) | (c("lead_to") == 0) | (c("rows").fill_null(0) > 500) | (filed > ON),
    )  # fmt: skip
    failed = functools.reduce(operator.add, [pl.when(~c(n)).then(1 << i).otherwise(0) for i, n in enumerate(NAMES)])
    unknown = functools.reduce(
        operator.add, [pl.when(c(n).is_null()).then(1 << i).otherwise(0) for i, n in enumerate(NAMES)]
    )
    met = functools.reduce(operator.and_, [c(n) for n in NAMES if n != "adequate_swot"])
    outcome = (
        pl.when(c("bad")).then(pl.lit("bad_facts")).when(~met).then(pl.lit("refused"))
        .when(met).then(best(filed)).otherwise(pl.lit("undecided"))
    )  # fmt: skip
    return frame.select(
        "id", outcome.alias("outcome"),
        pl.when(~c("bad")).then(failed).cast(pl.Int64).alias("failed"),
        pl.when(~c("bad")).then(unknown).cast(pl.Int64).alias("unknown"),
    )  # fmt: skip


# ---------------------------------------------------------------- timing

MEASURE = misure.catalogue()["lombardia/filiere"]
NAMES = batch.condition_names(MEASURE)


def ours(firms: pl.LazyFrame, partners: pl.LazyFrame, **options) -> pl.LazyFrame:
    answer = batch.decide(MEASURE, firms, on=ON, tables={"partners": partners}, **options)
    return answer.drop("assumed")  # that partners without a code are different firms, which nobody by hand would say


CASES = {
    "as careful": (
        False,
        functools.partial(by_hand, careful=True),
        functools.partial(ours, complete=True, check_keys=False),
    ),
    "trusted": (False, by_hand, functools.partial(ours, complete=True, check_keys=False)),
    "checked": (False, by_hand, functools.partial(ours, complete=True)),
    "nulls": (True, by_hand_with_nulls, functools.partial(ours, check_keys=False)),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=CASES)
    wanted = parser.parse_args()
    data = {}
    print(f"{'case':<10}{'by hand s':>10}{'misure s':>10}{'ratio':>7}   proposals, partners, outcomes")
    for name, (nulls, hand, batched) in CASES.items():
        if wanted.only not in (None, name):
            continue
        if nulls not in data:
            data[nulls] = drawn(wanted.rows, nulls=nulls)
        firms, partners = (frame.lazy() for frame in data[nulls])
        queries = (hand, batched)
        first, second = (query(firms, partners).collect().sort("id") for query in queries)
        assert first.equals(second), name
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(wanted.repeats):
            for query, taken in zip(queries, times, strict=True):
                start = time.perf_counter()
                query(firms, partners).collect()
                taken.append(time.perf_counter() - start)
        slow, fast = map(statistics.median, times)
        outcomes = ", ".join(f"{n} {who}" for who, n in first["outcome"].value_counts(sort=True).iter_rows())
        sizes = f"{wanted.rows:,}, {len(data[nulls][1]):,}"
        print(f"{name:<10}{slow:>10.3f}{fast:>10.3f}{fast / slow:>7.2f}   {sizes}, {outcomes}")


if __name__ == "__main__":
    main()
