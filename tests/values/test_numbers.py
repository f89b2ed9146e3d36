from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.cells import number_text
from leadscore.values.numbers import (
    ReadNumber,
    decimal_mark_shown,
    is_ambiguous,
    is_plain_number,
    plain_number,
    read_number,
)

# text, the number where '.' marks decimals, the number where ',' does (None: no number)
NUMBERS = [
    ("0", 0, 0),
    ("42", 42, 42),
    (" 42\u00a0", 42, 42),
    ("1,5", 1.5, 1.5),
    ("1.5", 1.5, 1.5),
    (".5", 0.5, 0.5),
    ("0,125", 0.125, 0.125),
    ("1.500", 1.5, 1500),
    ("1,500", 1500, 1.5),
    ("12,345 €", 12345, 12.345),
    ("1234.500", 1234.5, 1234.5),
    ("1.500.000", 1_500_000, 1_500_000),
    ("1,500,000", 1_500_000, 1_500_000),
    ("1.500,25", 1500.25, 1500.25),
    ("1,500.25", 1500.25, 1500.25),
    ("1.500.000,5", 1_500_000.5, 1_500_000.5),
    ("10 000", 10_000, 10_000),
    ("10\u202f000,50", 10_000.5, 10_000.5),
    ("1'234.50", 1234.5, 1234.5),
    ("CHF 1’500.00", 1500, 1500),
    ("15k€", 15_000, 15_000),
    ("15 K €", 15_000, 15_000),
    ("1,2 M", 1_200_000, 1_200_000),
    ("8,2 M", 8_200_000, 8_200_000),
    ("16,1k", 16_100, 16_100),
    ("2 Md€", 2e9, 2e9),
    ("4,6 Mds", 4_600_000_000, 4_600_000_000),
    ("1.1 mrd", 1_100_000_000, 1_100_000_000),
    ("9,7 bn", 9_700_000_000, 9_700_000_000),
    ("8.2 million", 8_200_000, 8_200_000),
    ("3 millions", 3e6, 3e6),
    ("€ 15", 15, 15),
    ("$1.50", 1.5, 1.5),
    ("200 euros", 200, 200),
    ("50 %", 0.5, 0.5),
    ("12,5%", 0.125, 0.125),
    ("33,3 %", 0.333, 0.333),
    ("8,2 M %", 82_000, 82_000),
    ("−3", -3, -3),
    ("- 3", -3, -3),
    ("+3", 3, 3),
    ("06", 6, 6),
    # near misses
    ("", None, None),
    ("k", None, None),
    ("abc", None, None),
    ("1E5", None, None),
    ("1.", None, None),
    ("1.5.2", None, None),
    ("1.500.00", None, None),
    ("1,000,5", None, None),
    ("1.234,567.8", None, None),
    ("1.234 567", None, None),
    ("1 5", None, None),
    ("12 345 6", None, None),
    ("06 12 34 56 78", None, None),
    ("0612345678", None, None),
    ("+33612345678", None, None),
    ("+33 612 345 678", None, None),
    ("＋33612345678", None, None),
    ("01234567", 1_234_567, 1_234_567),
    ("+1 234 567", 1_234_567, 1_234_567),
    ("33612345678", 33_612_345_678, 33_612_345_678),
    ("+0.123456789", 0.123456789, 0.123456789),
    ("2026-03-01", None, None),
    ("01/03/2026", None, None),
    ("(3)", None, None),
    (">10", None, None),
    ("10+", None, None),
    ("1/2", None, None),
    ("12 €/an", None, None),
    ("12 apples", None, None),
]
RANGES = [
    ("5-10", 7.5),
    ("5–10", 7.5),
    ("5 - 10", 7.5),
    ("5-10 k€", 7500),
    ("5k-10k", 7500),
    ("5 à 10 k€", 7500),
    ("5 to 10", 7.5),
    ("10..20", 15),
    ("100 000 - 200 000 €", 150_000),
    ("5 et 10 %", 0.075),
    ("8,1-8,3 M", 8_200_000),
    ("33,2 à 33,4 %", 0.333),
    ("16k-16,2k", 16_100),
    ("10-20%", 0.15),
    ("50-50", 50),
    ("10-5", None),
    ("-5-10", None),
    ("5-", None),
    ("1-2-3", None),
]


@pytest.mark.parametrize(("text", "with_point", "with_comma"), NUMBERS)
def test_reading_numbers(text, with_point, with_comma):
    assert read_number(text, ".") == (None if with_point is None else ReadNumber(with_point))
    assert read_number(text, ",") == (None if with_comma is None else ReadNumber(with_comma))


@pytest.mark.parametrize(("text", "middle"), RANGES)
def test_a_range_is_read_as_its_middle(text, middle):
    read = read_number(text, ".")
    assert read == (None if middle is None else ReadNumber(middle, is_range=True))


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", "6"), ("-6", "-6"), ("1,5", "1.5"), ("1.50", "1.5"), ("0", "0"), ("0,10", "0.1"), ("9" * 20, "9" * 20)],
)
def test_plain_numbers(text, number):
    assert plain_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "06", "+6", "1E5", "1 000", "6 €", "6%", "−6", ".5", "6.", "1,5,0", "--6", "٣x"])
def test_everything_else_is_no_plain_number(text):
    assert not is_plain_number(text)
    assert plain_number(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,5", ","),
        ("1.5", "."),
        ("0.125", "."),
        ("1.500", None),
        ("1,500 €", None),
        ("1500", None),
        ("10 000", None),
        ("1.500.000", ","),
        ("1,500,000", "."),
        ("1.500,00", ","),
        ("1,500.00", "."),
        ("abc", None),
        ("5-10", None),
    ],
)
def test_the_decimal_mark_a_text_gives_away(text, mark):
    assert decimal_mark_shown(text) == mark


@pytest.mark.parametrize(
    ("text", "answer"),
    [("1.500", True), ("12,345 €", True), ("0.125", False), ("1.50", False), ("1.500.000", False), ("x", False)],
)
def test_texts_that_may_mean_thousands_or_decimals(text, answer):
    assert is_ambiguous(text) is answer


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.sampled_from(".,"))
def test_a_number_that_was_written_reads_back_in_either_notation(number, mark):
    text = number_text(number)
    read = read_number(text, mark)
    assert read is not None
    assert read.number == pytest.approx(number, rel=1e-15, abs=1e-20)
    assert not is_ambiguous(text)


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "'", "’"]))
def test_grouping_by_spaces_or_apostrophes_changes_nothing(number, mark):
    assert read_number(f"{number:,}".replace(",", mark), ".") == ReadNumber(float(number))


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    for mark in (".", ","):
        read = read_number(text, mark)
        assert read is None or read.number == read.number
