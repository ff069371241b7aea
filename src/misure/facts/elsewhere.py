# SPDX-License-Identifier: Apache-2.0
"""Names that are known, and stand in another file or frame: a field of a table among the facts, a fact among the fields.

>>> where_it_stands("cor", "", ("turnover",), {"deminimis_aids": ("cor", "amount")})
"'cor' is a field of 'deminimis_aids': it stands beside the records of that table"
>>> where_it_stands("turnover", "deminimis_aids", ("turnover",), {"deminimis_aids": ("cor", "amount")})
"'turnover' is a fact of the applicant: it stands beside the applicants, and not beside records"
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["where_it_stands"]

_KNOWN = "_known"


def where_it_stands(
    name: str, table: str, facts: Collection[str], tables: Mapping[str, Collection[str]], office: Collection[str] = ()
) -> str:
    """What a column is that stands at the wrong place: among the applicants ("") or the records of a table; "" where nobody knows it.

    `office` are the names of what the office says of an application.
    """
    if table:
        if name in facts:
            return f"{name!r} is a fact of the applicant: it stands beside the applicants, and not beside records"
        if name in office:
            return f"{name!r} is of the application, and not of a record: it stands beside the applicants"
        if name.removesuffix(_KNOWN) in tables and name.endswith(_KNOWN):
            return f"{name!r} says of an applicant whether all records are told: it stands beside the applicants"
    elif name in tables:
        return f"{name!r} is a table: its records stand apart, one a row, each with its applicant"
    elif name.removesuffix(_KNOWN) in tables and name.endswith(_KNOWN):
        return f"the table {name.removesuffix(_KNOWN)!r} is not given, so this column cannot speak of its records"
    own, dot, field = name.partition(".")
    if dot and field in tables.get(own, ()):
        return f"{field!r} is a field of {own!r}: it stands beside the records of that table"
    homes = [one for one, fields in tables.items() if one != table and name in fields]
    of = " and ".join(map(repr, homes[:3]))
    return f"{name!r} is a field of {of}: it stands beside the records of that table" if homes else ""
