import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment.quantities import LONGEST, Quantity, read_quantity
from leadscore.values.folding import fold

pieces = st.sampled_from(
    ["5", "10", "1.500", "1 000", "k", "-", " a ", " et ", "+", ">", "<=", "~", "max", "moins de ", ".."]
)
texts = st.lists(pieces, max_size=6).map("".join) | st.text(max_size=20).map(fold)


@pytest.mark.parametrize(
    ("plain", "quantity"),
    [
        ("5", Quantity(5, 5, "exact")),
        ("5-10k", Quantity(5_000, 10_000, "range")),
        ("500-1k", Quantity(500, 1_000, "range")),
        ("5..10", Quantity(5, 10, "range")),
        ("10-10", Quantity(10, 10, "range")),
        ("5+", Quantity(5, None, "at_least")),
        ("> 5", Quantity(5, None, "more_than")),
        ("<= 5", Quantity(None, 5, "at_most")),
        ("moins de 5", Quantity(None, 5, "less_than")),
        ("~10k max", Quantity(None, 10_000, "at_most")),
        ("~5", Quantity(5, 5, "about")),
        ("+/- 5", Quantity(5, 5, "about")),
        ("plus ou moins 5", Quantity(5, 5, "about")),
        ("pas plus de 5", Quantity(None, 5, "at_most")),
        ("no more than 5", Quantity(None, 5, "at_most")),
        ("max 5-10k", Quantity(5_000, 10_000, "range")),
        ("1.500", Quantity(1_500, 1_500, "exact")),
        ("2-1.500", Quantity(2, 1_500, "range")),
        ("plus de 5-10k", None),
        ("10-5", None),
        ("< 0", None),
        ("5-", None),
        ("-5", None),
        ("5-10-15", None),
        ("", None),
        ("max", None),
        ("9" * (LONGEST + 1), None),
    ],
)
def test_what_a_quantity_says(plain, quantity):
    assert read_quantity(plain, ",") == quantity


@given(texts, st.sampled_from([",", "."]))
def test_a_quantity_has_an_end_and_its_ends_are_in_order(plain, mark):
    quantity = read_quantity(plain, mark)
    if quantity is None:
        return
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    assert ends == sorted(ends)
    assert ends[0] >= 0
