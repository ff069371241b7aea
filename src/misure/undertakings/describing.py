# SPDX-License-Identifier: Apache-2.0
"""What is said of undertakings: what each is, its figures, and who holds what of whom.

These are statements only. `misure.undertakings.Relations` checks them, all together, and the questions are put to that.

>>> holding = Holding.plain("Alfa", "Beta", "30%")
>>> holding.capital, holding.votes, holding.sole_control
('30%', '30%', False)
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any

from misure._reopen import by_public_name
from misure.ground.given import Mistake, refuse
from misure.identifiers.entering import entered, is_number
from misure.undertakings.figures import Count, Euros, Share

__all__ = ["Figures", "Holding", "EntityKind", "Undertaking"]


@by_public_name
class EntityKind(StrEnum):
    """What a holder or an undertaking is: `rules/ue/investor-kinds.csv` gives each its source and its limits."""

    COMPANY = "company"
    """Any entity engaged in an economic activity, whatever its legal form; a sole trader too (Annex, art. 1)."""
    NATURAL_PERSON = "natural_person"
    """A person with no economic activity beyond holding: no enterprise, but one who may link two."""
    PUBLIC_BODY = "public_body"
    LOCAL_AUTHORITY = "local_authority"
    """A municipality or another autonomous local authority."""
    PUBLIC_INVESTMENT_CORPORATION = "public_investment_corporation"
    VENTURE_CAPITAL = "venture_capital"
    BUSINESS_ANGELS = "business_angels"
    """An individual, or a group, with a regular venture capital activity in unquoted businesses."""
    UNIVERSITY = "university"
    RESEARCH_CENTRE = "research_centre"
    """A research centre without profit."""
    INSTITUTIONAL_INVESTOR = "institutional_investor"
    REGIONAL_DEVELOPMENT_FUND = "regional_development_fund"
    NON_PROFIT_BODY = "non_profit_body"


@by_public_name
@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one accounting period: annual work units and euros. None is not known, and never nothing."""

    headcount: Count = None
    turnover: Euros = None
    balance_sheet: Euros = None


@by_public_name
@dataclass(frozen=True, slots=True)
class Undertaking:
    """An undertaking, or a person or body that holds a part of one.

    Raises:
        BadFacts: Its id, or one that it consolidates, has the shape of a code and is none; `Relations` tells all the rest.
    """

    id: str
    """A codice fiscale, the VAT number of another State, or a name, read by `misure.identifiers.identity`."""
    figures: Figures | None = None
    """Its own, from its accounts; from the consolidated ones where they exist, and then `consolidates` says whose."""
    kind: EntityKind | str = EntityKind.COMPANY
    _: KW_ONLY
    markets: tuple[str, ...] | None = None
    """The markets it is active in; None is not known. They matter where a natural person controls two undertakings."""
    budget: Euros = None
    """The yearly budget of a local authority."""
    inhabitants: Count = None
    """Of a local authority."""
    public: bool | None = None
    """Whether an investor (a university, a fund) is itself a public body; None is not known. Asked of nobody else."""
    consolidates: tuple[str, ...] = ()
    """Undertakings whose figures stand in these figures already, by full consolidation."""

    def __post_init__(self) -> None:
        for name in ("markets", "consolidates"):
            value = getattr(self, name)
            if isinstance(value, list | set | frozenset):
                object.__setattr__(self, name, tuple(sorted(value, key=str)))
        faults: list[Mistake] = []
        object.__setattr__(self, "id", _identity("id", self.id, faults))
        if isinstance(self.consolidates, tuple):
            named = tuple(_identity("consolidates", each, faults) for each in self.consolidates)
            object.__setattr__(self, "consolidates", named)
        refuse("<undertaking>", faults)


@by_public_name
@dataclass(frozen=True, slots=True)
class Holding:
    """What one holds of another, and by which rights it controls it.

    A share that is not said is not known; with the shares of the other holders it may still be bounded. A right of
    control that is not said is not there: the firm declares those that exist, and None says that it is not known.

    Raises:
        BadFacts: Its holder, or who is held, has the shape of a code and is none; `Relations` tells all the rest.
    """

    holder: str
    held: str
    capital: Share = None
    votes: Share = None
    appoints_majority: bool | None = False
    """Point (b): the right to appoint or remove a majority of the administrative, management or supervisory body."""
    dominant_influence: bool | None = False
    """Point (c): by a contract with the undertaking, or by its articles."""
    sole_control: bool | None = False
    """Point (d): it controls alone a majority of the votes by an agreement with other holders."""
    invested: Euros = None
    """What business angels have put into the undertaking."""

    def __post_init__(self) -> None:
        faults: list[Mistake] = []
        for name in ("holder", "held"):
            object.__setattr__(self, name, _identity(name, getattr(self, name), faults))
        refuse("<holding>", faults)

    @classmethod
    def plain(cls, holder: str, held: str, share: Share) -> Holding:
        """A holding of which each share has its vote: the same part of the capital and of the votes."""
        return cls(holder, held, share, share)


def _identity(field: str, given: Any, faults: list[Mistake]) -> Any:
    """The one writing of an id; what is no text at all is left for `Relations` to tell with everything else."""
    if not (isinstance(given, str) and given.strip()) and not (is_number(given) and len(str(given)) >= _CODE_LENGTH):
        return given
    return entered(field, given, "name it", faults)


_CODE_LENGTH = 7
"""A number of fewer digits is no code of which a spreadsheet made a number."""
