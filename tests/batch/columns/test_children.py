# SPDX-License-Identifier: Apache-2.0
"""Records beside their applicants: what no row, an unknown table, a missing field and too many rows mean."""

from __future__ import annotations

import pyarrow as pa
import pytest

from misure import BadFacts, batch
from tests.batch.proposals import FILIERE, ON, applicants, decided, firms, partners, truth


def truths(rows, condition):
    return [truth(row, condition) for _, row in sorted(rows.items())]


def test_records_are_counted(engine):
    found = decided(engine, applicants(3), partners(firms(0, 10) + firms(1, 9)), complete=["partners"])
    assert truths(found, "at_least_ten_firms") == ["yes", "no", "no"]


def test_no_records_tell_nothing_unless_the_row_says_that_there_are_none(engine):
    known = pa.array([None, None, True, False, None], pa.bool_())
    records = partners(firms(0, 9, signed=True))
    found = decided(engine, applicants(5, partners_known=known), records)
    assert truths(found, "at_least_ten_firms") == ["no", "unknown", "no", "unknown", "unknown"]
    assert truths(found, "agreement_signed") == ["yes", "unknown", "yes", "unknown", "unknown"]
    found = decided(engine, applicants(2), records)
    assert truths(found, "at_least_ten_firms") == ["no", "unknown"]


def test_no_records_are_an_empty_table_where_the_table_is_said_to_be_whole(engine):
    found = decided(engine, applicants(2), partners(firms(0, 1, signed=True)), complete=["partners"])
    assert truths(found, "agreement_signed") == ["yes", "yes"]
    assert truths(found, "capofila_is_partner") == ["unknown", "no"]


def test_a_table_may_be_said_not_to_be_complete(engine):
    known = pa.array([True, False, False, None, None])
    found = decided(
        engine, applicants(5, partners_known=known), partners(firms(0, 9) + firms(1, 9) + firms(3, 9) + firms(4, 10))
    )
    assert truths(found, "at_least_ten_firms") == ["no", "unknown", "unknown", "no", "yes"]


def test_an_incomplete_table_can_only_hold_what_is_left_of_its_limit(engine):
    found = decided(
        engine,
        applicants(1, partners_known=pa.array([False])),
        partners(firms(0, 495, kind="banca") + firms(0, 5, 500)),
    )
    assert truths(found, "at_least_ten_firms") == ["no"]


def test_a_table_that_is_not_given_is_unknown(engine):
    assert truths(decided(engine, applicants(2)), "at_least_ten_firms") == ["unknown", "unknown"]


def test_a_field_not_told_leaves_the_record_open(engine):
    records = partners(firms(0, 9) + firms(0, 2, 9, seat_in_lombardy=None) + firms(1, 8) + firms(1, 1, 9, kind=None))
    found = decided(engine, applicants(2), records)
    assert truths(found, "at_least_ten_firms") == ["unknown", "no"]


def test_a_column_of_records_that_is_not_there_is_told_of_none(engine):
    found = decided(engine, applicants(1), partners(firms(0, 10)).drop_columns(["seat_in_lombardy"]))
    assert truths(found, "at_least_ten_firms") == ["unknown"]


def test_records_read_what_is_said_of_their_applicant(engine):
    lead = pa.array(["p0", "p9", None], pa.string())
    found = decided(engine, applicants(3, capofila=lead), partners(firms(0, 2) + firms(1, 2) + firms(2, 2)))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["refused", "bad_facts", "refused"]
    assert [truth(found[key], "capofila_is_partner") for key in (0, 2)] == ["yes", "unknown"]


# What other rows make of a row

CODES = ["01234560157", "01234570156", "01234580155"]


def test_a_firm_that_stands_twice_makes_its_applicant_bad_facts(engine):
    rows = [(0, f"p{n}", {"codice_fiscale": CODES[n % 2]}) for n in range(3)]
    rows += [(1, f"p{n}", {"codice_fiscale": CODES[n]}) for n in range(3)]
    rows += [(2, f"p{n}", {"codice_fiscale": None}) for n in range(2)]
    found = decided(engine, applicants(3), partners(rows))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts", "refused", "refused"]


def test_a_name_of_no_record_is_bad_facts_where_all_the_records_are_told(engine):
    lead, known = pa.array(["p9"] * 5), pa.array([None, False, None, True, True], pa.bool_())
    records = partners(firms(0, 2) + firms(1, 2) + firms(4, 10))
    found = decided(engine, applicants(5, capofila=lead, partners_known=known), records)
    outcomes = [row["outcome"] for _, row in sorted(found.items())]
    assert outcomes == ["bad_facts", "undecided", "undecided", "bad_facts", "undecided"]
    found = decided(engine, applicants(3, capofila=lead.slice(0, 3)), records.slice(0, 4), complete=["partners"])
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts"] * 3
    assert decided(engine, applicants(1, capofila=lead.slice(0, 1)))[0]["outcome"] == "undecided"


