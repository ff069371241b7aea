# SPDX-License-Identifier: Apache-2.0
"""The register's record of a de minimis award, prepared from the award that a selection gives.

The rules know what is given and what it is worth; the measure's header in the register knows its codes; the office says the
rest. The register gives the COR when the aid is registered, before the act of granting (DM 115/2017, art. 9): until then
there is no record, only a `PreparedAward`, which holds everything else and says what is still missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from misure import _doors as doors
from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, RegisterKeys, rows_of
from misure.deminimis.registering import RegisterDuty, missing_for_register, register_duty
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.days import day_text
from misure.ground.errors import BadIdentifier
from misure.ground.given import Mistake, day, euros, refuse
from misure.ground.place import nearest
from misure.ground.truth import Confidence, worst
from misure.identifiers import codice_fiscale as tax_code
from misure.identifiers import cup as project_code
from misure.register.aids.aid import AidComponent, AidInstrument, AidRecord
from misure.register.aids.schema import AID, COMPONENT, INSTRUMENT, LEAVES
from misure.register.aids.texts import is_sector
from misure.register.aids.writing import value_fault
from misure.register.awarded import given_by
from misure.register.codes import regulation_of
from misure.register.header_codes import InstrumentCodes, objective_for
from misure.register.measures.record import RnaMeasure

__all__ = ["PreparedAward", "RegisterStep", "prepare_award"]

Faults = list[Mistake]

_BY_OFFICE = (
    "office", "granting_body", "project_title", "project_description", "transparency_link", "cup", "grant_act",
    "grant_act_link", "beneficiary_name", "beneficiary_type", "region", "implementing_id", "implementing_body",
    "implementing_title", "implementing_basis",
)  # fmt: skip
_FIELDS = tuple(each.name for each in fields(AidRecord))
_LEAF = dict(zip(_FIELDS, LEAVES[AID], strict=False))
_COR, _COMPONENT_ID = _LEAF["cor"], LEAVES[COMPONENT][0]


@by_public_name
@dataclass(frozen=True, slots=True)
class RegisterStep:
    """One thing that national law asks around the entry in the register."""

    id: str
    before_grant: bool
    days: int | None
    """Within how many days of the COR; None where no number is set. `misure.preconditions.cor_stands` finds the last day."""
    citation: Cited
    note: str


@by_public_name
@dataclass(frozen=True, slots=True)
class PreparedAward:
    """Everything that the record of an award says, but the COR and the number of its component, which the register gives."""

    application: str
    regulation: str
    worked_out_on: dt.date
    """The day of the question that the selection answered: what a loan is worth and what was left of de minimis are of it."""
    confidence: Confidence
    """How sure the award is."""
    missing: tuple[str, ...]
    """The elements that the register's schema always has and nobody has told, in its order; COR is one of them."""
    duty: RegisterDuty
    """What the regulation asks: by when the aid is in the central register, and what the entry says."""
    steps: tuple[RegisterStep, ...]
    """What national law asks, in order."""
    forms: tuple[str, ...]
    """The form of each instrument, whether or not its COD_STRUMENTO is known."""
    _draft: AidRecord = field(repr=False)

    @property
    def codice_fiscale(self) -> str:
        """The codice fiscale under which the aid is registered."""
        return str(self._draft.codice_fiscale)

    @property
    def granted_on(self) -> dt.date:
        """The day on which the aid is granted."""
        return self._draft.granted_on

    @property
    def instruments(self) -> tuple[AidInstrument, ...]:
        """One for each line of support that gives anything."""
        return self._draft.components[0].instruments

    @property
    def equivalent(self) -> Decimal:
        """The gross grant equivalent of all that is given, in euros: what counts towards a ceiling."""
        return euros(self._cents)

    @property
    def _cents(self) -> int:
        return self._draft.components[0].aid_cents or 0

    @property
    def missing_by_regulation(self) -> tuple[str, ...] | None:
        """What is missing of what the regulation wants the entry to say; None where that is not known."""
        return missing_for_register(self.aid())

    def aid(self, *, cor: str | None = None) -> Aid:
        """The aid for a ledger, so that the next headroom counts it.

        Without its COR it bears the CAR and the id of the application: take it out of the ledger when the register's own
        comes in, or it counts twice.

        Raises:
            BadFacts: It is no COR.
        """
        if cor is not None:
            self._ask((("cor", cor, _COR),))
        draft, sectors = self._draft, self._draft.components[0].sectors
        kinds = dict.fromkeys(each.kind or form for each, form in zip(self.instruments, self.forms, strict=True))
        told = ", ".join(kinds), ", ".join(sectors) or None
        keys = RegisterKeys(draft.car, cor, draft.cup, draft.granting_body, *told)
        return Aid.known(
            cor or f"{draft.car}/{self.application}", self.codice_fiscale, self.regulation, self.granted_on.toordinal(),
            self._cents, measure=draft.car, keys=keys,
        )  # fmt: skip

    def record(self, *, cor: str, component_id: str) -> AidRecord:
        """The record, once the register has given the COR and the number of the component.

        Raises:
            BadFacts: One of them is no such number.
        """
        self._ask((("cor", cor, _COR), ("component_id", component_id, _COMPONENT_ID)))
        component = replace(self._draft.components[0], id=component_id)
        return replace(self._draft, cor=cor, components=(component,))

    def _ask(self, given: Iterable[tuple[str, object, Any]]) -> None:
        found = ((name, value_fault(value, leaf)) for name, value, leaf in given)
        refuse(f"<award {self.application}>", [(name, fault) for name, fault in found if fault is not None])


