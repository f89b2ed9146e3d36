"""The model bound to one sheet of leads: what every name in it means there."""
