# SPDX-License-Identifier: Apache-2.0
"""Cases of what the law tabulates: values that stand from one key to the next, products and parts of a whole that pass 63 bits on the way."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from misure.facts.vocabulary import Fact, Kind
from misure.ground.money import portion
from misure.program.nodes import LIMIT
from misure.program.steps import Steps
from misure.testing.conformance.cases import Operand, OperatorCase, over
from misure.testing.conformance.door import Ends

__all__ = ["tabulated"]

_TABLES = {
    "values that rise and fall": Steps("s", (0, 1, 7, 20, 21, 33), (5, 1, 8, 8, 0, 3, 9), (5, 1, 8, 8, 0, 3, 9)),
    "values that rise": Steps("s", (-5, 0, 50), (-9, -1, 2**40, 2**61), (-9, -1, 2**40, 2**61)),
    "values that fall": Steps("s", (3, 4), (7, 0, -7), (7, 0, -7)),
    "values of which one is not known": Steps("s", (10, 20), (5, 7, 0), (5, 7, 9)),
}
_KEYS = range(-6, 52)
_WIDE = (
    # the most of each operand, and the decimals of their product
    (9, 10**6, 2), (10**6, 9, 6), (39_000_000, 10**13, 16), (10**13, 5 * 10**16, 17), (5 * 10**16, 39_000_000, 16),
    (4 * 10**18, 10**6, 22), (10**13, 4 * 10**18, 23), (5 * 10**16, 4 * 10**18, 17),
)  # fmt: skip

_PORTIONS = (
    # what is divided, the part and the whole at their most, a divisor, and whether it is rounded half up
    ("small ones", (100, 7, 9), 1, True), ("rounded down", (100, 7, 9), 1, False), ("over a divisor", (10**6, 50, 60), 20, True),
    ("past 63 bits", (8 * 10**10, 10**13, 2 * 10**14), 1, True), ("past 63 bits, down", (4 * 10**18, 10**13, 10**15), 100, False),
)  # fmt: skip


def tabulated() -> Iterator[OperatorCase]:
    """Every case."""
    key = Operand(Fact("k", Kind.NUMBER, least=_KEYS[0], greatest=_KEYS[-1]), tuple(_KEYS), tuple(_KEYS))
    for particular, table in _TABLES.items():
        yield from over(
            "pick", particular, [key], lambda n, k, table=table: n.steps(k, table),
            lambda k, table=table: _stepped(k, table),
        )  # fmt: skip
    for most, factor, decimals in _WIDE:
        if most * factor > LIMIT // 2 * 10**decimals:
            raise ValueError(f"{most} * {factor} has no product within 63 bits at {decimals} decimals")
        operands = [_amount("a", most, decimals), _amount("b", factor, decimals)]
        yield from over(
            "wide", f"up to {most} by {factor}, {decimals} decimals", operands,
            lambda n, a, b, decimals=decimals: n.wide(a, b, decimals),
            lambda a, b, decimals=decimals: _half_up(Fraction(a * b, 10**decimals)),
        )  # fmt: skip
    for particular, mosts, divisor, half in _PORTIONS:
        operands = [_counted("a", mosts[0], 0), _counted("b", mosts[1], 0), _counted("c", mosts[2], 1)]
        yield from over(
            "portion", particular, operands,
            lambda n, a, b, c, divisor=divisor, half=half: n.portion(a, b, c, divisor, half=half),
            lambda a, b, c, divisor=divisor, half=half: portion(a, b, c, divisor, half=half),
        )  # fmt: skip


def _counted(name: str, most: int, least: int) -> Operand:
    """A number at its ends and about its middle."""
    tried = {least, least + 1, 3, most // 2, most // 3, most - 1, most, 10**9 + 7, 123_456_789_012}
    values = tuple(sorted(value for value in tried if least <= value <= most))
    return Operand(Fact(name, Kind.NUMBER, least=least, greatest=most), values, (least, most))


def _stepped(key: int, table: Steps) -> Ends:
    """The step in which a key falls: the number of breaks that it has reached."""
    step = sum(one <= key for one in table.breaks)
    return table.lows[step], table.highs[step]


def _half_up(exact: Fraction) -> int:
    whole = exact.numerator // exact.denominator
    return whole + (exact - whole >= Fraction(1, 2))


def _amount(name: str, most: int, decimals: int) -> Operand:
    """A number at its ends, at halves, and where digit groups carry over."""
    tried = {0, 1, 3, 5, 7, most // 2, most // 3, most - 1, most, 5 * 10 ** (decimals - 1), 10 ** (decimals // 2) - 1,
             25 * 10 ** (decimals // 2), 10**9 + 7, 123_456_789_012_345_678}  # fmt: skip
    values = tuple(sorted(value for value in tried if 0 <= value <= most))
    return Operand(Fact(name, Kind.NUMBER, least=0, greatest=most), values, (0, most))
