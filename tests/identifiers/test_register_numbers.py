# SPDX-License-Identifier: Apache-2.0
"""CAR and COR have the verbs of every identifier, said once, and each error names the kind."""

from __future__ import annotations

import pickle

import pytest

from misure.ground.errors import BadIdentifier
from misure.identifiers import car, cor

VERBS = ["compact", "format", "is_valid", "parse", "validate"]


@pytest.mark.parametrize("module", [car, cor])
def test_a_module_has_the_five_verbs(module) -> None:
    assert module.__all__ == VERBS
    assert all(getattr(module, verb).__doc__ for verb in VERBS)
    assert [getattr(module, verb)(" 12345 ") for verb in VERBS] == ["12345", "12345", True, 12345, "12345"]
    again = pickle.loads(pickle.dumps(module.parse))  # noqa: S301 - our own bytes
    assert again("7") == 7


@pytest.mark.parametrize(("module", "kind"), [(car, "car"), (cor, "cor")])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("12,345", "'12,345' has ',' where a digit stands"),
        ("0123", "'0123' begins with a zero; did you mean '123'?"),
        ("0", "'0' begins with a zero"),
        ("1234567890", "'1234567890' has 10 digits, more than 9"),
        (" ", "' ' is empty"),
        (12345, "'12345' is no text but a whole number: write it in quotes"),
    ],
)
def test_what_is_no_number_is_told_of_its_kind(module, kind: str, given: object, told: str) -> None:
    for verb in ("compact", "format", "parse", "validate"):
        with pytest.raises(BadIdentifier) as caught:
            getattr(module, verb)(given)
        assert (caught.value.kind, str(caught.value)) == (kind, f"{kind}: {told}")
    assert not module.is_valid(given)
