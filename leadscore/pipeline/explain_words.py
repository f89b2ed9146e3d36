"""What an explanation says in words, in the terminal and on a page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from leadscore.pipeline.counterfactual import HIGHEST, KEPT, Counterfactual, Step
from leadscore.pipeline.explain import SEGMENTS, Explanation, Line
from leadscore.pipeline.move_words import BLANK
from leadscore.plan.plan import UNKNOWN
from leadscore.scoring.reasons import signed

_NUMBER = ".10g"  # a score as it is, without the noise of its last bits
_SAID_ABOVE = frozenset(
    {"score", "band", "band_range", "rank", "reasons", "score_low", "score_high", "coverage", "excluded_by"}
)


@dataclass(frozen=True)
class Told:
    """What would move a lead up: a sentence, its steps, where they lead ('' for nowhere), and what to know of it."""

    sentence: str
    steps: tuple[str, ...] = ()
    leads_to: str = ""
    note: str = ""


def number_said(number: float) -> str:
    """A score, '-' for none."""
    return "-" if math.isnan(number) else f"{number:{_NUMBER}}"


def has_something_to_say(line: Line, decimals: int) -> bool:
    """Whether a line is worth its place: a criterion that counts, or a line that adds something."""
    return bool(line.weight or line.case or round(line.contribution, decimals + 1))


def added_said(line: Line, decimals: int) -> str:
    """'+16.67': one decimal more than scores have, so that what is added up can be followed."""
    return signed(line.contribution, decimals + 1)


def read_said(line: Line) -> str:
    """'email_validity: fail (from E-mail "jean@acme", email_reason: no_domain)'; blank and unknown are not the same."""
    if not line.column:
        return ""
    why = ", ".join(filter(None, (_origin_said(line), line.reason)))
    return f"{line.column}: {_value_said(line)}{f' ({why})' if why else ''}"


def _value_said(line: Line) -> str:
    if not line.read:
        return BLANK
    if line.is_known:
        return line.read
    if line.column == SEGMENTS:
        return line.read
    if line.read == UNKNOWN:
        return f"{UNKNOWN} (could not be judged)"
    return f"{line.read} (cannot be read, counts as blank)"


def _origin_said(line: Line) -> str:
    if not line.origin:
        return ""
    return f'from {line.origin} "{line.raw}"' if line.raw else f"from {line.origin} {BLANK}"


def case_said(line: Line) -> str:
    """'is FR; BE: 100 points, weight 1', 'only asked of Big', '' for the lines below the criteria."""
    if line.weight is None:
        return line.case
    gives = "skipped, its weight is left out" if line.points is None else f"{line.points:g} points"
    return f"{line.case}: {gives}, weight {line.weight:g}"


def headline(explanation: Explanation) -> str:
    """'score 80, Warm, rank 151 of 298'."""
    columns = explanation.columns
    has_rank = is_said(columns["rank"])
    if columns["excluded_by"] and not has_rank:
        stands = [f"excluded by {columns['excluded_by']}"]
    else:
        rank = f"rank {columns['rank']:g} of {explanation.ranked}" if has_rank else ""
        stands = [str(columns.get("band", "")), rank]
    score = columns["score"]
    shown = number_said(score) if isinstance(score, float) else str(score)
    return ", ".join(filter(None, (f"score {shown}", *stands)))


def certainty(explanation: Explanation) -> str:
    """'80% of the weight is known; once all is, the score is 80 to 100, Warm..Hot'."""
    columns = explanation.columns
    low, high, coverage = (columns[name] for name in ("score_low", "score_high", "coverage"))
    if not (isinstance(coverage, float) and isinstance(low, float) and isinstance(high, float)):
        return ""
    if math.isnan(coverage) or math.isnan(low):
        return ""
    known = f"{coverage:.0%} of the weight is known"
    if low == high:
        return known
    bands = columns.get("band_range", "")
    span = f", {bands}" if bands and ".." in str(bands) else ""
    return f"{known}; once all is, the score is {number_said(low)} to {number_said(high)}{span}"


def others(explanation: Explanation) -> list[tuple[str, str]]:
    """The other columns of the results that say something of this lead, by name."""
    return [
        (name, f"{value:{_NUMBER}}" if isinstance(value, float) else str(value))
        for name, value in explanation.columns.items()
        if name not in _SAID_ABOVE and not name.startswith("contribution: ") and is_said(value)
    ]


def is_said(value: object) -> bool:
    """Whether a cell of the results holds something."""
    return value is not None and value != "" and not (isinstance(value, float) and math.isnan(value))


def lift_told(lift: Counterfactual, decimals: int) -> Told:
    """What would move the lead up, a sentence for each step."""
    if lift.why_not:
        return Told(f"Nothing to do: {lift.why_not}.")
    cells = f"{lift.fields} cell{'s' * (lift.fields != 1)}"
    note = "Not every combination could be tried; there may be a smaller change." if lift.is_bounded else ""
    if not lift.steps:
        return Told(f"{_goal_said(lift)}: no change of up to {cells} brings it any higher.", note=note)
    steps = tuple(step_said(step, decimals) for step in lift.steps)
    leads_to = ", ".join(filter(None, (f"score {number_said(lift.score)}", lift.band)))
    if lift.goal == HIGHEST:
        return Told("The model has no bands; of all single cells, this one raises the score most:", steps, leads_to)
    if lift.reached:
        fewest = "" if lift.is_bounded or lift.fields == 1 else ", and no fewer would do"
        return Told(f"{_goal_said(lift)}: change {cells}{fewest}.", steps, leads_to, note)
    return Told(
        f"{_goal_said(lift)}: no change of up to {cells} suffices. The best they can do:", steps, leads_to, note
    )


def _goal_said(lift: Counterfactual) -> str:
    if lift.goal == HIGHEST:
        return "The model has no bands"
    return "Out of the exclusion" if lift.goal == KEPT else f"To {lift.goal}"


def step_said(step: Step, decimals: int) -> str:
    """'Budget: from (blank) to 10000 or more (+16.7)'."""
    gain = "" if math.isnan(step.gain) else f" ({signed(step.gain, decimals)})"
    before = f'"{step.before}"' if step.before else BLANK
    return f"{step.column}: from {before} to {step.after}{gain}"
