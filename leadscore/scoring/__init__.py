"""Scores: a bound model and columns of leads in, points, reasons and totals out."""
