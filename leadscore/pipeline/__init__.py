"""The line: read -> bind model to columns -> enrich -> score -> write."""

from leadscore.pipeline.files import load_model, read_leads
from leadscore.pipeline.line import enrich_leads, score_leads
from leadscore.pipeline.results import Results

__all__ = ["Results", "enrich_leads", "load_model", "read_leads", "score_leads"]
