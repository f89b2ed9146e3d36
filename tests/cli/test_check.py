"""leadscore check beyond its mistakes: what is understood, what is doubted, and the report."""

import json

import openpyxl
import pytest

DAY = ("--as-of", "2026-03-31")


def test_every_case_is_said_in_one_sentence_with_its_leads(cli, leads, model):
    result = cli("check", model, leads, *DAY)

    assert result.exit_code == 0
    assert result.stdout == (
        "Understood as\n\n"
        "  Target country (potential, weight 1)\n"
        "    country is FR or BE → +100 · 2 leads\n\n"
        "  Budget (potential, weight 1)\n"
        "    budget is 10000 or more → +50 · 1 lead\n"
        "    budget is blank → 0 · 1 lead\n\n"
        "  E-mail exists (exclusion, weight 1)\n"
        "    email_validity is fail → -1000 · 1 lead\n\n"
        "note: Scoring!D2: no case names the value of 1 lead: DE (1); name them in a case, "
        'or add one with "otherwise" [values-unnamed]\n'
        'note: Scoring!A5: "E-mail exists" gives 0 to the leads it keeps, which makes their score 33 % smaller; '
        "give them points, lower its weight, or make the score a sum [exclusion-dilutes]\n"
        "model.csv: 0 warnings, 2 notes, no error\n"
    )


def test_verbose_says_so_without_leads_in_the_words_of_the_model(cli, french_workbook):
    result = cli("check", french_workbook, "--verbose")

    assert result.stdout == (
        "Compris ainsi\n\n"
        "  Pays cible (potentiel, poids 1)\n"
        "    pays est FR ou BE → +100\n\n"
        "  E-mail valable (exclusion, poids 1)\n"
        "    validite_email est invalide → -1000\n\n"
        "ok\n"
    )
    assert cli("check", french_workbook, "-v").stdout == result.stdout
    assert cli("check", french_workbook, LEADSCORE_VERBOSE="1").stdout == result.stdout


def test_the_sentences_as_json(cli, leads, model):
    shown = json.loads(cli("check", model, leads, "--json", *DAY).stdout)

    assert shown["understood"][0] == {
        "score": "",
        "criterion": "Target country",
        "cell": "Scoring!G2",
        "sentence": "country is FR or BE → +100",
        "leads": 2,
    }
    assert [row["code"] for row in shown["findings"]] == ["values-unnamed", "exclusion-dilutes"]
    assert "understood" not in json.loads(cli("check", model, "--json").stdout)


BEHAVIOURS = [
    [
        *("Score", "Behaviour", "Operator", "Activity", "At least", "Points", "Min", "Max", "Window", "Decay"),
        *("Decay days", "Stage", "Product"),
    ],
    ["warmth", "Demo", "is", "Demo request; Demo", None, 12, None, 36, 90, "half-life", 30, "active", "Pumps"],
    ["warmth", "Reads", "contains", "mail", 3, 5, None, None, None, "step 25 %", 14, None, None],
    ["warmth", "Any", "is not blank", None, None, -0.5, -20, None, None, "linear", 60, None, None],
]
WARM = {"Scoring": [["Criterion", "Field", "Operator", "Value", "Points"], ["Country", "Country", "is", "FR", 5]]}


def test_behaviours_are_said_with_their_leads_and_activities(cli, leads, tmp_path, make):
    model = make.book(
        tmp_path / "m.xlsx", **WARM, Scores=[["Score", "Method"], ["warmth", "sum"]], Behaviours=BEHAVIOURS
    )
    rows = [["A1", "Demo", "pumps"], ["A1", "Demo", "Taps"], ["A2", "demo request", "Pumps"], ["A2", "E-mail", ""]]
    done = make.csv(
        tmp_path / "done.csv",
        [
            ["Id", "Activity", "Product", "Date"],
            *([*row, "2026-03-30"] for row in rows),
            ["A1", "Mail", "", "2020-01-01"],
        ],
    )

    plain, found = cli("check", model, "-v").stdout, cli("check", model, leads, "--activities", done, *DAY)
    behaviours = json.loads(cli("check", model, leads, "--activities", done, "--json", *DAY).stdout)["understood"][1:]

    demo = "the activity is Demo request or Demo about Pumps → +12 each, at most 36 together, of the last 90 days"
    assert f"  Demo (behaviour, active)\n    {demo}, halved every 30 days\n" in plain
    assert f"    {demo}, halved every 30 days · 2 leads, 2 activities\n" in found.stdout
    assert (
        "  Reads (behaviour)\n    the activity contains mail → +5 once there are 3, less 25 % every 14 days "
        "· 2 leads, 2 activities\n\n  Any (behaviour)\n"
        "    any activity → -0.5 each, never less than -20 together, down to 0 in 60 days · 2 leads, 5 activities\n"
    ) in found.stdout
    assert [(row["criterion"], row["leads"], row["activities"]) for row in behaviours] == [
        ("Demo", 2, 2),
        ("Reads", 2, 2),
        ("Any", 2, 5),
    ]


