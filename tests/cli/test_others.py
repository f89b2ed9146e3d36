"""leadscore enrich, check, explain and init: every option through the real command."""

import json

import pytest

from leadscore.enrichment.steps import GROUPS

DAY = ("--as-of", "2026-03-31")


# enrich ---------------------------------------------------------------------------------------------------------------


def test_enrich_needs_no_model(cli, leads, tmp_path, read):
    before = leads.read_bytes()

    result = cli("enrich", leads, *DAY)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"3 leads enriched from leads.csv, as of 2026-03-31 -> {tmp_path / 'leads-enriched.csv'}\n"
    )
    rows = read.rows(tmp_path / "leads-enriched.csv")
    assert [row["email_validity"] for row in rows] == ["ok", "ok", "fail"]
    assert [row["phone_country"] for row in rows] == ["FR", "BE", ""]
    assert leads.read_bytes() == before


def test_enrich_with_the_settings_of_a_model(cli, tmp_path, make, read):
    leads = make.csv(tmp_path / "leads.csv", [["Tel. bureau"], ["06 47 31 82 95"]])
    model = make.book(
        tmp_path / "model.xlsx",
        Scoring=[make.scoring[0], ["Phone", "quality", 1, "phone_validity", "is", "ok", 10]],
        Settings=[["Setting", "Value"], ["Country", "FR"]],
        Fields=[["Field", "Column"], ["phone", "Tel. bureau"]],
    )

    result = cli("enrich", leads, "-m", model, "--output", "-", "--quiet")

    assert read.rows(result.stdout)[0]["phone_e164"] == "+33647318295"


def test_enrich_reads_as_told(cli, tmp_path, read):
    source = tmp_path / "odd.csv"
    source.write_bytes("x#y\nE-mail#Téléphone\na@b.fr#0475612983\n".encode("cp850"))

    result = cli(
        "enrich", source, "--header-row", "2", "--encoding", "cp850", "--delimiter", "#", "--country", "NL", "-o", "-"
    )

    row = read.rows(result.stdout, "#")[0]
    assert (row["Téléphone"], row["phone_e164"]) == ("0475612983", "+31475612983")


@pytest.mark.parametrize(
    ("columns", "headings"),
    [
        ("phone_e164", ["Id", "Name", "E-mail", "Phone", "Country", "Budget", "phone_e164"]),
        ("telephone_e164; Name; Id", ["Name", "Id", "phone_e164"]),
        ("Name; Phone; email_type; email_norm", ["Name", "Phone", "email_norm", "email_type"]),
        ("id; contactability; completeness", ["Id", "completeness", "contactability"]),
    ],
)
def test_enrich_writes_the_columns_that_are_chosen(cli, leads, columns, headings, read):
    result = cli("enrich", leads, "-o", "-", "--columns", columns)

    assert list(read.rows(result.stdout)[0]) == headings, result.stderr


def test_enrich_writes_a_group_and_a_column_of_its_name(cli, leads, read):
    group = list(read.rows(cli("enrich", leads, "-o", "-", "--columns", "email; Id").stdout)[0])
    both = list(read.rows(cli("enrich", leads, "-o", "-", "--columns", "Phone; phone").stdout)[0])

    assert group[:3] == ["Id", "email_norm", "email_validity"]
    assert not [name for name in group[1:] if name.startswith("phone")]
    assert both[:2] == ["Phone", "phone_e164"]
    assert "email_norm" not in both


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ("email_validty", 'there is no column "email_validty"; did you mean "email_validity"?'),
        ("Id, Name", 'there is no column "Id, Name"; write "Id; Name" with semicolons'),
        (
            "zzz",
            f'there is no column "zzz"; name columns of the sheet, or groups of ours: {", ".join(GROUPS)}',
        ),
    ],
)
def test_enrich_refuses_a_column_that_there_is_not(cli, leads, columns, sentence, tmp_path):
    result = cli("enrich", leads, "--columns", columns)

    assert (result.exit_code, result.stderr) == (2, f"leadscore: --columns: {sentence}\n")
    assert not (tmp_path / "leads-enriched.csv").exists()


def test_enrich_replaces_its_own_file_whatever_columns_it_has(cli, leads, tmp_path, make):
    assert cli("enrich", leads, "--columns", "email_type; phone_type").exit_code == 0
    assert cli("enrich", leads, "--columns", "email_type; phone_type").exit_code == 0
    make.csv(tmp_path / "leads-enriched.csv", [["Name", "email_type"], ["Ann", "home"]])
    assert cli("enrich", leads).exit_code == 4


