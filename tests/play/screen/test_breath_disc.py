import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_snapshots import plain

from coach.play.screen.breath_disc import draw_disc
from coach.play.screen.presenter import BreathFill
from coach.play.screen.terminal_style import row_text


def drawn(breath: BreathFill | None, width: int = 20, height: int = 10) -> str:
    return plain([row_text(row) for row in draw_disc(breath, "kind-breathing", width, height)])


def breath(fullness: float) -> BreathFill:
    return BreathFill(phase="in", fullness=fullness, word="in")


def test_full_lungs_fill_the_ring() -> None:
    assert drawn(breath(1.0)) == FULL


def test_empty_lungs_leave_a_small_disc_within_the_ring() -> None:
    assert drawn(breath(0.0)) == EMPTY


def test_without_breath_there_is_only_the_ring() -> None:
    assert set(drawn(None)) == {" ", "·", "\n"}


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=60)
def test_more_breath_is_never_a_smaller_disc(one: float, other: float) -> None:
    less, more = sorted((one, other))
    small, large = (drawn(breath(fullness)).count("█") for fullness in (less, more))
    assert small <= large


@given(st.integers(0, 60), st.integers(0, 30), st.none() | st.floats(0.0, 1.0).map(breath))
@settings(deadline=None, max_examples=60)
def test_it_fills_any_room_exactly(width: int, height: int, breath: BreathFill | None) -> None:
    rows = [row_text(row) for row in draw_disc(breath, "kind-breathing", width, height)]
    assert [len(row) for row in rows] == [width] * height


@pytest.mark.parametrize("fullness", [0.0, 0.5, 1.0])
def test_the_word_stands_in_the_middle(fullness: float) -> None:
    assert "█in█" in drawn(breath(fullness))


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
