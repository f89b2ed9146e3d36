"""Number formats that change how a number reads."""

import pytest

from leadscore.sheets.read_formats import changes_reading, shown_number


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1000, "00000", "01000"),
        (612345678, '0#" "##" "##" "##" "##', "0612345678"),
        (612345678, "0000000000", "0612345678"),
        (612345678, r"[$-40C]0#\ ##\ ##\ ##\ ##;@", "0612345678"),
        (612345678, "00 00 00 00 00", "0612345678"),
        (10010001, r"00000\-0000", "010010001"),
        (612345678, '"+33 "0" "00" "00" "00" "00', "+33612345678"),
        (612345678, '"+33"0', "+33612345678"),
        (7, '000_-" u"', "007"),
        (0, "00000", "00000"),
        (123456, "00000", "123456"),
        (0.125, "0.0%", "0.125"),
        (0.5, "0%", "0.5"),
        (1, "0 %;-0 %", "1"),
    ],
)
def test_formats_that_change_how_a_number_reads(number, code, text):
    shown = shown_number(number, code)

    assert (shown, shown.text, shown.number_format) == (number, text, code)
    assert changes_reading(code)


@pytest.mark.parametrize(
    "code",
    ["General", "0", "0.00", "#,##0", '0" €"', "##0", "dd/mm/yyyy", "hh:mm:ss", "0.00E+00", "# ?/?", "@", "", "000.0"],
)
def test_other_formats_change_nothing(code):
    assert shown_number(1000, code) is None
    assert not changes_reading(code)


@pytest.mark.parametrize("number", [-5, 1.5])
def test_a_number_with_a_sign_or_decimals_stays_a_number(number):
    assert shown_number(number, "00000") is None
