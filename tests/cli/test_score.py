"""leadscore score: every option through the real command."""

import json

import pytest

DAY = ("--as-of", "2026-03-31")


def test_a_workbook_is_scored_with_its_own_model(cli, workbook, tmp_path, read):
    before = workbook.read_bytes()

    result = cli("score", workbook, *DAY)

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == (
        "3 leads scored from leads.xlsx, sheet Source, as of 2026-03-31: 1 excluded, 1 issue"
        f" -> {tmp_path / 'leads-scored.xlsx'}\n"
    )
    headings, *rows = read.sheet(tmp_path / "leads-scored.xlsx", "Results")
    assert [row[headings.index("score")] for row in rows] == [50, 33.3, -333.3]
    assert read.sheets(tmp_path / "leads-scored.xlsx") == ["Results", "Summary", "Enriched", "Issues", "Run"]
    assert workbook.read_bytes() == before


@pytest.mark.parametrize("flag", ["-m", "--model"])
def test_model(cli, leads, model, read, flag):
    before = leads.read_bytes(), model.read_bytes()

    result = cli("score", leads, flag, model)

    assert result.exit_code == 0, result.stderr
    rows = read.rows(leads.with_name("leads-scored.csv"))
    assert [row["score"] for row in rows] == ["50", "33.3", "-333.3"]
    assert [row["rank"] for row in rows] == ["1", "2", ""]
    assert (leads.read_bytes(), model.read_bytes()) == before


@pytest.mark.parametrize(("flag", "name"), [("-o", "out.csv"), ("--output", "out.xlsx")])
def test_output(cli, leads, model, flag, name):
    result = cli("score", leads, "-m", model, flag, leads.with_name(name))

    assert result.exit_code == 0, result.stderr
    assert (leads.with_name(name)).read_bytes()[:2] == (b"PK" if name.endswith("xlsx") else b"\xef\xbb")


def test_output_to_stdout(cli, leads, model, read, files_in):
    result = cli("score", leads, "-m", model, "-o", "-", "-q")

    assert result.stderr == ""
    assert [row["score"] for row in read.rows(result.stdout)] == ["50", "33.3", "-333.3"]
    assert files_in() == ["leads.csv", "model.csv"]


def test_stdin_to_stdout(cli, leads, model, read):
    result = cli("score", "-", "-m", model, *DAY, stdin=leads.read_bytes())

    assert [row["Name"] for row in read.rows(result.stdout)] == ["Ann", "Bob", "Zoe"]
    assert result.stderr == "3 leads scored from standard input, as of 2026-03-31: 1 excluded, 1 issue -> stdout\n"


def test_stdin_to_a_workbook(cli, leads, model, tmp_path, read):
    result = cli("score", "-", "-m", model, "-o", tmp_path / "out.xlsx", stdin=leads.read_bytes())

    assert result.exit_code == 0, result.stderr
    assert ("source", "-") in read.sheet(tmp_path / "out.xlsx", "Run")


def test_as_of_decides_which_criteria_are_active(cli, leads, tmp_path, make, read):
    rows = [[*row, until] for row, until in zip(make.scoring, ["Until", "", "2026-03-31", "", ""], strict=True)]
    model = make.csv(tmp_path / "dated.csv", rows)

    on_the_day = cli("score", leads, "-m", model, "--as-of", "2026-03-31", "-o", "-", "-q")
    the_day_after = cli("score", leads, "-m", model, "--as-of", "2026-04-01", "-o", "-", "-q")

    assert read.rows(on_the_day.stdout)[0]["contribution: Budget"] != ""
    assert "contribution: Budget" not in read.rows(the_day_after.stdout)[0]


def test_wrong_as_of(cli, leads, model, files_in):
    result = cli("score", leads, "-m", model, "--as-of", "31/03/2026")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'leadscore: --as-of "31/03/2026" is no date; write it as 2026-03-31\n'
    assert files_in() == ["leads.csv", "model.csv"]


