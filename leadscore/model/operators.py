"""The operators of the sheet Scoring and what each takes as its Value."""

from enum import StrEnum


class Family(StrEnum):
    """What an operator's Value holds."""

    TEXT = "texts"
    PATTERN = "patterns"
    RANGE = "ranges"
    BOUND = "one number or date"
    DAYS = "one number of days"
    LIST = "names of lists"
    SEGMENT = "names of segments"
    NOTHING = "nothing"


# Operator -> family, in the order of design.md section 3. What each one tests is in `scoring.operators`.
FAMILIES: dict[str, Family] = {
    "is": Family.TEXT,
    "is not": Family.TEXT,
    "contains": Family.TEXT,
    "does not contain": Family.TEXT,
    "starts with": Family.TEXT,
    "ends with": Family.TEXT,
    "has word": Family.TEXT,
    "matches": Family.PATTERN,
    "between": Family.RANGE,
    ">": Family.BOUND,
    ">=": Family.BOUND,
    "<": Family.BOUND,
    "<=": Family.BOUND,
    "is blank": Family.NOTHING,
    "is not blank": Family.NOTHING,
    "in list": Family.LIST,
    "not in list": Family.LIST,
    "in segment": Family.SEGMENT,
    "not in segment": Family.SEGMENT,
    "within days": Family.DAYS,
    "older than days": Family.DAYS,
    "in next days": Family.DAYS,
    "otherwise": Family.NOTHING,
}
SEGMENT_OPERATORS = frozenset(name for name, family in FAMILIES.items() if family is Family.SEGMENT)
BLANK_OPERATORS = frozenset({"is blank", "is not blank"})
DAY_OPERATORS = frozenset(name for name, family in FAMILIES.items() if family is Family.DAYS)
COMPARING = frozenset(name for name, family in FAMILIES.items() if family in (Family.RANGE, Family.BOUND))
EXACT = frozenset({"is", "is not"})
# What may be asked of the name of an activity, which is a text and never blank.
ACTIVITY_OPERATORS = tuple(
    name
    for name, family in FAMILIES.items()
    if family in (Family.TEXT, Family.PATTERN, Family.LIST) or name == "is not blank"
)
