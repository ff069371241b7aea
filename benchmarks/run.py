# SPDX-License-Identifier: Apache-2.0
"""What a decision costs, beside its reference in the same run; ratios are what counts, the machine is not.

    python benchmarks/run.py [--rounds 15]

Library and reference are timed in turn, so that a slow moment hits both; the median of the rounds stands in the table. What
is counted is processor time, not the clock: whoever else uses the machine does not count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import by_hand, verso_by_hand, verso_firm
from benchmarks.step_by_hand import admission as step_by_hand
from benchmarks.step_by_hand import partnership, payments
from benchmarks.step_by_hand.project import Project, project_of
from benchmarks.verso_money import following

import misure
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.identifiers.forms import made_up
from misure.reading import read_rulebook

ROOT = Path(misure.catalogue().roots["lombardia/filiere"])
FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
STEP = misure.catalogue()["lombardia/tecnologie-strategiche-step"]
ON = dt.date(2022, 7, 15)
ON_VERSO, ON_BALANCE = dt.date(2025, 9, 1), dt.date(2027, 7, 1)
ON_STEP, ON_STEP_BALANCE = dt.date(2025, 5, 1), dt.date(2028, 7, 10)
Work = Callable[[], object]


def proposal(partners: int = 12) -> dict[str, object]:
    """A proposal of which everything is told."""
    flags = [name for name, fact in FILIERE.rulebook.facts.items() if fact.kind == "truth"]
    record = dict.fromkeys(("seat_in_lombardy", "signed", "role_stated", "commitments_stated"), True)
    scores = dict.fromkeys((c.fact for c in FILIERE.rulebook.score.criteria), "12.50")
    rows = [
        {
            "id": f"impresa-{n}",
            "name": f"Impresa {n} S.r.l.",
            "kind": "impresa",
            "codice_fiscale": made_up("codice_fiscale", n),
            **record,
        }
        for n in range(partners)
    ]
    known = set(FILIERE.rulebook.tables["partners"].fields)
    told: dict[str, object] = dict.fromkeys(flags, True) | scores
    told |= {"filed_on": "2022-06-01", "evaluated_on": "2022-06-30", "capofila": "impresa-1", "total_score": "75.00"}
    return told | {"partners": [{name: value for name, value in row.items() if name in known} for row in rows]}


def each(work: Work, loops: int) -> float:
    """Seconds that one call takes, over so many."""
    start = spent()
    for _ in range(loops):
        work()
    return (spent() - start) / loops


def spent() -> float:
    """The processor time of this process, and of the processes that it has run."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def beside(work: Work, reference: Work, rounds: int, loops: int) -> tuple[float, float]:
    """The medians of both, timed in turn."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(each(reference, loops))
        ours.append(each(work, loops))
    return statistics.median(ours), statistics.median(theirs)


def shown(seconds: float) -> str:
    return f"{seconds * 1e6:9.2f} us" if seconds < 1e-3 else f"{seconds * 1e3:9.2f} ms"


def row(what: str, goal: str, ours: float, theirs: float | None = None, reference: str = "") -> None:
    ratio = f"{ours / theirs:7.2f} x" if theirs else " " * 9
    print(f"{what:<58} {shown(ours)} {ratio} {shown(theirs) if theirs else '':>12}  {reference:<36} {goal}", flush=True)


def processes(rounds: int) -> None:
    def run(code: str) -> Work:
        command = [sys.executable, "-c", code]
        return lambda: subprocess.run(command, check=True, env={"PYTHONPATH": str(Path(misure.__file__).parents[1])})  # noqa: S603 - this Python

    bare = run("pass")
    ours, theirs = beside(run("import misure"), bare, rounds, 1)
    row("import misure, over bare Python", "40 ms", ours - theirs)
    first = (
        "import datetime, misure; measure = misure.catalogue()['lombardia/filiere']; "
        "assert measure.decide({'filed_on': '2022-06-01'}, on=datetime.date(2022, 7, 15)).outcome == 'undecided'"
    )
    ours, theirs = beside(run(first), bare, max(5, rounds // 2), 1)
    row("first decision of a process, over bare Python", "200 ms", ours - theirs)


def of_partnerships(rounds: int, loops: int) -> None:
    """Tecnologie Strategiche: three partners that ask, and that were granted and have reported."""
    for whose, facts, day in (
        ("asked for", partnership.applicant(STEP), ON_STEP),
        ("granted and reported", partnership.beneficiary(STEP), ON_STEP_BALANCE),
    ):
        dossier, on = compiled(STEP).facts.read(facts, day), day.toordinal()
        assert dossier.complete
        project = project_of(dossier)

        def by_our_hand(project: Project = project, on: int = on) -> object:
            return step_by_hand.decide(project, on)

        def paid_by_hand(project: Project = project, on: int = on) -> object:
            return payments.paid(project, step_by_hand.decide(project, on), on)

        assert by_our_hand().outcome == by_hand.YES
        row(
            f"step, 3 partners, {whose}: decision",
            "2 x",
            *beside(lambda dossier=dossier: compiled(STEP).decide(dossier), by_our_hand, rounds, loops),
            "by hand",
        )
        row(
            "  and its amounts, days, tranches",
            "",
            *beside(lambda dossier=dossier: amounts(compiled(STEP).decide(dossier)), paid_by_hand, rounds, loops // 4),
            "by hand",
        )


def decisions(rounds: int) -> None:
    loops = 400
    told = compiled(FILIERE).facts.read(proposal(), ON)
    assert told.complete
    record = by_hand.proposal_of(told)
    hand = lambda: by_hand.decide(record)  # noqa: E731 - a table of thunks
    assert by_hand.decide(record).outcome == by_hand.YES
    row(
        "filiere, 12 partners: decision",
        "2 x",
        *beside(lambda: compiled(FILIERE).decide(told), hand, rounds, loops),
        "by hand",
    )
    row(
        "  and its outcome and truths",
        "2 x",
        *beside(lambda: truths(compiled(FILIERE).decide(told)), hand, rounds, loops),
        "by hand",
    )
    row(
        "  and all findings read",
        "6 x",
        *beside(lambda: read(compiled(FILIERE).decide(told)), hand, rounds, loops),
        "by hand",
    )

    partly = proposal()
    for name in ("common_objective", "total_score", "score_swot", "innovation_elements"):
        del partly[name]
    for partner in partly["partners"][:2]:
        del partner["seat_in_lombardy"]
    missing = compiled(FILIERE).facts.read(partly, ON)
    open_record = by_hand.proposal_of(missing)
    hand_open = lambda: by_hand.decide(open_record)  # noqa: E731 - the same
    row(
        "filiere, six facts missing: decision",
        "3 x",
        *beside(lambda: compiled(FILIERE).decide(missing), hand_open, rounds, loops),
        "by hand",
    )
    row(
        "  and all findings read",
        "",
        *beside(lambda: read(compiled(FILIERE).decide(missing)), hand_open, rounds, loops // 4),
        "by hand",
    )

    asked = compiled(VERSO).facts.read(verso_firm.applicant(VERSO), ON_VERSO)
    assert asked.complete
    firm_record, on = verso_firm.firm_of(asked), ON_VERSO.toordinal()
    hand_verso = lambda: verso_by_hand.decide(firm_record, on)  # noqa: E731 - the same
    row(
        f"verso, {len(VERSO.rulebook.conditions)} conditions, 12 expenses: decision",
        "2 x",
        *beside(lambda: compiled(VERSO).decide(asked), hand_verso, rounds, loops),
        "by hand",
    )
    row(
        "  and all findings read",
        "6 x",
        *beside(lambda: read(compiled(VERSO).decide(asked)), hand_verso, rounds, loops),
        "by hand",
    )
    after = compiled(VERSO).facts.read(verso_firm.beneficiary(VERSO), ON_BALANCE)
    for whose, firm, day in (("asked for", asked, ON_VERSO), ("granted and reported", after, ON_BALANCE)):
        known, at = verso_firm.firm_of(firm), day.toordinal()

        def paid_by_hand(known: verso_firm.Firm = known, at: int = at) -> object:
            answer = verso_by_hand.decide(known, at)
            return answer, following.payments_of(known, answer.money, at, answer.outcome == by_hand.YES)

        row(
            f"verso, {whose}: amounts, days, tranches",
            "",
            *beside(lambda firm=firm: amounts(compiled(VERSO).decide(firm)), paid_by_hand, rounds, loops // 4),
            "by hand",
        )
    record_after, balance = verso_firm.firm_of(after), ON_BALANCE.toordinal()
    row(
        "verso, granted and reported: decision",
        "2 x",
        *beside(
            lambda: compiled(VERSO).decide(after), lambda: verso_by_hand.decide(record_after, balance), rounds, loops
        ),
        "by hand",
    )
    of_partnerships(rounds, loops)

    import pydantic

    class Partner(pydantic.BaseModel):
        id: str
        name: str | None = None
        kind: str
        seat_in_lombardy: bool
        signed: bool
        role_stated: bool
        commitments_stated: bool

    facts = proposal()
    fields = dict.fromkeys(facts, (object, ...)) | {"partners": (list[Partner], ...)}
    model = pydantic.create_model("Proposal", **fields)
    row(
        "from a mapping, 12 partners",
        "20 us",
        *beside(lambda: compiled(FILIERE).facts.read(facts, ON), lambda: model.model_validate(facts), rounds, loops),
        "pydantic, partners alone checked",
    )
    text = json.dumps(facts)
    row(
        "from JSON text",
        "",
        *beside(lambda: FILIERE.decide(text, on=ON), lambda: json.loads(text), rounds, loops),
        "json.loads alone",
    )
    row(
        "filiere: mapping in, decision out",
        "",
        *beside(lambda: FILIERE.decide(facts, on=ON), hand, rounds, loops),
        "by hand, facts already checked",
    )
    plain = FILIERE.decide(facts, on=ON).to_dict()
    for measure, dossier in ((FILIERE, told), (VERSO, asked)):

        def fresh(measure: Measure = measure, dossier: object = dossier) -> str:
            return compiled(measure).decide(dossier).to_json()

        ours, theirs = beside(fresh, lambda: json.dumps(plain, ensure_ascii=False), rounds, loops // 4)
        row(
            f"{measure.id.rpartition('/')[2]}: decision to JSON, fresh",
            "100 us",
            ours,
            theirs,
            "json.dumps of filiere's",
        )


def truths(decision: misure.Decision) -> object:
    return decision.outcome, [finding.truth for finding in decision.findings]


def read(decision: misure.Decision) -> object:
    return [(f.id, f.truth, f.values, f.margin, f.culprits, f.missing, f.confidence, f.cite) for f in decision.findings]


def amounts(decision: misure.Decision) -> object:
    return decision.support, decision.spending, decision.terms, decision.duties, decision.tranches, decision.lapses


def loading(rounds: int) -> None:
    def read_fresh() -> object:
        return read_rulebook(ROOT, "lombardia/filiere", [ROOT])

    book = read_fresh()

    def compiled() -> object:
        measure = Measure(book)
        return measure.decide({}, on=ON)

    text = (ROOT / "lombardia/filiere/measure.yaml").read_text("utf-8")
    import yaml

    reference = lambda: yaml.load(text, yaml.CSafeLoader)  # noqa: E731 - our own file
    row(
        "load of filiere (vocabulary, read, check, link)",
        "10 ms",
        *beside(read_fresh, reference, rounds, 1),
        "its YAML alone, by CSafeLoader",
    )
    row("  lower and compile one period", "", *beside(compiled, reference, rounds, 1), "its YAML alone, by CSafeLoader")


CONDITION = """      rule_{n}: {{provision: P.{n}, text: "Regola {n}", holds: size in sizes and (young or local)}}
"""
SYNTHETIC = """format: 1
measure: prova/grande
title: Prova
subject: impresa
law_of: filing
acts: {uno: {type: DGR, number: XI/1, date: 2022-01-31}}
sources: {act: {confidence: official, title: testo}}
editions: {2022-01-31: {act: uno}}
flags:
  young: {label: giovane, question: "È giovane?"}
  local: {label: del luogo, question: "È del luogo?"}