def test_country(cli, tmp_path, make, read):
    leads = make.csv(tmp_path / "leads.csv", [["Phone"], ["06 47 31 82 95"]])
    model = make.csv(tmp_path / "m.csv", [make.scoring[0], ["Phone", "quality", 1, "phone_country", "is", "FR", 10]])

    result = cli("score", leads, "-m", model, "--country", "France", "-o", tmp_path / "out.xlsx")

    assert result.exit_code == 0, result.stderr
    headings, row = read.sheet(tmp_path / "out.xlsx", "Enriched")
    assert row[headings.index("phone_e164")] == "+33647318295"


def test_wrong_country(cli, leads, model):
    result = cli("score", leads, "-m", model, "--country", "Narnia")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'leadscore: --country "Narnia" is no country; write it as FR or France\n'


def test_sheet(cli, tmp_path, make, model):
    source = make.book(tmp_path / "two.xlsx", Source=make.leads[:2], Other=make.leads)

    result = cli("score", source, "-m", model, "--sheet", "other", *DAY)

    assert result.stderr.startswith("3 leads scored from two.xlsx, sheet Other")


def test_a_sheet_that_is_not_there(cli, workbook):
    result = cli("score", workbook, "--sheet", "Sourc")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        f'leadscore: {workbook} has no sheet "Sourc"; did you mean "Source"? it has Source, Scoring\n'
    )


def test_header_row(cli, tmp_path, make, model, read):
    source = make.csv(tmp_path / "late.csv", [["Name", "Note", "a", "b", "c", "d"], *make.leads])

    result = cli("score", source, "-m", model, "--header-row", "2", "-o", "-", "-q")

    assert [row["Name"] for row in read.rows(result.stdout)] == ["Ann", "Bob", "Zoe"]


def test_encoding(cli, tmp_path, make, model, read):
    source = make.csv(tmp_path / "old.csv", [["Name", "Country", "Budget", "E-mail"], ["Zoé", "FR", "1", "a@b.fr"]])
    source.write_bytes(source.read_text(encoding="utf-8").encode("cp850"))

    result = cli("score", source, "-m", model, "--encoding", "cp850", "-o", "-", "-q")

    assert read.rows(result.stdout)[0]["Name"] == "Zoé"


def test_delimiter(cli, tmp_path, make, model, read):
    source = make.csv(tmp_path / "odd.csv", make.leads, delimiter="#")

    result = cli("score", source, "-m", model, "--delimiter", "#", "-o", "-", "-q")

    assert [row["score"] for row in read.rows(result.stdout, "#")] == ["50", "33.3", "-333.3"]


def test_columns(cli, leads, model, read):
    result = cli("score", leads, "-m", model, "--columns", "name; E-mail", "-o", "-", "-q")

    assert list(read.rows(result.stdout)[0])[:3] == ["Name", "E-mail", "score"]


def test_wrong_columns_name_those_there_are(cli, leads, model):
    result = cli("score", leads, "-m", model, "--columns", "Shoe size")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith('error: the sheet of leads has no column "Shoe size"; columns of the sheet: Id, ')
    assert result.stderr.endswith("leadscore: 1 error; nothing was written\n")


@pytest.mark.parametrize("language", [("fr", "Résultats"), ("en", "Results")])
def test_lang_is_that_of_the_workbook(cli, workbook, french_workbook, read, language):
    lang, sheets = language
    for source in (workbook, french_workbook):
        result = cli("score", source, "--lang", lang)

        assert result.exit_code == 0, result.stderr
        assert read.sheets(source.with_stem(f"{source.stem}-scored"))[0] == sheets


def test_csv_is_english_in_every_language(cli, french_workbook, read):
    result = cli("score", french_workbook, "--lang", "fr", "-o", "-", "-q")

    assert {"score", "rank", "excluded_by", "reasons"} <= set(read.rows(result.stdout)[0])


