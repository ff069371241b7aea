# SPDX-License-Identifier: Apache-2.0
"""`anchors.yaml`: what people wrote in it, which stays as it is, and what is written below by machine."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from misure.anchoring.explained import MOST_TIMES, Explanation, counted_form
from misure.anchoring.figures import Figure
from misure.anchoring.matching import Anchored, Anchoring, sha256_of
from misure.ground.errors import BadRules
from misure.ground.place import Fault
from misure.ground.whole_file import write_whole
from misure.reading.forms.anchors import AnchorsForm, TextForm
from misure.reading.forms.filling import fill
from misure.reading.text.events import decode, load_bytes, read_parts
from misure.reading.text.written import Written

__all__ = ["ANCHORS", "AnchorsFile", "read_anchors", "text_of", "write_anchors"]

ANCHORS: Final = "anchors.yaml"
_BY_MACHINE = "# Da qui in poi scrive 'misure anchor --write': a mano si scrive sopra."
_TEXTS = re.compile(r"(?m)^texts:")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _./%-]*")


@dataclass(frozen=True, slots=True)
class AnchorsFile:
    """What stands in the file: the part by hand as it is written, the explanations, and what was written by machine, by act."""

    path: Path
    head: str
    explained: Mapping[Written, tuple[Explanation, ...]] = field(hash=False)
    texts: Mapping[Written, TextForm] = field(hash=False)
    bodies: Mapping[str, str] = field(hash=False)
    """What was written by machine of each act, as it stands."""

    def reasons(self, act: str) -> tuple[Explanation, ...]:
        """What people explained of the text of an act."""
        return next((told for name, told in self.explained.items() if name == act), ())


def read_anchors(path: Path) -> AnchorsFile:
    """Read the anchors of a measure; where there is no such file, there are none.

    Raises:
        BadRules: The file cannot be read; every fault of it.
    """
    if not os.path.lexists(path):
        return AnchorsFile(path, "", {}, {}, {})
    text = decode(load_bytes(path), shown=str(path))
    tree, faults = read_parts(text, str(path))
    form = fill(AnchorsForm, tree, faults) if tree is not None else None
    if form is None:
        raise BadRules(faults)
    explained = {act: tuple(_explanations(form, act, faults)) for act in form.explained}
    begun = _TEXTS.search(text)
    if begun and form.explained and text.find("\nexplained:", begun.end()) != -1:
        place = next(iter(form.explained)).place
        faults.append(Fault(place, "explained", "it belongs above 'texts': what stands below is written by machine"))
    if faults:
        raise BadRules(faults)
    head = text[: begun.start()] if begun else text
    return AnchorsFile(path, head, explained, form.texts, _bodies(text[len(head) :]))


def _explanations(form: AnchorsForm, act: Written, faults: list[Fault]) -> Iterator[Explanation]:
    for entry in form.explained[act]:
        forms: list[str] = []
        for written in entry.figures:
            one, times = counted_form(str(written))
            if not 1 <= times <= MOST_TIMES:
                faults.append(
                    Fault(written.place, "figures", f"a figure is meant once at least, and {MOST_TIMES} times at most")
                )
            forms += [one] * min(times, MOST_TIMES)
        yield Explanation(str(entry.at), tuple(forms), str(entry.why), entry.at.place)


def _bodies(text: str) -> dict[str, str]:
    """What is written of each act, by its id: what stands below a key that is indented once."""
    marks = list(re.finditer(r"(?m)^  ([^\s#][^:\n]*):\n", text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)] if marks else []
    return {mark[1].strip("\"'"): text[mark.start() : end] for mark, end in zip(marks, ends, strict=True)}


def write_anchors(file: AnchorsFile, measure: str, root: Path, anchoring: Anchoring) -> Path:
    """Write what was found of one act, and leave what people wrote, and what is written of other acts, as it stands.

    Raises:
        OSError: The file cannot be written, or a link stands in its place.
    """
    write_whole(file.path, [text_of(file, measure, anchoring)], within=root)
    return file.path


def text_of(file: AnchorsFile, measure: str, anchoring: Anchoring) -> str:
    """The whole file, as it would be written."""
    up = "/".join([".."] * (measure.count("/") + 1))
    head = file.head or f"# $schema: {up}/schema/anchors.json\nformat: 1\nmeasure: {measure}\n\n{_BY_MACHINE}\n"
    bodies = dict(file.bodies) | {anchoring.act: "\n".join(_body(anchoring)) + "\n"}
    return f"{head}texts:\n{''.join(bodies[act] for act in sorted(bodies))}"


def _body(anchoring: Anchoring) -> Iterator[str]:
    yield f"  {_scalar(anchoring.act)}:"
    yield f"    sha256: {anchoring.flow.act.sha256}"
    yield f"    pages: {anchoring.flow.act.pages}"
    if anchoring.values:
        yield "    values:"
    last = ""
    for one in anchoring.values:
        if one.value.name != last:
            yield f"      {_scalar(one.value.name)}:"
            last = one.value.name
        yield f"        - {{{', '.join(_value(anchoring, one))}}}"
    placed, at_odds = anchoring.placed, {other.start for _, other in anchoring.disagreeing}
    groups: dict[str, list[tuple[Figure, tuple[str, ...]]]] = {"named": [], "explained": [], "unexplained": []}
    rows = zip(anchoring.figures, anchoring.by, anchoring.explained, strict=True)
    for at, (figure, by, why) in enumerate(rows):
        if figure.role == "value" and figure.start in at_odds:
            groups["unexplained"].append((figure, ()))
        elif figure.role == "value" and at not in placed:
            groups["named" if by else "explained" if why is not None else "unexplained"].append((figure, by))
    for name, figures in groups.items():
        if figures:
            yield f"    {name}:"
        for figure, by in figures:
            digest = sha256_of(anchoring.flow, figure.start, figure.end)
            rules = f", by: [{', '.join(map(_scalar, by))}]" if by else ""
            rules += f", counts: [{', '.join(map(_scalar, figure.counted))}]" if by and figure.counted else ""
            yield f"      - {{figure: {_scalar(figure.form)}, page: {figure.page}, offset: {figure.offset}, sha256: {digest}{rules}}}"


def _value(anchoring: Anchoring, one: Anchored) -> Iterator[str]:
    yield f"value: {_scalar(one.value.form)}"
    yield f"from: {one.value.since.isoformat()}"
    if one.value.at:
        yield f"at: {_scalar(one.value.at)}"
    if one.state != "found":
        yield f"state: {one.state}"
    if one.start >= 0:
        flow = anchoring.flow
        origin = flow.origin(one.start)
        yield f"page: {flow.act.page_of(origin)}"
        yield f"offset: {flow.act.offset_of(origin)}"
        yield f"sha256: {sha256_of(flow, one.start, one.end)}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and not text.endswith(" ") else json.dumps(text, ensure_ascii=False)
