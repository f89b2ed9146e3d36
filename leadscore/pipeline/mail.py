"""The look-up of mail domains that a run was asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from leadscore.enrichment.mail_lookup import LookupOptions, look_up
from leadscore.state.mail_cache import Lookup, cached
from leadscore.state.store import open_state


@contextmanager
def mail_lookup(options: LookupOptions | None, state: Path | None) -> Iterator[Lookup | None]:
    """How domains are looked up, None where nobody asked; with a state, what it knows is not asked again."""
    if options is None:
        yield None
    elif state is None:
        yield partial(look_up, options=options)
    else:
        with open_state(state) as connection:
            yield cached(connection, partial(look_up, options=options), time.time)
