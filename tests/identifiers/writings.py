# SPDX-License-Identifier: Apache-2.0
"""Codes as people and programs write them, and texts that have their shape and are none; all of them are made up."""

from __future__ import annotations

from hypothesis import strategies as st

from misure.identifiers.forms import made_up

PERSON, OMOCODIA, ENTITY, FOREIGN = "RSSMRA85T10F205R", "RSSMRA85T10F20RM", "01234560157", "DE123456789"
ITALIAN = [PERSON, OMOCODIA, ENTITY, *(made_up("codice_fiscale", number) for number in (1, 44, 987_654))]
CODES = [*ITALIAN, FOREIGN, "ATU12345678", "FRAB123456789"]
BETWEEN = ["", "", "", " ", ".", "-", "\u00a0", "\t"]

WRONG = {
    "1234560157": "01234560157", "IT1234560157": "01234560157", "TINIT-1234560157": "01234560157", "01234560158": "01234560157",
    "0123456015": "01234560157", "012345601577": "01234560157", "O1234560157": "01234560157", "'01234560157": "01234560157",
    "1234560157.0": "01234560157", "01234560157.0": "01234560157", "1 234 560 157.0": "01234560157", "1234560157.0\n": "01234560157", "RSSMRA85T10F205X": PERSON, "rssmra85t10f205": PERSON,
    "RSSMRA85T1OF2O5R": PERSON, "P.IVA 01234560157": "01234560157", "1.23456E+09": None, "1234567": None,
    "1234567890123": None, "IT12345": None, "TINIT-ROSSI": None,
}  # fmt: skip
"""Texts of the shape of a code, each with the right one that looks most like it, where there is one."""


@st.composite
def writings(draw, codes=tuple(CODES)):
    """A code that does not end in a zero (a dot before it would make a number of it), and a way in which it may be written."""
    code = draw(st.sampled_from(codes))
    text = "".join(character + draw(st.sampled_from(BETWEEN)) for character in code[:-1]) + code[-1]
    text = "".join(draw(st.sampled_from([character.lower(), character])) for character in text)
    prefixes = ["", "IT", "it ", "TINIT-", "tinit-", "VATIT-", " "]
    if code not in ITALIAN:
        text = draw(st.sampled_from(["", "VAT", "vat"])) + text
    if code in ITALIAN:
        text = draw(st.sampled_from(prefixes)) + text
    return code, text + draw(st.sampled_from(["", " ", "\n"]))
