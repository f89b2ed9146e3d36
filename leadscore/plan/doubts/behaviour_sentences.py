"""A behaviour of the model as one sentence in the model's language: how it was understood."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.model.behaviours import Behaviour, Decay
from leadscore.model.vocabulary import Language
from leadscore.plan.doubts.sentences import number_said, said, signed, values_said


def behaviour_sentence(behaviour: Behaviour, language: Language) -> str:
    """'the activity is Demo request or Demo → +12 each, halved every 30 days, at most 36 together'."""
    values = values_said(behaviour.operands, language)
    name = "any activity" if behaviour.operator == "is not blank" else behaviour.operator
    asked = said(name, language, field=said("the activity", language), values=values)
    about = said("about", language, product=behaviour.product) if behaviour.product else ""
    return f"{asked}{about} → {', '.join(_given(behaviour, language))}"


def _given(behaviour: Behaviour, language: Language) -> Iterator[str]:
    """The points, then all that limits them, in the order of the columns."""
    points, count = signed(behaviour.points, language), behaviour.at_least
    yield said("each", language, points=points) if count is None else said("once", language, points=points, count=count)
    for name, limit in (("at least", behaviour.minimum), ("at most", behaviour.maximum)):
        if limit is not None:
            yield said(name, language, points=number_said(limit, language))
    if behaviour.window is not None:
        yield said("window", language, days=number_said(float(behaviour.window), language))
    if behaviour.decay is not Decay.NONE and behaviour.decay_days is not None:
        share, days = (number_said(number, language) for number in (100 * behaviour.step, behaviour.decay_days))
        yield said(behaviour.decay, language, days=days, share=share)
