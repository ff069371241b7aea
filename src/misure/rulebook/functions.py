# SPDX-License-Identifier: Apache-2.0
"""The functions of the law beneath every measure, as a rule file may call them: what each takes and gives.

They are opaque to the rules: a rule names the headroom and does not spell out the regulation. How each is worked out
stands in `misure.program.lowering.functions`, on the same operators as everything else; the values of the law that it uses are
the dated tables it `reads`.

>>> FUNCTIONS["loan_gge"].gives
Type(kind='number', unit='EUR', decimals=2, choices=(), scheme='')
>>> [taken.name for taken in FUNCTIONS["size_of"].takes]
['headcount', 'turnover', 'balance_sheet', 'definition', 'day']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from misure.ground.record import Record
from misure.ground.regimes import COUNTING, Regime
from misure.rulebook.expression import Type

__all__ = [
    "COLLATERALS", "DISCOUNTING", "FUNCTIONS", "Function", "OF_A_RECORD", "RATINGS", "REGULATIONS", "REPAYMENTS", "SIZES", "Takes",
    "tables_read",
]  # fmt: skip

REGULATIONS = ("gen", "sgei", "agri", "fish")
"""The four de minimis regulations: general, services of general economic interest, agriculture, fisheries."""
SIZES = ("micro", "small", "medium", "large")
"""The size classes of the annex to Rec. 2003/361/EC, the smallest first."""
RATINGS = ("aaa_a", "bbb", "bb", "b", "ccc", "unrated")
"""The rating categories of Communication 2008/C 14/02; `unrated` has no credit history."""
COLLATERALS = ("high", "normal", "low")
REPAYMENTS: Mapping[str, tuple[str, int] | None] = MappingProxyType({
    "bullet": ("bullet", 1),
    **{
        f"{kind}_{often}": (kind, periods)
        for kind in ("equal_principal", "equal_instalments")
        for often, periods in (("yearly", 1), ("half_yearly", 2), ("quarterly", 4), ("monthly", 12))
    },
    "other": None,
})  # fmt: skip
"""The repayment plans of a loan, each with its kind and periods a year; `other` lies between no loan at all and a bullet."""


class Takes(Record):
    """One thing that a function takes. `kind` is that of an expression, or `table`, or `word` (one of `choices`, in quotes).

    A table must have `columns`, each with the type that the function reads.
    """

    name: str
    kind: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[tuple[str, Type], ...] = ()
    constant: bool = False
    """Whether it must be a value that the law itself gives."""


class Function(Record):
    """A function: what it takes, in order, what it gives, the dated tables it reads, and where the law says it."""

    name: str
    takes: tuple[Takes, ...]
    gives: Type
    reads: tuple[str, ...]
    law: str


_EUR = Type("number", "EUR", 2)
_DAY = Takes("day", "date")


def _money(name: str) -> Takes:
    return Takes(name, "number", "EUR")


def _truth(name: str) -> Takes:
    return Takes(name, "truth")


_AIDS = Takes("aids", "table", columns=(
    ("regulation", Type("choice", choices=REGULATIONS)), ("granted_on", Type("date")), ("amount", _EUR),
))  # fmt: skip
_GROUPED = Takes("aids", "table", columns=(("beneficiary", Type("text")), *_AIDS.columns))
_CONTROLS = Takes("controls", "table", columns=(
    ("controller", Type("text")), ("controlled", Type("text")), ("control", Type("truth")),
    ("sole_trader", Type("truth")),
))  # fmt: skip
_REGULATION = Takes("regulation", "word", choices=REGULATIONS)
_PLAN = (
    _money("principal"), Takes("months", "number", "months"), Takes("rate", "number", "share", constant=True),
    Takes("rating", "choice", choices=RATINGS), Takes("collateral", "choice", choices=COLLATERALS),
    Takes("repayment", "choice", choices=tuple(REPAYMENTS)), _DAY,
)  # fmt: skip
_EQUAL = tuple(plan for plan in REPAYMENTS if plan.startswith("equal_instalments"))
DISCOUNTING = ("discount", "base", "reference", "unsaid")
"""The rate at which a call discounts instalments: the Communication's discount rate, its base rate, the loan's reference
rate, or, where the call does not say, whichever of the three."""
_CEILINGS = ("ue/deminimis-ceilings", "ue/cumulation-deminimis")
_RATES = ("stato/discount-rates", "ue/reference-margins", "ue/reference-rate-terms")
_HARBOURS = ("ue/gge-safe-harbours", "ue/deminimis-ceilings")

_ALL = (
    Function("headroom", (_AIDS, _REGULATION, _DAY), _EUR, _CEILINGS, "Reg. (UE) 2023/2831, art. 3"),
    Function(
        "group_headroom", (_GROUPED, _CONTROLS, Takes("undertaking", "text"), _REGULATION, _DAY), _EUR, _CEILINGS,
        "Reg. (UE) 2023/2831, art. 2(2), art. 3",
    ),
    Function("loan_gge", _PLAN, _EUR, _RATES, "Comunicazione 2008/C 14/02"),
    Function(
        "instalments_gge",
        (
            *_PLAN[:2], Takes("grace", "number", "months"), *_PLAN[2:5], Takes("repayment", "word", choices=_EQUAL),
            Takes("drawn_in_grace", "number", "share", constant=True), Takes("discounting", "word", choices=DISCOUNTING),
            _DAY,
        ),
        _EUR, _RATES, "Comunicazione 2008/C 14/02",
    ),
    Function(
        "safe_harbour_loan_gge",
        (
            _money("principal"), Takes("months", "number", "months"), Takes("collateral_share", "number", "share"),
            _truth("sound_borrower"), _DAY,
        ),
        _EUR, _HARBOURS, "Reg. (UE) 2023/2831, art. 4(3)",
    ),
    Function(
        "guarantee_gge",
        (
            _money("guaranteed"), _money("loan"), Takes("months", "number", "months"), _truth("sound_borrower"),
            _truth("losses_pro_rata"), _DAY,
        ),
        _EUR, _HARBOURS, "Reg. (UE) 2023/2831, art. 4(6)",
    ),
    Function(
        "present_value", (_money("amount"), Takes("months", "number", "months"), _DAY), _EUR, _RATES[:1],
        "Reg. (UE) 2023/2831, art. 3(6)",
    ),
    Function(
        "legal_interest", (_money("amount"), Takes("since", "date"), Takes("until", "date")), _EUR,
        ("stato/legal-interest",), "art. 1284 c.c.",
    ),
    Function(
        "size_of",
        (
            Takes("headcount", "number", "awu"), _money("turnover"), _money("balance_sheet"),
            Takes("definition", "word", choices=("recommendation", "gber")), _DAY,
        ),
        Type("choice", choices=SIZES), ("ue/sme-thresholds",), "Racc. 2003/361/CE, allegato, art. 2",
    ),
    Function(
        "in_difficulty",
        (
            _money("capital"), _money("reserves"), _money("losses"), _truth("insolvency"), _truth("rescue_aid"),
            _truth("sme"), _truth("younger_than_three"), _truth("over_indebted"), _DAY,
        ),
        Type("truth"), ("ue/difficulty",), "Reg. (UE) 651/2014, art. 2, punto 18",
    ),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})

OF_A_RECORD = frozenset({"legal_interest"})
"""The functions that may be asked of each record of a table: they read nothing but what they are handed."""


def tables_read(functions: Iterable[str], regimes: Collection[str]) -> list[str]:
    """The dated tables that decide, where rules call these functions and count terms under these regimes.

    Of the regimes one alone has figures: how many working days a period under Regulation 1182/71 has at least.

    >>> tables_read(["present_value"], ["it_civil"]), tables_read([], ["eu_1182_71"])
    (['stato/discount-rates'], ['stato/counting-regimes'])
    """
    counting = {COUNTING} if Regime.EU_1182_71 in regimes else set()
    return sorted(counting.union(*(FUNCTIONS[name].reads for name in functions)))
