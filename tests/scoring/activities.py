"""Activities as tests tell them, one after the other, and as the engine takes them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from leadscore.model.behaviours import Behaviour
from leadscore.scoring.events import Events
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.sorted_events import sort_events
from leadscore.values.evidence import Evidence

AS_OF = date(2026, 3, 15)
AROUND = Surroundings(AS_OF, {}, "day-month")


@dataclass(frozen=True)
class Did:
    """One activity of a lead."""

    text: str
    age: int
    count: float = 1.0
    product: str = ""
    lead: int = 0
    is_early: bool = False


def sorted_events(done):
    """What was done, in the order given: texts and products are numbered as they come."""
    texts = tuple(dict.fromkeys(one.text for one in done))
    products = tuple(dict.fromkeys(["", *(one.product for one in done)]))
    events = Events(
        lead=np.array([one.lead for one in done], dtype=np.intp),
        activity=np.array([texts.index(one.text) for one in done], dtype=np.intp),
        age=np.array([one.age for one in done], dtype=np.intp),
        count=np.array([one.count for one in done], dtype=float),
        product=np.array([products.index(one.product) for one in done], dtype=np.intp),
        is_early=np.array([one.is_early for one in done], dtype=bool),
        texts=texts,
        products=products,
    )
    return sort_events(events, Evidence(".", "day-month"))


def behaviour(**told):
    """A behaviour about visits, unless told otherwise."""
    return Behaviour(**{"score": "", "name": "Visits", "operator": "contains", "operands": ("visit",), **told})
