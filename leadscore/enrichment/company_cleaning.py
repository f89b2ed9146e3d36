"""A company's name without its legal form; and whether it is the name of a company at all."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from leadscore.reference import LegalForm, company_words, legal_forms
from leadscore.values.name_words import NameWord, name_words


class PlainName(NamedTuple):
    """The name as it is compared, and the legal form that stood beside it, None where there was none."""

    norm: str
    form: LegalForm | None


def plain_name(text: str) -> PlainName:
    """'SAS Dupont & Fils' -> 'dupont fils' and SAS. The only word of a name is never taken for its form."""
    words = name_words(text)
    kept = _words_to_keep(words)
    start, end, outermost = 0, len(words), None
    while (found := _form_at_end(words, end, end - start - kept)) is not None:
        end -= found.size
        outermost = outermost or found.form
    # A real name that begins with what looks like a form keeps its beginning.
    while kept == 1 and (found := _form_at_start(words, start, end - start - kept)) is not None:
        start += found.size
        outermost = outermost or found.form
    return PlainName(" ".join(word.key for word in words[start:end]), outermost)


def meaning_of(norm: str) -> str:
    """What a folded name means instead of a company: nothing, freelance, private, form; '' when it is a name.

    A name that ends in what freelances call themselves is theirs: 'consultante indépendante'.
    """
    if known := company_words().get(norm, ""):
        return "" if known == "name" else known
    if norm in legal_forms():
        return "form"
    return "freelance" if norm.rpartition(" ")[2] in _edges("freelance").last and _ends_freelance(norm) else ""


def _ends_freelance(norm: str) -> bool:
    words = norm.split(" ")
    endings = (" ".join(words[-size:]) for size in range(1, _edges("freelance").longest + 1))
    return any(company_words().get(ending) == "freelance" for ending in endings)


class _Found(NamedTuple):
    form: LegalForm
    size: int  # words


def _form_at_end(words: list[NameWord], end: int, most: int) -> _Found | None:
    """The longest form of at most so many words before `end`."""
    if most < 1 or words[end - 1].key not in _edges("form").last:
        return None
    for size in range(min(_edges("form").longest, most), 0, -1):
        form = _form_of(words[end - size : end])
        if form and _is_meant(words[end - size : end], form, form.end):
            return _Found(form, size)
    return None


def _form_at_start(words: list[NameWord], start: int, most: int) -> _Found | None:
    """The longest form of at most so many words from `start` on."""
    if most < 1 or words[start].key not in _edges("form").first:
        return None
    for size in range(min(_edges("form").longest, most), 0, -1):
        form = _form_of(words[start : start + size])
        if form and _is_meant(words[start : start + size], form, form.start):
            return _Found(form, size)
    return None


def _form_of(words: list[NameWord]) -> LegalForm | None:
    return legal_forms().get(" ".join(word.key for word in words))


def _is_meant(words: list[NameWord], form: LegalForm, care: str) -> bool:
    """Whether the words are written with the care that this form asks for: 'Day Spa' and 'HOTEL & SPA' are no S.p.A."""
    written = " ".join(word.text for word in words)
    if care in {"", "any"}:
        return bool(care)
    if words[0].is_joined:
        return False
    is_dotted = "." in written or written in form.spellings
    return is_dotted or (care == "capitals" and sum(sign.isupper() for sign in written) >= 2)


def _words_to_keep(words: list[NameWord]) -> int:
    """How many words at the start are no form: those of a name that only looks like one, else one must stay."""
    names = _edges("name")
    if words and words[0].key in names.first:
        for size in range(min(names.longest, len(words)), 1, -1):
            if company_words().get(" ".join(word.key for word in words[:size])) == "name":
                return size
    return 1


class _Edges(NamedTuple):
    """Of some keys: their first words, their last words, and how many words the longest has."""

    first: frozenset[str]
    last: frozenset[str]
    longest: int


@cache
def _edges(kind: str) -> _Edges:
    """Of the legal forms (kind 'form'), or of the company words of a meaning."""
    words = company_words()
    known = legal_forms() if kind == "form" else [key for key in words if words[key] == kind]
    keys = [key.split(" ") for key in known]
    return _Edges(frozenset(key[0] for key in keys), frozenset(key[-1] for key in keys), max(map(len, keys)))
