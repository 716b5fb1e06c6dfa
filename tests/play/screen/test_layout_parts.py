from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_snapshots import plain
from timeline_builders import planned, reset_run, timeline

from coach.play.screen.layout import draw_disc, draw_timeline_bar
from coach.play.screen.presenter import BreathFill, TimelineBar
from coach.play.screen.terminal_style import join_row_text

STAND = planned("check-in", 0.0, 60.0)
WALK = planned("settle", 60.0, 180.0, start_spm=110.0, end_spm=160.0)
RUN = planned("easy", 180.0, 300.0, start_spm=160.0, end_spm=160.0)
RUNS = timeline("A run", [STAND, WALK, RUN], [])


def draw_bar_rows(
    position_s: float, block: int, *, then: str = "then Running", width: int = 50, height: int = 3
) -> str:
    shown = TimelineBar(timeline=RUNS, position_s=position_s, block=block, then=then)
    return plain([join_row_text(row) for row in draw_timeline_bar(shown, width, height)])


def test_blocks_are_to_scale_and_as_high_as_their_cadence() -> None:
    assert draw_bar_rows(0.0, 0) == (
        "              ▁▁▂▂▂▃▃▄▄▅▅▆▆▇▇ ████████████████████\n"
        "▂▂▂▂▂▂▂▂▂ ▇▇█████████████████ ████████████████████\n"
        "▲───────── then Running\n"
    )  # fmt: skip


def test_the_past_is_drawn_low() -> None:
    assert draw_bar_rows(120.0, 1) == (
        "                    ▃▄▄▅▅▆▆▇▇ ████████████████████\n"
        "▁▁▁▁▁▁▁▁▁ ▁▁▁▁▁▁▁▁▁▁█████████ ████████████████████\n"
        "          ──────────▲───────── then Running\n"
    )  # fmt: skip


def test_the_next_block_is_named_before_the_mark_without_room_after_it() -> None:
    assert draw_bar_rows(290.0, 2, then="then the end of it") == (
        "                                                ██\n"
        "▁▁▁▁▁▁▁▁▁ ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁ ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁██\n"
        "           then the end of it ──────────────────▲─\n"
    )  # fmt: skip


def test_a_single_row_has_no_mark() -> None:
    assert draw_bar_rows(120.0, 1, height=1) == (
        "▁▁▁▁▁▁▁▁▁ ▁▁▁▁▁▁▁▁▁▁▆▆▆▆▇▇▇▇█ ████████████████████\n"
    )  # fmt: skip


def test_a_steady_session_is_high_all_through() -> None:
    steady = timeline("Steady", [planned("easy", 0.0, 60.0)], [])
    shown = TimelineBar(timeline=steady, position_s=0.0, block=0, then="")
    assert [join_row_text(row) for row in draw_timeline_bar(shown, 5, 2)] == ["█████", "▲────"]


@given(
    st.floats(-1.0, 2000.0),
    st.integers(0, 8),
    st.integers(0, 200),
    st.integers(0, 6),
    st.sampled_from(["", "then Silence"]),
)
@settings(deadline=None, max_examples=80)
def test_a_bar_fills_any_room_exactly(position_s: float, block: int, width: int, height: int, then: str) -> None:
    shown = TimelineBar(timeline=reset_run(), position_s=position_s, block=block, then=then)
    rows = [join_row_text(row) for row in draw_timeline_bar(shown, width, height)]
    assert [len(row) for row in rows] == [width] * (height if width else 0)


@pytest.mark.parametrize("width", [20, 76, 200])
def test_the_mark_moves_from_end_to_end(width: int) -> None:
    shown = TimelineBar(timeline=RUNS, position_s=0.0, block=0, then="")
    last = replace(shown, position_s=300.0, block=2)
    assert join_row_text(draw_timeline_bar(shown, width, 2)[-1]).index("▲") == 0
    assert join_row_text(draw_timeline_bar(last, width, 2)[-1]).index("▲") == width - 1


def draw_disc_rows(breath: BreathFill | None, width: int = 20, height: int = 10) -> str:
    return plain([join_row_text(row) for row in draw_disc(breath, "kind-breathing", width, height)])


def breath(fullness: float) -> BreathFill:
    return BreathFill(phase="in", fullness=fullness, word="in")


def test_full_lungs_fill_the_ring() -> None:
    assert draw_disc_rows(breath(1.0)) == FULL


def test_empty_lungs_leave_a_small_disc_within_the_ring() -> None:
    assert draw_disc_rows(breath(0.0)) == EMPTY


def test_without_breath_there_is_only_the_ring() -> None:
    assert set(draw_disc_rows(None)) == {" ", "·", "\n"}


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=60)
def test_more_breath_is_never_a_smaller_disc(one: float, other: float) -> None:
    less, more = sorted((one, other))
    small, large = (draw_disc_rows(breath(fullness)).count("█") for fullness in (less, more))
    assert small <= large


@given(st.integers(0, 60), st.integers(0, 30), st.none() | st.floats(0.0, 1.0).map(breath))
@settings(deadline=None, max_examples=60)
def test_a_disc_fills_any_room_exactly(width: int, height: int, breath: BreathFill | None) -> None:
    rows = [join_row_text(row) for row in draw_disc(breath, "kind-breathing", width, height)]
    assert [len(row) for row in rows] == [width] * height


@pytest.mark.parametrize("fullness", [0.0, 0.5, 1.0])
def test_the_word_stands_in_the_middle(fullness: float) -> None:
    assert "█in█" in draw_disc_rows(breath(fullness))


FULL = (
    "     ▄▄██████▄▄\n"
    "  ▄██████████████▄\n"
    " ▄████████████████▄\n"
    "▄██████████████████▄\n"
    "█████████in█████████\n"
    "████████████████████\n"
    "▀██████████████████▀\n"
    " ▀████████████████▀\n"
    "  ▀██████████████▀\n"
    "     ▀▀██████▀▀\n"
)  # fmt: skip
EMPTY = (
    "     ·  ·  ·  ·\n"
    "   ·            ·\n"
    " ·                ·\n"
    "        ▄▄▄▄\n"
    "·      ██in██      ·\n"
    "·      ██████      ·\n"
    "        ▀▀▀▀\n"
    " ·                ·\n"
    "   ·            ·\n"
    "     ·  ·  ·  ·\n"
)  # fmt: skip
