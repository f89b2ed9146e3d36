"""Titles before a name: M., Mme, Herr Dr., Sra. What they say of civility, and the name without them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from leadscore.values.folding import fold

CIVILITIES = ("prof", "me", "dr", "ms", "mr", "mx")  # of several titles, the first of these is how one is addressed
# French, English, German, Spanish, Italian and Dutch titles, folded and without dots; kept by hand.
_TITLES = {
    "prof": "prof profr profssa professeur professeure professor professorin pr",
    "me": "me maitre mtre",
    "dr": "dr dra docteur docteure doctor doktor dott dottor dottore dottssa dottoressa drssa",
    "ms": "mme mlle madame mademoiselle ms mrs miss frau sra srta senora senorita dna sigra signora mevrouw mw",
    "mr": "m mr mister monsieur herr hr sr senor sig signor signore dhr meneer mijnheer",
    "mx": "mx",
}
_CIVILITY_OF = {title: civility for civility, titles in _TITLES.items() for title in titles.split()}
TITLES = frozenset(_CIVILITY_OF)
# Titles that say nothing of civility and are names or words without their dot: Ing., Mag., Dr. med., Dr. h.c.
_DEGREES = "ing mag rev lic arch geom avv med phil jur rer nat habil hc"
_DOTTED = frozenset(_DEGREES.split())
_BETWEEN = frozenset({"et", "and", "und", "e", "y", "ou", "or", "&", "/", "+", "le", "la"})
_COUPLE_WORDS = 5  # 'M. le Dr et Mme'
_SEXES = {"h": "mr", "homme": "mr", "male": "mr", "man": "mr", "f": "ms", "femme": "ms", "female": "ms", "woman": "ms"}
# At the start of a job title, where Sr. is senior, PR public relations, DR a regional director, Me a word.
_CLEAR = (
    "m. mr mr. mme mme. mlle mlle. mrs mrs. ms ms. miss monsieur madame mademoiselle herr frau dr dr. docteur prof."
)
_IN_JOB_TITLES = frozenset(_CLEAR.split())


@lru_cache(maxsize=65_536)
def split_titles(name: str) -> tuple[tuple[str, ...], str]:
    """A tidy name -> the civilities that its titles say, and the name without them.

    'Herr Dr. Max Huber' -> ('mr', 'dr'), 'Max Huber'. The last word is never taken for a title, but in 'M. et Mme',
    who are two and have no name.
    """
    words = list(_unglued(name.split()))
    if couple := _couple(words):
        return couple, ""
    if not words or _civilities(words[0]) is None:
        return (), name
    found: list[str] = []
    rest = 0
    for position, word in enumerate(words[:-1]):
        civilities = _civilities(word)
        if civilities is None and not (found and word.lower() in _BETWEEN and _civilities(words[position + 1])):
            break
        found += civilities or ()
        rest = position + 1
    return tuple(found), " ".join(words[rest:])


def _unglued(words: list[str]) -> Iterator[str]:
    """'M.Dupont' as two words; 'M.A.' and 'M.A.Dupont' stay one, for their letters are initials."""
    head, dot, rest = words[0].partition(".") if words else ("", "", "")
    if dot and len(rest) >= 3 and rest.isalpha() and _key(words[0]) not in _CIVILITY_OF and _key(head) in _CIVILITY_OF:
        yield f"{head}."
        words = [rest, *words[1:]]
    yield from words


def _couple(words: list[str]) -> tuple[str, ...]:
    """The civilities of words that say those of a man and a woman and nothing else, () for any other words."""
    if len(words) > _COUPLE_WORDS:
        return ()
    found = [_civilities(word.strip(",")) for word in words if word.lower() not in _BETWEEN]
    said = tuple(civility for civilities in found for civility in civilities or ())
    return said if None not in found and {"mr", "ms"} <= set(said) else ()


@lru_cache(maxsize=65_536)
def _civilities(word: str) -> tuple[str, ...] | None:
    """What a title says, () for one that says nothing of civility; None for no title. 'M./Mme' says two."""
    keys = [_key(part) for part in word.split("/")]
    if all(key in _CIVILITY_OF for key in keys):
        return tuple(_CIVILITY_OF[key] for key in keys)
    return () if word.endswith(".") and keys[0] in _DOTTED else None


def _key(word: str) -> str:
    return fold(word).replace(".", "")


def one_civility(found: Iterable[str]) -> str:
    """How a person with these titles is addressed; '' for none, and for 'M. et Mme', who are two."""
    titles = set(found)
    if {"mr", "ms"} <= titles:
        return ""
    return next((civility for civility in CIVILITIES if civility in titles), "")


@lru_cache(maxsize=65_536)
def civility_said(cell: str) -> str:
    """What a civility cell says, wherever in it: 'Chère Madame', 'Herr Dr.', 'F'; '' for nothing, or for both."""
    keys = [_key(word) for word in cell.replace("/", " ").replace(",", " ").split()]
    return one_civility(_CIVILITY_OF.get(key) or _SEXES.get(key, "") for key in keys)


@lru_cache(maxsize=65_536)
def civility_in_job_title(job_title: str) -> str:
    """What the first words of a job title say: 'Dr. med.', 'Mme la Directrice'; not so 'Sr. Buyer', 'DR Sud'."""
    found: list[str] = []
    for word in job_title.split():
        if word.lower() not in _IN_JOB_TITLES or (len(word) == 2 and word.isupper() and not word.endswith(".")):
            break
        found += _civilities(word) or ()
    return one_civility(found)
