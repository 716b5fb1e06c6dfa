"""A timeline in rows of signs, for the terminal."""

import pytest
import timeline_builders
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from coach.charts.terminal_timeline import FINE, PLAIN, Signs, TimelineRow, draw_terminal_timeline, format_key
from coach.timeline.timeline import Timeline
from coach.translation import set_language

HOSTILE = "\x1b[31m[bold]red\x07\u202e 跑步"


def shown(timeline: Timeline, width: int = 80) -> list[str]:
    return [text_of(row) for row in draw_terminal_timeline(timeline, width)]


def text_of(row: TimelineRow) -> str:
    return "".join(run.text for run in row).rstrip()


def test_a_session_to_scale() -> None:
    assert shown(timeline_builders.reset_run()) == [
        "· ·  ·  ·  ··  ·     ··     ·     ·     ·     ··  ·  ·         ·  ··  ·  ·  ··",
        "      ▁▂▃▃▄▅▆▆▇████████████▊██████████████████▊█████▊█████████▊██████▊",
        "▃▃▃▃▃█████████▊████████████▊██████████████████▊█████▊█████████▊██████▊█▇▇▇▆▆▆▃▃▃",
        "◦    ╷╷╷╷╷╷╷   ∿∿∿∿∿∿∿∿∿    ╷╷╷╷╷╷╷╷╷╷╷╷╷                             ╷╷╷╷╷    ◦",
        "0:00             5:00            10:00            15:00                    24:00",
        "▏    ▏         Breathing    Through the body   ▏     Silence   Easy running  ▏",
        "▏    Settling in                               Letting go             Afterwards",
        "Before you go",
    ]


def test_a_small_session_whole() -> None:
    blocks = [
        timeline_builders.planned("check-in", 0.0, 30.0, title="Before"),
        timeline_builders.planned("easy", 30.0, 60.0, title="Run"),
    ]
    said = [
        timeline_builders.speech("Hello there, here we are.", 3.0, lasts_s=9.0),
        timeline_builders.speech("Go.", 31.0, lasts_s=0.5),
    ]
    assert shown(timeline_builders.timeline("Small", blocks, said), 40) == [
        "  ▪▪▪▪▪▪            ▪",
        "                    ███████████████████▊",
        "▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃███████████████████▊",
        "0:00      0:15      0:30            1:00",
        "Before              Run",
    ]


def test_colours_are_those_of_the_kinds() -> None:
    top = draw_terminal_timeline(timeline_builders.reset_run(), 80)[2]
    assert [run.ink for run in top][:4] == ["kind-check-in", "kind-settle", "kind-breathing", "kind-body-scan"]


def test_silence_is_empty_where_nobody_speaks() -> None:
    blocks = [timeline_builders.planned("easy", 0.0, 40.0), timeline_builders.planned("silence", 40.0, 80.0)]
    said = timeline_builders.timeline("Quiet", blocks, [timeline_builders.speech("Run.", 0.0, lasts_s=40.0)])
    assert shown(said, 80)[0] == "▪" * 40


def test_titles_without_room_are_left_out() -> None:
    many = [timeline_builders.planned("easy", start_s, start_s + 1.0, title="A long title") for start_s in range(60)]
    assert len(shown(timeline_builders.timeline("Many", many, []), 60)) <= 8


def test_control_characters_are_removed() -> None:
    blocks = [timeline_builders.planned(HOSTILE, 0.0, 60.0, title=HOSTILE)]
    rows = shown(timeline_builders.timeline(HOSTILE, blocks, [timeline_builders.speech(HOSTILE, 3.0)]))
    assert rows[-1] == "[31m[bold]red 跑步"


@pytest.mark.parametrize(
    ("signs", "expected"),
    [(FINE, "▪ words   ╷ ticks   ∿ breath   ◦ bell"), (PLAIN, "* words   ' ticks   ~ breath   o bell")],
)
def test_the_key_lists_the_signs_in_use(signs: Signs, expected: str) -> None:
    assert format_key(timeline_builders.reset_run(), signs) == expected


def test_the_key_is_in_the_language_of_its_reader() -> None:
    set_language("nl")
    assert format_key(timeline_builders.reset_run(), FINE) == "▪ woorden   ╷ tikken   ∿ adem   ◦ bel"


def test_plain_signs_are_ascii() -> None:
    assert PLAIN.all.isascii()


@settings(deadline=None, max_examples=60)
@given(
    width=st.integers(40, 160),
    lasts_s=st.lists(st.floats(0.5, 900.0), min_size=1, max_size=40),
    title=st.sampled_from(["Run", "Door je lijf", "慢跑", "", "x" * 200]),
)
def test_no_row_is_wider_than_its_terminal(width: int, lasts_s: list[float], title: str) -> None:
    blocks, start_s = [], 0.0
    for each_s in lasts_s:
        blocks.append(timeline_builders.planned("easy", start_s, start_s + each_s, title=title))
        start_s += each_s
    rows = shown(timeline_builders.timeline("Any", blocks, [timeline_builders.speech("Words", start_s - 0.4)]), width)
    assert all(cell_len(row) <= width for row in rows)
