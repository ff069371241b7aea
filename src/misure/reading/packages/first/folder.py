# SPDX-License-Identifier: Apache-2.0
"""The three files of a first folder, written from answers: what was told as rules with cases on both sides, the rest as not read yet.

Nothing is added to what was told: a section of which nothing was is listed as not read, and stands under `not_modelled` until it is.
"""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.ground.whole_file import refuse_links, write_whole
from misure.reading.packages.first.answers import Answers
from misure.reading.packages.first.drafted import SCHEME, Drafted, quoted

__all__ = ["files_of", "write_folder"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+", re.ASCII)
_NOT_READ = "non ancora letto, o non ancora scritto in regole"


def write_folder(into: Path, measure_id: str, answers: Answers) -> list[Path]:
    """Write `measure.yaml`, `cases.yaml` and `SOURCES.md` of a new measure into its folder below a rule package.

    Raises:
        BadRules: The id is none, or something stands at its place already.
        OSError: It cannot be written, or a link stands on the way to it.
    """
    if not _ID.fullmatch(measure_id):
        message = (
            "a measure is called like esempio/vetrine: lower-case letters, digits and hyphens, with a family before it"
        )
        raise BadRules([Fault(Place("<command line>"), measure_id[:60], message)])
    folder = into / measure_id
    if folder.is_symlink() or folder.exists():
        message = "something is here already, and is left as it is: give the measure another name"
        raise BadRules([Fault(Place(str(folder)), "", message)])
    files = files_of(measure_id, answers)
    refuse_links(folder, into)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".new-{secrets.token_hex(8)}"  # so that nothing half written ever stands there
    beside.mkdir()
    try:
        for name, text in files.items():
            write_whole(beside / name, [text], within=into)
        beside.rename(folder)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return [folder / name for name in files]


def files_of(measure_id: str, answers: Answers) -> dict[str, str]:
    """The text of each file by its name."""
    written = _Written(Drafted(measure_id, answers))
    return {"measure.yaml": written.measure(), "cases.yaml": written.cases(), "SOURCES.md": written.sources()}


class _Written:
    """The text of the files."""

    def __init__(self, drafted: Drafted) -> None:
        self.drafted, self.id, self.told, self.rules = drafted, drafted.id, drafted.told, drafted.rules

    def measure(self) -> str:
        told, rules = self.told, self.rules
        kind, _, number = told.act.rpartition(" ")
        lines = [
            self._schema("measure"), "format: 1", f"measure: {self.id}", f"title: {quoted(told.title)}", "subject: impresa", "law_of: filing", "", "acts:",
            f"  {self.drafted.act}: {{type: {quoted(kind)}, number: {quoted(number)}, date: {told.act_date}, title: {quoted(told.title)}}}", "",
            "sources:", '  act: {confidence: official, title: "Testo dell\'atto"}', "", "editions:",
            f"  {told.act_date}: {{act: {self.drafted.act}, read: {told.read}}}",
        ]  # fmt: skip
        if rules.parameters:
            lines += ["", "parameters:", *rules.parameters]
        if rules.provisions:
            lines += ["", "provisions:"]
        for section in (section for section in SCHEME if section in rules.provisions):
            lines += [f'  - cite: {{act: {self.drafted.act}, at: "{section}"}}', *rules.provisions[section]]
        lines += rules.blocks
        lines += [
            "",
            "not_modelled:",
            *(f'  {self.drafted.provision(one)}: "{_NOT_READ}"' for one in SCHEME if one not in rules.encoded),
        ]
        return "\n".join(lines) + "\n"

    def _schema(self, kind: str) -> str:
        return f"# $schema: {'../' * len(self.id.split('/'))}schema/{kind}.json"

    def cases(self) -> str:
        rules = self.rules
        outcome = "no_known_obstacle" if rules.findings else "not_applicable"
        found = f", findings: {{{', '.join(f'{name}: yes' for name in rules.findings)}}}" if rules.findings else ""
        lines = [
            self._schema("cases"), "format: 1", f"measure: {self.id}", "bases:", "  complete:", *(f"    {name}: {value}" for name, value in rules.facts.items()), "cases:",
            f"  - name: {quoted('Chi ha tutto ciò che finora si è letto')}", "    like: complete", f"    on: {self.drafted.filed}",
            f"    expect: {{outcome: {outcome}{found}}}", *rules.cases,
        ]  # fmt: skip
        return "\n".join(lines) + "\n"

    def sources(self) -> str:
        read = {"partly": "il testo dell'atto, in parte", "not": "ancora nulla del testo"}[self.told.read]
        rows = [
            f"| {self.drafted.provision(section)} | {section} | {title}{'' if section in self.rules.encoded else f': {_NOT_READ}'} |"
            for section, title in SCHEME.items()
        ]
        return "\n".join([
            f"# Fonti di `{self.id}`", "", f"Letto: {read}. L'ordine è quello dello schema regionale dei bandi: ogni riga di cui si legge si divide in tante",
            "righe quante cose dice, ciascuna con il suo id, e ogni id sta in una regola o sotto `not_modelled`.", "",
            "| id | luogo | contenuto |", "|---|---|---|", *rows, "",
        ])  # fmt: skip
