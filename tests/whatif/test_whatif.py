"""The command whatif: its words, its workbook, its exit codes, and that it writes nothing else."""

import hashlib
import json
import shutil

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from leadscore.pipeline.whatif_run import WhatIfJob, what_if
from leadscore.terminal import comparison

HEADINGS = ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]
COMPARED = """\
leads.csv, 6 leads, as of 2026-03-31: old -> new
change band: 3 (50%); newly excluded: 1; excluded no more: 1
order of the 4 leads scored by both: Spearman 1.000, Kendall tau-b 1.000

From old bands (rows) to new bands (columns)
          Hot  Warm  Cold  Excluded
Hot         1     .     .         1
Warm        .     1     1         .
Cold        .     .     1         .
Excluded    .     .     1         .

Leads that enter and leave each band
          old  new  enter  leave
Hot         2    1      0      1
Warm        2    1      0      1
Cold        1    3      2      0
Excluded    1    1      1      1

4 changes of score
row  old  new  change  band              because
3    100  -75    -175  Hot -> Excluded   Target country -160; Budget -15
7    -60   25     +85  Excluded -> Cold  Target country +100; Budget -15
2    100   85     -15  Hot               Budget -15
4     40   25     -15  Warm -> Cold      Budget -15
"""
ABLATED = """
Without each criterion of new
                change  largest  excluded     newly
                  band   change   no more  excluded  tau-b
Target country     50%     +100         1         0  0.272
Budget           16.7%      -25         0         0  0.816
Dead weight         0%        0         0         0  1.000
"""
OLD_ABLATED = """\
leads.csv, 6 leads, as of 2026-03-31: old

Without each criterion of old
                change  largest  excluded     newly
                  band   change   no more  excluded  tau-b
Target country   66.7%     +100         1         0  0.544
Budget             50%      -40         0         0  0.816
Dead weight         0%        0         0         0  1.000
"""


def plain(text):
    """The words, without the blanks that a table puts at the end of its lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def sheets(path):
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def listing(folder):
    """Every file below a folder with a hash of what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_models_side_by_side(whatif, leads, old, new):
    done = whatif(leads, old, new)

    assert (done.exit_code, done.stderr) == (0, "")
    assert plain(done.stdout) == COMPARED
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_ablation_is_of_the_newer_model(whatif, leads, old, new):
    assert plain(whatif(leads, old, new, "--ablate").stdout) == COMPARED + ABLATED


def test_ablation_of_a_model_alone(whatif, leads, old):
    done = whatif(leads, old, "--ablate")

    assert (done.exit_code, plain(done.stdout)) == (0, OLD_ABLATED)


def test_one_model_and_nothing_to_do_is_a_usage_error(whatif, leads, old):
    done = whatif(leads, old)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "leadscore: whatif compares two models: give NEW_MODEL too, or --ablate to see what each criterion does\n"
    )


def test_the_same_model_twice_changes_nothing(whatif, leads, old):
    words = plain(whatif(leads, old, old).stdout)

    assert "change band: 0 (0%); newly excluded: 0; excluded no more: 0\n" in words
    assert "Spearman 1.000, Kendall tau-b 1.000\n" in words
    assert words.endswith("\nNo score changes\n")


def test_json_is_one_object_with_the_same_figures(whatif, leads, old, new):
    found = json.loads(whatif(leads, old, new, "--ablate", "--json").stdout)

    assert (found["schema"], found["source"], found["as_of"], found["leads"]) == (1, "leads.csv", "2026-03-31", 6)
    assert (found["model"]["name"], found["new_model"]["name"], found["output"]) == ("old", "new", None)
    compared = found["comparison"]
    assert {name: compared[name] for name in list(compared)[:7]} == {
        "leads_changing_band": 3,
        "leads_changing_score": 4,
        "newly_excluded": 1,
        "no_longer_excluded": 1,
        "leads_correlated": 4,
        "spearman": 1,
        "kendall_tau_b": 1,
    }
    assert compared["migration"]["Hot"] == {"Hot": 1, "Warm": 0, "Cold": 0, "Excluded": 1}
    assert compared["bands"][0] == {"band": "Hot", "old": 2, "new": 1, "entering": 0, "leaving": 1}
    assert compared["movers"][0] == {
        "row": 3,
        "old_score": 100,
        "new_score": -75,
        "change": -175,
        "old_band": "Hot",
        "new_band": "Excluded",
        "because": "Target country -160; Budget -15",
    }
    assert found["ablation"][2] == {
        "criterion": "Dead weight",
        "leads_changing_band": 0,
        "share_changing_band": 0,
        "largest_change": 0,
        "no_longer_excluded": 0,
        "newly_excluded": 0,
        "kendall_tau_b": 1,
    }


