# SPDX-License-Identifier: Apache-2.0
"""Support, line by line: form, base, intensity, caps; and what is left to the applicant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from misure.ground.place import nearest
from misure.ground.record import replaced
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH, Named, Scope
from misure.reading.forms.shapes import ApportionedForm, CapForm, EquivalentForm, SupportForm, SupportLineForm
from misure.reading.measures.draft import Draft, RuleFields
from misure.reading.measures.vocabulary import is_name
from misure.reading.text.written import Written
from misure.rulebook.apportioning import Apportionment
from misure.rulebook.expression import Aggregate, Compare, Expr, Name
from misure.rulebook.rules import Cap, Condition, Definition, Effect, Equivalent, OwnShare, Stage, Support, SupportLine

__all__ = ["read_support", "refusing_caps"]


def read_support(
    form: SupportForm, draft: Draft, definitions: Mapping[str, Definition]
) -> tuple[Support, Mapping[str, Named]]:
    """The support, and its lines as names for what comes after them."""
    named: dict[str, Named] = {}
    lines: list[SupportLine] = []
    for name, one in form.lines.items():
        fresh = draft.claim(name)
        line = _line(name, one, form, draft, draft.scope.with_names(named))
        if line is not None and one.apportioned is not None:
            line = replaced(line, apportioned=_apportioned(name, one.apportioned, line, form, draft, definitions))
        if line is not None and fresh:
            lines.append(line)
            named[line.id] = Named(line.id, "line", line.of.type, line.place)
            if one.equivalent is not None:
                found = _equivalent(name, one.equivalent, line, form, draft, draft.scope.with_names(named))
                lines[-1] = replaced(line, equivalent=found)
                named[f"{line.id}_equivalent"] = Named(f"{line.id}.equivalent", "line", line.of.type, line.place)
            if line.granted_once:
                named[f"{line.id}_granted"] = Named(f"{line.id}.granted", "line", line.of.type, line.place)
        else:
            draft.scope.broken.names.add(str(name))
    own = None
    if form.own_share is not None:
        id_ = form.own_share.of
        scope = draft.scope.with_names(named)
        of = draft.expression(form.own_share.of, "own_share", "number", scope)
        provisions = lines[-1].provisions if lines else ()
        fields = draft.rule(id_, form.own_share, form.cite, provisions)
        fields["id"] = "own_share"
        own = OwnShare(**fields, of=of) if of is not None else None
    return Support(tuple(lines), own), named


def check_reduced(draft: Draft, form: SupportForm | None) -> None:
    """Every line that a condition reduces exists; where there is support, a condition that reduces says which line."""
    known = list(map(str, form.lines)) if form else []
    for subject, names in draft.reduced:
        if not names and known:
            draft.fault(subject, subject, "'effect: reduces' says which lines of support under 'reduces'")
        for name in names:
            if name not in known and name not in draft.scope.broken:
                draft.fault(name, subject, f"no line of support is called {str(name)!r}", nearest(name, known))


def _line(name: Written, form: SupportLineForm, support: SupportForm, draft: Draft, scope: Scope) -> SupportLine | None:
    fields = draft.rule(name, form, support.cite)
    of = draft.expression(form.of, name, "number", scope)
    if of is not None and of.type.unit in ("", "share", "count"):
        draft.fault(form.of, name, f"support is an amount, and this is {in_words(of.type)}")
        of = None
    intensity, share = _intensity(name, form, draft, scope)
    written = form.at_most if isinstance(form.at_most, tuple) else (form.at_most,)
    caps = [_cap(name, one, fields, support, draft, scope, of) for one in written]
    granted = _granted(name, form.granted, draft, scope, of) if form.granted is not None else None
    granted_least = _beside_granted(name, form.granted_least, form, "least", draft, scope, of)
    granted_of = _beside_granted(name, form.granted_of, form, "of", draft, scope, of)
    once = draft.fact(form.granted_once, name, ("event",)) if form.granted_once is not None else None
    if form.granted_least is not None and form.granted_once is None:
        draft.fault(
            form.granted_least,
            name,
            "'granted_least' belongs beside 'granted_once': before that the line is what works out",
        )
    if form.granted_once is not None and form.granted is None:
        draft.fault(form.granted_once, name, "'granted_once' belongs beside 'granted': from then on the line is that")
    if of is None or (form.intensity is not None and not intensity and share is None):
        return None
    return SupportLine(
        **fields, form=form.form, of=of, intensity=intensity, share=share, granted=granted, granted_of=granted_of,
        granted_least=granted_least, granted_once=once.name if once and granted is not None else "", caps=tuple(cap for cap in caps if cap), rounding=form.rounding,
    )  # fmt: skip


def _granted(name: Written, text: Written, draft: Draft, scope: Scope, of: Expr | None) -> Expr | None:
    """The fact that tells what the award grants of a line."""
    found = draft.expression(text, name, "number", scope)
    if found is None:
        return None
    if not (isinstance(found, Name) and found.role == "fact"):
        draft.fault(text, name, "what the award grants of a line is told by a fact")
        return None
    return _like(of, found, "granted", text, name, draft)


_BESIDE = {
    "of": ("'granted_of' belongs beside 'granted': it says of what that is the share", "admitted"),
    "least": ("'granted_least' belongs beside 'granted': it says how much that is at least", "granted at least"),
}


def _beside_granted(
    name: Written, text: Written | None, form: SupportLineForm, key: str, draft: Draft, scope: Scope, of: Expr | None
) -> Expr | None:
    """An amount that says something of what the award grants: the amount that it admits, or the least that it grants."""
    found = None if text is None else draft.expression(text, name, "number", scope)
    if text is None or found is None:
        return None
    belongs, what = _BESIDE[key]
    if form.granted is None:
        draft.fault(text, name, belongs)
        return None
    return _like(of, found, what, text, name, draft)


def _like(of: Expr | None, found: Expr, what: str, text: Written, name: Written, draft: Draft) -> Expr | None:
    """An amount, if it is in the unit of that of which the line is a share."""
    if of is not None and found.type.unit != of.type.unit:
        draft.fault(text, name, f"what is {what} is {in_words(found.type)}, and the amount {in_words(of.type)}")
        return None
    return found


def _intensity(name: Written, form: SupportLineForm, draft: Draft, scope: Scope) -> tuple[str, Expr | None]:
    """A parameter by its name, or a share that is worked out."""
    given = form.intensity
    if given is None:
        return "", None
    known = {*scope.names, *draft.parameters, *draft.informing, *scope.late}
    if is_name(given) and given not in known and given not in scope.broken:
        message = f"no parameter and no definition is called {str(given)!r}"
        draft.fault(given, name, message, nearest(given, [*draft.parameters, *scope.names, *scope.broken.names]))
        return "", None
    if " " not in given and "[" not in given and (given not in scope.names or given in draft.parameters):
        found = draft.parameter(given, name, "number", "share")
        return (found.name if found else ""), None
    share = draft.expression(given, name, "number", scope)
    if share is not None and share.type.unit != "share":
        draft.fault(given, name, f"an intensity is a share, and this is {in_words(share.type)}")
        return "", None
    return "", share


def _equivalent(
    name: Written, form: EquivalentForm, line: SupportLine, support: SupportForm, draft: Draft, scope: Scope
) -> Equivalent | None:
    """The gross grant equivalent of a line, which may read the line's own amount."""
    fields = draft.rule(name, form, form.cite or support.cite, line.provisions)
    fields["place"] = form.is_.place
    tree = draft.expression(form.is_, name, "number", scope)
    if tree is not None and tree.type.unit != line.of.type.unit:
        draft.fault(form.is_, name, f"an equivalent is an amount, and this is {in_words(tree.type)}")
        return None
    return Equivalent(**fields, amount=tree) if tree is not None else None