def test_enrich_sums_up_what_it_found(cli, leads):
    found = json.loads(cli("enrich", leads, "--dry-run", "--json", *DAY).stdout)["found"]

    assert found["email_validity"] == {"ok": 2, "fail": 1}
    assert found["email_type"] == {"professional": 1, "free": 1}
    assert found["contactability"] == {"email_and_phone": 2, "none": 1}
    assert "anomalies" not in found or found["anomalies"] == {}


def test_groups_that_are_skipped_are_not_made(cli, tmp_path, leads, make, read):
    model = make.book(
        tmp_path / "model.xlsx",
        Scoring=make.scoring,
        Settings=[["Setting", "Value"], ["Skip enrichment", "phone; données de qualité; quality; message"]],
    )

    result = cli("enrich", leads, "-m", model, "-o", "-")

    assert result.exit_code == 3
    assert '"données de qualité" is no group of enrichment columns' in result.stderr


def test_enrich_a_sheet_in_a_language_with_issues(cli, tmp_path, make, read):
    source = make.book(tmp_path / "two.xlsx", Source=[["x"], ["1"]], Other=make.leads)

    result = cli("enrich", source, "--sheet", "Other", "--lang", "fr", "--issues", tmp_path / "issues.xlsx")

    assert result.exit_code == 0, result.stderr
    assert read.sheets(tmp_path / "two-enriched.xlsx") == ["Enrichi", "Anomalies", "Exécution"]
    assert read.sheets(tmp_path / "issues.xlsx") == ["Anomalies"]
    cells = {cell for row in read.sheet(tmp_path / "two-enriched.xlsx", "Enrichi") for cell in row}
    assert {"valide", "invalide", "professionnel", "gratuit"} <= cells


def test_enrich_raw_csv(cli, tmp_path, make, read):
    source = make.csv(tmp_path / "f.csv", [["E-mail", "Note"], ["a@b.fr", "=1+1"]])

    assert read.rows(cli("enrich", source, "-o", "-").stdout)[0]["Note"] == "'=1+1"
    assert read.rows(cli("enrich", source, "-o", "-", "--raw-csv").stdout)[0]["Note"] == "=1+1"


def test_enrich_json_dry_run_and_strict(cli, tmp_path, make, files_in):
    source = make.csv(tmp_path / "f.csv", [["E-mail", "Phone"], ["a@b.fr", "06 47 31 82 95"], ["", ""]])
    source.write_text(source.read_text() + "a,b,c\n")

    result = cli("enrich", source, "--json", "--dry-run", "--strict")

    assert result.exit_code == 5  # a row longer than the headings is worth a look
    summary = json.loads(result.stdout)
    assert summary["rows"] == {"read": 3, "blank": 1}
    assert summary["issues"] == {"csv-read-as": 1, "csv-longer-row": 1, "heading-blank": 1, "country-missing": 1}
    assert files_in() == ["f.csv"]


# check ----------------------------------------------------------------------------------------------------------------


def test_check_of_a_sound_model_says_ok(cli, model, workbook, tmp_path, make):
    alone = make.book(tmp_path / "alone.xlsx", Scoring=make.scoring)

    for arguments in ((model,), (workbook,), (alone,)):
        result = cli("check", *arguments)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "ok\n", "")


@pytest.fixture
def doubtful_model(tmp_path, make):
    return make.book(tmp_path / "doubtful.xlsx", Scoring=make.scoring, Setings=[["Setting", "Value"]])


def test_check_lists_warnings(cli, doubtful_model):
    result = cli("check", doubtful_model)

    assert result.exit_code == 0
    assert result.stdout == (
        'warning: Setings: the sheet "Setings" is not read; did you mean "Settings"? [sheet-typo]\n'
        "doubtful.xlsx: 1 warning, 0 notes, no error\n"
    )


def test_check_strict_and_json(cli, doubtful_model):
    result = cli("check", doubtful_model, "--strict", "--json")

    assert result.exit_code == 5
    assert [row["code"] for row in json.loads(result.stdout)["findings"]] == ["sheet-typo"]
    assert cli("check", doubtful_model, "--strict").exit_code == 5


@pytest.fixture
def wrong_model(tmp_path, make):
    rows = [list(row) for row in make.scoring]
    rows[1][4], rows[2][6], rows[4][2] = "iz", "many", -1
    return make.csv(tmp_path / "wrong.csv", rows)


def test_check_of_a_wrong_model_as_json(cli, wrong_model):
    result = cli("check", wrong_model, "--json")

    assert (result.exit_code, result.stderr) == (3, "")
    assert [row["cell"] for row in json.loads(result.stdout)["findings"]] == ["E2", "G3", "C5"]


