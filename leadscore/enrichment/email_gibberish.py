"""Whether what stands before the @ was typed at random. A flag to look at, never a verdict: names are strange too."""

import re
from collections.abc import Callable
from functools import lru_cache

from leadscore.enrichment.keyboards import LOWER_ROWS, LOWER_WALK, REPEATED_WALK, TOP_ROWS, TOP_WALK, walks
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.values.folding import fold

MAKES = (
    MadeColumn(
        "email_gibberish",
        "Whether what stands before the @ looks typed at random: keys in a row, hardly a vowel, endless digits.",
        kind="flag",
    ),
)

_TAG = re.compile(r"\+.*", re.DOTALL)
_PIECE = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_REPEATED = re.compile(r"([a-z])\1{3}")
# Nine digits and more are neither a year, a postcode nor a birthday; a phone number as name is no gibberish.
_DIGITS = re.compile(r"\d{9,}")
_PHONE_NUMBER = re.compile(r"0\d{9}|(?:32|33|41|352)\d{8,9}")
_SWITCH = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_SWITCHES, _SWITCHED_LENGTH = 4, 8  # 'x7k2p9wq'; 'b2b' and 'mp3' have fewer

# Consonants that one sound is written with (German, Polish, English …) count as one: 'schw', 'szcz', 'rechtsschutz'.
_ONE_SOUND = re.compile(r"tsch|sch|szcz|str|ch|ck|cz|dt|gh|kh|ph|rz|sh|sp|st|sz|th|ts|tz|zh|([b-df-hj-np-tv-xz])\1")
_CONSONANTS = re.compile(r"[^aeiouy]+")
_MANY_CONSONANTS = re.compile(r"[^aeiouy]{5}")  # without them no word is unspeakable
_VOWELS = re.compile(r"[aeiouy]")
_LONG_RUN = 8  # sounds: two initials before Čtvrtník, as it is written without accents
_ODD_RUN, _ODD_LETTERS = 5, 3
_ODD = frozenset("jkqvwxz")
_VOWELLESS = 7  # sounds; longer than the acronyms people have for a name
_SOUNDS_PER_VOWEL = 9  # fewer vowels than one in nine; 'jctvrtnik' has one
_HOME_ROW = re.compile(r"[asdfghjkl]{5,}")
_HOME_ROW_PER_VOWEL = 5  # 'fjdksla'; 'khalfallah' has one in three


def prepare(_context: Context) -> Callable[[str], tuple[bool | str]]:
    """What a local part gives."""
    return lambda email_local: ((is_gibberish(email_local) if email_local else ""),)


def is_gibberish(local_part: str) -> bool:
    """Whether any piece of a local part, the tag after + left out, looks typed at random."""
    return any(_is_random(piece) for piece in _PIECE.findall(fold(_TAG.sub("", local_part))))


def _is_random(piece: str) -> bool:
    """A piece is of letters and digits only, without accents and in lower case."""
    if piece.isalpha():
        return _is_mashed(piece)
    if any(not _PHONE_NUMBER.fullmatch(digits) for digits in _DIGITS.findall(piece)):
        return True
    if len(piece) >= _SWITCHED_LENGTH and len(_SWITCH.findall(piece)) >= _SWITCHES:
        return True
    return any(_is_mashed(letters) for letters in _LETTERS.findall(piece))


@lru_cache(maxsize=65_536)  # first names and family names come again and again
def _is_mashed(letters: str) -> bool:
    return bool(_REPEATED.search(letters)) or _is_walk(letters) or _is_unspeakable(letters)


def _is_walk(letters: str) -> bool:
    """Whether it runs along a row of keys, or hammers on the home row."""
    for length, known in _WALKS.items():
        if not known.isdisjoint(letters[start : start + length] for start in range(len(letters) - length + 1)):
            return True
    return bool(_HOME_ROW.fullmatch(letters)) and len(_VOWELS.findall(letters)) * _HOME_ROW_PER_VOWEL < len(letters)


def _is_unspeakable(letters: str) -> bool:
    """Whether it has a long run of consonants, or hardly a vowel."""
    if not _MANY_CONSONANTS.search(letters):
        return False
    sounds = _ONE_SOUND.sub("-", letters)
    if len(sounds) >= _VOWELLESS and len(_VOWELS.findall(sounds)) * _SOUNDS_PER_VOWEL < len(sounds):
        return True
    return any(
        len(run) >= _LONG_RUN or (len(run) >= _ODD_RUN and len(_ODD.intersection(run)) >= _ODD_LETTERS)
        for run in _CONSONANTS.findall(sounds)
    )


# Length of a walk -> the walks.
_WALKS = {
    LOWER_WALK: frozenset(walks(LOWER_ROWS, LOWER_WALK)),
    TOP_WALK: frozenset(walks(TOP_ROWS, TOP_WALK)),
    REPEATED_WALK * 2: frozenset(walk * 2 for walk in walks(TOP_ROWS + LOWER_ROWS, REPEATED_WALK)),
}
