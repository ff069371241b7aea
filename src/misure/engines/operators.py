# SPDX-License-Identifier: Apache-2.0
"""The operators of a split program: a closed table. Who writes an engine implements these, and no others.

Operands are null-free; whole numbers hold 64 bits with static bounds on every node, truths are two-valued, texts are only
compared. Every operator is total on what `split` hands it: a divisor is never 0, a gathered table may be empty.

Engines of columns have fewer: `engines.columns` puts the calendar, look-ups and wide products together from the others, and
adds `among` for the days of a table. How values enter their columns is another closed set, in `engines.columns.entry`.

`misure.testing.run_conformance` asks an engine whether it does all this; `docs/how-to/add-an-engine.md` says how.
"""

from __future__ import annotations

from dataclasses import dataclass

from misure.program.civil import FUNCTIONS

__all__ = ["COLUMNS", "OPERATORS", "Operator"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What an operator takes (sorts of its operands, `*` for any number of the last) and gives, and what it means."""

    takes: tuple[str, ...]
    gives: str
    meaning: str


def _table(**rows: tuple[str, str, str]) -> dict[str, Operator]:
    return {
        name.rstrip("_"): Operator(tuple(takes.split()), gives, said) for name, (takes, gives, said) in rows.items()
    }


_EVERYWHERE = _table(
    int=("", "int", "a whole number, in `lo`"),
    truth=("", "truth", "a truth, in `data`"),
    column=("", "any", "what is told: part, table and name, in `data`"),
    add=("int *", "int", "the sum"),
    sub=("int int", "int", "the difference"),
    mul=("int int", "int", "the product; it holds 64 bits"),
    floordiv=("int int", "int", "the quotient rounded towards minus infinity; the divisor is positive"),
    min=("int *", "int", "the least"),
    max=("int *", "int", "the greatest"),
    if_=("truth any any", "any", "the second where the first holds, else the third"),
    le=("int int", "truth", "at most"),
    eq=("int int", "truth", "equal"),
    not_=("truth", "truth", "the contrary"),
    and_=("truth *", "truth", "all"),
    or_=("truth *", "truth", "any"),
    one_of=("text", "truth", "whether a text is one of those in `data`"),
    within=("text", "truth", "whether a code begins with one of the prefixes in `data`"),
    same=("text text", "truth", "whether two texts are equal"),
    gather_sum=("int", "int", "the sum over the records of a table, 0 of none; truths are counted as `if` of 1 and 0"),
    gather_min=("int", "int", "the least over the records of a table; of none what `data` says"),
    gather_max=("int", "int", "the greatest over the records of a table; of none what `data` says"),
)

_FOLDED_IN_COLUMNS = _table(
    pick=("int", "int", "the value of the step, in `data`, in which a number falls"),
    wide=("int int", "int", "a product over a power of ten, half up, where the product itself may pass 63 bits"),
    portion=(
        "int int int",
        "int",
        "an amount times a part of a whole, over the whole and the divisor in `data`, the part no more than the whole",
    ),
) | {name: Operator(("int", "*"), "int", "a function of the calendar, of days as ordinals") for name in FUNCTIONS}

OPERATORS: dict[str, Operator] = _EVERYWHERE | _FOLDED_IN_COLUMNS
"""What `split` may leave in a program."""

COLUMNS: dict[str, Operator] = _EVERYWHERE | _table(
    among=("int", "truth", "whether a number is one of those in `data`")
)
"""What is left of it for an engine of columns."""
