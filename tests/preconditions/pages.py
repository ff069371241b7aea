# SPDX-License-Identifier: Apache-2.0
"""An answer on a precondition, whole, as a test compares it."""

from misure import Range


def shown(value):
    return f"{value.least} to {value.greatest}" if isinstance(value, Range) else str(value)


def page(answer):
    """All that an answer says, in words."""
    return (
        f"{answer.truth} {answer.reason}",
        answer.text,
        "; ".join(f"{figure.name} {shown(figure.value)}" for figure in answer.figures),
        " | ".join(f"{cited.act.id} {cited.at}".strip() for cited in answer.citations),
        f"{answer.confidence} {answer.not_knowing or ''}".strip(),
        [warned.kind for warned in answer.warnings],
    )
