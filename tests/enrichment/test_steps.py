import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import mail_domains
from leadscore.enrichment.step import Context, MadeColumn, Step, on_unique
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, STEPS, enrich

CASES = Path(__file__).parent / "cases"

leads = st.lists(
    st.fixed_dictionaries(
        {
            "email": st.sampled_from(["jean@acme.fr", "contact@gmail.com", "?", "", "a@example.com"])
            | st.text(max_size=8),
            "phone": st.sampled_from(["0687554433", "+32 470 12 35 46", "", "06 00 00 00 00"]) | st.text(max_size=8),
            "country": st.sampled_from(["FR", "Belgique", ""]),
        }
    ),
    max_size=8,
)


def test_every_column_says_what_it_is_and_no_two_alike():
    texts = [column.about for column in ENRICHMENT_COLUMNS.values()]
    assert all(text.endswith(".") for text in texts)
    assert len(texts) == len(set(texts))


def test_every_closed_word_is_reached_by_a_case():
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES.glob("*.toml")]
    reached = {word for text in texts_in(tables) for word in re.split("; |: ", text)}
    of_look_ups = {*mail_domains.REASONS, "no_mail"}  # test_mail_lookup.py has the cases of these
    for column in ENRICHMENT_COLUMNS.values():
        assert set(column.words) - of_look_ups - reached == set(), column.name


def texts_in(value):
    """Every text of a case table."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(inner)


def test_no_two_steps_make_the_same_column():
    assert len(ENRICHMENT_COLUMNS) == sum(len(step.makes) for step in STEPS)


def test_importing_the_steps_imports_no_validator():
    program = (
        "import sys, leadscore.enrichment.steps; print([name for name in sys.modules "
        "if name.split('.')[0] in ('phonenumbers', 'email_validator', 'dns', 'stdnum')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_running_them_imports_no_geocoder_and_no_carrier():
    program = (
        "import sys, datetime, pandas\n"
        "from leadscore.enrichment.steps import enrich\n"
        "from leadscore.enrichment.step import Context\n"
        "leads = pandas.DataFrame({'email': ['jean@acme.fr'], 'phone': ['+33687554433']})\n"
        "enrich(leads, Context(datetime.date(2026, 1, 1)))\n"
        "print([name for name in sys.modules if name in ('phonenumbers.geocoder', 'phonenumbers.carrier')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("fields", [pd.DataFrame(), pd.DataFrame({"email": []}), pd.DataFrame(index=[7, 8])])
def test_no_rows_or_no_fields(context, fields):
    made = enrich(fields, context)
    assert list(made.columns) == list(ENRICHMENT_COLUMNS)
    assert list(made.index) == list(fields.index)
    assert set(made["email_reason"]) <= {"missing"}


def test_the_index_is_kept_even_where_it_repeats(context):
    made = enrich(pd.DataFrame({"email": ["a@acme.fr", "", "b@acme.fr"]}, index=[9, 2, 9]), context)
    assert list(made.index) == [9, 2, 9]
    assert list(made["email_norm"]) == ["a@acme.fr", "", "b@acme.fr"]


def test_each_distinct_combination_is_computed_once(context):
    asked = []

    def prepare(_context):
        return lambda first, second: asked.append((first, second)) or (first + second, len(asked))

    makes = (MadeColumn("joined", "Both."), MadeColumn("turn", "When."))
    step = Step("email", on_unique(prepare, makes), needs=("first", "second"), makes=makes)
    fields = pd.DataFrame({"first": list("aabba"), "second": list("xyxxx")}, index=list("klmno"))

    made = enrich(fields, context, (step,))

    assert asked == [("a", "x"), ("a", "y"), ("b", "x")]
    assert made.to_dict("list") == {"joined": ["ax", "ay", "bx", "bx", "ax"], "turn": [1, 2, 3, 3, 1]}
    assert list(made.index) == list("klmno")


def test_a_later_step_may_need_what_an_earlier_one_made(context):
    first = (MadeColumn("upper", "In capitals."),)
    second = (MadeColumn("twice", "Written twice."),)
    steps = (
        Step("email", on_unique(lambda _context: lambda text: (text.upper(),), first), ("word",), first),
        Step("email", on_unique(lambda _context: lambda text: (text * 2,), second), ("upper",), second),
    )
    assert enrich(pd.DataFrame({"word": ["a", "b"]}), context, steps)["twice"].tolist() == ["AA", "BB"]


def test_no_steps_make_no_columns(context):
    made = enrich(pd.DataFrame({"email": ["a@acme.fr"]}), context, ())
    assert made.shape == (1, 0)


def test_columns_are_objects_so_that_blank_and_boolean_stand_together(context):
    made = enrich(pd.DataFrame({"email": ["a@acme.fr", ""]}), context)
    assert {str(kind) for kind in made.dtypes} == {"object"}


@given(leads, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    context = Context(as_of=date(2026, 11, 21), country="FR")
    fields = pd.DataFrame(rows, columns=["email", "phone", "country"], dtype=object)
    order = random.sample(list(fields.index), len(fields))

    shuffled = enrich(fields.loc[order], context)

    first_of_all = ["duplicate_of"]  # which lead of a group comes first is what the order does tell
    expected = enrich(fields, context).drop(columns=first_of_all)
    pd.testing.assert_frame_equal(shuffled.loc[list(fields.index)].drop(columns=first_of_all), expected)
