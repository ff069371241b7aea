# SPDX-License-Identifier: Apache-2.0
"""What holding a measure beside the text of an act costs, beside reading the text in the same run; and that it grows with its length alone.

    python benchmarks/anchoring.py [--rounds 5]

The act is invented: sentences of calls with other numbers, in numbered commas under headings, with page numbers and notes. The measure is
the longest one. Processor time is counted, and the median of the rounds stands in the table.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.run import beside

import misure
from misure.anchoring.act_figures import figures_of
from misure.anchoring.act_text import read_act_text
from misure.anchoring.flow import flow_of
from misure.anchoring.matching import Anchoring, anchor
from misure.anchoring.published import published_of
from misure.anchoring.session import words_in

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"].rulebook
SENTENCES = (
    "La spesa ammissibile è di almeno euro {n}.000,00 e il contributo è pari al {s}% della spesa rendicontata dal soggetto beneficiario.",
    "Il gestore provvede entro {s} giorni naturali e consecutivi dalla data del provvedimento, ai sensi dell'articolo {s}, comma 3.",
    "In attuazione della D.G.R. n. {n}/2024 del {d} ottobre 2024 la domanda è presentata dalle ore 10:30 del {d} giugno 2025.",
    "Il punteggio minimo è di {s} punti su 100; possono partecipare almeno {d} imprese con due bilanci approvati.",
    "L'attività si svolge secondo le modalità disciplinate nel presente articolo, che l'impresa conosce e accetta senza riserva alcuna.",
)  # fmt: skip


def act(pages: int) -> str:
    """An act of so many pages, of some forty lines each."""
    chance = random.Random(7)
    said = []
    for page in range(1, pages + 1):
        lines = [f"{'ABCD'[page * 4 // (pages + 1)]}.{page} Parte del testo", ""]
        for comma in range(1, 14):
            sentence = chance.choice(SENTENCES).format(
                n=chance.randrange(1, 900), s=chance.randrange(2, 99), d=chance.randrange(2, 29)
            )
            half = len(sentence) // 2
            cut = sentence.find(" ", half)
            lines += [f"{comma}. {sentence[:cut]}", f"   {sentence[cut + 1 :]}", ""]
        said.append("\n".join([*lines, "", f"{page:>90}"]))
    return "\f".join(said)


def held(path: Path) -> Anchoring:
    """The measure held beside the text of a file."""
    flow = flow_of(read_act_text(path))
    published = published_of(VERSO, "decreto-5678")
    return anchor("decreto-5678", flow, figures_of(flow), published, words_in(VERSO), ())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        spent = {}
        for pages in (55, 110, 220):
            path = Path(folder) / f"{pages}.txt"
            path.write_text(act(pages), "utf-8")
            ours, reading = beside(lambda path=path: held(path), lambda path=path: read_act_text(path), rounds, 1)
            spent[pages] = ours
            figures = len(held(path).figures)
            print(
                f"{pages:>4} pages, {path.stat().st_size // 1000} kB, {figures} figures: {ours:.2f} s, reading alone {reading * 1000:.1f} ms,"
                f" {ours / pages * 1000:.1f} ms a page"
            )
        print(
            f"220 pages cost {spent[220] / spent[110]:.2f} times 110 pages, and these {spent[110] / spent[55]:.2f} times 55"
        )


if __name__ == "__main__":
    main()
