"""How a typed cell is understood: folding, numbers, days, booleans. Used for the model's cells and the leads' alike."""
