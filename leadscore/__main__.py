"""`python -m leadscore`."""

import sys

if __name__ == "__main__":
    # With -m Python looks for modules in the folder it is called in first: an email.py beside the leads would be ours.
    if not sys.flags.safe_path:
        del sys.path[0]
    from leadscore.cli.app import run

    run()
