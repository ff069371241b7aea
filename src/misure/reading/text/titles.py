# SPDX-License-Identifier: Apache-2.0
r"""The titles of a measure, without reading the file any further: a list of a thousand measures should not read them all.

>>> titles_in("format: 1\nmeasure: a/b\ntitle: Una misura\nshort_title: Una\nsubject: impresa\n: not even YAML {")
('Una misura', 'Una')
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

__all__ = ["titles_in", "titles_of_file"]

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FARTHEST = 20_000
"""The titles stand among the first lines; they are not looked for beyond so many bytes."""
_HEAD = ("title", "short_title")


def titles_of_file(path: Path) -> tuple[str, str]:
    """The title in a `measure.yaml` and its short one; "" where it cannot be read, which `misure check` then explains."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return "", ""
        with path.open("rb") as stream:
            return titles_in(stream.read(_FARTHEST).decode("utf-8-sig", "replace"))
    except OSError:
        return "", ""


def titles_in(text: str) -> tuple[str, str]:
    """The values of the keys `title` and `short_title` of the outermost mapping; "" of a key that is not there."""
    depth, key = 0, ""
    found = dict.fromkeys(_HEAD, "")
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.ScalarEvent) and depth == 1:
                if key in found:
                    found[key] = found[key] or str(event.value)
                    if all(found.values()):
                        break
                key = "" if key else event.value
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth, key = depth + 1, ""
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass
    return found["title"], found["short_title"]