parameters:
  sizes: [micro, small]
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
"""


def growth(rounds: int) -> None:
    print()
    base = None
    for partners in (10, 50, 250):
        dossier = compiled(FILIERE).facts.read(proposal(partners), ON)
        work = functools.partial(compiled(FILIERE).decide, dossier)
        seconds = statistics.median(each(work, 100) for _ in range(rounds))
        base = base or seconds / partners
        print(
            f"{f'decision, {partners} partners':<58} {shown(seconds)}   {seconds / partners / base:5.2f} x per partner"
        )
    base = None
    for conditions in (25, 100, 400):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "prova" / "grande"
            home.mkdir(parents=True)
            text = SYNTHETIC + "".join(CONDITION.format(n=n) for n in range(conditions))
            (home / "measure.yaml").write_text(text, "utf-8")

            def fresh(root: str = folder) -> Measure:
                measure = Measure(read_rulebook(Path(root), "prova/grande", [ROOT]))
                measure.decide({}, on=ON)
                return measure

            load = statistics.median(each(fresh, 1) for _ in range(max(3, rounds // 3)))
            measure = fresh()
            dossier = compiled(measure).facts.read({"size": "micro"}, ON)

            def decided(measure: Measure = measure, dossier: object = dossier) -> object:
                return truths(compiled(measure).decide(dossier))

            seconds = statistics.median(each(decided, 20) for _ in range(rounds))
        base = base or (load / conditions, seconds / conditions)
        print(
            f"{f'{conditions} conditions: load and compile':<58} {shown(load)}   {load / conditions / base[0]:5.2f} x per condition\n"
            f"{f'{conditions} conditions: decision and its truths':<58} {shown(seconds)}   {seconds / conditions / base[1]:5.2f} x per condition"
        )


PARTS = {"processes": processes, "loading": loading, "decisions": decisions, "growth": growth}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--only", choices=PARTS, action="append", help="some parts alone")
    chosen = options.parse_args()
    print(f"Python {sys.version.split()[0]}, misure {misure.__version__}, {chosen.rounds} rounds\n")
    print(f"{'what':<58} {'ours':>12} {'ratio':>9} {'reference':>12}  {'':<36} goal")
    for name in chosen.only or PARTS:
        PARTS[name](chosen.rounds)
    print("\nA million firms: python benchmarks/batch_firms.py")


if __name__ == "__main__":
    main()
