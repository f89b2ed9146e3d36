"""Mail look-ups: does a domain take mail at all? The one place of the package that opens a socket, on request only."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from leadscore.enrichment.step import MailVerdict

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver

IN_FLIGHT = 50  # look-ups at one time
LIFETIME = 5.0  # seconds for all tries of one question
_TRY = 2.5  # seconds for one try
_PORT = 53
_REFUSES_ALL = "v=spf1 -all"  # RFC 7208 section 5.1: nobody may send as this domain; one that never sends takes none


@dataclass(frozen=True)
class LookupOptions:
    """How look-ups are made: `server` is 'HOST' or 'HOST:PORT', '' for the machine's own; `budget` is in seconds."""

    server: str = ""
    budget: float = 60.0


def look_up(domains: Iterable[str], options: LookupOptions) -> dict[str, MailVerdict]:
    """A verdict for every domain (ASCII), each asked once; those not answered within the budget are unknown."""
    found = dict.fromkeys(domains, MailVerdict("unknown", "out_of_time"))
    resolver = _resolver(options.server)
    if resolver is None:
        return dict.fromkeys(found, MailVerdict("unknown", "no_resolver"))
    asyncio.run(_ask_all(resolver, found, options.budget))
    return found


def _resolver(server: str) -> Resolver | None:
    """Our own settings: no search list, no cache; None where the machine says no name server."""
    from dns.asyncresolver import Resolver
    from dns.exception import DNSException

    try:
        resolver = Resolver(configure=not server)
    except (DNSException, OSError):
        return None
    if server:
        host, port = split_server(server)
        resolver.nameservers, resolver.port = [host], port
    resolver.lifetime, resolver.timeout, resolver.search = LIFETIME, _TRY, []
    return resolver


def split_server(server: str) -> tuple[str, int]:
    """'127.0.0.1:5353' -> ('127.0.0.1', 5353); an IPv6 address with a port stands in brackets. Raises ValueError."""
    host, port = server, str(_PORT)
    if server.startswith("["):
        host, _, port = server[1:].partition("]")
        port = port.removeprefix(":") or str(_PORT)
    elif server.count(":") == 1:
        host, _, port = server.partition(":")
    return str(ip_address(host)), int(port)


async def _ask_all(resolver: Resolver, found: dict[str, MailVerdict], budget: float) -> None:
    """Fill in the verdicts, as many as the budget allows."""
    waiting = deque(found)

    async def worker() -> None:
        while waiting:
            domain = waiting.popleft()
            found[domain] = await mail_verdict(resolver, domain)

    try:
        async with asyncio.timeout(budget), asyncio.TaskGroup() as workers:
            for _ in range(min(IN_FLIGHT, len(found))):
                workers.create_task(worker())
    except TimeoutError:
        return


async def mail_verdict(resolver: Resolver, domain: str) -> MailVerdict:
    """What the name servers say of one domain; whatever goes wrong on the way is unknown, never fail."""
    from dns.exception import DNSException, Timeout
    from dns.resolver import NXDOMAIN

    try:
        exchanges = [record.exchange.to_text(omit_final_dot=True) for record in await _records(resolver, domain, "MX")]
        return judge_exchanges(exchanges) if exchanges else await _without_exchange(resolver, domain)
    except NXDOMAIN:
        return MailVerdict("fail", "no_such_domain")
    except Timeout:
        return MailVerdict("unknown", "time_out")
    except (DNSException, OSError, EOFError, ValueError):
        return MailVerdict("unknown", "server_failure")


def judge_exchanges(exchanges: list[str]) -> MailVerdict:
    """A domain's mail exchanges -> its verdict; '' or '.' alone is the null MX of RFC 7505."""
    if all(name in ("", ".", "@") for name in exchanges):
        return MailVerdict("fail", "null_mx")
    if all(name.lower() == "localhost" or _is_address(name) for name in exchanges):
        return MailVerdict("fail", "wrong_mx")
    return MailVerdict("ok", "mx")


async def _without_exchange(resolver: Resolver, domain: str) -> MailVerdict:
    """RFC 5321 section 5.1: without an MX, mail goes to the address of the domain itself, if it has one."""
    addresses = [record.address for kind in ("A", "AAAA") for record in await _records(resolver, domain, kind)]
    if not addresses:
        return MailVerdict("fail", "no_records")
    if not any(ip_address(address).is_global for address in addresses):
        return MailVerdict("fail", "private_address")
    if await _refuses_mail(resolver, domain):
        return MailVerdict("fail", "refuses_mail")
    return MailVerdict("ok", "address")


async def _refuses_mail(resolver: Resolver, domain: str) -> bool:
    """Whether the domain says that it sends no mail; no answer is no refusal."""
    from dns.exception import DNSException

    try:
        texts = [b"".join(record.strings) for record in await _records(resolver, domain, "TXT")]
    except (DNSException, OSError, EOFError, ValueError):
        return False
    return _REFUSES_ALL.encode() in [text.strip().lower() for text in texts]


async def _records(resolver: Resolver, domain: str, kind: str) -> list[Any]:
    """The records of one kind, [] where the domain has none of it."""
    from dns.resolver import NoAnswer

    try:
        return list(await resolver.resolve(f"{domain}.", kind, search=False))
    except NoAnswer:
        return []


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
