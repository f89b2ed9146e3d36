"""The name of a person as it is written: capitals, particles, hyphens. What somebody wrote in mixed case is kept."""

import re
import unicodedata
from functools import lru_cache

from leadscore.values.folding import trim

# Between first and last name, and within the last: in small letters where nobody has said otherwise. 'do', 'da', 'di',
# 'van' and 'du' are names themselves in Asia, so the last word never is one.
_SMALL = (
    "de des du d' del degli den der das dos do da di van von vom zu zum zur und ter ten te op het 't 's af av y née né"
)
PARTICLES = frozenset(_SMALL.split())
_SMALL_WORDS = PARTICLES | {"et", "and"}
# What a surname may begin with besides, with a capital: Le Goff, El Amrani, San Martin.
_OPENING = "ó la le les lo della dello dalla el al ben bin abd ould ait saint sainte st ste san santa"
OPENERS = frozenset(_OPENING.split())
# Before an apostrophe the next letter is a capital (O'Brien, N'Diaye); after any other it is not (Sa'id).
_ELISIONS = frozenset({"d", "l", "o", "n", "m", "dell", "dall", "all", "sant"})
_NUMERALS = frozenset({"ii", "iii", "iv"})
_SPANISH_ENDINGS = ("a", "o", "s", "z")
# Not so what ends in a, i or o, which is Italian or Indian: D'Angelo, D'Souza.
_FRENCH_D = re.compile(r"d'[^\W\d_].*[^aio]", re.DOTALL)
_TYPOGRAPHIC = str.maketrans({**dict.fromkeys("‘’‚‛′ʼ´`＇", "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
# Emoji, arrows, marks and icons, which people put beside their name on LinkedIn.
_PICTURES = re.compile(
    "[\u00a9\u00ae\u2122\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\ue000-\uf8ff\ufe0f\U0001f000-\U0001faff]"
)
_ASIDE = re.compile(r"\([^()]*\)")
_ENDS = " ,;:\"'-_"
_INITIALS = re.compile(r"(?!ng)[bcdfghjklmnpqrstvwxz]{2}")


def tidy_name(text: str) -> str:
    """A name without what stands around it: asides in parentheses, quotes, pictures, spare spaces and signs.

    Apostrophes and hyphens become plain ones; case is kept.
    """
    text = trim(text)
    if text.isalpha() and text.isascii():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _PICTURES.sub("", text)).translate(_TYPOGRAPHIC)
    if "(" in text:
        text = _ASIDE.sub(" ", text)
    if "-" in text:
        text = "-".join(part for piece in text.split("-") if (part := piece.strip()))
    text = " ".join(text.split())
    return text if text[:3].lower() in {"'t ", "'s "} else text.strip(_ENDS)


@lru_cache(maxsize=65_536)
def cased_name(text: str, *, is_first: bool = False) -> str:
    """A tidy name with its capitals: 'JEAN-PIERRE' -> 'Jean-Pierre', 'DE LA FONTAINE' -> 'de La Fontaine'.

    `is_first`: a first name, which begins with no particle and may be two initials (JP). A word with capitals and
    small letters is as its owner writes it: 'DeLuca', 'Van Damme'.
    """
    words = ["", *text.split(" "), ""]
    trios = zip(words, words[1:], words[2:], strict=False)
    return " ".join([_cased_word(word, before, after, is_first=is_first) for before, word, after in trios])


def _cased_word(word: str, before: str, after: str, *, is_first: bool) -> str:
    """A word between its neighbours, '' for none."""
    if is_mixed(word):
        return word if word.isalpha() else _pieces(word)
    small = word.lower()
    starts_first_name = is_first and not before
    if after and not starts_first_name and (small in _SMALL_WORDS or _is_spanish_article(small, before, after)):
        return small
    if (small in _NUMERALS and before and not after) or (starts_first_name and _INITIALS.fullmatch(small)):
        return small.upper()
    if not starts_first_name and _FRENCH_D.fullmatch(small):
        return f"d'{_pieces(word[2:])}"
    return _pieces(word)


def _is_spanish_article(small: str, before: str, after: str) -> bool:
    """'de la Cruz', told from 'de La Fontaine' by how the name ends; 'de las' and 'de los' are Spanish anyhow."""
    if small not in {"la", "las", "los"} or before.lower() != "de":
        return False
    return small != "la" or after.lower().endswith(_SPANISH_ENDINGS)


def is_mixed(word: str) -> bool:
    """Whether a word has both capitals and small letters, not the wrong way round as in 'dUPONT'."""
    plain = word.replace("ß", "")  # it is small within capitals too
    return not plain.isupper() and not plain.islower() and not (plain[:1].islower() and plain[1:].isupper())


def _pieces(word: str) -> str:
    """Each piece between hyphens and dots with its capital: 'j.-p.' -> 'J.-P.'."""
    for mark in "-.":
        if mark in word:
            return mark.join([_pieces(piece) for piece in word.split(mark)])
    head, apostrophe, rest = word.partition("'")
    if apostrophe and rest and head.lower() in _ELISIONS:
        return f"{_capital(head) if len(head) > 1 or not is_mixed(word) else head}'{_capital(rest)}"
    return _capital(word)


def _capital(piece: str) -> str:
    if is_mixed(piece):
        return piece
    if piece[:2].lower() == "mc" and len(piece) >= 4:
        return f"Mc{piece[2:].capitalize()}"
    return piece.capitalize()
