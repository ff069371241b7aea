# SPDX-License-Identifier: Apache-2.0
"""Makes a file of the State-aid register's form, of any size, out of made-up aids: the same for the same seed.

    python benchmarks/make_register.py aids.xml --megabytes 100 [--seed 1]

Names are made of syllables, codici fiscali have a right check digit and belong to nobody known; measures, codes and the
shares of de minimis and other aid are like those of the register.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from misure.register import AidComponent, AidInstrument, AidRecord, aid_pieces
from misure.register.codes import code_rows

REGULATIONS = (
    ("2", "Notifica", "CE1589/15", 60), ("1", "De Minimis", "CE2831/23", 25), ("3", "Esenzione", "CE651/2014", 9),
    ("2", "Notifica", "CE1890-2.1/22", 3), ("1", "De Minimis", "CE2832/23", 2), ("1", "De Minimis", "CE1407/13", 1),
)  # fmt: skip
SYLLABLES = ("al", "be", "co", "di", "fa", "gu", "le", "mi", "no", "pra", "ri", "sto", "ta", "ve", "zo")
FIRST_DAY = dt.date(2023, 11, 1)
DAYS = 36 * 30


def codice_fiscale(number: int) -> str:
    """Eleven digits with the right check digit, in a range of serial numbers that was never given out."""
    digits = f"{4_000_000 + number % 2_000_000}015"
    total = 0
    for place, digit in enumerate(map(int, digits), 1):
        doubled = digit if place % 2 else 2 * digit
        total += doubled - 9 if doubled > 9 else doubled
    return f"{digits}{-total % 10}"


def words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(
        "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(chance.randint(least, most))
    ).capitalize()


def cents(chance: random.Random) -> int:
    return int(10 ** (chance.randint(0, 400) / 100)) * 10_000 + chance.randint(0, 9_999)


def aids(seed: int, beneficiaries: int = 200_000) -> Iterator[AidRecord]:
    """Made-up aids without end."""
    chance = random.Random(seed)
    labels = {code: row.texts["label"] for code, row in code_rows("instruments").items()}
    measures = [(str(20_000 + number), words(chance, 6, 16), words(chance, 8, 30)) for number in range(400)]
    weights = [weight for *_, weight in REGULATIONS]
    sizes = ("Microimpresa", "Piccola impresa", "Media impresa", "Grande impresa")
    number = 0
    while True:
        number += 1
        car, title, basis = chance.choice(measures)
        parts = []
        for part in range(chance.choices((1, 2, 8), (96, 3, 1))[0]):
            procedure, label, regulation, _ = chance.choices(REGULATIONS, weights)[0]
            forms = []
            for code in chance.sample(sorted(labels), chance.choices((1, 2), (90, 10))[0]):
                amount = cents(chance)
                forms.append(AidInstrument(int(code), labels[code], amount, amount * chance.choice((1, 1, 1, 10))))
            sectors = tuple(
                f"{chance.choice('CFGHIJMN')}.{chance.randint(10, 82)}.{chance.randint(1, 9)}"
                for _ in range(chance.choices((1, 2, 60), (94, 5, 1))[0])
            )
            parts.append(AidComponent(
                str(30_000_000 + number * 8 + part), int(procedure), label, regulation, f"Regolamento {regulation}",
                chance.choice(("842030", "842020", "842090", "501604")), words(chance, 1, 6), None, None, sectors, tuple(forms),
            ))  # fmt: skip
        yield AidRecord(
            car, title, "Regime di aiuti", f"SA.{chance.randint(40_000, 99_999)}", basis,
            f"https://example.org/misure/{car}", chance.randint(1, 4_000), f"Ente {car}", str(20_000_000 + number),
            words(chance, 3, 12), words(chance, 6, 60), "https://example.org/trasparenza",
            FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)), None, f"Atto {chance.randint(1, 9_999)}", None,
            f"{words(chance, 1, 3).upper()} SRL", codice_fiscale(chance.randrange(beneficiaries)), chance.choice(sizes),
            chance.choice(("Lombardia", "Veneto", "Puglia")), None, None, None, None, tuple(parts),
        )  # fmt: skip


def make(path: Path, megabytes: int, seed: int) -> int:
    """Write the file; how many aids it holds."""
    wanted, written, held = megabytes * 1_000_000, 0, 0

    def some() -> Iterator[AidRecord]:
        nonlocal held
        for aid in aids(seed):
            if written >= wanted:
                return
            held += 1
            yield aid

    with path.open("wb") as file:
        for piece in aid_pieces(some()):
            written += file.write(piece)
    return held


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{make(asked.path, asked.megabytes, asked.seed)} aids in {asked.path}")
