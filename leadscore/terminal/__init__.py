"""What a person sees in a terminal. Messages go to stderr, data to stdout; colour and progress only on a terminal."""
