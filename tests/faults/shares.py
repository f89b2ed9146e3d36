"""How much of a series is run: a small share each time, the full numbers by `pytest -m long`."""

import pytest


def share(name, few, many):
    """A parameter that is `few` in the gate and `many` in the full series."""
    return pytest.mark.parametrize(name, [few, pytest.param(many, marks=pytest.mark.long)])
