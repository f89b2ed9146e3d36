# ruff: noqa: INP001  a script is run, not imported
"""Write the sample leads: leads.xlsx, a workbook with its own sheet Scoring, and the same leads as leads.csv.

    python sample_data/make_samples.py [FOLDER]

Five hundred invented people, with the dirt that real sheets have. What they are made of stands in invented.toml; the
model is the one of configs/original. The same files come out every time, on every day.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from leadscore.pipeline.init import dressed
from leadscore.sheets.template_book import TemplateSheet, write_template
from leadscore.values.cells import text_of
from leadscore.values.folding import fold

HERE = Path(__file__).parent
MODEL = HERE.parent / "configs" / "original" / "Scoring.csv"
INVENTED: dict[str, Any] = tomllib.loads((HERE / "invented.toml").read_text(encoding="utf-8"))
DIRT: dict[str, list[str]] = INVENTED["dirt"]
SEED = 20261121
FIRST_DAY, DAYS = date(2026, 1, 5), 315  # leads came in from January to mid-November
BLANK_ROWS = (58, 59, 213, 377)  # rows of the leads that are left blank
HEADINGS = (
    *("Id", "First name", "Last name", "E-mail", "Phone", "Country", "Postcode", "City", "Company", "Website"),
    *("Job title", "Industry", "Headcount", "Budget", "Source", "Message", "Created at"),
)
WIDTHS = {"E-mail": 60, "Phone": 26, "Company": 34, "Website": 50, "Budget": 20, "Message": 60, "Created at": 14}
# In these Excel keeps what is typed; Phone is left out, so that numbers typed as numbers have lost their zero.
TEXT_HEADINGS = frozenset({"Id", "Postcode", "Headcount", "Company", "Message"})

Lead = dict[str, Any]
Item = TypeVar("Item")


class Dice:
    """Chance that falls the same way on every Python: of `random` only `random()` is promised never to change."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  nothing here is secret

    def below(self, end: int) -> int:
        return int(self._random.random() * end)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def digits(self, pattern: str) -> str:
        """'64#######' -> '641730528'."""
        return re.sub("#", lambda _: str(self.below(10)), pattern)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        places = sorted(range(len(items)), key=lambda _: self._random.random())
        return [items[place] for place in places]


def make_leads() -> list[Lead]:
    """Every row of the sheet, the blank ones too."""
    dice = Dice(SEED)
    countries = [name for name, country in INVENTED["countries"].items() for _ in range(country["share"])]
    leads = [_lead(country, dice) for country in dice.shuffled(countries)]
    _put_dirt(leads, dice)
    _put_specials(leads, dice)
    leads += _doubles(leads)
    for number, lead in enumerate(leads, start=1):
        lead.setdefault("Id", f"L-{number:04}")
    leads[-1]["Id"] = leads[3]["Id"]  # two leads, one id
    for row in BLANK_ROWS:
        leads.insert(row, dict.fromkeys(HEADINGS, ""))
    return leads


def _lead(country: str, dice: Dice) -> Lead:
    """A lead as it should be: whole, and spelled in one of the usual ways."""
    home = INVENTED["countries"][country]
    made_of = INVENTED["companies"]
    postcode, town = _postcode_and_town(dice.pick(home["towns"]))
    company = f"{dice.pick(made_of['kinds'])} {dice.pick(made_of['names'])}"
    lead = {
        "First name": dice.pick(INVENTED["first_names"][home["language"]]),
        "Last name": dice.pick(INVENTED["surnames"]),
        "Country": dice.pick(home["spelled"]),
        "Postcode": postcode,
        "City": town,
        "Company": f"{company} {dice.pick(home['forms'])}".strip(),
        "domain": _slug(company, "-") + home["domain"],
        "Phone": _spelled_phone(*dice.digits(dice.pick(INVENTED["phones"][country])).split(), country, dice),
        "Budget": _budget(dice),
        "Created at": _day(dice),
    }
    for heading, words in (("Job title", "titles"), ("Industry", "industries"), ("Headcount", "headcounts")):
        lead[heading] = dice.pick(made_of[words])
    lead["Source"] = dice.pick(made_of["sources"])
    lead["Message"] = dice.pick(made_of["messages"]) if dice.chance(0.5) else ""
    lead["E-mail"] = dice.pick(("{name}@{domain}", "{name}@{domain}", "{first}@{domain}")).format(**_parts(lead))
    lead["Website"] = dice.pick(("www.{0}", "https://www.{0}/", "{0}", "http://{0}/contact", "")).format(lead["domain"])
    return lead


def _postcode_and_town(text: str) -> tuple[str, str]:
    """'75011 Paris' -> its two halves; Dutch and British postcodes have a space inside."""
    parts = re.fullmatch(r"([A-Z]{1,2}\d\w? \d[A-Z]{2}|\d{4} [A-Z]{2}(?= )|\S+) (.+)", text)
    if parts is None:
        raise ValueError(text)
    return parts[1], parts[2]


def _slug(text: str, between: str) -> str:
    return re.sub("[^a-z0-9]+", between, fold(text)).strip(between)


def _parts(lead: Lead) -> dict[str, str]:
    """What addresses are made of."""
    first, last, domain = _slug(lead["First name"], "-"), _slug(lead["Last name"], ""), lead["domain"]
    name = f"{first}.{last}"
    stem = domain.partition(".")[0]
    return {"first": first, "last": last, "name": name, "NAME": name.upper(), "domain": domain, "stem": stem,
            "DOMAIN": domain.upper()}  # fmt: skip


