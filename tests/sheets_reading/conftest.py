"""How these tests read leads."""

import pytest

from leadscore.sheets.read import read_source
from leadscore.sheets.source import ReadingOptions


def skip_none(_name):
    return False


@pytest.fixture(scope="session")
def read_leads():
    """Read a file with these options, skipping no sheet unless told."""

    def read(path, *, skip=skip_none, preferred=(), **options):
        return read_source(path, ReadingOptions(**options), skip_sheets=skip, preferred=preferred)

    return read


@pytest.fixture
def reads(tmp_path, read_leads):
    """Write these bytes or this text to a file and read it."""

    def read(data, name="leads.csv", **options):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_leads(file, **options)

    return read