def _apportioned(
    name: Written, form: ApportionedForm, line: SupportLine, support: SupportForm, draft: Draft,
    definitions: Mapping[str, Definition],
) -> Apportionment | None:  # fmt: skip
    """What each record of a table receives of a line."""
    sums = {id_: found for id_, one in definitions.items() if (found := _of_records(one, "sum")) is not None}
    counts = {id_: found for id_, one in definitions.items() if (found := _of_records(one, "count")) is not None}
    fields = draft.rule(name, form, form.cite or support.cite, line.provisions)
    divided = form.by or form.shares
    if divided is None or (form.by is not None and form.shares is not None):
        told = "an amount is apportioned 'by' what each record adds to a sum, or in the 'shares' that each adds: name one of them"
        draft.fault(divided or name, name, told)
        return None
    fields["place"] = divided.place
    by = _sum(name, divided, sums, draft)
    most = None if form.at_most is None else _sum(name, form.at_most, sums, draft)
    rest = None if form.rest is None else _sum(name, form.rest, counts, draft, "count")
    if by is None or (form.at_most is not None and most is None) or (form.rest is not None and rest is None):
        return None
    if form.shares is not None and by.type.unit != "share":
        draft.fault(
            form.shares, name, f"the shares of an amount are numbers of the unit share, and this is {in_words(by.type)}"
        )
        return None
    if form.shares is not None and form.at_most is not None:
        draft.fault(
            form.at_most,
            name,
            "'at_most' goes with 'by': what is above the limit of one goes to the others, in proportion",
        )
        return None
    if rest is not None and form.rest is not None and counts[rest.name].table != sums[by.name].table:
        table, other = counts[rest.name].table, sums[by.name].table
        draft.fault(
            form.rest, name, f"it counts records of {table!r}, and the amount is apportioned among those of {other!r}"
        )
        return None
    if most is not None and form.at_most is not None:
        table, other = sums[by.name].table, sums[most.name].table
        if table != other:
            draft.fault(form.at_most, name, f"it sums up records of {other!r}, and 'by' those of {table!r}")
            return None
        if most.type.unit != line.of.type.unit:
            draft.fault(
                form.at_most, name, f"the limit is {in_words(most.type)}, and the amount {in_words(line.of.type)}"
            )
            return None
        held = [line.of, *(cap.most for cap in line.caps if not cap.refuses)]
        if not any(isinstance(one, Name) and one.name == most.name for one in held):
            told = f"nothing holds the line within {most.name!r}, so its parts may not add up to it: name that under the line's 'at_most'"
            draft.fault(form.at_most, name, told)
            return None
    return Apportionment(
        **fields, table=sums[by.name].table, by=by, most=most, shares=form.shares is not None, rest=rest
    )


