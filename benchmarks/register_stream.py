# SPDX-License-Identifier: Apache-2.0
"""Streams a file of the State-aid register and measures it, beside the least that any reader of the same file costs.

    python benchmarks/register_stream.py [--megabytes 1000] [--folder DIR]

The file is made when it is not there. Each reader runs in a process of its own, so that its peak memory is its own; times are
those of the processor, as other work on the machine would blur those of the clock. The floors: bare expat without a handler
(nothing is kept), and the iterparse of the standard library, in C, that clears each record (no entity is refused, nothing
is checked or turned into values). `headroom` is the question to a file about one single undertaking of three, `survey` that
about everybody.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_register import codice_fiscale, make

READERS = ("expat", "iterparse", "read_aids", "headroom", "survey")
ON = "2026-11-22"
AID = "{http://www.rna.it/RNA_aiuto/schema}AIUTO"


def read(reader: str, path: str) -> int:
    """Read the whole file in one way; how many records it gave."""
    match reader:
        case "expat":
            from xml.parsers.expat import ParserCreate

            with Path(path).open("rb") as file:
                ParserCreate(None, "}").ParseFile(file)
            return 0
        case "iterparse":
            from xml.etree.ElementTree import iterparse

            events = iter(iterparse(path, ("start", "end")))  # noqa: S314 - the floor, over our own file
            _, root = next(events)
            records = 0
            for event, element in events:
                if event == "end" and element.tag == AID:
                    records += 1
                    root.clear()
            return records
        case "read_aids":
            from misure.register import read_aids

            return sum(1 for _ in read_aids(path))
        case "headroom":
            from misure.deminimis import headroom
            from misure.register import read_ledger

            wanted = [codice_fiscale(number) for number in range(100)]
            ledger, report = read_ledger(path, wanted, complete_by="benchmark")
            headroom(ledger, wanted[:3], on=ON, later="ignore")
            return report.reading.records
        case _:
            from misure.deminimis import survey
            from misure.register import read_ledger

            ledger, report = read_ledger(path, complete_by="benchmark")
            survey(ledger, on=ON, later="ignore")
            return report.reading.records


def measured(reader: str, path: Path) -> tuple[float, float, int]:
    """Seconds of the processor, peak megabytes, records."""
    run = subprocess.run(  # noqa: S603 - this script itself
        [sys.executable, __file__, "--reader", reader, "--file", str(path)], check=True, capture_output=True, text=True
    )
    seconds, peak, records = run.stdout.split()
    return float(seconds), float(peak), int(records)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.reader:
        # What Python imports once is no part of reading: of small files it would be much.
        importlib.import_module("xml.etree.ElementTree")
        if asked.reader not in {"expat", "iterparse"}:
            importlib.import_module("misure.register")
            importlib.import_module("misure.deminimis")
        began = time.process_time()
        records = read(asked.reader, asked.file)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        print(time.process_time() - began, peak, records)
        return
    path = asked.folder / f"misure-register-{asked.megabytes}.xml"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        make(unfinished, asked.megabytes, seed=1)
        unfinished.rename(path)
    size = path.stat().st_size / 1e6
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors; {path.name}: {size:.0f} MB")
    print(f"{'':12} {'seconds':>8} {'MB/s':>7} {'records/s':>10} {'peak MB':>8} {'expat':>7} {'iterparse':>10}")
    floors: dict[str, float] = {}
    for reader in READERS:
        seconds, peak, records = measured(reader, path)
        floors.setdefault(reader, seconds)
        ratios = f"{seconds / floors['expat']:6.1f}x" + (
            f" {seconds / floors['iterparse']:9.1f}x" if "iterparse" in floors else ""
        )
        print(f"{reader:12} {seconds:8.1f} {size / seconds:7.1f} {records / seconds:10.0f} {peak:8.0f} {ratios}")


if __name__ == "__main__":
    main()
