"""A kind of block: its default settings, and the cues it makes where the author wrote none."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from coach.diagnostics.problem import Location
from coach.languages import find_language
from coach.languages.block_wording import BlockWording, KindWords
from coach.languages.spoken_numbers import find_numbers
from coach.languages.text_normalizer import normalize_text
from coach.session.session import (
    EVENLY,
    NO_BREATH,
    AbsoluteCadence,
    AtShare,
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

_BREATH_MARK = re.compile(r"\[(in|out|hold)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockContext:
    """What a kind knows of one block when it makes its cues.

    ``occurrence`` is the number of blocks of the same kind before it; ``follows`` is the kind just before it, "" at the
    start. ``ticks_s`` is how long ticks sound from its
    start. ``first_bell_s`` is how long words wait for a bell at its start; ``last_bell_s`` how long one rings at its
    end.
    """

    wording: BlockWording
    words: KindWords
    lasts_s: float
    parts: tuple[str, ...]
    breath: Breath
    bell: BellPlacement
    ticks_s: float
    first_bell_s: float = 0.0
    last_bell_s: float = 0.0
    occurrence: int
    follows: str = ""
    location: Location

    def make_cue(
        self,
        name: str,
        place: CuePlace = EVENLY,
        *,
        level: CueLevel = "guide",
        variant: int | None = None,
        fill: Mapping[str, str] = MappingProxyType({}),
        until_s: float | None = None,
    ) -> Cue:
        """Make the cue of this name, ``{key}`` filled in: in phrasing ``variant``, or else of the occurrence.

        ``{length}`` becomes about how long this block lasts: 'two minutes'; or, where something ends at ``until_s``
        in the block, about how long that is after these words.
        """
        phrasings = (self.words.cues[name], *self._list_short(name))
        lengths = (self._fill(self._choose_phrasing(each, variant), fill, until_s) for each in phrasings)
        return self.make_text_cue(name, tuple(lengths), place, level)

    def make_part_cue(
        self, name: str, place: CuePlace = EVENLY, *, level: CueLevel = "guide", variant: int | None = None
    ) -> Cue:
        """Make the cue of one part, such as a part of the body: in phrasing ``variant``, or else of the occurrence."""
        phrasings = (self.words.parts[name], *self._list_short(name))
        return self.make_text_cue(name, tuple(self._choose_phrasing(each, variant) for each in phrasings), place, level)

    def make_reminders(self, every_s: float, variants: int, after: float = 0.0) -> Iterator[Cue]:
        """Make a reminder every so often, at even distances; every other one is only for full guidance.

        ``variants`` is how many phrasings further a block begins than the one of its kind before it, ``after`` which
        part of a distance each comes later.
        """
        reminders = int(self.lasts_s / every_s)
        for index in range(1, reminders + 1):
            place = AtShare(share=(index + after) / (reminders + 1))
            variant = variants * self.occurrence + index - 1
            yield self.make_cue("remind", place, variant=variant, level="guide" if index % 2 else "extra")

    def spell_cycle(self) -> str:
        """Write how to breathe, as a sentence; nothing where a number is not one that is counted aloud.

        An example is 'Breathe in for four counts, hold for two, and breathe out for six.'
        """
        counted = range(len(self.wording.numbers) + 1)
        if not all(length in counted for length in self.breath.lengths):
            return ""
        lengths = tuple(int(length) for length in self.breath.lengths)
        return self.wording.spell_cycle(lengths, in_beats=self.breath.in_seconds)

    def write_cycles(self, words: Mapping[str, str], cycles: int, *, least: float = 1.0) -> str:
        """Write words of each phase that is as long as the least, to be said where it begins, for so many breaths."""
        phases = zip(PHASES, self.breath.lengths, strict=True)
        cycle = [f"[{mark}] {words[phase]}" for (phase, mark), length in phases if length >= least]
        return " ".join(cycle * cycles)

    def make_text_cue(self, name: str, lengths: Sequence[str], place: CuePlace, level: CueLevel = "guide") -> Cue:
        """Make a cue of the first of these words; the others are shorter, for a block with little room.

        Without a breath to wait for, pauses replace the waits.
        """
        words = map(pause_for_breath, lengths) if self.breath == NO_BREATH else lengths
        first, *rest = (Text(words={self.wording.language: each}, location=self.location) for each in words)
        return Cue(text=first, location=self.location, place=place, level=level, name=name, shorter=tuple(rest))

    def _list_short(self, name: str) -> Iterator[tuple[str, ...]]:
        if name in self.words.short:
            yield self.words.short[name]

    def _fill(self, words: str, fill: Mapping[str, str], until_s: float | None) -> str:
        if "{length}" in words:
            language = self.wording.language
            numbers, length_s = find_numbers(language), self.lasts_s
            for _ in range(2 if until_s is not None else 0):  # the name of a length takes its time, too
                spoken = normalize_text(numbers.fill_length(words, length_s), language)
                spoken_s = find_language(language).pace.estimate_s(spoken)
                length_s = max(1.0, (until_s or 0.0) - self.first_bell_s - spoken_s)
            words = numbers.fill_length(words, length_s)
        for key, value in fill.items():
            words = words.replace("{" + key + "}", value)
        return words

    def _choose_phrasing(self, phrasings: tuple[str, ...], variant: int | None) -> str:
        return phrasings[(self.occurrence if variant is None else variant) % len(phrasings)]


def pause_for_breath(words: str) -> str:
    """Replace each wait for a breath by a pause of a second."""
    return _BREATH_MARK.sub("[1s]", words)


CueMaker = Callable[[BlockContext], Iterator[Cue]]


def build_steady_cadence(spm: float) -> Ramp:
    """Build a steady cadence of so many steps per minute, whatever the session's."""
    cadence = AbsoluteCadence(spm=spm)
    return Ramp(start=cadence, end=cadence)


def build_steady_ramp(offset_spm: float) -> Ramp:
    """Build a steady cadence, so many steps per minute above the session's."""
    cadence = RelativeCadence(offset_spm=offset_spm)
    return Ramp(start=cadence, end=cadence)


PART = "part"

# The phases of a breath as the tables of words name them, and the marks that wait for them.
PHASES = (("in", "in"), ("hold", "hold"), ("out", "out"), ("rest", "hold"))

SESSION_CADENCE = build_steady_ramp(0.0)


def make_no_cues(_context: BlockContext) -> Iterator[Cue]:
    """Make no cues: all words are left to the author."""
    return iter(())


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of block; an author's settings override every default here.

    ``about`` is its description, in editors and in the reference; ``example`` are settings to begin with. ``running``:
    whether steps go on, so that its borders lie on a breath. ``lasts`` is None where the block lasts as long as its
    words (`say`). ``order`` names its cues, the most needed first; ``PART`` stands for its parts. ``breath`` None is
    the session's. ``ticks_share`` and ``breath_sound_share`` are for what part of
    the block, from its start, they sound: 0 (off) to 1. ``thinning`` ticks skip ever more steps before they stop.
    """

    name: str
    about: str
    example: tuple[tuple[str, str], ...]
    make_cues: CueMaker = make_no_cues
    running: bool = True
    lasts: Span | None = None
    parts: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
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