def test_json_has_null_for_what_there_is_not(whatif, leads, folder_model):
    only = folder_model("only", Scoring=[HEADINGS, ["Budget", "potential", 1, "Budget", "is blank", "", "skip"]])

    alone = json.loads(whatif(leads, only, "--ablate", "--json").stdout)
    twice = json.loads(whatif(leads, only, only, "--json").stdout)

    assert (alone["new_model"], alone["comparison"]) == (None, None)
    assert (alone["ablation"][0]["largest_change"], alone["ablation"][0]["kendall_tau_b"]) == (None, None)
    assert (twice["comparison"]["spearman"], twice["comparison"]["kendall_tau_b"]) == (None, None)
    assert twice["ablation"] is None


def test_the_workbook_reads_back(whatif, leads, old, new, tmp_path):
    done = whatif(leads, old, new, "--ablate", "-o", tmp_path / "what.xlsx")
    read = sheets(tmp_path / "what.xlsx")

    assert (done.exit_code, done.stderr) == (0, f"Written: {tmp_path / 'what.xlsx'}\n")
    assert plain(done.stdout) == COMPARED + ABLATED
    assert list(read) == ["Migration", "Movers", "Bands", "Ablation", "Run"]
    assert read["Migration"] == [
        ["old_band", "Hot", "Warm", "Cold", "Excluded", "all leads"],
        ["Hot", 1, 0, 0, 1, 2],
        ["Warm", 0, 1, 1, 0, 2],
        ["Cold", 0, 0, 1, 0, 1],
        ["Excluded", 0, 0, 1, 0, 1],
        ["all leads", 1, 1, 3, 1, 6],
    ]
    assert read["Movers"] == [
        ["row", "old_score", "new_score", "change", "old_band", "new_band", "because"],
        [3, 100, -75, -175, "Hot", "Excluded", "Target country -160; Budget -15"],
        [7, -60, 25, 85, "Excluded", "Cold", "Target country +100; Budget -15"],
        [2, 100, 85, -15, "Hot", "Hot", "Budget -15"],
        [4, 40, 25, -15, "Warm", "Cold", "Budget -15"],
    ]
    assert read["Bands"] == [
        ["band", "move", "row", "old_band", "new_band", "old_score", "new_score"],
        ["Hot", "leaves", 3, "Hot", "Excluded", 100, -75],
        ["Warm", "leaves", 4, "Warm", "Cold", 40, 25],
        ["Cold", "enters", 4, "Warm", "Cold", 40, 25],
        ["Cold", "enters", 7, "Excluded", "Cold", -60, 25],
        ["Excluded", "enters", 3, "Hot", "Excluded", 100, -75],
        ["Excluded", "leaves", 7, "Excluded", "Cold", -60, 25],
    ]
    assert [row[:4] for row in read["Ablation"][1:]] == [
        ["Target country", 3, 0.5, 100],
        ["Budget", 1, pytest.approx(1 / 6), -25],
        ["Dead weight", 0, 0, 0],
    ]
    run = dict(read["Run"])
    assert {name: run[name] for name in ("as_of", "source", "model", "new_model", "leads", "spearman")} == {
        "as_of": "2026-03-31",
        "source": "leads.csv",
        "model": "old",
        "new_model": "new",
        "leads": "6",
        "spearman": "1.0",
    }


def test_a_workbook_where_nothing_changes(whatif, leads, old, tmp_path):
    whatif(leads, old, old, "-o", tmp_path / "what.xlsx")
    read = sheets(tmp_path / "what.xlsx")

    assert list(read) == ["Migration", "Movers", "Bands", "Run"]
    assert (len(read["Movers"]), len(read["Bands"])) == (1, 1)


def test_a_workbook_of_one_model(whatif, leads, old, tmp_path):
    whatif(leads, old, "--ablate", "-o", tmp_path / "what.xlsx")

    assert list(sheets(tmp_path / "what.xlsx")) == ["Ablation", "Run"]