def test_check_with_a_source_reads_it_as_told(cli, model, tmp_path, make):
    odd = tmp_path / "odd.csv"
    odd.write_bytes("\n".join(["x#y", *("#".join(row) for row in make.leads)]).encode("cp850"))
    book = make.book(tmp_path / "two.xlsx", Source=[["x"], ["1"]], Other=make.leads)

    for arguments in (
        (odd, "--header-row", "2", "--delimiter", "#", "--encoding", "cp850", *DAY),
        (book, "--sheet", "Other"),
    ):
        result = cli("check", model, *arguments)
        assert result.exit_code == 0, result.stderr
        assert "country is FR or BE → +100 · 2 leads" in result.stdout


def test_check_with_a_source_that_lacks_a_field(cli, tmp_path, make):
    model = make.csv(tmp_path / "m.csv", [make.scoring[0], ["Shoes", "potential", 1, "Shoe size", "is", "44", 1]])
    leads = make.csv(tmp_path / "leads.csv", [["Shoe sizes"], ["44"]])

    result = cli("check", model, leads)

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith('error: Scoring!D2: unknown field "Shoe size"; did you mean "Shoe sizes"?')


# explain --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lead", ["A1", "ann@acme.fr", "ANN@acme.fr", "2", "row 2"])
def test_explain_finds_a_lead_by_id_email_or_row(cli, leads, model, lead, files_in):
    result = cli("explain", leads, lead, "-m", model, "--json")

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["row"] == 2
    assert files_in() == ["leads.csv", "model.csv"]


def test_explain_names_what_was_read_and_the_cell_of_the_model(cli, leads, model):
    result = cli("explain", leads, "A1", "--model", model)

    lines = [" ".join(line.replace("█", " ").split()) for line in result.stdout.splitlines()]
    assert result.stderr == ""
    assert lines[:2] == ["leads.csv, row 2, scored by model.csv", "score 50, rank 1 of 2"]
    place = lines.index("Target country +33.33 Scoring!G2")
    assert lines[place : place + 7] == [
        "Target country +33.33 Scoring!G2",
        "Country: FR -> is FR; BE: 100 points, weight 1",
        "Budget +16.67 Scoring!G3",
        "Budget: 12000 -> ≥ 10000: 50 points, weight 1",
        "E-mail exists +0 Scoring!A5",
        'email_validity: ok (from E-mail "ann@acme.fr") -> no case holds: 0 points, weight 1',
        "score 50",
    ]


def test_explain_of_an_excluded_lead_with_an_unreadable_cell(cli, leads, model):
    result = cli("explain", leads, "A3", "-m", model)

    assert "Budget: abc (cannot be read, counts as blank) -> " in result.stdout
    assert "score -333.3, excluded by E-mail exists" in result.stdout
    assert 'email_validity: fail (from E-mail "nope", email_reason: no_at)' in result.stdout
    assert "rounding" in result.stdout
    assert 'warning: row 4, column Budget: "abc" is no number' in result.stdout


def test_explain_lines_add_up_to_the_score(cli, leads, model):
    for lead in ("A1", "A2", "A3"):
        score = json.loads(cli("explain", leads, lead, "-m", model, "--json").stdout)["scores"]["score"]
        assert sum(line["contribution"] for line in score["lines"]) == pytest.approx(score["value"], abs=1e-12)


def test_explain_says_that_a_lead_stands_twice(cli, tmp_path, make, model):
    source = make.csv(tmp_path / "twice.csv", [*make.leads, make.leads[1]])

    assert 'ask for "row 5"' in cli("explain", source, "A1", "-m", model).stdout
    assert json.loads(cli("explain", source, "A1", "-m", model, "--json").stdout)["same_lead_in_rows"] == [5]


def test_explain_of_a_row_where_ids_are_numbers(cli, tmp_path, make, model):
    rows = [make.leads[0], *([str(number), *row[1:]] for number, row in enumerate(make.leads[1:], start=1))]
    source = make.csv(tmp_path / "numbers.csv", rows)

    assert json.loads(cli("explain", source, "2", "-m", model, "--json").stdout)["row"] == 3
    assert json.loads(cli("explain", source, "row 2", "-m", model, "--json").stdout)["row"] == 2


def test_explain_does_not_take_the_models_rows_for_the_leads(cli, tmp_path, make):
    rows = [*make.scoring, ["Free", "potential", 1, "email_type", "is blank", "free", 5]]
    source = make.book(tmp_path / "b.xlsx", Source=[*make.leads, *make.leads[1:]], Scoring=rows)

    assert "value-unused" in cli("check", source).stdout
    assert "value-unused" not in cli("explain", source, "row 6").stdout


