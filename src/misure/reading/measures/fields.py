# SPDX-License-Identifier: Apache-2.0
"""What a vocabulary says of the fields of one record beside each other: which says nothing new, and which two are never the same.

Of one pair of undertakings there is control or there is none, in however many records the pair stands; and nobody controls itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from misure.facts.vocabulary import Fact, Kind
from misure.ground.place import Fault, nearest
from misure.reading.forms.vocabulary import FactForm, TableForm
from misure.reading.text.written import Written

__all__ = ["FieldsOfARecord"]


class FieldsOfARecord:
    """Looks at the names that the fields of a table give of one another."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def outside(self, fact: Written, form: FactForm) -> None:
        """A fault for what only a field of a table can say, said of a fact of the applicant."""
        said = {"determined_by": form.determined_by[:1], "other_than": [form.other_than] if form.other_than else ()}
        for key, (where,) in ((key, names) for key, names in said.items() if names):
            self._fault(where, fact, f"{key!r} is said of a field of a table, beside the others of its record")

    def check(self, table: Written, form: TableForm, fields: Mapping[str, Fact]) -> None:
        """A fault for every name that is no field of the table, or not one of which this can be said; `fields` are those that were read."""
        for name, said in form.fields.items():
            for other in (*said.determined_by, *([said.other_than] if said.other_than else ())):
                if other == name:
                    self._fault(other, name, "a field is named by another one here")
                elif other not in form.fields:
                    self._fault(
                        other, name, f"no field of {str(table)!r} is called {str(other)!r}", nearest(other, form.fields)
                    )
            read = fields.get(name)
            if read is None:
                continue
            if said.determined_by and read.kind not in (Kind.TRUTH, Kind.CHOICE):
                self._fault(said.determined_by[0], name, "'determined_by' is said of a yes or no, or of a choice")
            against = fields.get(said.other_than or "")
            if (
                against is not None
                and said.other_than
                and (read.identifier, read.kind) != (against.identifier, against.kind)
            ):
                self._fault(said.other_than, name, "what is told of two fields of two kinds is never the same")

    def _fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(where.place, str(subject), message, suggestion))