def test_the_workbook_speaks_the_language_of_the_newer_model(whatif, leads, old, folder_model, tmp_path):
    french = folder_model(
        "neuf",
        Scoring=[
            ["Critère", "Nature", "Poids", "Champ", "Opérateur", "Valeur", "Points"],
            ["Pays", "exclusion", 1, "Country", "est", "DE", -100],
            ["Pays", "exclusion", 1, "Country", "n'est pas vide", "", 20.01],
        ],
    )

    whatif(leads, old, french, "--ablate", "-o", tmp_path / "quoi.xlsx")
    read = sheets(tmp_path / "quoi.xlsx")

    assert list(read) == ["Migration", "Mouvements", "Niveaux", "Ablation", "Exécution"]
    assert read["Migration"][0] == ["ancien_niveau", "Noté", "Exclu", "tous les prospects"]
    assert read["Mouvements"][0][-3:] == ["ancien_niveau", "nouveau_niveau", "cause"]
    assert read["Niveaux"][1][:3] == ["Hot", "sort", 2]
    assert read["Ablation"][0][0] == "critere"


def test_nothing_else_is_written_and_the_same_again_is_the_same_bytes(whatif, leads, old, new, tmp_path):
    before = listing(tmp_path)

    whatif(leads, old, new, "--ablate")
    whatif(leads, old, new, "--json")
    assert listing(tmp_path) == before

    whatif(leads, old, new, "-o", tmp_path / "what.xlsx")
    first = listing(tmp_path)
    whatif(leads, old, new, "-o", tmp_path / "what.xlsx")
    assert first == listing(tmp_path)
    assert set(first) - set(before) == {"what.xlsx"}
    assert {name: first[name] for name in before} == before


def test_inputs_and_files_of_others_are_not_written_over(whatif, tmp_path, as_book):
    rows = [["Name", "Budget"], ["Ann", 5]]
    scoring = [HEADINGS, ["Budget", "potential", 1, "Budget", ">", 1, 5]]
    source = as_book(tmp_path / "leads.xlsx", Source=rows, Scoring=scoring)
    model = as_book(tmp_path / "new.xlsx", Scoring=scoring)
    other = as_book(tmp_path / "mine.xlsx", Notes=[["mine"]])
    before = listing(tmp_path)

    for target, sentence in [
        (source, "leads.xlsx is what is being read; choose another name"),
        (model, "new.xlsx is what is being read; choose another name"),
        (other, "mine.xlsx exists and was not written by leadscore; choose another name with -o, or delete it first"),
    ]:
        done = whatif(source, source, model, "-o", target)
        assert (done.exit_code, done.stdout, done.stderr) == (4, "", f"leadscore: {sentence}\n")
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", ["what.csv", "-", "what"])
def test_a_comparison_is_a_workbook(whatif, leads, old, new, name):
    done = whatif(leads, old, new, "-o", name)

    assert done.exit_code == 2
    assert done.stderr == f"leadscore: {name}: a comparison has several sheets; give -o a name in .xlsx\n"


def test_a_mistake_says_which_model_it_is_in(whatif, leads, old, folder_model):
    wrong = folder_model("wrong", Scoring=[HEADINGS, ["Budget", "potential", 1, "Budget", "iz", "1", 5]])
    unbound = folder_model("unbound", Scoring=[HEADINGS, ["Shoes", "potential", 1, "Shoe size", "is", "1", 5]])

    first, second = whatif(leads, old, wrong), whatif(leads, unbound, old)

    assert (first.exit_code, second.exit_code) == (3, 3)
    assert first.stderr.startswith('error: [wrong]Scoring!E2: unknown operator "iz"')
    assert second.stderr.startswith("error: [unbound]Scoring!D2: ")


def test_what_cannot_be_read_is_said(whatif, leads, old, new, tmp_path):
    no_source = whatif(tmp_path / "none.csv", old, new)
    no_model = whatif(leads, old, tmp_path / "none.xlsx")
    no_day = CliRunner().invoke(command_app(), [str(leads), str(old), str(new), "--as-of", "soon"])

    assert (no_source.exit_code, no_model.exit_code, no_day.exit_code) == (4, 3, 2)
    assert (no_source.stdout, no_model.stdout, no_day.stdout) == ("", "", "")


