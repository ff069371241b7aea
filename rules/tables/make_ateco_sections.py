# SPDX-License-Identifier: Apache-2.0
"""Write `ateco-2025-sections.csv`, the divisions of each section, and `nace-classes.csv`, the classes of each division.

From NACE Rev. 2 and Rev. 2.1 as python-stdnum 2.2 carries them. ATECO 2007, its update of 2022 and ATECO 2025 are their national
versions (Istat): sections, divisions, groups and classes are those of NACE.
"""

from __future__ import annotations

from pathlib import Path

from stdnum.eu import nace

HEAD = (
    "# source: NACE Rev. 2.1 (ShowVoc of the Publications Office, as python-stdnum 2.2 carries it), of which ATECO 2025 is the "
    "national version (istat.it); date: 2026-11-22; made by make_ateco_sections.py"
)

CLASSES = (
    "# source: NACE Rev. 2 (Eurostat) and NACE Rev. 2.1 (ShowVoc of the Publications Office), as python-stdnum 2.2 carries them; "
    "date: 2026-11-28; made by make_ateco_sections.py; a group is the first digit of its classes"
)


def classes(revision: str) -> list[str]:
    """A row for each division: its classes, the third and fourth digit of each."""
    found = []
    for division in (f"{number:02}" for number in range(1, 100)):
        if nace.is_valid(division, revision=revision):
            below = (f"{number:02}" for number in range(100))
            digits = [two for two in below if nace.is_valid(division + two, revision=revision)]
            found.append(f"{revision},{division},{' '.join(digits)}")
    return found


def main() -> None:
    """Write the tables beside this file."""
    divisions = [f"{number:02}" for number in range(1, 100) if nace.is_valid(f"{number:02}", revision="2.1")]
    rows = [f"{nace.info(division, revision='2.1')['section']},{division}" for division in divisions]
    path = Path(__file__).with_name("ateco-2025-sections.csv")
    path.write_text("\n".join((HEAD, "section,division", *sorted(rows))) + "\n", encoding="utf-8")
    rows = [*classes("2.0"), *classes("2.1")]
    path = Path(__file__).with_name("nace-classes.csv")
    path.write_text("\n".join((CLASSES, "revision,division,classes", *rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
