# SPDX-License-Identifier: Apache-2.0
"""Amounts with their steps: the base, the intensity, the caps and which of them binds; costs by category; the score."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.results import Amount, SpendingLine, Step
from misure.deciding.values import Exact, Range, Shown
from misure.ground.truth import Truth
from misure.rulebook.expression import Name
from misure.rulebook.rules import Cap
from misure.telling.chapters.asking import Asking
from misure.telling.chapters.page import MARKS, Line, Mark
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words
from misure.telling.language.figures import EURO

__all__ = ["Amounts"]


class Amounts:
    """Tells the amounts of one decision."""

    def __init__(self, speaker: Speaker, decision: Decision, asking: Asking) -> None:
        self.speaker, self.decision, self.asking = speaker, decision, asking

    def money(self, key: str, value: Shown) -> str:
        """An amount, or a range as far as it says something of this applicant; "" where it does not."""
        return self.speaker.figures.value(value, EURO, lambda span: self.speaker.output_ends(key, span))

    # Support

    def support(self) -> list[Line]:
        """One line for each amount, own share last."""
        return [self._amount(amount) for amount in self.decision.support]

    def _amount(self, amount: Amount) -> Line:
        say = self.speaker.say
        key = "own_share" if amount.form == "own_share" else f"support.{amount.id}"
        known = amount.amount is not None and not isinstance(amount.amount, Range)
        reduced = any(step.step == "reduced" for step in amount.steps)
        # What a condition leaves of an amount is between nothing and the whole: both ends say something.
        shown = self.speaker.figures.value(amount.amount, EURO) if reduced else self.money(key, amount.amount)
        shown = shown or say("importo non ancora noto")
        details = [*self._steps(amount), *self._parts(amount)]
        reducing = {condition.id for condition in self.speaker.book.conditions if condition.reduces}
        behind = () if known else compiled(self.decision).missing_behind(key)
        if missing := [one for one in behind if one.name not in reducing]:
            details.append(self.asking.reason(missing, named=True))
        text = f"{shown} – {self.speaker.filled(amount.text) or amount.id}"
        flag = words.flag(self.speaker.language, amount.confidence)
        return Line(text, Mark.PLAIN if known else Mark.OPEN, str(amount.cite), flag, tuple(details))

    def _steps(self, amount: Amount) -> Iterator[str]:
        say, figures = self.speaker.say, self.speaker.figures
        key = f"support.{amount.id}"
        for step in amount.steps:
            if step.step == "ceiling" and step.binds:
                yield self._ceiling(step)
        named = {
            step.step: step.value
            for step in amount.steps
            if step.step not in ("ceiling", "cap", "equivalent", "granted", "reduced")
        }
        base, share = _exact(named.get("base")), _exact(named.get("intensity"))
        whole = _exact(named.get("half_up", named.get("down")))
        if base is not None and share is not None and whole is not None:
            yield say("{share} di {base}: {whole}", share=figures.exact(share, "share"),
                      base=figures.exact(base, EURO), whole=figures.exact(whole, EURO))  # fmt: skip
        support = self.speaker.book.support
        line = next((line for line in support.lines if line.id == amount.id), None) if support else None
        steps = [step for step in amount.steps if step.step == "cap"]
        for at, (step, cap) in enumerate(zip(steps, line.caps if line else (), strict=True)):
            limit = self.money(f"{key}.cap{at}", step.value)
            if limit:
                yield self._cap(step, cap, limit, whole)
        for step in amount.steps:
            if step.step == "granted" and (granted := self.money(f"{key}.granted", step.value)):
                yield say("concesso: {granted}", granted=granted)
            if step.step == "reduced":
                yield self._reduced(step, amount)
        equivalent = next((step for step in amount.steps if step.step == "equivalent"), None)
        if equivalent and (worth := self.money(f"{key}.equivalent", equivalent.value)):
            flag = words.flag(self.speaker.language, equivalent.confidence)
            told = _with_place(f"{self.speaker.rule(equivalent.text)}: {worth}", equivalent)
            yield f"{told} [{flag}]" if flag else told

    def _parts(self, amount: Amount) -> Iterator[str]:
        """How an amount is apportioned, and what each record receives, by the name under which people know it."""
        say, language, support = self.speaker.say, self.speaker.language, self.speaker.book.support
        line = next((line for line in support.lines if line.id == amount.id), None) if support else None
        rule = line.apportioned if line else None
        if line is None or rule is None or not amount.parts:
            return
        what = self.speaker.known_as(rule.by.name) if isinstance(rule.by, Name) else ""
        plain = (
            say("diviso nelle quote: {what}", what=what)
            if rule.shares
            else say("diviso in proporzione a: {what}", what=what)
        )
        told = self.speaker.filled(rule.text) or plain
        told = told if rule.cite == line.cite else f"{told} ({rule.cite})"
        own = compiled(self.decision).confidences.of_parts(line)
        flag = words.flag(language, own)
        yield f"{told} [{flag}]" if flag else told
        if isinstance(rule.rest, Name):
            yield say("quanto resta va a: {who}", who=self.speaker.known_as(rule.rest.name))
        keys = [part.record for part in amount.parts]
        names = self.asking.records.named(rule.table, keys)
        alike = self.asking.records.namesakes(rule.table, keys)
        for part, name in zip(amount.parts, names, strict=True):
            shown = self.speaker.figures.value(part.amount, EURO) or say("importo non ancora noto")
            who = f"{name} ({part.record})" if name in alike else name
            yield say("{who}: {shown}", who=who, shown=shown)
        given = amount.parts[0].confidence
        if given not in (own, amount.confidence) and all(isinstance(part.amount, Decimal) for part in amount.parts):
            rest = say("i centesimi che non si dividono vanno, uno ciascuno, a chi ne perderebbe la parte maggiore")
            yield f"{rest} [{words.flag(language, given)}]"

    def _ceiling(self, step: Step) -> str:
        """What of the base counts, and which legal value says so, with its place: it may stand in another rule."""
        say, label = self.speaker.say, self.speaker.label(step.parameter)
        limit = self.speaker.figures.value(step.value, EURO)
        said = say("conta al massimo {limit} ({label}, {cite})", limit=limit, label=label, cite=str(step.cite))
        flag = words.flag(self.speaker.language, step.confidence)
        return f"{said} [{flag}]" if flag else said

    def _cap(self, step: Step, cap: Cap, limit: str, whole: Exact | None) -> str:
        """A limit and, where it certainly holds the amount, by how much."""
        say = self.speaker.say
        label = self.speaker.known_as(cap.most.name) if isinstance(cap.most, Name) else self.speaker.filled(cap.text)
        said = (
            say("limite: {label}, {limit}", label=label, limit=limit) if label else say("limite: {limit}", limit=limit)
        )
        said, flag = _with_place(said, step), words.flag(self.speaker.language, step.confidence)
        said = f"{said} [{flag}]" if flag else said
        held = _exact(step.value)
        if not step.binds:
            return said
        if not isinstance(held, Decimal) or not isinstance(whole, Decimal):
            return say("{cap} – riduce l'importo", cap=said)
        excess = self.speaker.figures.exact(whole - held, EURO)
        return say("{cap} – riduce l'importo di {excess}", cap=said, excess=excess)

    def _reduced(self, step: Step, amount: Amount) -> str:
        """A condition that takes something away, or may, and what it leaves of the base, where a rule says that."""
        say, what = self.speaker.say, self.speaker.filled(step.text)
        conditions = self.speaker.book.conditions
        rules = [c for c in conditions if c.text == step.text and amount.id in c.reduces]
        said_so = any(c.leaves is not None for c in rules)
        base = next((one.value for one in amount.steps if one.step == "base"), None)
        if step.binds and said_so:
            left = self.speaker.figures.value(base, EURO)
            said = say("non è così: «{what}»; della spesa che conta resta: {left}", what=what, left=left)
        elif step.binds and any(c.keeps for c in rules) and amount.amount is not None:
            left = self.speaker.figures.value(amount.amount, EURO)
            said = say("non è così: «{what}»; dell'importo resta: {left}", what=what, left=left)
        elif step.binds:
            said = say("non è così: «{what}»; riduce l'importo, e di quanto non si può dire", what=what)
        else:
            said = say("se non è così, riduce l'importo: «{what}»", what=what)
        flag = words.flag(self.speaker.language, step.confidence)
        return f"{said} [{flag}]" if flag else said

    # Spending

    def spending(self) -> list[Line]:
        """The cost categories of each plan of which something is known, then its total."""
        return [line for plan in dict.fromkeys(line.plan for line in self.decision.spending)
                for line in self._plan([line for line in self.decision.spending if line.plan == plan])]  # fmt: skip

    def _plan(self, lines: list[SpendingLine]) -> Iterator[Line]:
        *categories, total = lines
        whole = self.money(f"spending.{total.plan}.total", total.admitted)
        if not whole:
            return
        cut = tuple(filter(None, map(self._cut, categories)))
        known = ((line, self.money(f"spending.{line.plan}.{line.id}.admitted", line.admitted)) for line in categories)
        folded = tuple(Line(f"{admitted} – {self._category(line)}") for line, admitted in known if admitted)
        yield Line(f"{whole} – {self._plan_name(total.plan)}", details=cut, folded=folded)

    def _plan_name(self, name: str) -> str:
        spending = self.speaker.book.spending
        declared = next((plan.declared for plan in spending.plans if plan.id == name), "") if spending else ""
        return self.speaker.label(declared) if declared else words.plan(self.speaker.language, name)

    def _category(self, line: SpendingLine) -> str:
        return self.speaker.filled(line.text) or line.id

    def _cut(self, line: SpendingLine) -> str:
        """Why less of a line is admitted than was requested; "" where that is not so for certain."""
        say, what, key = self.speaker.say, self._category(line), f"spending.{line.plan}.{line.id}"
        requested = self.money(f"{key}.requested", line.requested)
        x = compiled(self.decision)
        counts = x.truth(f"{key}.counts") if x.has(f"{key}.counts") else Truth.YES
        if counts is Truth.NO:
            return say("{what}: non conta (chiesti {requested})", what=what, requested=requested) if (
                requested and line.requested
            ) else say("{what}: non conta", what=what)  # fmt: skip
        if counts is Truth.UNKNOWN:
            return say("{what}: non si può dire se conta", what=what)
        if not _is_cut(line):
            return ""
        admitted = self.money(f"{key}.admitted", line.admitted)
        return say("{what}: di {requested} contano {admitted}", what=what, requested=requested, admitted=admitted)

    # Score

    def score(self) -> list[Line]:
        """The total and the points of each criterion, as far as they are known; nothing where nothing is."""
        score, rule = self.decision.score, self.speaker.book.score
        if score is None or rule is None:
            return []
        unit = self.speaker.book.parameters[rule.greatest].type.unit
        lines = []
        criteria = []
        for criterion, (_, value) in zip(rule.criteria, score.criteria, strict=True):
            points = self._points(f"score.criterion.{criterion.id}", value, unit)
            criteria += [Line(f"{self.speaker.sentence(criterion)}: {points}")] if points else []
        total = self._points("score.total", score.total, unit)
        if total:
            lines.append(Line(self.speaker.say("Totale: {points}", points=total), folded=tuple(criteria)))
        for bonus, (_, truth) in zip(rule.bonuses, score.bonuses, strict=True):
            if truth is not Truth.NO:
                lines.append(Line(self.speaker.sentence(bonus), MARKS[truth], str(bonus.cite)))
        if rule.bonuses and (final := self._points("score.final", score.final, unit)):
            together = self.speaker.told(rule.bonus_most) if rule.bonus_most else ""
            limit = self.speaker.say("insieme le premialità contano al massimo {most}", most=together)
            said = self.speaker.say("Con le premialità: {points}", points=final)
            lines.append(Line(said, details=(limit,) if together else ()))
        return lines

    def _points(self, key: str, value: Shown, unit: str) -> str:
        return self.speaker.figures.value(value, unit, lambda span: self.speaker.output_ends(key, span))


def _exact(value: Shown) -> Exact | None:
    return None if isinstance(value, Range) else value


def _is_cut(line: SpendingLine) -> bool:
    """Whether a cap certainly cuts the line; a flat rate shrinks with its base, and is cut by nothing of its own."""
    exact = not isinstance(line.requested, Range) and not isinstance(line.admitted, Range)
    return line.cap is not None and exact and line.requested != line.admitted


def _with_place(told: str, step: Step) -> str:
    """With where the act says it, if that is elsewhere."""
    return f"{told} ({step.cite})" if step.cite is not None else told
