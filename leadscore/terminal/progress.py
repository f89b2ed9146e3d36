"""A sign of life while a run works."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from rich.console import Console


def messages() -> Console:
    """The console for people: stderr, without colour where that is no terminal; no text is ever read as markup."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def answers(plain_width: int) -> Console:
    """The console for what was asked for: stdout, of that many characters and no colour where that is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=plain_width, no_color=True)


def working(what: str, *, quiet: bool) -> AbstractContextManager[Any]:
    """A spinner with elapsed words on a terminal; nothing anywhere else."""
    console = messages()
    return nullcontext() if quiet or not console.is_terminal else console.status(f"{what} …")
