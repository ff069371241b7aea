# SPDX-License-Identifier: Apache-2.0
"""A name is one name in whichever form its letters are composed, at every door of the law beneath."""

from __future__ import annotations

import pytest

from misure.ground.errors import BadFacts
from tests.deminimis.test_one_identity_at_every_door import DOORS

COMPOSED, APART = "societ\u00e0 prova", "societa\u0300 prova"
CODES_ALONE = {"register"}
"""The register knows nobody by a name."""


@pytest.mark.parametrize("door", [door for door in DOORS if door not in CODES_ALONE])
@pytest.mark.parametrize("text", [APART, f" {COMPOSED} ", f"{APART}\n"])
def test_a_name_is_composed_and_trimmed(door, text):
    assert DOORS[door](text, COMPOSED) == DOORS[door](COMPOSED, COMPOSED)


@pytest.mark.parametrize("door", DOORS)
def test_a_name_with_a_letter_that_nobody_sees_is_refused(door):
    with pytest.raises(BadFacts):
        DOORS[door]("Alfa\u200b prova", COMPOSED)
