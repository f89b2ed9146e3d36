"""A case of the model as one sentence in the model's language: how it was understood."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from leadscore.model.frozen import Bound, Operand, Range
from leadscore.model.model import Case, Criterion
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.vocabulary import Language
from leadscore.values.cells import number_text

_MANY = {"lead": "leads", "activity": "activities"}


def case_sentence(case: Case, criterion: Criterion, language: Language) -> str:
    """'phone_country is FR, BE or CH → +100'."""
    points = said("skip", language) if case.points is None else signed(case.points, language)
    return f"{_asked(case, criterion, language)} → {points}"


def said(name: str, language: Language, **parts: object) -> str:
    """A sentence or a part of one by its name."""
    return _sentences()[name][language].format(**parts)


def count_said(number: int, language: Language, what: str = "lead") -> str:
    """'1 lead', '1,214 leads', in French '1 214 leads'; of an 'activity' the like."""
    text = f"{number:,}" if language == "en" else f"{number:,}".replace(",", "\u202f")
    return said(what if number == 1 else _MANY[what], language, count=text)


def values_said(operands: Sequence[Operand], language: Language) -> str:
    """'FR, BE or CH'."""
    return _joined([_operand(operand, language) for operand in operands], language)


def number_said(number: float, language: Language) -> str:
    """'12.5', in French '12,5'."""
    text = number_text(number)
    return text.replace(".", ",") if language == "fr" else text


def signed(points: float, language: Language) -> str:
    """'+20', '-5'."""
    text = number_said(points, language)
    return f"+{text}" if points > 0 else text


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("leadscore.plan.doubts").joinpath("sentences.toml").read_text(encoding="utf-8"))


def _asked(case: Case, criterion: Criterion, language: Language) -> str:
    values = values_said(case.operands, language)
    return said(_name(case, criterion), language, field=criterion.field, values=values)


def _name(case: Case, criterion: Criterion) -> str:
    """The sentence of a case: days are before and after, numbers more and less."""
    if any(isinstance(operand, Bound) and operand.day is not None for operand in case.operands):
        return f"{case.operator} day"
    about_segments = any(other.operator in SEGMENT_OPERATORS for other in criterion.cases)
    return "otherwise segment" if case.operator == "otherwise" and about_segments else case.operator


def _operand(operand: Operand, language: Language) -> str:
    if isinstance(operand, Range):
        name = "range open" if operand.open_end else "range"
        return said(name, language, low=_operand(operand.low, language), high=_operand(operand.high, language))
    if isinstance(operand, Bound) and operand.number is not None:
        return number_said(operand.number, language)
    return str(operand).strip("[]")


def _joined(values: Sequence[str], language: Language) -> str:
    """'FR', 'FR or BE', 'FR, BE or CH'."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} {said('or', language)} {values[-1]}"
