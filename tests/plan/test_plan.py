from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from leadscore import score_leads
from leadscore.errors import ModelError
from leadscore.plan.lists import effective_lists, reserved_lists
from leadscore.plan.ours import columns_of_earlier_run
from leadscore.plan.plan import make_plan, sources_of, texts_of_source
from leadscore.reference import free_mail_domains, placeholder_names
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)
TOP = ["Criterion", "Field", "Operator", "Value", "Points"]
LEADS = pd.DataFrame(
    {
        "Id": ["1", "2"],
        "E-mail": ["a@acme.fr", ""],
        "Pays": ["FR", "BE"],
        "Sector": ["Retail", "Energy, oil"],
        "Budget": ["10", ""],
    },
    dtype=object,
)


def model(*cases, **sheets):
    rows = [[f"C{place}", *case, 1] for place, case in enumerate(cases)] or [["C", "Budget", ">", 0, 1]]
    return model_of({"Scoring": [TOP, *rows], **sheets})


def plan_of(leads, *cases, **sheets):
    return make_plan(model(*cases, **sheets), leads, AS_OF)


# cases of the model, other sheets, the problems told
COMMA = "is one value, because a comma never separates"
WRONG = [
    ([("Budgte", ">", 1)], {}, ['Scoring!B2: unknown field "Budgte"; did you mean "Budget"? [field-unknown]']),
    (
        [("xyz", "is", "1"), ("Budget", ">", 1), ("emial", "is not blank", None)],
        {},
        [
            (
                'Scoring!B2: unknown field "xyz"; '
                "map one of your columns to it in the sheet Fields, or delete its rows; colu"
                "mns of the sheet: Id, E-mail, Pays, Sector, Budget [field-unknown]"
            ),
            'Scoring!B4: unknown field "emial"; did you mean "E-mail"? [field-unknown]',
        ],
    ),
    (
        [("Pays", "is", "FR, BE, CH")],
        {},
        ['Scoring!D2: "FR, BE, CH" ' + COMMA + "; write FR; BE; CH [comma-list]"],
    ),
    (
        [("Sector", "is not", "retail,ENERGY, OIL"), ("Sector", "is", "Retail, Retail,")],
        {},
        [
            'Scoring!D3: "Retail, Retail," ' + COMMA + "; write Retail; Retail [comma-list]",
        ],
    ),
    (
        [("email_type", "is", "gratuit, jetable")],
        {},
        [
            'Scoring!D2: "gratuit, jetable" ' + COMMA + "; write gratuit; jetable [comma-list]",
        ],
    ),
    (
        [("phone_country", "is", "France, Belgique")],
        {},
        [
            'Scoring!D2: "France, Belgique" ' + COMMA + "; write France; Belgique [comma-list]",
        ],
    ),
    (
        [],
        {"Fields": [["Field", "Column"], ["email", "E-mial"]]},
        ['Fields!B2: the sheet of leads has no column "E-mial"; did you mean "E-mail"? [field-column-unknown]'],
    ),
    (
        [],
        {"Settings": [["Setting", "Value"], ["Id field", "Zz"], ["Result columns", "Id; Sectors"]]},
        [
            'Settings!B3: the sheet of leads has no column "Sectors"; did you mean "Sector"? [result-column-unknown]',
            'Settings!B2: unknown field "Zz"; columns of the sheet: Id, E-mail, Pays, Sector, Budget [field-unknown]',
        ],
    ),
]


@pytest.mark.parametrize(("cases", "sheets", "problems"), WRONG)
def test_every_name_that_fails_is_told_at_once(cases, sheets, problems):
    with pytest.raises(ModelError) as told:
        plan_of(LEADS, *cases, **sheets)
    assert [str(issue) for issue in told.value.issues] == problems


@pytest.mark.parametrize(
    "case",
    [
        ("Sector", "is", "Retail, wholesale"),
        ("Sector", "is", "Paris, France"),
        ("Pays", "is", "FR,"),
        ("Pays", "is", "FR; BE"),
        ("Pays", "matches", "FR, BE"),
    ],
)
def test_commas_that_are_no_list(case):
    assert plan_of(LEADS, case).criteria


