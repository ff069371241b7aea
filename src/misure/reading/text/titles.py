# SPDX-License-Identifier: Apache-2.0
r"""The title of a measure, without reading the file any further: a list of a thousand measures should not read them all.

>>> title_in("format: 1\nmeasure: a/b\ntitle: Una misura\nsubject: impresa\n: not even YAML {")
'Una misura'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

__all__ = ["title_in", "title_of"]

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FARTHEST = 20_000
"""The title stands among the first lines; it is not looked for beyond so many bytes."""


def title_of(path: Path) -> str:
    """The title in a `measure.yaml`; "" where it cannot be read, which `misure check` then explains."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as stream:
            return title_in(stream.read(_FARTHEST).decode("utf-8-sig", "replace"))
    except OSError:
        return ""


def title_in(text: str) -> str:
    """The value of the key `title` of the outermost mapping."""
    depth, key = 0, ""
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.ScalarEvent) and depth == 1:
                if key == "title":
                    return str(event.value)
                key = "" if key else event.value
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth, key = depth + 1, ""
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return ""
    return ""
