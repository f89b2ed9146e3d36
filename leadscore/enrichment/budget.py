"""Budget: the amount, its currency, its band. Read as scoring reads numbers, with what people write around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from leadscore.enrichment.quantities import LONGEST, Quantity, keys_of, read_quantity
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.values.days import is_day_like
from leadscore.values.folding import fold, name_key, trim

REASONS = (
    "missing",
    "read",
    "range",
    "at_least",
    "at_most",
    "about",
    "rate",
    "zero",
    "to_define",
    "date",
    "unreadable",
)
# ISO 4217 code -> how people write it, folded. A name that several currencies share is of none: '' below.
_CURRENCY_NAMES = {
    "EUR": ("€", "eur", "euro", "euros"),
    "USD": ("$", "us$", "$us", "usd", "dollar", "dollars"),
    "GBP": ("£", "gbp", "pound", "pounds", "livres sterling"),
    "CHF": ("chf", "sfr", "fr", "fr.", "franc", "francs", "francs suisses"),
    "CAD": ("cad", "ca$", "can$", "c$", "$ca", "$cad"),
    "AUD": ("aud", "a$", "au$"),
    "JPY": ("jpy", "¥", "yen", "yens"),
    "PLN": ("pln", "zl", "zloty", "zlotys"),
    "SEK": ("sek",),
    "NOK": ("nok",),
    "DKK": ("dkk",),
    "CZK": ("czk",),
    "MAD": ("mad",),
    "TND": ("tnd",),
    "XOF": ("xof",),
    "XAF": ("xaf",),
}
CURRENCIES = tuple(_CURRENCY_NAMES)
_SHARED_NAMES = ("kr", "cfa", "fcfa", "francs cfa", "dh", "dhs", "dirham", "dirhams")
BANDS = ("under_1k", "1k_5k", "5k_20k", "20k_100k", "over_100k")
_LIMITS = (1_000, 5_000, 20_000, 100_000)  # the least amount of each band but the first
MAKES = (
    MadeColumn(
        "budget_amount",
        "The budget as a number: the middle of a range, the limit of a bound, and of a rate what one unit costs.",
        kind="number",
    ),
    MadeColumn(
        "budget_currency",
        "The currency that stands beside the amount; blank for a bare number, and $ alone is USD.",
        CURRENCIES,
    ),
    MadeColumn(
        "budget_band",
        "The band of the amount as written, whatever its currency: 5000 is in 5k_20k, and 'at most 5000' in 1k_5k.",
        BANDS,
    ),
    MadeColumn(
        "budget_reason",
        "How the budget was read; rate: per month, day or user; date: Excel made a date of it, and nothing is read.",
        REASONS,
    ),
)

_CODES = dict.fromkeys(_SHARED_NAMES, "") | {name: code for code, names in _CURRENCY_NAMES.items() for name in names}
_LONGEST_FIRST = sorted(_CODES, key=len, reverse=True)
_SIGNS = "|".join(re.escape(name) for name in _LONGEST_FIRST if not name[:1].isalpha() or name.endswith("$"))
_NAMES = "|".join(re.escape(name) for name in _LONGEST_FIRST if name.rstrip(".").isalpha())
# '15keuros': a multiplier may stand at the name. 'valeur' holds no euros.
_CURRENCY = re.compile(rf"(?=[$€£¥a-z])(?:(?P<sign>{_SIGNS})|(?<![a-z])(?P<unit>[km]?)(?P<name>{_NAMES})(?![a-z]))")
_RATE = re.compile(
    r"(?=[/a-z])(?:(?:/|\b(?:par|per)\b)\s*(?:(?:an|mois|jour|heure|semaine|trimestre|utilisateur|user|poste|siege|licence)"
    r"|(?:annee|month|year|day|hour|week|quarter|seat|license|person|personne)|mo|mth|yr|j|h)s?\b"
    r"|\b(?:mensuel|annuel)(?:le)?s?\b|\b(?:monthly|yearly|annually|tjm|per annum)\b|\bp\.a\.)"
)
_NOISE = re.compile(
    r"(?=[a-z:()=])(?:\b(?:ht|htva|ttc|tvac|hors taxes?|(?:excl|incl)(?:uding|\.)? ?(?:vat|taxe?s?|tva)|net|brut)\b"
    r"|\bh\.t\.?|\bt\.t\.c\.?|\b(?:budget|enveloppe|montant|amount|total|estimee?|estimated|prevue?)\b|[:()=])"
)
_LEADING_OF = re.compile(r"^(?:de|of) (?!l')|\b(?:d'|de)$")
_SWISS_END = re.compile(r"(?<=\d)[.,] ?-+$")
_MULTIPLIERS = (
    (re.compile(r"\b(?:mille|milliers?|thousand)\b"), "k"),
    (re.compile(r"(?<![a-z])(?:mio|mln|mn)\b"), "m"),
    (re.compile(r"\bmilliards?\b"), "md"),
)
_MARK = "\u00a4"  # ¤ stands for whatever currency
_BETWEEN_DIGITS = re.compile(rf"\d\s*{_MARK}\s*\d")
# One mark before three digits groups thousands, whatever the column: nobody writes money with three decimals. Millions
# are written so: '1,250 M€'.
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})[.,](\d{3})(?![\d.,]| ?(?:m|bn))")
_BETWEEN_ENDS = re.compile(r"(?<=[\dk]) ?/ ?(?=\d)")
_NO_BUDGET = keys_of("pas de budget; aucun budget; sans budget; budget nul; no budget; zéro; zero")
_TO_DEFINE = keys_of(
    "à définir; à préciser; à discuter; à voir; à déterminer; à étudier; à convenir; non défini; pas défini"
    "; pas encore défini; indéfini; tbd; tba; tbc; to be defined; to be determined; to be discussed; not defined"
    "; undefined; sur devis; selon devis; on quote; flexible; ouvert; open; ça dépend; it depends"
)


class BudgetAnswer(NamedTuple):
    """One value per made column."""

    amount: float | str = ""
    currency: str = ""
    band: str = ""
    reason: str = ""


def prepare(_context: Context) -> Callable[[str], BudgetAnswer]:
    """What one budget cell gives."""

    def answer(budget: str) -> BudgetAnswer:
        text = trim(budget)
        if not text:
            return BudgetAnswer(reason="missing")
        if len(text) > LONGEST:
            return BudgetAnswer(reason="unreadable")
        currency, is_rate, bare = _taken_apart(fold(text))
        quantity = read_quantity(bare, "," if "," in bare else ".")
        if quantity is None:
            return _without_number(text)
        amount = _amount(quantity)
        reason = "rate" if is_rate else _reason(quantity, amount)
        return BudgetAnswer(amount, currency, budget_band(amount, is_most=quantity.low is None), reason)

    return answer


def budget_band(amount: float, *, is_most: bool = False) -> str:
    """The band of an amount, a limit in the band above: 999.99 -> 'under_1k', 1000 -> '1k_5k', 100000 -> 'over_100k'.

    Where the amount is the most there is, its band ends there: 1000 -> 'under_1k'.
    """
    return BANDS[bisect_left(_LIMITS, amount) if is_most else bisect_right(_LIMITS, amount)]


def _taken_apart(plain: str) -> tuple[str, bool, str]:
    """The currency, whether it is a rate, and the bare number of a folded text.

    Two currencies, or one between digits ('1€500'), leave a text that is no number.
    """
    found = {_CODES[match["sign"] or match["name"]] for match in _CURRENCY.finditer(plain)}
    marked = _CURRENCY.sub(rf"\g<unit>{_MARK}", plain) if found else plain
    if len(found) > 1 or _BETWEEN_DIGITS.search(marked):
        return "", False, ""
    text, rates = _RATE.subn(" ", marked.replace(_MARK, " "))
    text = _NOISE.sub(" ", text)
    for pattern, unit in _MULTIPLIERS:
        text = pattern.sub(unit, text)
    text = _SWISS_END.sub("", _LEADING_OF.sub("", " ".join(text.split()).strip(" ,;")).strip())
    if found or text.endswith(("k", "m")):  # a bare '15/20' is rather a day
        text = _BETWEEN_ENDS.sub("-", text)
    return "".join(found), bool(rates), "" if "%" in text else _THOUSANDS.sub(r"\1\2", text)


def _amount(quantity: Quantity) -> float:
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return sum(ends) / len(ends)


def _reason(quantity: Quantity, amount: float) -> str:
    if quantity.form == "exact":
        return "read" if amount else "zero"
    return {"more_than": "at_least", "less_than": "at_most"}.get(quantity.form, quantity.form)


def _without_number(text: str) -> BudgetAnswer:
    key = name_key(text)
    if key in _NO_BUDGET:
        return BudgetAnswer(0.0, band=budget_band(0), reason="zero")
    return BudgetAnswer(reason="to_define" if key in _TO_DEFINE else "date" if is_day_like(text) else "unreadable")
