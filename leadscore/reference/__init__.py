"""Reference data: lists with source, date and licence in their header, shipped as files and never downloaded.

Every function reads its file when first called and keeps the answer.
"""

from leadscore.reference.companies import LegalForm, company_words, legal_forms, shared_sites
from leadscore.reference.countries import (
    TERRITORIES,
    country_code,
    country_names,
    domain_country,
    sellers_country,
)
from leadscore.reference.domains import (
    MailGiant,
    disposable_domains,
    dummy_domains,
    free_mail_domains,
    is_education,
    is_government,
    is_listed,
    mail_giants,
    misspelt_mail_domains,
    near_mail_domains,
    registrable_domain,
    top_level_domains,
)
from leadscore.reference.files import versions
from leadscore.reference.french_departments import Department, department_of
from leadscore.reference.job_words import (
    FUNCTIONS,
    SENIORITIES,
    assistant_words,
    function_words,
    own_work_words,
    plain_title,
    seniority_words,
    title_key,
    title_links,
    words_in,
)
from leadscore.reference.mailboxes import dummy_local_parts, role_accounts, role_key, trial_local_parts
from leadscore.reference.messages import LANGUAGES_TOLD, spam_key, spam_points, spam_words, stop_words, words_of
from leadscore.reference.not_told import is_spelled_out, not_told, not_told_key, says_nothing
from leadscore.reference.people import first_names, organisation_words, placeholder_key, placeholder_names, surnames_too
from leadscore.reference.time_zones import weekend_in, zones_of

__all__ = [
    "FUNCTIONS",
    "LANGUAGES_TOLD",
    "SENIORITIES",
    "TERRITORIES",
    "Department",
    "LegalForm",
    "MailGiant",
    "assistant_words",
    "company_words",
    "country_code",
    "country_names",
    "department_of",
    "disposable_domains",
    "domain_country",
    "dummy_domains",
    "dummy_local_parts",
    "first_names",
    "free_mail_domains",
    "function_words",
    "is_education",
    "is_government",
    "is_listed",
    "is_spelled_out",
    "legal_forms",
    "mail_giants",
    "misspelt_mail_domains",
    "near_mail_domains",
    "not_told",
    "not_told_key",
    "organisation_words",
    "own_work_words",
    "placeholder_key",
    "placeholder_names",
    "plain_title",
    "registrable_domain",
    "role_accounts",
    "role_key",
    "says_nothing",
    "sellers_country",
    "seniority_words",
    "shared_sites",
    "spam_key",
    "spam_points",
    "spam_words",
    "stop_words",
    "surnames_too",
    "title_key",
    "title_links",
    "top_level_domains",
    "trial_local_parts",
    "versions",
    "weekend_in",
    "words_in",
    "words_of",
    "zones_of",
]
