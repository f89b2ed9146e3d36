"""Laws that are tried with another number of examples than most, because one costs seconds or next to nothing."""

from hypothesis import settings

_USUAL = settings.get_profile("dev").max_examples
_FEWEST = 5


def examples(number, **more):
    """Settings of a law tried with so many examples; the gate's profile draws the same share of them as of any law."""
    share = settings.default.max_examples / _USUAL
    return settings(max_examples=max(_FEWEST, round(number * share)), **more)
