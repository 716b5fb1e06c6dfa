from dataclasses import replace
from typing import Any

import pytest
from fake_controls import FakeControls, status
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from screen_snapshots import kept, plain
from timeline_builders import planned, speech, timeline

from coach.play.playback_status import CadenceNotice, EventNotice, GainNotice, GuidanceNotice, Notice, PlaybackStatus
from coach.play.screen.key_controller import KeyController
from coach.play.screen.layout import GROWTH, lay_out_screen, share_rows
from coach.play.screen.terminal_style import TerminalStyle, join_row_text

SIZES = [(80, 24), (40, 12)]
WALK = speech("Ga over in wandelen.", 1320.0, block=7)
STATES: dict[str, dict[str, Any]] = {
    "waiting": {"state": "waiting", "position_s": 0.0, "block": 0, "breath": None, "speech": None, "starts_in_s": 24.2},
    "playing": {},
    "quiet": {"position_s": 980.0, "block": 5, "breath": None, "speech": None},
    "pausing": {"state": "pausing", "notice": EventNotice(kind="pause-at-breath")},
    "paused": {"state": "paused", "breath": None, "speech": None},
    "lost": {"state": "lost", "breath": None, "speech": None},
    "walking out": {"position_s": 1330.0, "block": 7, "breath": None, "speech": WALK, "cadence_spm": 106.0},
}
KEYS = {"asked to stop": "q", "help": "?", "tapping": "T" + "x" * 9, "choosing ticks": "t", "stopping": "qs"}
NASTY = (
    "[bold red]luid[/bold red]", "\x1b]0;titel\x07", "深呼吸" * 40, "🧘‍♀️🏃🏽", "שלום", "w" * 5000, "adem in " * 700,
    "\n\n\t", "e\u0301" * 3,
)  # fmt: skip
FUZZ = st.text(st.characters(), max_size=80) | st.sampled_from(NASTY)


def screen(
    at: PlaybackStatus, width: int, height: int, keys: str = "", style: TerminalStyle | None = None
) -> list[str]:
    """The lines shown, with so many keys pressed before, one per step."""
    controls = FakeControls(at)
    controls.stop_takes_a_look()
    controller = KeyController(controls)
    for nth, key in enumerate(keys):
        controller.press(key, nth * 0.38)
    rows = lay_out_screen(controller.make_view(controls.get_status(), len(keys) * 0.38), width, height)
    return [(style or TerminalStyle()).render_text(join_row_text(row)) for row in rows]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_state_matches_its_snapshot(state: str, language: str, width: int, height: int) -> None:
    shown = plain(screen(status(language, **STATES[state]), width, height))
    assert shown == kept(f"{width}x{height} {language} {state}", shown)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("asked", KEYS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_screens_after_keys_match_their_snapshots(asked: str, language: str, width: int, height: int) -> None:
    shown = plain(screen(status(language), width, height, KEYS[asked]))
    assert shown == kept(f"{width}x{height} {language} {asked}", shown)


def test_a_large_screen_matches_its_snapshot() -> None:
    shown = plain(screen(status("nl"), 120, 40))
    assert shown == kept("120x40 nl playing", shown)


def test_ascii_matches_its_snapshot() -> None:
    shown = plain(screen(status("nl"), 80, 24, style=TerminalStyle(ascii_only=True)))
    assert shown.isascii()
    assert shown == kept("80x24 nl playing, ascii", shown)


@pytest.mark.parametrize("text", ["Concentrisch ademhalen", "Adem 深呼吸"])
def test_a_title_without_room_or_shapes_for_big_letters_is_plain(text: str) -> None:
    named = timeline("A run", [planned("easy", 0.0, 60.0, title=text)], [])
    shown = screen(status(timeline=named, position_s=0.0, block=0), 80, 24)
    assert shown[3].strip() == text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_small_screen_has_room_for_help_on_every_key(language: str) -> None:
    lines = screen(status(language), 40, 12, "?")
    assert len(lines) - lines.count(" " * 40) == 12
    assert "…" not in "".join(lines)


def test_every_growth_of_a_taller_screen_goes_to_a_part() -> None:
    assert {part for part, _ in GROWTH} | {"gap"} == set(share_rows(24))


@given(st.integers(0, 200), st.integers(0, 80), st.sampled_from(sorted(STATES)), st.sampled_from(["", *KEYS.values()]))
@settings(deadline=None, max_examples=100)
def test_any_screen_is_filled_to_the_last_cell(width: int, height: int, state: str, keys: str) -> None:
    lines = screen(status("nl", **STATES[state]), width, height, keys)
    assert [cell_len(line) for line in lines] == [width] * (height if width else 0)


@given(
    FUZZ,
    FUZZ,
    FUZZ,
    st.sampled_from([*SIZES, (23, 5), (120, 40)]),
    st.sampled_from([TerminalStyle(), TerminalStyle(ascii_only=True)]),
)
@settings(deadline=None, max_examples=150)
def test_whatever_a_session_says_stays_within_the_screen(
    title: str, block: str, words: str, size: tuple[int, int], style: TerminalStyle
) -> None:
    blocks = [planned("free", 0.0, 60.0, title=block), planned("free", 60.0, 90.0, title=words)]
    at = status(timeline=timeline(title, blocks, []), block=0, position_s=3.0, speech=speech(words, 0.0))
    lines = screen(at, *size, style=style)
    assert [cell_len(line) for line in lines] == [size[0]] * size[1]
    assert "\x1b" not in "".join(lines)


def test_markup_in_words_is_shown_as_it_is() -> None:
    lines = screen(status(speech=speech("[bold]Stil[/bold] \\[2s]", 400.0, block=2)), 80, 24)
    assert lines[17].strip() == "[bold]Stil[/bold] \\[2s]"


def test_a_notice_stands_between_title_and_figures() -> None:
    lines = screen(status("nl", notice=CadenceNotice(kind="cadence-from-breath", spm=160.0)), 80, 24)
    assert lines[5].strip() == "» 160 stappen per minuut vanaf de volgende ademhaling"


@pytest.mark.parametrize(
    ("notice", "says"),
    [
        (GainNotice(kind="ticks-level", gain_db=-4.0), "Tikken: -4 dB"),
        (GainNotice(kind="ticks-level", gain_db=None), "Tikken: uit"),
        (GainNotice(kind="voice-level", gain_db=2.0), "Stem: +2 dB"),
        (GainNotice(kind="voice-level", gain_db=0.0), "Stem: 0 dB"),
        (GuidanceNotice(guidance="light"), "Begeleiding: wat minder"),
        (EventNotice(kind="device-back"), "Het geluid is er weer"),
    ],
)
def test_notices_are_put_in_words(notice: Notice, says: str) -> None:
    assert screen(status("nl", notice=notice), 80, 24)[5].strip() == f"» {says}"


def test_the_last_block_has_none_after_it() -> None:
    last = status("nl", position_s=1400.0, block=8)
    assert "straks" not in "".join(screen(last, 80, 24))
    assert "straks Achteraf" in "".join(screen(replace(last, block=7), 80, 24))
