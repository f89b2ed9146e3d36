"""Text as it is compared: without case, accents, typographic variants or spare spaces."""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole, spelled out; and the typographic forms that Word, Outlook and phones put in.
_PLAIN = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),  # zero-width characters and soft hyphens
    }
)
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None))
_SPACES = re.compile(r"\s+")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def trim(text: str) -> str:
    """The text without spaces (no-break ones too) at its ends and without zero-width characters. Blank gives ''."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """NFKD, case folded, marks removed, œ æ ø ł spelled out, quotes and dashes plain, spaces single, trimmed.

    'Société  Générale\u00a0' -> 'societe generale'. Folding twice gives what folding once gave.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
        plain = unicodedata.normalize("NFKD", plain.translate(_PLAIN))
        text = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)
    elif "`" in text:
        text = text.replace("`", "'")
    return _SPACES.sub(" ", text).strip().casefold()


def name_key(text: str) -> str:
    """A heading, sheet or field name reduced to letters and digits: 'E-mail (pro)' -> 'emailpro', 'Имя 2' -> 'имя2'.

    A name of signs only is its own key: '%' -> '%'. Blank gives ''.
    """
    folded = fold(text)
    if folded.isascii():
        return _NOT_ALPHANUMERIC.sub("", folded) or folded
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN") or folded
