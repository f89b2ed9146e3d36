from collections import Counter

import pytest

from leadscore.reference import department_of
from leadscore.reference.files import entries

POSTCODES = [f"{number:05}" for number in range(100_000)]


@pytest.mark.parametrize(
    ("postcode", "code"),
    [
        ("01000", "01"),
        ("75008", "75"),
        ("95999", "95"),
        ("20000", "2A"),
        ("20190", "2A"),
        ("20200", "2B"),
        ("20620", "2B"),
        ("20704", "2A"),
        ("97110", "971"),
        ("97133", "977"),
        ("97150", "978"),
        ("97490", "974"),
        ("97500", "975"),
        ("98600", "986"),
        ("98713", "987"),
        ("98800", "988"),
    ],
)
def test_department_of(postcode, code):
    assert department_of(postcode).code == code


@pytest.mark.parametrize("postcode", ["00100", "20900", "96000", "97000", "97900", "98000", "99999", "", "2A000", "x"])
def test_no_department(postcode):
    assert department_of(postcode) is None


def test_there_are_as_many_departments_and_regions_as_in_france():
    found = {department for postcode in POSTCODES if (department := department_of(postcode))}
    departments = [one for one in found if one.region]
    assert len(found) == len(entries("french_departments.csv")) - 1
    assert len(departments) == 101
    assert len({one.region for one in departments}) == 18
    sizes = Counter(one.region for one in departments)
    assert sizes["Occitanie"] == 13
    assert sizes["Auvergne-Rhône-Alpes"] == sizes["Nouvelle-Aquitaine"] == 12
    assert sizes["Grand Est"] == 10
    assert sizes["Île-de-France"] == sizes["Bourgogne-Franche-Comté"] == 8
    assert sizes["Corse"] == 2
    assert len({one.code for one in found}) == len({one.name for one in found}) == len(found)
