import re
import subprocess
import sys

import pytest

from leadscore.reference import country_names, disposable_domains, free_mail_domains, regenerate
from leadscore.reference.files import entries

GENERATED = ["countries.csv", "country_zones.csv", "disposable_domains.txt", "free_mail_domains.txt", "tlds.txt"]
pytest.importorskip("babel", reason="the extra dev regenerates the data")


def test_regenerating_gives_the_shipped_files(tmp_path, capsys):
    regenerate.main([str(tmp_path)])

    assert sorted(path.name for path in tmp_path.iterdir()) == GENERATED
    assert capsys.readouterr().out.count("\n") == len(GENERATED)
    for name in GENERATED:
        head, *lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert head.startswith("# source: PyPI ")
        body = tuple(line for line in lines if not line.startswith("#"))
        # Another version of a package may add and drop some; most stays.
        assert len(set(body) & set(entries(name))) > 0.8 * len(entries(name))


def test_it_runs_as_a_module(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "leadscore.reference.regenerate", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "tlds.txt" in done.stdout


def test_without_a_folder_it_writes_into_the_package(monkeypatch):
    folders = []
    monkeypatch.setattr(regenerate, "regenerate", lambda folder: folders.append(folder) or [])
    regenerate.main([])
    assert folders[0].name == "reference"


def test_lint_sorts_and_drops_repeats():
    assert regenerate.lint(["b", "a", "b"], re.compile("[a-z]")) == ["a", "b"]


@pytest.mark.parametrize("junk", ["404: not found", "no_dot", "-a.com", "a..com", "UPPER.com", "a.com "])
def test_lint_refuses_what_is_no_domain(junk):
    with pytest.raises(regenerate.LintError, match=re.escape(f"not what the file is about: {junk}")):
        regenerate.lint(["a.com", junk], regenerate._DOMAIN)


def test_a_disposable_domain_kept_by_hand_as_free_is_told(monkeypatch):
    ours = {"european_mail_domains.txt": ("yopmail.com",)}
    monkeypatch.setattr(regenerate, "entries", lambda name: ours.get(name, ()))
    with pytest.raises(regenerate.LintError, match=r"disposable, and kept by hand as free: yopmail\.com"):
        regenerate._disposable_domains()


def test_a_name_misspelt_is_left_out_of_both_lists():
    disposable = regenerate._disposable_domains()
    assert not {"gmial.com", "hotmial.com"} & set(disposable)
    assert "yaho.com" not in regenerate._free_mail_domains(disposable)


def test_the_shipped_lists_are_of_a_plausible_size():
    assert len(free_mail_domains()) > 4000
    assert len(disposable_domains()) > 9000
    assert len(entries("tlds.txt")) > 1400
    assert len(country_names()) > 240
