# SPDX-License-Identifier: Apache-2.0
"""From the form of a measure to its rulebook: every name resolved, every expression typed, every check made.

Faults are gathered and told together. What rests on something faulty is not blamed a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from dataclasses import dataclass
from types import MappingProxyType

from misure.facts.vocabulary import Vocabulary
from misure.ground.dated import dated_table
from misure.ground.place import Fault, Place, nearest
from misure.ground.record import replaced
from misure.reading.expressions.scope import DAY, Named
from misure.reading.forms.measure import MeasureForm
from misure.reading.measures.citations import ANCHORS, Register
from misure.reading.measures.closing import read_closing, with_closing
from misure.reading.measures.conditions import read_conditions, read_duties, with_exemptions
from misure.reading.measures.definitions import read_named
from misure.reading.measures.draft import Draft
from misure.reading.measures.lending import Lent
from misure.reading.measures.parameters import read_parameters
from misure.reading.measures.scoring import read_score
from misure.reading.measures.selection import read_selection
from misure.reading.measures.spending import announce_spending, read_spending
from misure.reading.measures.support import check_reduced, read_support, refusing_caps
from misure.reading.measures.tensions import read_tensions
from misure.reading.measures.tranches import check_blocked, read_tranches
from misure.reading.measures.usage import check_codes, check_texts, check_unused, used_by
from misure.reading.measures.vocabulary import Glossary
from misure.reading.text.left_out import LeftOut
from misure.reading.text.tree import Mapping, key_of
from misure.rulebook.functions import tables_read
from misure.rulebook.rules import Condition, Rulebook
from misure.rulebook.sense.nonsense import nonsense
from misure.rulebook.shared_law import by_file

__all__ = ["Ground", "Linked", "link"]

_LATE = "an amount of support is known from the award on"


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands beneath a measure: the vocabulary of its package, the sections of the classifications, the files."""

    vocabulary: Vocabulary
    broken: LeftOut
    """What the vocabulary declares and is faulty, and what of the files had to be left out."""
    sections: Map[str, Map[str, tuple[str, ...]]]
    rules_hash: str
    root: str
    requirements: Map[str, str]
    """What calls of the measure's family usually ask, by id, in words."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A rulebook, which is whole only if there was no fault; what of it is sound; the names of all rules, values and facts, of faulty ones too."""

    book: Rulebook
    sound: Rulebook | None
    names: LeftOut


def link(lent: Lent, tree: Mapping, ground: Ground, faults: list[Fault], written: Mapping | None = None) -> Linked:
    """The rulebook of a measure and of what it rests on. It is whole only if no fault was added.

    `tree` is what can be used of the file, `written` all of it.
    """
    form, order = with_closing(lent.form), by_file(lent.laws)
    glossary = Glossary(faults, ground.sections, ground.vocabulary, ground.broken)
    glossary.declare(form)
    glossary.check_references()
    register = Register(form, faults)
    draft = Draft(glossary.vocabulary, register, faults)
    draft.scope.broken.add(glossary.broken)
    draft.know("on", "on", DAY, Place("<on>"))
    anchor = ANCHORS[form.law_of]
    tables = read_parameters(form.parameters, draft, form.law_of)
    borrowed = frozenset[str]().union(*(law.names for law in lent.laws))
    informing = draft.set_aside(borrowed)
    if form.support:
        draft.scope.late.update(dict.fromkeys(map(str, form.support.lines), _LATE))
    if form.spending:
        announce_spending(form.spending, draft)
    named = read_named(form.provisions, draft)
    conditions: list[Condition] = list(named.conditions)
    score = spending = support = selection = tranches = None
    if form.score:
        score, threshold = read_score(key_of(tree, "score"), form.score, draft)
        conditions += [threshold] if threshold else []
    if form.spending:
        spending, refusals = read_spending(key_of(tree, "spending"), form.spending, draft)
        conditions += refusals
    amounts: Map[str, Named] = {}
    if form.support:
        support, amounts = read_support(form.support, draft, named.definitions)
        conditions += refusing_caps(support)
    conditions += read_conditions(form.provisions, draft, amounts)
    duties = read_duties(form.provisions, draft)
    conditions = with_exemptions(conditions, form.provisions, draft)
    if lent.tranches:
        tranches = read_tranches(lent.tranches, draft, amounts)
    if form.selection:
        selection = read_selection(
            key_of(tree, "selection"), form.selection, draft, support=support, scored=form.score is not None
        )
    tensions = read_tensions(form.tensions, draft, {condition.id: condition for condition in conditions}, amounts)
    if lent.scheduled:
        check_blocked(draft, lent.tranches)
    check_reduced(draft, form.support)
    closing = read_closing(form.closing, form.succeeds, draft, form.measure)
    _check_restated(form, draft)
    definitions = named.definitions
    used = used_by(draft.trees)
    check_texts(draft, definitions)
    tables.check_used(used.parameters, borrowed)
    check_unused(draft, used, written or tree, borrowed)
    check_codes(draft, used, ground.sections)
    for name in {anchor, *(parameter.anchor for parameter in draft.parameters.values())} - {"on"}:
        if name not in glossary.facts and name not in draft.scope.broken:
            where = key_of(tree, "law_of") if "law_of" in tree else form.measure
            faults.append(Fault(where.place, "law_of", f"the vocabulary has no event {name!r}"))
        draft.asked.add(name)
    asked = used.facts | draft.asked
    regimes = {term.regime for term in named.terms} | {duty.regime for duty in duties}
    regimes |= {str(value.known) for parameter in draft.parameters.values() for value in parameter.values}
    book = Rulebook(
        id=str(form.measure),
        title=str(form.title),
        short_title=_short_title(form, faults),
        subject=str(form.subject),
        law_of=anchor,
        format=int(form.format),
        vocabulary=glossary.vocabulary,
        acts=register.acts,
        sources=register.sources,
        editions=register.editions,
        parameters=MappingProxyType(draft.parameters | informing),
        definitions=MappingProxyType(definitions),
        conditions=tuple(sorted(conditions, key=lambda condition: order(condition.place))),
        terms=tuple(sorted(named.terms, key=lambda term: order(term.place))),
        duties=tuple(sorted(duties, key=lambda duty: order(duty.place))),
        score=score,
        spending=spending,
        support=support,
        selection=selection,
        tranches=tranches,
        tensions=tuple(tensions),
        not_modelled=MappingProxyType({str(id_): str(why) for id_, why in form.not_modelled.items()}),
        facts=MappingProxyType({name: fact for name, fact in glossary.facts.items() if name in asked}),
        tables=MappingProxyType(
            {name: table for name, table in glossary.tables.items() if name in used.tables | asked}
        ),
        sections=ground.sections,
        rules_hash=_with_law(ground.rules_hash, used.functions, regimes),
        root=ground.root,
        laws=lent.laws,
        unasked=_unasked(form, ground.requirements, draft),
        closing=closing,
    )
    sound = _without(book, draft.scope.broken, lent)
    faults += nonsense(sound) if sound is not None else []
    names = draft.known
    names.unsure |= not lent.scheduled
    return Linked(book, sound, names)


