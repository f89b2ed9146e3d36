"""Which two names may be one person's, and which addresses bear a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment.name_likeness import (
    LONGEST_WORD,
    NEAR,
    PARTIAL,
    Name,
    are_two_names,
    fingerprint,
    fits,
    likeness,
    name_of,
    sound,
)
from leadscore.values.folding import fold

folded = st.sampled_from(["", "jean", "jeanne", "jaen", "j", "martin", "martins", "le goff", "legoff", "h", "ng"]) | (
    st.text(max_size=8).map(fold)
)
names = st.builds(name_of, folded, folded)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (("jean", "dupont"), ("jean", "dupont"), NEAR),
        (("jean", "dupont"), ("jean", "dupond"), NEAR),
        (("jean", "dupont"), ("jean", "dupon"), NEAR),
        (("jean", "dupont"), ("jean", "dupotn"), NEAR),
        (("jean", "dupont"), ("dupond", "jean"), NEAR),
        (("erwann", "le bihan"), ("erwan", "lebihan"), NEAR),
        (("wiktor", "kaminski"), ("viktor", "kaminsky"), NEAR),
        (("philippe", "roux"), ("filipe", "roux"), NEAR),
        (("nicolas", "roux"), ("nicoals", "roux"), NEAR),
        (("thoma", "roux"), ("thomas", "roux"), NEAR),
        (("fabiene", "roux"), ("fabienne", "roux"), NEAR),
        (("jean luc", "roux"), ("jeanluc", "roux"), NEAR),
        (("jean", "rouxel"), ("jean", "roudil"), None),
        (("jean", "roux"), ("paul", "roux"), None),
        (("jean", "roux"), ("jeanne", "roux"), None),
        (("martin", "roux"), ("martine", "roux"), None),
        (("gabriel", "roux"), ("gabrielle", "roux"), None),
        (("paulo", "roux"), ("paula", "roux"), None),
        (("luca", "roux"), ("lucia", "roux"), None),
        (("remy", "roux"), ("rene", "roux"), None),
        (("leo", "roux"), ("lea", "roux"), None),
        (("jean", "roy"), ("jean", "rey"), None),
        (("thomas", "vincent"), ("vincent", "thomasset"), None),
        (("jean", "x" * LONGEST_WORD), ("jean", "x" * (LONGEST_WORD - 1) + "yz"), None),
        (("j", "dupont"), ("jean", "dupont"), PARTIAL),
        (("j", "dupont"), ("paul", "dupont"), None),
        (("j", "dupont"), ("p", "dupont"), None),
        (("", "dupont"), ("jean", "dupont"), PARTIAL),
        (("jean", ""), ("jean", "dupont"), PARTIAL),
        (("", "durand"), ("jean", "dupont"), None),
        (("rachid", "ouali"), ("rachid", "el ouali"), PARTIAL),
        (("marie", "roux"), ("marie", "martin roux"), PARTIAL),
        (("anne", "roux"), ("anne marie", "roux"), None),
        (("", ""), ("jean", "dupont"), None),
    ],
)
def test_likeness(one, other, answer):
    assert likeness(Name(*one), Name(*other)) == answer
    assert likeness(Name(*other), Name(*one)) == answer


@pytest.mark.parametrize(
    ("local", "name", "answer"),
    [
        ("jean.dupont", ("jean", "dupont"), True),
        ("j.dupont", ("jean", "dupont"), True),
        ("dupont", ("jean", "dupont"), True),
        ("dupontj", ("jean", "dupont"), True),
        ("jean", ("jean", "dupont"), True),
        ("jean.dupont75", ("jean", "dupont"), True),
        ("jm.dupont", ("jean michel", "dupont"), True),
        ("elebihan", ("erwan", "le bihan"), True),
        ("juergen.klein", ("jurgen", "klein"), True),
        ("p.estève", ("patrice", "esteve"), True),
        ("jeanne.dupont", ("jean", "dupont"), False),
        ("p.dupont", ("jean", "dupont"), False),
        ("n.rolland", ("n", "roland"), False),
        ("xdupontx", ("jean", "dupont"), False),
        ("zouzou", ("jean", "dupont"), False),
        ("zouzou", ("", ""), False),
        ("12345", ("", ""), False),
    ],
)
def test_whether_an_address_bears_a_name(local, name, answer):
    assert fits(local, Name(*name)) is answer


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("john f.", "kennedy", ("john", "kennedy")),
        ("j.", "kennedy", ("j", "kennedy")),
        ("anne-marie", "d'angelo", ("anne marie", "dangelo")),
        ("", "", ("", "")),
        ("?", "...", ("", "")),
    ],
)
def test_a_name_is_words_alone(first, last, name):
    assert name_of(first, last) == Name(*name)


def test_how_a_name_sounds():
    assert sound("mathieu") == sound("matthieu")
    assert sound("nicholas") == sound("nikolas")
    assert sound("daniel") != sound("danielle")
    assert sound("h") == "h"


@given(names, names)
def test_likeness_is_symmetric_and_no_name_contradicts_itself(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert are_two_names(one, other) == are_two_names(other, one)
    assert not are_two_names(one, one)
    assert not are_two_names(one, Name(one.last, one.first))
    assert fingerprint(one) == fingerprint(Name(one.last, one.first))


@given(st.text(), names)
def test_any_text_is_compared(text, name):
    assert fits(text, name) in {True, False}
    assert likeness(name, name_of(fold(text), fold(text))) in {NEAR, PARTIAL, None}
