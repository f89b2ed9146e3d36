"""Whether the domain of an address takes mail, as far as it was looked up."""

from collections.abc import Callable

from leadscore.enrichment.step import Context, MadeColumn, MailVerdict

REASONS = (
    "missing",
    "not_asked",
    "mx",
    "address",
    "no_such_domain",
    "no_records",
    "null_mx",
    "wrong_mx",
    "private_address",
    "refuses_mail",
    "time_out",
    "out_of_time",
    "server_failure",
    "no_resolver",
)
MAKES = (
    MadeColumn(
        "domain_mail",
        "Whether the domain of the e-mail takes mail, looked up with --dns; unknown where nobody asked or answered.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn("domain_mail_reason", "Why the verdict on the domain; not_asked: nothing was looked up.", REASONS),
)
_NOT_ASKED = MailVerdict("unknown", "not_asked")


def prepare(context: Context) -> Callable[[str], MailVerdict]:
    """email_domain -> domain_mail, domain_mail_reason.

    What was not looked up and what nobody answered is unknown alike, so that a failing look-up changes no score.
    """

    def answer(domain: str) -> MailVerdict:
        return context.mail_domains.get(domain, _NOT_ASKED) if domain else MailVerdict("", "missing")

    return answer
