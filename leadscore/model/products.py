"""{product} in the sheets Scores and Behaviours: a row that says it stands for one row per product of Lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import re2

from leadscore.model.grid import GridCell
from leadscore.model.model import NamedList
from leadscore.model.table import Entry, Row
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.values.folding import fold

PRODUCT = "product"

_BRACES = re.compile(r"\{\s*([^{}]*?)\s*\}")
_NAMING = ("score", "behaviour")  # the headings under which rows must differ


def products_of(lists: Sequence[NamedList]) -> tuple[str, ...]:
    """The products that a model lists, each once, in the order of their list; () without such a list."""
    products: dict[str, str] = {}
    for entry in next((named.entries for named in lists if _is_product(named.name)), ()):
        products.setdefault(fold(entry), entry)
    return tuple(products.values())


def per_product(
    rows: Iterable[Row], headings: Sequence[str], products: Sequence[str], reader: Reader
) -> Iterator[tuple[Row, str]]:
    """Each row, one with {product} below some of `headings` once per product; and the product that its score is of.

    That is '' unless the Score says {product}. The cells keep their places. A row whose braces cannot be filled in is
    told and left out.
    """
    for row in rows:
        braced = [heading for heading in headings if _asked(row, heading)]
        if not braced:
            yield row, ""
        elif not _tell_wrong(row, braced, products, reader):
            is_score = "score" in braced
            yield from ((_filled(row, braced, product), product if is_score else "") for product in products)


def _asked(row: Row, heading: str) -> list[str]:
    """What stands in braces in a cell; of a pattern only {product}: there, {2} is a count."""
    asked = _BRACES.findall(row[heading].text)
    return [name for name in asked if _is_product(name) or not _is_pattern(row, heading)]


def _is_product(name: str) -> bool:
    return vocabulary("placeholders").find(name) == PRODUCT


def _is_pattern(row: Row, heading: str) -> bool:
    return heading == "activity" and vocabulary("operators").find(row["operator"].text) == "matches"


def _tell_wrong(row: Row, braced: Sequence[str], products: Sequence[str], reader: Reader) -> bool:
    """Whether a row cannot be filled in, which is told of the first cell that says so."""
    placeholder = f"{{{reader.say('placeholders', PRODUCT)}}}"
    for heading in braced:
        for name in _asked(row, heading):
            if not _is_product(name):
                reader.findings.add("braces-unknown", row[heading].place, f"{{{name}}}", placeholder=placeholder)
                return True
    first = row[braced[0]]
    if not products:
        sheet, name = reader.say("sheets", "lists"), reader.say("placeholders", PRODUCT)
        reader.findings.add("products-missing", first.place, first.text, sheet=sheet, name=name)
    elif not set(braced) & set(_NAMING):
        named = " or ".join(reader.say("headings", heading) for heading in _NAMING)
        reader.findings.add("product-unnamed", first.place, first.text, placeholder=placeholder, named=named)
    return not products or not set(braced) & set(_NAMING)


def _filled(row: Row, braced: Sequence[str], product: str) -> Row:
    entries = {heading: _entry(row, heading, product) for heading in braced}
    return Row(row.place, {**row.entries, **entries})


def _entry(row: Row, heading: str, product: str) -> Entry:
    entry, text = row[heading], re2.escape(product) if _is_pattern(row, heading) else product
    filled = _BRACES.sub(lambda match: text if _is_product(match[1]) else match[0], entry.text)
    return Entry(entry.place, GridCell(filled, entry.cell.number_format))
