"""A kind of block: its default settings, and the cues it makes where the author wrote none."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from coach.diagnostics.problem import Location
from coach.languages.language import BlockWording, KindWords
from coach.languages.spoken_numbers import find_numbers
from coach.session.session import (
    EVENLY,
    NO_BREATH,
    BellPlacement,
    Breath,
    Cue,
    CueLevel,
    CuePlace,
    Ramp,
    RelativeCadence,
    Span,
    Text,
)
from coach.units import SECONDS_PER_MINUTE

_BREATH_MARK = re.compile(r"\[(in|out)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockContext:
    """What a kind knows of one block when it makes its cues.

    ``occurrence`` is the number of blocks of the same kind before it. ``ticks_s`` is how long ticks sound from its
    start.
    """

    wording: BlockWording
    words: KindWords
    lasts_s: float
    parts: tuple[str, ...]
    breath: Breath
    bell: BellPlacement
    ticks_s: float
    occurrence: int
    location: Location

    def make_cue(
        self,
        name: str,
        place: CuePlace = EVENLY,
        *,
        level: CueLevel = "guide",
        variant: int | None = None,
        fill: Mapping[str, str] = MappingProxyType({}),
    ) -> Cue:
        """Make the cue of this name, ``{key}`` filled in: in phrasing ``variant``, or else of the occurrence.

        ``{length}`` becomes about how long this block lasts: 'two minutes'.
        """
        words = self._choose_phrasing(self.words.cues[name], variant)
        if "{length}" in words:
            words = find_numbers(self.wording.language).fill_length(words, self.lasts_s)
        for key, value in fill.items():
            words = words.replace("{" + key + "}", value)
        return self.make_text_cue(words, place, level)

    def make_part_cue(
        self, name: str, place: CuePlace = EVENLY, *, level: CueLevel = "guide", variant: int | None = None
    ) -> Cue:
        """Make the cue of one part, such as a part of the body: in phrasing ``variant``, or else of the occurrence."""
        return self.make_text_cue(self._choose_phrasing(self.words.parts[name], variant), place, level)

    def make_text_cue(self, words: str, place: CuePlace, level: CueLevel = "guide") -> Cue:
        """Make a cue of these words; without a breath to wait for, pauses replace the waits."""
        if self.breath == NO_BREATH:
            words = _BREATH_MARK.sub("[1s]", words)
        text = Text(words={self.wording.language: words}, location=self.location)
        return Cue(text=text, location=self.location, place=place, level=level)

    def _choose_phrasing(self, phrasings: tuple[str, ...], variant: int | None) -> str:
        return phrasings[(self.occurrence if variant is None else variant) % len(phrasings)]


CueMaker = Callable[[BlockContext], Iterator[Cue]]


def build_steady_ramp(offset_spm: float) -> Ramp:
    """Build a steady cadence, so many steps per minute above the session's."""
    cadence = RelativeCadence(offset_spm=offset_spm)
    return Ramp(start=cadence, end=cadence)


SESSION_CADENCE = build_steady_ramp(0.0)


def make_no_cues(_context: BlockContext) -> Iterator[Cue]:
    """Make no cues: all words are left to the author."""
    return iter(())


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of block; an author's settings override every default here.

    ``about`` is its description, in editors and in the reference; ``example`` are settings to begin with. ``running``:
    whether steps go on, so that its borders lie on a breath. ``lasts`` is None where the block lasts as long as its
    words (`say`). ``breath`` None is the session's. ``ticks_share`` and ``breath_sound_share`` are for what part of
    the block, from its start, they sound: 0 (off) to 1. ``thinning`` ticks skip ever more steps before they stop.
    """

    name: str
    about: str
    example: tuple[tuple[str, str], ...]
    make_cues: CueMaker = make_no_cues
    running: bool = True
    lasts: Span | None = None
    parts: tuple[str, ...] = ()
    cadence: Ramp = SESSION_CADENCE
    breath: Breath | None = None
    ticks_share: float = 0.0
    breath_sound_share: float = 0.0
    thinning: bool = False
    bell: BellPlacement = "none"


def minutes_to_span(shortest: float, longest: float | None = None) -> Span:
    """Convert minutes to a span; one number is a fixed length."""
    return Span(
        shortest_s=shortest * SECONDS_PER_MINUTE,
        longest_s=(shortest if longest is None else longest) * SECONDS_PER_MINUTE,
    )
