"""What a spreadsheet makes of a long number that it takes for a quantity."""

import re

# '3.36E+10': the other digits are gone.
SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d{1,2}")
