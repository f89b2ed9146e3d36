"""What the tables of `history` say in words: how runs ended, what they changed, what leads are called."""

from __future__ import annotations

from leadscore.runs.history import PastRun
from leadscore.terminal.words import counted

# What an exit code of design.md section 7 means for a run that ended with it.
_ENDINGS = {
    0: "done",
    1: "a bug of ours",
    2: "wrong call",
    3: "model invalid",
    4: "source or output unusable",
    75: "try later: a file was in use",
    130: "interrupted",
}
_NEWS = {
    "model": "new model",
    "day": "new day",
    "reference data": "new reference data",
    "leadscore": "new leadscore",
    "options": "other options",
}
_ID = "id "  # how a key begins that is an id and no hash


def ended_said(run: PastRun) -> str:
    """'done', 'model invalid (exit code 3)', 'killed'; the last run may still be at work."""
    code = run.record.exit_code
    if code is None:
        return "at work, or killed" if run.is_last else "killed"
    return _ENDINGS.get(code, "failed") + (f" (exit code {code})" if code else "")


def changed_said(run: PastRun) -> str:
    """'new model, new day: 12 scores, 4 bands, 3 leads new, 1 gone' of a run that wrote its files."""
    if run.previous is None:
        return "first run"
    news, effects = ", ".join(_NEWS[name] for name in run.news), ", ".join(_effects(run))
    if effects:
        return f"{news}: {effects}" if news else effects
    if news:
        return news if run.counts is None else f"{news}: no score"
    return "cells, but no score" if run.has_new_leads_read else "nothing"


def _effects(run: PastRun) -> list[str]:
    counts, said = run.counts, []
    if counts is not None:
        said += [counted(counts.scores, "score")] if counts.scores else []
        said += [counted(counts.bands, "band")] if counts.bands else []
        said += [f"{counted(counts.new, 'lead')} new"] if counts.new else []
    return [*said, f"{run.gone:,} gone"] if run.gone else said


def id_of(key: str) -> str:
    """The id of a lead, as it is compared; '' for one that goes by its e-mail, of which there is a hash alone."""
    return key.removeprefix(_ID) if key.startswith(_ID) else ""
