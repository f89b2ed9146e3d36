"""Sheets of ours put into a user's workbook, touching nothing else.

XlsxWriter writes the sheets into a workbook of their own, the donor; the graft takes each of them over with its notes,
tables and charts. Of the user's parts only the list of sheets, its relations, the content types and the styles are
added to, byte by byte; every other part stays as it is. A library that loads and saves a workbook loses charts,
slicers, cached values and much more.
"""
