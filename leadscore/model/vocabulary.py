"""The names of the model workbook and of the results, in English and French, from one data file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, cast

from rapidfuzz.distance import OSA

from leadscore.values.folding import fold, name_key

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")

_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_WORD = re.compile(r"[a-z0-9]+")
_SHORT_WORD = 3  # letters: `is` and `pas` are no plurals
_LIKELY = 0.5  # normalised similarity
_NEAR_MISS_LENGTH = 5  # design.md section 3: shorter names are too easily one letter from an innocent one


@dataclass(frozen=True)
class Vocabulary:
    """One closed list of names: canonical name -> what it is called in each language, first the name we write."""

    names: dict[str, dict[Language, tuple[str, ...]]]

    def find(self, text: str) -> str:
        """The canonical name a text stands for, '' for none: 'Critères' -> 'criterion'."""
        return self._keys.get(_key(text), "")

    def only(self, names: Iterable[str]) -> Vocabulary:
        """The part of the list that one table uses: 'Type' means one thing in Scoring, another in Fields."""
        return Vocabulary({name: self.names[name] for name in names})

    def say(self, name: str, language: Language) -> str:
        """What we write for a canonical name; a name of no list is written as it is."""
        return self.names[name][language][0] if name in self.names else name

    def all_said(self, language: Language) -> str:
        """Every name of a language, for a sentence: 'exclusion, potential, engagement, quality'."""
        return ", ".join(dict.fromkeys(spellings[language][0] for spellings in self.names.values()))

    def near(self, text: str, language: Language = "en") -> str:
        """The known spelling one letter away from a text, both of five letters or more; '' for none."""
        if len(name_key(text)) < _NEAR_MISS_LENGTH:
            return ""
        known = [spelling for spelling in self._spellings(language) if len(name_key(spelling)) >= _NEAR_MISS_LENGTH]
        return next((spelling for spelling in known if OSA.distance(_key(text), _key(spelling)) == 1), "")

    def closest(self, text: str, language: Language = "en") -> str:
        """The known spelling a wrong one most likely meant, '' when none is near."""
        return closest(text, self._spellings(language))

    def only_in(self, text: str) -> Language | None:
        """The language a text belongs to, None when it is of both or of none."""
        key = _key(text)
        spoken = [
            language
            for language in LANGUAGES
            if any(key == _key(spelling) for names in self.names.values() for spelling in names[language])
        ]
        return spoken[0] if len(spoken) == 1 else None

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {
            _key(spelling): name
            for name, languages in self.names.items()
            for spelling in (*languages["en"], *languages["fr"], name.replace("_", " "))
        }

    def _spellings(self, first: Language) -> list[str]:
        """Every spelling, those of one language first."""
        languages = sorted(LANGUAGES, key=lambda language: language != first)
        return [text for language in languages for name in self.names.values() for text in name[language]]


def closest(text: str, spellings: Sequence[str]) -> str:
    """The spelling that a wrong one most likely meant, the first of equals; '' when none is near."""
    likeness = {spelling: OSA.normalized_similarity(_key(text), _key(spelling)) for spelling in spellings}
    best = max(likeness, key=lambda spelling: likeness[spelling], default="")
    return best if best and likeness[best] >= _LIKELY else ""


@cache
def vocabulary(group: str) -> Vocabulary:
    """One list of the file: sheets, headings, kinds, operators, keywords, policies, methods, types, settings …"""
    return Vocabulary(_groups()[group])


@cache
def _groups() -> dict[str, dict[str, dict[Language, tuple[str, ...]]]]:
    text = files("leadscore.model").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return {
        group: {
            name: {cast("Language", language): tuple(spellings) for language, spellings in languages.items()}
            for name, languages in rows.items()
        }
        for group, rows in tomllib.loads(text).items()
    }


@cache
def _key(text: str) -> str:
    """What is compared of a name: letters and digits, words in the singular; symbols where there is nothing else."""
    plain = fold(_PARENTHESES.sub("", text.replace("≠", "!=")).strip() or text)  # NFKD takes the stroke off the sign
    words = [_singular(word) for word in _WORD.findall(plain)]
    return "".join(words) or plain.replace(" ", "")


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > _SHORT_WORD else word
