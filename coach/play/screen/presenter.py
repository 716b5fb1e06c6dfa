"""What a screen says at one moment, before anything is known of its size."""

import math
from dataclasses import dataclass, replace

from coach.charts.palette import ink_of_kind
from coach.languages.registry import find_language
from coach.languages.screen_words import ScreenWords
from coach.play.playback_status import BreathNow, Notice, PlaybackStatus
from coach.text.cell_width import clean_text
from coach.timeline.timeline import Phase, Timeline
from coach.units import seconds_to_clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number with what it counts; ``short`` is both in one, for where there is no room for large digits."""

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
    """How full the lungs are, from 0 to 1, and what is being done about it; ``word`` says so."""

    phase: Phase
    fullness: float
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineBar:
    """The blocks to scale, where in them the run is, and what comes after this block."""

    timeline: Timeline
    position_s: float
    block: int
    then: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreenView:
    """A screen's content. All its texts are clean.

    ``figures`` are the numbers, the most important first. ``choices`` stand in their place when the runner is asked
    something. ``keys`` are in order of importance, as a narrow screen leaves out the last. ``lungs`` is None where no
    breath is heard. ``accent`` is the ink of this block's kind. ``spoken`` tells whether the words are heard just now.
    """

    title: str
    figures: tuple[Figure, ...]
    ribbon: TimelineBar
    heading: str = ""
    aside: str = ""
    words: str = ""
    spoken: bool = True
    accent: str = "kind-other"
    notice: str = ""
    lungs: BreathFill | None = None
    choices: tuple[Key, ...] = ()
    keys: tuple[Key, ...] = ()


LEVEL_KEYS = "↑↓"

GUIDANCE = {3.0: "full", 2.0: "light", 1.0: "quiet"}


def present(standing: PlaybackStatus) -> ScreenView:
    """The page of a run that nothing is asked about."""
    words = find_language(standing.timeline.language).screen
    return {"waiting": _waiting, "paused": _paused, "lost": _lost}.get(standing.state, _playing)(standing, words)


def _playing(standing: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return ScreenView(
        heading=clean_text(standing.timeline.title),
        aside=words.part_of.format(nth=standing.block + 1, count=len(standing.timeline.blocks)),
        title=clean_text(standing.timeline.blocks[standing.block].title),
        figures=(
            _block_left_figure(standing, words),
            _left_figure(standing, words),
            cadence_figure(standing.cadence_spm, words),
        ),
        words=clean_text(standing.speech.text) if standing.speech else "",
        notice=format_notice(standing.notice, words) if standing.notice else "",
        lungs=_breath_fill(standing.breath, words) if standing.breath else None,
        accent=ink_of_kind(standing.timeline.blocks[standing.block].kind),
        ribbon=_timeline_bar(standing, words),
        keys=(
            Key(key=words.key_names.space, does=words.keys.go_on if standing.state == "pausing" else words.keys.space),
            *_usual_keys(words),
        ),
    )


def _waiting(standing: PlaybackStatus, words: ScreenWords) -> ScreenView:
    clock = seconds_to_clock(math.ceil(standing.starts_in_s))
    whole = _left_figure(standing, words)
    return ScreenView(
        heading=clean_text(standing.timeline.title),
        title=words.waiting_title,
        figures=(Figure(digits=clock, caption=words.to_start, short=f"{clock} {words.to_start}"), whole),
        words=words.waiting_words,
        notice=format_notice(standing.notice, words) if standing.notice else "",
        ribbon=_timeline_bar(standing, words),
        keys=(Key(key=words.key_names.space, does=words.keys.begin), *_usual_keys(words)),
    )


def _paused(standing: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return _standing_still(standing, words, words.paused_title, words.paused_words)


def _lost(standing: PlaybackStatus, words: ScreenWords) -> ScreenView:
    return replace(_standing_still(standing, words, words.lost_title, words.lost_words), accent="bell")


def _standing_still(standing: PlaybackStatus, words: ScreenWords, title: str, says: str) -> ScreenView:
    playing = _playing(standing, words)
    go_on = Key(key=words.key_names.space, does=words.keys.go_on)
    return ScreenView(
        heading=playing.heading,
        aside=playing.title,
        title=title,
        figures=playing.figures,
        words=says,
        notice=playing.notice if standing.state == "paused" else "",
        ribbon=playing.ribbon,
        keys=(go_on, *playing.keys[1:]) if standing.state == "paused" else playing.keys[-2:],
    )


def _usual_keys(words: ScreenWords) -> tuple[Key, ...]:
    return (
        Key(key="←→", does=words.keys.blocks),
        Key(key="-+", does=words.keys.cadence),
        Key(key=LEVEL_KEYS, does=words.keys.voice),
        Key(key="g", does=words.keys.guidance),
        Key(key="q", does=words.keys.stop),
        Key(key="?", does=words.keys.help),
    )


def _block_left_figure(standing: PlaybackStatus, words: ScreenWords) -> Figure:
    clock = seconds_to_clock(math.ceil(standing.block_left_s))
    return Figure(digits=clock, caption=words.to_block_end, short=clock)


def _left_figure(standing: PlaybackStatus, words: ScreenWords) -> Figure:
    clock = seconds_to_clock(math.ceil(standing.left_s))
    return Figure(digits=clock, caption=words.to_session_end, short=words.to_session_end_short.format(clock=clock))


def cadence_figure(spm: float, words: ScreenWords) -> Figure:
    """Steps per minute, as a whole number."""
    digits = f"{spm:.0f}"
    return Figure(digits=digits, caption=words.steps_per_minute, short=words.steps_per_minute_short.format(spm=digits))


def _breath_fill(breath: BreathNow, words: ScreenWords) -> BreathFill:
    """Fullness follows a cosine, as breath does: slow where it turns."""
    risen = (1.0 - math.cos(math.pi * min(1.0, max(0.0, breath.done)))) / 2.0
    inwards = breath.phase == "in"
    return BreathFill(
        phase=breath.phase,
        fullness=risen if inwards else 1.0 - risen,
        word=words.breath_in if inwards else words.breath_out,
    )


def _timeline_bar(standing: PlaybackStatus, words: ScreenWords) -> TimelineBar:
    following = standing.timeline.blocks[standing.block + 1 : standing.block + 2]
    then = words.next_block.format(title=clean_text(following[0].title)) if following else ""
    return TimelineBar(timeline=standing.timeline, position_s=standing.position_s, block=standing.block, then=then)


def format_notice(given: Notice, words: ScreenWords) -> str:
    """A notice in words."""
    return words.notices[given.kind].format(amount=_amount(given, words))


def _amount(given: Notice, words: ScreenWords) -> str:
    if given.kind in {"ticks-level", "voice-level"}:
        return format_level(given.amount, words)
    if given.amount is None:
        return ""
    if given.kind == "guidance":
        return words.guidance[GUIDANCE.get(given.amount, "full")]
    return f"{given.amount:.0f}"


def format_level(level_db: float | None, words: ScreenWords) -> str:
    """A level against what the session says, with its sign; None is off."""
    return words.off if level_db is None else f"{level_db:+.0f} dB".replace("+0", "0")


def list_keys(standing: PlaybackStatus, words: ScreenWords) -> tuple[Key, ...]:
    """Every key with what it does just now."""
    keys, names = words.keys, words.key_names
    return (
        Key(key=names.space, does=keys.begin_long if standing.state == "waiting" else keys.space_long),
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
