# SPDX-License-Identifier: Apache-2.0
"""Measures that choose among applications, and drawn applications for them, as objects and as frames."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st

import misure
from misure import Application, batch
from misure.deciding.machinery import compiled
from misure.deciding.values import Range
from misure.identifiers.forms import made_up
from tests.deciding.written_measures import ONE_EDITION, opened

ON = dt.date(2024, 6, 1)
TWO_EDITIONS = """
editions:
  2022-01-31: {act: uno, read: whole}
  2024-02-01: {act: due, read: whole, restates: [half], others: inferred}
"""
VOCABULARY = """
format: 1
facts:
  costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
  points_given: {unit: points, least: "0", greatest: "100", nature: assessed, label: punti, question: "Quanti punti?"}
  firm: {identifier: codice_fiscale, label: impresa, question: "Quale impresa?"}
  place: {choices: {mi: Milano, bg: Bergamo}, label: territorio, question: "Dove?"}
  born_on: {date: yes, label: nascita, question: "Quando?"}
flags:
  active: {label: attiva, question: "Attiva?"}
  young: {label: giovane, question: "Giovane?"}
tables:
  members:
    max_items: 4
    key: id
    label: membri
    question: "Chi?"
    fields:
      id: {text: 40, label: id, question: "Quale?"}
      code: {identifier: codice_fiscale, label: codice, question: "Quale codice?"}
"""
HEADS = """
parameters:
  half: {2022-01-31: 50%, 2024-02-01: 40%}
  more: {is: 60%, for_information: yes}
  most: 10000.00 EUR
  budget: {is: 12000.00 EUR, for_information: yes}
  open_budget: {unknown: "non pubblicata", between: [8000.00 EUR, 16000.00 EUR], for_information: yes}
  small_budget: {is: 5000.00 EUR, for_information: yes}
  life: {is: 120 days, for_information: yes}
  first_day: {is: 2024-01-01, for_information: yes}
  last_day: {is: 2024-02-29, for_information: yes}
  second_day: {is: 2024-03-01, for_information: yes}
  second_last: {is: 2024-04-30, for_information: yes}
  beyond: {is: 125 percent, for_information: yes}
provisions:
  - cite: {act: uno, at: "art. 2"}
    admission:
      is_active: {provision: P.01, text: "Impresa attiva", holds: active}
DEFINITIONS
support:
  cite: {act: uno, at: "art. 3"}
  lines:
    grant: {form: grant, of: costs, intensity: half, at_most: [most], provision: P.02, text: "Contributo"}
selection:
  cite: {act: uno, at: "art. 4"}
  provision: P.03
  text: "Scelta"
"""
RANKING = """\
  kind: ranking
  order: [highest points_given, earliest born_on]
  tie_break: [earliest filed_at]
  last_award: in_part
  windows:
    prima: {from: first_day, until: last_day, text: "Prima finestra"}
    seconda: {from: second_day, until: second_last, text: "Seconda finestra"}
  envelopes:
    giovani: {amount: small_budget, window: prima, for: young, rolls_to: resto, text: "Giovani"}
    milano: {amount: budget, for: "place == 'mi'", rolls_to: resto, text: "Milano"}
    resto: {amount: open_budget, text: "Altri"}
  waiting_list: {life: life, text: "Lista d'attesa"}
  unique:
    una: {key: firm, survivor: first_filed, text: "Una domanda", among: filed}
"""
COUNTER = """\
  kind: counter
  order: [earliest filed_at]
  last_award: skips
  envelopes:
    camera: {amount: small_budget, for: "place == 'mi'", then: regione, text: "Camera"}
    regione: {amount: budget, text: "Regione"}
  intake: {percent: beyond, of: budget, text: "Fino al 125 per cento della dotazione di partenza"}
  unique:
    una: {key: members.code, survivor: {unknown: "non si sa"}, text: "Una domanda per membro"}
