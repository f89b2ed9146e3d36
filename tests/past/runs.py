"""Runs that follow each other over one state, in this process and without files of leads."""

from dataclasses import dataclass

import pandas as pd

from leadscore import score_leads
from leadscore.pipeline.behave import Acted, act
from leadscore.pipeline.past.alerts import alerts_of
from leadscore.pipeline.past.changes import changes_since
from leadscore.pipeline.past.replay import Now
from leadscore.pipeline.score import enrich_rows
from leadscore.reference import versions
from leadscore.runs.lead_memory import change_records, earlier_leads, lead_records
from leadscore.sheets.activities import activities_in
from leadscore.state.lead_records import keep_leads
from leadscore.state.run_records import RunRecord, begin_run, end_run, last_done


@dataclass
class Past:
    """A state; each `run` is compared with those before it, and kept."""

    connection: object
    model: object = None
    hour: int = 0

    def __post_init__(self):
        self.connection.execute("BEGIN")  # never committed: no disk is waited for

    def run(self, leads, model, as_of, reference=None, activities=None):
        frame = pd.DataFrame(leads, dtype=object) if isinstance(leads, list) else leads
        did = pd.DataFrame(activities, dtype=object) if activities is not None else None
        results = score_leads(frame, model, activities=did, as_of=as_of)
        self.hour += 1
        record = RunRecord("out.xlsx", "scored", started=f"2026-03-01T{self.hour:02d}:00:00+00:00")
        last = last_done(self.connection, record.output, record.kind)
        earlier = earlier_leads(self.connection, record, last, self.model)
        rows = ~results.blank
        read = activities_in(did) if did is not None else None
        now = Now(
            results.leads[rows],
            Acted(results.enriched[rows], results.scored.warmth),
            results.plan,
            lambda plan: act(read, results.leads[rows], enrich_rows(results.leads[rows], plan), plan),
        )
        changes = changes_since(earlier, now, results.scored)
        self._keep(record, results, changes, earlier, reference or versions())
        self.model = model
        return changes

    def _keep(self, record, results, changes, earlier, reference):
        record = begin_run(self.connection, record)
        kept = RunRecord(
            **{
                **vars(record),
                "as_of": results.plan.as_of.isoformat(),
                "exit_code": 0,
                "reads": changes.reads,
                "evidence": changes.evidence,
                "reference": reference,
            }
        )
        leads = lead_records(kept, results, changes, alerts_of(results, changes, earlier))
        keep_leads(self.connection, kept.output, kept.id, leads, change_records(kept, results, changes, earlier))
        end_run(self.connection, kept)
