"""The lower bounds of pyproject.toml as exact requirements; with two results workbooks, whether they hold the same.

Usage: lower_bounds.py            prints name==version per dependency
       lower_bounds.py ONE TWO    exits 1, naming the first cell that differs, when the workbooks differ
"""

import sys
import tomllib
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    if len(sys.argv) == 1:
        print("\n".join(requirement.replace(">=", "==") for requirement in dependencies()))
        return 0
    return compare(sys.argv[1], sys.argv[2])


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(requirement) for requirement in project["dependencies"]]


def compare(one: str, two: str) -> int:
    import python_calamine

    books = [python_calamine.CalamineWorkbook.from_path(path) for path in (one, two)]
    sheets = [[book.get_sheet_by_name(name).to_python() for name in ("Results",)] for book in books]
    for row, (left, right) in enumerate(zip_longest(*(sheet[0] for sheet in sheets)), start=1):
        if left != right:
            print(f"row {row} of Results differs:\n{left}\n{right}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
