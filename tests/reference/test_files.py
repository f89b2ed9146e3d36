from datetime import date
from importlib.resources import files

import pytest

from leadscore.reference import disposable_domains, dummy_domains, free_mail_domains, versions
from leadscore.reference.files import DATA_FILES, entries, header

CSV_FILES = tuple(name for name in DATA_FILES if name.endswith(".csv"))


def test_every_data_file_is_listed():
    folder = files("leadscore.reference")
    assert set(DATA_FILES) == {path.name for path in folder.iterdir() if path.name.endswith((".txt", ".csv"))}


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_header_says_source_date_and_licence(name):
    assert set(header(name)) == {"source", "date", "licence"}
    assert all(header(name).values())
    assert date.fromisoformat(header(name)["date"]).year >= 2026


@pytest.mark.parametrize("name", DATA_FILES)
def test_entries_are_sorted_and_unique(name):
    lines = entries(name)[1:] if name in CSV_FILES else entries(name)
    assert list(lines) == sorted(set(lines))


@pytest.mark.parametrize("name", [name for name in DATA_FILES if name not in CSV_FILES])
def test_entries_are_lower_case_and_without_spaces(name):
    assert all(line == line.lower().strip() and " " not in line for line in entries(name))


def test_versions_stamp_every_file_and_package():
    stamps = versions()
    assert set(stamps) == {name.partition(".")[0] for name in DATA_FILES} | {"phonenumbers", "publicsuffixlist"}
    day, digits = stamps["tlds"].split(", ")
    assert date.fromisoformat(day)
    assert len(digits) == 12
    assert int(digits, 16) >= 0


def test_no_domain_is_in_two_lists_that_exclude_each_other():
    assert not free_mail_domains() & disposable_domains()
    assert not free_mail_domains() & dummy_domains()
    assert not dummy_domains() & disposable_domains()
    assert not free_mail_domains() & set(entries("not_free_mail_domains.txt"))
