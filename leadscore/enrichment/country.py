"""Country: the one that the lead says, by its code."""

from collections.abc import Callable

from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import country_code
from leadscore.values.folding import trim

REASONS = ("missing", "read", "not_a_country")
MAKES = (
    MadeColumn(
        "country_iso2", "The lead's country as its ISO code; blank when it is no country's name.", kind="country"
    ),
    MadeColumn(
        "country_reason",
        "Whether the country was read; not_a_country: a city, a slip of the pen, or two countries.",
        REASONS,
    ),
)


def prepare(_: Context) -> Callable[[str], tuple[str, str]]:
    """What one country cell gives."""
    return read_country


def read_country(country: str) -> tuple[str, str]:
    """'Royaume-Uni' -> 'GB', 'read'; 'Lyon' -> '', 'not_a_country'."""
    if not trim(country):
        return "", "missing"
    code = country_code(country)
    return code, "read" if code else "not_a_country"
