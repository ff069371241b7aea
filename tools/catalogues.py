# SPDX-License-Identifier: Apache-2.0
"""Gather what there is to translate, bring the English catalogues up to date and compile them.

    python tools/catalogues.py

What is not translated yet is listed, and the exit code is 1 while anything is. The files say nothing of the tool that
wrote them or of the moment, so that a new release of Babel changes none of them.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = {
    ROOT / "src/misure/telling": ROOT / "src/misure/telling/locale/en/LC_MESSAGES/misure.po",
    ROOT / "rules": ROOT / "rules/locale/en/LC_MESSAGES/rules.po",
}
"""What is searched, and where its translation stands."""

KEYWORDS = {"say": None, "many": (1, 2), "message": None}
"""The functions of `telling` whose arguments are messages."""

LEFT_OUT = {"Generated-By", "POT-Creation-Date", "Report-Msgid-Bugs-To"}
"""Headers that would change without any change of a message, and an address that nobody has."""


class Lasting(Catalog):
    """A catalogue whose header holds only what its messages need."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name not in LEFT_OUT]

    @mime_headers.setter
    def mime_headers(self, headers: list[tuple[str, str]]) -> None:
        Catalog.mime_headers.fset(self, headers)

    def __iter__(self) -> Iterator[Message]:
        header, *said = super().__iter__()
        header.string = header.string.rstrip("\n") + "\n"
        yield header
        yield from said


def messages(folder: Path) -> Catalog:
    """A template of all that `folder` says, each message with the files that say it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    template = Catalog()
    for name, _, message, comments, context in extract_from_dir(folder, methods, options, keywords=KEYWORDS):
        where = (folder / name).relative_to(ROOT).as_posix()
        template.add(message, locations=[(where, None)], auto_comments=comments, context=context)
    return template


def updated(path: Path, template: Catalog) -> Lasting:
    """The translation at `path`, of exactly the messages of `template`, in its order."""
    with path.open("rb") as file:
        kept = read_po(file, locale="en")
    kept.update(template, no_fuzzy_matching=True)
    made = Lasting(
        "en",
        header_comment=kept.header_comment,
        project=kept.project,
        version=kept.version,
        revision_date=kept.revision_date,
        last_translator=kept.last_translator,
        language_team=kept.language_team,
        charset="utf-8",
        fuzzy=False,
    )
    for message in kept:
        if message.id:
            made[message.id] = message
    return made


def written(catalogue: Lasting) -> bytes:
    """The text of a `.po` file."""
    text = io.BytesIO()
    write_po(text, catalogue, width=0, ignore_obsolete=True, include_lineno=False)
    return text.getvalue()


def compiled(catalogue: Lasting) -> bytes:
    """The bytes of a `.mo` file."""
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def main() -> int:
    """Write all catalogues and list what is not translated."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    open_ones = 0
    for folder, path in CATALOGUES.items():
        catalogue = updated(path, messages(folder))
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for message in catalogue:
            forms = message.string if isinstance(message.string, list | tuple) else [message.string]
            if message.id and not all(forms):
                open_ones += 1
                print(f"{path.relative_to(ROOT)}: not translated: {message.id}")
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
