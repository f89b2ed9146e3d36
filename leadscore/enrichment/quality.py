"""What the verdicts on a lead say together: how much of it is right, and how it can be reached."""

from collections.abc import Callable

from leadscore.enrichment.step import Context, MadeColumn

# Verdicts on the lead's own cells. That an e-mail does not look like the name, or is at another domain than the
# website, is no fault.
VERDICTS = (
    "email_validity",
    "phone_validity",
    "name_plausible",
    "phone_country_matches",
    "country_consistent",
    "siren_validity",
    "siret_validity",
    "vat_validity",
)
NEEDS = (*VERDICTS, "email_type")
MAKES = (
    MadeColumn(
        "data_quality_score",
        "The share of the verdicts ok among those known; blank when nothing could be judged.",
        kind="share",
    ),
    MadeColumn(
        "contactability",
        "How the lead can be reached: a valid e-mail that is not disposable, a valid phone number, both or none.",
        ("email_and_phone", "email", "phone", "none", "unknown"),
    ),
)


def prepare(_: Context) -> Callable[..., tuple[float | str, str]]:
    """The verdicts of one lead, then the type of its e-mail -> data_quality_score 0..1 ('' unknown), contactability."""

    def answer(*cells: str) -> tuple[float | str, str]:
        *verdicts, email_type = cells
        known = [verdict == "ok" for verdict in verdicts if verdict in ("ok", "fail")]
        email, phone = verdicts[:2]
        return sum(known) / len(known) if known else "", _contactability(email, phone, email_type)

    return answer


def _contactability(email: str, phone: str, email_type: str) -> str:
    by_email, by_phone = email == "ok" and email_type != "disposable", phone == "ok"
    if by_email or by_phone:
        return "email_and_phone" if by_email and by_phone else "email" if by_email else "phone"
    return "unknown" if "unknown" in (email, phone) else "none"
