"""What a screen says at one moment, before anything is known of its size."""

from dataclasses import dataclass

from coach.timeline.timeline import Phase, Timeline


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
class Lungs:
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
    lungs: Lungs | None = None
    choices: tuple[Key, ...] = ()
    keys: tuple[Key, ...] = ()