def command_app():
    import typer

    from leadscore.cli.exits import guarded
    from leadscore.cli.whatif import whatif

    app = typer.Typer()
    app.command()(guarded(whatif))
    return app


def test_leads_from_standard_input(whatif, leads, old, new):
    done = whatif("-", old, new, stdin=leads.read_text(encoding="utf-8"))

    assert done.exit_code == 0
    assert plain(done.stdout) == COMPARED.replace("leads.csv", "standard input")


def test_the_reading_options_reach_the_source(whatif, old, new, tmp_path, leads):
    lines = leads.read_text(encoding="utf-8").replace(",", "|")
    odd = tmp_path / "odd.csv"
    odd.write_bytes(("A title|||\n" + lines).encode("utf-16"))

    done = whatif(odd, old, new, "--delimiter", "|", "--encoding", "utf-16", "--header-row", "2", "--country", "FR")

    assert done.exit_code == 0
    assert "\n4    100  -75    -175  Hot -> Excluded   Target country -160; Budget -15\n" in plain(done.stdout)


def test_what_the_old_model_leaves_open_about_the_source_the_new_one_says(whatif, old, new, tmp_path, as_book):
    from leadscore.sheets.read import read_source
    from leadscore.sheets.source import ReadingOptions

    rows = [["Name", "Country", "Budget"], ["Ann", "FR", 60000]]
    source = as_book(tmp_path / "book.xlsx", First=[["Name", "Country", "Budget"]] + [["x", "DE", 1]] * 3, Second=rows)
    assert len(read_source(source, ReadingOptions(), skip_sheets=lambda _: False, preferred=()).leads) == 3
    shutil.copytree(new, tmp_path / "said")
    (tmp_path / "said" / "Settings.csv").write_text("Setting,Value\nSource sheet,Second\n", encoding="utf-8")

    assert "book.xlsx, 1 lead, " in whatif(source, old, tmp_path / "said").stdout
    assert "book.xlsx, 3 leads, " in whatif(source, old, tmp_path / "said", "--sheet", "First").stdout


def test_several_scores_move_the_total_by_what_they_count_in_it(whatif, leads, folder_model):
    headings = [*HEADINGS, "Score"]
    scores = [["Score", "Method", "In total"], ["fit", "sum", 2], ["heat", "sum", 0.5], ["idle", "sum", 0]]

    def rows(fit, heat, idle):
        return [
            headings,
            ["Budget", "potential", 1, "Budget", ">=", 50000, fit, "fit"],
            ["Budget", "potential", 1, "Budget", ">=", 50000, heat, "heat"],
            ["Country", "potential", 1, "Country", "is", "FR", idle, "idle"],
        ]

    first = folder_model("one", Scoring=rows(10, 10, 10), Scores=scores)
    second = folder_model("two", Scoring=rows(15, 30, 90), Scores=scores)

    words = plain(whatif(leads, first, second, "--ablate").stdout)

    assert "2     25   45     +20  Scored  fit: Budget +10; heat: Budget +10\n" in words
    assert "          Scored  Excluded\nScored         6         .\nExcluded       .         .\n" in words
    # A score without any criterion is blank, and with it the total.
    assert "\nfit: Budget     100%        -         0         0      -\n" in words
    assert "\nCountry           0%        0         0         0  1.000\n" in words


def test_a_lead_that_gets_a_score_comes_after_the_changes(whatif, leads, folder_model):
    skipping = [HEADINGS, ["Budget", "potential", 1, "Budget", "is blank", "", "skip"]]
    skipping += [["Budget", "potential", 1, "Budget", ">", 1, 7]]
    counting = [HEADINGS, ["Budget", "potential", 1, "Budget", "is blank", "", 3]]
    counting += [["Budget", "potential", 1, "Budget", ">", 1, 7.04]]
    bands = [["Band", "From"], ["Top", 5]]
    first = folder_model("one", Scoring=skipping, Bands=bands)
    decimals = [["Setting", "Value"], ["Decimals", 2]]
    second = folder_model("two", Scoring=counting, Bands=bands, Settings=decimals)

    words = plain(whatif(leads, first, second).stdout)

    assert words.endswith(
        "6 changes of score\n"
        "row  old   new  change  band                     because\n"
        "2      7  7.04   +0.04  Top                      Budget +0.04\n"
        "3      7  7.04   +0.04  Top                      Budget +0.04\n"
        "4      7  7.04   +0.04  Top                      Budget +0.04\n"
        "7      7  7.04   +0.04  Top                      Budget +0.04\n"
        "6      -     3       -  (no score) -> (no band)  Budget +3\n"
        "8      -     3       -  (no score) -> (no band)  Budget +3\n"
    )
    assert "            Top  (no band)  Excluded\n" in words


