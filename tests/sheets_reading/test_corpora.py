"""Every odd file of the shared corpora is read, or refused with one sentence; the process never dies of one."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

DATA = Path("/work/shared/data")
# Run apart: a file that ends the process (calamine's memory errors do) must end this one, not the test run.
PROGRAM = """
import json, resource, sys
from pathlib import Path
from leadscore.errors import SourceError
from leadscore.sheets.read import read_source
from leadscore.sheets.source import ReadingOptions

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
for name in sys.argv[1:]:
    try:
        source = read_source(Path(name), ReadingOptions(), skip_sheets=lambda sheet: False, preferred=())
        sentences = [str(issue) for issue in source.issues]
        print(json.dumps([name, "read", sentences]))
    except SourceError as problem:
        print(json.dumps([name, "refused", [str(problem)]]))
    except BaseException as problem:
        print(json.dumps([name, repr(problem), []]))
"""
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"}

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not on this machine")


def outcomes(folder):
    files = [str(file) for file in sorted((DATA / folder).rglob("*")) if file.suffix in SUFFIXES]
    run = subprocess.run([sys.executable, "-c", PROGRAM, *files], capture_output=True, text=True, check=True)
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert [name for name, _, _ in results] == files
    return results


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("sheets", {"read": 131, "refused": 33}),
        ("csv", {"read": 33, "refused": 3}),
        ("bombs", {"read": 2, "refused": 4}),
        ("leads", {"read": 8}),
    ],
)
def test_every_file_is_read_or_refused(folder, expected):
    results = outcomes(folder)

    assert Counter(outcome for _, outcome, _ in results) == expected
    for name, outcome, sentences in results:
        if outcome == "refused":
            assert sentences[0].startswith(f"{name} ")
            assert "\n" not in sentences[0]
            assert len(sentences[0]) < 300


def test_merged_cells_of_an_old_xls_are_told(read_leads):
    source = read_leads(DATA / "sheets/calamine/merge_cells.xls")

    assert [issue.value for issue in source.issues if issue.code == "cells-merged"] == ["A1:B1, A2:A4, B2:D4"]


def test_the_issues_of_awkward_packages_are_found(read_leads):
    hidden = read_leads(DATA / "sheets/openpyxl2015/openpyxl_reader_tests_data_bug275.xlsx")
    strict = read_leads(DATA / "sheets/calamine/strict_iso_paths.xlsx")

    assert hidden.issues[0].details == {"count": 3}
    assert strict.leads.shape == (75, 18)
