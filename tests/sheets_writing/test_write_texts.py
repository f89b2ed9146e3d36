import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.sheets.write_texts import TextTally, cut_text, exact, formula_text, legal_sheet_names, legal_text


@pytest.mark.parametrize("text", ["", "01000", "NA", "é\t\r\n", "李", "🙂", "\x85\u2028", "\ufffd", "_x0041_"])
def test_what_xml_can_hold_stays_the_same_object(text):
    assert legal_text(text) is text


@pytest.mark.parametrize("letter", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_is_replaced(letter):
    assert legal_text(f"a{letter}b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("🙂" * 16_383, "🙂" * 16_383),
        ("🙂" * 16_384, "🙂" * 16_383 + "…"),
        ("a" + "🙂" * 16_384, "a" + "🙂" * 16_382 + "…"),
    ],
)
def test_excel_counts_utf_16_units(text, expected):
    assert cut_text(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", '""'),
        ('the "best"', '"the ""best"""'),
        ("=1+1", '"=1+1"'),
        ("a\x01b", '"a\ufffdb"'),
        ("a" * 128, '"' + "a" * 127 + '"&"a"'),
        ("a" * 126 + '"b', '"' + "a" * 126 + '"""&"b"'),
    ],
)
def test_a_text_in_a_formula_stays_a_text_however_long(text, said):
    assert formula_text(text) == said


def test_changes_are_told_once_per_column_at_the_first_row():
    tally = TextTally()
    for row, text in enumerate(["fine", "a\x01", "b\x02", "c" * 40_000], start=2):
        tally.fit(row, text)

    assert [str(issue) for issue in tally.issues("Results", "Note")] == [
        (
            "Results, row 3, column Note: 2 of its cells hold characters that cannot be written; "
            "each is written as �; clean them at the source [text-replaced]"
        ),
        (
            "Results, row 5, column Note: 1 of its cells hold more than the 32,767 characters a workbook can; "
            "they are cut, and end in …; write CSV with -o to keep them whole [text-cut]"
        ),
    ]


@pytest.mark.parametrize(
    ("names", "legal"),
    [
        (["Results", "RESULTS"], ("Results", "RESULTS (2)")),
        (["A/B", "a_b", "A:B"], ("A_B", "a_b (2)", "A_B (3)")),
        (["[x]:*?\\", ""], ("_x_____", "Sheet")),
        (["'quoted'", " "], ("quoted", "Sheet")),
        (["History"], ("History (2)",)),
        (["n" * 40, "n" * 40], ("n" * 30 + "…", "n" * 26 + "… (2)")),
    ],
)
def test_sheet_names_become_legal_and_unique(names, legal):
    assert legal_sheet_names(names) == legal


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_back_the_same(number):
    written = f"{exact(number):.16G}"

    assert float(written) == number
    assert not written.startswith("-0") or number
    assert math.copysign(1, float(written)) == (math.copysign(1, number) if number else 1)
