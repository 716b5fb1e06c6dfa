import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.session.session import Span
from coach.timeline.durations import DurationBounds, OutOfReachError, fit_durations


def bounds(shortest_s: float, longest_s: float, needed_s: float = 0.0) -> DurationBounds:
    return DurationBounds(span=Span(shortest_s=shortest_s, longest_s=longest_s), needed_s=needed_s)


spans = st.tuples(st.floats(0.0, 600.0), st.floats(0.0, 600.0)).map(sorted)
bounds_lists = st.lists(
    st.builds(lambda span, needed_s: bounds(span[0], span[1], needed_s), spans, st.floats(0.0, 90.0)),
    min_size=1,
    max_size=12,
)


def test_every_elastic_block_is_stretched_by_the_same_fraction_of_its_span() -> None:
    assert fit_durations([bounds(60, 60), bounds(120, 240), bounds(60, 300)], 420) == [60, 180, 180]


def test_without_a_length_every_block_is_half_way_its_span() -> None:
    assert fit_durations([bounds(60, 60), bounds(120, 240)], None) == [60, 180]


def test_a_block_is_never_made_shorter_than_its_words_and_the_others_make_room() -> None:
    assert fit_durations([bounds(60, 180, needed_s=150), bounds(60, 180), bounds(60, 180)], 360) == [150, 105, 105]


def test_a_fixed_block_stays_what_the_author_said_even_if_its_words_are_longer() -> None:
    assert fit_durations([bounds(30, 30, needed_s=45), bounds(60, 120)], 120) == [30, 90]


@pytest.mark.parametrize("length_s", [100, 400])
def test_a_length_out_of_reach_says_what_is_within_it(length_s: float) -> None:
    with pytest.raises(OutOfReachError) as caught:
        fit_durations([bounds(60, 60), bounds(60, 240, needed_s=80)], length_s)
    assert (caught.value.shortest_s, caught.value.longest_s) == (140, 300)


@given(bounds_lists, st.floats(0.0, 1.0))
def test_lengths_add_up_exactly_and_stay_in_reach(blocks: list[DurationBounds], where: float) -> None:
    shortest_s, longest_s = sum(b.shortest_s for b in blocks), sum(b.longest_s for b in blocks)
    length_s = shortest_s + where * (longest_s - shortest_s)
    fitted = fit_durations(blocks, length_s)
    assert sum(fitted) == pytest.approx(length_s, abs=1e-6)
    for block, lasts_s in zip(blocks, fitted, strict=True):
        assert block.shortest_s - 1e-6 <= lasts_s <= block.longest_s + 1e-6


@given(bounds_lists, st.floats(0.0, 1.0))
def test_blocks_not_held_by_their_words_share_one_fraction(blocks: list[DurationBounds], where: float) -> None:
    shortest_s, longest_s = sum(b.shortest_s for b in blocks), sum(b.longest_s for b in blocks)
    fitted = fit_durations(blocks, shortest_s + where * (longest_s - shortest_s))
    fractions = [
        (lasts_s - block.span.shortest_s) / block.stretch_s
        for block, lasts_s in zip(blocks, fitted, strict=True)
        if block.stretch_s > 1.0 and lasts_s > block.needed_s + 1e-6
    ]
    assert max(fractions, default=0) - min(fractions, default=0) < 1e-6
