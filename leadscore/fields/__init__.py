"""Fields: the named properties of a lead, and the headings under which source sheets hold them."""
