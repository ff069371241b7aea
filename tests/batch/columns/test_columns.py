# SPDX-License-Identifier: Apache-2.0
"""What a frame may look like: types of columns, gaps, values that cannot be, names that nobody knows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

import misure
from misure import BadFacts, batch
from tests.batch.proposals import FILIERE, ON, applicants, decided, firms, partners, truth
from tests.batch.scalar import bits

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
THEN = dt.date(2025, 12, 1)
NAMES = batch.condition_names(VERSO)


def score(engine, column, name="total_score", **options):
    found = decided(engine, applicants(len(column), **{name: column}), **options)
    return [
        truth(row, "reaches_threshold") if row["failed"] is not None else row["outcome"]
        for _, row in sorted(found.items())
    ]


# Numbers


@pytest.mark.parametrize(
    "dtype", [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32()], ids=str
)
def test_whole_columns_are_whole_units(engine, dtype):
    assert score(engine, pa.array([65, 64, 0], dtype)) == ["yes", "no", "no"]


def test_decimals_are_exact(engine):
    column = pa.array([Decimal("65.00"), Decimal("64.99"), None], pa.decimal128(5, 2))
    assert score(engine, column) == ["yes", "no", "unknown"]
    assert score(engine, pa.array([Decimal("65.0"), Decimal("64.9")], pa.decimal128(38, 1))) == ["yes", "no"]


def test_cents_are_whole_numbers(engine):
    assert score(engine, pa.array([6500, 6499, None], pa.int64()), "total_score_cents") == ["yes", "no", "unknown"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([101, -1, 2**62, -(2**62), 65], pa.int64()),
        pa.array(
            [Decimal("100.01"), Decimal("-0.01"), Decimal(10**30), Decimal(-(10**30)), Decimal(65)],
            pa.decimal128(38, 2),
        ),
        pa.array([127, -1, 101, -128, 65], pa.int8()),
    ],
    ids=["whole", "decimal", "narrow"],
)
def test_a_number_out_of_bounds_is_bad_facts_of_its_row(engine, column):
    assert score(engine, column) == ["bad_facts"] * 4 + ["yes"]
    assert score(engine, column, complete=True) == ["bad_facts"] * 4 + ["yes"]


def test_a_number_out_of_bounds_in_cents_is_bad_facts_too(engine):
    assert score(engine, pa.array([10_001, 10_000], pa.int64()), "total_score_cents") == ["bad_facts", "yes"]


# Days


def filed(engine, column, **options):
    told = applicants(len(column)).drop_columns(["filed_on"]).append_column("filed_on", column)
    found = decided(engine, told, **options)
    return [
        truth(row, "application_window") if row["failed"] is not None else row["outcome"]
        for _, row in sorted(found.items())
    ]


def test_days(engine):
    days = [dt.date(2022, 5, 2), dt.date(2022, 3, 1), dt.date(2022, 2, 1), None, dt.date(2022, 1, 30), dt.date(2022, 6, 2),
            dt.date(1900, 1, 1), dt.date(1899, 12, 31), dt.date(1, 1, 1), dt.date(9999, 12, 31)]  # fmt: skip
    wanted = [
        "yes",
        "unknown",
        "no",
        "unknown",
        "not_encoded",
        "bad_facts",
        "not_encoded",
        "bad_facts",
        "bad_facts",
        "bad_facts",
    ]
    if engine.kind == "pandas":
        # pandas has no days so far away but as objects, which come in as they are.
        assert engine.frame({"day": days})["day"].dtype == object
    assert filed(engine, pa.array(days, pa.date32())) == wanted


def test_a_moment_at_midnight_is_a_day(engine):
    moments = [dt.datetime(2022, 5, 2), dt.datetime(2022, 2, 1), dt.datetime(2022, 5, 2, 0, 0, 1), None]  # noqa: DTZ001
    assert filed(engine, pa.array(moments, pa.timestamp("us"))) == ["yes", "no", "bad_facts", "unknown"]


def test_a_filing_is_told_or_has_not_happened_or_is_not_told(engine):
    """Who has not filed is decided as if filed on the day of the question; who does not tell it may have filed any day."""
    day = pa.array([dt.date(2022, 5, 2), None, None, None, dt.date(2022, 2, 1)], pa.date32())
    waits = pa.array([False, True, False, None, None], pa.bool_())
    told = applicants(5).drop_columns(["filed_on"])
    told = told.append_column("filed_on", day).append_column("filed_on_not_yet", waits)
    found = decided(engine, told)
    truths = [truth(found[key], "application_window") for key in range(5)]
    assert truths == ["yes", "yes", "unknown", "unknown", "no"]
    assert [found[key].pop("assumed") for key in range(5)] == ["", "filed_on", "", "", ""]
    assert found[0] == found[1] != found[2] == found[3]
    untold = decided(engine, told.drop_columns(["filed_on", "filed_on_not_yet"]))
    assert [untold[key] for key in range(5)] == [found[2]] * 5  # and without a column for what is assumed
    waiting = decided(engine, told.drop_columns(["filed_on"]))
    assert [truth(waiting[key], "application_window") for key in range(5)] == ["unknown", "yes", *["unknown"] * 3]


def events(engine, day, waits):
    """By the duty to spend within time: whether the project has begun as it should."""
    columns = {"id": pa.array(range(len(day)), pa.int64()), "filed_on": pa.array([dt.date(2025, 6, 20)] * len(day))}
    if day is not None:
        columns["lombard_seat_opened_on"] = pa.array(day, pa.date32())
    if waits is not None:
        columns["lombard_seat_opened_on_not_yet"] = pa.array(waits, pa.bool_())
    return engine.by_key(batch.decide(VERSO, engine.frame(columns), on=THEN))


def test_an_event_has_a_day_or_has_not_happened_or_is_not_told(engine):
    day = [dt.date(2020, 1, 1), None, None, THEN, dt.date(2025, 12, 2), dt.date(2020, 1, 1)]
    waits = [False, True, None, None, None, True]
    rows = events(engine, day, waits)
    outcomes = [row["outcome"] for _, row in sorted(rows.items())]
    assert outcomes == ["undecided"] * 4 + ["bad_facts"] * 2
    told = [
        VERSO.decide({"filed_on": dt.date(2025, 6, 20)} | fact, on=THEN)
        for fact in (
            {"lombard_seat_opened_on": dt.date(2020, 1, 1)}, {"lombard_seat_opened_on": "not_yet"}, {},
            {"lombard_seat_opened_on": THEN},
        )
    ]  # fmt: skip
    for number, decision in enumerate(told):
        unknown = sum(1 << bit for bit, finding in enumerate(decision.findings) if finding.truth == "unknown")
        assert bits(rows[number], "unknown") == unknown, number


# Truths, choices, texts, codes


def test_gaps_in_truths(engine):
    found = decided(engine, applicants(3, strategy_from_swot=pa.array([True, False, None])))
    assert [truth(row, "strategy_described") for _, row in sorted(found.items())] == ["yes", "no", "unknown"]


def test_a_choice_that_nobody_offers_is_bad_facts(engine):
    column = pa.array(["small", "smal", None, "micro", ""])
    rows = engine.by_key(batch.decide(VERSO, engine.frame({"id": range(5), "size": column}), on=THEN))
    assert [row["outcome"] == "bad_facts" for _, row in sorted(rows.items())] == [False, True, False, False, True]


def test_texts_may_be_dictionaries(engine):
    column = pa.array(["small", None, "smal"]).dictionary_encode()
    rows = engine.by_key(batch.decide(VERSO, engine.frame({"id": [0, 1, 2], "size": column}), on=THEN))
    assert [row["outcome"] == "bad_facts" for _, row in sorted(rows.items())] == [False, False, True]


def test_a_code_needs_its_dots(engine):
    column = pa.array(["28.99.20", "289920", "2", None, "28.9", "28.99.20 "])
    rows = engine.by_key(batch.decide(VERSO, engine.frame({"id": range(6), "primary_ateco_2025": column}), on=THEN))
    bad = [row["outcome"] == "bad_facts" for _, row in sorted(rows.items())]
    assert bad == [False, True, True, False, False, True]


def test_an_empty_text_is_bad_facts(engine):
    found = decided(engine, applicants(2, capofila=pa.array(["a", ""])), partners([(0, "a", {})]))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["refused", "bad_facts"]
    found = decided(engine, applicants(2), partners([(0, "", {}), (1, "a", {})]))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts", "refused"]


# What is not there


def test_a_column_of_nothing_tells_nothing(engine):
    found = decided(engine, applicants(2, strategy_from_swot=pa.nulls(2), total_score=pa.nulls(2, pa.int64())))
    assert [truth(found[0], name) for name in ("strategy_described", "reaches_threshold")] == ["unknown", "unknown"]


def test_an_empty_frame_has_an_empty_answer(engine):
    told, records = applicants(1).slice(0, 0), partners([])
    assert decided(engine, told, records) == {}


def test_what_the_measure_does_not_ask_is_passed_over(engine):
    found = decided(engine, applicants(1, size=pa.array(["no size"]), credit_limit_cents=pa.array([-1]), paid_on_not_yet=pa.array([True]),
                                       expenses_known=pa.array([True])))  # fmt: skip
    assert found[0]["outcome"] == "undecided"


def test_what_is_declared_complete_must_be_there(engine):
    told = applicants(2, strategy_from_swot=pa.array([True, None]), total_score=pa.array([70, 70]))
    found = decided(engine, told, complete=["strategy_from_swot"])
    assert [row["outcome"] for _, row in sorted(found.items())] == ["undecided", "bad_facts"]
    records = partners([(0, "a", {"signed": True}), (1, "a", {"signed": None})])
    found = decided(engine, applicants(2), records, complete=["partners.signed"])
    assert [row["outcome"] for _, row in sorted(found.items())] == ["refused", "bad_facts"]


# What is refused at once


def faults(engine, told, records=None, **options):
    with pytest.raises(BadFacts) as caught:
        decided(engine, told, records, **options)
    return str(caught.value).splitlines()


def test_the_wrong_types_come_together(engine):
    told = applicants(
        2,
        total_score=pa.array([1.5, 2.0]),
        score_swot=pa.array(["5", "6"]),
        swot_adequate=pa.array([1, 0]),
        capofila=pa.array([1, 2]),
        evaluated_on=pa.array(["2022-05-03", "2022-05-03"]),
        partners_known=pa.array([1, 0]),
    )
    assert faults(engine, told, partners([])) == [
        "<frame>: capofila: expected a column of texts; got Int64",
        "<frame>: evaluated_on: expected a column of dates; got String",
        "<frame>: partners_known: expected a column of truths; got Int64",
        "<frame>: score_swot: expected a column of whole numbers, decimals (at most 2), or whole cents named score_swot_cents; got String",
        "<frame>: swot_adequate: expected a column of truths; got Int64",
        "<frame>: total_score: a column of binary floats is not exact: give whole numbers, decimals (at most 2), or whole cents named total_score_cents",
    ]


def test_numbers_wider_than_a_word_and_decimals_too_fine_are_refused(engine):
    told = applicants(1, total_score=pa.array([1], pa.uint64()), score_swot=pa.array([Decimal("1.005")]))
    found = faults(engine, told)
    assert found[0] == "<frame>: score_swot: the column has 3 decimals; at most 2 are allowed"
    assert found[1] == "<frame>: total_score: UInt64 is wider than any value of a fact: cast the column to Int64"


def test_what_is_told_twice_is_refused(engine):
    told = applicants(1, total_score=pa.array([1]), total_score_cents=pa.array([100]))
    assert faults(engine, told) == ["<frame>: total_score: told twice, by total_score and by total_score_cents"]


def test_cents_are_no_decimals(engine):
    told = applicants(1, total_score_cents=pa.array([Decimal("1.00")]))
    assert faults(engine, told) == [
        "<frame>: total_score_cents: expected a column of whole numbers; got Decimal(precision=3, scale=2)"
    ]


def test_a_moment_elsewhere_is_refused(engine):
    told = applicants(1, evaluated_on=pa.array([dt.datetime(2022, 5, 3, tzinfo=dt.UTC)], pa.timestamp("us", "UTC")))
    assert faults(engine, told)[0].endswith(": take the day in Europe/Rome first")


def test_names_that_nobody_knows_have_suggestions(engine):
    told = applicants(1, capofilla=pa.array(["a"]), evaluated_on_notyet=pa.array([True]), xyz=pa.array([1]))
    records = partners([(0, "a", {})]).append_column("signd", pa.array([True]))
    assert faults(engine, told, records) == [
        "<frame partners>: partners.signd: no field is called 'signd'; did you mean 'signed'?",
        "<frame>: capofilla: no fact is called 'capofilla'; did you mean 'capofila'?",
        "<frame>: evaluated_on_notyet: no fact is called 'evaluated_on_notyet'; did you mean 'evaluated_on_not_yet'?",
        "<frame>: xyz: no fact is called 'xyz'",
    ]


def test_keys_and_tables_that_are_not_there(engine):
    told, records = (
        applicants(1).rename_columns(["ID", "filed_on"]),
        partners([(0, "a", {})]).rename_columns(["aplicant", "id", "kind", "seat_in_lombardy", "signed"]),
    )
    with pytest.raises(BadFacts) as caught:
        batch.decide(FILIERE, engine.frame(told), on=ON, tables={"partner": engine.frame(records)})
    found = str(caught.value).splitlines()
    assert "<frame partner>: partner: no table is called 'partner'; did you mean 'partners'?" in found
    assert "<frame>: id: there is no column with the keys of applicants" in found
    assert faults(engine, applicants(1), records) == [
        "<frame partners>: partners.aplicant: no field is called 'aplicant'; did you mean 'applicant'?",
        "<frame partners>: partners.applicant: there is no column with the keys of the applicants of the records; did you mean 'aplicant'?",
    ]


def test_the_key_of_the_applicant_is_no_field_of_the_record(engine):
    found = faults(engine, applicants(1), partners([(0, "a", {})]).drop_columns(["applicant"]), parent="id")
    assert found[0] == "<frame partners>: partners.id: parent= names a field of the table: give the key another name"


def test_a_fact_may_be_the_key(engine):
    told = pa.table({"codice_fiscale": ["01234560157", "02345670158"], "size": ["small", "smal"]})
    rows = engine.by_key(batch.decide(VERSO, engine.frame(told), on=THEN, key="codice_fiscale"), "codice_fiscale")
    assert {key: row["outcome"] == "bad_facts" for key, row in rows.items()} == {
        "01234560157": False,
        "02345670158": True,
    }


@pytest.mark.parametrize("key", ["outcome", "failed", "grant_cents"])
def test_the_key_is_no_column_of_the_answer(engine, key):
    with pytest.raises(BadFacts, match=rf"<frame>: {key}: the answer has a column of that name: give the key another"):
        batch.decide(VERSO, engine.frame({key: [1]}), on=THEN, key=key)


def test_complete_names_facts(engine):
    found = faults(engine, applicants(1), complete=["capofilla"])
    assert found == [
        "<frame>: capofilla: complete= names no fact and no table called 'capofilla'; did you mean 'capofila'?"
    ]


def test_frames_of_two_kinds_are_refused(engine):
    other = partners([(0, "a", {})])
    other = other.to_pandas() if engine.kind == "pyarrow" else other
    with pytest.raises(TypeError, match=r"the applicants are a frame of .*, partners one of "):
        batch.decide(FILIERE, engine.frame(applicants(1)), on=ON, tables={"partners": other})


def test_no_frame_at_all_is_a_type_error():
    with pytest.raises(TypeError, match="got a list"):
        batch.decide(FILIERE, [{"id": 1}], on=ON)


def test_long_texts_of_arrow_are_texts():
    told, members = applicants(2), partners(firms(0, 2))
    fields = [pa.field(one.name, pa.large_string() if one.type == pa.string() else one.type) for one in members.schema]
    longer = members.cast(pa.schema(fields))
    assert pa.large_string() in longer.schema.types
    answers = [batch.decide(FILIERE, told, on=ON, tables={"partners": table}) for table in (members, longer)]
    assert answers[0].equals(answers[1])
