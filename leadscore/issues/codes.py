"""Every code an issue may have, in one table: those of the lead sheet, then those of the model workbook."""

from leadscore.issues.code import IssueCode
from leadscore.issues.lead_codes import LEAD_CODES
from leadscore.issues.model_codes import MODEL_CODES

ISSUE_CODES: dict[str, IssueCode] = {**LEAD_CODES, **MODEL_CODES}
