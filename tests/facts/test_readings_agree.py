# SPDX-License-Identifier: Apache-2.0
"""The printed and the careful reading of facts agree on everything that anybody may say."""

import datetime as dt
import json
import pickle
import unicodedata
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from misure.facts.reader import read_carefully
from misure.facts.source import facts_of
from misure.facts.values import JsonDecimal, code_form
from misure.facts.vocabulary import Fact, Kind, Nature
from misure.ground.errors import BadFacts
from misure.ground.place import Fault
from misure.identifiers.forms import made_up
from tests.facts.sample_measure import COMPLETE, FACTS, INTAKE, PARTNERS, SIZES, YEARS

ON = dt.date(2022, 6, 1)


def usual(fact: Fact) -> st.SearchStrategy[object]:
    """A value that can be, in the forms that portals send."""
    match fact.kind:
        case Kind.NUMBER:
            whole = st.integers(-(-fact.least // 10**fact.decimals), fact.greatest // 10**fact.decimals)
            amount = st.integers(fact.least, fact.greatest).map(lambda n: Decimal(n).scaleb(-fact.decimals))
            value = whole | amount | amount.map(lambda d: f"{d:.{fact.decimals}f}") | whole.map(str)
        case Kind.TRUTH:
            value = st.booleans()
        case Kind.DATE:
            value = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).flatmap(lambda d: st.sampled_from([d, str(d)]))
        case Kind.EVENT:
            day = st.dates(dt.date(1900, 1, 1), ON).flatmap(lambda d: st.sampled_from([d, str(d)]))
            value = day | st.just("not_yet")
        case Kind.CHOICE:
            value = st.sampled_from(sorted(SIZES))
        case Kind.CODE:
            value = st.from_regex(code_form(fact), fullmatch=True)
        case Kind.TEXT if fact.identifier:
            value = st.integers(0, 10**6).map(lambda number: made_up(fact.identifier, number))
        case Kind.TEXT:
            value = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=4)
            value = value.filter(lambda text: unicodedata.is_normalized("NFC", text))
    if fact.nature is Nature.ASSESSED:
        who = {"by": st.sampled_from(["Nucleo", None]), "on": st.just("2022-05-05"), "why": st.just("perché sì")}
        value |= st.fixed_dictionaries({"value": value}, optional=who)
    return value


odd = st.sampled_from([
    True, 0, 1, -1, 10**30, 1.5, "", " ", "x", "35%", "1e3", "1_0", ".50", "5.", "-0.01", "+1", "١.٥٠", "12.5", "12.345",
    "12.50\n", "01234560157", "01234560158", "rssmra85t10f205r", "63.1", "²", "not_yet", "2022-02-30", "2022-06-02", "20220601", "2022-W08-1", "２０２２-０６-０１", "62.", "62.0.1",
    "e\u0301", " alfa", "alfa\u00a0", "a\x00", "\ud800", b"x", [], {}, {"value": None}, {"value": 1, "by": 3}, (),
    Decimal("1E+3"), Decimal("NaN"), JsonDecimal("1.5"), dt.datetime(2022, 1, 1, tzinfo=dt.UTC), dt.date(2022, 6, 2), None,
])  # fmt: skip


def records(fields: dict[str, Fact], key: str, most: int) -> st.SearchStrategy[object]:
    rows = st.lists(
        st.fixed_dictionaries(
            {key: usual(fields[key])}, optional={name: usual(fact) for name, fact in fields.items() if name != key}
        ),
        max_size=most,
        unique_by=lambda record: record[key],
    )
    return rows | st.fixed_dictionaries({"records": rows}, optional={"complete": st.booleans()})


right = st.fixed_dictionaries(
    {},
    optional={name: usual(fact) for name, fact in FACTS.items()}
    | {"partners": records(dict(PARTNERS.fields), "id", 5), "years": records(dict(YEARS.fields), "id", 3)},
)
full = right.map(lambda facts: COMPLETE | facts)
doubtful = st.fixed_dictionaries(
    {},
    optional={name: usual(fact) | odd for name, fact in FACTS.items()}
    | {
        "partners": odd | st.lists(odd | st.fixed_dictionaries({}, optional={n: usual(f) | odd for n, f in PARTNERS.fields.items()}), max_size=6),
        "years": odd | st.lists(st.fixed_dictionaries({"id": st.sampled_from(["a", "b", " b", None])}), max_size=4),
        "vat": odd, "turnovr": odd,
    },
)  # fmt: skip


def carefully(facts):
    try:
        return read_carefully(INTAKE._asked, facts, ON.toordinal(), None, text_source=False)
    except BadFacts as bad:
        return bad.faults


@given(right | full | doubtful)
@example(COMPLETE)
def test_both_readings_find_the_same(facts):
    quick = INTAKE._quickly(facts, ON.toordinal())
    careful = carefully(facts)
    if quick is not None:
        assert quick == careful
        assert repr(quick) == repr(careful)  # True is not 1, and an enum member not its text


@given(right | full)
def test_what_portals_send_is_read_quickly(facts):
    plain = all(type(facts.get(table)) in {list, type(None)} for table in ("partners", "years"))
    assert (INTAKE._quickly(facts, ON.toordinal()) is not None) is plain


@given(right | full)
def test_what_was_said_is_read_again_to_an_equal_dossier(facts):
    dossier = INTAKE.read(facts, ON)
    assert INTAKE.read(dossier.said(), ON) == dossier
    written = json.dumps(dossier.said())
    again, places = facts_of(written)
    assert INTAKE.read(again, ON, places) == dossier


@given(right | full)
def test_a_dossier_is_a_value(facts):
    dossier = INTAKE.read(facts, ON)
    again = pickle.loads(pickle.dumps(dossier))  # noqa: S301 - our own bytes
    assert again == dossier
    assert hash(again) == hash(dossier)
    assert len({again, dossier}) == 1


@given(right | full)
def test_completeness_is_that_nothing_is_missing(facts):
    dossier = INTAKE.read(facts, ON)
    known = None not in dossier.values and all(not unseen for _, unseen in dossier.tables)
    assert dossier.complete is (known and all(None not in row for rows, _ in dossier.tables for row in rows))


@given(doubtful)
def test_every_fault_has_a_subject_and_a_sentence(facts):
    found = carefully(facts)
    if isinstance(found[0], Fault):
        assert all(fault.subject and fault.message for fault in found)
