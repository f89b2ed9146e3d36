"""Runs that nobody watches: one at a time, on whole files, remembered, and only when something changed."""
