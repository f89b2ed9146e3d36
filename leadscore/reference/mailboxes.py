"""Local parts of addresses: those that reach a function and not a person, and those that reach nobody."""

import re
from functools import cache

from leadscore.reference.files import entries

_MARKS = re.compile(r"[._-]")


@cache
def role_accounts() -> frozenset[str]:
    """Names of mailboxes that reach a function, as `role_key` gives them: 'contact', 'noreply', 'serviceclient'."""
    return frozenset(entries("role_accounts.txt"))


def role_key(local_part: str) -> str:
    """A local part as role accounts are compared: 'Service.Client-2+paris' -> 'serviceclient'."""
    return _MARKS.sub("", local_part.lower().partition("+")[0].rstrip("0123456789"))


@cache
def dummy_local_parts() -> frozenset[str]:
    """Local parts that nobody has: 'nomail', 'azerty', 'none'. Compared as `role_key` gives them."""
    return frozenset(entries("dummy_local_parts.txt"))


@cache
def trial_local_parts() -> frozenset[str]:
    """Local parts that a company may really have, and that mean nobody elsewhere: 'test', 'demo', 'toto'."""
    return frozenset(entries("trial_local_parts.txt"))
