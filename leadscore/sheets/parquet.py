"""Parquet -> a table, by pyarrow, which is an extra: few need it, and it is large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from leadscore.errors import SourceError
from leadscore.sheets.read_errors import UnreadableError, told

PARQUET_SUFFIX = ".parquet"


def read_parquet(path: Path, wanted: Callable[[Sequence[str]], Mapping[str, str]]) -> pd.DataFrame:
    """The columns of a Parquet file that `wanted` finds among its headings, and those of all others without cells.

    Raises SourceError where the file cannot be read, or where pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError as problem:
        raise SourceError(
            f'{path} needs pyarrow to be read; run `pip install "leadscore[parquet]"`, or give the activities as .csv'
        ) from problem
    with told(str(path)):
        try:
            file = parquet.ParquetFile(path)
        except ArrowInvalid as problem:
            raise UnreadableError("is damaged, or no Parquet file at all; export it again") from problem
        with file:
            headings = [str(name) for name in file.schema_arrow.names]
            columns = file.read(columns=list(wanted(headings).values()))
        # Whole numbers beside blanks stay whole: as floats, long ids would lose digits.
        read: pd.DataFrame = columns.to_pandas(ignore_metadata=True, integer_object_nulls=True)
        return read.reindex(columns=headings)