def prepare_award(
    placement: doors.Placement, header: RnaMeasure, *, granted_on: dt.date | str, codice_fiscale: str | None = None,
    regulation: str | None = None, objective: int | str | None = None,
    instrument_codes: Mapping[str, int] | None = None, sectors: Iterable[str] = (), **told: Any,
) -> PreparedAward:  # fmt: skip
    """The register's record of the award of a funded application, without its COR.

    `granted_on` is the day of the act of granting, done or planned. `codice_fiscale` may be left out where the facts tell it;
    `regulation` and `objective` (COD_OBIETTIVO) where the header has only one de minimis objective; `instrument_codes` says
    under which COD_STRUMENTO of the header a form goes where it has several, or where no table knows the form:
    `{"service": 9001}`. `sectors` are groups of NACE (`I.56.1`). `told` names the other fields of `AidRecord` that the office
    knows: `office`, `granting_body`, `cup`, `grant_act`, `beneficiary_name`, `beneficiary_type` (the size, in the register's
    words), `region`, `project_title` and so on. What is not told is `missing`, and nothing is guessed.

    Raises:
        BadFacts: It is not certain that the application is funded, or what it gets; the measure is not de minimis; something
            told cannot be. Every fault is told.
        NotEncoded: The law of the day of the grant is not encoded.
    """
    where = _where(placement, header)
    faults: Faults = []
    receipt = placement.decision.receipt
    if receipt["varied"]:
        faults.append(
            ("measure", f"it is a what-if, with {receipt['varied']}: only the law as it stands is registered")
        )
    granted = _granted(granted_on, receipt, faults)
    if granted is not None and placement.filed_on is not None and granted < placement.filed_on:
        faults.append(("granted_on", f"{granted} lies before {placement.filed_on}, when the application was filed"))
    aim = objective_for(header.lista_obiettivi, regulation, objective, granted, faults)
    given = given_by(placement, faults)
    codes = InstrumentCodes(header.lista_strumenti, {} if instrument_codes is None else instrument_codes)
    instruments = tuple(codes.instrument(each, faults) for each in given)
    lines = [line for line in placement.decision.support if line.form != "own_share"]
    faults += codes.strange([line.form for line in lines]) if lines else []
    groups = tuple(rows_of("sectors", sectors, faults))
    faults += (
        ("sectors", f"{shown(each)} is no group of NACE as the register writes it: I.56.1")
        for each in groups
        if not (isinstance(each, str) and is_sector(each))
    )
    values: dict[str, Any] = dict.fromkeys(_FIELDS) | {
        "car": header.car, "measure_title": header.titolo_misura, "measure_type": header.des_tipo_misura,
        "sa_number": header.cod_ce, "national_basis": header.base_giuridica_nazionale, "measure_link": header.link_aiuto,
        "granted_on": granted, "codice_fiscale": _tax_code(codice_fiscale, receipt["facts"], faults),
    } | _by_office(told, faults)  # fmt: skip
    faults += _unwritable(values)
    refuse(where, faults)
    award = placement.award
    assert granted is not None
    assert aim is not None
    assert award is not None
    component = AidComponent(
        "", aim.cod_procedimento, aim.des_procedimento, aim.cod_regolamento, aim.des_regolamento, str(aim.cod_obiettivo),
        aim.des_obiettivo, None, None, groups, instruments,
    )  # fmt: skip
    draft = AidRecord(**values | {"cor": "", "components": (component,)})
    under = regulation_of(aim.cod_regolamento)
    assert under is not None
    sure = worst(award.confidence, *(line.confidence for line in lines))
    return PreparedAward(
        placement.id, under, dt.date.fromisoformat(receipt["on"]), sure, tuple(_missing(draft)),
        register_duty(granted, under), tuple(_steps(granted)), tuple(each.form for each in given), draft,
    )  # fmt: skip


