# SPDX-License-Identifier: Apache-2.0
"""Selection: how the funded are picked. What is decided over sets of applications is read and checked here."""

from __future__ import annotations

from dataclasses import dataclass

from misure.ground.place import nearest
from misure.reading.expressions.scope import TRUTH
from misure.reading.forms.rules import CiteForm
from misure.reading.forms.selection import (
    AnyLastAward,
    AnyOrder,
    EnvelopeForm,
    LastAwardForm,
    OrderForm,
    PartForm,
    SelectionForm,
    UniqueForm,
    WaitingListForm,
)
from misure.reading.measures.draft import Draft, RuleFields
from misure.reading.text.written import Written
from misure.rulebook.rules import Support
from misure.rulebook.selection import (
    FILED_AT,
    SCORE,
    Envelope,
    Intake,
    LastAwardRule,
    Order,
    OrderKey,
    Relation,
    Selection,
    WaitingList,
    Window,
)

__all__ = ["read_selection"]

_WORDS = {"highest": "number", "lowest": "number", "earliest": "date", "latest": "date"}
_MONEY_RULES = ("tie_break", "last_award", "envelopes", "intake", "waiting_list", "pays", "order")


def read_selection(
    name: Written, form: SelectionForm, draft: Draft, *, support: Support | None, scored: bool
) -> Selection:
    """The section, with every name in it resolved; `scored` says whether the measure has a grid of points."""
    return _Reader(name, form, draft, support, scored).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the section of one measure."""

    name: Written
    form: SelectionForm
    draft: Draft
    support: Support | None
    scored: bool

    def read(self) -> Selection:
        form, draft = self.form, self.draft
        fields = draft.rule(self.name, form, form.cite)
        self._located(self.name, form.cite)
        self._fitting()
        windows = self._windows()
        return Selection(
            **fields,
            kind=form.kind,
            pays=self._pays(),
            order=self._order("order", form.order),
            tie_break=self._order("tie_break", form.tie_break),
            last_award=self._last_award(form.last_award),
            windows=windows,
            envelopes=self._envelopes([window.id for window in windows]),
            intake=self._intake(),
            waiting_list=self._waiting_list(),
            no_waiting_list=isinstance(form.waiting_list, str) and form.waiting_list == "no",
            relations=tuple(filter(None, (self._relation(id_, one) for id_, one in form.unique.items()))),
        )

    def _part(self, id_: Written, form: PartForm) -> RuleFields:
        """What a part has as a rule: it stands where the selection stands, unless it says otherwise."""
        if form.cite is not None:
            self._located(id_, form.cite)
        return self.draft.rule(id_, form, form.cite or self.form.cite, tuple(map(str, self.form.provision)))

    def _located(self, id_: Written, cite: CiteForm | None) -> None:
        """A refusal cites it: so it says where in the act, or of what the act speaks there if the text was not read."""
        if cite is None:
            self.draft.fault(id_, id_, "it has no 'cite' that says in which act, and 'at' which place of it")
        elif cite.at is None:
            self.draft.fault(cite.act, id_, "'cite' says no place in the act: name it under 'at'")

    def _fault(self, where: Written, message: str, suggestion: str | None = None) -> None:
        self.draft.fault(where, str(where), message, suggestion)

    def _fitting(self) -> None:
        """What a kind of selection has, and has not. What it may have and leaves out is not known."""
        form = self.form
        if form.kind == "list":
            for part in _MONEY_RULES:
                if getattr(form, part):
                    self._fault(self.name, f"a list has no {part!r}: it takes every application that is admitted")
        if form.intake is not None and form.kind != "counter":
            self._fault(self.name, "an intake limit belongs to a counter")

    def _pays(self) -> tuple[str, ...]:
        lines = [line.id for line in self.support.lines] if self.support else []
        for line in self.form.pays:
            if line not in lines and line not in self.draft.scope.broken:
                self._fault(line, f"no line of support is called {str(line)!r}", nearest(line, lines))
        if self.form.envelopes and not lines and not self.draft.faults:
            self._fault(self.name, "envelopes pay lines of support, and the measure has none")
        return tuple(map(str, self.form.pays))

    def _order(self, part: str, form: AnyOrder | None) -> Order | None:
        if form is None and part == "order" and self.form.kind == "counter":
            form = Written(f"earliest {FILED_AT}")  # first come, first served
        if form is None:
            return None
        long = form if isinstance(form, OrderForm) else OrderForm()
        given = long.by if isinstance(form, OrderForm) else (form,) if isinstance(form, Written) else form
        fields = self._part(Written(part), long)
        fields["place"] = self.name.place
        if isinstance(form, OrderForm) and (not long.by) == (long.unknown is None):
            self._fault(self.name, f"'{part}' says by what, or why it is unknown")
        keys = tuple(filter(None, map(self._key, given)))
        return Order(**fields, keys=keys, unknown=str(long.unknown or ""))

    def _key(self, text: Written) -> OrderKey | None:
        word, _, name = text.partition(" ")
        if word not in _WORDS or not name.strip():
            close = nearest(word, _WORDS) if name else None
            hint = f"{close} {name}" if close else f"highest {text}" if not name else None
            self._fault(text, "a key of the order is a word (highest, lowest, earliest, latest) and a name", hint)
            return None
        rest = text.after(len(word) + 1)
        if name == FILED_AT:
            if _WORDS[word] != "date":
                self._fault(text, "an instant is the earliest or the latest")
            return OrderKey(word, FILED_AT, None)  # type: ignore[arg-type]
        if name == SCORE and SCORE not in self.draft.scope.names:
            if not self.scored:
                self._fault(rest, "the measure has no score; name the fact that the panel gives")
            return OrderKey(word, SCORE, None)  # type: ignore[arg-type]
        tree = self.draft.expression(rest, str(self.name), "")
        if tree is None:
            return None
        if tree.type.kind != _WORDS[word]:
            wanted = "a number" if _WORDS[word] == "number" else "a day"
            self._fault(rest, f"{word!r} goes with {wanted}")
            return None
        return OrderKey(word, str(name), tree)  # type: ignore[arg-type]

    def _last_award(self, form: AnyLastAward | None) -> LastAwardRule | None:
        if form is None:
            return None
        long = form if isinstance(form, LastAwardForm) else LastAwardForm.model_validate({"is": form})
        fields = self._part(Written("last_award"), long)
        fields["place"] = self.name.place
        if (long.is_ is None) == (long.unknown is None):
            self._fault(self.name, "'last_award' says what it 'is', or why it is 'unknown'")
        return LastAwardRule(**fields, outcome=long.is_ or "", unknown=str(long.unknown or ""))

    def _windows(self) -> tuple[Window, ...]:
        self.draft.claim_locally(self.form.windows)
        found = []
        for id_, form in self.form.windows.items():
            fields = self._part(id_, form)
            opens, closes = (self.draft.parameter(end, id_, "date") for end in (form.from_, form.until))
            found.append(Window(**fields, opens=opens.name if opens else "", closes=closes.name if closes else ""))
        return tuple(found)

    def _envelopes(self, windows: list[str]) -> tuple[Envelope, ...]:
        self.draft.claim_locally(self.form.envelopes)
        names = {str(id_): id_ for id_ in self.form.envelopes}
        found = {str(id_): self._envelope(id_, form, windows, names) for id_, form in self.form.envelopes.items()}
        return self._in_order(found, names)

    def _envelope(self, id_: Written, form: EnvelopeForm, windows: list[str], names: dict[str, Written]) -> Envelope:
        fields = self._part(id_, form)
        amount = self.draft.parameter(form.amount, id_, "number", "EUR")
        when = self.draft.expression(form.for_, id_, TRUTH.kind) if form.for_ is not None else None
        if form.window is not None and form.window not in windows and form.window not in self.draft.scope.broken:
            self.draft.fault(
                form.window, id_, f"no window is called {str(form.window)!r}", nearest(form.window, windows)
            )
        for other in (form.rolls_to, form.then):
            if other is not None and (other not in names or other == id_):
                others = [name for name in names if name != id_]
                self.draft.fault(other, id_, f"no other envelope is called {str(other)!r}", nearest(other, others))
        return Envelope(
            **fields, amount=amount.name if amount else "", when=when, window=str(form.window or ""),
            rolls_to=str(form.rolls_to or ""), then=str(form.then or ""),
        )  # fmt: skip

    def _in_order(self, found: dict[str, Envelope], names: dict[str, Written]) -> tuple[Envelope, ...]:
        """Each envelope before the one to which it rolls over; a ring is a fault."""
        for link in ("rolls_to", "then"):
            for name, envelope in found.items():
                seen, following = [name], getattr(envelope, link)
                while following in found and following not in seen:
                    seen.append(following)
                    following = getattr(found[following], link)
                if following == name:
                    self.draft.fault(names[name], name, f"{' -> '.join([*seen, name])} go round in a ring ({link})")
                    return tuple(found.values())
        waiting, done = list(found.values()), list[Envelope]()
        while waiting:
            sources = {envelope.rolls_to for envelope in waiting}
            ready = next((envelope for envelope in waiting if envelope.id not in sources), waiting[0])
            waiting.remove(ready)
            done.append(ready)
        return tuple(done)

    def _intake(self) -> Intake | None:
        form = self.form.intake
        if form is None:
            return None
        fields = self._part(Written("intake"), form)
        fields["place"] = self.name.place
        percent = self.draft.parameter(form.percent, "intake", "number", "percent")
        if not self.form.envelopes:
            self._fault(self.name, "an intake limit is a percentage of the envelopes, and there are none")
        of = self.draft.parameter(form.of, "intake", "number", "EUR") if form.of is not None else None
        return Intake(**fields, percent=percent.name if percent else "", of=of.name if of else "")

    def _waiting_list(self) -> WaitingList | None:
        form = self.form.waiting_list
        if form is None or form == "no":
            return None
        long = form if isinstance(form, WaitingListForm) else WaitingListForm()
        fields = self._part(Written("waiting_list"), long)
        fields["place"] = self.name.place
        life = self.draft.parameter(long.life, "waiting_list", "number", "days") if long.life is not None else None
        return WaitingList(**fields, life=life.name if life else "")

    def _relation_key(self, key: Written, id_: Written) -> str | None:
        """A fact, or a field of a table: then each of its records has a key. Both are identifiers.

        Any other text says who is who inside one application alone: two strangers may both call a partner `p1`.
        """
        vocabulary = self.draft.vocabulary
        table, dot, name = key.partition(".")
        if dot and table not in vocabulary.tables:
            self.draft.fault(key, id_, f"no table is called {table!r}", nearest(table, vocabulary.tables))
            return None
        named = vocabulary.tables[table].fields if dot else vocabulary.facts
        right = [one for one, fact in named.items() if fact.identifier]
        if (name if dot else str(key)) not in named:
            what = f"the table {table!r} has no field" if dot else "no fact is"
            where, sought = (key.after(len(table) + 1), name) if dot else (key, str(key))
            if sought not in self.draft.scope.broken:
                self.draft.fault(where, id_, f"{what} called {sought!r}", nearest(sought, right))
            return None
        if not named[name if dot else str(key)].identifier:
            message = (
                f"{str(key)!r} is no identifier, so it says who is who in one application alone; {self._identities()}"
            )
            self.draft.fault(key, id_, message)
            return None
        self.draft.asked.add(table if dot else str(key))
        return str(key)

    def _identities(self) -> str:
        """The identifiers by which applications may be compared, in words."""
        vocabulary = self.draft.vocabulary
        found = [name for name, fact in vocabulary.facts.items() if fact.identifier]
        fields = ((table, field) for table in vocabulary.tables.values() for field in table.fields.values())
        found += [f"{table.name}.{field.name}" for table, field in fields if field.identifier]
        return f"identifiers are {', '.join(found)}" if found else "no fact and no field is an identifier"

    def _relation_of(self, of: Written | None, key: str, id_: Written) -> str:
        """The fact that says which record of the key's table is meant; "" where none is named."""
        if of is None:
            return ""
        table, dot, _ = key.partition(".")
        facts = self.draft.vocabulary.facts
        if not dot or of not in facts or facts[of].refers_to != table:
            right = [name for name, fact in facts.items() if dot and fact.refers_to == table]
            message = (
                f"'of' is a fact that refers to {table!r}" if dot else "'of' goes with a field of a table as the key"
            )
            self.draft.fault(of, id_, f"{message}; {str(of)!r} is none" if dot else message, nearest(of, right))
            return ""
        self.draft.asked.add(str(of))
        return str(of)

    def _relation(self, id_: Written, form: UniqueForm) -> Relation | None:
        self.draft.claim(id_)
        fields = self._part(id_, form)
        key = self._relation_key(form.key, id_)
        if form.within == "window" and not self.form.windows:
            self.draft.fault(id_, id_, "'within: window' needs 'windows'")
        told = form.survivor
        if key is None:
            return None
        survivor, unknown = ("", "") if told is None else (str(told), "")
        if told is not None and not isinstance(told, str):
            survivor, unknown = "", str(told.unknown)
        return Relation(
            **fields, key=key, within=form.within, survivor=survivor, unknown=unknown, among=form.among or "",  # type: ignore[arg-type]
            of=self._relation_of(form.of, key, id_),
        )  # fmt: skip
