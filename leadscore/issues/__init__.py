"""Findings about cells: what is wrong, where, and what to do. A bad cell is data; it never stops the run."""

from leadscore.issues.code import Severity
from leadscore.issues.issue import Issue, Place, has_doubts, has_errors, in_order

__all__ = ["Issue", "Place", "Severity", "has_doubts", "has_errors", "in_order"]
