# SPDX-License-Identifier: Apache-2.0
"""The points of a project (C.3.c, pp. 24-27), in hundredths."""

from __future__ import annotations

from benchmarks.by_hand import Contradiction
from benchmarks.step_by_hand.project import Partner, Project

TEN, FIVE = (0, 300, 600, 800, 1000), (0, 200, 300, 400, 500)
GRID = {
    "score_coherence_step": TEN, "score_congruity": (0, 450, 900, 1200, 1500), "score_improvement": (0, 600, 1200, 1600, 2000),
    "score_technical": TEN, "score_replicability": TEN, "score_impact": TEN, "score_organisation": FIVE, "score_management": FIVE,
    "score_team": TEN,
}  # fmt: skip
"""C.3.c c. 3, pp. 25-26: the points that each criterion may have."""
LEAST = 6_500
"""C.3.c c. 7 b), p. 27."""


def of_partner(partner: Partner, spend: int) -> int:
    """C.3.c c. 4 a), p. 26: by the "total admissible spend of the Project", and not the partner's own; whole points.

    A turnover of nothing stands in no ratio: what is spent is above any part of it.
    """
    if partner.two_accounts:
        return 5 if spend * 100 <= partner.turnover * 30 else 3 if spend * 100 <= partner.turnover * 35 else 0
    capital = partner.paid_capital * 100
    return 5 if capital > spend * 40 else 3 if capital >= spend * 20 else 0


def of_partnership(points: list[int]) -> int:
    """C.3.c c. 4 b), p. 27: the mean, to the nearest unit, from 0.5 up."""
    return (2 * sum(points) + len(points)) // (2 * len(points)) if points else 0


def extra(project: Project) -> int:
    """C.3.c c. 3, p. 26, and c. 6: one point each, beside the score."""
    return 100 * project.step_environment + 100 * (project.team_share >= 5_000)


def score_of(project: Project, spend: int) -> tuple[int, list[int]]:
    """The whole, and the points of each partner's finances."""
    finances = [of_partner(partner, spend) for partner in project.step_partners]
    total = 100 * of_partnership(finances)
    for name, grid in GRID.items():
        points = getattr(project, name)
        if points not in grid:
            raise Contradiction("points that the grid does not give")
        total += points
    if total != project.step_score:
        raise Contradiction("the score is not what its criteria add up to")
    return total, finances
