# SPDX-License-Identifier: Apache-2.0
"""Shared law on disk: the `law.yaml` that a measure, or another law, uses, wherever a rule package holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from misure.ground.place import Fault, nearest
from misure.ground.rules_folder import folders_with
from misure.reading.forms.law import LawForm
from misure.reading.forms.parts import fill_parts
from misure.reading.measures.dependencies import in_order
from misure.reading.text.files import Files
from misure.reading.text.left_out import is_stand_in
from misure.reading.text.written import Written

__all__ = ["LAW_FILE", "law_form", "laws_of", "read_laws"]

LAW_FILE = "law.yaml"

_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", re.ASCII)


def laws_of(root: Path) -> list[str]:
    """The ids of the laws below a folder, sorted: the path of each folder that holds a `law.yaml`."""
    return folders_with(LAW_FILE, root)


def law_form(root: Path, law_id: str, files: Files) -> LawForm | None:
    """The form of one law, of what can be used of it; None where nothing can. The faults are gathered."""
    tree = files.tree(root / law_id / LAW_FILE, root)
    form = fill_parts(LawForm, tree, files)[0] if tree is not None else None
    if form is None:
        files.left.unsure = True
        return None
    before = len(files.faults)
    found: list[tuple[Written, str, str, str | None]] = []
    if form.law != law_id:
        found.append((form.law, "law", f"this file stands under {law_id!r}", None))
    for kind, name, known in (("act", form.cite.act, form.acts), ("source", form.cite.read_in, form.sources)):
        if name is None:
            told = "the cite of a law says under 'read_in' what was read of it"
            found.append((form.cite.act, "cite", told, None))
        elif name not in known and name not in files.left and f"{kind}s" not in files.left and not is_stand_in(name):
            found.append((name, "cite", f"no {kind} is called {str(name)!r}", nearest(name, map(str, known))))
    found += [
        (name, str(name), "'act' is what a measure calls its own act; a source of a law has a name of its own", None)
        for name in form.sources
        if name == "act"
    ]
    files.faults += [Fault(where.place, subject, message, hint) for where, subject, message, hint in found]
    files.left.unsure |= len(files.faults) > before
    if form.cite.act not in form.acts:
        return None
    return form.model_copy(update={"sources": {name: one for name, one in form.sources.items() if name != "act"}})


def read_laws(
    uses: Iterable[Written], roots: Sequence[Path], files: Files, law: Callable[[Path, str, Files], LawForm | None]
) -> dict[str, LawForm]:
    """The laws that are used, and those that these use in their turn, each after what it rests on; `law` gives one.

    What cannot be used is a fault at the place that names it; of a ring nothing is read.
    """
    fetching = _Fetching(roots, files, law)
    fetching.fetch(uses, "")
    order, ring = in_order({id_: [str(used) for used in form.uses] for id_, form in fetching.found.items()})
    if ring:
        last = fetching.found[ring[-2]]
        where = next(used for used in last.uses if used == ring[-1])
        fetching.fault(where, str(last.law), f"these laws use each other in a ring: {' -> '.join(ring)}")
        files.left.unsure = True
    return {id_: fetching.found[id_] for id_ in order}


class _Fetching:
    """Every law asked for, taken once."""

    def __init__(self, roots: Sequence[Path], files: Files, law: Callable[[Path, str, Files], LawForm | None]) -> None:
        self.roots, self.files, self.law = roots, files, law
        self.found: dict[str, LawForm] = {}
        self._asked: set[str] = set()

    def fetch(self, uses: Iterable[Written], subject: str) -> None:
        """Read the laws that one file uses, and what they use."""
        here: set[str] = set()
        for used in uses:
            if used in here:
                self.fault(used, subject, f"the law {str(used)!r} is named twice")
            here.add(str(used))
            if used not in self._asked:
                self._asked.add(str(used))
                self._read(used, subject)

    def _read(self, used: Written, subject: str) -> None:
        if is_stand_in(used):
            self.files.left.unsure = True
            return
        homes = [root for root in self.roots if _ID.fullmatch(used) and (root / used / LAW_FILE).is_file()]
        if not homes:
            known = [law for root in self.roots for law in laws_of(root)]
            told = f"no shared law is called {str(used)!r}: there is no {used}/{LAW_FILE}"
            if any(_ID.fullmatch(used) and (root / used / "measure.yaml").is_file() for root in self.roots):
                told = f"{str(used)!r} is a measure; a measure rests on shared law alone"
            self.fault(used, subject, told, nearest(used, known))
            self.files.left.unsure = True
            return
        if len(homes) > 1:
            both = " and ".join(str(home / used / LAW_FILE) for home in homes)
            self.fault(used, subject, f"a law of this id is in two rule packages: {both}")
        form = self.law(homes[0], str(used), self.files)
        if form is None:
            return
        self.found[str(used)] = form
        self.fetch(form.uses, str(form.law))

    def fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.files.faults.append(Fault(where.place, subject or "uses", message, suggestion))
