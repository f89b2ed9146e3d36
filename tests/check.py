"""Every check of the project, in the order that fails fastest, on a laptop as in CI: `python tests/check.py`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("lint-imports",),
    ("mypy",),
    ("pytest", "-q", "-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term", "--hypothesis-profile=ci"),
)


def main() -> int:
    """Run the checks one after the other; the first that fails gives its exit code."""
    programs = Path(sys.executable).parent
    for name, *arguments in CHECKS:
        print(f"$ {name} {' '.join(arguments)}", flush=True)
        code = subprocess.run([programs / name, *arguments], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