def test_without_a_sheet_commas_are_told_where_the_column_is_closed():
    assert plan_of(None, ("Sector", "is", "Retail, Energy")).criteria
    with pytest.raises(ModelError, match="comma never separates"):
        plan_of(None, ("email_type", "is", "free, disposable"))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email_validity", "valide", ("ok",)),
        ("email_validity", "Valid; INCONNU", ("ok", "unknown")),
        ("email_type", "professionnel; free; jetable", ("professional", "free", "disposable")),
        ("phone_type", "fixe; mobile", ("fixed", "mobile")),
        ("Sector", "valide", ("valide",)),
        ("email_domain", "gratuit", ("gratuit",)),
    ],
)
def test_words_of_a_closed_column_in_either_language(field, typed, words):
    assert plan_of(LEADS, (field, "is", typed)).criteria[0].criterion.cases[0].operands == words


def test_only_active_criteria_are_asked_and_bound():
    rows = [
        [*TOP, "Active", "Until"],
        ["Old", "Gone", "is", "x", 1, "", "2026-03-14"],
        ["Off", "Gone", "is", "x", 1, "no", ""],
    ]
    plan = make_plan(model_of({"Scoring": [*rows, ["On", "Budget", ">", 0, 1, "yes", "2026-03-15"]]}), LEADS, AS_OF)
    assert [row.criterion.name for row in plan.criteria] == ["On"]


def test_result_columns_and_id():
    settings = [["Setting", "Value"], ["Id field", "e-mail"], ["Result columns", "sector; ID"]]
    plan = plan_of(LEADS, Settings=settings)
    assert (plan.id_column, plan.result_columns) == ("E-mail", ("Sector", "Id"))
    plain = plan_of(LEADS)
    assert (plain.id_column, plain.result_columns) == ("Id", tuple(LEADS.columns))
    assert plan_of(LEADS[["Budget"]]).id_column == ""
    made = plan_of(LEADS, Settings=[["Setting", "Value"], ["Id field", "email_norm"]])
    assert made.id_column == ""


FILLED = "; the first that is filled; map one in the sheet Fields to choose [field-filled-from]"


def test_a_phone_is_there_where_a_mobile_is():
    leads = pd.DataFrame({"Phone": ["", "1", ""], "Mobile": ["2", "", ""], "E-mail": "a@acme.fr"}, dtype=object)
    found = plan_of(leads, ("email", "is", "a")).complete
    assert {name: source.columns for name, source in found.items()} == {
        "E-mail": ("E-mail",),
        "Phone": ("Phone", "Mobile"),
    }
    assert list(plan_of(leads[["Mobile"]], ("mobile", "is", "2")).complete) == ["Mobile"]


@pytest.mark.parametrize(
    ("headings", "sources", "notes"),
    [
        (["Phone", "E-mail"], {"email": ("E-mail",), "phone": ("Phone",)}, []),
        (
            ["Mobile", "E-mail"],
            {"email": ("E-mail",), "mobile": ("Mobile",)},
            [],
        ),
        (
            ["Mobile", "Work email", "Email", "Portable"],
            {"email": ("Email", "Work email"), "mobile": ("Mobile", "Portable")},
            [
                "email is read from Email then Work email" + FILLED,
                "mobile is read from Mobile then Portable" + FILLED,
            ],
        ),
        (
            ["Country", "Mobile", "Phone"],
            {"phone": ("Phone",), "mobile": ("Mobile",), "country": ("Country",)},
            [],
        ),
        (["Shoe size"], {}, []),
    ],
)
def test_the_fields_that_enrichment_reads(headings, sources, notes):
    leads = pd.DataFrame([["x"] * len(headings)], columns=headings, dtype=object)
    plan = plan_of(leads, ("email_validity", "is", "ok"))
    read = {
        name: source.columns for name, source in plan.needs.items() if name in ("email", "phone", "mobile", "country")
    }
    assert read == sources
    assert [str(issue) for issue in plan.issues] == notes


def test_the_model_s_time_zone_and_language_say_how_leads_are_read():
    settings = [["Réglage", "Valeur"], ["Fuseau horaire", "Europe/Paris"]]
    rows = [["Critère", "Champ", "Opérateur", "Valeur", "Points"], ["C", "Budget", ">", 0, 1]]
    evidence = make_plan(model_of({"Scoring": rows, "Réglages": settings}), LEADS, AS_OF).default_evidence
    assert (evidence.decimal_mark, evidence.day_order) == (",", "day-month")
    assert evidence.zone == ZoneInfo("Europe/Paris")
    assert plan_of(LEADS).default_evidence.zone is None


