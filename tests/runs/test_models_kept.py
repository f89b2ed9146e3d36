"""A model comes back from the state as it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leadscore.model.frozen import Bound, ListName, Range
from leadscore.model.model import Case, Criterion, Kind, Model, Score
from leadscore.pipeline.files import load_model
from leadscore.state.run_records import keep_model, kept_model
from leadscore.state.store import open_state

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "leadscore" / "model" / "templates").glob("*/??"))
OTHERS = [ROOT / "configs" / "original", ROOT / "configs" / "xeducation"]


def from_state(model, path):
    with open_state(path) as connection:
        keep_model(connection, model.hash, model.model_dump_json(exclude_defaults=True))
        return Model.model_validate_json(kept_model(connection, model.hash))


@pytest.mark.parametrize("folder", [*TEMPLATES, *OTHERS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_model_of_ours(folder, tmp_path):
    model = load_model(folder)

    again = from_state(model, tmp_path / "state.db")

    assert again.hash == model.hash
    assert again.model_dump() == model.model_dump()


numbers = some.floats(allow_nan=False, allow_infinity=False)
bounds = some.builds(Bound, number=numbers) | some.builds(Bound, day=some.dates())
operands = some.text() | some.integers() | bounds | some.builds(Range, low=bounds, high=bounds)


@given(some.lists(operands, max_size=4), some.none() | numbers)
def test_every_value_a_case_may_have(values, points):
    listed = (*values, ListName(list_name="Job words"))
    case = Case(operator="is", operands=listed, points=points)
    criterion = Criterion(name="A", kind=Kind.POTENTIAL, weight=1, field="x", cases=(case,), score="fit")
    model = Model(scores=(Score(name="fit"),), criteria=(criterion,))

    again = Model.model_validate_json(model.model_dump_json(exclude_defaults=True))

    assert again == model
    assert again.hash == model.hash
    assert [type(value) for value in again.criteria[0].cases[0].operands] == [type(value) for value in listed]


def test_what_was_not_kept(tmp_path):
    with open_state(tmp_path / "state.db") as connection:
        assert kept_model(connection, "0123") == ""
