# SPDX-License-Identifier: Apache-2.0
"""Which operators random programs need: an engine that knows fewer is asked for programs without the others."""

from __future__ import annotations

from misure.program.civil import ENDS_OF, ROLLS

__all__ = ["LEAST", "NAME", "NEEDS"]

NAME = "random programs"
"""The name of their check."""
LEAST = frozenset({"int", "truth", "column", "add", "sub", "min", "max", "if", "le", "eq", "not", "and", "or"})
"""The operators without which there are no random programs."""
_GATHERED = ("gather_sum",)
NEEDS: dict[str, tuple[str, ...]] = {
    "mul": ("mul",), "divide": ("floordiv",), "steps": ("pick",), "wide": ("wide", "mul", "floordiv"),
    "portion": ("portion",),
    "count": _GATHERED, "sum": (*_GATHERED, "mul"), "any": _GATHERED, "all": _GATHERED,
    "only": (*_GATHERED, "gather_min", "gather_max"), "min_of": (*_GATHERED, "gather_min"),
    "max_of": (*_GATHERED, "gather_max"), "year": ("year",), "months": ("add_months",),
    "working": ("add_working", *ENDS_OF["add_working"]),
    "roll": tuple(name for way in ROLLS for name in (way, *ENDS_OF[way])),
    "choice": ("one_of",), "code": ("within",), "text": ("same", "one_of"),
}  # fmt: skip
"""What a way of drawing needs beside the least, by its name."""
