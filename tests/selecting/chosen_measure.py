# SPDX-License-Identifier: Apache-2.0
"""A measure that chooses among applications, written with the selection that a test needs, and applications for it."""

import datetime as dt

import pytest

from misure import Application
from misure.identifiers.forms import made_up

ON = dt.date(2024, 6, 1)
VOCABULARY = """
    facts:
      costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
      points_given: {unit: points, least: "0", greatest: "100", nature: assessed, label: punti, question: "Quanti punti?"}
      firm: {identifier: codice_fiscale, label: impresa, question: "Quale impresa?"}
      place: {choices: {mi: Milano, bg: Bergamo}, label: territorio, question: "Dove?"}
    flags:
      active: {label: attiva, question: "Attiva?"}
"""
RULES = """
    parameters:
      half: 50%
      most: 10000.00 EUR
      budget: BUDGET
      second_budget: {is: 5000.00 EUR, for_information: yes}
      life: {LIFE, for_information: yes}
      first_day: {is: 2024-01-01, for_information: yes}
      last_day: {is: 2024-02-29, for_information: yes}
      second_day: {is: 2024-03-01, for_information: yes}
      second_last: {is: 2024-04-30, for_information: yes}
      beyond: {is: 125 percent, for_information: yes}
    provisions:
      - cite: {act: uno, at: "art. 2"}
        admission:
          is_active: {provision: P.01, text: "Impresa attiva", holds: active}
    support:
      cite: {act: uno, at: "art. 3"}
      lines:
        grant: {form: grant, of: costs, intensity: half, at_most: [most], provision: P.02, text: "Contributo"}
    selection:
      kind: ranking
      cite: {act: uno, at: "art. 4"}
      provision: P.03
      text: "Graduatoria"
"""
ONE_POT = """\
      order: [highest points_given]
      tie_break: [earliest filed_at]
      last_award: LAST
      envelopes:
        total: {amount: budget, text: "Dotazione"}
"""
WAITING = '      waiting_list: {life: life, text: "Lista d\'attesa"}\n'


@pytest.fixture
def measure(write):
    def written(
        last="in_part",
        budget="12000.00 EUR",
        life="is: 120 days",
        more="",
        shape=ONE_POT,
        kind="ranking",
        parameters="",
    ):
        text = (
            RULES.replace("kind: ranking", f"kind: {kind}")
            .replace("    provisions:", f"{parameters}    provisions:")
            .replace("BUDGET", budget)
            .replace("LIFE", life)
            + shape.replace("LAST", last)
            + more
        )
        return write(text, vocabulary=VOCABULARY)

    return written


def code(name):
    """The codice fiscale of a firm that a test calls by a short name."""
    return made_up("codice_fiscale", int.from_bytes(name.encode()) % 1_000_000)


def application(name, points, costs="10000", at="09:00:00", **facts):
    told = {"active": True, "costs": costs, "points_given": points, "firm": code(name), "place": "mi"}
    told = {key: value for key, value in (told | facts).items() if value is not None}
    return Application(name, told, filed_at=f"2024-02-01T{at}")


def three():
    return [application("a", 90), application("b", 80), application("c", 70)]


def amounts(selection):
    return {placement.id: placement.amount for placement in selection.placements}
