"""Website: its address written one way, whose domain it is, and whether the e-mail is at the same one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address
from typing import NamedTuple

from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import (
    disposable_domains,
    dummy_domains,
    free_mail_domains,
    is_listed,
    registrable_domain,
    shared_sites,
    top_level_domains,
)
from leadscore.values.domains import ascii_domain

NEEDS = ("website", "email", "email_type", "email_registrable_domain", "email_suggestion")
MAKES = (
    MadeColumn("website_norm", "The website's address written one way: with https://, without www. and tracking."),
    MadeColumn(
        "website_domain",
        "The registrable domain of the website; blank for a page at a network, marketplace or the like.",
        kind="domain",
    ),
    MadeColumn(
        "domain_match",
        "Whether e-mail and website are at the same domain; unknown at a free mailbox, where one is missing, and where "
        "the domains differ by their ending only.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn(
        "company_domain",
        "The company's own domain: that of the website, else of an e-mail that is not at a free mailbox or a slip.",
        kind="domain",
    ),
)

# Slips of 'http://' too: 'http//', 'https:/', 'htpp://', 'http:\\'.
_SCHEME = re.compile(r"(https?|htpps?|htt|ttps?)(?::[/\\]{0,3}|[/\\]{1,3})", re.IGNORECASE)
_BETWEEN_SITES = re.compile(r"[\s,;|<>\"']+")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))+")
HOST_LENGTH = 253  # characters, RFC 1035 section 2.3.4
ADDRESS_LENGTH = 2083  # characters; browsers of the past took no more, and nobody types them
_IP = re.compile(r"[0-9.]+")
_PORT = re.compile(r"(.+):(\d{1,5})")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_TRACKING = re.compile(r"(?:utm_[a-z]+|gclid|fbclid|msclkid|mc_[ce]id|igshid|igsh)(?:=.*)?", re.IGNORECASE)


class WebsiteAnswer(NamedTuple):
    """One value per made column."""

    norm: str
    domain: str
    match: str
    company_domain: str


def prepare(context: Context) -> Callable[[str, str, str, str, str], WebsiteAnswer]:
    """What a website and the e-mail beside it give; the run's lists say which domains are free or disposable."""
    disposable = context.lists.get("disposable domains", disposable_domains())
    free = context.lists.get("free mail domains", free_mail_domains())
    anybodys = free | disposable
    site_of = cache(_site)

    def answer(
        website: str, email: str, email_type: str, email_registrable_domain: str, email_suggestion: str
    ) -> WebsiteAnswer:
        norm, domain = site_of(website)
        # A seller means the organisation: schools and public bodies are accounts as companies are.
        is_slip = bool(email_suggestion)
        at_work = "" if is_slip or email_type in {"", "free", "disposable"} else email_registrable_domain
        own = "" if is_listed(domain, anybodys) else domain
        match = _match(domain, at_work) if website or email else ""
        return WebsiteAnswer(norm, domain, match, own or at_work)

    return answer


def _match(website_domain: str, email_domain: str) -> str:
    if not website_domain or not email_domain:
        return "unknown"
    if website_domain == email_domain:
        return "ok"
    # sncf.fr and sncf.com, insee.fr and insee.gouv.fr: most often one company, and who knows.
    is_namesake = website_domain.partition(".")[0] == email_domain.partition(".")[0]
    return "unknown" if is_namesake else "fail"


def _site(website: str) -> tuple[str, str]:
    """The address and the domain of the first website of a cell; '' where there is none."""
    norm, host = next(filter(None, map(website_address, _BETWEEN_SITES.split(website))), ("", ""))
    return norm, _own_domain(host)


def website_address(text: str) -> tuple[str, str] | None:
    """The address written one way, and its host; None when the text is no address (an e-mail is none).

    'WWW.Acme.fr/' -> 'https://acme.fr', 'acme.fr'. http:// stays. Of a query, only what tracks visitors goes.
    """
    if len(text) > ADDRESS_LENGTH:
        return None
    scheme, rest = _scheme(text.strip("()[]"))
    place, slash, path = _cut(rest)
    host, port = _host_and_port(place)
    if not host:
        return None
    host = host.removeprefix("www.") if host.count(".") > 1 else host
    port = f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{host}{port}{_path(slash + path)}", host


def _scheme(text: str) -> tuple[str, str]:
    """The last of the schemes that it begins with ('https://http://acme.fr'), and what comes after them."""
    scheme = "https"
    while match := _SCHEME.match(text):
        scheme, text = "https" if match[1].lower().endswith("s") else "http", text[match.end() :]
    return scheme, text.lstrip("/\\")


def _cut(text: str) -> tuple[str, str, str]:
    """The host and what comes after it."""
    end = min((place for mark in "/?#\\" if (place := text.find(mark)) >= 0), default=len(text))
    return text[:end], text[end : end + 1], text[end + 1 :]


def _host_and_port(place: str) -> tuple[str, str]:
    """A host that can exist, in ASCII and lower case, and its port; '' when it is none."""
    match = _PORT.fullmatch(place)
    name, port = (match[1], match[2]) if match else (place, "")
    host = ascii_domain(name.lower().rstrip("."))
    if len(host) > HOST_LENGTH or not _HOST.fullmatch(host):
        return "", ""
    return (host, port) if _is_ip(host) or host.rpartition(".")[2] in top_level_domains() else ("", "")


def _is_ip(host: str) -> bool:
    if not _IP.fullmatch(host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _path(tail: str) -> str:
    """A path and query without fragment, tracking and trailing slash."""
    path, mark, query = tail.replace("\\", "/").partition("#")[0].partition("?")
    kept = "&".join(part for part in query.split("&") if part and not _TRACKING.fullmatch(part)) if mark else ""
    return path.rstrip("/") + (f"?{kept}" if kept else "")


def _own_domain(host: str) -> str:
    """The registrable domain of a host; '' where the site is not its owner's or stands for none (example.com)."""
    domain = registrable_domain(host) if host else ""
    if not domain or is_listed(host, shared_sites()) or is_listed(host, dummy_domains()):
        return ""
    return domain
