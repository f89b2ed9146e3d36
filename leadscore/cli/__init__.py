"""The command line: options in, exit code out. Nothing heavy is imported before a command runs."""