@pytest.mark.parametrize("name", ["issues.csv", "issues.xlsx"])
def test_issues(cli, leads, model, read, name):
    for _ in range(2):  # the second run replaces what the first wrote
        result = cli("score", leads, "-m", model, "--issues", leads.with_name(name))
        assert result.exit_code == 0, result.stderr

    if name.endswith("csv"):
        rows = read.rows(leads.with_name(name))
    else:
        headings, *cells = read.sheet(leads.with_name(name), "Issues")
        rows = [dict(zip(headings, map(str, row), strict=True)) for row in cells]
    found = {row["code"]: row for row in rows}
    assert found["number-unreadable"]["row"] == "4"
    assert found["number-unreadable"]["column"] == "Budget"
    assert found["number-unreadable"]["value"] == "abc"


def test_issues_in_csv_are_english_beside_a_french_workbook(cli, french_workbook, tmp_path):
    for _ in range(2):
        result = cli("score", french_workbook, "--issues", tmp_path / "i.csv")
        assert result.exit_code == 0, result.stderr

    assert (tmp_path / "i.csv").read_text("utf-8-sig").startswith("sheet,row,column,value,severity,code,problem")


@pytest.mark.parametrize(
    "refused",
    [
        ("issues.pdf", 2, '".pdf" is no format that leadscore writes; give a name in .xlsx or .csv'),
        ("leads.csv", 4, "leads.csv is what is being read; choose another name"),
        ("model.csv", 4, "model.csv is what is being read; choose another name"),
        ("leads-scored.csv", 2, "--issues names the file of the results, leads-scored.csv; give it a name of its own"),
    ],
)
def test_issues_file_is_checked_before_anything_is_written(cli, leads, model, files_in, refused):
    name, code, sentence = refused
    before = leads.read_bytes()

    result = cli("score", leads, "-m", model, "--issues", leads.with_name(name))

    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert files_in() == ["leads.csv", "model.csv"]
    assert leads.read_bytes() == before


def test_raw_csv(cli, tmp_path, make, model, read):
    source = make.csv(tmp_path / "f.csv", [["Name", "E-mail", "Country", "Budget"], ["=1+1", "a@b.fr", "FR", "1"]])

    safe = cli("score", source, "-m", model, "-o", "-", "-q")
    raw = cli("score", source, "-m", model, "-o", "-", "-q", "--raw-csv")

    assert read.rows(safe.stdout)[0]["Name"] == "'=1+1"
    assert read.rows(raw.stdout)[0]["Name"] == "=1+1"


def test_dry_run_writes_nothing(cli, leads, model, tmp_path, files_in):
    result = cli("score", leads, "-m", model, "--dry-run", "--issues", tmp_path / "issues.csv", *DAY)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "3 leads scored from leads.csv, as of 2026-03-31: 1 excluded, 1 issue -> nothing written\n"
    )
    assert files_in() == ["leads.csv", "model.csv"]


def test_json_is_one_object_without_personal_data(cli, leads, model, tmp_path):
    result = cli("score", leads, "-m", model, "--json", *DAY)

    summary = json.loads(result.stdout)
    assert result.stderr == ""
    assert summary["rows"] == {"read": 3, "blank": 0, "scored": 3, "excluded": 1}
    assert summary["excluded_by"] == {"E-mail exists": 1}
    assert summary["issues"] == {"csv-read-as": 1, "number-unreadable": 1}
    assert (summary["source"], summary["output"]) == ("leads.csv", str(tmp_path / "leads-scored.csv"))
    assert "ann@acme.fr" not in result.stdout


def test_json_of_a_dry_run(cli, leads, model):
    result = cli("score", leads, "-m", model, "--json", "--dry-run", "-o", "-")

    assert json.loads(result.stdout)["output"] is None


@pytest.mark.parametrize("arguments", [("leads.csv", "-o", "-"), ("-",)])
def test_json_and_results_cannot_share_stdout(cli, leads, model, monkeypatch, arguments):
    monkeypatch.chdir(leads.parent)

    result = cli("score", *arguments, "-m", model, "--json", stdin=b"")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "leadscore: --json and the results cannot share stdout; give a file with -o\n"


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet(cli, leads, model, tmp_path, flag):
    result = cli("score", leads, "-m", model, flag)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "leads-scored.csv").exists()


