"""The codes of issues found in a model workbook: code -> severity, what is wrong, what to do."""

from leadscore.issues.code import IssueCode

MODEL_CODES: dict[str, IssueCode] = {}
