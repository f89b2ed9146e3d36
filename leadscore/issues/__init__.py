"""Findings about cells: what is wrong, where, and what to do. A bad cell is data; it never stops the run."""

from leadscore.issues.code import Severity
from leadscore.issues.issue import Issue, Place

__all__ = ["Issue", "Place", "Severity"]
