"""E-mail: is it an address, whose kind of domain is it at, does it reach a person or a function. Never any network."""

import re
from collections.abc import Callable
from functools import cache, partial

from leadscore.enrichment.email_cleaning import clean_address
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import (
    disposable_domains,
    dummy_domains,
    dummy_local_parts,
    free_mail_domains,
    is_education,
    is_government,
    is_listed,
    role_accounts,
    role_key,
    top_level_domains,
    trial_local_parts,
)
from leadscore.values.folding import trim

REASONS = (
    "missing",
    "repaired",
    "no_at",
    "no_domain",
    "syntax",
    "domain",
    "too_long",
    "reserved",
    "unknown_tld",
    "placeholder",
    "non_ascii",
    "no_mail",
)
MAKES = (
    MadeColumn("email_norm", "The address cleaned, its domain in lower case; blank when it is none."),
    MadeColumn(
        "email_validity",
        "Whether the e-mail is a well-formed address at a domain that may exist; nothing is sent or looked up.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn("email_reason", "Why the verdict on the e-mail; repaired: right once cleaned.", REASONS),
    MadeColumn(
        "email_domain", "The domain of the address in ASCII lower case; blank when it is no address.", kind="domain"
    ),
    MadeColumn(
        "email_type",
        "What kind of domain a valid address is at; the first of these that holds.",
        ("disposable", "free", "education", "government", "professional"),
    ),
    MadeColumn(
        "email_is_role", "Whether the address reaches a function (contact@, info@) and not a person.", kind="flag"
    ),
)

LOCAL_PART_LENGTH = 64  # octets, RFC 5321 section 4.5.3.1.1
ADDRESS_LENGTH = 254  # octets, RFC 3696 erratum 1690
_REPEATED_LETTER = re.compile(r"(?!www$)([a-z])\1{2,}")

EmailAnswer = tuple[str, str, str, str, str, bool | str]
Judged = tuple[str, str, str, str]  # email_norm, email_validity, email_reason, email_domain


def prepare(context: Context) -> Callable[[str], EmailAnswer]:
    """What one e-mail cell gives, as a function that holds the run's lists."""
    disposable = context.lists.get("disposable domains", disposable_domains())
    free = context.lists.get("free mail domains", free_mail_domains())
    roles = context.lists.get("role accounts", role_accounts())
    type_of = cache(partial(domain_type, disposable=disposable, free=free))

    mail = context.mail_domains

    def answer(email: str) -> EmailAnswer:
        if not trim(email):
            return "", "", "missing", "", "", ""
        address = clean_address(email)
        norm, validity, reason, domain = judge(address, free)
        if validity == "ok" and address != email:
            reason = "repaired"
        if validity == "ok" and domain in mail and mail[domain].verdict == "fail":
            validity, reason = "fail", "no_mail"
        kind = type_of(domain) if validity == "ok" else ""
        return norm, validity, reason, domain, kind, role_key(address.partition("@")[0]) in roles

    return answer


def judge(address: str, free: frozenset[str]) -> Judged:
    """A cleaned address -> its norm, verdict, reason and domain; norm and domain only where it is well-formed.

    `free` are the domains of free mailboxes.
    """
    from email_validator import EmailNotValidError, validate_email

    local, at, domain = address.rpartition("@")
    if reason := _told_at_sight(local, at, domain):
        return "", "fail", reason, ""
    try:
        parts = validate_email(address, check_deliverability=False)
    except (EmailNotValidError, UnicodeError):
        return "", "fail", _why_not(local, domain.lower()), ""
    validity, reason = _verdict(parts.local_part, parts.ascii_domain.lower(), free)
    return parts.normalized, validity, reason, parts.ascii_domain.lower()


def domain_type(domain: str, disposable: frozenset[str], free: frozenset[str]) -> str:
    """The first kind that holds; an entry of a list speaks for its sub-domains too."""
    if is_listed(domain, disposable):
        return "disposable"
    if is_listed(domain, free):
        return "free"
    if is_education(domain):
        return "education"
    return "government" if is_government(domain) else "professional"


def _told_at_sight(local: str, at: str, domain: str) -> str:
    if not at:
        return "no_at"
    if not domain:
        return "no_domain"
    too_long = _octets(local) > LOCAL_PART_LENGTH or _octets(local) + 1 + _octets(domain) > ADDRESS_LENGTH
    return "too_long" if too_long else ""


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _why_not(local: str, domain: str) -> str:
    """Why an address is none, without reading the library's sentences: its domain is wrong, or what stands before."""
    from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

    if is_listed(domain, dummy_domains()):
        return "placeholder"
    if is_listed(domain, frozenset(SPECIAL_USE_DOMAIN_NAMES)):
        return "reserved"
    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except (EmailNotValidError, UnicodeError):
        return "domain" if local else "syntax"
    return "syntax"


def _verdict(local: str, domain: str, free: frozenset[str]) -> tuple[str, str]:
    """The verdict on an address that is well-formed."""
    if domain.rpartition(".")[2] not in top_level_domains():
        return "fail", "unknown_tld"
    if _is_placeholder(role_key(local), domain, free):
        return "fail", "placeholder"
    # Few servers take such mailboxes (RFC 6531), and an accent is more often a slip.
    return ("ok", "") if local.isascii() else ("unknown", "non_ascii")


def _is_placeholder(name: str, domain: str, free: frozenset[str]) -> bool:
    """Whether the address stands for none; 'test' is nobody at a free mailbox and at test.fr, somebody at a company."""
    if is_listed(domain, dummy_domains()) or name in dummy_local_parts() or _REPEATED_LETTER.fullmatch(name):
        return True
    return name in trial_local_parts() and (name == domain.partition(".")[0] or is_listed(domain, free))
