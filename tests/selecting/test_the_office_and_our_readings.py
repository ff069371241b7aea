# SPDX-License-Identifier: Apache-2.0
"""What refuses, or lies outside a window, by a reading of ours alone does not gainsay the office: in objects and in frames."""

import datetime as dt

import pytest

import misure
from misure import Application, BadFacts, batch

EXPORT = misure.catalogue()["lombardia/export-su-misura"]
ON = dt.date(2026, 3, 18)
FACTS = {
    "filed_on": "2026-01-15", "codice_fiscale": "01234560157", "in_lombardy": True, "export_sector": True,
    "formally_admissible": True, "technically_admissible": True, "panel_score": "80", "granted_on": "not_yet",
    "deminimis_aids": [], "control_relations": [], "panel_assessed_on": "2026-02-27",
    "formal_check_ended_on": "2026-02-20",
}  # fmt: skip


def objects(facts, *, on=ON, **office):
    placement = EXPORT.select([Application("a", FACTS | facts, **office)], on=on)["a"]
    return str(placement.standing), str(placement.admitted), placement.amount


def frames(facts, *, on=ON, **office):
    pl = pytest.importorskip("polars")
    told = {
        name: value for name, value in (FACTS | facts).items() if name not in ("deminimis_aids", "control_relations")
    }
    row = {"id": "a"} | {name: value for name, value in told.items() if value != "not_yet"} | office
    row |= {f"{name}_not_yet": True for name, value in told.items() if value == "not_yet"}
    row["panel_score"] = int(row["panel_score"])
    days = {name: dt.date.fromisoformat(value) for name, value in row.items() if name.endswith("_on")}
    frame = pl.DataFrame({name: [value] for name, value in (row | days).items()})
    (found,) = batch.select(
        EXPORT, frame, on=on, approved_on=None, complete=["deminimis_aids", "control_relations"]
    ).to_dicts()
    least, most = found["amount_cents_from"], found["amount_cents_to"]
    amounts = (str(least), str(most))
    return found["standing"], found["admitted"], amounts


@pytest.mark.parametrize("reading", [{"size": "large"}, {"in_lombardy": False}, {"export_sector": False}])
def test_what_only_a_reading_of_ours_refuses_the_office_may_admit(reading):
    facts = {"size": "small"} | reading
    assert objects(facts, window="first")[:2] == ("not_admitted", "no")
    assert EXPORT.decide(FACTS | facts, on=ON).confidence == "inferred"
    standing, admitted, amount = objects(facts, window="first", admitted=True)
    assert (standing, admitted, str(amount)) == ("funded", "yes", "11500.00")
    assert frames(facts, window="first", admitted=True) == ("funded", True, ("1150000", "1150000"))


@pytest.mark.parametrize("official", ["formally_admissible", "technically_admissible"])
def test_what_an_act_refuses_the_office_does_not_admit(official):
    facts = {"size": "large", official: False}
    assert EXPORT.decide(FACTS | facts, on=ON).confidence == "official"
    for door in (objects, frames):
        with pytest.raises(BadFacts, match=r"a\.admitted: said to be admitted, and the rules refuse it"):
            door(facts, window="first", admitted=True)


def test_the_office_knows_its_windows_better_than_our_bounds():
    """That the first window closed before 27 February 2026 is a reading: the sessions of the panel began then."""
    facts = {
        "size": "small",
        "filed_on": "2026-03-01",
        "formal_check_ended_on": "2026-03-02",
        "panel_assessed_on": "2026-03-02",
    }
    assert objects(facts, window="first", admitted=True)[:2] == ("funded", "yes")
    assert frames(facts, window="first", admitted=True)[:2] == ("funded", True)
