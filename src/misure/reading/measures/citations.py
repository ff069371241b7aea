# SPDX-License-Identifier: Apache-2.0
"""Acts, sources and editions of a measure; how an act is cited, and how sure a reading is."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from types import MappingProxyType

from misure.ground.days import LAST_QUESTION
from misure.ground.errors import BadIdentifier
from misure.ground.place import Fault, nearest
from misure.ground.truth import Confidence
from misure.reading.expressions.literals import Unreadable, day
from misure.reading.forms.measure import ActForm, EditionForm, MeasureForm
from misure.reading.forms.rules import CiteForm
from misure.reading.text.written import Written
from misure.rulebook.rules import Act, Citation, Edition, Read, Source

__all__ = ["ANCHORS", "Register", "citation_of", "label_of_act"]

ANCHORS = {"filing": "filed_on", "grant": "granted_on", "payment": "paid_on", "question": "on"}
"""The day that picks the law -> the event that tells it."""

_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip
_DEFAULT_SOURCE = "act"
_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]*[a-z0-9])(?::([0-9]{1,5}))?(?:[/?#][^\s<>\"]*)?",
    re.ASCII | re.IGNORECASE,
)
"""A page may follow it: no script, no file of whoever reads the page, no name of a user before the host, and the host is a name, as pages have."""
_LAST_PORT = 65_535


def _is_address(text: str) -> bool:
    found = _URL.fullmatch(text)
    return found is not None and 1 <= int(found[1] or 1) <= _LAST_PORT


def label_of_act(kind: str, number: str | None, date: dt.date | None) -> str:
    """How an act is cited: by its number, or by its day; of an act with neither nothing but its kind is left.

    >>> label_of_act("DGR", "XI/5899", dt.date(2022, 1, 31)), label_of_act("DGR", None, dt.date(2022, 11, 1))
    ('DGR XI/5899', 'DGR del 1° novembre 2022')
    """
    if number or date is None:
        return f"{kind} {number or ''}".rstrip()
    shown = "1°" if date.day == 1 else str(date.day)
    return f"{kind} del {shown} {_MONTHS[date.month - 1]} {date.year}"


def citation_of(act: Act, at: str) -> Citation:
    """A place in an act."""
    return Citation(act.id, act.label, at, act.urn)


class Register:
    """The acts, sources and editions of one measure."""

    def __init__(self, form: MeasureForm, faults: list[Fault]) -> None:
        self.faults = faults
        self.acts = MappingProxyType({str(name): self._act(name, act) for name, act in form.acts.items()})
        for name, source in form.sources.items():
            if source.url is not None and not _is_address(source.url):
                self._fault(source.url, name, "an address begins with https:// or http:// and names a host")
        self.sources = MappingProxyType(
            {
                str(name): Source(
                    str(name), Confidence(source.confidence), str(source.title or ""), str(source.url or "")
                )
                for name, source in form.sources.items()
            }
        )
        self.editions = self._editions(form)

    @property
    def first_day(self) -> dt.date:
        return self.editions[0].day if self.editions else dt.date.max

    def edition_act(self, since: dt.date) -> str:
        """The id of the act that rules on a day."""
        acts = [edition.act.id for edition in self.editions if edition.day <= since]
        return acts[-1] if acts else next(iter(self.acts), "")

    def act(self, name: Written, subject: str) -> Act | None:
        found = self.acts.get(name)
        if found is None:
            self._fault(name, subject, f"no act is called {str(name)!r}", nearest(name, self.acts))
        return found

    def citation(self, cite: CiteForm | None, subject: str) -> Citation:
        """The citation of a group or a shape; the first edition's act where a shape cites none."""
        if cite is None:
            first = self.acts.get(self.edition_act(self.first_day))
            return citation_of(first, "") if first else Citation("", "", "")
        act = self.act(cite.act, subject) if subject else self.acts.get(cite.act)
        at = str(cite.at or "")
        return citation_of(act, at) if act else Citation(str(cite.act), str(cite.act), at)

    def source(self, name: Written, subject: str) -> Source | None:
        found = self.sources.get(name)
        if found is None:
            self._fault(name, subject, f"no source is called {str(name)!r}", nearest(name, self.sources))
        return found

    def confidence(
        self, own: Written | None, inferred: Written | None, cite: CiteForm | None = None, subject: str = ""
    ) -> Confidence:
        """How sure a reading is: inferred if it says so, else as sure as the source in which it was read."""
        named = own or (cite.read_in if cite else None)
        source = self.source(named, subject) if named is not None else self.sources.get(_DEFAULT_SOURCE)
        if inferred is not None:
            return Confidence.INFERRED
        return source.confidence if source else Confidence.OFFICIAL

    def _act(self, name: Written, form: ActForm) -> Act:
        date = None if form.date is None else self._day(form.date, name) or dt.date.min
        if (form.date is None) == (form.date_unknown is None):
            said = "both" if form.date else "neither"
            self._fault(name, name, f"an act has a day, or says why it is unknown under 'date_unknown'; not {said}")
        if form.number is None and form.date is None and form.cited_as is None:
            message = "an act is cited by its number or by its day: where neither is known 'cited_as' says how"
            self._fault(name, name, message)
        elif form.cited_as is not None and not (form.number is None and form.date is None):
            self._fault(form.cited_as, name, "an act with a number or a day is cited by it, and not as something else")
        if (form.number is None) == (form.number_unknown is None):
            said = "both" if form.number else "neither"
            self._fault(
                name, name, f"an act has a number, or says why it is unknown under 'number_unknown'; not {said}"
            )
        number = str(form.number) if form.number is not None else None
        label = str(form.cited_as) if form.cited_as is not None else label_of_act(form.type, number, date)
        urn = self._urn(form, name, number, None if date == dt.date.min else date)
        return Act(str(name), str(form.type), number, date, str(form.title or ""), label, urn)

    def _urn(self, form: ActForm, name: Written, number: str | None, date: dt.date | None) -> str:
        """The permanent address, which must be that of this very act."""
        if form.urn is None:
            return ""
        from misure.identifiers.permanent import contradictions, read_address  # few acts have one

        try:
            address = str(read_address(str(form.urn)))
            wrong = contradictions(address, type=str(form.type), number=number, date=date)
        except BadIdentifier as problem:
            self._fault(
                form.urn, name, f"the permanent address {problem.given!r} {problem.message}", problem.suggestion
            )
            return ""
        for message in wrong:
            self._fault(form.urn, name, f"the permanent address is that of another act: {message}")
        if address != form.urn:
            self._fault(form.urn, name, "the permanent address is not written in its plain form", address)
        return address

    def _editions(self, form: MeasureForm) -> tuple[Edition, ...]:
        read = [self._edition(key, edition) for key, edition in form.editions.items()]
        for (before, _), (after, key) in pairwise(item for item in read if item):
            if after.day <= before.day:
                self._fault(key, "editions", f"the editions do not ascend: {after.day} stands after {before.day}")
        return tuple(edition for item in read if item for edition in item[:1])

    def _edition(self, key: Written, form: EditionForm) -> tuple[Edition, Written] | None:
        since, act = self._day(key, "editions"), self.act(form.act, "editions")
        confidence = self.confidence(form.read_in, None, None, "editions")
        if since is None or act is None:
            return None
        if act.date is not None and since < act.date:
            self._fault(key, "editions", f"the edition holds from {since}, before its act, which is of {act.date}")
        if since > LAST_QUESTION:
            message = f"the edition holds from {since}, and no question can be put after {LAST_QUESTION}"
            self._fault(key, "editions", message)
        restates = frozenset(map(str, form.restates))
        others, note = form.others == "inferred", str(form.note or "")
        edition = Edition(
            day=since, act=act, restates=restates, others_inferred=others, confidence=confidence, read=Read(form.read), note=note
        )  # fmt: skip
        return edition, key

    def _day(self, text: Written, subject: str) -> dt.date | None:
        try:
            return day(text)
        except Unreadable as problem:
            self._fault(text, subject, problem.message)
            return None

    def _fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(where.place, str(subject), message, suggestion))
