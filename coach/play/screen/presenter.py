"""Presenter: turns a playback status into a view model, whatever the size of the screen."""

import math
from dataclasses import dataclass, replace

from coach.charts.palette import find_kind_ink
from coach.languages import find_language
from coach.languages.screen_words import ScreenWords
from coach.play.playback_status import (
    BreathNow,
    CadenceNotice,
    EventNotice,
    GainNotice,
    GuidanceNotice,
    Notice,
    PlaybackStatus,
)
from coach.text.sanitize import clean_text
from coach.timeline.timeline import Phase, Timeline
from coach.units import seconds_to_clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number with its caption; ``short`` is both in one text, for where there is no room for large digits."""

    digits: str
    caption: str
    short: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key and what it does."""

    key: str
    does: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BreathFill:
    """How full the lungs are, from 0 to 1, and the phase of the breath; ``word`` names the phase."""

    phase: Phase
    fullness: float
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineBar:
    """The blocks to scale, the position in them, and what comes after this block."""

    timeline: Timeline
    position_s: float
    block: int
    then: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreenView:
    """A screen's content. All its texts are clean.

    ``figures`` are the numbers, the most important first. ``choices`` replace them when the runner is asked something.
    ``keys`` are in order of importance, as a narrow screen leaves out the last. ``breath`` is None where no breath is
    heard. ``accent`` is the ink of this block's kind. ``spoken`` is whether the words are being heard.
    """

    title: str
    figures: tuple[Figure, ...]
    timeline_bar: TimelineBar
    heading: str = ""
    aside: str = ""
    words: str = ""
    spoken: bool = True
    accent: str = "kind-other"
    notice: str = ""
    breath: BreathFill | None = None
    choices: tuple[Key, ...] = ()
    keys: tuple[Key, ...] = ()


LEVEL_KEYS = "↑↓"


def present(status: PlaybackStatus) -> ScreenView:
    """Make the view of a run while no question is shown."""
    words = find_language(status.timeline.language).screen
    return {"waiting": _present_waiting, "paused": _present_paused, "lost": _present_lost}.get(
        status.state, _present_playing
    )(status, words)


