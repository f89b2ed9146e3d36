import pickle
from datetime import date, datetime, time, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.cells import CellError, ShownNumber, number_text, text_of

CELLS = [
    (None, ""),
    (float("nan"), ""),
    (np.nan, ""),
    (pd.NaT, ""),
    (pd.NA, ""),
    ("", ""),
    (" \u00a0a b\u200b ", "a b"),
    ("01000", "01000"),
    ("NA", "NA"),
    ("=1+1", "=1+1"),
    (CellError("#DIV/0!"), ""),
    (CellError(""), ""),
    (True, "TRUE"),
    (False, "FALSE"),
    (np.True_, "True"),
    (0, "0"),
    (7, "7"),
    (12345678901234567890, "12345678901234567890"),
    (np.int64(7), "7"),
    (33612345678.0, "33612345678"),
    (1.5, "1.5"),
    (np.float64(1.5), "1.5"),
    (-0.0, "0"),
    (1.234, "1.2340"),
    (-12.345, "-12.3450"),
    (0.125, "0.125"),
    (1e-7, "0.0000001"),
    (1e21, "1000000000000000000000"),
    (ShownNumber(1000, "01000", "00000"), "01000"),
    (date(2026, 3, 1), "2026-03-01"),
    (datetime.fromisoformat("2026-03-01"), "2026-03-01"),
    (datetime.fromisoformat("2026-03-01 14:30"), "2026-03-01 14:30:00"),
    (pd.Timestamp("2026-03-01 14:30"), "2026-03-01 14:30:00"),
    (datetime(2026, 3, 1, 14, 30, tzinfo=timezone(timedelta(hours=2))), "2026-03-01 14:30:00+02:00"),
    (time(14, 30), "14:30:00"),
    (timedelta(hours=30), "1 day, 6:00:00"),
]


@pytest.mark.parametrize(("cell", "text"), CELLS, ids=[repr(cell) for cell, _ in CELLS])
def test_the_text_of_a_cell(cell, text):
    assert text_of(cell) == text


@given(st.text())
def test_the_text_of_a_text_is_trimmed_once_and_for_all(text):
    assert text_of(text_of(text)) == text_of(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_without_exponent(number):
    text = number_text(number)
    assert set(text) <= set("-0123456789.")
    assert float(text) == pytest.approx(number, rel=1e-12, abs=1e-20)


def test_a_shown_number_survives_a_trip_to_another_process():
    cell = pickle.loads(pickle.dumps(ShownNumber(0.125, "0.125", "0.0 %")))  # noqa: S301  our own bytes
    assert (float(cell), cell.text, cell.number_format) == (0.125, "0.125", "0.0 %")
