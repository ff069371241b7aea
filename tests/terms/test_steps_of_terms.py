# SPDX-License-Identifier: Apache-2.0
"""Every step of a term: its day, its amount, its provision and how sure that is; and each day passed over."""

import pytest

from misure.terms import deadline, fixed_date, period_end, procedure_term


def told(step):
    citation = "" if step.citation is None else f"{step.citation.act.id} {step.citation.at}"
    words = " ".join(str(part) for part in (step.name, step.day, step.amount, step.unit) if part != "")
    return words, citation, str(step.confidence)


@pytest.mark.parametrize(("ask", "days", "sure", "steps", "moved"), [
    (lambda: deadline("2026-11-12", days=30, regime="eu_1182_71"), "2026-11-12 2026-12-12 2026-12-14", "secondary",
     [("start 2026-11-13 0", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("counted 2026-12-12 30 days", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("moved 2026-12-14 2 days", "reg-1182-71 art. 3, par. 4", "official")],
     ["2026-12-12 saturday", "2026-12-13 sunday"]),
    (lambda: deadline("2026-12-31", days=18, regime="it_cpc", backwards=True), "2026-12-31 2026-12-13 2026-12-11", "secondary",
     [("start 2026-12-30 0", "codice-procedura-civile art. 155, c. 1", "secondary"),
      ("counted 2026-12-13 18 days", "codice-procedura-civile art. 155, c. 1", "secondary"),
      ("moved 2026-12-11 2 days", "codice-procedura-civile art. 155, c. 4 e 5", "secondary")],
     ["2026-12-13 sunday", "2026-12-12 saturday"]),
    (lambda: deadline("2026-11-20", days=2, regime="eu_1182_71"), "2026-11-20 2026-11-22 2026-11-24", "secondary",
     [("start 2026-11-21 0", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("counted 2026-11-22 2 days", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("moved 2026-11-24 2 days", "reg-1182-71 art. 3, par. 5", "secondary")],
     ["2026-11-22 sunday", "2026-11-23 least_working_days"]),
    (lambda: deadline("2026-11-20", days=1, regime="eu_1182_71"), "2026-11-20 2026-11-21 2026-11-23", "secondary",
     [("start 2026-11-21 0", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("counted 2026-11-21 1 days", "reg-1182-71 art. 3, par. 1", "secondary"),
      ("moved 2026-11-23 2 days", "reg-1182-71 art. 3, par. 4", "official")],
     ["2026-11-21 saturday", "2026-11-22 sunday"]),
    (lambda: deadline("2026-11-18", working_days=4, regime="it_civil"), "2026-11-18 2026-11-24 2026-11-24", "inferred",
     [("start 2026-11-19 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-11-24 4 working_days", "codice-civile art. 2963, c. 1", "inferred"),
      ("stays 2026-11-24 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: deadline("2026-11-18", working_days=4, regime="it_civil", suspended=[("2026-11-19","2026-11-22")]), "2026-11-18 2026-11-26 2026-11-26", "inferred",
     [("start 2026-11-19 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-11-24 4 working_days", "codice-civile art. 2963, c. 1", "inferred"),
      ("suspended 2026-11-26 2 days", "codice-civile art. 2963", "inferred"),
      ("stays 2026-11-26 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: deadline("2026-01-31", months=1, regime="it_civil", suspended=5, extended=10), "2026-01-31 2026-03-15 2026-03-16", "inferred",
     [("start 2026-02-01 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-02-28 1 months", "codice-civile art. 2963, c. 4 e 5", "secondary"),
      ("extended 2026-03-10 10 days", "codice-civile art. 2963", "inferred"),
      ("suspended 2026-03-15 5 days", "codice-civile art. 2963", "inferred"),
      ("moved 2026-03-16 1 days", "codice-civile art. 2963, c. 3", "secondary")],
     ["2026-03-15 sunday"]),
    (lambda: deadline("2026-01-31", weeks=2, regime="it_tax", extended_months=1), "2026-01-31 2026-03-14 2026-03-16", "inferred",
     [("start 2026-02-01 0", "codice-civile art. 2963, c. 2", "inferred"),
      ("counted 2026-02-14 2 weeks", "codice-civile art. 2963, c. 4 e 5", "inferred"),
      ("extended 2026-03-14 1 months", "codice-civile art. 2963", "inferred"),
      ("moved 2026-03-16 2 days", "dl-70-2011 art. 7, c. 1, lett. h)", "secondary")],
     ["2026-03-14 saturday", "2026-03-15 sunday"]),
    (lambda: deadline("2026-01-31", years=1, regime="validity"), "2026-01-31 2027-01-31 2027-01-31", "inferred",
     [("start 2026-02-01 0", "", "inferred"),
      ("counted 2027-01-31 1 years", "", "inferred"),
      ("stays 2027-01-31 0 days", "", "inferred")],
     []),
    (lambda: deadline("2026-06-01", days=30, regime="it_civil", extended="2026-07-05"), "2026-06-01 2026-07-05 2026-07-06", "inferred",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "codice-civile art. 2963, c. 2", "secondary"),
      ("extended 2026-07-05 0", "codice-civile art. 2963", "inferred"),
      ("moved 2026-07-06 1 days", "codice-civile art. 2963, c. 3", "secondary")],
     ["2026-07-05 sunday"]),
    (lambda: deadline("2026-06-01", days=30, regime="it_civil", extended="2026-07-01"), "2026-06-01 2026-07-01 2026-07-01", "inferred",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "codice-civile art. 2963, c. 2", "secondary"),
      ("extended 2026-07-01 0", "codice-civile art. 2963", "inferred"),
      ("stays 2026-07-01 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: deadline("2026-06-01", days=0, regime="fixed_instant"), "2026-06-01 2026-06-01 2026-06-01", "inferred",
     [("start 2026-06-02 0", "", "inferred"),
      ("counted 2026-06-01 0 days", "", "inferred"),
      ("stays 2026-06-01 0 days", "", "inferred")],
     []),
    (lambda: fixed_date("2026-11-15"), "2026-11-15 2026-11-15 2026-11-16", "inferred",
     [("moved 2026-11-16 1 days", "codice-civile art. 2963, c. 3", "inferred")],
     ["2026-11-15 sunday"]),
    (lambda: fixed_date("2026-11-15", regime="eu_1182_71"), "2026-11-15 2026-11-15 2026-11-15", "secondary",
     [("stays 2026-11-15 0 days", "reg-1182-71 art. 5", "secondary")],
     []),
    (lambda: fixed_date("2026-11-14", regime="it_tax"), "2026-11-14 2026-11-14 2026-11-16", "secondary",
     [("moved 2026-11-16 2 days", "dl-70-2011 art. 7, c. 1, lett. h)", "secondary")],
     ["2026-11-14 saturday", "2026-11-15 sunday"]),
    (lambda: period_end("2026-12-12", regime="eu_1182_71"), "2026-12-12 2026-12-12 2026-12-14", "official",
     [("moved 2026-12-14 2 days", "reg-1182-71 art. 3, par. 4", "official")],
     ["2026-12-12 saturday", "2026-12-13 sunday"]),
    (lambda: period_end("2026-12-13", regime="it_cpc", backwards=True), "2026-12-13 2026-12-13 2026-12-11", "secondary",
     [("moved 2026-12-11 2 days", "codice-procedura-civile art. 155, c. 4 e 5", "secondary")],
     ["2026-12-13 sunday", "2026-12-12 saturday"]),
    (lambda: period_end("2026-12-13", regime="validity"), "2026-12-13 2026-12-13 2026-12-13", "inferred",
     [("stays 2026-12-13 0 days", "", "inferred")],
     []),
    (lambda: procedure_term("2026-06-01"), "2026-06-01 2026-07-01 2026-07-01", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("stays 2026-07-01 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", days=90, suspended=10), "2026-06-01 2026-09-09 2026-09-09", "inferred",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-08-30 90 days", "l-241-1990 art. 2, c. 3", "inferred"),
      ("suspended 2026-09-09 10 days", "l-241-1990 art. 2, c. 7", "secondary"),
      ("stays 2026-09-09 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", suspended=1), "2026-06-01 2026-07-02 2026-07-02", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("suspended 2026-07-02 1 days", "l-241-1990 art. 2, c. 7", "secondary"),
      ("stays 2026-07-02 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", days=1), "2026-06-01 2026-06-02 2026-06-03", "inferred",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-06-02 1 days", "l-241-1990 art. 2, c. 3", "inferred"),
      ("moved 2026-06-03 1 days", "codice-civile art. 2963, c. 3", "secondary")],
     ["2026-06-02 holiday Festa della Repubblica"]),
    (lambda: procedure_term("2026-06-01", days=180, complex_procedure=True, suspended=("2026-06-03","2026-06-07"), notice="2026-06-10", observations="none"), "2026-06-01 2026-12-13 2026-12-14", "inferred",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-11-28 180 days", "l-241-1990 art. 2, c. 4", "inferred"),
      ("suspended 2026-12-03 5 days", "l-241-1990 art. 2, c. 7", "secondary"),
      ("suspended 2026-12-13 10 days", "l-241-1990 art. 10-bis", "secondary"),
      ("moved 2026-12-14 1 days", "codice-civile art. 2963, c. 3", "secondary")],
     ["2026-12-13 sunday"]),
    (lambda: procedure_term("2026-06-01", suspended=("2026-06-09","2026-06-12"), notice="2026-06-10", observations="2026-06-10"), "2026-06-01 2026-07-13 2026-07-13", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("suspended 2026-07-05 4 days", "l-241-1990 art. 2, c. 7", "secondary"),
      ("suspended 2026-07-13 8 days", "l-241-1990 art. 10-bis", "secondary"),
      ("stays 2026-07-13 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", notice="2026-06-10", observations="2026-06-20"), "2026-06-01 2026-07-21 2026-07-21", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("suspended 2026-07-21 20 days", "l-241-1990 art. 10-bis", "secondary"),
      ("stays 2026-07-21 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", notice="2026-06-10", observations="2026-06-21"), "2026-06-01 2026-07-11 2026-07-11", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("suspended 2026-07-11 10 days", "l-241-1990 art. 10-bis", "secondary"),
      ("stays 2026-07-11 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", notice="2026-06-02", observations="none", place="Milano"), "2026-06-01 2026-07-11 2026-07-11", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("suspended 2026-07-11 10 days", "l-241-1990 art. 10-bis", "secondary"),
      ("stays 2026-07-11 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
    (lambda: procedure_term("2026-06-01", suspended=("2026-08-03","2026-08-07")), "2026-06-01 2026-07-01 2026-07-01", "secondary",
     [("start 2026-06-02 0", "codice-civile art. 2963, c. 2", "secondary"),
      ("counted 2026-07-01 30 days", "l-241-1990 art. 2, c. 2", "secondary"),
      ("stays 2026-07-01 0 days", "codice-civile art. 2963, c. 3", "secondary")],
     []),
])  # fmt: skip
def test_the_steps_of_a_term(ask, days, sure, steps, moved):
    found = ask()
    assert f"{found.start} {found.raw} {found.day}" == days
    assert [told(step) for step in found.steps] == steps
    assert [f"{passed.day} {passed.reason} {passed.name}".strip() for passed in found.moved] == moved
    assert found.confidence == sure
    assert found.citation == found.steps[-1].citation
    cited = [step.citation for step in found.steps if step.citation]
    assert list(found.citations) == sorted(set(cited), key=cited.index)


def test_a_step_keeps_the_note_of_its_provision():
    found = deadline("2026-12-31", days=18, regime="it_cpc", backwards=True)
    assert [bool(step.note) for step in found.steps] == [False, False, True]
    assert "Cass. 14767/2014" in found.steps[-1].note
    procedure = procedure_term("2026-06-01", notice="2026-06-10", observations="none")
    assert [step.note[:30] for step in procedure.steps] == [
        "",
        "",
        "the term runs again so many da",
        "Saturday is no holiday and sta",
    ]
    assert [step.note for step in deadline("2026-12-31", days=18, regime="validity").steps] == ["", "", ""]


def test_a_deadline_tells_its_direction_and_when_it_is_over():
    back = deadline("2026-12-31", days=18, regime="it_cpc", backwards=True)
    assert (back.backwards, period_end("2026-12-13", regime="it_cpc", backwards=True).backwards) == (True, True)
    end = deadline("2026-11-12", days=30, regime="it_civil")
    assert (end.backwards, fixed_date("2026-11-15").backwards) == (False, False)
    assert [end.is_over(day) for day in ("2026-12-11", "2026-12-12", "2026-12-13")] == [False, False, True]
    assert str(end.ends) == "2026-12-13T00:00:00+01:00"
