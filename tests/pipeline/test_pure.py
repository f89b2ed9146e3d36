"""Promise 1: results are a function of what goes in."""

import hashlib
import os
import shutil

import pytest


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_same_inputs_give_the_same_bytes(command, workbook, tmp_path, suffix):
    digests = set()
    for number, (seed, zone) in enumerate(
        [("0", "UTC"), ("0", "UTC"), ("1", "Pacific/Kiritimati"), ("77", "Etc/GMT+12")]
    ):
        folder = tmp_path / f"run {number}"
        folder.mkdir()
        shutil.copy(workbook, folder)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}

        line = ("score", "leads.xlsx", "-o", f"out.{suffix}", "--as-of", "2026-03-31")
        result = command(*line, "--issues", f"issues.{suffix}", cwd=folder, env=environment)

        assert result.returncode == 0, result.stderr
        digests.add(tuple(digest(folder / name) for name in (f"out.{suffix}", f"issues.{suffix}")))
    assert len(digests) == 1


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_run_sheet_is_the_ruler(cli, workbook, tmp_path, read):
    from leadscore import __version__
    from leadscore.pipeline import load_model
    from leadscore.reference import versions

    cli("score", workbook, "--as-of", "2026-03-31")

    run = dict(read.sheet(tmp_path / "leads-scored.xlsx", "Run"))
    assert run.pop("name") == "value"
    assert run["leadscore"] == __version__
    assert run["model_hash"] == load_model(workbook).hash
    assert (run["as_of"], run["source"], run["model"], run["sheet"]) == (
        "2026-03-31", "leads.xlsx", "leads.xlsx", "Source",
    )  # fmt: skip
    assert {name: count for name, count in run.items() if name.startswith("rows_")} == {
        "rows_read": 3, "rows_blank": 0, "rows_scored": 3, "rows_excluded": 1,
    }  # fmt: skip
    assert {f"reference: {name}": version for name, version in versions().items()}.items() <= run.items()
    assert str(tmp_path) not in str(run)


def test_today_is_that_of_the_models_time_zone(cli, tmp_path, make, read):
    days = set()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # 26 hours apart: never the same day
        settings = [["Setting", "Value"], ["Time zone", zone]]
        source = make.book(tmp_path / "z.xlsx", Source=make.leads, Scoring=make.scoring, Settings=settings)
        assert cli("score", source).exit_code == 0
        days.add(dict(read.sheet(tmp_path / "z-scored.xlsx", "Run"))["as_of"])
    assert len(days) == 2
