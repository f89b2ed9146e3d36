"""Country: what the lead says, and whether phone, e-mail, site and VAT number say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from leadscore.enrichment.step import SEPARATOR, Context, MadeColumn
from leadscore.reference import country_code, domain_country, sellers_country

PHONE_NEEDS = ("phone_reason", "phone_country", "country", "email_domain", "email_type")
PHONE_MAKES = (
    MadeColumn(
        "phone_country_matches",
        "Whether the phone is of the lead's country, or of its professional e-mail's where the lead does not say it.",
        ("ok", "fail", "unknown"),
    ),
)
# The columns whose country is compared: the lead's word, then the signs of it.
SIGNS = ("country", "phone", "email", "website", "vat")
NEEDS = ("country_iso2", "phone_country", "email_domain", "email_type", "website_domain", "vat_country")
MAKES = (
    MadeColumn(
        "country_consistent",
        "Whether country, phone, e-mail, website and VAT number are all of one country; unknown when only one says it.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn(
        "country_conflicts",
        "Which of these are of another country than the rest; all of them where none is in the majority.",
        SIGNS,
        many=True,
    ),
)

# Of anybody's mailbox the domain says little: half of French-speaking Belgium and Morocco is at hotmail.fr.
_COMPANY_TYPES = frozenset({"professional", "education", "government"})
_FRENCH_VAT = frozenset({"MC"})  # countries that are in the VAT area of France, with numbers FR…


def email_country(email_domain: str, email_type: str) -> str:
    """The country a seller means that a company's, a school's or an administration's address shows; '' for others."""
    return sellers_country(domain_country(email_domain)) if email_type in _COMPANY_TYPES else ""


def sign_countries(phone_country: str, email: str, website_domain: str, vat_country: str) -> dict[str, str]:
    """What each sign says: its name -> the country a seller means; without those that say none.

    `email` is what `email_country` gives, `website_domain` the domain of the company's own site.
    """
    website = sellers_country(domain_country(website_domain))
    said = {"phone": phone_country, "email": email, "website": website, "vat": sellers_country(vat_country)}
    return {sign: country for sign, country in said.items() if country}


def prepare_phone(_: Context) -> Callable[[str, str, str, str, str], tuple[str]]:
    """Whether the phone's country is the lead's, from PHONE_NEEDS."""

    def answer(reason: str, phone_country: str, country: str, email_domain: str, email_type: str) -> tuple[str]:
        if reason == "missing":
            return ("",)
        expected = sellers_country(country_code(country)) or email_country(email_domain, email_type)
        if not (phone_country and expected):
            return ("unknown",)
        return ("ok" if phone_country == expected else "fail",)

    return answer


def prepare(_: Context) -> Callable[[str, str, str, str, str, str], tuple[str, str]]:
    """Whether all of a lead is of one country, and what is not, from NEEDS."""

    def answer(*texts: str) -> tuple[str, str]:
        country, phone_country, email_domain, email_type, website_domain, vat_country = texts
        if country in _FRENCH_VAT and vat_country == "FR":
            vat_country = country
        signs = sign_countries(phone_country, email_country(email_domain, email_type), website_domain, vat_country)
        said = ({"country": sellers_country(country)} if country else {}) | signs
        return judge(said, is_one_domain=_is_one_domain(email_domain, website_domain))

    return answer


def judge(said: Mapping[str, str], *, is_one_domain: bool) -> tuple[str, str]:
    """Sign -> country, in the order of SIGNS -> the verdict, and the signs that differ from the majority.

    An address and a site at one domain are one witness: where both speak, the site has no vote.
    """
    witnesses = [sign for sign in said if not (sign == "website" and is_one_domain and "email" in said)]
    if len(witnesses) < 2:
        return ("unknown" if witnesses else ""), ""
    if len(set(said.values())) == 1:
        return "ok", ""
    majority = _majority((said[sign] for sign in witnesses), said.get("country", ""))
    return "fail", SEPARATOR.join(sign for sign, country in said.items() if country != majority)


def _majority(countries: Iterable[str], lead_country: str) -> str:
    """The country most often said; of equals the one the lead says, '' where it is none of them."""
    votes = Counter(countries)
    most = max(votes.values())
    leading = [country for country, count in votes.items() if count == most]
    if len(leading) == 1:
        return leading[0]
    return lead_country if lead_country in leading else ""


def _is_one_domain(email_domain: str, website_domain: str) -> bool:
    """Whether they are equal, or one is below the other."""
    return f".{email_domain}".endswith(f".{website_domain}") or f".{website_domain}".endswith(f".{email_domain}")
