# SPDX-License-Identifier: Apache-2.0
"""Write `ateco-2025-sections.csv`: the divisions of each section, from NACE Rev. 2.1 as python-stdnum 2.2 carries it.

ATECO 2025 is the national version of NACE Rev. 2.1 (Istat): sections, divisions, groups and classes are those of NACE.
"""

from __future__ import annotations

from pathlib import Path

from stdnum.eu import nace

HEAD = (
    "# source: NACE Rev. 2.1 (ShowVoc of the Publications Office, as python-stdnum 2.2 carries it), of which ATECO 2025 is the "
    "national version (istat.it); date: 2026-11-22; made by make_ateco_sections.py"
)


def main() -> None:
    """Write the table beside this file."""
    divisions = [f"{number:02}" for number in range(1, 100) if nace.is_valid(f"{number:02}", revision="2.1")]
    rows = [f"{nace.info(division, revision='2.1')['section']},{division}" for division in divisions]
    path = Path(__file__).with_name("ateco-2025-sections.csv")
    path.write_text("\n".join((HEAD, "section,division", *sorted(rows))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
