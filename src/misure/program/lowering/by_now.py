# SPDX-License-Identifier: Apache-2.0
"""What is asked once something has happened: it is asked of a day up to that of the question, and never of one that is still to come."""

from __future__ import annotations

from misure.program.nodes import Node, Nodes, below

__all__ = ["by_now"]


def by_now(nodes: Nodes, root: Node, event: str, on: Node) -> Node:
    """The same of an event that has happened: where nobody told its day, it is at the latest that of the question.

    An untold day may be any, and one that is still to come: with that, law that begins after the question would be asked of whoever
    tells no day, and of nobody who tells one.
    """
    day = [node for node in below([root]) if node.op == "given" and node.data == ("event", "", event)]
    if not day:
        return root
    done: dict[Node, Node] = {day[0]: nodes.least(day[0], on)}
    for node in below([root], done):
        args = tuple(done[arg] for arg in node.args)
        same = all(new is old for new, old in zip(args, node.args, strict=True))
        done[node] = node if same else nodes.make(node.op, node.sort, args, node.data, node.lo, node.hi)
    return done[root]
