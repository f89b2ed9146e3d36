"""leadscore: score a sheet of leads with a model edited in Excel.

`score_leads(leads, model, *, activities=None, as_of)` is the whole program as one call; the command line calls it too.
Nothing heavy is imported until one of the names below is used, so that `leadscore --help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadscore.pipeline import Results, load_model, read_leads, score_leads

__version__ = "0.1.0"
__all__ = ["Results", "__version__", "load_model", "read_leads", "score_leads"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("leadscore.pipeline"), name)
    raise AttributeError(f"module 'leadscore' has no attribute {name!r}")
