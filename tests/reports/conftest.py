"""Result files of every kind, and pages of them."""

import pytest

from leadscore.pipeline.read_results import read_results
from leadscore.pipeline.run import Job, score_file
from leadscore.reports.results_page import results_page

BANDS = [["Band", "From", "Action"], ["Hot", 45, "Call"], ["Warm", 30, "Write"], ["Cold", None, ""]]
HOSTILE = "<img src=x onerror=alert(1)>\"'&"


@pytest.fixture(scope="session")
def read(make, tmp_path_factory):
    """Score leads (rows below the headings) with a model, and read the results back."""

    def run(leads, scoring=make.scoring, name="out.xlsx", **sheets):
        folder = tmp_path_factory.mktemp("read")
        source = make.book(folder / "in.xlsx", Source=leads, Scoring=scoring, **{"Bands": BANDS, **sheets})
        score_file(Job(source, output=str(folder / name), as_of="2026-11-21"))
        return read_results(folder / name)

    return run


def many_criteria(scoring):
    """A model of sixty criteria."""
    rows = [[f"Criterion {number}", "potential", 1, "country", "is", "FR", number - 20] for number in range(60)]
    return [scoring[0], *rows]


@pytest.fixture(scope="session")
def pages(read, make):
    """Name -> the page of every kind of results."""
    top, ann, _, zoe = make.leads
    hostile = [*make.leads, ["4", HOSTILE, f"{HOSTILE}@x.fr", "", "FR", HOSTILE]]
    named = [[HOSTILE.replace(";", "") if cell == "Target country" else cell for cell in row] for row in make.scoring]
    kinds = {
        "usual": read(make.leads),
        "one": read([top, ann]),
        "empty": read([top]),
        "excluded": read([top, zoe, zoe]),
        "many": read(make.leads, many_criteria(make.scoring)),
        "hostile": read(hostile, named, Bands=[BANDS[0], [HOSTILE, 10, HOSTILE], ["x" * 80, None, ""]]),
        "csv": read(make.leads, name="out.csv"),
    }
    return {
        **{name: results_page(results, with_leads=True) for name, results in kinds.items()},
        "french": results_page(kinds["usual"], "fr"),
    }
