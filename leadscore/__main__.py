"""`python -m leadscore`."""

from leadscore.cli.app import run

if __name__ == "__main__":
    run()
