"""The sheet Settings: one setting per row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadscore.issues import Place
from leadscore.model.findings import Findings
from leadscore.model.grid import Grid
from leadscore.model.model import RollUp, Settings, Treatment
from leadscore.model.operands import pieces_of
from leadscore.model.table import Entry, Headings, read_table
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import LANGUAGES, Language, vocabulary
from leadscore.reference import country_code

SETTINGS = Headings(("setting", "value", "comment"), ("setting", "value"))
MOST_DECIMALS = 6
MOST_ROWS = 1_048_576  # of a sheet in Excel


def read_settings(grid: Grid, reader: Reader) -> Settings:
    """Every setting that is said; an unknown one, a wrong value or one said twice is told."""
    read: dict[str, Any] = {}
    places: dict[str, tuple[Place, Place]] = {}  # of the name, of the value
    for row in read_table(grid, SETTINGS, reader.language, reader.findings):
        entry, value = row["setting"], row["value"]
        name = _setting(entry, reader)
        if name in places:
            reader.findings.add("name-twice", entry.place, entry.text, first=places[name][0])
        elif name and value.text:
            read[name] = _SETTINGS[name](value, reader)
        if name:
            places.setdefault(name, (entry.place, value.place))
    read.pop("language", None)
    settings = Settings(
        **{name: value for name, value in read.items() if value is not None},
        places=tuple((name, place) for name, (_, place) in places.items()),
    )
    _check_account_weight(settings, reader)
    return settings


def _check_account_weight(settings: Settings, reader: Reader) -> None:
    """A weighted mean needs a weight, and nothing else does."""
    said = {name: reader.say("settings", name) for name in ("account_roll_up", "account_weight")}
    roll_up, place = settings.account_roll_up, settings.place_of("account_roll_up")
    weighted = reader.say("roll_ups", RollUp.WEIGHTED_MEAN)
    if roll_up is RollUp.WEIGHTED_MEAN and not settings.account_weight:
        reader.findings.add("account-weight-missing", place, weighted, setting=said["account_weight"])
    elif settings.account_weight and roll_up is not RollUp.WEIGHTED_MEAN and (roll_up or not place.cell):
        details = {"setting": said["account_weight"], "roll_up": said["account_roll_up"], "weighted": weighted}
        weight = settings.place_of("account_weight")
        reader.findings.add("account-weight-unused", weight, settings.account_weight, **details)


def said_language(grid: Grid) -> Language | None:
    """The language that the sheet sets, None when it sets none that we know."""
    for row in read_table(grid, SETTINGS, "en", Findings()):
        if vocabulary("settings").find(row["setting"].text) == "language":
            return next((name for name in LANGUAGES if name == vocabulary("languages").find(row["value"].text)), None)
    return None


def _setting(entry: Entry, reader: Reader) -> str:
    """The canonical name of a setting, '' for none."""
    if entry.is_blank:
        reader.findings.add("name-missing", entry.place, what="setting")
    return reader.word(entry, "settings", "setting")


def _header_row(entry: Entry, reader: Reader) -> int | None:
    return _whole_number(entry, reader, MOST_ROWS, "row number")


def _decimals(entry: Entry, reader: Reader) -> int | None:
    return _whole_number(entry, reader, MOST_DECIMALS, f"number from 0 to {MOST_DECIMALS}")


def _whole_number(entry: Entry, reader: Reader, most: int, what: str) -> int | None:
    number = reader.number(entry, "value", percent=False)
    if number is None:
        return None
    if not 0 <= number <= most or not number.is_integer():
        reader.findings.add("setting-wrong", entry.place, entry.text, what=what, example="1")
        return None
    return int(number)


def _country(entry: Entry, reader: Reader) -> str | None:
    code = country_code(entry.text)
    if not code:
        reader.findings.add("setting-wrong", entry.place, entry.text, what="country", example="France or FR")
    return code or None


def _time_zone(entry: Entry, reader: Reader) -> str | None:
    try:
        return ZoneInfo(entry.text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.findings.add("setting-wrong", entry.place, entry.text, what="time zone", example="Europe/Paris")
        return None


def _language(entry: Entry, reader: Reader) -> str | None:
    return reader.word(entry, "languages", "language") or None


def _groups(entry: Entry, reader: Reader) -> tuple[str, ...]:
    """Groups of enrichment columns, each as the vocabulary names it; an unknown one is told."""
    groups = vocabulary("enrichment_groups")
    named = {piece: groups.find(piece) for piece in pieces_of(entry.text)}
    for piece, name in named.items():
        if not name:
            example = f"{groups.closest(piece) or groups.all_said(reader.language)}"
            reader.findings.add(
                "setting-wrong", entry.place, piece, what="group of enrichment columns", example=example
            )
    return tuple(name for name in named.values() if name)


def _treatment(entry: Entry, reader: Reader) -> Treatment | None:
    word = reader.word(entry, "treatments", "treatment")
    return Treatment(word) if word else None


def _role_activities(entry: Entry, reader: Reader) -> Treatment | float | None:
    """What becomes of the activities of role addresses, or the most points (0 or more) that they give."""
    if word := vocabulary("treatments").find(entry.text):
        return Treatment(word)
    most = reader.quiet().number(entry, "value", percent=False)
    if most is None or most < 0:
        words = vocabulary("treatments").all_said(reader.language)
        what, example = "limit of points", f"{words} or 20"
        reader.findings.add("setting-wrong", entry.place, entry.text, what=what, example=example)
        return None
    return most


def _share(entry: Entry, reader: Reader) -> float | None:
    share = reader.quiet().number(entry, "value")
    if share is None or not 0 <= share <= 1:
        what, example = "share from 0 % to 100 %", "25 %"
        reader.findings.add("setting-wrong", entry.place, entry.text, what=what, example=example)
        return None
    return share


def _roll_up(entry: Entry, reader: Reader) -> RollUp | None:
    word = reader.word(entry, "roll_ups", "account roll-up")
    return RollUp(word) if word else None


def _text(entry: Entry, _: Reader) -> str:
    return entry.text


# Setting -> how its value is read.
_SETTINGS: dict[str, Callable[[Entry, Reader], Any]] = {
    "source_sheet": _text,
    "header_row": _header_row,
    "id_field": _text,
    "language": _language,
    "country": _country,
    "time_zone": _time_zone,
    "decimals": _decimals,
    "examples_as_of": lambda entry, reader: reader.day(entry, "Value"),
    "result_columns": lambda entry, _: tuple(pieces_of(entry.text)),
    "completeness_fields": lambda entry, _: tuple(pieces_of(entry.text)),
    "skip_enrichment": _groups,
    "alert_bands": lambda entry, _: tuple(pieces_of(entry.text)),
    "robot_activities": _treatment,
    "role_address_activities": _role_activities,
    "recycled_share": _share,
    "account_roll_up": _roll_up,
    "account_weight": _text,
}