def _present_playing(status: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return ScreenView(
        heading=clean_text(status.timeline.title),
        aside=words.part_of.format(nth=status.block + 1, count=len(status.timeline.blocks)),
        title=clean_text(status.timeline.blocks[status.block].title),
        figures=(
            _show_block_left(status, words),
            _show_left(status, words),
            make_cadence_figure(status.cadence_spm, words),
        ),
        words=clean_text(status.speech.text) if status.speech else "",
        notice=format_notice(status.notice, words) if status.notice else "",
        breath=_measure_breath_fill(status.breath, words) if status.breath else None,
        accent=find_kind_ink(status.timeline.blocks[status.block].kind),
        timeline_bar=_make_timeline_bar(status, words),
        keys=(
            Key(key=words.key_names.space, does=words.keys.go_on if status.state == "pausing" else words.keys.space),
            *_list_usual_keys(words),
        ),
    )


def _present_waiting(status: PlaybackStatus, words: ScreenWords) -> ScreenView:
    clock = seconds_to_clock(math.ceil(status.starts_in_s))
    whole = _show_left(status, words)
    return ScreenView(
        heading=clean_text(status.timeline.title),
        title=words.waiting_title,
        figures=(Figure(digits=clock, caption=words.to_start, short=f"{clock} {words.to_start}"), whole),
        words=words.waiting_words,
        notice=format_notice(status.notice, words) if status.notice else "",
        timeline_bar=_make_timeline_bar(status, words),
        keys=(Key(key=words.key_names.space, does=words.keys.begin), *_list_usual_keys(words)),
    )


def _present_paused(status: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return _present_halted(status, words, words.paused_title, words.paused_words)


def _present_lost(status: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return replace(_present_halted(status, words, words.lost_title, words.lost_words), accent="bell")


def _present_halted(status: PlaybackStatus, words: ScreenWords, title: str, says: str) -> ScreenView:
    playing = _present_playing(status, words)
    is_paused = status.state == "paused"
    space = Key(key=words.key_names.space, does=words.keys.go_on if is_paused else words.keys.elsewhere)
    return ScreenView(
        heading=playing.heading,
        aside=playing.title,
        title=title,
        figures=playing.figures,
        words=says,
        notice=playing.notice if is_paused else "",
        timeline_bar=playing.timeline_bar,
        keys=(space, *(playing.keys[1:] if is_paused else playing.keys[-2:])),
    )


def _list_usual_keys(words: ScreenWords) -> tuple[Key, ...]:
    return (
        Key(key="←→", does=words.keys.blocks),
        Key(key="-+", does=words.keys.cadence),
        Key(key=LEVEL_KEYS, does=words.keys.voice),
        Key(key="g", does=words.keys.guidance),
        Key(key="q", does=words.keys.stop),
        Key(key="?", does=words.keys.help),
    )


def _show_block_left(status: PlaybackStatus, words: ScreenWords) -> Figure:
    clock = seconds_to_clock(math.ceil(status.block_left_s))
    return Figure(digits=clock, caption=words.to_block_end, short=clock)


def _show_left(status: PlaybackStatus, words: ScreenWords) -> Figure:
    clock = seconds_to_clock(math.ceil(status.left_s))
    return Figure(digits=clock, caption=words.to_session_end, short=words.to_session_end_short.format(clock=clock))


def make_cadence_figure(spm: float, words: ScreenWords) -> Figure:
    """Show a cadence in steps per minute, as a whole number."""
    digits = f"{spm:.0f}"
    return Figure(digits=digits, caption=words.steps_per_minute, short=words.steps_per_minute_short.format(spm=digits))


def _measure_breath_fill(breath: BreathNow, words: ScreenWords) -> BreathFill:
    """Compute how full the lungs are: along a cosine, slow where the breath turns, as real breath is."""
    risen = (1.0 - math.cos(math.pi * min(1.0, max(0.0, breath.done)))) / 2.0
    word = {"in": words.breath_in, "hold": words.breath_hold, "out": words.breath_out}[breath.phase]
    fullness = {"in": risen, "hold": 0.0 if breath.held_empty else 1.0, "out": 1.0 - risen}[breath.phase]
    return BreathFill(phase=breath.phase, fullness=fullness, word=word)


def _make_timeline_bar(status: PlaybackStatus, words: ScreenWords) -> TimelineBar:
    following = status.timeline.blocks[status.block + 1 : status.block + 2]
    then = words.next_block.format(title=clean_text(following[0].title)) if following else ""
    return TimelineBar(timeline=status.timeline, position_s=status.position_s, block=status.block, then=then)


def format_notice(given: Notice, words: ScreenWords) -> str:
    """Put a notice into words."""
    return words.notices[given.kind].format(amount=_format_amount(given, words))


def _format_amount(given: Notice, words: ScreenWords) -> str:
    match given:
        case EventNotice():
            return ""
        case CadenceNotice():
            return f"{given.spm:.0f}"
        case GainNotice():
            return format_level(given.gain_db, words)
        case GuidanceNotice():
            return words.guidance[given.guidance]


def format_level(gain_db: float | None, words: ScreenWords) -> str:
    """Format a gain relative to the session's own level, with its sign; None is off."""
    return words.off if gain_db is None else f"{gain_db:+.0f} dB".replace("+0", "0")


def list_keys(status: PlaybackStatus, words: ScreenWords) -> tuple[Key, ...]:
    """List every key and what it does in the current state."""
    keys, names = words.keys, words.key_names
    return (
        Key(key=names.space, does=keys.begin_long if status.state == "waiting" else keys.space_long),
        Key(key="← →", does=keys.blocks_long),
        Key(key="- +", does=keys.cadence_long),
        Key(key="T", does=keys.tap_long),
        Key(key="↑ ↓", does=keys.level_long),
        Key(key="t", does=keys.ticks_long),
        Key(key="v", does=keys.voice_long),
        Key(key="g", does=keys.guidance_long),
        Key(key="q", does=keys.stop_long),
        Key(key="ctrl-c", does=keys.ctrl_c_long),
    )
