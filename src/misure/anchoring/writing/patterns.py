# SPDX-License-Identifier: Apache-2.0
"""The one pattern that finds every figure of a text: each alternative is a way of writing one, the longer ones first."""

from __future__ import annotations

import re
from typing import Final

from misure.anchoring.writing.numerals import MONTHS
from misure.anchoring.writing.spelled import SPELLED

__all__ = ["FIND"]

_MONTH = "|".join(MONTHS)
_WORDS = (
    r"(?:un|due|tr[e\u00e9i]|quattr|quatt|cinqu|sei|sess|sett|sed|ott|nov|diec|dici|und|dod|quind|vent|quarant"
    r"|cinquant|cent|mill|mil)[a-z\u00e9]*"
)
FIND: Final = re.compile(
    rf"""
      (?P<address>(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]+)+)
    | (?P<section>\b(?-i:[A-Z]\.\d{{1,3}}(?:\.[a-z0-9]{{1,3}})*\b(?!,\d)|[a-z]\.\d{{1,2}}(?:\.\d{{1,2}})*(?=\))))
    | (?P<glued>\b(?!euro?\d|[ivxlc]+/)[^\W\d_]+[-_]?\d\w*(?![.,]\d)|\b(?!euro?\d)[A-Z]+\d+(?:\.\d+)+|\b\d+[a-z]+\d\w*|\b(?-i:[IVXLC]+)/(?=\s?\d)\s?\d+|\b\d+/(?-i:[IVXLC]+)\b|\b[A-Z]\s?\(\d{{4}}\)\s?\d+)
    | (?P<date>\b(?P<d>\d{{1,2}})(?P<sep>[/.\-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|(?<=/)\d{{2}})(?![\d/]|\.\d))
    | (?P<apart>\b(?P<d3>\d{{1,2}})\s?/\s?(?P<m3>\d{{1,2}})\s?/\s?(?P<y3>\d{{4}})(?![\d/]|\.\d))
    | (?P<long>\b(?:(?P<day>\d{{1,2}})\s?[\u00b0\u00ba^]?|(?P<dayword>primo|{_WORDS}))\s*(?P<month>{_MONTH})(?![^\W\d_])(?:\s*(?:del\s+)?(?P<year>\d{{4}}(?=\d{{0,2}}\b)|(?:due\s?mila|mille)\w*))?)
    | (?P<ofyear>\b(?P<month2>{_MONTH})\s+(?P<year2>\d{{4}})\b)
    | {SPELLED}
    | (?P<short>(?<![\w-])\d{{2}}-\d{{2}}-\d{{2}}(?![\w-]|[.,]\d))
    | (?P<english>(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+\.\d{{2}}(?!\d))
    | (?P<spaced>(?<![\w.,])\d{{1,3}}(?P<gap>[ \u00a0\u202f\u2009'\u2019])\d{{3}}(?:(?P=gap)\d{{3}})*(?:,\d{{1,2}})?(?!\w|[.,]\d))
    | (?P<time>(?:\b(?:ore|alle|dalle|h\.?)\s+)(?P<h>\d{{1,2}})(?:[:.,](?P<min>[0-5]\d))(?![\d%]|[.,/]\d|\s*%)|\b(?P<h2>[01]?\d|2[0-4]):(?P<min2>[0-5]\d)(?![\d:]))
    | (?P<oclock>\bore\s+(?P<h3>[01]?\d|2[0-4])(?![\d.,:/]*\d)(?!\s*(?:%|ore\b|or[ae]\b|giorn)))
    | (?P<slash>\b\d+(?:\.\d{{3}})*(?:/\n?\d+)+\b)
    | (?P<number>(?:(?<![^\W_])|(?<=euro)|(?<=eur))\d+(?:\.\d+)*(?:\.\n\d{{3}}(?=(?:\.\d{{3}})*,\d\d(?!\d)))?(?:\.\d{{3}})*(?:,\n?\d+)?)
    | (?P<span>\b(?:bien|trien|quadrien|quinquen|decen)nio\b)
    | (?P<words>\b{_WORDS}\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
