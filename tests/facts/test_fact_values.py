# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure.facts.values import JsonDecimal, Unfit, read_value
from tests.facts.sample_measure import FACTS

ON = dt.date(2022, 6, 1).toordinal()
DAY = dt.date(2022, 2, 28).toordinal()


class Size(enum.Enum):
    SMALL = "small"


class SizeText(enum.StrEnum):
    SMALL = "small"


GOOD = [
    ("turnover", 1234, 123400),
    ("turnover", "1234.5", 123450),
    ("turnover", "0", 0),
    ("turnover", "100000000000.00", 10**13),
    ("turnover", Decimal("1500.0000"), 150000),
    ("turnover", Decimal("1E+5"), 10_000_000),
    ("turnover", Fraction(1, 4), 25),
    ("turnover", None, None),
    ("result", "-0.01", -1),
    ("firms", "12", 12),
    ("firms", enum.IntEnum("N", {"TWO": 2}).TWO, 2),
    ("aid_share", "35%", 3500),
    ("aid_share", "0.35", 3500),
    ("aid_share", "33.33%", 3333),
    ("aid_share", 1, 10000),
    ("agreement_signed", False, False),
    ("opened_on", "2022-02-28", DAY),
    ("opened_on", dt.date(2022, 2, 28), DAY),
    ("report_filed", "not_yet", 0),
    ("report_filed", "2022-06-01", ON),
    ("size", "small", "small"),
    ("size", Size.SMALL, "small"),
    ("size", SizeText.SMALL, "small"),
    ("primary_ateco", "62", "62"),
    ("primary_ateco", " 62.01 ", "62.01"),
    ("primary_ateco", "01.10.0", "01.10.0"),
    ("capofila", "  alfa ", "alfa"),
    ("capofila", "e\u0301", "é"),
    ("second_ateco", "96", "96"),
    ("second_ateco", "62.99.9", "62.99.9"),
    ("tax_code", "01234560157", "01234560157"),
    ("tax_code", " RSSMRA85T10F20RM ", "RSSMRA85T10F20RM"),
    ("tax_code", "rssmra85t10f205r", "RSSMRA85T10F205R"),
    ("tax_code", "RSS MRA 85T10\u00a0F205R", "RSSMRA85T10F205R"),
    ("tax_code", "TINIT-RSSMRA85T10F205R", "RSSMRA85T10F205R"),
    ("tax_code", "it 012.345.601.57", "01234560157"),
    ("project_code", "E44E20000140007", "E44E20000140007"),
]

