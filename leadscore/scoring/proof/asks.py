"""What is asked of one field, sorted by how its texts are read; on that depends whether its classes can be listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from leadscore.model.frozen import Bound, Range, Test
from leadscore.model.operators import COMPARING, DAY_OPERATORS, FAMILIES, Family
from leadscore.scoring.operators import Surroundings, is_domain
from leadscore.values.days import read_day
from leadscore.values.folding import fold
from leadscore.values.numbers import plain_number

EQUALITY = frozenset({"is", "is not", "in list", "not in list"})
LISTS = frozenset({"in list", "not in list"})
PARTS = frozenset({"contains", "does not contain", "starts with", "ends with", "has word"})


@dataclass(frozen=True)
class Look:
    """A field as the proof sees it: a key of its own, the type of its values, its closed words, what means blank.

    `verdict` and `by_verdict` bind an enrichment column to the verdict of its step: verdict -> what it may hold then.
    """

    key: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    blank_values: tuple[str, ...] = ()
    verdict: str = ""
    by_verdict: dict[str, Allowed] = field(default_factory=dict)


@dataclass(frozen=True)
class Allowed:
    """What a column may hold: blank, any text, or only these words."""

    blank: bool = False
    filled: bool = False
    words: frozenset[str] = frozenset()

    def takes(self, text: str) -> bool:
        """Whether a text may stand there."""
        return text in self.words or (self.blank if text == "" else self.filled)


@dataclass(frozen=True)
class Asks:
    """Every test of one field, by the way its texts are read."""

    look: Look
    tests: tuple[Test, ...]
    around: Surroundings

    def of(self, operators: Iterable[str]) -> list[Test]:
        """The tests with one of these operators."""
        wanted = frozenset(operators)
        return [test for test in self.tests if test.operator in wanted]

    @cached_property
    def equal_texts(self) -> list[str]:
        """Every text that a value is compared with for equality, whole lists spelled out."""
        return list(dict.fromkeys(text for test in self.of(EQUALITY) for text in self.around.texts(test.operands)))

    @cached_property
    def domains(self) -> list[str]:
        """Entries of lists that speak for their sub-domains too."""
        entries = (text for test in self.of(LISTS) for text in self.around.texts(test.operands))
        return list(dict.fromkeys(text for text in entries if is_domain(text)))

    @cached_property
    def numbers(self) -> list[float]:
        """The limits of number cases, rising."""
        return sorted({bound.number for bound in self._bounds if bound.number is not None})

    @cached_property
    def days(self) -> list[int]:
        """The limits of date cases as ordinals, rising; ages are counted from the run's day."""
        said = {bound.day.toordinal() for bound in self._bounds if bound.day is not None}
        today = self.around.as_of.toordinal()
        for test in self.of(DAY_OPERATORS):
            count = next(count for count in test.operands if isinstance(count, int))
            said |= {today, today + count if test.operator == "in next days" else today - count}
        return sorted(said)

    @property
    def _bounds(self) -> list[Bound]:
        operands = [operand for test in self.of(COMPARING) for operand in test.operands]
        ranges = [end for operand in operands if isinstance(operand, Range) for end in (operand.low, operand.high)]
        return [*ranges, *(operand for operand in operands if isinstance(operand, Bound))]

    @property
    def has_patterns(self) -> bool:
        """Whether any test is of a pattern: the texts that match one cannot be listed."""
        return any(FAMILIES[test.operator] is Family.PATTERN for test in self.tests)

    @property
    def can_be_listed(self) -> bool:
        """Whether the classes of this field's values follow from its texts and limits alone.

        Not with patterns, nor where one text may be read in two ways that depend on each other: a number that
        contains a word, a country by one of its many names.
        """
        if self.has_patterns or (self.numbers and self.days):
            return False
        if (self.numbers or self.days) and self.look.kind not in ("text", "date" if self.days else "number"):
            return False
        if any(domain.replace(".", "").isdigit() for domain in self.domains):
            return False
        return not self.of(PARTS) or self._parts_stand_alone()

    def _parts_stand_alone(self) -> bool:
        if self.look.kind != "text" or self.numbers or self.days or self.domains:
            return False
        return not any(_reads_otherwise(text, self.around) for text in self.equal_texts)


def _reads_otherwise(text: str, around: Surroundings) -> bool:
    """Whether other texts equal this one by what they mean (numbers, days); yes and no have few spellings."""
    return plain_number(text) is not None or read_day(text, around.day_order) is not None


def folded(texts: Sequence[str]) -> frozenset[str]:
    """The texts after folding, each once."""
    return frozenset(fold(text) for text in texts)