def test_strict(cli, leads, clean_leads, model, tmp_path):
    doubtful = cli("score", leads, "-m", model, "--strict")
    clean = cli("score", clean_leads, "-m", model, "--strict")

    assert (doubtful.exit_code, clean.exit_code) == (5, 0)
    assert (tmp_path / "leads-scored.csv").exists()
    assert "1 issue ->" in doubtful.stderr


def test_strict_minds_warnings_about_the_model(cli, tmp_path, make):
    source = make.book(tmp_path / "b.xlsx", Source=make.leads[:3], Scoring=make.scoring, Setings=[["Setting", "Value"]])

    result = cli("score", source, "--strict")

    assert result.exit_code == 5


def test_our_own_output_is_replaced(cli, leads, model, tmp_path):
    first = cli("score", leads, "-m", model, "-o", tmp_path / "out.xlsx")
    second = cli("score", leads, "-m", model, "-o", tmp_path / "out.xlsx")

    assert (first.exit_code, second.exit_code) == (0, 0)


@pytest.mark.parametrize("name", ["precious.csv", "precious.xlsx"])
def test_a_file_that_leadscore_did_not_write_is_refused(cli, leads, model, make, name):
    target = leads.with_name(name)
    precious = [["mine"], ["1"]]
    if name.endswith("csv"):
        make.csv(target, precious)
    else:
        make.book(target, Mine=precious)
    before = target.read_bytes()

    result = cli("score", leads, "-m", model, "-o", target)

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        f"leadscore: {name} exists and was not written by leadscore; choose another name with -o, or delete it first\n"
    )
    assert target.read_bytes() == before


@pytest.mark.parametrize("target", ["leads.csv", "model.csv", "link.csv"])
def test_what_is_read_is_never_written(cli, leads, model, tmp_path, target):
    (tmp_path / "link.csv").symlink_to(leads)
    before = leads.read_bytes(), model.read_bytes()

    result = cli("score", leads, "-m", model, "-o", tmp_path / target)

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == f"leadscore: {target} is what is being read; choose another name\n"
    assert (leads.read_bytes(), model.read_bytes()) == before


def test_a_model_without_bands_or_several_scores(cli, tmp_path, make, read):
    scoring = [
        ["Criterion", "Field", "Operator", "Value", "Points", "Score"],
        ["Country", "country", "is", "FR", 100, "fit"],
        ["Budget", "budget", ">", 1, 50, "warmth"],
    ]
    bands = [["Score", "Band", "From"], ["fit", "A", 50], ["fit", "B", None], ["", "Hot", 100], ["", "Cold", None]]
    source = make.book(tmp_path / "b.xlsx", Source=make.leads, Scoring=scoring, Bands=bands)

    result = cli("score", source, "-o", "-", "-q")

    first = read.rows(result.stdout)[0]
    assert (first["score"], first["fit"], first["warmth"], first["fit_band"], first["band"]) == (
        "150", "100", "50", "A", "Hot",
    )  # fmt: skip
    assert first["contribution: fit: Country"] == "100"
    assert first["contribution: total: fit"] == "100"


def test_a_sheet_almost_called_scoring_is_told(cli, tmp_path, make):
    source = make.book(tmp_path / "b.xlsx", Source=make.leads, Scorings2=[["x"]], Scorin=make.scoring)

    result = cli("score", source)

    assert (result.exit_code, result.stdout) == (3, "")
    assert 'the sheet "Scorin" is not read; did you mean "Scoring"?' in result.stderr


def test_characters_that_csv_cannot_hold_are_told(cli, tmp_path, make, model, read):
    leads = make.csv(tmp_path / "leads.csv", [*make.leads[:2], ["A2", "Bo\x00b", "bob@acme.fr", "", "BE", "5000"]])

    result = cli("score", leads, "-m", model, "-o", "-", "--issues", tmp_path / "issues.csv")

    assert [row["Name"] for row in read.rows(result.stdout)] == ["Ann", "Bo\ufffdb"]
    assert "1 issue ->" in result.stderr
    told = [(row["row"], row["column"], row["code"]) for row in read.rows(tmp_path / "issues.csv")]
    assert ("3", "Name", "text-replaced") in told