EUR = "expected a number from 0.00 to 100000000000.00 EUR, at most 2 decimals"
COMMA = "has a comma: write 1234.50, a point before the decimals and no thousands separators"
SHARE = 'expected a number from 0.0000 to 1.0000 share, at most 4 decimals, such as "0.35" or "35%"'
BAD = [
    ("turnover", 1234.5, '1234.5 is a binary float, which is not exact: write it as text, "1234.5"'),
    ("turnover", float("nan"), "nan is no number"),
    ("turnover", JsonDecimal("12.50"), '12.50 is a binary float, which is not exact: write it as text, "12.50"'),
    ("turnover", True, f"{EUR}; got true"),
    ("turnover", [1], f"{EUR}; got a list"),
    ("turnover", "1.234", f"'1.234' has 3 decimals; {EUR}"),
    ("turnover", "1.234,50", f"'1.234,50' {COMMA}; {EUR}"),
    ("turnover", "1e5", f"'1e5' has an exponent: write the digits out; {EUR}"),
    ("turnover", "NaN", f"'NaN' is no number; {EUR}"),
    ("turnover", Decimal("NaN"), f"NaN is no number; {EUR}"),
    ("turnover", Decimal("Infinity"), f"Infinity is no number; {EUR}"),
    ("turnover", Decimal("1E+999999"), f"the number is too long; {EUR}"),
    ("turnover", Decimal("0.001"), f"1/1000 cannot be written with 2 decimals; {EUR}"),
    ("turnover", Fraction(1, 3), f"1/3 cannot be written with 2 decimals; {EUR}"),
    ("turnover", "", f"'' is empty: leave the fact out when it is not known; {EUR}"),
    ("turnover", "9" * 31, f"a number of 31 characters is too long; {EUR}"),
    ("turnover", -1, "-1 is below the least that can be, 0.00 EUR"),
    ("turnover", "100000000000.01", "'100000000000.01' is above the greatest that can be, 100000000000.00 EUR"),
    ("turnover", 10**5000, "a whole number of more than 60 digits is above the greatest that can be, 100000000000.00 EUR"),
    ("firms", "12.0", "'12.0' is not whole; expected a number from 1 to 100000 firms, whole"),
    ("firms", 0, "0 is below the least that can be, 1 firms"),
    ("aid_share", "35.001%", f"35001/100000 cannot be written with 4 decimals; {SHARE}"),
    ("aid_share", "101%", "'101%' is above the greatest that can be, 1.0000 share"),
    ("agreement_signed", 1, "expected true or false; got 1"),
    ("agreement_signed", "yes", "expected true or false; got 'yes'"),
    ("opened_on", "2022-02-30", "2022-02-30 does not exist: February 2022 has 28 days"),
    ("opened_on", "2022-13-01", "2022-13-01 does not exist: there is no month 13"),
    ("opened_on", "20220228", "'20220228' is not a date: write YYYY-MM-DD"),
    ("opened_on", "2022-W08-1", "'2022-W08-1' is not a date: write YYYY-MM-DD"),
    ("opened_on", "not_yet", "'not_yet' is not a date: write YYYY-MM-DD"),
    ("opened_on", 738000, "expected a date, YYYY-MM-DD; got 738000"),
    ("opened_on", dt.datetime(2022, 2, 28, tzinfo=dt.UTC),
     "expected a date; got a date with a time of day: give its day alone"),
    ("opened_on", "1899-12-31", "1899-12-31 is before 1900-01-01, the first day that can be"),
    ("opened_on", "2101-01-01", "2101-01-01 is after 2100-12-31, the last day that can be"),
    ("report_filed", "2022-06-02", "2022-06-02 has not happened yet on 2022-06-01: write not_yet"),
    ("report_filed", "soon", "'soon' is not a date: write YYYY-MM-DD, or not_yet"),
    ("report_filed", False, "expected a date, YYYY-MM-DD, or not_yet; got false"),
    ("size", "smal", "expected one of micro, small, medium; got 'smal'"),
    ("size", "x" * 99, f"expected one of micro, small, medium; got '{'x' * 57}'..."),
    ("size", dt.date(2022, 1, 1), "expected one of micro, small, medium; got 2022-01-01"),
    ("size", 3, "expected one of micro, small, medium; got 3"),
    ("primary_ateco", "620100", "a code of ateco-2007 has its dots; got '620100'"),
    ("primary_ateco", 62, "expected a code of ateco-2007, such as 62 or 62.01 or 62.01.00; got 62"),
    ("primary_ateco", "J.62", "expected a code of ateco-2007, such as 62 or 62.01 or 62.01.00; got 'J.62'"),
    ("second_ateco", "63.01", "'63.01' begins with 63, which is no division of ateco-2007"),
    ("second_ateco", "04", "'04' begins with 04, which is no division of ateco-2007"),
    ("second_ateco", "6301", "expected a code of ateco-2007, such as 62 or 62.01 or 62.01.00; got '6301'"),
    ("tax_code", "01234567890", "'01234567890' is no codice fiscale: it has the check digit 0 where its other digits ask for 7"),
    ("tax_code", "RSSMRA85T10F205X", "'RSSMRA85T10F205X' is no codice fiscale: it has the check letter X where its other characters ask for R"),
    ("tax_code", "rssmra85t10f205x", "'rssmra85t10f205x' is no codice fiscale: it has the check letter X where its other characters ask for R"),
    ("tax_code", "TINIT-1234560157", "'TINIT-1234560157' is no codice fiscale: it has 10 digits, not 11"),
    ("tax_code", "1234560157.0", "'1234560157.0' is no codice fiscale: it is a number as a spreadsheet writes it: a code is text, with all its digits"),
    ("project_code", "e44e20000140007", "'e44e20000140007' is a cup that is not written in its plain form"),
    ("tax_code", "1234560157", "'1234560157' is no codice fiscale: it has 10 digits, not 11"),
    ("tax_code", "12345678903", "'12345678903' is no codice fiscale: it has a right check digit, and the office 890, which gives no numbers"),
    ("tax_code", 1234560157, "expected a text; got 1234560157, a number: a code is text, with all its zeros"),
    ("tax_code", "", "the text is empty: leave the fact out when it is not known"),
    ("tax_code", "x" * 61, "the text has 61 characters; at most 60 are allowed"),
    ("project_code", "n.d.", "'n.d.' is no CUP: it says that no code was given"),
    ("project_code", "E44E2000014000", "'E44E2000014000' is no CUP: it has 14 characters, not 15"),
    ("capofila", "  ", "the text is empty: leave the fact out when it is not known"),
    ("capofila", "alfabetico", "the text has 10 characters; at most 8 are allowed"),
    ("capofila", "x" * 10_000, "the text has 10000 characters; at most 8 are allowed"),
    ("capofila", "a\x00b", "the text has a character that does not print, U+0000"),
    ("capofila", "a\ud800", "the text has a character that does not print, U+D800"),
    ("capofila", JsonDecimal("1.0"), "expected a text; got 1.0"),
    ("capofila", object(), "expected a text; got an object"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "internal"), GOOD, ids=map(str, range(len(GOOD))))
