"""Leads as an earlier run saw them: found again, compared, and why their scores changed."""
