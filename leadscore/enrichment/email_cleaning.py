"""An address as people paste it, brought to the one address that was meant."""

import re

# Spaces of every kind but line breaks: a break at an end is a fault of the address (RFC 5322), not of the pasting.
_BLANKS = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
# Here and below, what looks back begins at the first blank of a run only: a run is read once, however long it is.
_EDGES = re.compile(rf"^[{_BLANKS}]+|(?<![{_BLANKS}])[{_BLANKS}]+$")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_AROUND_AT = re.compile(rf"(?<![{_BLANKS}])[{_BLANKS}]*@[{_BLANKS}]*")
# 'Jean Dupont <jean@acme.fr>', alone or first of several.
_IN_ANGLES = re.compile(r"(?<!@)<\s*([^<>\s@]+@[^<>\s@]+)\s*>(?=\s*(?:$|[;,]))")
_LABEL = re.compile(r"(?:mailto|e-?mail|mail|courriel)\s*:\s*", re.IGNORECASE)
_QUERY = re.compile(r"\?(?:subject|body|cc|bcc)=.*", re.IGNORECASE | re.DOTALL)
_SPELLED_AT = re.compile(r"(?<!\s)\s*[(\[{]\s*(?:at|arobase|arobas)\s*[)\]}]\s*", re.IGNORECASE)
_SPELLED_DOT = re.compile(r"(?<!\s)\s*[(\[{]\s*(?:dot|point)\s*[)\]}]\s*", re.IGNORECASE)
_BETWEEN_ADDRESSES = (re.compile(r"[;,|/\r\n]|\s(?:ou|or|et|and|und|&|-)\s"), re.compile(r"\s+"))
_QUOTES = {"'": "'", '"': '"', "’": "’", "‘": "’", "“": "”", "«": "»", "`": "`"}
LONGEST = 2_000  # characters; what is longer is no list of addresses, and is left as it is


def clean_address(text: str) -> str:
    """The first address of a text without what was pasted around it: 'mailto:', a name, quotes, a second address.

    Cleaning twice gives what cleaning once gave, for it goes on until nothing is left to clean.
    """
    while len(text) <= LONGEST and (cleaner := _clean_once(text)) != text:
        text = cleaner
    return text


def _clean_once(text: str) -> str:
    text = _EDGES.sub("", _INVISIBLE.sub("", text)).replace("\uff20", "@")
    if text != text.strip("\r\n"):
        return text
    if in_angles := _IN_ANGLES.search(text):
        return in_angles[1]
    text = _unquoted(_without_label(_first_address(text)))
    if "@" not in text:
        return _SPELLED_DOT.sub(".", _SPELLED_AT.sub("@", text))
    return _AROUND_AT.sub("@", text)


def _first_address(text: str) -> str:
    """The first of several; only where every piece has an '@', so that no local part is cut in two."""
    for between in _BETWEEN_ADDRESSES:
        pieces = [piece for piece in between.split(text) if piece.strip()]
        if pieces and all("@" in piece.strip("@ ") for piece in pieces):
            text = pieces[0]
    return text


def _without_label(text: str) -> str:
    label = _LABEL.match(text)
    return _QUERY.sub("", text[label.end() :]) if label else text


def _unquoted(text: str) -> str:
    """Without the quotes around it, where they close; a lone leading apostrophe is Excel's mark for text."""
    closing = _QUOTES.get(text[:1], "")
    inside = text[1:-1]
    if closing and text[1:].endswith(closing) and closing not in inside:
        return inside
    return text.removeprefix("'")
