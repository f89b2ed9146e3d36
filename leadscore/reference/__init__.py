"""Reference data: lists with source, date and licence in their header, shipped as files and never downloaded.

Every function reads its file when first called and keeps the answer.
"""

from leadscore.reference.countries import country_code, country_names
from leadscore.reference.domains import (
    disposable_domains,
    dummy_domains,
    free_mail_domains,
    is_education,
    is_government,
    registrable_domain,
    top_level_domains,
)
from leadscore.reference.files import versions
from leadscore.reference.job_words import FUNCTIONS, SENIORITIES, function_words, seniority_words, title_key
from leadscore.reference.mailboxes import dummy_local_parts, role_accounts, role_key, trial_local_parts

__all__ = [
    "FUNCTIONS",
    "SENIORITIES",
    "country_code",
    "country_names",
    "disposable_domains",
    "dummy_domains",
    "dummy_local_parts",
    "free_mail_domains",
    "function_words",
    "is_education",
    "is_government",
    "registrable_domain",
    "role_accounts",
    "role_key",
    "seniority_words",
    "title_key",
    "top_level_domains",
    "trial_local_parts",
    "versions",
]
