# SPDX-License-Identifier: Apache-2.0
"""The functions of the law beneath every measure, lowered onto the operators that everything else uses.

So a frame of a million applicants and a single one are answered alike, and what is not known is carried through them as
through any rule: an aid whose date nobody told may count or not, an unknown rating leaves the hull of the margins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.dated import Row, dated_table
from misure.ground.days import year_of
from misure.program.groups import Group
from misure.program.lowering.instalments import InstalmentEquivalents
from misure.program.lowering.interest import LegalInterest
from misure.program.lowering.ratio import Ratio
from misure.program.lowering.tabulated import by_day, limits, live_rows
from misure.program.nodes import Node, Nodes, TooLarge
from misure.program.steps import Steps
from misure.rulebook.expression import Call, Name
from misure.rulebook.functions import FUNCTIONS, SIZES

if TYPE_CHECKING:
    from misure.program.lowering.expressions import Expressions

__all__ = ["Functions", "functions_of"]

CENTS = 100
WIDEST = 10**13
"""A limit that nobody knows lies anywhere below this: in cents, more than any amount of the vocabulary."""
_SIZES, _CEILINGS, _SHARED = "ue/sme-thresholds", "ue/deminimis-ceilings", "ue/cumulation-deminimis"


def functions_of(expressions: Expressions, first: dt.date) -> Mapping[str, Callable[..., Any]]:
    """Every function by the name under which a rule file calls it, for a measure whose first edition is of that day."""
    kinds = (Functions, InstalmentEquivalents, LegalInterest)
    homes = [kind(expressions, first.toordinal()) for kind in kinds]
    return {name: next(getattr(home, name) for home in homes if hasattr(home, name)) for name in FUNCTIONS}


class Functions:
    """Lowers calls in one scope. `first` is the day of the measure's first edition: older law is not asked for."""

    def __init__(self, expressions: Expressions, first: int) -> None:
        self.expressions, self.first = expressions, first
        self.nodes: Nodes = expressions.nodes

    # De minimis

    def headroom(self, call: Call) -> Ratio:
        """What is left of the ceiling on a day: the ceiling of that day, less what was granted in its window."""
        (day,) = (self.expressions.day(arg) for arg in call.args)
        return self._headroom(call.tables[0], call.words[0], day, self.nodes.truth(True))

    def group_headroom(self, call: Call) -> Ratio:
        """The headroom of the whole single undertaking: only aid to its members counts, and all of that does."""
        nodes, scope = self.nodes, self.expressions.scope
        undertaking, day = call.args
        table, controls = call.tables
        group = Group(getattr(undertaking, "name", ""), controls, "beneficiary")
        if not isinstance(undertaking, Name) or undertaking.role != "fact":
            raise TooLarge("the undertaking is named by the fact that identifies it")
        rests_on = (
            scope.field(table, group.beneficiary), scope.text(undertaking),
            *(scope.field(controls, field) for field in group.fields),
        )  # fmt: skip
        return self._headroom(table, call.words[0], self.expressions.day(day), nodes.member(group, rests_on))

    def _headroom(self, table: str, regulation: str, day: Node, of_group: Node) -> Ratio:
        """The least of what its own ceiling and the caps that it shares with other regulations leave, never negative."""
        nodes = self.nodes
        ceiling, start = self._limit(regulation, day)
        left = [nodes.sub(ceiling, self._used(table, (regulation,), start, day, of_group))]
        live = (row for row in dated_table(_SHARED).rows if row.until is None or row.until >= self.first)
        caps = dict.fromkeys(row.texts["cap"] for row in live if limits(row, regulation))
        left += [self._shared(cap, table, day, of_group) for cap in caps]
        return Ratio(nodes.greatest(nodes.least(*left), nodes.const(0)), CENTS)

    def _limit(self, regulation: str, day: Node) -> tuple[Node, Node]:
        """The ceiling of a regulation, and the first day of its window."""
        rows = live_rows(_CEILINGS, self.first, regulation=regulation)
        ceiling = self.nodes.steps(day, by_day(_CEILINGS, rows, self.first, _ceiling, (0, WIDEST)))
        return ceiling, self._window_start(rows, day)

    def _used(self, table: str, counted: tuple[str, ...], start: Node, day: Node, of_group: Node) -> Node:
        """What was granted in a window under some regulations."""
        nodes, scope = self.nodes, self.expressions.scope
        granted = scope.field(table, "granted_on")
        passes = nodes.all_of(
            of_group,
            # Aid that is asked and not granted fills nothing.
            scope.field_happened(table, "granted_on"),
            nodes.one_of(scope.field(table, "regulation"), frozenset(counted)),
            nodes.le(start, granted),
            nodes.le(granted, day),
        )
        amount = Ratio(scope.field(table, "amount"), scope.field_scale(table, "amount"))
        value, _ = self.expressions.ratios.rounded(amount, 2, "half_up")
        items = scope.items(table)
        return nodes.make("sum", "int", (passes, value), (table, items), min(0, value.lo * items), value.hi * items)

    def _shared(self, cap: str, table: str, day: Node, of_group: Node) -> Node:
        """What a cap shared by several regulations leaves. Its ceiling is the highest of those that lend it one.

        Where it holds by a disputed reading alone it is set aside, as by `misure.deminimis` unless asked otherwise: it leaves
        everything, and from its day on what the rows before it end with is no longer unknown.
        """
        nodes = self.nodes
        series = live_rows(_SHARED, self.first, cap=cap)
        rows = [row for row in series if not row.texts["reading"]]
        lenders = dict.fromkeys(name for row in rows for name in row.texts["limit_of"].split())
        limits = {name: self._limit(name, day) for name in lenders}
        left: Node = nodes.const(WIDEST)
        for row in series:
            holds = nodes.le(nodes.const(max(row.since, self.first)), day)
            if row.texts["reading"]:
                left = nodes.choose(holds, nodes.const(WIDEST), left)
                continue
            ceiling, start = limits[row.texts["limit_of"].split()[0]]
            for name in row.texts["limit_of"].split()[1:]:
                # The window is that of the regulation that lends the highest ceiling; of equals, the first named.
                higher = nodes.lt(ceiling, limits[name][0])
                start = nodes.choose(higher, limits[name][1], start)
                ceiling = nodes.greatest(ceiling, limits[name][0])
            used = self._used(table, tuple(row.texts["counts"].split()), start, day, of_group)
            left = nodes.choose(holds, nodes.sub(ceiling, used), left)
        # What is set aside stays aside where the law is not encoded: there is nothing to be unsure of.
        if series[-1].until is not None and not series[-1].texts["reading"]:
            unknown = nodes.given("open", f"{_SHARED}@", least=0, greatest=WIDEST)
            left = nodes.choose(nodes.le(nodes.const(series[-1].until + 1), day), unknown, left)
        return left

    def _window_start(self, rows: tuple[Row, ...], day: Node) -> Node:
        """The first day that counts: three years back and a day on; or the start of the second financial year before.

        Where the measure's law does not reach, no aid counts: the ceiling itself is unknown there.
        """
        nodes = self.nodes
        start: Node = nodes.const(LAST_DAY)
        for row in rows:
            years = row.whole("years")
            if row.texts["window"] == "rolling":
                args = (day, nodes.const(-12 * years))
                back = nodes.make("add_months", "int", args, None, day.lo - 367 * years, day.hi - 364 * years)
                begins = nodes.add(back, nodes.const(1))
            else:
                year = nodes.make("year", "int", (day,), None, 1899, 2200)
                begins = nodes.steps(year, _financial_years(day, years))
            start = nodes.choose(nodes.le(nodes.const(max(row.since, self.first)), day), begins, start)
        return start

    # Size of the undertaking

    def size_of(self, call: Call, options: frozenset[str]) -> Node:
        """Whether the class is one of some: each class holds the smaller ones, so a run of classes is two tests."""
        nodes = self.nodes
        within = [self._within_size(call, size) for size in SIZES[:-1]] + [nodes.truth(True)]
        found = []
        for at, size in enumerate(SIZES):
            if size in options and (at == 0 or SIZES[at - 1] not in options):
                last = at
                while last + 1 < len(SIZES) and SIZES[last + 1] in options:
                    last += 1
                below = nodes.not_(within[at - 1]) if at else nodes.truth(True)
                found.append(nodes.all_of(within[last], below))
        return nodes.any_of(*found)

    def _within_size(self, call: Call, size: str) -> Node:
        """Under the headcount of a class, and at most its turnover or at most its balance sheet total."""
        nodes, ratios = self.nodes, self.expressions.ratios
        headcount, turnover, balance_sheet = map(self.expressions.number, call.args[:3])
        day = self.expressions.day(call.args[3])
        rows = live_rows(_SIZES, self.first, definition=call.words[0], size=size)

        def limit(column: str) -> Ratio:
            read = Row.whole if column == "awu" else Row.cents

            def value(row: Row) -> int | None:
                return read(row, column) if row.known(column) else None

            steps = by_day(_SIZES, rows, self.first, value, (0, WIDEST))
            return Ratio(nodes.steps(day, steps), 1 if column == "awu" else CENTS)

        def at_most(figure: Ratio, column: str) -> Node:
            left, right, _ = ratios.cross(figure, limit(column))
            return nodes.le(left, right)

        left, right, _ = ratios.cross(headcount, limit("awu"))
        money = nodes.any_of(at_most(turnover, "turnover"), at_most(balance_sheet, "balance_sheet"))
        return nodes.all_of(nodes.lt(left, right), money)

    # Undertakings in difficulty

    def in_difficulty(self, call: Call) -> Node:
        """Any limb of point 18: half the capital lost (not asked of a young SME), insolvency, rescue aid, over-indebted."""
        nodes, ratios = self.nodes, self.expressions.ratios
        capital, reserves, losses = map(self.expressions.number, call.args[:3])
        insolvency, rescue, sme, young, indebted = map(self.expressions.truth, call.args[3:8])
        day = self.expressions.day(call.args[8])
        rows = [row for row in live_rows("ue/difficulty", self.first, rule="lost_share") if row.known("value")]
        shares = {row.share("value") for row in rows}
        if len(shares) != 1:
            raise TooLarge("the share of the capital that may be lost changes with time: it must be chosen by day")
        kept = ratios.mul(ratios.constant(1 - shares.pop()), capital)
        left, right, _ = ratios.cross(ratios.sub(ratios.add(capital, reserves), losses), kept)
        lost = nodes.all_of(nodes.lt(left, right), nodes.not_(nodes.all_of(sme, young)))
        limbs = nodes.any_of(lost, insolvency, rescue, nodes.all_of(nodes.not_(sme), indebted))
        last = rows[-1].until
        known = nodes.all_of(
            nodes.le(nodes.const(max(rows[0].since, self.first)), day),
            nodes.truth(True) if last is None else nodes.le(day, nodes.const(last)),
        )
        return nodes.make("guard", "truth", (limbs, known))


def _ceiling(row: Row) -> int | None:
    """The ceiling as it is in Italy: where a complete register is kept, the higher one."""
    column = "with_register" if row.texts.get("with_register") else "ceiling"
    return row.cents(column) if row.known(column) else None


def _financial_years(day: Node, years: int) -> Steps:
    """From a year to the first day of as many financial years ending with it, each being the calendar year."""
    least, greatest = (year_of(max(FIRST_DAY, min(LAST_DAY, end))) for end in (day.lo, day.hi))
    starts = tuple(dt.date(year - years + 1, 1, 1).toordinal() for year in range(least, greatest + 1))
    return Steps.exact(_CEILINGS, least, starts)
