"""What a summary says of accounts: how many there are, and the best of them."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.pipeline.figures import Figures
from leadscore.pipeline.summary_words import Words, column, in_sentence, names_column
from leadscore.sheets.output import OutBlock, OutChart, OutColumn


def account_blocks(figures: Figures, words: Words) -> Iterator[OutBlock]:
    """The best accounts, where the model asks for accounts and one of them has a score."""
    found = figures.accounts
    if found is None or not found.best:
        return
    best = found.best
    heading = words.say(
        "accounts_are" if found.accounts > 1 else "accounts_one",
        count=words.count(found.accounts),
        name=in_sentence(best[0].name),
        score=words.number(best[0].score),
    )
    columns = [
        names_column(words.say("account"), [one.name for one in best]),
        column(words.say("score"), [one.score for one in best], "score"),
        column(words.say("leads"), [one.members for one in best]),
        column(words.say("counted_leads"), [one.counted for one in best]),
    ]
    if any(one.band for one in best):
        columns.append(OutColumn(words.say("band"), [one.band for one in best], "text"))
    chart = OutChart(words.say("accounts_chart"), (1,), words.say("account"), words.say("score"), heading)
    more = words.say("more", count=words.count(found.accounts - len(best))) if found.accounts > len(best) else ""
    yield OutBlock(heading, columns, chart, words.say("accounts_note"), more)