def _of_records(definition: Definition, op: str) -> Aggregate | None:
    """The sum, or the count, over the records of a table that a definition is, without any cases."""
    value = definition.cases[0].value if len(definition.cases) == 1 else None
    return value if isinstance(value, Aggregate) and value.op == op and definition.cases[0].when is None else None


_AGGREGATES = {
    "sum": "an amount is apportioned by a definition that is one sum(...) over the records of a table",
    "count": "who receives the rest is told by a definition that is one count(...) over the records of a table",
}


def _sum(
    name: Written, text: Written, sums: Mapping[str, Aggregate], draft: Draft, what: Literal["sum", "count"] = "sum"
) -> Name | None:
    """The definition that a text names, which sums up, or counts, the records of a table."""
    if text in draft.scope.broken:
        return None
    if text not in sums:
        missing = f"is no {what}" if text in draft.scope.names else "is not defined"
        told = f"{str(text)[:60]!r} {missing}: {_AGGREGATES[what]}"
        draft.fault(text, name, told, nearest(text, sums))
        return None
    known = draft.scope.names[str(text)]
    found = Name(known.name, known.role, known.type, text.place)
    draft.trees.append(found)
    return found


def _cap(
    name: Written, form: Written | CapForm, line: RuleFields, support: SupportForm, draft: Draft, scope: Scope,
    of: Expr | None,
) -> Cap | None:  # fmt: skip
    if isinstance(form, CapForm):
        fields = draft.rule(name, form, form.cite or support.cite, line["provisions"])
        fields["place"] = form.is_.place
        if form.read_in is None and form.inferred is None and form.cite is None:
            fields["confidence"] = line["confidence"]
        text, refuses = form.is_, form.over == "refuse"
    else:
        fields, text, refuses = RuleFields(**{**line, "place": form.place, "text": "", "note": ""}), form, False
    most = draft.expression(text, name, "number", scope)
    if most is None:
        return None
    if of is not None and most.type.unit not in ("", of.type.unit):
        draft.fault(text, name, f"the cap is {in_words(most.type)}, and the amount {in_words(of.type)}")
        return None
    return Cap(**fields, most=most, refuses=refuses)


def refusing_caps(support: Support) -> Iterator[Condition]:
    """The caps that refuse instead of cutting, as conditions of the award on the amount before it meets any cap."""
    for line in support.lines:
        for number, cap in enumerate((cap for cap in line.caps if cap.refuses), 1):
            amount = Name(f"{line.id}.uncapped", "line", line.of.type, cap.place)
            yield Condition(
                id=f"{line.id}_within_cap" + (f"_{number}" if number > 1 else ""), place=cap.place, cite=cap.cite,
                provisions=cap.provisions, text=cap.text or line.text, confidence=cap.confidence,
                inferred=cap.inferred, note=cap.note, stage=Stage.AWARD, effect=Effect.REFUSES,
                holds=Compare("<=", amount, cap.most, TRUTH, cap.place), origin="cap",
            )  # fmt: skip
