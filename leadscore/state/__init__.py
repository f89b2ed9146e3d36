"""What a run keeps for later runs, in one file, when it is given one."""