def test_what_no_rule_asks_is_looked_at_as_one_decision_looks_at_it(engine):
    rows = [
        (0, "p0", {"codice_fiscale": "90000000000"}),
        (1, "p0", {"codice_fiscale": CODES[0]}),
        (2, "p0", {"name": ""}),
    ]
    records = partners([(key, name, {"codice_fiscale": None, "name": None} | told) for key, name, told in rows])
    found = decided(engine, applicants(3), records, complete=["partners"])
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts", "refused", "bad_facts"]


def test_more_records_than_there_may_be_are_bad_facts(engine):
    found = decided(engine, applicants(2), partners(firms(0, 501) + firms(1, 500)))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts", "undecided"]
    assert found[0]["failed"] is None


def test_a_record_that_cannot_be_makes_its_applicant_bad_facts(engine):
    found = decided(engine, applicants(2), partners(firms(0, 10, kind="imprsa") + firms(1, 10)))
    assert [row["outcome"] for _, row in sorted(found.items())] == ["bad_facts", "undecided"]


def test_rows_may_come_in_any_order_and_frames_keep_theirs(engine):
    shuffled = applicants(40).take(pa.array([(number * 7) % 40 for number in range(40)]))
    records = partners(firms(3, 10) + firms(1, 10)).take(pa.array(range(19, -1, -1)))
    answer = batch.decide(FILIERE, engine.frame(shuffled), on=ON, tables={"partners": engine.frame(records)})
    keys = [row["id"] for row in engine.rows(answer)]
    assert sorted(keys) == list(range(40))
    if not engine.lazy:
        assert keys == shuffled["id"].to_pylist()
    rows = {row["id"]: row for row in engine.rows(answer)}
    assert sorted(key for key in rows if truth(rows[key], "at_least_ten_firms") == "yes") == [1, 3]


def test_a_text_is_a_key_too(engine):
    told = pa.table({"firm": ["beta", "alpha"]})
    records = partners(firms(0, 10)).drop_columns(["applicant"]).append_column("of", pa.array(["alpha"] * 10))
    answer = batch.decide(
        FILIERE, engine.frame(told), on=ON, tables={"partners": engine.frame(records)}, key="firm", parent="of",
        complete=["partners"],
    )  # fmt: skip
    rows = engine.by_key(answer, "firm")
    assert {key: truth(row, "at_least_ten_firms") for key, row in rows.items()} == {"alpha": "yes", "beta": "no"}


# Keys


def faults(engine, told, records, **options):
    with pytest.raises(BadFacts) as caught:
        decided(engine, told, records, **options)
    return str(caught.value)


def test_an_applicant_that_stands_twice_is_refused(engine):
    told = pa.concat_tables([applicants(3), applicants(1)])
    assert faults(engine, told, partners([])) == "<frame>: id: these keys stand more than once: 0"


def test_an_applicant_without_a_key_is_refused(engine):
    told = applicants(2).set_column(0, "id", pa.array([1, None], pa.int64()))
    assert faults(engine, told, partners([])) == "<frame>: id: a row has no key"


def test_a_record_of_nobody_is_refused(engine):
    found = faults(engine, applicants(1), partners(firms(0, 1) + firms(7, 1)))
    assert found == "<frame partners>: partners.applicant: no applicant has the key of these records: 7"


def test_a_record_without_the_key_of_its_applicant_is_refused(engine):
    found = faults(engine, applicants(1), partners(firms(0, 1) + firms(None, 1)))
    assert found == "<frame partners>: partners.applicant: no applicant has the key of these records: nothing"


def test_a_record_that_stands_twice_is_refused(engine):
    found = faults(engine, applicants(2), partners(firms(0, 2) + firms(1, 2) + firms(1, 1)))
    assert found == "<frame partners>: partners.id: these keys stand more than once: 'p0'"


def test_a_record_needs_its_own_key_where_the_column_is_there(engine):
    found = faults(engine, applicants(1), partners([(0, "a", {}), (0, None, {})]))
    assert found == "<frame partners>: partners.id: a row has no key"


def test_keys_may_be_trusted(engine):
    records = partners(firms(0, 10) + firms(7, 1))
    assert truths(decided(engine, applicants(1), records, check_keys=False), "at_least_ten_firms") == ["yes"]
