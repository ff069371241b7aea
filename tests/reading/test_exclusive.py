# SPDX-License-Identifier: Apache-2.0
"""Which cases of a definition are proved never to be live at once."""

from __future__ import annotations

import pytest

MEASURE = "rules/prova/misura/measure.yaml"
OLD = "          - {when: size == 'micro', is: turnover}\n          - {otherwise: maximum_export_share * turnover}\n"


@pytest.mark.parametrize(
    ("guards", "proved"),
    [
        (["size == 'micro'", "size == 'small'"], True),
        (["size in ['micro', 'small']", "size == 'large'"], True),
        (["size in ['micro', 'small']", "size == 'small'"], False),
        (["size == 'micro' and active", "size == 'large' and active"], True),
        (["active", "not active"], True),
        (["active", "on_the_register"], False),
        (["active and on_the_register", "on_the_register and not active"], True),
        (["turnover < grant_maximum", "turnover >= grant_maximum"], True),
        (["turnover < grant_maximum", "grant_maximum <= turnover"], True),
        (["turnover <= grant_maximum", "turnover >= grant_maximum"], False),
        (["turnover <= grant_maximum", "turnover >= budget"], True),
        (["turnover == grant_maximum", "turnover == budget"], True),
        (["turnover < budget", "turnover > grant_maximum"], False),
        (["turnover < budget", "exports > budget"], False),
        (["filed_on < opening_day", "filed_on > closing_day"], True),
        (["turnover < exports", "turnover > exports"], True),
        (["turnover > 0", "turnover == 0"], True),
        (["active"], True),
    ],
)
def test_guards(package, change, guards, proved):
    from misure.reading import read_rulebook

    cases = "".join(
        f'          - {{when: "{guard}", is: {value}}}\n'
        for guard, value in zip(guards, ["turnover", "exports"], strict=False)
    )
    change(MEASURE, OLD, f"{cases}          - {{otherwise: maximum_export_share * turnover}}\n")
    assert read_rulebook(package, "prova/misura").definitions["allowed_exports"].proved is proved
