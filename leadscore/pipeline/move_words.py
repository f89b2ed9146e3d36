"""A move in words: '10000 or more', 'FR, BE or CH', 'a valid professional address'. For the terminal, so in English."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.model.frozen import Bound, ListName, Operand, Range, Test
from leadscore.pipeline.bench import Bench, Trial
from leadscore.pipeline.moves import Move
from leadscore.plan.plan import source_key
from leadscore.scoring.proof.asks import LISTS
from leadscore.scoring.proof.candidates import SOMETHING_ELSE
from leadscore.scoring.segments import Met
from leadscore.values.cells import number_text

BLANK = "(blank)"
_OTHER = "a value that the model does not name"
# Operator -> what a value is for which it holds; {} is what it compares with.
_PHRASES = {
    "is": "{}",
    "is not": "anything but {}",
    "contains": "a text that contains {}",
    "does not contain": "a text without {}",
    "starts with": "a text that starts with {}",
    "ends with": "a text that ends with {}",
    "has word": "a text with the word {}",
    "has word of list": "a text with, as a word, {}",
    "matches": "a text that matches {}",
    "between": "{}",
    ">": "more than {}",
    ">=": "{} or more",
    "<": "less than {}",
    "<=": "{} or less",
    "> day": "a day after {}",
    ">= day": "{} or later",
    "< day": "a day before {}",
    "<= day": "{} or earlier",
    "is blank": BLANK,
    "is not blank": "any value",
    "in list": "an entry of the list {}",
    "not in list": "no entry of the list {}",
    "within days": "a day within the last {} days",
    "older than days": "a day more than {} days ago",
    "in next days": "a day in the next {} days",
    "otherwise": _OTHER,
}
_WEAK = frozenset({"otherwise", "is not blank"})  # they say nothing that others leave open


def said(move: Move, bench: Bench) -> str:
    """What a cell is to hold. With an example, unless the words hold it already."""
    if not move.text:
        return BLANK
    if move.said:
        return move.said
    found = list(dict.fromkeys(_tests(move, bench.trial([{}, {move.column: move.text}]))))
    told = [test for test in found if test.operator not in _WEAK] or found
    words = " and ".join(dict.fromkeys(map(phrase, told))) or _OTHER
    is_shown = move.text in words or move.text.startswith((SOMETHING_ELSE, "-"))
    return words if is_shown else f"{words}, such as {move.text}"


def phrase(test: Test) -> str:
    """'FR, BE or CH', '10000 or more', 'a day within the last 30 days'."""
    values = [_operand(operand, test.operator) for operand in test.operands]
    listed = " or ".join(filter(None, [", ".join(values[:-1]), *values[-1:]]))
    return _PHRASES[_name(test)].format(listed)


def _name(test: Test) -> str:
    """The phrase of a test: days are before and after, a word is also said of lists."""
    if any(isinstance(operand, Bound) and operand.day is not None for operand in test.operands):
        return f"{test.operator} day"
    is_list = test.operator == "has word" and any(isinstance(operand, ListName) for operand in test.operands)
    return "has word of list" if is_list else test.operator


def _operand(operand: Operand, operator: str) -> str:
    if isinstance(operand, Range):
        return f"{operand.low} to {'less than ' if operand.open_end else ''}{operand.high}"
    if isinstance(operand, Bound) and operand.number is not None:
        return number_text(operand.number)
    if isinstance(operand, ListName):
        return operand.list_name if operator in LISTS else f"an entry of the list {operand.list_name}"
    return str(operand)


def _tests(move: Move, trial: Trial) -> Iterator[Test]:
    """The cases that decide and the conditions that hold after the move and not before."""
    plan = trial.plan
    for row, one in zip(plan.criteria, trial.answers.asked, strict=True):
        before, after = (int(place) for place in one.answer.case[one.codes])
        if move.column in row.source.columns and after not in (before, -1):
            yield row.criterion.cases[after]
    for segment in plan.segments:
        for condition, source in segment.conditions:
            held, _ = Met(condition, trial.answers.values[source_key(source)]).meets(plan.surroundings)
            if move.column in source.columns and held[1] and not held[0]:
                yield condition
