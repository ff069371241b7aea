# SPDX-License-Identifier: Apache-2.0
"""What is asked of a call before its first folder is written, in words.

>>> asked("A.5", "budget", "300000.00", "en")
'A.5 How much is there in all? (300000.00)'
"""

from __future__ import annotations

from misure.telling.language.language import Language, message

__all__ = ["asked", "next_steps"]

_QUESTIONS = {
    "title": message("Come si chiama la misura?"),
    "act": message("Qual è l'atto, con il suo numero?"),
    "act_date": message("Di che giorno è l'atto?"),
    "read": message("Quanto del testo è stato letto?"),
    "sizes": message("Imprese di quali dimensioni possono chiedere?"),
    "lombard_seat": message("Serve una sede in Lombardia?"),
    "budget": message("Quanto c'è in tutto?"),
    "form": message("In che forma è l'agevolazione?"),
    "share": message("Quanta parte della spesa ammissibile copre?"),
    "maximum": message("Quanto è al massimo?"),
    "minimum_spend": message("Quanto si deve spendere almeno?"),
    "opens": message("Da quando si presenta la domanda?"),
    "closes": message("Fino a quando si presenta la domanda?"),
    "threshold": message("Quanti punti bastano, e di quanti?"),
    "report_days": message("Entro quanti giorni dalla concessione si rendiconta?"),
}


def asked(section: str, key: str, written: str, language: str = "it") -> str:
    """A question with the section of the scheme where its answer stands, and how it is written.

    Raises:
        ValueError: The language is not offered.
    """
    return f"{section} {Language(language).say(_QUESTIONS[key])} ({written})"


def next_steps(folder: str, language: str = "it") -> str:
    """What to do with a folder that was written.

    Raises:
        ValueError: The language is not offered.
    """
    return Language(language).say(
        "Ora si legge l'atto: ogni riga di SOURCES.md si divide in quante cose dice, e «misure check {folder}» dice che cosa manca.",
        folder=folder,
    )
