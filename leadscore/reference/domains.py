"""Domains: free mailboxes, throw-away ones, dummies, schools, public bodies, and the top-level ones that exist.

Domains are ASCII (xn--) and lower case, without a dot at either end.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from leadscore.reference.files import entries


@cache
def free_mail_domains() -> frozenset[str]:
    """Domains where anybody may have a mailbox: webmail and internet providers, and some of their names misspelt."""
    return frozenset(entries("free_mail_domains.txt") + entries("european_mail_domains.txt")) | misspelt_mail_domains()


@cache
def disposable_domains() -> frozenset[str]:
    """Domains of throw-away mailboxes; none of them is among the free ones."""
    return frozenset(entries("disposable_domains.txt"))


@dataclass(frozen=True)
class MailGiant:
    """`rank` is 1 for the most common provider. `invented`: nobody else has the name, whatever follows the dot."""

    domain: str
    rank: int
    invented: bool


@cache
def mail_giants() -> dict[str, MailGiant]:
    """The biggest providers of mailboxes by their domain: those that a slip of the finger may have meant."""
    rows = csv.DictReader(entries("mail_giants.csv"))
    return {row["domain"]: MailGiant(row["domain"], int(row["rank"]), row["invented"] == "yes") for row in rows}


@cache
def misspelt_mail_domains() -> frozenset[str]:
    """A giant's name misspelt, though public lists have it as a provider of its own: 'gmial.com', 'yaho.com'.

    They are among the free ones and not among the disposable ones: who writes gmial.com has a mailbox at Gmail.
    """
    return frozenset(entries("misspelt_mail_domains.txt"))


@cache
def near_mail_domains() -> frozenset[str]:
    """Domains of others that are one letter from a giant's: 'grail.com', 'orage.fr'."""
    return frozenset(entries("near_mail_domains.txt"))


@cache
def top_level_domains() -> frozenset[str]:
    """The top-level domains there are: 'fr', 'com', 'xn--p1ai'."""
    return frozenset(entries("tlds.txt"))


@cache
def dummy_domains() -> frozenset[str]:
    """Domains that stand in forms where people do not want to say: example.com, test.com."""
    return frozenset(entries("dummy_domains.txt"))


def is_listed(domain: str, names: frozenset[str]) -> bool:
    """Whether a domain or one above it is among the names: 'mail.acme.fr' where 'acme.fr' is."""
    while domain and domain not in names:
        domain = domain.partition(".")[2]
    return bool(domain)


def is_education(domain: str) -> bool:
    """Whether the domain is of a school, a university or an education authority: 'etu.univ-lyon1.fr', 'mit.edu'."""
    return _suffixes("education_suffixes.txt").search(domain) is not None


def is_government(domain: str) -> bool:
    """Whether the domain is of a state, a region, a town or a body of theirs: 'interieur.gouv.fr', 'ge.ch'."""
    return _suffixes("government_suffixes.txt").search(domain) is not None


def registrable_domain(domain: str) -> str:
    """The part of a domain that somebody registered: 'www.shop.acme.co.uk' -> 'acme.co.uk'; '' where there is none.

    By the Public Suffix List as `publicsuffixlist` ships it, its private section too: a company with its site below
    github.io is 'acme.github.io', not all of github.io. (The list leaves some hosts out: wordpress.com is one domain.)
    None is in a suffix itself ('co.uk', 'github.io'), in an IP address, and below a top-level domain there is not.
    """
    return _public_suffixes().privatesuffix(domain, accept_unknown=False) or ""


@cache
def _public_suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@cache
def _suffixes(file_name: str) -> re.Pattern[str]:
    """One pattern for all suffixes of a file: they begin at a label; '*' and '?' stay within one label."""
    wild = str.maketrans({".": r"\.", "*": "[^.]+", "?": "[^.]"})
    return re.compile(rf"(?:^|\.)(?:{'|'.join(suffix.translate(wild) for suffix in entries(file_name))})$")
