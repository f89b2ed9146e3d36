"""Accounts: which leads are of one company. Needs the whole table, in two passes: gather, apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from leadscore.enrichment.company_cleaning import meaning_of, plain_name
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.values.folding import fold

# The first is what the key is said to be made from.
NEEDS = ("company_norm", "company_domain", "company_name_guessed", "account")
MAKES = (
    MadeColumn(
        "account_key", "What all leads of one company share: the account as given, else its domain, else its name."
    ),
    MadeColumn("company_lead_count", "How many leads of the source are of this account.", kind="integer"),
)

AMBIGUOUS = ""  # several domain accounts bear the name
DomainOf = Mapping[str, str]


def run(fields: pd.DataFrame, _context: Context) -> pd.DataFrame:
    """company_norm, company_domain, company_name_guessed, account -> account_key, company_lead_count."""
    keys = account_keys(fields, gather(fields))
    counts = keys[keys != ""].value_counts()
    made = {"account_key": keys, "company_lead_count": keys.map(counts).astype(object).where(keys != "", "")}
    return pd.DataFrame(made, index=fields.index, dtype=object)


def gather(fields: pd.DataFrame) -> dict[str, str]:
    """First pass: the name of a company -> the one domain account that bears it, AMBIGUOUS where several do.

    A guessed name is nobody's word, and a lead whose account is given is of no domain account. What two parts of a
    table give, `merge` makes one.
    """
    bears = (fields["company_domain"] != "") & (fields["company_norm"] != "")
    bears &= fields["company_name_guessed"].isin([False]) & fields["account"].map(given_account).eq("")
    pairs = fields.loc[bears, ["company_norm", "company_domain"]].drop_duplicates()
    return merge({name: domain} for name, domain in zip(*(pairs[column] for column in pairs), strict=True))


def merge(parts: Iterable[DomainOf]) -> dict[str, str]:
    """What several parts of a table gave, as one: a name that is of two domains is AMBIGUOUS."""
    merged: dict[str, str] = {}
    for part in parts:
        for name, domain in part.items():
            merged[name] = domain if merged.get(name, domain) == domain else AMBIGUOUS
    return merged


def account_keys(fields: pd.DataFrame, domain_of: DomainOf) -> pd.Series:
    """Second pass: the account of every lead, '' where there is none; `domain_of` is of the whole table."""
    names = fields["company_norm"].map(account_name)
    joined = names.map(lambda name: domain_of.get(name) or name)
    keys = fields["account"].map(given_account)
    for others in (fields["company_domain"], joined):
        keys = keys.where(keys != "", others)
    return keys


@lru_cache(maxsize=65_536)
def given_account(text: str) -> str:
    """An account as it is compared: folded; '' where it stands for none."""
    norm = plain_name(text).norm
    return fold(text) if norm and not meaning_of(norm) else ""


@lru_cache(maxsize=65_536)
def account_name(norm: str) -> str:
    """The name itself, '' where it is no company's: a freelance, a legal form alone, 'test'."""
    return "" if meaning_of(norm) else norm