@pytest.mark.parametrize("lead", ["A9", "9", "1", "5"])
def test_explain_of_an_absent_lead(cli, tmp_path, make, model, lead):
    source = make.csv(tmp_path / "gap.csv", [*make.leads, [""] * 6, make.leads[1]])

    result = cli("explain", source, lead, "-m", model)

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        f'leadscore: no lead "{lead}" in rows 2 to 6; give an id, an e-mail, or the number of a row that is not blank\n'
    )


def test_explain_with_several_scores(cli, tmp_path, make):
    scoring = [
        ["Criterion", "Kind", "Field", "Operator", "Value", "Points", "Score"],
        ["Country", "potential", "country", "is", "FR", 100, "fit"],
        ["Budget", "potential", "budget", ">", 1, 50, "warmth"],
        ["E-mail", "exclusion", "email_validity", "is", "fail", -10, None],
    ]
    source = make.book(tmp_path / "b.xlsx", Source=make.leads, Scoring=scoring)

    result = json.loads(cli("explain", source, "A1", "--json").stdout)

    lines = {name: [line["name"] for line in score["lines"]] for name, score in result["scores"].items()}
    assert lines["fit"][:2] == ["Country", "E-mail"]
    assert lines["warmth"][:2] == ["Budget", "E-mail"]
    assert result["columns"]["score"] == result["scores"]["fit"]["value"] + result["scores"]["warmth"]["value"]


def test_explain_where_no_criterion_applies_is_valid_json(cli, tmp_path, make):
    model = make.csv(
        tmp_path / "m.csv", [make.scoring[0], ["Budget", "potential", 1, "Budget", "is blank", "", "skip"]]
    )
    leads = make.csv(tmp_path / "leads.csv", [["Name", "Budget"], ["Ann", ""]])

    text = cli("explain", leads, "2", "-m", model).stdout
    parsed = json.loads(cli("explain", leads, "2", "-m", model, "--json").stdout, parse_constant=pytest.fail)

    assert parsed["scores"]["score"]["value"] is None
    assert "skip" in text


def test_explain_reads_as_told(cli, model, tmp_path, make):
    odd = tmp_path / "odd.csv"
    odd.write_bytes("\n".join(["x#y", *("#".join(row) for row in make.leads)]).encode("cp850"))
    book = make.book(tmp_path / "two.xlsx", Source=[["x"], ["1"]], Other=make.leads)
    reading = ("--header-row", "2", "--delimiter", "#", "--encoding", "cp850", "--country", "FR", *DAY)

    assert json.loads(cli("explain", odd, "A1", "-m", model, "--json", *reading).stdout)["row"] == 3
    assert json.loads(cli("explain", book, "A1", "-m", model, "--json", "--sheet", "Other").stdout)["row"] == 2


# init -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "name"), [("en", "leads.xlsx"), ("fr", "prospects.xlsx")])
def test_init_writes_a_workbook_that_scores_at_once(cli, tmp_path, lang, name):
    started = cli("init", tmp_path / "new", "--lang", lang, "--template", "simple")
    scored = cli("score", tmp_path / "new" / name, "--strict")
    checked = cli("check", tmp_path / "new" / name)

    assert (started.exit_code, started.stdout) == (0, "")
    assert f"leadscore score {tmp_path / 'new' / name}" in started.stderr
    assert (scored.exit_code, checked.stdout) == (0, "ok\n"), scored.stderr


def test_init_leaves_a_file_that_is_there(cli, tmp_path):
    (tmp_path / "leads.xlsx").write_text("mine")

    result = cli("init", tmp_path)

    assert (result.exit_code, result.stdout) == (4, "")
    assert "leads.xlsx exists already and is left as it is" in result.stderr
    assert (tmp_path / "leads.xlsx").read_text() == "mine"


def test_init_with_an_unknown_template(cli, tmp_path):
    result = cli("init", tmp_path, "--template", "nope")

    assert (result.exit_code, result.stderr) == (
        2,
        'leadscore: no template "nope"; there are: simple, fit-engagement, bant, b2c, product-lines\n',
    )


def test_init_into_a_folder_that_cannot_be(cli, tmp_path):
    (tmp_path / "file").write_text("")

    result = cli("init", tmp_path / "file" / "folder")

    assert result.exit_code == 4
    assert "cannot be made (Not a directory); give another folder" in result.stderr