def test_many_causes_are_cut_short_and_many_movers_counted(whatif, tmp_path, folder_model, as_csv):
    names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
    source = as_csv(tmp_path / "many.csv", [["Name", "Size"], *([f"n{row}", row % 2] for row in range(24))])

    def model(name, extra):
        rows = [[one, "potential", 1, "Size", "is", 1, 10 + extra * place] for place, one in enumerate(names)]
        return folder_model(name, Scoring=[HEADINGS, *rows], Scores=[["Score", "Method"], ["Score", "sum"]])

    words = plain(whatif(source, model("one", 0), model("two", 1)).stdout)

    assert "\nThe 10 largest of 12 changes of score\n" in words
    assert "\n3     50   60     +10  Scored  Epsilon +4; Delta +3; Gamma +2; 1 more\n" in words


def test_differences_too_small_to_show_are_called_so(whatif, tmp_path, folder_model, as_csv):
    source = as_csv(tmp_path / "one.csv", [["Name", "Size"], ["a", 1]])

    def model(name, points):
        rows = [[one, "potential", 1, "Size", "is", 1, points] for one in ("Alpha", "Beta", "Gamma")]
        return folder_model(name, Scoring=[HEADINGS, *rows], Scores=[["Score", "Method"], ["Score", "sum"]])

    words = plain(whatif(source, model("one", 1), model("two", 1.03)).stdout)

    assert words.endswith("2      3  3.1    +0.1  Scored  rounding and small differences\n")


def test_a_matrix_too_wide_for_the_page_becomes_a_list(whatif, leads, old, folder_model):
    scoring = [HEADINGS, ["Budget", "potential", 1, "Budget", ">=", 50000, 100]]
    names = [f"A band with quite a long name {number}" for number in range(4)]
    wide = folder_model(
        "wide",
        Scoring=scoring,
        Bands=[["Band", "From"], *([name, 100 - 10 * place] for place, name in enumerate(names))],
    )

    done = whatif(leads, old, wide)

    assert (
        "From old bands (rows) to new bands (columns)\n"
        "                                             leads\n"
        "Hot -> A band with quite a long name 0           2\n"
        "Warm -> A band with quite a long name 0          1\n"
        "Warm -> (no band)                                1\n"
        "Cold -> (no band)                                1\n"
        "Excluded -> A band with quite a long name 0      1\n"
    ) in plain(done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0%"), (0.0004, "<0.1%"), (0.125, "12.5%"), (0.5, "50%"), (1, "100%")]
)
def test_shares_as_words(number, words):
    assert comparison._percent(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1.000"), (-1, "-1.000"), (0.99999, "0.999"), (-0.99999, "-0.999"), (0.25, "0.250"), (float("nan"), "-")],
)
def test_correlations_as_words(number, words):
    assert comparison._correlation(number) == words


def test_colour_is_for_terminals(leads, old, monkeypatch, capsys):
    outcome = what_if(WhatIfJob(leads, old, ablate=True, as_of="2026-03-31"))

    comparison.print_what_if(outcome)
    plain_words = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    comparison.print_what_if(outcome)

    assert "\x1b" not in plain_words
    assert "\x1b[1m" in capsys.readouterr().out


def test_no_lead_is_named(whatif, leads, old, new, tmp_path):
    done = whatif(leads, old, new, "--ablate", "-o", tmp_path / "what.xlsx")
    seen = whatif(leads, old, new, "--ablate", "--json").stdout + done.output

    cells = [cell.value for sheet in openpyxl.load_workbook(tmp_path / "what.xlsx") for row in sheet for cell in row]
    for name in ("Ann", "ann@", "acme", "Eva"):
        assert name not in seen
        assert not any(name in str(cell) for cell in cells)


def test_a_comparison_replaces_its_own_workbook(whatif, leads, old, new, tmp_path):
    for _ in range(2):
        assert whatif(leads, old, new, "-o", tmp_path / "compared.xlsx").exit_code == 0