def _spelled_phone(code: str, number: str, country: str, dice: Dice) -> str:
    """'33', '199004731' -> '01 99 00 47 31' or any of nine more spellings; abroad mostly with the country code."""
    home = f"0{number}"
    pairs = " ".join(re.findall("..?", home))
    rest = f"{number[0]} {' '.join(re.findall('..?', number[1:]))}"
    abroad = (f"+{code} {rest}", f"+{code}{number}", f"00{code}{number}", f"(+{code}) {rest}")
    at_home = (pairs, home, *(pairs.replace(" ", mark) for mark in (".", "-", "\u00a0")), f"+{code} (0){rest}")
    return dice.pick(abroad + at_home if country in ("FR", "BE", "CH") else abroad)


def _budget(dice: Dice) -> int | str:
    if dice.chance(0.35):
        return dice.pick((1500, 4800, 8000, 12000, 15000, 22000, 30000, 45000, 52000, 80000, 150000))
    return dice.pick(INVENTED["budgets"]["texts"]) if dice.chance(0.5) else ""


def _day(dice: Dice) -> date | str:
    day = FIRST_DAY + timedelta(days=dice.below(DAYS))
    if dice.chance(0.85):
        return day
    return f"{day:{dice.pick(('%d/%m/%Y', '%Y-%m-%d', '%d.%m.%Y', '%d/%m/%y'))}}"


def _put_dirt(leads: list[Lead], dice: Dice) -> None:
    """Every kind of dirt, each on leads of its own within a column, so that none hides another."""
    emails, others = iter(dice.shuffled(leads)), iter(dice.shuffled(leads))
    phones = iter(dice.shuffled([lead for lead in leads if lead["domain"].endswith(".fr")]))
    _put_email_dirt(emails, dice)
    for cell in (*DIRT["broken_phones"], *DIRT["odd_phones"]):
        next(phones)["Phone"] = cell
    for _ in range(44):
        next(phones)["Phone"] = ""
    for _ in range(18):
        next(phones)["Phone"] = int(dice.digits("64#######"))  # typed as a number, the zero is lost
    for _ in range(6):
        next(phones)["Phone"] = int(dice.digits("3378#######"))
    for cell in INVENTED["budgets"]["vague"] * 4:
        next(others)["Budget"] = cell
    for heading, count in (("Country", 26), ("Postcode", 14), ("Company", 20), ("First name", 12), ("Created at", 8)):
        for _ in range(count):
            next(others)[heading] = ""
    for one, other in (("First name", "Last name"), ("E-mail", "Phone"), ("Company", "Job title")) * 3:
        lead = next(others)
        lead[one], lead[other] = lead[other], lead[one]
    next(others)["Message"] = "Un message très, très long. " * 150


def _put_email_dirt(leads: Any, dice: Dice) -> None:
    for domain in DIRT["free_domains"] * 5:
        lead = next(leads)
        lead["E-mail"] = f"{_parts(lead)['name']}.{dice.digits('###')}@{domain}"
    for template in (
        *DIRT["education_addresses"] * 4,
        *DIRT["government_addresses"] * 3,
        *DIRT["repairable_emails"] * 3,
    ):
        lead = next(leads)
        lead["E-mail"] = template.format(**_parts(lead))
    for template in (*DIRT["broken_emails"], *DIRT["accented_emails"]):
        lead = next(leads)
        lead["E-mail"] = template.format(**_parts(lead))
    for role in DIRT["roles"] * 4:
        lead = next(leads)
        lead["E-mail"] = f"{role}@{lead['domain']}"
    for domain in DIRT["disposable_domains"] * 4:
        lead = next(leads)
        lead["E-mail"] = f"{_parts(lead)['first']}{dice.digits('##')}@{domain}"
    for _ in range(28):
        next(leads)["E-mail"] = ""


def _put_specials(leads: list[Lead], dice: Dice) -> None:
    for lead, special in zip(dice.shuffled(leads), INVENTED["special"], strict=False):
        lead.update(special)


def _doubles(leads: list[Lead]) -> list[Lead]:
    """Leads that came in twice: three exactly as before, three a little different, then one with another's id."""
    exact = [dict(lead) for lead in leads[20:23]]
    near = [dict(lead) for lead in leads[120:124]]
    near[0]["E-mail"] = str(near[0]["E-mail"]).upper()
    near[1] |= {"First name": str(near[1]["First name"])[:1] + ".", "Phone": f"{near[1]['Phone']} "}
    near[2] |= {"Last name": fold(near[2]["Last name"]), "Company": f"{near[2]['Company']} France", "Budget": ""}
    return exact + near


def _write_workbook(leads: list[Lead], path: Path) -> None:
    rows = [[lead.get(heading, "") for heading in HEADINGS] for lead in leads]
    source = TemplateSheet("Source", HEADINGS, rows, text_headings=TEXT_HEADINGS, widths=WIDTHS, is_input=False)
    with MODEL.open(encoding="utf-8", newline="") as file:
        (_, scoring) = dressed({"Source": [list(HEADINGS)], "Scoring": list(csv.reader(file))}, "en")
    path.unlink(missing_ok=True)
    write_template([source, scoring], path)


def _write_csv(leads: list[Lead], path: Path) -> None:
    """The same leads as text. With a byte order mark, so that Excel reads the accents."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows([_as_text(lead.get(heading, "")) for heading in HEADINGS] for lead in leads)


def _as_text(cell: Any) -> str:
    return cell if isinstance(cell, str) else text_of(cell)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    leads = make_leads()
    _write_workbook(leads, folder / "leads.xlsx")
    _write_csv(leads, folder / "leads.csv")


if __name__ == "__main__":
    main()
