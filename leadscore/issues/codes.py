"""Every code an issue may have, in one table: of the lead sheet, of the model workbook, of doubts about the model."""

from leadscore.issues.code import IssueCode
from leadscore.issues.doubt_codes import DOUBT_CODES
from leadscore.issues.lead_codes import LEAD_CODES
from leadscore.issues.model_codes import MODEL_CODES

ISSUE_CODES: dict[str, IssueCode] = {**LEAD_CODES, **MODEL_CODES, **DOUBT_CODES}