def test_behaviours_are_said_in_french(cli, tmp_path, make):
    settings = [["Réglage", "Valeur"], ["Langue", "français"]]
    model = make.book(
        tmp_path / "m.xlsx",
        **WARM,
        Scores=[["Score", "Method"], ["warmth", "sum"]],
        Behaviours=BEHAVIOURS,
        Réglages=settings,
    )

    said = cli("check", model, "-v").stdout

    assert (
        "  Demo (comportement, actif)\n    l'activité est Demo request ou Demo sur Pumps → +12 chacune, au plus 36 "
        "ensemble, des 90 derniers jours, de moitié tous les 30 jours\n"
    ) in said
    assert "l'activité contient mail → +5 une fois qu'il y en a 3, 25 % de moins tous les 14 jours\n" in said
    assert "toute activité → -0,5 chacune, jamais moins de -20 ensemble, jusqu'à 0 en 60 jours\n" in said


def test_several_scores_are_said_apart(cli, tmp_path, make):
    scoring = [
        [*make.scoring[0], "Score"],
        ["Country", "potential", 1, "country", "is", "FR", 90, "fit"],
        ["Visits", "engagement", 2.5, "Visits", ">", 3, 80, "interest"],
        ["Mail", "exclusion", 1, "email_validity", "is", "fail", -1000, ""],
    ]
    shown = cli("check", make.csv(tmp_path / "m.csv", scoring), "-v").stdout

    assert "\n  fit\n\n  Country (potential, weight 1)\n" in shown
    assert "\n  interest\n\n  Visits (engagement, weight 2.5)\n" in shown
    assert "\n  every score\n\n  Mail (exclusion, weight 1)\n" in shown


def test_strict_minds_warnings_and_no_notes(cli, leads, model, tmp_path, make):
    weak = [*make.scoring[:4], ["Mail", "exclusion", 1, "Mail", "is", "no", -10]]

    assert cli("check", model, leads, "--strict").exit_code == 0
    assert cli("check", make.csv(tmp_path / "weak.csv", weak), "--strict").exit_code == 5


def test_a_failing_example_is_an_error(cli, tmp_path, make):
    book = make.book(
        tmp_path / "m.xlsx", Scoring=make.scoring, Examples=[["country", "expect score"], ["FR", 1], ["DE", 0]]
    )

    result = cli("check", book)

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: Examples!B2: score is 33.3, expected 1; mend the model")
    assert json.loads(cli("check", book, "--json").stdout)["findings"][0]["code"] == "example-fails"


def test_wrong_cells_and_unknown_fields_are_told_together(cli, leads, tmp_path, make):
    rows = [list(row) for row in make.scoring]
    rows[1][3], rows[2][6] = "Shoe size", "many"

    result = cli("check", make.csv(tmp_path / "m.csv", rows), leads)

    assert result.exit_code == 3
    assert "[field-unknown]" in result.stderr
    assert "[number-wrong]" in result.stderr


def test_a_source_without_leads_says_nothing_of_them(cli, tmp_path, model, make):
    empty = make.csv(tmp_path / "empty.csv", make.leads[:1])

    assert cli("check", model, empty).stdout.endswith("email_validity is fail → -1000\n\nok\n")


# The report -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def weak_book(tmp_path, make):
    return make.book(
        tmp_path / "weak.xlsx",
        Scoring=[*make.scoring[:4], ["Mail", "exclusion", 1, "Mail", "is", "no", -10]],
        Segments=[["Segment", "Field", "Operator", "Value"], ["Big", "Size", ">", 5]],
    )


