"""What a kind of block is: its defaults, and the cues it speaks when the author wrote none."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from coach.diagnostics.problem import Location
from coach.languages.block_wording import BlockWording, KindWords
from coach.session.session import (
    EVENLY,
    NO_BREATH,
    After,
    AtShare,
    BellPlacement,
    Breath,
    CadenceValue,
    Cue,
    CueLevel,
    CuePlace,
    FromEnd,
    FromStart,
    Ramp,
    Span,
    Text,
)
from coach.units import SECONDS_PER_MINUTE

_BREATH_MARK = re.compile(r"\[(in|out)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockContext:
    """One block about to be spoken: what its kind may go by when choosing words.

    ``turn`` counts the blocks of the same kind before this one. ``ticks_s`` is how long ticks sound from the start.
    """

    wording: BlockWording
    words: KindWords
    lasts_s: float
    parts: tuple[str, ...]
    breath: Breath
    bell: BellPlacement
    ticks_s: float
    turn: int
    where: Location

    def cue(
        self,
        name: str,
        place: CuePlace = EVENLY,
        *,
        level: CueLevel = "guide",
        turn: int | None = None,
        fill: Mapping[str, str] = MappingProxyType({}),
    ) -> Cue:
        """The cue of this name, in the phrasing whose turn it is, with ``{key}`` filled in."""
        words = self._phrasing(self.words.cues[name], turn)
        for key, value in fill.items():
            words = words.replace("{" + key + "}", value)
        return self.text(words, place, level)

    def part(self, name: str, place: CuePlace = EVENLY, *, level: CueLevel = "guide", turn: int | None = None) -> Cue:
        """What is said of one part, of the body say, in the phrasing whose turn it is."""
        return self.text(self._phrasing(self.words.parts[name], turn), place, level)

    def text(self, words: str, place: CuePlace, level: CueLevel = "guide") -> Cue:
        """A cue with these words; where there is no breath to wait for, a pause stands in."""
        if self.breath == NO_BREATH:
            words = _BREATH_MARK.sub("[1s]", words)
        text = Text(words={self.wording.language: words}, where=self.where)
        return Cue(text=text, where=self.where, place=place, level=level)

    def spoken_length(self) -> str:
        """How long this block lasts, in words: 'twee minuten'."""
        return self.wording.format_length(self.lasts_s / SECONDS_PER_MINUTE)

    def _phrasing(self, phrasings: tuple[str, ...], turn: int | None) -> str:
        return phrasings[(self.turn if turn is None else turn) % len(phrasings)]


CueMaker = Callable[[BlockContext], Iterator[Cue]]

Lasting = Callable[[float], float]


def never(_lasts_s: float) -> float:
    """Ticks or breath sounds that are off."""
    return 0.0


def share(part: float) -> Lasting:
    """Ticks or breath sounds for the first part (0 to 1) of a block."""
    return lambda lasts_s: part * lasts_s


def build_steady_ramp(relative_spm: float) -> Ramp:
    """A steady cadence that differs from the session's by so many steps per minute."""
    value = CadenceValue(spm=relative_spm, relative=True)
    return Ramp(start=value, end=value)


SESSION_CADENCE = build_steady_ramp(0.0)


def make_no_cues(_moment: BlockContext) -> Iterator[Cue]:
    """A kind that leaves all words to the author."""
    return iter(())


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of block. An author's settings come before every default here.

    ``about`` is what an author reads of it, in editors and in the reference; ``example`` are settings to begin with.
    ``running``: whether steps go on, so that its borders keep to the breath. ``lasts`` is None where the words decide
    (`say`). ``breath`` None is the session's. ``ticks_s`` and ``breath_sound_s`` give, from the block's length, how
    long they sound from its start. ``thinning`` ticks leave out ever more steps before they stop.
    """

    name: str
    about: str
    example: tuple[tuple[str, str], ...]
    cues: CueMaker = make_no_cues
    running: bool = True
    lasts: Span | None = None
    parts: tuple[str, ...] = ()
    cadence: Ramp = SESSION_CADENCE
    breath: Breath | None = None
    ticks_s: Lasting = never
    breath_sound_s: Lasting = never
    thinning: bool = False
    bell: BellPlacement = "none"


def minutes_to_span(shortest: float, longest: float | None = None) -> Span:
    """A span given in minutes; with one number, a fixed length."""
    return Span(
        shortest_s=shortest * SECONDS_PER_MINUTE,
        longest_s=(shortest if longest is None else longest) * SECONDS_PER_MINUTE,
    )


def at(seconds: float) -> CuePlace:
    """So long after the block's start."""
    return FromStart(seconds=seconds)


def before_end(seconds: float) -> CuePlace:
    """So long before the block's end."""
    return FromEnd(seconds=seconds)


def at_share(part: float) -> CuePlace:
    """At that share (0 to 1) of the block."""
    return AtShare(share=part)


def after(seconds: float) -> CuePlace:
    """So long after the cue before has ended."""
    return After(seconds=seconds)
