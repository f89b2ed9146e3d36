"""configs/README.md lists the headings of activities that are known, and no other."""

import re
from pathlib import Path

from leadscore.fields.activities import activity_columns, activity_fields
from leadscore.values.folding import name_key

README = Path(__file__).resolve().parents[2] / "configs" / "README.md"


def section():
    return README.read_text(encoding="utf-8").split("\n## Activities\n")[1].split("\n## ")[0]


def test_every_heading_of_activities_is_listed():
    _, rule, *rows = re.findall(r"^\|.+\| ?([^|]+?) ?\|$", section(), flags=re.MULTILINE)

    assert rule == "---"
    assert [tuple(row.split(", ")) for row in rows] == list(activity_fields().values())


def test_of_several_headings_of_a_row_the_one_furthest_left_decides():
    for field, names in activity_fields().items():
        assert name_key(activity_columns(list(reversed(names)))[field]) == name_key(names[0])
