"""The parts of an address that other columns start from."""

from collections.abc import Callable

from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import registrable_domain

MAKES = (
    MadeColumn("email_local", "What stands before the @ of the cleaned address."),
    MadeColumn(
        "email_registrable_domain",
        "The part of the e-mail's domain that somebody registered: acme.co.uk of mail.acme.co.uk.",
        kind="domain",
    ),
)


def prepare(_context: Context) -> Callable[[str, str], tuple[str, str]]:
    """What a cleaned address and its domain give."""
    return lambda email_norm, email_domain: (email_norm.rpartition("@")[0], registrable_domain(email_domain))
