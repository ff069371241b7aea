# SPDX-License-Identifier: Apache-2.0
"""A text that is written as a code is one code at every reader, or none at any: prefixes, wide digits, what nobody sees.

The readers are those of who somebody is (aid, ledgers, holdings), of facts of each kind, and of columns of frames.
"""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.engines.narwhals.codes import is_plain, with_plain_codes
from misure.ground.errors import BadIdentifier
from misure.identifiers import foreign_vat, identity
from misure.identifiers.forms import accepts, validate_as
from tests.identifiers.writings import CODES, ENTITY, FOREIGN, ITALIAN, PERSON

WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "".join(chr(ord(c) + 0xFEE0) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
REFUSED = {
    f"TIN{FOREIGN[:2]}-{FOREIGN[2:]}": FOREIGN, "TINGR-136695976": "EL136695976", "TINFR-AB123456789": "FRAB123456789",
    f"VAT{FOREIGN[:2]}-{FOREIGN}": FOREIGN, f"TINIT-{FOREIGN}": FOREIGN, f"VATIT-{FOREIGN}": FOREIGN, f"IT{FOREIGN}": FOREIGN,
    "ITVATFRAB123456789": "FRAB123456789", f"TINIT-VAT{FOREIGN}": FOREIGN, "VATIT-VATFRAB123456789": "FRAB123456789",
    "ITCHE116281710MWST": "CHE116281710", "IT CHE-116.281.710 IVA": "CHE116281710",
    "VATIT-CHE116281710MWST": "CHE116281710", "IT NO923609016MVA": "NO923609016",
    f"ITIT{ENTITY}": ENTITY, f"it it {PERSON}": PERSON, f"TINIT-IT{ENTITY}": ENTITY, f"VATIT-IT{ENTITY}": ENTITY,
    f"TIN-{ENTITY}": ENTITY, f"VAT{ENTITY}": ENTITY, f"CF {ENTITY}": ENTITY, f"C.F. {PERSON}": PERSON, f"P.I. {ENTITY}": ENTITY,
    f"P.IVA {ENTITY}": ENTITY, ENTITY.translate(WIDE): ENTITY, PERSON.translate(WIDE): PERSON, FOREIGN.translate(WIDE): FOREIGN,
    f"{ENTITY[:-1]}{ENTITY[-1].translate(WIDE)}": ENTITY, f"\u200b{ENTITY}": ENTITY, f"{ENTITY}\u00ad": ENTITY,
    "".join(chr(0x660 + int(digit)) for digit in ENTITY): ENTITY, f"{PERSON[:-1]}\ufb01": None,
}  # fmt: skip
"""What has the shape of a code and is none, and the nearest right one."""


def by_identity(text):
    return identity.code(text)


def by_fact(text):
    return validate_as("tax_number", text)


def by_frame(text):
    column = nw.col("code")
    frame = nw.from_native(pl.DataFrame({"code": [text]}))
    rewritten = with_plain_codes(frame.with_columns(told=column), {"code": column})
    plain = rewritten.select(nw.when(is_plain(nw.col("told"))).then(nw.col("told")).otherwise(column).alias("code"))
    (found,) = plain["code"].to_list()
    if not accepts("tax_number")(found):
        raise BadIdentifier("tax_number", text, "check", "is none")
    return found


DOORS = (by_identity, by_fact, by_frame)


def read(door, text):
    try:
        return door(text)
    except BadIdentifier:
        return None


@pytest.mark.parametrize(("text", "right"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_none_is_none_at_every_reader(text, right):
    assert [read(door, text) for door in DOORS] == [None] * 3
    with pytest.raises(BadIdentifier) as caught:
        identity.validate(text)  # nor is it a name that somebody chose
    assert caught.value.suggestion == right
    with pytest.raises(BadIdentifier) as caught:
        by_fact(text)
    assert caught.value.suggestion == right
    if right in ITALIAN:
        with pytest.raises(BadIdentifier) as caught:
            validate_as("codice_fiscale", text)
        assert caught.value.suggestion == right


def cased(text):
    return st.lists(st.booleans(), min_size=len(text), max_size=len(text)).map(
        lambda small: "".join(one.lower() if low else one for one, low in zip(text, small, strict=True))
    )


@st.composite
def texts(draw):
    """A code behind any prefixes, in wide or small characters, with what may stand between."""
    code = draw(st.sampled_from([*CODES, "CHE116281710MWST", "NO923609016MVA"]))
    prefixes = draw(
        st.lists(
            st.sampled_from(["IT", "TINIT-", "VATIT-", "VAT", "TIN", "CF ", "P.IVA ", "DE", "VATDE-", "VATFR"]),
            max_size=2,
        )
    )
    body = draw(cased(code))
    if draw(st.integers(0, 4)) == 0:
        body = body.translate(WIDE)
    between = draw(st.sampled_from(["", "", " ", "-", "\u00a0"]))
    return "".join(prefixes) + between.join(body[at : at + 3] for at in range(0, len(body), 3))


@given(texts())
def test_a_text_is_one_code_or_none_at_every_reader(text):
    found = {read(door, text) for door in DOORS}
    assert len(found) == 1
    (code,) = found
    if code is not None:
        assert identity.validate(text) == code == read(by_identity, code)
        assert code in CODES or foreign_vat.is_valid(code)


@pytest.mark.parametrize(
    "name",
    ["Alfa", "\ufb01rma", "Pizzeria da Mario 2", "Tintoria Rossi & C.", "Italia 90 S.r.l.", "VAT", "IT", "Gruppo 7"],
)
def test_a_name_stays_a_name(name):
    assert identity.parse(name).sort == "name"
