# SPDX-License-Identifier: Apache-2.0
"""Makes a file of the State-aid register's form, of any size, out of made-up aids: the same for the same seed.

    python benchmarks/make_register.py aids.xml --megabytes 100 [--seed 1]

Names are made of syllables, codici fiscali have a right check digit and belong to nobody known. The shape is that of a month
of the register: regulations, objectives and forms in the shares of January and February 2025 (528,151 rows), nearly always one
component and one form an aid, some 2,500 bytes each; a month has about 240,000 aids (`--megabytes 600`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from misure.deminimis import REGULATIONS as DE_MINIMIS_REGULATIONS
from misure.register import AidComponent, AidInstrument, AidRecord, aid_pieces
from misure.register.codes import code_rows, regulation_of

REGULATIONS = {
    "CE1890-2.1/22": 340_414, "CE1863-3.1/20": 144_721, "CE2831/23": 34_856, "CE800/08": 4_309, "CE651/2014": 3_495,
    "CE1589/15": 206, "CE1863-3.10/20": 47, "CE1863-3.2/20": 38, "CE2832/23": 32, "CE1407/13": 15, "CE20122011": 4,
}  # fmt: skip
"""How many rows of two months each regulation has."""
EXEMPTIONS = frozenset({"CE800/08", "CE651/2014", "CE20122011"})
FORMS = {"deminimis": {"10": 63, "2": 25, "9": 8, "13": 4}, "other": {"2": 80, "13": 15, "9": 3, "10": 2}}
"""Forms of aid by COD_STRUMENTO: 63 % of de minimis aid are guarantees."""
PROCEDURES = {"deminimis": ("1", "De Minimis"), "exemption": ("3", "Esenzione"), "notification": ("2", "Notifica")}
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


def procedure_of(code: str) -> str:
    """How aid under a regulation is lawful."""
    if regulation_of(code) in DE_MINIMIS_REGULATIONS:
        return "deminimis"
    return "exemption" if code in EXEMPTIONS else "notification"


def aids(seed: int, beneficiaries: int = 120_000, several: float = 0.0003) -> Iterator[AidRecord]:
    """Made-up aids without end; `several` is the share of those with several components, forms and sectors."""
    chance = random.Random(seed)
    labels = {code: row.texts["label"] for code, row in code_rows("instruments").items()}
    regulations = {code: code_rows("regulations")[code].texts["label"] for code in REGULATIONS}
    objectives: dict[str, list[tuple[str, str]]] = {code: [] for code in REGULATIONS}
    for code, row in code_rows("objectives").items():
        objectives.setdefault(row.note.removeprefix("seen under "), []).append((code, row.texts["label"]))
    measures = [(str(20_000 + number), words(chance, 6, 16), words(chance, 8, 30)) for number in range(400)]
    codes, weights = list(REGULATIONS), list(REGULATIONS.values())
    sizes = ("Microimpresa", "PMI", "Grande impresa", None)
    number = 0
    while True:
        number += 1
        car, title, basis = chance.choice(measures)
        parts = []
        many = chance.random() < several
        for part in range(chance.choice((2, 8)) if many else 1):
            (regulation,) = chance.choices(codes, weights)
            procedure = procedure_of(regulation)
            code, label = PROCEDURES[procedure]
            shares = FORMS["deminimis" if procedure == "deminimis" else "other"]
            forms = []
            wanted = chance.choices(list(shares), list(shares.values()), k=2 if many else 1)
            for form in dict.fromkeys(wanted):
                amount = cents(chance)
                nominal = amount * (20 if form in {"9", "10"} else 1)
                forms.append(AidInstrument(int(form), labels[form], amount, nominal))
            sectors = tuple(
                f"{chance.choice('CFGHIJMN')}.{chance.randint(10, 82)}.{chance.randint(1, 9)}"
                for _ in range(60 if many else 1)
            )
            objective, aim = chance.choice(objectives[regulation])
            parts.append(AidComponent(
                str(30_000_000 + number * 8 + part), int(code), label, regulation, regulations[regulation],
                objective, aim, None, None, sectors, tuple(forms),
            ))  # fmt: skip
        yield AidRecord(
            car, title, "Regime di aiuti", f"SA.{chance.randint(40_000, 99_999)}", basis,
            f"https://example.org/misure/{car}", chance.randint(1, 4_000), f"Ente {car}", str(20_000_000 + number),
            words(chance, 3, 12), words(chance, 6, 40), "https://example.org/trasparenza",
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
