# SPDX-License-Identifier: Apache-2.0
"""Linked rules hold each thing under its own name: a fact that answers to another's would be told as that one."""

import dataclasses

import pytest

import misure
from misure.ground.record import replaced
from misure.rulebook.linked.soundness import strange_rulebook

BOOK = misure.catalogue()["lombardia/filiere"].rulebook
STRANGE = "something is held under another name than its own"


def renamed(held):
    """The same things, the first of them under another name."""
    first, *rest = held
    return {"another": held[first]} | {name: held[name] for name in rest}


def test_as_they_are_they_are_sound():
    assert strange_rulebook(BOOK) == ""


@pytest.mark.parametrize("part", ["facts", "tables", "parameters"])
def test_what_is_held_under_another_name(part):
    assert strange_rulebook(replaced(BOOK, **{part: renamed(getattr(BOOK, part))})) == STRANGE


@pytest.mark.parametrize("part", ["facts", "tables"])
def test_what_the_vocabulary_holds_under_another_name(part):
    words = dataclasses.replace(BOOK.vocabulary, **{part: renamed(getattr(BOOK.vocabulary, part))})
    assert strange_rulebook(replaced(BOOK, vocabulary=words)) == STRANGE
