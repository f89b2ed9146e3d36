"""The page of a results file: what it says, what it leaves out, and that nothing in it is anybody's markup."""

import re
from html.parser import HTMLParser

import pytest

from leadscore.model.vocabulary import LANGUAGES
from leadscore.reports.results_page import results_page
from leadscore.reports.words import _sentences

PEOPLE = ("Ann", "Bob", "Zoe", "acme", "gmail.com", "47 31 82", "647318295")
SENTENCE_FIELDS = re.compile(r"{(\w+)}")


class Outline(HTMLParser):
    """Elements with their attributes, headings in order, and what is not closed."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.headings = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_every_page_is_well_built(pages):
    for name, page in pages.items():
        outline = Outline(page)
        assert outline.open == [], name
        assert outline.headings == [1, *[2] * (len(outline.headings) - 1)], name
        assert len(outline.all("main")) == len(outline.all("header")) == len(outline.all("footer")) == 1
        assert len(outline.all("caption")) == len(outline.all("table"))
        assert all("scope" in cell for cell in outline.all("th"))
        assert all(chart["aria-hidden"] == "true" for chart in outline.all("svg"))
        ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), name


def test_nothing_runs_and_nothing_is_loaded(pages):
    for page in pages.values():
        outline = Outline(page)
        assert {tag for tag, _ in outline.elements} & {"script", "link", "img", "iframe", "b", "object", "form"} <= {
            "b"
        }
        assert not [key for _, attributes in outline.elements for key in attributes if re.match("on|style|src", key)]
        assert all(link["href"].startswith("#") for link in outline.all("a"))
        assert not re.search(r"url\(|@import|https?:", page)


def test_hostile_texts_are_shown_as_they_are(pages):
    assert "<img" not in pages["hostile"]
    assert pages["hostile"].count("&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;") >= 5


def test_no_personal_data_unless_asked_for(read, make):
    results = read([make.leads[0], *make.leads[1:] * 3])

    figures, leads = results_page(results), results_page(results, with_leads=True)

    assert not [one for one in PEOPLE if one in figures]
    assert all(one in leads for one in ("Ann", "bob@gmail.com"))


def test_a_source_that_hardly_any_lead_has_is_not_named(read, make):
    leads = [[*make.leads[0], "Source"]]
    leads += [[*make.leads[1], source] for source in ["Fair"] * 3 + ["Ann Smith", "ann.smith@acme.fr", ""]]

    page = plain(results_page(read(leads)))

    assert "Fair" in page
    assert "Smith" not in page
    assert "2 named rarely" in page


def test_what_the_figures_say_is_on_the_page(pages):
    page = plain(pages["usual"])

    for said in (
        "in.xlsx, sheet Source, scored by in.xlsx as of 21 November 2026",
        "Leads 3 Excluded 1 33% of the leads In Hot 1 33% of the leads Mean score 41.7 of leads not excluded",
        "Hot 45 1 33% Warm 30 1 33% Cold 0 0% Excluded 1 33%",
        "All leads 3 Reachable by e-mail or phone 2 67% Not excluded 2 100% Warm or better 2 100% Hot 1 50%",
        "Target country +33.33 2 Budget +8.33 1 E-mail exists 0.00 1",
        "E-mail exists 1 33%",
        "Belgium 1 1 33.3 0%",
        "France 1 1 50.0 100%",
    ):
        assert said in page, said


def test_in_french(pages):
    page = plain(pages["french"])

    assert "noté par in.xlsx au 21 novembre 2026" in page
    assert "Score moyen 41,7 des prospects non exclus" in page
    assert "Target country +33,33 2" in page
    assert "33\u00a0%" in pages["french"]


def test_csv_says_what_it_cannot_know(pages):
    page = plain(pages["csv"])

    assert "A CSV file holds the sheet Results alone" in page
    assert not [heading for heading in ("Countries", "Data quality", "As of", "Hash of the model") if heading in page]


def test_few_leads(pages):
    assert "The file holds no leads." in pages["empty"]
    assert "No lead that is not excluded has a score." in pages["excluded"]
    assert not re.search(r"\bnan\b|\binf\b", plain("".join(pages.values())), flags=re.IGNORECASE)
    assert "This page holds figures only" in pages["excluded"]


def test_many_criteria_are_folded(pages):
    assert "<summary>40 more criteria</summary>" in pages["many"]
    assert all(f">Criterion {number}<" in pages["many"] for number in range(60))


@pytest.mark.parametrize("name", sorted(_sentences()))
def test_every_sentence_has_both_languages_and_the_same_parts(name):
    said = _sentences()[name]

    assert set(said) == set(LANGUAGES)
    assert len({frozenset(SENTENCE_FIELDS.findall(text)) for text in said.values()}) == 1
