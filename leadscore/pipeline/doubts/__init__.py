"""What `check` says of a model beside its mistakes: doubts, proofs, and how each case was understood."""
