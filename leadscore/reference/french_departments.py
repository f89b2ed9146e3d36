"""French departments, and the collectivities overseas that have postcodes like theirs."""

import csv
from functools import cache
from typing import NamedTuple

from leadscore.reference.files import entries

# Digits of a postcode that name its department: all of Saint-Barthélemy's one, an island's or half of Corsica, most.
_PREFIX_LENGTHS = (5, 3, 2)


class Department(NamedTuple):
    """Its code ('01', '2A', '971'), name and region, as INSEE writes them; collectivities overseas have no region."""

    code: str
    name: str
    region: str


def department_of(postcode: str) -> Department | None:
    """The department that five digits name ('20200' -> 2B Haute-Corse), CEDEX or not; None where there is none.

    It is the one that sorts the mail: of the communes at a border, a few dozen belong to its neighbour.
    """
    by_prefix = _departments()
    found = (by_prefix.get(postcode[:length]) for length in _PREFIX_LENGTHS)
    return next((department for department in found if department), None)


@cache
def _departments() -> dict[str, Department]:
    rows = csv.DictReader(entries("french_departments.csv"))
    return {
        prefix: Department(row["department"], row["name"], row["region"])
        for row in rows
        for prefix in row["postcodes"].split()
    }
