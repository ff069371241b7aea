# SPDX-License-Identifier: Apache-2.0
"""Terms: windows in which something is done, deadlines by which it is done; each makes a condition as well."""

from __future__ import annotations

from misure.ground.place import nearest
from misure.reading.expressions.literals import REGIMES
from misure.reading.expressions.scope import DAY, TRUTH
from misure.reading.forms.rules import CiteForm, TermForm
from misure.reading.measures.draft import Draft
from misure.reading.measures.windows import read_hours
from misure.reading.text.written import Written
from misure.rulebook.expression import AllOf, Compare, Expr, Name
from misure.rulebook.rules import Condition, Effect, Stage, Term

__all__ = ["check_blocks", "default_effect", "read_reduces", "read_regime", "read_term"]

_PEREMPTORY = {"yes": True, "no": False, "unknown": None}
_REFUSING = (Stage.ADMISSION, Stage.ASSESSMENT, Stage.AWARD)
_SILENT = (Stage.REPORTING, Stage.UPKEEP)


def default_effect(stage: Stage) -> Effect:
    """What follows from a breach, where the rule file does not say.

    >>> default_effect(Stage.AWARD), default_effect(Stage.UPKEEP), default_effect(Stage.PAYMENT)
    (<Effect.REFUSES: 'refuses'>, <Effect.UNSTATED: 'unstated'>, <Effect.NONE: 'none'>)
    """
    if stage in _REFUSING:
        return Effect.REFUSES
    return Effect.UNSTATED if stage in _SILENT else Effect.NONE


def read_regime(name: Written | None, default: str, subject: str, draft: Draft) -> str:
    """A counting regime, or the parameter that holds one."""
    if name is None:
        return default
    if name in REGIMES:
        return str(name)
    regimes = [known for known, parameter in draft.parameters.items() if parameter.type.kind == "regime"]
    if name in regimes:
        draft.used.add(str(name))
    elif name not in draft.scope.broken:
        suggestion = nearest(name, [*REGIMES, *regimes])
        draft.fault(name, subject, f"no counting regime is called {str(name)!r}", suggestion)
    return str(name)


def read_term(name: Written, cite: CiteForm, form: TermForm, draft: Draft) -> tuple[Term | None, Condition | None]:
    """A window or a deadline, and the condition that it is kept."""
    fields = draft.rule(name, form, cite)
    stage = Stage(form.stage)
    effect = Effect(form.effect) if form.effect else default_effect(stage)
    check_blocks(name, effect, form.blocks, draft)
    reduces = read_reduces(name, effect, form.reduces, draft)
    when = draft.truth(form.when, name)
    rest = {"stage": stage, "effect": effect, "when": when, "blocks": str(form.blocks or ""), "reduces": reduces}
    if (form.window is None) == (form.by is None):
        draft.fault(name, name, "a term has a 'window', or a day 'by' which something is done")
        return None, None
    if form.window is not None:
        opens = draft.expression(form.window.from_, name, "date")
        closes = draft.expression(form.window.until, name, "date")
        regime = read_regime(form.regime, "fixed_instant", name, draft)
        if form.done is not None or form.of is None:
            draft.fault(name, name, "a window says 'of' which day it is, and has no 'done'")
            return None, None
        of = draft.fact(form.of, name, ("event", "date"))
        hours = (
            None if opens is None or closes is None or of is None else read_hours(name, form, opens, closes, of, draft)
        )
        if opens is None or closes is None or of is None or hours is None:
            return None, None
        term = Term(
            **fields, stage=stage, regime=regime, opens=opens, closes=closes, of=of.name,
            peremptory=_PEREMPTORY[form.peremptory], opens_at=hours.opens_at, closes_at=hours.closes_at, hour=hours.fact,
            may_be_extended=str(form.window.may_be_extended or ""),
        )  # fmt: skip
        ends = Compare("<=", opens, of, TRUTH, name.place), Compare("<=", of, closes, TRUTH, name.place)
        holds: Expr = AllOf((*ends, *hours.conditions), TRUTH, name.place)
        return term, Condition(**fields, **rest, holds=holds, origin="window")  # type: ignore[arg-type]
    assert form.by is not None
    by = draft.expression(form.by, name, "date")
    regime = read_regime(form.regime, "it_civil", name, draft)
    if form.of is not None:
        draft.fault(form.of, name, "'of' belongs to a window; a deadline says what must be 'done'")
    done = draft.fact(form.done, name, ("event",)) if form.done is not None else None
    if by is None or (form.done is not None and done is None):
        return None, None
    term = Term(
        **fields, stage=stage, regime=regime, by=by, done=done.name if done else "",
        peremptory=_PEREMPTORY[form.peremptory],
    )  # fmt: skip
    if done is None:
        return term, None
    kept = Compare("<=", done, Name(str(name), "term", DAY, name.place), TRUTH, name.place)
    return term, Condition(**fields, **rest, holds=kept, origin="deadline")  # type: ignore[arg-type]


def read_reduces(name: Written, effect: Effect, lines: tuple[Written, ...], draft: Draft) -> tuple[str, ...]:
    """`effect: reduces` names lines of support, and nothing else does; that they exist is checked at the end."""
    draft.distinct(lines, name)
    if effect is Effect.REDUCES or lines:
        draft.reduced.append((name, lines))
    if effect is not Effect.REDUCES and lines:
        draft.fault(lines[0], name, f"'reduces' belongs to 'effect: reduces', not to 'effect: {effect}'")
    return tuple(map(str, lines))


def check_blocks(name: Written, effect: Effect, blocks: Written | None, draft: Draft) -> None:
    """`effect: blocks` names a tranche, and nothing else does; that the tranche exists is checked at the end."""
    if effect is Effect.BLOCKS and blocks is None:
        draft.fault(name, name, "'effect: blocks' says which tranche under 'blocks'")
    elif blocks is not None and effect is not Effect.BLOCKS:
        draft.fault(blocks, name, f"'blocks' belongs to 'effect: blocks', not to 'effect: {effect}'")
    if blocks is not None:
        draft.blocked.append((str(name), blocks))