def rows_of(path, name="Checks"):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[name].iter_rows()]


def test_the_report_is_a_sheet_in_a_copy_with_a_link_to_every_cell(cli, weak_book, tmp_path):
    before = weak_book.read_bytes()

    result = cli("check", weak_book, "--report", tmp_path / "report.xlsx")

    assert result.exit_code == 0
    assert weak_book.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Scoring", "Segments", "Checks"]
    rows = rows_of(tmp_path / "report.xlsx")
    assert rows[0] == ["Severity", "Sheet", "Cell", "Read", "Problem", "What to do", "Code"]
    assert [row[:4] + row[6:] for row in rows[1:]] == [
        ["warning", "Scoring", "G5", "-10", "exclusion-too-weak"],
        ["warning", "Segments", "A2", "Big", "segment-unused"],
    ]
    links = {cell.coordinate: cell.hyperlink.location for row in book["Checks"] for cell in row if cell.hyperlink}
    assert links == {"C2": "'Scoring'!G5", "C3": "'Segments'!A2"}


def test_the_report_may_be_written_again_but_not_over_anything_else(cli, weak_book, tmp_path):
    report = tmp_path / "report.xlsx"
    foreign = tmp_path / "foreign.xlsx"
    openpyxl.Workbook().save(foreign)

    assert cli("check", weak_book, "--report", report).exit_code == 0
    first = report.read_bytes()
    assert cli("check", weak_book, LEADSCORE_REPORT=str(report)).exit_code == 0
    assert report.read_bytes() == first
    assert cli("check", weak_book, "--report", foreign).exit_code == 4
    assert cli("check", weak_book, "--report", weak_book).stderr == (
        "leadscore: weak.xlsx is what is being checked; choose another name\n"
    )
    assert cli("check", weak_book, "--report", tmp_path / "r.xlsm").exit_code == 2
    assert cli("check", weak_book, "--report", tmp_path / "r.csv").stderr == (
        "leadscore: --report r.csv: give a name in .xlsx\n"
    )


def test_a_report_of_errors_and_of_a_report(cli, tmp_path, make):
    rows = [list(row) for row in make.scoring]
    rows[2][6] = "many"
    book = make.book(tmp_path / "wrong.xlsx", Scoring=rows, Checks=[["mine"]])

    assert cli("check", book, "--report", tmp_path / "report.xlsx").exit_code == 3
    assert rows_of(tmp_path / "report.xlsx", "Checks (2)")[1][:4] == ["error", "Scoring", "G3", "many"]
    assert rows_of(tmp_path / "report.xlsx") == [["mine"]]


def test_the_report_about_csv_files_is_a_workbook_of_its_own(cli, tmp_path, make):
    rows = [["Critère", "Champ", "Opérateur", "Valeur", "Points"], ["Fonction", "Fonction", "contient", "DG", 5]]
    report = tmp_path / "rapport.xlsx"

    assert cli("check", make.csv(tmp_path / "m.csv", rows), "--report", report).exit_code == 0
    assert cli("check", tmp_path / "m.csv", "--report", report).exit_code == 0
    rows = rows_of(report, "Contrôles")
    assert rows[0] == ["Gravité", "Feuille", "Cellule", "Lu", "Problème", "Que faire", "Code"]
    assert rows[1][:4] == ["warning", "Scoring", "D2", "DG"]


def test_findings_about_rows_and_sheets_lead_there(cli, tmp_path, make):
    book = make.book(
        tmp_path / "m.xlsx",
        Scoring=[
            make.scoring[0],
            ["Country", "potential", 1, "country", "is", "FR", 90],
            ["Visits", "engagement", 1, "Visits", ">", 3, 50],
        ],
        Bands=[["Band", "From"], ["Hot", 40], ["Cold", None]],
        Examples=[["country", "expect band"], ["FR", "Hot"]],
        Setings=[["Setting", "Value"]],
    )

    cli("check", book, "--report", tmp_path / "r.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Checks"]
    links = {
        row[6].value: [(cell.value, cell.hyperlink.location) for cell in row if cell.hyperlink]
        for row in sheet.iter_rows()
    }
    assert links["fit-outweighs"] == [("row 2", "'Examples'!A2")]
    assert links["sheet-typo"] == [("Setings", "'Setings'!A1")]