def _where(placement: object, header: object) -> str:
    from misure.selecting.placement import Placement

    where = f"<award {placement.id}>" if isinstance(placement, Placement) else "<award>"
    asked = (("placement", placement, Placement), ("header", header, RnaMeasure))
    refuse(where, [
        (name, f"expected {kind.__name__}; got {shown(value)}") for name, value, kind in asked if not isinstance(value, kind)
    ])  # fmt: skip
    return where


def _granted(given: object, receipt: Mapping[str, Any], faults: Faults) -> dt.date | None:
    try:
        found = day(given)
    except ValueError as problem:
        faults.append(("granted_on", str(problem)))
        return None
    said, asked = receipt["facts"].get("granted_on"), receipt["on"]
    if said == "not_yet":
        if day_text(found) < asked:
            faults.append(
                ("granted_on", f"{day_text(found)} lies before {asked}, when the application was not granted yet")
            )
    elif said is not None and said != day_text(found):
        faults.append(("granted_on", f"{day_text(found)} is given, and the facts of the application say {said}"))
    return dt.date.fromordinal(found)


def _tax_code(given: str | None, facts: Mapping[str, Any], faults: Faults) -> str | None:
    said = facts.get("codice_fiscale")
    if given is None and said is None:
        faults.append(("codice_fiscale", "it is not given, and the facts do not tell it"))
        return None
    try:
        found = tax_code.validate(said if given is None else given)
        differs = said is not None and tax_code.compact(said) != found
    except BadIdentifier as problem:
        faults.append(("codice_fiscale", _said(problem)))
        return None
    if differs:
        faults.append(("codice_fiscale", f"{found} is given, and the facts of the application say {said}"))
    return found


def _by_office(told: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    for name in told:
        if name not in _BY_OFFICE:
            hint = nearest(name, _BY_OFFICE)
            suggestion = f"; did you mean {hint!r}?" if hint else f"; it may say {', '.join(_BY_OFFICE)}"
            faults.append((name, f"the office says no such thing of a record{suggestion}"))
    found = {name: told[name] for name in _BY_OFFICE if name in told}
    if found.get("cup") is not None:
        try:
            found["cup"] = project_code.validate(found["cup"])
        except BadIdentifier as problem:
            faults.append(("cup", _said(problem)))
            del found["cup"]
    return found


def _said(problem: BadIdentifier) -> str:
    return str(problem).removeprefix(f"{problem.kind}: ")


def _unwritable(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, leaf in _LEAF.items():
        fault = None if values[name] is None else value_fault(values[name], leaf)
        if fault is not None:
            yield name, fault


def _missing(draft: AidRecord) -> Iterator[str]:
    """What the schema always has, and the draft does not tell; the parts of a list by their place in it."""
    yield from _untold(draft, AID, "")
    for component in draft.components:
        yield from _untold(component, COMPONENT, f"{COMPONENT}.")
        for number, instrument in enumerate(component.instruments, 1):
            yield from _untold(instrument, INSTRUMENT, f"{INSTRUMENT}[{number}].")


def _untold(value: Any, element: str, before: str) -> Iterator[str]:
    for name, leaf in zip(type(value).__dataclass_fields__, LEAVES[element], strict=False):
        if leaf.always and getattr(value, name) in (None, "", ()):
            yield before + leaf.element


def _steps(granted: dt.date) -> Iterator[RegisterStep]:
    before, after = dated_table("stato/rna-before-grant"), dated_table("stato/rna-registration")
    for row in before.rows:
        if row.holds_on(granted.toordinal()):
            yield RegisterStep(row.texts["rule"], True, None, row.citation, row.note)
    row = after.on(granted.toordinal(), rule="send_days")
    yield RegisterStep("send_date", False, row.whole("number"), row.citation, row.note)
