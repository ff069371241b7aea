# SPDX-License-Identifier: Apache-2.0
"""The bundled measures whose texts were read are anchored, with nothing unexplained, and no value of theirs can change unseen."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import misure
from misure.anchoring.anchors_file import ANCHORS, read_anchors
from misure.anchoring.holding import anchor_faults, faults_beside
from misure.anchoring.published import published_of
from misure.anchoring.session import folder_of, words_in
from misure.ground.record import replaced
from misure.rulebook.rules import Rulebook

HELD = {
    "lombardia/filiere": {"dgr-5899"},
    "lombardia/piano-export-2025": {"dgr-5217"},
    "lombardia/export-su-misura": {"det-60", "dgr-5217"},
    "lombardia/verso-nuovi-mercati": {"decreto-5678"},
    "lombardia/linea-microimprese-2024": {"decreto-14847"},
    "lombardia/nuova-impresa-2025": {"bando-2025"},
    "lombardia/quota-lombardia": {"decreto-17199"},
    "lombardia/tecnologie-strategiche-step": {"bando"},
}


def book(name: str) -> Rulebook:
    return misure.catalogue()[name].rulebook


def test_no_other_measure_claims_to_be_held() -> None:
    known = misure.catalogue()
    assert {name for name in known if (Path(known.roots[name]) / name / ANCHORS).exists()} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_nothing_is_left_and_every_value_stands_at_its_place(name: str) -> None:
    file = read_anchors(folder_of(book(name)) / ANCHORS)
    assert set(file.texts) == HELD[name]
    for act, text in file.texts.items():
        assert text.unexplained == ()
        forms = [form for forms in text.values.values() for form in forms]
        assert {form.state for form in forms} <= {None, "inferred"}
        assert len(forms) == len(published_of(book(name), act))
    assert anchor_faults(book(name)) == []


@pytest.mark.parametrize("name", HELD)
def test_anchors_hold_digests_and_no_text(name: str) -> None:
    file = read_anchors(folder_of(book(name)) / ANCHORS)
    for text in file.texts.values():
        digests = [one.sha256 for one in (*text.named, *text.explained)]
        digests += [form.sha256 for forms in text.values.values() for form in forms if form.state is None]
        assert digests
        assert {len(digest or "") for digest in digests} == {64}


@pytest.mark.parametrize("name", HELD)
def test_each_value_that_changes_is_a_fault(name: str) -> None:
    whole = book(name)
    anchored = {one.name for act in HELD[name] for one in published_of(whole, act)}
    file, words = read_anchors(folder_of(whole) / ANCHORS), words_in(whole)
    unseen = []
    for parameter in whole.parameters.values():
        if parameter.name not in anchored:
            continue
        values = tuple(replaced(value, known=another(value.known)) for value in parameter.values)
        changed = replaced(whole, parameters={**whole.parameters, parameter.name: replaced(parameter, values=values)})
        if not [fault for fault in faults_beside(changed, file, words) if fault.subject == parameter.name]:
            unseen.append(parameter.name)
    assert anchored or HELD[name] != {"dgr-5217"}
    assert unseen == []


def another(known: object) -> object:
    if isinstance(known, tuple):
        return known[1:]
    if isinstance(known, Fraction):
        return known / 2
    return known + 1 if isinstance(known, int) else known
