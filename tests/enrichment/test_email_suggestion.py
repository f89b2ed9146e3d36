import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from leadscore.enrichment.email_slips import giant_finder, is_slip, slip_between
from leadscore.enrichment.email_suggestion import ADDRESSES_OF_A_COMPANY, domain_counts, prepare
from leadscore.enrichment.steps import enrich, steps_for
from leadscore.reference import mail_giants, misspelt_mail_domains, near_mail_domains

CASES = tomllib.loads((Path(__file__).parent / "cases" / "email_suggestion.toml").read_text(encoding="utf-8"))
MEANT = [(typed, giant) for giant, domains in CASES["meant"].items() for typed in domains.split()]
FINE = [domain for domains in CASES["fine"].values() for domain in domains.split()]
GIANTS = st.sampled_from(sorted(mail_giants()))


@pytest.fixture(scope="module")
def suggested(context):
    def answer(*emails, context=context):
        fields = pd.DataFrame({"email": emails}, dtype=object)
        return enrich(fields, context, steps_for(["email_suggestion"]))["email_suggestion"].tolist()

    return answer


@pytest.mark.parametrize(("typed", "giant"), MEANT)
def test_a_slip_suggests_the_giant(suggested, typed, giant):
    assert suggested(f"Jean.Dupont@{typed}") == [f"Jean.Dupont@{giant}"]


@pytest.mark.parametrize(("typed", "meant"), CASES["mended"].items())
def test_a_wrong_mark_suggests_the_address_at_a_giant(suggested, typed, meant):
    assert suggested(typed) == [meant]


@pytest.mark.parametrize("typed", CASES["not_mended"]["cells"])
def test_what_is_no_such_slip_suggests_nothing(suggested, typed):
    assert suggested(typed) == [""]


@pytest.mark.parametrize("text", ["a " * 50_000, "@" * 100_000, "a@" + "." * 100_000, " gmail.com" * 10_000])
def test_a_very_long_cell_is_no_slip(suggested, text):
    assert suggested(text) == [""]


@pytest.mark.parametrize("domain", FINE)
def test_what_may_be_meant_suggests_nothing(suggested, domain):
    assert suggested(f"jean@{domain}") == [""]


@pytest.mark.parametrize("domain", sorted(mail_giants()))
def test_a_giant_is_never_another_misspelt(suggested, context, domain):
    assert suggested(f"jean@{domain}") == [""]
    bare = replace(context, lists={"free mail domains": frozenset(), "disposable domains": frozenset()})
    assert suggested(f"jean@{domain}", context=bare) == [""]


@pytest.mark.parametrize("domain", sorted(misspelt_mail_domains()))
def test_a_domain_listed_as_misspelt_has_a_giant(suggested, domain):
    assert suggested(f"jean@{domain}") != [""]


@pytest.mark.parametrize("domain", sorted(near_mail_domains()))
def test_a_domain_listed_as_near_is_near_and_not_corrected(suggested, domain):
    assert min(OSA.distance(domain, giant) for giant in mail_giants()) == 1
    assert suggested(f"jean@{domain}") == [""]


@pytest.mark.parametrize(
    "email", ["", "?", "gmial.com", "@gmial.com", "test@gmial.com", "jéan@gmial.com", "jean@gmial"]
)
def test_only_addresses_are_corrected(suggested, email):
    assert suggested(email) == [""]


def test_what_was_pasted_around_is_no_part_of_the_suggestion(suggested):
    assert suggested("mailto:JEAN+x@Gmial.COM") == ["JEAN+x@gmail.com"]


def test_a_misspelt_provider_is_free_and_not_disposable(enriched_lead):
    for domain in ("gmial.com", "hotmial.com", "hotmai.com", "yaho.com"):
        assert enriched_lead(email=f"jean@{domain}")["email_type"] == "free"


def test_the_lists_of_the_model_win(suggested, enriched_lead, context):
    disposable = replace(context, lists={"disposable domains": frozenset({"gmial.com"})})
    assert enriched_lead(disposable, email="jean@gmial.com")["email_type"] == "disposable"
    assert suggested("jean@gmial.com", context=disposable) == [""]
    free = replace(context, lists={"free mail domains": frozenset({"gmal.com"})})
    assert suggested("jean@gmal.com", "jean@gmil.com", context=free) == ["", "jean@gmail.com"]


def at(domain, names):
    return [f"{name}@{domain}" for name in names]


def test_a_domain_of_several_leads_is_somebodys(suggested):
    assert suggested(*at("gmaik.com", "ab")) == at("gmail.com", "ab")
    assert suggested(*at("gmaik.com", "abc")) == ["", "", ""]


def test_equal_addresses_count_once(suggested):
    assert suggested(*at("gmaik.com", "abAB"), "B@GMAIK.com") == at("gmail.com", "abABB")


@pytest.mark.parametrize("domain", ["gmail.con", "gmial.com"])
def test_a_known_slip_is_one_however_many_make_it(suggested, domain):
    assert suggested(*at(domain, "abcde")) == at("gmail.com", "abcde")


def test_the_counts_may_come_from_elsewhere(context):
    assert domain_counts([("a@x.fr", "x.fr"), ("A@x.fr", "x.fr"), ("b@x.fr", "x.fr"), ("", "")]) == {"x.fr": 2}
    lead = ("jean@gmaik.com", "ok", "", "gmaik.com", "jean@gmaik.com")
    assert prepare(context, {"gmaik.com": ADDRESSES_OF_A_COMPANY - 1})(*lead) == ("jean@gmail.com",)
    assert prepare(context, {"gmaik.com": ADDRESSES_OF_A_COMPANY})(*lead) == ("",)


SLIPS = [
    ("gxm", "gmx", ("swap", 1)),
    ("neuff", "neuf", ("twice", 4)),
    ("bbbox", "bbox", ("twice", 2)),
    ("ggmail", "gmail", ("twice", 1)),
    ("yaho", "yahoo", ("once", 4)),
    ("gimail", "gmail", ("extra", 1)),
    ("gmal", "gmail", ("lost", 3)),
    ("mail", "gmail", ("lost", 0)),
    ("gmaik", "gmail", ("other", 4)),
    ("tahoo", "yahoo", ("other", 0)),
]


@pytest.mark.parametrize(("typed", "meant", "slip"), SLIPS)
def test_what_makes_one_word_of_another(typed, meant, slip):
    assert slip_between(typed, meant) == slip


@given(GIANTS, st.data())
def test_whatever_is_suggested_is_one_edit_away(giant, data):
    place = data.draw(st.integers(0, len(giant)))
    typed = (
        giant[:place] + data.draw(st.text("abegilmorz.-", max_size=1)) + giant[place + data.draw(st.integers(0, 1)) :]
    )
    found = giant_finder(mail_giants())(typed)
    assert not found or OSA.distance(found, typed) == 1
    assert typed not in mail_giants() or not is_slip(typed, mail_giants()[typed])


@given(st.lists(st.tuples(st.text(max_size=6), GIANTS | st.text("gmail.co", max_size=10)), max_size=6))
def test_any_text_is_answered_and_what_is_suggested_needs_no_correction(context, pairs):
    suggestions = enrich(
        pd.DataFrame({"email": [f"{local}@{domain}" for local, domain in pairs]}, dtype=object), context
    )
    again = enrich(pd.DataFrame({"email": list(suggestions["email_suggestion"])}, dtype=object), context)
    assert set(again["email_suggestion"]) <= {""}
    assert set(again["email_validity"]) <= {"", "ok"}
