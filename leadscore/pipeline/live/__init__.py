"""--live: results as formulas over the model's own cells, so that they follow what somebody types there."""
