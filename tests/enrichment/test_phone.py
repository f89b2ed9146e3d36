import csv
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import phone
from leadscore.enrichment.phone_cleaning import digits_of, is_placeholder, numbers_in
from leadscore.enrichment.steps import enrich
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "phone.toml").read_text(encoding="utf-8"))["case"]
EXAMPLES = Path("/work/shared/data/phone/example_numbers_open.tsv")
COLUMNS = [column.name for column in phone.MAKES]

pasted = st.sampled_from(
    [
        "0687554433",
        "+33",
        "01 42 68 53 00",
        "06",
        "(0)",
        "Tél : ",
        " / ",
        ";",
        ",",
        " ou ",
        " poste 12",
        ".0",
        "E+10",
        "x",
        "+",
        "\n",
    ]
)
cells = st.lists(pasted, max_size=6).map("".join) | st.text(max_size=30)
countries = st.sampled_from(["", "FR", "Réunion", "GB", "US", "Antarctica", "?"])


@pytest.fixture(scope="module")
def read(context):
    return phone.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_phone_case(enriched_lead, case):
    made = enriched_lead(phone=case["phone"], mobile=case.get("mobile", ""), country=case.get("country", ""))
    assert {name: made[name] for name in COLUMNS} == {
        name: case["gives"].get(name.removeprefix("phone_"), "") for name in COLUMNS
    }


@pytest.mark.parametrize("column", [column for column in phone.MAKES if column.words], ids=lambda column: column.name)
def test_every_word_is_reached_and_no_other(column):
    reached = {case["gives"].get(column.name.removeprefix("phone_"), "") for case in CASES} - {""}
    assert reached == set(column.words)


def test_the_country_of_the_run_is_used_where_the_lead_has_none(context, enriched_lead):
    french = replace(context, country="FR")
    assert enriched_lead(french, phone="06 87 55 44 33")["phone_e164"] == "+33687554433"
    assert enriched_lead(french, phone="06 87 55 44 33", country="?")["phone_e164"] == "+33687554433"
    assert enriched_lead(french, phone="020 7946 0958", country="UK")["phone_country"] == "GB"


def examples():
    if not EXAMPLES.exists():
        pytest.skip(f"{EXAMPLES} is not here")
    with EXAMPLES.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["type"] in {"fixedLine", "mobile"}]
    return pd.DataFrame(rows)


def test_the_territory_of_example_numbers_is_right_international_and_national(context):
    rows = examples()
    international = enrich(pd.DataFrame({"phone": rows["e164"]}), context)
    national = enrich(pd.DataFrame({"phone": rows["national"], "country": rows["region"]}), context)
    assert (international["phone_territory"] == rows["region"]).mean() >= 0.97
    assert (national["phone_territory"] == rows["region"]).mean() >= 0.97


@pytest.mark.parametrize(
    ("digits", "answer"),
    [
        ("00000000", True),
        ("0000000", False),
        ("12345678", True),
        ("1234567", False),
        ("98765432", True),
        ("9876543", False),
        ("06123456780", True),
        ("13579135", False),
        ("02468024", False),
        ("78901234", False),
        ("11112222", False),
        ("", False),
    ],
)
def test_a_placeholder_has_eight_digits_in_a_row(digits, answer):
    assert is_placeholder(digits) is answer


def test_numbers_in_a_cell():
    assert numbers_in("06 87 55 44 33") == ("06 87 55 44 33",)
    assert numbers_in("0687554433;0142685300") == ("", "0687554433", "0142685300")
    assert numbers_in("01 42 68 53 00/01") == ("01 42 68 53 00/01", "01 42 68 53 00")
    assert numbers_in("01 42 68 53 00 poste 12") == ("01 42 68 53 00",)


@given(cells, countries)
def test_a_valid_number_read_again_is_the_same(read, text, country):
    answer = read(text, "", country)
    if answer.validity == "ok":
        assert read(answer.e164, "", country) == answer._replace(reason="")


@given(cells | st.text(st.characters(codec=None), max_size=20), countries)
def test_any_text_gives_words_of_the_closed_lists(read, text, country):
    answer = dict(zip(COLUMNS, read(text, "", country), strict=True))
    for column in phone.MAKES:
        assert not column.words or answer[column.name] in {"", *column.words}
    assert (answer["phone_validity"] == "ok") == bool(answer["phone_e164"])


@given(cells, cells, countries)
def test_a_mobile_never_makes_a_verdict_worse(read, text, mobile, country):
    alone, both = read(text, "", country), read(text, mobile, country)
    assert both in (alone, read(mobile, "", country), read(mobile, "", country)._replace(reason="from_mobile"))
    assert alone.validity in {both.validity, ""} or both.validity == "ok"


@given(st.text(max_size=20))
def test_digits_are_all_the_digits(text):
    assert len(digits_of(text)) == sum(letter.isdecimal() for letter in text)


@pytest.mark.parametrize("piece", [" ", "(", "a", "0", "1 ", "+", "/", "x", "06 87 55 44 33;"])
def test_a_very_long_cell_takes_no_time(read, piece):
    def read_each(text):
        for cell in (text, f"1 {text}1", f"+{text}a", text[: phone.LONGEST]):
            assert read(cell, "", "FR").validity == "fail" or len(cell) <= phone.LONGEST or not text.strip()

    assert text_growth(read_each, piece) < QUADRATIC
