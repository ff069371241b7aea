# SPDX-License-Identifier: Apache-2.0
"""The rules of a first folder and their cases, section by section of the scheme: what was told, and nothing beside it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from misure.ground.times import parse_time, time_text
from misure.reading.packages.first.answers import MOST_EURO, SIZES, Answers

__all__ = ["SCHEME", "Drafted", "Rules", "quoted"]

SCHEME = {
    "A.1": "Finalità e obiettivi", "A.2": "Riferimenti normativi", "A.3": "Soggetti beneficiari", "A.4": "Soggetto gestore",
    "A.5": "Dotazione finanziaria", "B.1": "Caratteristiche generali dell'agevolazione", "B.2": "Progetti finanziabili",
    "B.3": "Spese ammissibili e soglie minime e massime", "C.1": "Presentazione delle domande",
    "C.2": "Tipologia di procedura per l'assegnazione delle risorse", "C.3": "Istruttoria",
    "C.4": "Modalità e tempi per l'erogazione dell'agevolazione", "D.1": "Obblighi dei soggetti beneficiari",
    "D.2": "Decadenze, revoche, rinunce", "D.3": "Proroghe dei termini", "D.4": "Ispezioni e controlli", "D.5": "Monitoraggio dei risultati",
    "D.6": "Responsabile del procedimento", "D.7": "Trattamento dei dati personali", "D.8": "Pubblicazione, informazioni e contatti",
    "D.9": "Diritto di accesso agli atti",
}  # fmt: skip
"""The sections of the regional scheme of calls, and what each is about."""

_CENT = Decimal("0.01")


@dataclass(slots=True)
class Rules:
    """What was told, as it will stand in the file."""

    parameters: list[str] = field(default_factory=list)
    provisions: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    encoded: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)


class Drafted:
    """One folder, as it is put together section by section."""

    def __init__(self, measure_id: str, answers: Answers) -> None:
        self.id, self.told = measure_id, answers
        name = measure_id.rpartition("/")[2]
        self.prefix = "".join(part[0] for part in name.split("-") if part[0].isalpha()).upper() or "M"
        self.act = re.sub(r"[^a-z0-9]+", "-", answers.act.lower()).strip("-") or "atto"
        self.rules = Rules()
        opens = answers.opens
        self.filed = opens.day if opens else answers.act_date
        if opens and answers.closes and opens.day < answers.closes.day:
            self.filed += dt.timedelta(days=(answers.closes.day - opens.day).days // 2)
        self.rules.facts["filed_on"] = self.filed.isoformat()
        for write in (
            self._sizes,
            self._seat,
            self._budget,
            self._support,
            self._spend,
            self._window,
            self._score,
            self._report,
        ):
            write()

    def provision(self, section: str) -> str:
        return f"{self.prefix}.{list(SCHEME).index(section) + 1:02}"

    # What was told, section by section

    def _rule(self, section: str, stage: str, rule: str, *lines: str) -> None:
        heading = self.rules.provisions.setdefault(section, [])
        if f"    {stage}:" not in heading:
            heading.append(f"    {stage}:")
        heading += [
            f"      {rule}:",
            f"        provision: {self.provision(section)}",
            *(f"        {line}" for line in lines),
        ]
        self.rules.encoded.add(section)

    def _case(self, name: str, expect: str, *, on: dt.date | None = None, **facts: str) -> None:
        told = "".join(f", {key}: {value}" for key, value in facts.items())[2:]
        self.rules.cases += [f"  - name: {quoted(name)}", "    like: complete", *([f"    facts: {{{told}}}"] if told else []),
                             f"    on: {on or self._on()}", f"    expect: {{{expect}}}"]  # fmt: skip

    def _on(self) -> dt.date:
        return self.filed

    def _sizes(self) -> None:
        sizes = self.told.sizes
        if sizes is None or sizes == SIZES:
            return
        self.rules.parameters.append(f'  admitted_sizes: {{is: [{", ".join(sizes)}], label: "dimensioni ammesse"}}')
        self._rule(
            "A.3",
            "admission",
            "admitted_size",
            'text: "Impresa di dimensione ammessa"',
            "holds: size in admitted_sizes",
        )
        self.rules.facts["size"] = sizes[0]
        self.rules.findings.append("admitted_size")
        out = next(size for size in SIZES if size not in sizes)
        self._case(
            "Un'impresa di un'altra dimensione resta fuori", "outcome: refused, findings: {admitted_size: no}", size=out
        )

    def _seat(self) -> None:
        if not self.told.lombard_seat:
            return
        self._rule(
            "A.3", "admission", "lombard_seat", 'text: "Sede operativa in Lombardia alla domanda"', "holds: lombard_seat_opened_on <= filed_on",
            'inferred: "che la sede si guardi il giorno della domanda è da leggere nell\'atto"',
        )  # fmt: skip
        self.rules.facts["lombard_seat_opened_on"] = (self.told.act_date - dt.timedelta(days=365)).isoformat()
        self.rules.findings.append("lombard_seat")
        day = self.filed
        self._case(
            "La sede aperta il giorno della domanda basta",
            "findings: {lombard_seat: yes}, margins: {lombard_seat: 0}",
            lombard_seat_opened_on=day.isoformat(),
        )
        after = day + dt.timedelta(days=1)
        self._case(
            "Il giorno dopo non basta",
            "outcome: refused, findings: {lombard_seat: no}",
            on=after,
            lombard_seat_opened_on=after.isoformat(),
        )

    def _budget(self) -> None:
        if self.told.budget is not None:
            self.rules.parameters.append(
                f'  budget: {{is: {self.told.budget} EUR, provision: {self.provision("A.5")}, for_information: yes, label: "dotazione"}}'
            )
            self.rules.encoded.add("A.5")

    def _support(self) -> None:
        told = self.told
        if told.form is None:
            return
        word = {"grant": "contributo", "loan": "finanziamento"}[told.form]
        share = (
            f"is: {_percent(told)}" if told.share is not None else 'unknown: "non ancora letta", between: [0%, 100%]'
        )
        self.rules.parameters.append(f'  support_share: {{{share}, label: "quota del {word}"}}')
        if told.maximum is not None:
            self.rules.parameters.append(f'  support_maximum: {{is: {told.maximum} EUR, label: "{word} massimo"}}')
        most = ["      at_most: support_maximum"] if told.maximum is not None else []
        until = ", fino a {support_maximum}" if told.maximum is not None else ""
        self.rules.blocks += [
            "", "support:", f'  cite: {{act: {self.act}, at: "B.1"}}', "  lines:", f"    {told.form}:", f"      form: {told.form}",
            "      of: planned_eligible_spend", "      intensity: support_share", *most, f"      provision: {self.provision('B.1')}",
            f'      text: "{word.capitalize()} del {{support_share}} della spesa ammissibile{until}"',
        ]  # fmt: skip
        self.rules.encoded.add("B.1")
        self.rules.facts["planned_eligible_spend"] = _amount(self._spent())
        if told.share is not None:
            self._case(
                f"Il {word} di chi spende {self._spent()} euro",
                f"support: {{{told.form}: {self._paid(self._spent())}}}",
            )
            above = _up((told.maximum or Decimal(0)) * told.share.denominator / told.share.numerator) + 1
            if told.maximum is not None and above <= MOST_EURO:
                self._case(
                    "Oltre il massimo non si va",
                    f"support: {{{told.form}: {told.maximum}}}",
                    planned_eligible_spend=_amount(max(above, self._spent())),
                )

    def _spent(self) -> Decimal:
        return max(self.told.minimum_spend or Decimal(0), Decimal("10000.00"))

    def _paid(self, spend: Decimal) -> Decimal:
        assert self.told.share is not None
        paid = (spend * self.told.share.numerator / self.told.share.denominator).quantize(_CENT, ROUND_HALF_UP)
        return paid if self.told.maximum is None else min(paid, self.told.maximum)

    def _spend(self) -> None:
        least = self.told.minimum_spend
        if least is None:
            return
        self.rules.parameters.append(f'  minimum_spend: {{is: {least} EUR, label: "spesa minima"}}')
        self._rule(
            "B.3",
            "admission",
            "minimum_spend_reached",
            'text: "Spesa ammissibile di almeno {minimum_spend}"',
            "holds: planned_eligible_spend >= minimum_spend",
        )
        self.rules.facts["planned_eligible_spend"] = _amount(self._spent())
        self.rules.findings.append("minimum_spend_reached")
        self._case(
            "La spesa minima esatta basta",
            "findings: {minimum_spend_reached: yes}, margins: {minimum_spend_reached: 0.00}",
            planned_eligible_spend=_amount(least),
        )
        self._case(
            "Un centesimo in meno no",
            "outcome: refused, findings: {minimum_spend_reached: no}",
            planned_eligible_spend=_amount(least - _CENT),
        )

    def _window(self) -> None:
        opens, closes = self.told.opens, self.told.closes
        if opens is None or closes is None:
            return
        ends = {"from": "opening_day", "until": "closing_day"}
        self.rules.parameters.append(f'  opening_day: {{is: {opens.day}, label: "apertura delle domande"}}')
        self.rules.parameters.append(f'  closing_day: {{is: {closes.day}, label: "chiusura delle domande"}}')
        for name, instant, key in (("opening", opens, "opens_at"), ("closing", closes, "closes_at")):
            if instant.time:
                ends[key] = f"{name}_time"
                word = {"opening": "apertura", "closing": "chiusura"}[name]
                self.rules.parameters.append(f'  {name}_time: {{is: "{instant.time}", label: "ora di {word}"}}')
        window = ", ".join(f"{key}: {value}" for key, value in ends.items())
        self._rule("C.1", "terms", "application_window", 'text: "Domanda presentata nei termini"', f"window: {{{window}}}",
                   "of: filed_on", "regime: fixed_instant", "stage: admission")  # fmt: skip
        self.rules.findings.append("application_window")
        timed = bool(opens.time or closes.time)
        first, last = opens.time or "00:00", closes.time or "23:59:59"
        if timed:
            same = opens.day == closes.day
            self.rules.facts["filing_time"] = quoted(
                first if self.filed == opens.day or same else "12:00" if self.filed < closes.day else "00:00"
            )

        def at(day: dt.date, time: str) -> dict[str, str]:
            return {"filed_on": day.isoformat()} | ({"filing_time": quoted(time)} if timed else {})

        before, after = opens.day - dt.timedelta(days=1), closes.day + dt.timedelta(days=1)
        self._case(
            "Il primo momento utile", "findings: {application_window: yes}", on=opens.day, **at(opens.day, first)
        )
        self._case(
            "L'ultimo momento utile", "findings: {application_window: yes}", on=closes.day, **at(closes.day, last)
        )
        if before >= self.told.act_date:
            self._case(
                "Il giorno prima dell'apertura",
                "findings: {application_window: no}, outcome: refused",
                on=before,
                **at(before, "12:00"),
            )
        self._case(
            "Il giorno dopo la chiusura",
            "findings: {application_window: no}, outcome: refused",
            on=after,
            **at(after, "12:00"),
        )
        if opens.time and parse_time(opens.time):
            self._case(
                "Un secondo prima dell'ora di apertura",
                "findings: {application_window: no}",
                on=opens.day,
                **at(opens.day, _moved(opens.time, -1)),
            )
        if closes.time and parse_time(closes.time) < parse_time("23:59:59"):
            self._case(
                "Un secondo dopo l'ora di chiusura",
                "findings: {application_window: no}",
                on=closes.day,
                **at(closes.day, _moved(closes.time, 1)),
            )

    def _score(self) -> None:
        if self.told.threshold is None:
            return
        enough, most = self.told.threshold
        self.rules.parameters += [
            '  lowest_score: {is: 0 points, label: "punteggio più basso"}',
            f'  highest_score: {{is: {most.normalize():f} points, label: "punteggio più alto"}}',
            f'  threshold: {{is: {enough.normalize():f} points, label: "soglia"}}',
        ]
        id_ = self.provision("C.3")
        self.rules.blocks += [
            "", "score:", f'  cite: {{act: {self.act}, at: "C.3"}}', f"  provision: {id_}", "  scale: {from: lowest_score, to: highest_score}",
            "  total: total_score",
            f'  threshold: {{id: reaches_threshold, at_least: threshold, provision: {id_}, text: "Punteggio di almeno {{threshold}}"}}',
        ]  # fmt: skip
        self.rules.encoded.add("C.3")
        self.rules.facts["total_score"] = _amount(most)
        self.rules.findings.append("reaches_threshold")
        self._case(
            "La soglia esatta basta",
            "findings: {reaches_threshold: yes}, margins: {reaches_threshold: 0.00}",
            total_score=_amount(enough),
        )
        self._case(
            "Un centesimo di punto in meno no",
            "outcome: refused, findings: {reaches_threshold: no}",
            total_score=_amount(enough - _CENT),
        )

    def _report(self) -> None:
        days = self.told.report_days
        if days is None:
            return
        self.rules.parameters += [
            f'  report_days: {{is: {days} days, label: "giorni per la rendicontazione"}}',
            '  counting: {is: it_civil, inferred: "come si contano i giorni è da leggere nell\'atto: qui vale l\'art. 2963 c.c.", label: "computo dei giorni"}',
        ]
        self._rule("C.4", "terms", "report", 'text: "Rendicontazione entro {report_days} dalla concessione"', 'by: "granted_on + days(report_days)"',
                   "done: final_report_filed", "regime: counting", "stage: reporting")  # fmt: skip
        granted = self.filed + dt.timedelta(days=60)
        # The last day may be a holiday and move: in time is whoever reports the day after the award, late whoever does two weeks after.
        late = granted + dt.timedelta(days=days + 15)
        self._case("La rendicontazione del giorno dopo la concessione è in tempo", "findings: {report: yes}", on=late,
                   granted_on=granted.isoformat(), final_report_filed=(granted + dt.timedelta(days=1)).isoformat())  # fmt: skip
        self._case("Quella di due settimane dopo il termine è in ritardo", "findings: {report: no}", on=late,
                   granted_on=granted.isoformat(), final_report_filed=late.isoformat())  # fmt: skip


def quoted(text: str) -> str:
    """A text as YAML and JSON both quote it."""
    return json.dumps(text, ensure_ascii=False)


def _percent(told: Answers) -> str:
    assert told.share is not None
    found = Decimal(told.share.numerator * 100) / told.share.denominator
    return f"{found.normalize():f}%"


def _amount(amount: Decimal) -> str:
    return quoted(f"{amount.quantize(_CENT):f}")


def _up(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _moved(time: str, seconds: int) -> str:
    return time_text(parse_time(time) + seconds * 10**6)
