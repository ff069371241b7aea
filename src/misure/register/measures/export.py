# SPDX-License-Identifier: Apache-2.0
"""A measure's header as the State-aid register wants it: what the rulebook knows, and the rest from who registers it.

The rulebook knows title, acts, budget and forms of support. It does not know what the register numbers (CAR, offices,
types, sizes), nor the days between which the aid scheme runs, which are not those of the window for applications: these the
caller gives, and nothing is filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from misure import _doors as doors
from misure.deciding.machinery import compiled
from misure.ground.arguments import kind_in_words, wanted
from misure.ground.given import day, euros, refuse
from misure.ground.place import nearest
from misure.register.codes import code_rows, instrument_for, label_of
from misure.register.known import acts_on, cents_of, forms_of
from misure.register.measures.record import Dotazione, Field, Obiettivo, RnaMeasure, Strumento, fields_of
from misure.register.measures.writing import schema_faults, write_rna_measures

__all__ = ["measure_to_rna", "rna_measure"]

Faults = list[tuple[str, str]]


def measure_to_rna(
    measure: doors.Measure, *, on: dt.date | str, instrument_codes: Mapping[str, int] | None = None, **given: Any
) -> bytes:
    """The header of a measure in the register's XML (`RNA_misura.xsd`), by the law of a day.

    `given` names the elements in small letters (`cod_uff_gestore=1`, `lista_aree=[Area("ITC4", "Lombardia")]`) and comes
    before what the rulebook knows; None leaves an optional one out, and need not be said. `instrument_codes` says under
    which COD_STRUMENTO a form of support goes where the register has several for it: `{"grant": 2}`.

    Raises:
        BadFacts: Something is missing, is not known to the schema or does not fit it; all of it is told, by element.
        NotEncoded: The law of the day is not encoded.
        TypeError: `measure` is no measure, or `instrument_codes` no mapping.
    """
    return write_rna_measures([rna_measure(measure, on=on, instrument_codes=instrument_codes, **given)])


def rna_measure(
    measure: doors.Measure, *, on: dt.date | str, instrument_codes: Mapping[str, int] | None = None, **given: Any
) -> RnaMeasure:
    """The same as a value; see `measure_to_rna`."""
    faults: Faults = []
    on_day = question_day(measure, on, faults)
    if instrument_codes is not None and not isinstance(instrument_codes, Mapping):
        raise TypeError(f"instrument_codes is a code for each form of support; got {kind_in_words(instrument_codes)}")
    fields = fields_of(RnaMeasure)
    names = [field.name for field in fields]
    faults += (
        (
            name,
            "the schema has no such element" + (f"; did you mean {hint!r}?" if (hint := nearest(name, names)) else ""),
        )
        for name in given
        if name not in names
    )
    values: dict[str, Any] = {}
    for field in fields:
        if field.name in given:
            value = given[field.name]
            values[field.name] = tuple(value) if isinstance(value, list) else value
        elif field.name in _KNOWN:
            values[field.name] = _KNOWN[field.name](measure, on_day, instrument_codes or {}, faults)
        else:
            values[field.name] = None
            if not field.optional:
                faults.append((field.element, _missing(field)))
    told = {subject for subject, _ in faults}
    record = RnaMeasure(**values)
    faults += ((where, message) for where, message in schema_faults(record) if where not in told)
    if not faults:
        faults += _labels(record)
    refuse(f"<{measure.id} for the register>", faults)
    return record


def question_day(measure: doors.Measure, on: dt.date | str, faults: Faults) -> dt.date:
    """The day by whose law a measure is told.

    Raises:
        NotEncoded: The measure has no law on that day.
    """
    from misure.deciding.measure import Measure  # opened by nobody else here

    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    if measure.varied:
        faults.append(
            ("measure", f"it is a what-if, with {dict(measure.varied)}: only the law as it stands is registered")
        )
    try:
        found = dt.date.fromordinal(day(on))
    except ValueError as problem:
        refuse(f"<{measure.id} for the register>", [*faults, ("on", str(problem))])
        raise
    compiled(measure).check_question(found)
    return found


def _missing(field: Field) -> str:
    return f"it is not given, and the rulebook does not know it: say {field.name}=..."


def _title(measure: doors.Measure, _on: dt.date, _codes: Mapping[str, int], _faults: Faults) -> str:
    return measure.title


def _basis(measure: doors.Measure, on: dt.date, _codes: Mapping[str, int], _faults: Faults) -> str:
    return acts_on(measure.rulebook, on)


def _budget(measure: doors.Measure, on: dt.date, _codes: Mapping[str, int], faults: Faults) -> tuple[Dotazione, ...]:
    amount = cents_of(measure.rulebook, "budget", on)
    if amount is None:
        faults.append(("LISTA_DOTAZIONI", "it is not given, and the rulebook knows no budget: say lista_dotazioni=..."))
        return ()
    if amount % 100:
        message = f"the budget is {euros(amount)}, and the schema takes no cents: say lista_dotazioni=..."
        faults.append(("LISTA_DOTAZIONI", message))
        return ()
    return (Dotazione(None, amount // 100),)


def _instruments(
    measure: doors.Measure, _on: dt.date, codes: Mapping[str, int], faults: Faults
) -> tuple[Strumento, ...]:
    forms = forms_of(measure.rulebook)
    if not forms:
        faults.append(("LISTA_STRUMENTI", "it is not given, and the rulebook has no support: say lista_strumenti=..."))
    for form in codes:
        if form not in forms:
            faults.append(
                ("instrument_codes", f"the measure gives no {form!r}; it gives {', '.join(forms) or 'nothing'}")
            )
    found: dict[int, Strumento] = {}
    for form in forms:
        wanted = instrument_for(form)
        fitting = [code for code, row in code_rows("instruments").items() if row.texts["instrument"] == wanted]
        code = codes.get(form)
        if code is None:
            if len(fitting) != 1:
                which = f"COD_STRUMENTO may be {', '.join(fitting)}" if fitting else "no COD_STRUMENTO is known for it"
                message = f"{form}: {which}: say instrument_codes={{{form!r}: ...}}, or lista_strumenti=..."
                faults.append(("LISTA_STRUMENTI", message))
                continue
            code = int(fitting[0])
        label = label_of("instruments", str(code))
        if label is None:
            faults.append(
                ("instrument_codes", f"the words of COD_STRUMENTO {code!r} are not known: say lista_strumenti=...")
            )
        elif str(code) not in fitting:
            faults.append(("instrument_codes", f"COD_STRUMENTO {code} is {label!r}, and no {form}"))
        else:
            found[code] = Strumento(False, code, label)
    return tuple(found.values())


_KNOWN: dict[str, Callable[[doors.Measure, dt.date, Mapping[str, int], Faults], Any]] = {
    "titolo_misura": _title,
    "base_giuridica_nazionale": _basis,
    "lista_dotazioni": _budget,
    "lista_strumenti": _instruments,
}


def _labels(record: RnaMeasure) -> Iterator[tuple[str, str]]:
    """A known code under other words than the register's is a slip of one or the other."""
    for index, instrument in enumerate(record.lista_strumenti, 1):
        if not instrument.flag_user_defined:
            yield from _label(
                f"LISTA_STRUMENTI[{index}].DES_STRUMENTO",
                "instruments",
                instrument.cod_strumento,
                instrument.des_strumento,
            )
    for index, objective in enumerate(record.lista_obiettivi, 1):
        yield from _objective(f"LISTA_OBIETTIVI[{index}].", objective)
    if record.data_fine_misura.replace(tzinfo=None) < record.data_inizio_misura.replace(tzinfo=None):
        yield (
            "DATA_FINE_MISURA",
            f"{record.data_fine_misura} lies before {record.data_inizio_misura}, when the measure begins",
        )


def _objective(where: str, objective: Obiettivo) -> Iterator[tuple[str, str]]:
    yield from _label(where + "DES_PROCEDIMENTO", "procedures", objective.cod_procedimento, objective.des_procedimento)
    yield from _label(where + "DES_REGOLAMENTO", "regulations", objective.cod_regolamento, objective.des_regolamento)
    yield from _label(where + "DES_OBIETTIVO", "objectives", objective.cod_obiettivo, objective.des_obiettivo)
    if objective.cod_regolamento not in code_rows("regulations"):
        hint = nearest(objective.cod_regolamento, code_rows("regulations"))
        suggestion = f"; did you mean {hint!r}?" if hint else ""
        yield where + "COD_REGOLAMENTO", f"{objective.cod_regolamento!r} is no code that is known{suggestion}"


def _label(where: str, table: str, code: int | str, words: str) -> Iterator[tuple[str, str]]:
    label = label_of(table, str(code))
    if label is not None and label != words:
        yield where, f"the register calls {code} {label!r}, and not {words[:60]!r}"