def _without(book: Rulebook, broken: LeftOut, lent: Lent) -> Rulebook | None:
    """The rulebook without what is faulty already: no sense is looked for in it. None where nobody knows what that is."""
    if broken.unsure or not book.editions or "editions" in broken.names:
        return None
    form, gone = lent.form, broken.sections
    parameters = {name: one for name, one in book.parameters.items() if name not in broken}

    def whole(part: str, read: int, written: int) -> bool:
        return part not in gone and read == written

    score, support, tranches = book.score, book.support, book.tranches
    if score and not (form.score and whole("score", len(score.criteria), len(form.score.criteria))):
        score = None
    if support and not (form.support and whole("support", len(support.lines), len(form.support.lines))):
        support = None
    if tranches and not (lent.tranches and whole("tranches", len(tranches.lines), len(lent.tranches.lines))):
        tranches = None
    selection = book.selection if "selection" not in gone else None
    return replaced(book, parameters=parameters, score=score, support=support, tranches=tranches, selection=selection)


def _unasked(form: MeasureForm, usual: Map[str, str], draft: Draft) -> Map[str, str]:
    """What is usually asked and no rule here asks."""
    draft.distinct(form.unasked, "unasked")
    for name in form.unasked:
        if name not in usual:
            draft.fault(name, "unasked", f"no usual requirement is called {str(name)!r}", nearest(name, sorted(usual)))
    return MappingProxyType({str(name): usual[name] for name in form.unasked if name in usual})


def _with_law(rules_hash: str, functions: set[str], regimes: set[str]) -> str:
    """The hash of the files, and of the dated tables that decide with them: a changed ceiling makes other rules."""
    tables = tables_read(functions, regimes)
    if not tables:
        return rules_hash
    versions = "\0".join([rules_hash, *(dated_table(table).version for table in tables)])
    return hashlib.sha256(versions.encode()).hexdigest()[:16]


def _check_restated(form: MeasureForm, draft: Draft) -> None:
    known = [*draft.claimed]
    for edition in form.editions.values():
        draft.distinct(edition.restates, "editions")
        for name in edition.restates:
            if not draft.knows(name):
                draft.fault(
                    name, "editions", f"nothing is called {str(name)!r}, so it cannot be restated", nearest(name, known)
                )


_LONGEST_TITLE = 50
"""How many characters a short title has at most: two lines of a narrow screen."""


def _short_title(form: MeasureForm, faults: list[Fault]) -> str:
    """What people call the call in a few words; "" where the file does not say it."""
    short = form.short_title
    if short is None:
        return ""
    if len(short) > _LONGEST_TITLE:
        message = (
            f"it has {len(short)} characters: a short title has at most {_LONGEST_TITLE}, for lists and narrow screens"
        )
        faults.append(Fault(short.place, "short_title", message))
    elif len(short) >= len(form.title):
        message = "it is no shorter than the title: leave it out, and the title stands in its place"
        faults.append(Fault(short.place, "short_title", message))
    return str(short)
