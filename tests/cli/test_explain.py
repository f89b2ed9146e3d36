import openpyxl


def test_a_question_of_other_leads_and_a_failing_example(cli, leads, make, tmp_path):
    rows = [[*row, segment] for row, segment in zip(make.scoring, ["Segment", "Big", "", "", ""], strict=True)]
    model = tmp_path / "model.xlsx"
    make.book(
        model,
        Scoring=rows,
        Segments=[["Segment", "Field", "Operator", "Value"], ["Big", "budget", ">=", "10000"]],
        Examples=[["Country", "expect score"], ["FR", "99"]],
    )
    assert openpyxl.load_workbook(model).sheetnames == ["Scoring", "Segments", "Examples"]

    result = cli("explain", leads, "A2", "-m", model)

    assert result.exit_code == 0
    line = next(line for line in result.stdout.splitlines() if line.startswith("Target country"))
    assert line.split() == ["Target", "country", "only", "asked", "of", "Big", "+0"]
    assert cli("score", leads, "-m", model).exit_code == 3
