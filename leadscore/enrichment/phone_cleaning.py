"""A phone cell as people and Excel leave it, brought to the numbers it may hold."""

import re
from collections.abc import Iterator
from itertools import pairwise

PLACEHOLDER_RUN = 8  # digits
_LEAST_DIGITS = 6  # fewer before a '/' are an area code (030/123456), after it an alternative ending (…00/01)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
# Only after digits without other marks: 01.42.68.53.00 ends in no decimals.
_DECIMAL_ZERO = re.compile(r"(\+?\d{6,})[.,]0{1,2}")
_EXTENSION = re.compile(
    r"[\s,;(]*(?:poste|post|extension|extn?|int|durchwahl|dw|p|x|#)[\s.:]*\d{1,5}\)?$", re.IGNORECASE
)
_WORDS_AFTER = re.compile(r"(?<=\d)[\s(\[,]+[^\d+]*[^\W\d_][^\d+]*$")
_BETWEEN = re.compile(r"[;,|\r\n]|\s*\b(?:ou|or|et|and|und)\b\s*|\s&\s|(?<=\d)\s*(?=\+)")
_WHOLE_NUMBER = re.compile(r"[+0](?:[\s.]?\d){8}")
# Between two numbers, or behind an area code: '02/513.89.40'.
_PERHAPS_BETWEEN = re.compile(r"\s*/\s*|\s[-–]\s")
_NEVER_INSIDE = re.compile(r"[;,|\r\n]")
_DIGIT = re.compile(r"\d")


def numbers_in(text: str) -> tuple[str, ...]:
    """The texts to read as a number, in turn: the whole cell, then each of several numbers that it may hold.

    The whole is '' where it cannot be one number ('0687554433;0142685300', whose end would be read as an extension).
    """
    text = _INVISIBLE.sub("", text).strip(" \t'’")
    if whole_number := _DECIMAL_ZERO.fullmatch(text):
        text = whole_number[1]
    pieces = [piece for piece in _pieces(text) if len(digits_of(piece)) >= _LEAST_DIGITS]
    text = text if pieces else text.replace(",", " ")
    whole = "" if len(pieces) > 1 and _NEVER_INSIDE.search(text) else _bare(text)
    return tuple(dict.fromkeys((whole, *map(_bare, pieces))))


def digits_of(text: str) -> str:
    """The digits alone, '' for none."""
    return "".join(_DIGIT.findall(text))


def is_placeholder(digits: str) -> bool:
    """Whether eight digits in a row are equal, or run up or down by one: '0600000000', '0123456789'."""
    length, last_step = 1, 0
    for step in _steps(digits):
        length = length + 1 if step == last_step else 2
        last_step = step
        if length >= PLACEHOLDER_RUN and step in (-1, 0, 1):
            return True
    return False


def _steps(digits: str) -> Iterator[int]:
    return (int(after) - int(before) for before, after in pairwise(digits))


def _pieces(text: str) -> list[str]:
    """The cell cut where one number may end; at spaces only where each part could be a whole number."""
    parts = text.split()
    if len(parts) > 1 and all(len(digits_of(part)) >= PLACEHOLDER_RUN for part in parts):
        return parts
    return [piece for part in _BETWEEN.split(text) for piece in _cut_at_marks(part)]


def _cut_at_marks(text: str) -> Iterator[str]:
    """A text cut at a slash or hyphen behind a whole number or before one, but not behind an area code."""
    start = 0
    for mark in _PERHAPS_BETWEEN.finditer(text):
        before = text[start : mark.start()]
        if len(digits_of(before)) >= PLACEHOLDER_RUN or _WHOLE_NUMBER.match(text, mark.end()):
            yield before
            start = mark.end()
    yield text[start:]


def _bare(number: str) -> str:
    """Without an extension ('poste 12') and without words after it, which would be read as keys of a phone."""
    return _WORDS_AFTER.sub("", _EXTENSION.sub("", number.strip())).strip()