def test_a_stamp_counts_on_its_day_in_the_model_s_time_zone():
    leads = pd.DataFrame({"Seen": ["2026-03-14T23:30:00Z"]}, dtype=object)
    case = ("Seen", "within days", 0)
    zone = [["Setting", "Value"], ["Time zone", "Europe/Paris"]]
    assert score_leads(leads, model(case), as_of=AS_OF).table["score"].tolist() == [0]
    assert score_leads(leads, model(case, Settings=zone), as_of=AS_OF).table["score"].tolist() == [1]


def test_texts_of_a_source_are_trimmed_and_filled_from_the_next_column():
    leads = pd.DataFrame({"Email": ["a", " ", "Select", None], "Work email": ["x", "y ", "z", ""]}, dtype=object)
    plain = plan_of(leads, ("email", "is", "a")).needs["email"]
    assert texts_of_source(leads, plain).tolist() == ["a", "y", "Select", ""]
    mapped = [["Field", "Column", "Blank values"], ["email", "", "SELECT; z"]]
    blanks = plan_of(leads, ("email", "is", "a"), Fields=mapped).needs["email"]
    assert texts_of_source(leads, blanks).tolist() == ["a", "y", "", ""]


def test_one_column_under_two_names_may_be_read_in_two_ways():
    leads = pd.DataFrame({"Sum": ["none", "5"]}, dtype=object)
    fields = [["Field", "Column", "Type", "Blank values"], ["wealth", "Sum", "number", "none"]]
    cases = [("wealth", "is blank", None), ("Sum", "is blank", None)]
    plan = plan_of(leads, *cases, Fields=fields)
    assert len(sources_of(plan)) == 2
    scored = score_leads(leads, model(*cases, Fields=fields), as_of=AS_OF).table
    assert scored["contribution: C0"].tolist() == [0.5, 0]
    assert scored["contribution: C1"].tolist() == [0, 0]


def test_lists_are_folded_and_reserved_ones_extend_or_reduce_the_reference():
    lists = [["Rivals", "Free mail domains"], ["Société.fr", "perso.example"], ["", "-GMX.fr"]]
    found = effective_lists(model(Lists=lists))
    assert found["rivals"] == {"societe.fr", "xn--socit-esab.fr"}
    free = reserved_lists(found)["free mail domains"]
    assert free == (free_mail_domains() | {"perso.example"}) - {"gmx.fr"}
    assert "gmx.fr" in free_mail_domains()
    assert reserved_lists(found)["placeholder names"] == placeholder_names()


RESULTS = ["score", "band", "rank", "reasons", "score_low", "score_high", "coverage", "next_best_field"]
RESULTATS = ["score", "niveau", "rang", "raisons", "score_min", "score_max", "couverture", "prochain_champ"]
PHONES = ["phone_e164", "phone_validity", "phone_reason", "phone_country", "phone_territory", "phone_type"]


@pytest.mark.parametrize(
    ("headings", "ours"),
    [
        (["Name", "score", "rank", "coverage"], []),
        (["Name", *RESULTS, "contribution: Budget", "Contribution"], [*RESULTS, "contribution: Budget"]),
        (
            ["Nom", *RESULTATS, "contribution : Budget", "niveau_fit", "fit", "fit_band", "niveau_x"],
            [*RESULTATS, "contribution : Budget", "niveau_fit", "fit", "fit_band"],
        ),
        (["score", "Phone", "phone_validity", "phone_country"], []),
        (["Phone", *PHONES], PHONES),
        (["email", "score (leadscore)", "x (leadscore)"], ["score (leadscore)", "x (leadscore)"]),
        ([], []),
    ],
)
def test_columns_of_an_earlier_run_are_known(headings, ours):
    scores = [["Score"], ["fit"]]
    assert columns_of_earlier_run(headings, model(Scores=scores)) == set(ours)


def test_scoring_scored_leads_again_changes_nothing():
    cases = [("Budget", ">", 5), ("Pays", "is", "FR"), ("email_validity", "is", "ok")]
    first = score_leads(LEADS, model(*cases), as_of=AS_OF)
    again = pd.concat([LEADS, first.enriched, first.table], axis=1).astype(object)
    results = score_leads(again, model(*cases), as_of=AS_OF)
    pd.testing.assert_frame_equal(results.table, first.table)
    assert results.plan.own_columns == tuple(LEADS.columns)