"""
LISTED = """\
  kind: list
  unique:
    una: {key: firm, survivor: none, among: admitted, text: "Una domanda"}
"""
CLASHING = """\
  kind: ranking
  order: [highest share_of_costs]
  last_award: {unknown: "non si sa"}
  envelopes:
    giovani: {amount: budget, for: is_young, text: "Giovani"}
"""
STOPPING = """\
  kind: ranking
  order: [highest points_given]
  last_award: stops
  envelopes:
    dote: {amount: budget, text: "Dotazione"}
"""
CLASH = """\
  - cite: {act: uno, at: "art. 3"}
    definitions:
      share_of_costs:
        label: "quota"
        unit: share
        cases:
          - {when: young, is: half, provision: P.05}
          - {when: "place == 'mi'", is: more, provision: P.06}
          - {otherwise: half}
      is_young: {is: young, label: "giovane"}
"""
MEASURES = {
    # Of `editions` an application need not tell when it was filed, and may then fall under either edition.
    "ranking": (RANKING, "", ONE_EDITION), "counter": (COUNTER, "", TWO_EDITIONS), "list": (LISTED, "", ONE_EDITION),
    "stops": (STOPPING, "", ONE_EDITION), "editions": (STOPPING, "", TWO_EDITIONS), "clashing": (CLASHING, CLASH, ONE_EDITION),
}  # fmt: skip


def code(number):
    """The codice fiscale of the firm of that number."""
    return made_up("codice_fiscale", number)


@functools.cache
def measure_of(name):
    selection, definitions, editions = MEASURES[name]
    heads = (
        HEADS if editions == TWO_EDITIONS else HEADS.replace("half: {2022-01-31: 50%, 2024-02-01: 40%}", "half: 50%")
    )
    return written(heads.replace("DEFINITIONS\n", definitions) + selection, editions)


def written(text, editions=ONE_EDITION):
    with tempfile.TemporaryDirectory() as name:
        return opened(Path(name), text, editions=editions, vocabulary=VOCABULARY)


# Drawn applications

INSTANTS = [
    "2024-01-15T09:00:00",
    "2024-02-29T23:59:59.500000",
    "2024-03-01T00:00:00",
    "2024-03-01T10:00:00",
    "2024-05-02T10:00:00",
]
DAYS = [dt.date(2024, 1, 15), dt.date(2024, 3, 1), dt.date(2024, 5, 2)]


@st.composite
def rows(draw, measure, most=9):
    """Rows of applications: some facts not told, many ties."""
    ordered = measure.rulebook.selection.order
    timed = ordered is not None and any(key.name == "filed_at" for key in ordered.keys)
    whole = draw(st.booleans())

    def one(*options):
        return draw(st.sampled_from([option for option in options if option is not None] if whole else options))

    found = []
    for number in range(draw(st.integers(1, most))):
        filed, active = one(*INSTANTS, *[None] * (not timed)), one(True, True, True, None, False)
        said = draw(st.sampled_from([None, None, True, False]))
        day = None if filed else one(None, *DAYS)
        row = {
            "id": f"D-{number}", "filed_at": filed, "filed_on": day,
            "admitted": said if active is not False or not said else None,
            "window": draw(st.sampled_from([None, None, *windows_of(filed or day)])) if measure.rulebook.selection.windows else None,
            "active": active, "young": one(None, True, False), "place": one(None, "mi", "bg"),
            "costs": one(None, 6000, 12000, 30000), "points_given": one(None, 60, 80, 80, 90),
            "firm": one(None, *map(code, range(8))), "born_on": one(None, dt.date(1990, 1, 1), dt.date(1999, 1, 1)),
            "members": [one(None, *map(code, range(12))) for _ in range(one(0, 1, 2))],
            "members_known": whole or one(True, True, False),
        }  # fmt: skip
        found.append(row)
    return found


def windows_of(filed):
    """The windows that the office may say of an application: one that its day contradicts is a fault."""
    day = str(filed)[:10]
    spans = {"prima": ("2024-01-01", "2024-02-29"), "seconda": ("2024-03-01", "2024-04-30")}
    return [name for name, (first, last) in spans.items() if filed is None or first <= day <= last]


def applications(rows):
    """The rows as objects."""
    office = ("filed_at", "admitted", "window")
    found = []
    for row in rows:
        facts = {
            name: value for name, value in row.items()
            if value is not None and name not in ("id", "members", "members_known", *office)
        }  # fmt: skip
        members = [{"id": f"m-{n}"} | ({"code": c} if c else {}) for n, c in enumerate(row["members"] or ())]
        facts["members"] = members if row["members_known"] else {"records": members, "complete": False}
        found.append(Application(row["id"], facts, **{name: row[name] for name in office}))
    return found


def frames(rows, *, zone=None, as_text=False):
    """The rows as Arrow tables."""
    types = {
        "id": pa.string(), "filed_on": pa.date32(), "admitted": pa.bool_(), "window": pa.string(), "active": pa.bool_(),
        "young": pa.bool_(), "place": pa.string(), "costs": pa.int64(), "points_given": pa.int64(), "firm": pa.string(),
        "born_on": pa.date32(), "members_known": pa.bool_(),
    }  # fmt: skip
    table = {name: pa.array([row[name] for row in rows], kind) for name, kind in types.items()}
    filed = [row["filed_at"] for row in rows]
    if as_text:
        table["filed_at"] = pa.array(filed, pa.string())
    else:
        read = [one and dt.datetime.fromisoformat(one) for one in filed]
        if zone is not None:
            read = [one and misure.ground.clock.instant(one).utc for one in read]
        table["filed_at"] = pa.array(read, pa.timestamp("us", zone))
    members = [(row["id"], f"m-{n}", code) for row in rows for n, code in enumerate(row["members"] or ())]
    columns = list(zip(*members, strict=True)) or [(), (), ()]
    names = ("applicant", "id", "code")
    records = {name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)}
    return pa.table(table), pa.table(records)


def ends(value, scale=1):
    if value is None:
        return None, None
    low, high = (value.least, value.greatest) if isinstance(value, Range) else (value, value)
    return int(low * scale), int(high * scale)


TRUTHS = {"yes": True, "no": False, "unknown": None}


def row_of(selection, id_, *, assumed=False):
    """What a selection of objects says of one application, as a row of an answer: `assumed` where the frame can say it."""
    one = selection[id_]
    found = {"standing": str(one.standing), "funded": TRUTHS[one.funded], "admitted": TRUTHS[one.admitted]}
    found["place_from"], found["place_to"] = ends(one.place)
    for name, amount in (("asked", one.asked), ("before", one.asked_before), ("amount", one.amount)):
        found[f"{name}_cents_from"], found[f"{name}_cents_to"] = ends(amount, 100)
    row = compiled(selection).read.candidates.ids.index(id_)
    certain = len(compiled(selection).allocation.budgets[row]) == 1 and len(one.envelopes) == 1
    found["envelope"] = one.envelopes[0] if certain else None
    found["window"] = one.window[0] if len(one.window) == 1 else None
    return found | ({"assumed": " ".join(one.assumed)} if assumed else {})


def selected(engine, measure, rows, *, on=ON, zone=None, as_text=False, drop=(), **options):
    """The rows of the answer, in their order."""
    table, records = frames(rows, zone=zone, as_text=as_text)
    table = table.drop_columns([name for name in drop if name in table.column_names])
    tables = {"members": engine.frame(records)} if "members" in measure.rulebook.tables else {}
    if not tables:
        table = table.drop_columns(["members_known"]) if "members_known" in table.column_names else table
    return engine.rows(batch.select(measure, engine.frame(table), on=on, tables=tables, **options))
