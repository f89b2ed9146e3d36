# ruff: noqa: INP001  a script is run, not imported
"""Write each model of this folder as a workbook: original/ (CSV files, which git can compare) -> original.xlsx.

    python configs/make_workbooks.py [FOLDER]

Edit either: after a change in the CSV files run this again; after a change in Excel save its sheets as CSV.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.init import dressed
from leadscore.sheets.template_book import TemplateSheet, write_template

HERE = Path(__file__).parent
WIDEST = 75  # characters
ORDER = list(vocabulary("sheets").names)


def make_workbook(model: Path, path: Path) -> None:
    """One sheet per CSV file of the folder, Scoring first."""
    files = sorted(model.glob("*.csv"), key=lambda file: ORDER.index(vocabulary("sheets").find(file.stem)))
    path.unlink(missing_ok=True)
    sheets = dressed({file.stem: _rows(file) for file in files}, "en")
    write_template([_wide_enough(sheet) for sheet in sheets], path)


def _wide_enough(sheet: TemplateSheet) -> TemplateSheet:
    """The sheet with columns in which no cell needs a second line."""
    notes = [row for row in sheet.rows if str(row[0]).startswith("#")]
    cells = [row for row in sheet.rows if row not in notes]
    longest = {
        heading: max((len(str(row[place])) + 2 for row in cells), default=0)
        for place, heading in enumerate(sheet.headings)
    }
    widths = {heading: max(sheet.widths.get(heading, len(heading) + 6), longest[heading]) for heading in sheet.headings}
    return replace(sheet, widths={heading: min(width, WIDEST) for heading, width in widths.items()})


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for model in sorted(HERE.iterdir()):
        if (model / "Scoring.csv").exists():
            make_workbook(model, folder / f"{model.name}.xlsx")


if __name__ == "__main__":
    main()
