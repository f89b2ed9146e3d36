"""Internet domains as they are compared: in ASCII."""

import re

import idna

_DOMAIN = re.compile(r"@?[^\s@]+\.[^\s@.]+")


def ascii_domain(text: str) -> str:
    """A domain in ASCII and lower case ('müller.ch' -> 'xn--mller-kva.ch'); any other text as it is."""
    if text.isascii() or not _DOMAIN.fullmatch(text.strip()):
        return text
    at, name = ("@", text.strip()[1:]) if text.strip().startswith("@") else ("", text.strip())
    try:
        return at + idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return text
