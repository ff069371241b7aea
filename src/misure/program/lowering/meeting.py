# SPDX-License-Identifier: Apache-2.0
"""What several readings of one number have in common: a total that is declared, and what its parts add up to."""

from __future__ import annotations

from misure.program.nodes import Node, Nodes, TooLarge

__all__ = ["meet"]


def meet(nodes: Nodes, outputs: dict[str, Node], subject: str, *args: Node) -> Node:
    """What several readings of one number have in common; that they have nothing in common makes the facts bad."""
    lo, hi = max(arg.lo for arg in args), min(arg.hi for arg in args)
    if lo > hi:
        raise TooLarge("its bounds leave no value")
    for i, one in enumerate(args):
        for j, other in enumerate(args[i + 1 :], i + 1):
            outputs[f"fault.apart.{subject}.{i}.{j}"] = nodes.make("apart", "truth", (one, other))
    return nodes.make("meet", "int", args, None, lo, hi)
