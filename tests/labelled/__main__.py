"""Precision and recall of the enrichment on the labelled sets: `python -m tests.labelled [--errors dev]`.

The wrong rows of the held-out and fresh parts are never listed, so that no rule is fitted to them.
"""

import argparse

from tests.labelled.measures import PARTS, SETS, LabelledSet, answers_to, figures_of, is_made, read_part, wrong_rows


def print_figures(labelled: LabelledSet) -> None:
    for part in PARTS:
        rows = read_part(labelled, part)
        place = f"{labelled.name:12}{part:10}{len(rows):5}"
        if not is_made(labelled):
            print(f"{place}  not made yet ({labelled.column})")
            continue
        figures = figures_of(labelled, rows, answers_to(labelled, rows))
        print(f"{place}{figures.precision:11.1%}{figures.recall:9.1%}{figures.untold_answered:18}")


def print_errors(labelled: LabelledSet) -> None:
    if not is_made(labelled):
        return
    rows = read_part(labelled, "dev")
    wrong = wrong_rows(labelled, rows, answers_to(labelled, rows))
    print(f"\n{labelled.name}: {len(wrong)} wrong in dev", *wrong, sep="\n  ")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.labelled", description=__doc__)
    parser.add_argument("--errors", choices=["dev"], help="also list the wrong rows of that part")
    wanted = parser.parse_args()
    print(f"{'set':12}{'part':10}{'rows':>5}{'precision':>11}{'recall':>9}{'untold answered':>18}")
    for labelled in SETS:
        print_figures(labelled)
    if wanted.errors:
        for labelled in SETS:
            print_errors(labelled)


if __name__ == "__main__":
    main()
