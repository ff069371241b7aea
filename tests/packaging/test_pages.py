# SPDX-License-Identifier: Apache-2.0
"""The examples of the pages print what the pages show."""

from __future__ import annotations

import doctest

import pytest

from tests.packaging.environments import ROOT


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/how-to/use-the-law-beneath.md",
        "docs/how-to/open-a-linked-rulebook.md",
        "docs/how-to/add-an-engine.md",
        "docs/how-to/keep-a-receipt.md",
    ],
)
def test_the_examples_of_a_page(page):
    found = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert found.attempted > 4
    assert found.failed == 0
