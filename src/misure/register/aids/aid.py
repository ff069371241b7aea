# SPDX-License-Identifier: Apache-2.0
"""One aid of the State-aid register (element AIUTO), as its open data tell it: a grant, its components, their instruments.

The fields stand in the order of the schema `RNA_aiuto.xsd`. What the register does not tell (`n.d.`, an empty or absent
element) is None. Texts are kept as written; amounts are whole cents inside and exact decimals of euros outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from misure._reopen import by_public_name
from misure.deminimis.law import REGULATIONS
from misure.ground.errors import BadIdentifier
from misure.ground.given import Money, cents, euros, refuse
from misure.ground.ranges import Range
from misure.identifiers import identity
from misure.register.aids.sectors import activity
from misure.register.codes import (
    DE_MINIMIS,
    instrument_of,
    objective_of,
    procedure_of,
    regulation_of,
    size_of,
    sizes_of,
)

__all__ = ["AidComponent", "AidInstrument", "AidRecord"]


@by_public_name
@dataclass(frozen=True, slots=True)
class AidInstrument:
    """One form in which a component is given (STRUMENTO_AIUTO)."""

    code: int | None
    """COD_STRUMENTO."""
    text: str | None
    """DES_STRUMENTO."""
    aid_cents: int | None
    """ELEMENTO_DI_AIUTO, the gross grant equivalent in cents: what counts towards a ceiling."""
    nominal_cents: int | None
    """IMPORTO_NOMINALE in cents: the loan, the guaranteed sum. It never counts towards a ceiling."""

    @classmethod
    def of(cls, code: int | None, text: str | None, aid: Money | None, nominal: Money | None) -> AidInstrument:
        """An instrument with its amounts in euros.

        >>> AidInstrument.of(9, "Prestito/Anticipo rimborsabile", "4000.00", 50000).aid
        Decimal('4000.00')

        Raises:
            BadFacts: An amount is none; both are looked at.
        """
        given, read, faults = {"aid": aid, "nominal": nominal}, {}, []
        for name, amount in given.items():
            try:
                read[name] = None if amount is None else cents(amount)
            except ValueError as problem:
                faults.append((name, str(problem)))
        refuse("<instrument>", faults)
        return cls(code, text, read["aid"], read["nominal"])

    @property
    def aid(self) -> Decimal | None:
        """The gross grant equivalent in euros."""
        return None if self.aid_cents is None else euros(self.aid_cents)

    @property
    def nominal(self) -> Decimal | None:
        """The nominal amount in euros."""
        return None if self.nominal_cents is None else euros(self.nominal_cents)

    @property
    def kind(self) -> str | None:
        """`grant`, `loan`, `guarantee`, `risk_finance`, `tax_relief`; None where the code is not known."""
        return instrument_of(self.code, self.text)


@by_public_name
@dataclass(frozen=True, slots=True)
class AidComponent:
    """One part of an aid under one procedure, regulation and objective (COMPONENTE_AIUTO)."""

    id: str
    """ID_COMPONENTE_AIUTO."""
    procedure_code: int | None
    """COD_PROCEDIMENTO."""
    procedure_text: str | None
    """DES_PROCEDIMENTO."""
    regulation_code: str | None
    """COD_REGOLAMENTO."""
    regulation_text: str | None
    """DES_REGOLAMENTO."""
    objective_code: str | None
    """COD_OBIETTIVO."""
    objective_text: str | None
    """DES_OBIETTIVO."""
    intermediary: str | None
    """SOGGETTO_INTERMEDIARIO."""
    delegate: str | None
    """ENTITA_DELEGATA."""
    sectors: tuple[str, ...]
    """SETTORE_ATTIVITA: groups of NACE Rev. 2 with their section, such as `I.56.1`; one component may name hundreds.
    A whole division is written as a group 0, such as `G.47.0`: see `activities`."""
    instruments: tuple[AidInstrument, ...]
    """STRUMENTI_AIUTO."""

    @property
    def procedure(self) -> str | None:
        """`deminimis`, `notification`, `exemption`; None where the code is not known."""
        return procedure_of(self.procedure_code)

    @property
    def regulation(self) -> str | None:
        """`gen`, `sgei`, `gber`, `notified` and others; None where the code is not known."""
        return regulation_of(self.regulation_code)

    @property
    def objective(self) -> str | None:
        """What the component is for, where its code is known."""
        return objective_of(self.objective_code)

    def activities(self, edition: str = "nace-2.0") -> tuple[str | None, ...]:
        """The sectors as codes of an edition of NACE (`47`, `56.1`), in their order; None in place of one that it does not have.

        In February 2025 the register still wrote NACE Rev. 2. A whole division, which it writes as a group 0, is the division.

        Raises:
            BadIdentifier: There is no such edition.
        """
        found = (activity(sector, edition) for sector in self.sectors)
        return tuple(None if code is None else code.text for code in found)

    @property
    def aid_cents(self) -> int | None:
        """The gross grant equivalent of all instruments in cents; None where one of them does not tell it, or none is told."""
        return _total(instrument.aid_cents for instrument in self.instruments) if self.instruments else None

    @property
    def aid(self) -> Decimal | None:
        """The same in euros."""
        return _shown(self.aid_cents)

    def may_fall_under(self, regulation: str) -> bool:
        """Whether the component is aid under a regulation, or may be because the register's code is not known.

        Aid whose procedure is known to be another cannot be.
        """
        own = self.regulation
        if own is not None:
            return own == regulation
        procedure = self.procedure
        return procedure is None or (procedure == DE_MINIMIS) == (regulation in _SMALL_AID)


_SMALL_AID = frozenset(REGULATIONS)


@by_public_name
@dataclass(frozen=True, slots=True)
class AidRecord:
    """One grant to one beneficiary (AIUTO), known by its COR."""

    car: str | None
    """CAR: the measure in the register."""
    measure_title: str | None
    """TITOLO_MISURA."""
    measure_type: str | None
    """DES_TIPO_MISURA: `Regime di aiuti` or `Aiuto ad hoc`."""
    sa_number: str | None
    """COD_CE_MISURA: the Commission's number, SA.nnnnn."""
    national_basis: str | None
    """BASE_GIURIDICA_NAZIONALE."""
    measure_link: str | None
    """LINK_TESTO_INTEGRALE_MISURA."""
    office: int | None
    """IDENTIFICATIVO_UFFICIO."""
    granting_body: str | None
    """SOGGETTO_CONCEDENTE."""
    cor: str
    """COR: the aid in the register."""
    project_title: str | None
    """TITOLO_PROGETTO."""
    project_description: str | None
    """DESCRIZIONE_PROGETTO."""
    transparency_link: str | None
    """LINK_TRASPARENZA_NAZIONALE."""
    granted_on: dt.date
    """DATA_CONCESSIONE: the day on which the right to the aid arose."""
    cup: str | None
    """CUP: the public investment project."""
    grant_act: str | None
    """ATTO_CONCESSIONE."""
    grant_act_link: str | None
    """LINK_ATTO_CONCESSIONE."""
    beneficiary_name: str | None
    """DENOMINAZIONE_BENEFICIARIO."""
    codice_fiscale: str | None
    """CODICE_FISCALE_BENEFICIARIO."""
    beneficiary_type: str | None
    """DES_TIPO_BENEFICIARIO; None where it is not told, which the register writes `-` here."""
    region: str | None
    """REGIONE_BENEFICIARIO: may hold several regions; how they are parted is not documented, so the text stays whole."""
    implementing_id: int | None
    """IDENTIFICATIVO_MISURA_ATTUATIVA."""
    implementing_body: str | None
    """MISURA_ATTUATIVA_ENTE_COMPETENTE."""
    implementing_title: str | None
    """MISURA_ATTUATIVA_TITOLO."""
    implementing_basis: str | None
    """MISURA_ATTUATIVA_BASE_GIURIDICA_NAZIONALE."""
    components: tuple[AidComponent, ...] = ()
    """COMPONENTI_AIUTO: empty where the register tells none, so that the amount is not known."""

    @property
    def beneficiary(self) -> str | None:
        """Who was aided, by the one writing of the code; None where no code is told, or what is told is none.

        The element tells a codice fiscale, or the VAT number of a subject without a seat in Italy.
        """
        return code_of(self.codice_fiscale)

    @property
    def beneficiary_size(self) -> str | None:
        """`micro`, `small`, `medium`, `large`; None where the register's literal leaves several (`PMI`), or is not known."""
        return size_of(self.beneficiary_type)

    @property
    def beneficiary_sizes(self) -> tuple[str, ...]:
        """Every size that the register's literal leaves, from the smallest; empty where it is not told or not known."""
        return sizes_of(self.beneficiary_type)

    @property
    def rows(self) -> tuple[tuple[AidComponent, AidInstrument], ...]:
        """Every instrument with its component: a row of the register's flat files."""
        return tuple((component, instrument) for component in self.components for instrument in component.instruments)

    def aid_by_regulation(self) -> Mapping[str | None, Decimal | None]:
        """The gross grant equivalent in euros by regulation; under None what an unknown code was granted under.

        A sum of which the register does not tell every amount is None. Empty where the register tells no component.
        """
        found: dict[str | None, list[int | None]] = {}
        for component in self.components:
            found.setdefault(component.regulation, []).append(component.aid_cents)
        return {regulation: _shown(_total(amounts)) for regulation, amounts in found.items()}

    def aid_under(self, regulation: str) -> Decimal | Range | None:
        """The gross grant equivalent in euros under one regulation.

        A range where a component has an unknown code and may fall under it; None where the register does not tell.
        """
        if not self.components:
            return None
        least = _total(component.aid_cents for component in self.components if component.regulation == regulation)
        most = _total(component.aid_cents for component in self.components if component.may_fall_under(regulation))
        if least is None or most is None:
            return None
        return euros(least) if least == most else Range(euros(least), euros(most))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is odd in the record and no damage, each kind once, such as `element_gt_nominal`."""
        found: dict[str, None] = {}
        if self.codice_fiscale is None:
            found["no_beneficiary"] = None
        elif self.beneficiary is None:
            found["odd_codice_fiscale"] = None
        if self.beneficiary_type is not None and not self.beneficiary_sizes:
            found["unknown_size"] = None
        if not self.components:
            found["no_components"] = None
        for component in self.components:
            _remark(component, found)
        return tuple(found)


def _remark(component: AidComponent, found: dict[str, None]) -> None:
    for kind in _of_codes(component.procedure_code, component.regulation_code, component.objective_code):
        found[kind] = None
    instruments = component.instruments
    if not instruments:
        found["no_instruments"] = None
    for instrument in instruments:
        if instrument.kind is None:
            found["unknown_instrument"] = None
        if instrument.aid_cents is None:
            found["no_amount"] = None
        elif instrument.nominal_cents is not None and instrument.aid_cents > instrument.nominal_cents:
            found["element_gt_nominal"] = None
    if len(instruments) > 1 and len({instrument.code for instrument in instruments}) < len(instruments):
        found["repeated_instrument"] = None


@lru_cache(maxsize=4_096)
def _of_codes(procedure_code: int | None, regulation_code: str | None, objective_code: str | None) -> tuple[str, ...]:
    """What is odd in the codes of a component: there are few, and each comes again and again."""
    found = []
    regulation, procedure = regulation_of(regulation_code), procedure_of(procedure_code)
    if regulation is None:
        found.append("unknown_regulation")
    if procedure is None:
        found.append("unknown_procedure")
    elif regulation is not None and (procedure == DE_MINIMIS) != (regulation in _SMALL_AID):
        found.append("procedure_not_of_regulation")
    if objective_of(objective_code) is None:
        found.append("unknown_objective")
    return tuple(found)


@lru_cache(maxsize=65_536)
def code_of(text: str | None) -> str | None:
    """The one writing of the code that an element tells; None where it tells none.

    >>> code_of("it01234560157"), code_of("1234560157"), code_of("n.d.")
    ('01234560157', None, None)
    """
    try:
        return None if text is None else identity.code(text)
    except BadIdentifier:
        return None


def _total(amounts: Iterable[int | None]) -> int | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _shown(amount: int | None) -> Decimal | None:
    return None if amount is None else euros(amount)
