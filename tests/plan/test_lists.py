"""The reserved lists of a model: entries in the form of the reference data before they are added or taken away."""

from datetime import date

import pandas as pd
import pytest

from leadscore.model.model import Model, NamedList
from leadscore.pipeline import enrich_leads
from leadscore.plan.lists import effective_lists, reserved_lists

AS_OF = date(2026, 3, 15)


def model(name, *entries):
    return Model(scores=(), criteria=(), lists=(NamedList(name=name, entries=entries),))


def reserved(name, *entries):
    return reserved_lists(effective_lists(model(name, *entries)))[name.casefold()]


@pytest.mark.parametrize("entry", ["-gmx.fr", "- GMX.fr", "-@gmx.fr", "–gmx.fr", "- @Gmx.FR "])
def test_a_domain_is_taken_away_however_it_is_written(entry):
    assert reserved("Free mail domains") - reserved("Free mail domains", entry) == {"gmx.fr"}


@pytest.mark.parametrize("entry", ["-noreply", "-no-reply", "- No.Reply", "-no_reply@", "−no-reply"])
def test_a_role_account_is_taken_away_however_it_is_written(entry):
    assert reserved("Role accounts") - reserved("Role accounts", entry) == {"noreply"}


@pytest.mark.parametrize("entry", ["-johndoe", "- John DOE", "–john  doe."])
def test_a_placeholder_name_is_taken_away_however_it_is_written(entry):
    assert reserved("Placeholder names") - reserved("Placeholder names", entry) == {"johndoe"}


@pytest.mark.parametrize("entry", ["-backlinks", "- Backlinks !", "–BACKLINKS"])
def test_a_spam_word_is_taken_away_however_it_is_written(entry):
    assert reserved("Spam words") - reserved("Spam words", entry) == {"backlinks"}


@pytest.mark.parametrize(
    ("name", "entry", "added"),
    [
        ("Free mail domains", "@Perso.example", {"perso.example"}),
        ("Disposable domains", "@Société.example", {"societe.example", "xn--socit-esab.example"}),
        ("Role accounts", "Front-Desk.2", {"frontdesk"}),
        ("Role accounts", "-", set()),
        ("Spam words", "Casque-VR !", {"casque vr"}),
        ("Placeholder names", "Bidule  Machin", {"bidule machin", "bidulemachin"}),
    ],
)
def test_an_entry_is_added_in_the_form_that_is_compared(name, entry, added):
    assert reserved(name, entry) - reserved(name) == added


@pytest.mark.parametrize(
    ("name", "entry", "added"),
    [
        ("Seniority words", "Growth-Hacker = Confirmé", {"growth hacker=senior"}),
        ("Seniority words", "growth  hacker=SENIOR", {"growth hacker=senior"}),
        ("Seniority words", "–growth hacker", set()),
        ("Function words", "Growth hacker = direction générale", {"growth hacker=general_management"}),
    ],
)
def test_a_word_of_a_title_is_added_with_its_level(name, entry, added):
    assert reserved(name, entry) - reserved(name) == added


def test_a_word_of_a_title_is_given_another_level():
    (shipped,) = {entry for entry in reserved("Seniority words") if entry.startswith("directeur=")}
    changed = reserved("Seniority words", "Directeur = manager")
    assert changed ^ reserved("Seniority words") == {shipped, "directeur=manager"}


@pytest.mark.parametrize("entry", ["-directeur", "- Directeur ", "−DIRECTEUR", "-directeur = director"])
def test_a_word_of_a_title_is_taken_away_however_it_is_written(entry):
    assert reserved("Seniority words") - reserved("Seniority words", entry) == {"directeur=director"}


def test_a_list_of_ones_own_is_as_written_but_for_folding():
    assert effective_lists(model("Rivals", "-No-Reply", "@Acme.fr"))["rivals"] == {"-no-reply", "@acme.fr"}


@pytest.mark.parametrize(("entry", "validity"), [("-gmail.com", "ok"), ("x.example", "fail"), ("acme.fr", "fail")])
def test_a_trial_name_is_nobody_at_the_free_mailboxes_of_the_run(entry, validity):
    domain = "gmail.com" if entry == "x.example" else entry.removeprefix("-")
    leads = pd.DataFrame({"Email": [f"demo@{domain}"]}, dtype=object)

    enriched = enrich_leads(leads, model("Free mail domains", entry), as_of=AS_OF).columns

    assert enriched["email_validity"].tolist() == [validity]


@pytest.mark.parametrize(("entry", "verdict"), [("-Toto", "ok"), ("Bidule", "fail")])
def test_placeholder_names_are_those_of_the_run(entry, verdict):
    leads = pd.DataFrame({"Nom": [entry.removeprefix("-")]}, dtype=object)

    enriched = enrich_leads(leads, model("Placeholder names", entry), as_of=AS_OF).columns

    assert enriched["name_plausible"].tolist() == [verdict]
