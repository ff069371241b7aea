# SPDX-License-Identifier: Apache-2.0
"""What may be said of an applicant: the vocabulary of facts and tables, and how facts are read.

`measure.rulebook.vocabulary` is a `Vocabulary`; these are the types of what it holds. `Places` says where a fact was
written, for whoever reads facts from a file of his own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.facts.reader import Places
    from misure.facts.vocabulary import Fact, Kind, Nature, Table, Unit, Vocabulary

__all__ = [
    "Fact", "Kind", "Nature", "Places", "Table", "Unit", "Vocabulary",
]  # fmt: skip

_HOMES = {
    "Fact": "misure.facts.vocabulary", "Kind": "misure.facts.vocabulary", "Nature": "misure.facts.vocabulary",
    "Places": "misure.facts.reader", "Table": "misure.facts.vocabulary", "Unit": "misure.facts.vocabulary",
    "Vocabulary": "misure.facts.vocabulary",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, _HOMES)
