# SPDX-License-Identifier: Apache-2.0
"""Mistakes that engines make: of each operator the plainest, and those that a language or a database makes easy."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.errors import NotEncoded
from misure.ground.holidays import is_saturday, is_sunday
from misure.ground.money import portion
from misure.program.civil import FUNCTIONS, ROLLS
from tests.engines.plain import DOES, column


def wrapped(value, bits=32):
    half = 1 << (bits - 1)
    return (value + half) % (2 * half) - half


def to_32_bits(op):
    return lambda node, *args: wrapped(DOES[op](node, *args))


def in_binary_floats(op):
    return lambda node, *args: int(DOES[op](node, *map(float, args)))


def reading(**parts):
    """Some parts of what is told read wrongly."""

    def read(node, said, on):
        part = node.data[0]
        return parts[part](node, said, on) if part in parts else column(node, said, on)

    return read


def overflowing_months(_, day, months):
    """As JavaScript does it: 31 January and a month is 3 March."""
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, 1).toordinal() + start.day - 1


def without_holidays(name):
    way = ROLLS[name]

    def rolled(_, day):
        while is_sunday(day) or (way.saturdays and is_saturday(day)):
            day += -1 if way.backwards else 1
        return day

    return rolled


def never_wider(name):
    """Sound in the middle of the table of holidays, and no answer outside it."""

    def found(_, *args):
        try:
            return FUNCTIONS[name.rpartition("_")[0].replace("working", "add_working")](*args)
        except NotEncoded:
            return args[0]

    return found


def with_saturdays(_, day, days):
    step = 1 if days > 0 else -1
    for _ in range(abs(days)):
        day += step
        while is_sunday(day):
            day += step
    return day


def folded(text):
    return (text or "").lower().replace("à", "a")


WIDER = ("working_lo", "working_hi", *(f"{name}_{'lo' if way.backwards else 'hi'}" for name, way in ROLLS.items()))
"""What is wider near the ends of the table of holidays; the other end of a day that rolls is the day itself there."""


MISTAKES = [
    ("int", "cut to 32 bits", to_32_bits("int")),
    ("int", "kept as a binary float", lambda node: int(float(node.lo - (node.lo > 0)) * (1 - 2**-53))),
    ("truth", "always yes", lambda _: True),
    ("truth", "always no", lambda _: False),
    ("column", "not told is zero", reading(lo=lambda _, said, __: said or 0, hi=lambda _, said, __: said or 0)),
    ("column", "not told is no", reading(yes=lambda _, said, __: bool(said))),
    ("column", "not told is no, the other end", reading(no=lambda _, said, __: said is False)),
    ("column", "missing is empty", reading(missing=lambda *_: False)),
    ("column", "still to come is the first day", reading(day_lo=lambda _, said, __: said or FIRST_DAY)),
    ("column", "still to come is today", reading(day_hi=lambda _, said, on: on if said == 0 else said or LAST_DAY)),
    ("column", "still to come has happened", reading(happened_yes=lambda *_: True)),
    ("column", "not told has happened", reading(happened_no=lambda _, said, __: said == 0)),
    ("column", "the day of the question is another", reading(on=lambda _, __, on: on + 1)),
    ("column", "what is not told of a table does not exist", reading(unseen=lambda *_: 0)),
    ("column", "numbers cut to 32 bits", reading(value=lambda n, said, _: wrapped(said) if n.sort == "int" else said)),
    ("column", "texts without accents", reading(value=lambda n, said, _: folded(said) if n.sort == "text" else said)),
    ("add", "cut to 32 bits", to_32_bits("add")),
    ("add", "in binary floats", in_binary_floats("add")),
    ("add", "the first two alone", lambda _, a, b, *_rest: a + b),
    ("sub", "turned round", lambda _, a, b: b - a),
    ("sub", "in binary floats", in_binary_floats("sub")),
    ("mul", "cut to 32 bits", to_32_bits("mul")),
    ("mul", "in binary floats", lambda _, a, b: int(float(a) * float(b) * (1 + 2**-52))),
    ("mul", "without its sign", lambda _, a, b: abs(a * b)),
    ("floordiv", "towards zero", lambda _, a, b: abs(a) // b * (1 if a > 0 else -1)),
    ("floordiv", "to the nearest", lambda _, a, b: (2 * a + b) // (2 * b)),
    ("min", "the greatest", lambda _, *args: max(args)),
    ("min", "of the first two", lambda _, a, b, *_rest: min(a, b)),
    ("min", "in binary floats", in_binary_floats("min")),
    ("max", "the least", lambda _, *args: min(args)),
    ("max", "of the first two", lambda _, a, b, *_rest: max(a, b)),
    ("max", "by the greatest size", lambda _, *args: max(args, key=abs)),
    ("if", "turned round", lambda _, test, then, other: other if test else then),
    ("if", "cut to 32 bits", to_32_bits("if")),
    ("if", "always the second", lambda _, _test, then, _other: then),
    ("le", "less", lambda _, a, b: a < b),
    ("le", "turned round", lambda _, a, b: b <= a),
    ("le", "in binary floats", lambda _, a, b: float(a) <= float(b)),
    ("le", "by their text", lambda _, a, b: str(a) <= str(b)),
    ("eq", "at most", lambda _, a, b: a <= b),
    ("eq", "in binary floats", lambda _, a, b: float(a) == float(b)),
    ("eq", "of the same size", lambda _, a, b: abs(a) == abs(b)),
    ("eq", "cut to 32 bits", lambda _, a, b: wrapped(a) == wrapped(b)),
    ("not", "left out", lambda _, a: a),
    ("and", "any", lambda _, *args: any(args)),
    ("and", "the first two alone", lambda _, a, b, *_rest: a and b),
    ("or", "all", lambda _, *args: all(args)),
    ("or", "one alone", lambda _, *args: sum(args) == 1),
    ("or", "the first two alone", lambda _, a, b, *_rest: a or b),
    ("one_of", "the first option alone", lambda node, text: text == min(node.data)),
    ("one_of", "without accents", lambda node, text: folded(text) in set(map(folded, node.data))),
    ("within", "the code itself", lambda node, code: code in node.data),
    ("within", "anywhere in the code", lambda node, code: any(one in (code or "") for one in node.data)),
    ("within", "the shortest prefix alone", lambda node, code: (code or "").startswith(min(node.data, key=len))),
    ("within", "by the division alone", lambda node, code: (code or "")[:2] in {one[:2] for one in node.data}),
    ("same", "without accents", lambda _, a, b: folded(a) == folded(b)),
    ("same", "as one begins", lambda _, a, b: (a or "").startswith(b or "")),
    ("gather_sum", "without the first record", lambda _, values: sum(values[1:])),
    ("gather_sum", "each value once", lambda _, values: sum(set(values))),
    ("gather_sum", "cut to 32 bits", lambda _, values: wrapped(sum(values))),
    ("gather_min", "the greatest", lambda node, values: max(values, default=node.data[1])),
    ("gather_min", "the first", lambda node, values: values[0] if values else node.data[1]),
    ("gather_max", "the least", lambda node, values: min(values, default=node.data[1])),
    ("gather_max", "the last", lambda node, values: values[-1] if values else node.data[1]),
    ("gather_max", "at least zero", lambda node, values: max(0, max(values, default=node.data[1]))),
    ("pick", "a step too late", lambda node, key: node.data[1][bisect_left(node.data[0], key)]),
    ("pick", "the first step", lambda node, _: node.data[1][0]),
    ("wide", "cut off", lambda node, a, b: a * b // 10**node.data),
    ("wide", "half down", lambda node, a, b: -((-2 * a * b + 10**node.data) // (2 * 10**node.data))),
    ("wide", "half to even", lambda node, a, b: round(a * b / 10**node.data)),
    ("wide", "wrapped on the way", lambda node, a, b: (2 * wrapped(a * b, 64) + 10**node.data) // (2 * 10**node.data)),
    ("portion", "always cut off", lambda node, a, b, c: portion(a, b, c, node.data[0])),
    ("portion", "always half up", lambda node, a, b, c: portion(a, b, c, node.data[0], half=True)),
    ("portion", "above the whole", lambda node, a, b, c: a * b // (c * node.data[0])),
    ("portion", "wrapped on the way", lambda node, a, b, c: wrapped(a * min(b, c), 64) // (c * node.data[0])),
    ("year", "by days alone", lambda _, day: 1 + day * 100 // 36_525),
    ("year", "of the day before", lambda _, day: dt.date.fromordinal(day - 1).year),
    ("add_months", "into the next month", overflowing_months),
    ("add_months", "of 30 days", lambda _, day, months: day + 30 * months),
    ("add_working", "with Saturdays", with_saturdays),
    ("add_working", "all days", lambda _, day, days: day + days),
    *((name, "without holidays", without_holidays(name)) for name in ROLLS),
    *((name, "does not roll", lambda _, day: day) for name in ROLLS),
    *((f"{name}{end}", "does not roll", lambda _, day: day) for name in ROLLS for end in ("_lo", "_hi")),
    *((name, "never wider", never_wider(name)) for name in WIDER),
]  # fmt: skip
