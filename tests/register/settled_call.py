# SPDX-License-Identifier: Apache-2.0
"""Verso Nuovi Mercati as it would be if nothing in it were open: what is left for firms told, one method of the equivalent.

The call itself leaves both open, so that nobody is funded for sure and no award of it can be registered.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import misure

RULES = Path(__file__).parents[2] / "rules/lombardia/verso-nuovi-mercati"
METHOD = "loan_gge({principal}, counted_months, loan_rate, borrower_rating, loan_collateral, 'equal_principal_quarterly', headroom_day)"


def settled() -> misure.Measure:
    text = (RULES / "measure.yaml").read_text("utf-8")
    lines = []
    for line in text.splitlines():
        if line.startswith("measure:"):
            lines.append("measure: prova/mercati")
        elif "instalments_gge(" in line:
            principal = "awarded_loan" if "awarded_loan" in line else "loan"
            lines.append(line[: line.index("is:")] + f'is: "half_up({METHOD.format(principal=principal)})"')
        elif not line.startswith("unasked:"):
            lines.append(line)
    text = "\n".join(lines).replace("amount: firms_budget", "amount: budget")
    text = text.replace("provision: VNM.14, for_information: yes", "provision: VNM.14")
    for name in ("firms_budget", "drawn_in_grace", "aid_with_guarantees"):
        start = text.index(f"\n  {name}:")
        text = text[:start] + text[text.index("\n  ", text.index("label:", start)) :]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "prova" / "mercati"
        home.mkdir(parents=True)
        (home / "measure.yaml").write_text(text + "\n", "utf-8")
        measure = misure.catalogue(packages=[Path(folder)])["prova/mercati"]
        assert measure.title
        measure.rulebook  # noqa: B018 - read while the files are there
        return measure
