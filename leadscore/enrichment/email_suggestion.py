"""The address that was probably meant, where its domain is a giant's with one slip. It suggests and never replaces.

It depends on the whole table: a domain that several leads have is somebody's.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pandas as pd

from leadscore.enrichment.email_slips import exists, giant_finder
from leadscore.enrichment.step import Context, MadeColumn, on_unique
from leadscore.reference import (
    disposable_domains,
    free_mail_domains,
    mail_giants,
    misspelt_mail_domains,
    near_mail_domains,
)

NEEDS = ("email_norm", "email_validity", "email_reason", "email_domain")
MAKES = (
    MadeColumn(
        "email_suggestion",
        "The address that was probably meant, where its domain is that of a big provider with one slip; else blank.",
    ),
)
ADDRESSES_OF_A_COMPANY = 3  # distinct ones with a domain, from which on it is somebody's and no slip


def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The suggestion of every lead, by the domains of all of them."""
    counts = domain_counts(zip(fields["email_norm"], fields["email_domain"], strict=True))
    return on_unique(lambda _: prepare(context, counts), MAKES)(fields[list(NEEDS)], context)


def domain_counts(addresses: Iterable[tuple[str, str]]) -> Counter[str]:
    """(address, its domain in ASCII) pairs -> domain -> how many distinct addresses have it, whatever their case."""
    return Counter(domain for _, domain in {(address.casefold(), domain) for address, domain in addresses if domain})


def prepare(context: Context, counts: Mapping[str, int]) -> Callable[[str, str, str, str], tuple[str]]:
    """What a cleaned address, its verdict and its domain give; `counts` are of all the run's domains."""
    own = context.lists.get("free mail domains", free_mail_domains()) - misspelt_mail_domains()
    disposable = context.lists.get("disposable domains", disposable_domains())
    known = own.union(disposable, near_mail_domains(), mail_giants())
    find_giant = giant_finder(mail_giants())

    @cache
    def meant(domain: str) -> str:
        return "" if domain in known or _is_somebodys(domain, counts) else find_giant(domain)

    def answer(email_norm: str, email_validity: str, email_reason: str, email_domain: str) -> tuple[str]:
        judged = email_validity == "ok" or email_reason == "unknown_tld"
        giant = meant(email_domain) if judged else ""
        return (f"{email_norm.rpartition('@')[0]}@{giant}" if giant else "",)

    return answer


def _is_somebodys(domain: str, counts: Mapping[str, int]) -> bool:
    """Whether enough leads have a domain that may exist; one known to be a slip stays one however often it is made."""
    if domain in misspelt_mail_domains() or not exists(domain):
        return False
    return counts.get(domain, 0) >= ADDRESSES_OF_A_COMPANY
