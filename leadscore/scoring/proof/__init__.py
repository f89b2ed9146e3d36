"""Design.md section 4.7: can a lead that is excluded still reach a score of 0 or more? Proved, or shown by a lead."""
