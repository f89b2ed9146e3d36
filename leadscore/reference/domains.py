"""Domains: free mailboxes, throw-away ones, dummies, schools, public bodies, and the top-level ones that exist.

Domains are ASCII (xn--) and lower case, without a dot at either end.
"""

import re
from functools import cache
from typing import Any

from leadscore.reference.files import entries


@cache
def free_mail_domains() -> frozenset[str]:
    """Domains where anybody may have a mailbox: webmail and internet providers."""
    return frozenset(entries("free_mail_domains.txt") + entries("european_mail_domains.txt"))


@cache
def disposable_domains() -> frozenset[str]:
    """Domains of throw-away mailboxes; none of them is among the free ones."""
    return frozenset(entries("disposable_domains.txt"))


@cache
def top_level_domains() -> frozenset[str]:
    """The top-level domains there are: 'fr', 'com', 'xn--p1ai'."""
    return frozenset(entries("tlds.txt"))


@cache
def dummy_domains() -> frozenset[str]:
    """Domains that stand in forms where people do not want to say: example.com, test.com."""
    return frozenset(entries("dummy_domains.txt"))


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