def test_a_value_in_internal_form(name, given, internal):
    value = read_value(FACTS[name], given, ON)
    assert value == internal
    assert type(value) is type(internal)


@pytest.mark.parametrize(("name", "given", "message"), BAD, ids=map(str, range(len(BAD))))
def test_a_value_that_cannot_be_says_why(name, given, message):
    with pytest.raises(Unfit) as caught:
        read_value(FACTS[name], given, ON)
    assert caught.value.message == message


@pytest.mark.parametrize(("name", "given", "suggestion"), [
    ("size", "smal", "small"), ("primary_ateco", "620100", "62.01.00"), ("primary_ateco", "6201", "62.01"), ("second_ateco", "9601", "96.01"),
    ("tax_code", "rss mra85t10f205x", "RSSMRA85T10F205R"), ("tax_code", "'01234560157", "01234560157"), ("tax_code", 1234560157, "01234560157"), ("tax_code", "1234560157", "01234560157"), ("project_code", "e44e20000140007", "E44E20000140007"),
    ("size", "enormous", None),
])  # fmt: skip
def test_a_near_miss_is_met_with_a_suggestion(name, given, suggestion):
    with pytest.raises(Unfit) as caught:
        read_value(FACTS[name], given, ON)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(("given", "truth"), [
    ("yes", True), ("true", True), ("sì", True), ("si", True), ("Si", True), ("no", False), ("false", False),
])  # fmt: skip
def test_a_file_of_texts_writes_truths_as_words(given, truth):
    assert read_value(FACTS["agreement_signed"], given, ON, text_source=True) is truth


def test_another_word_is_no_truth():
    with pytest.raises(Unfit, match="expected yes or no; got 'maybe'"):
        read_value(FACTS["agreement_signed"], "maybe", ON, text_source=True)


@pytest.mark.parametrize(("given", "message", "near"), [
    ("not_yet", "is no number: leave it out when it is not known", None),
    ("n_d", "is no number: leave it out when it is not known", None),
    ("unknown", "is no number: leave it out when it is not known", None),
    ("ab_c", "is not a number: write 1234.50", None),
    ("1_0", "has thousands separators: write 1234.50", "10"),
    # More than the fact can have is not offered.
    ("1_000", "has thousands separators: write 1234.50", None),
    ("1.000,00", "has a comma: write 1234.50, a point before the decimals and no thousands separators", None),
])  # fmt: skip
def test_what_is_offered_can_be_and_a_word_is_no_number(given, message, near):
    filiere = misure.catalogue()["lombardia/filiere"]
    with pytest.raises(misure.BadFacts) as caught:
        filiere.decide({"total_score": given}, on=dt.date(2022, 6, 1))
    (fault,) = caught.value.faults
    assert fault.message.startswith(f"'{given}' {message}; expected")
    assert fault.suggestion == near
