# SPDX-License-Identifier: Apache-2.0
"""The codes of a measure's header in the register, allocation for one aid: its objective, and an instrument for each line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from misure.deminimis.law import REGULATIONS, regulation_faults
from misure.ground.given import Mistake
from misure.register.aids.aid import AidInstrument
from misure.register.awarded import Given
from misure.register.codes import DE_MINIMIS, code_rows, instrument_for, instrument_of, procedure_of, regulation_of
from misure.register.measures.record import Obiettivo, Strumento

__all__ = ["InstrumentCodes", "objective_for"]

Faults = list[Mistake]


def objective_for(
    header: Sequence[Obiettivo], regulation: str | None, objective: int | str | None, granted: dt.date | None,
    faults: Faults,
) -> Obiettivo | None:  # fmt: skip
    """The one de minimis objective of a header that is meant; None where it is none or several, which goes to the faults."""
    if regulation is not None and (wrong := regulation_faults(regulation)):
        faults += wrong
        return None
    small = [each for each in header if _is_small(each)]
    if not small:
        faults.append(
            ("header", "the measure is not de minimis: LISTA_OBIETTIVI has no objective under such a regulation")
        )
        return None
    found = [
        each for each in small
        if regulation in {None, regulation_of(each.cod_regolamento)} and str(objective) in {"None", str(each.cod_obiettivo)}
    ]  # fmt: skip
    if len(found) != 1:
        named = ", ".join(f"{each.cod_obiettivo} under {each.cod_regolamento}" for each in found or small)
        if found:
            faults.append(("objective", f"the header has {named}: say objective=..., or regulation=..."))
        else:
            faults.append(("objective", f"the header has no such de minimis objective; it has {named}"))
        return None
    (aim,) = found
    row = code_rows("regulations")[aim.cod_regolamento]
    if granted is not None and not row.holds_on(granted.toordinal()):
        since = dt.date.fromordinal(row.since)
        faults.append(("header", f"{aim.cod_regolamento} is granted under from {since}, and the grant is of {granted}"))
    return aim


def _is_small(objective: Obiettivo) -> bool:
    procedure, regulation = procedure_of(objective.cod_procedimento), regulation_of(objective.cod_regolamento)
    return procedure == DE_MINIMIS and regulation in REGULATIONS


class InstrumentCodes:
    """The instruments of a header, found by the form of a line of support.

    A form that the header has once needs no more; one that it has several times, or that no table knows, is looked up in
    what the caller says. What is found nowhere stays None.
    """

    def __init__(self, header: Sequence[Strumento], said: Mapping[str, int]) -> None:
        if not isinstance(said, Mapping):
            raise TypeError(f"instrument_codes= has a code for each form of support; got {type(said).__name__}")
        self._header = header
        self._said = said

    def strange(self, forms: Sequence[str]) -> Faults:
        """What the caller says of forms that the measure does not give."""
        message = f"the measure gives {', '.join(dict.fromkeys(forms))}, and no "
        return [("instrument_codes", message + repr(form)) for form in self._said if form not in forms]

    def instrument(self, given: Given, faults: Faults) -> AidInstrument:
        """The instrument of one line; its code and words are None where they are not known."""
        found = self._found(given, faults)
        code, text = (None, None) if found is None else (found.cod_strumento, found.des_strumento)
        return AidInstrument(code, text, given.aid, given.nominal)

    def _found(self, given: Given, faults: Faults) -> Strumento | None:
        wanted, said = instrument_for(given.form), self._said.get(given.form)
        if said is None:
            fitting = [each for each in self._header if _kind(each) == wanted]
            return fitting[0] if len(fitting) == 1 else None
        for each in self._header:
            if each.cod_strumento == said:
                if wanted in _KINDS and _kind(each) != wanted:
                    faults.append(("instrument_codes", f"{said} is {each.des_strumento!r}, and no {given.form}"))
                return each
        there = ", ".join(str(each.cod_strumento) for each in self._header)
        faults.append(("instrument_codes", f"the header has no COD_STRUMENTO {said}; it has {there or 'none'}"))
        return None


_KINDS = frozenset({"grant", "loan", "guarantee"})
"""The forms of support that the register's own codes tell."""


def _kind(instrument: Strumento) -> str | None:
    return instrument_of(instrument.cod_strumento, instrument.des_strumento)
