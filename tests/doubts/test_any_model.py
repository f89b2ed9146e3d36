"""Laws of doubts over random models: nothing crashes, possible scores are inside the range, sentences differ."""

from hypothesis import given

from leadscore.model.model import Kind
from leadscore.pipeline.doubts.exclusions import proofs_of
from leadscore.pipeline.doubts.leads import lead_issues
from leadscore.pipeline.doubts.tally import tallies
from leadscore.pipeline.doubts.understood import understood
from leadscore.pipeline.line import score_leads
from leadscore.plan.doubts.cases import case_issues
from leadscore.plan.doubts.ranges import range_issues
from leadscore.plan.doubts.unused import unused_lists, unused_segments
from leadscore.plan.plan import make_plan
from tests.laws import examples
from tests.proof.random_exclusions import AS_OF, models


@examples(40)
@given(models())
def test_every_lead_that_is_kept_scores_within_the_possible_range(drawn):
    model, leads = drawn
    low, high = proofs_of(make_plan(model, None, AS_OF))["score"].range()
    table = score_leads(leads, model, as_of=AS_OF).table

    half = 0.5 / 10**model.settings.decimals + 1e-6
    kept = table.loc[(table["excluded_by"] == "") & table["score"].notna(), "score"]
    assert not len(kept) or (low - half <= kept.min() and kept.max() <= high + half)


@examples(40)
@given(models())
def test_every_doubt_of_any_model_is_a_whole_sentence(drawn):
    model, leads = drawn
    results = score_leads(leads, model, as_of=AS_OF)
    found = list(tallies(results))

    issues = [*case_issues(model), *range_issues(model), *unused_lists(model), *unused_segments(model)]
    for issue in [*issues, *lead_issues(found)]:
        assert "{" not in str(issue)
    for row, criterion in zip(understood(results.plan, found), model.criteria, strict=True):
        assert len(row.cases) == len(criterion.cases)
        assert all("→" in case.line("fr") and case.leads <= len(leads) for case in row.cases)
    assert any(criterion.kind is Kind.EXCLUSION for criterion in model.criteria)
