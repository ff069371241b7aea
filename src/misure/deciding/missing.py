# SPDX-License-Identifier: Apache-2.0
"""What is not known and could still change an answer."""

from __future__ import annotations

from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.ground.truth import NotKnowing

__all__ = ["Missing"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not known: a fact, a field of some records (their keys), a table, or a value of the law."""

    name: str
    kind: NotKnowing
    records: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        found: dict[str, object] = {"name": self.name, "kind": str(self.kind)}
        return found | {"records": list(self.records)} if self.records else found
