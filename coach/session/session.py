"""Session as its author wrote it: frozen, valid, each part with its location in the file."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from coach.diagnostics.problem import Location

CueLevel = Literal["essential", "guide", "extra"]

BellPlacement = Literal["start", "end", "both", "none"]

THROUGHOUT_S = math.inf


@dataclass(frozen=True, kw_only=True, slots=True)
class KindSyntax:
    """Syntax of a kind of block: its name, and the parts an author may choose from.

    ``about`` is its description in editors, ``example`` the keys and values of the settings in their snippet.
    ``running``: whether the runner steps in it.
    """

    name: str
    parts: tuple[str, ...] = ()
    about: str = ""
    example: tuple[tuple[str, str], ...] = (("lasts", "3m"),)
    running: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Words to say, per language (``nl``, ``en``), as written: marks and values still in them."""

    words: Mapping[str, str]
    location: Location

    def __getitem__(self, language: str) -> str:
        return self.words[language]


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """How long a block may last; the two are equal unless it is elastic."""

    shortest_s: float
    longest_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsoluteCadence:
    """A cadence in steps per minute, whatever the session's."""

    spm: float

    def resolve_spm(self, session_spm: float) -> float:  # noqa: ARG002 - a relative cadence needs it
        """Resolve the cadence in steps per minute, within a session of the given cadence."""
        return self.spm


@dataclass(frozen=True, kw_only=True, slots=True)
class RelativeCadence:
    """A cadence that lies so many steps per minute above the session's, or below where negative."""

    offset_spm: float

    def resolve_spm(self, session_spm: float) -> float:
        """Resolve the cadence in steps per minute, within a session of the given cadence."""
        return session_spm + self.offset_spm


CadenceValue = AbsoluteCadence | RelativeCadence


@dataclass(frozen=True, kw_only=True, slots=True)
class Ramp:
    """A cadence over a block: a straight line from start to end, which are equal when it is steady."""

    start: CadenceValue
    end: CadenceValue


@dataclass(frozen=True, kw_only=True, slots=True)
class Breath:
    """One cycle of breath, counted in steps or, where nobody steps, in seconds; all zero is ``none``: no cycle to keep.

    ``held_in`` is how long the breath is held after the in-breath, ``held_out`` after the out-breath.
    """

    inhale: float
    exhale: float
    held_in: float = 0
    held_out: float = 0
    in_seconds: bool = False

    @property
    def lengths(self) -> tuple[float, float, float, float]:
        """The lengths of in, held, out and held, in this order."""
        return self.inhale, self.held_in, self.exhale, self.held_out

    @property
    def length(self) -> float:
        """Steps, or seconds, in a whole cycle."""
        return self.inhale + self.held_in + self.exhale + self.held_out

    @property
    def is_held(self) -> bool:
        """Whether the breath is held anywhere in the cycle."""
        return self.held_in + self.held_out > 0

    @property
    def phases(self) -> tuple[tuple[Literal["in", "hold", "out"], float], ...]:
        """The phases in order, each with its length."""
        return tuple((name, length) for name, length in zip(_PHASES, self.lengths, strict=True) if length)


_PHASES: tuple[Literal["in", "hold", "out"], ...] = ("in", "hold", "out", "hold")

NO_BREATH = Breath(inhale=0, exhale=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhasedSound:
    """One sound for the in-breath and another for the out-breath: each a built-in name, ``none``, or a file."""

    inhale: str | Path
    exhale: str | Path


SoundChoice = str | Path | PhasedSound


@dataclass(frozen=True, kw_only=True, slots=True)
class Sounds:
    """The sounds of a session or block: a built-in name, ``none``, the path of an author's file, or unset (None).

    Ticks and breath sounds may be one for each phase; a bed may be several files in turn. ``bed_fade_s`` is how long
    a bed takes to come in or to go.
    """

    tick: SoundChoice | None = None
    bell: str | Path | None = None
    breath: SoundChoice | None = None
    bed: str | Path | tuple[Path, ...] | None = None
    bed_fade_s: float | None = None

    def list_files(self) -> Iterator[tuple[tuple[str | int, ...], Path]]:
        """List the author's files, each with the keys that lead to it; a place in a list counts from 0."""
        for key in (each.name for each in fields(self)):
            match getattr(self, key):
                case Path() as file:
                    yield (key,), file
                case tuple() as files:
                    yield from (((key, index), file) for index, file in enumerate(files))
                case PhasedSound(inhale=inhale, exhale=exhale):
                    named = (("in", inhale), ("out", exhale))
                    yield from (((key, phase), file) for phase, file in named if isinstance(file, Path))


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundLevels:
    """How much louder than usual each sound of a session is, in dB; None leaves it as it is."""

    voice_db: float | None = None
    ticks_db: float | None = None
    breath_db: float | None = None
    bells_db: float | None = None
    bed_db: float | None = None

    def override(self, other: "SoundLevels") -> "SoundLevels":
        """Take the levels that another sets in place of these."""
        chosen = {name: level for name, level in asdict(other).items() if level is not None}
        return replace(self, **chosen)


USUAL_LEVELS = SoundLevels()


@dataclass(frozen=True, kw_only=True, slots=True)
class FromStart:
    """A time after the block's start."""

    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FromEnd:
    """A time before the block's end."""

    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class AtShare:
    """At a share of the block, from 0 to 1."""

    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class After:
    """A time after the end of the previous cue."""

    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Every:
    """Repeatedly, with a fixed period."""

    period_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Evenly:
    """Spread evenly over the block, with the other cues that have no place."""


CuePlace = FromStart | FromEnd | AtShare | After | Every | Evenly

EVENLY = Evenly()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """Something to say: a text, its place, its level, and perhaps the author's own recording.

    A kind's own cue has the ``name`` that its kind gives it, and ``shorter`` texts, from long to short, for a block
    with little room.
    """

    text: Text
    location: Location
    place: CuePlace = EVENLY
    level: CueLevel = "guide"
    clip: Path | None = None
    name: str = ""
    shorter: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A block of a session. What is None was left to the session or the kind.

    ``ticks_s`` and ``breath_sound_s`` say how long they sound from the block's start, before a fade:
    ``THROUGHOUT_S`` for ``on``, 0 for ``off``. ``may_last`` is how short and how long it may become where a session is
    asked for a length that ``lasts`` cannot reach. Blocks of kind ``repeat`` and ``use`` never get here: the
    reader has written them out. In a repeat, it is in round ``round_number`` of ``rounds``, of the innermost one;
    elsewhere both are 0.
    """

    kind: str
    location: Location
    lasts: Span | None = None
    title: Text | None = None
    cadence: Ramp | None = None
    breath: Breath | None = None
    sounds: Sounds = field(default_factory=Sounds)
    ticks_s: float | None = None
    breath_sound_s: float | None = None
    bell: BellPlacement | None = None
    say: tuple[Cue, ...] | None = None
    say_also: tuple[Cue, ...] = ()
    parts: tuple[str, ...] | None = None
    may_last: Span | None = None
    round_number: int = 0
    rounds: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """How many times blocks are done; the two are equal unless that is fitted to the session's length."""

    least: int
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """Blocks that are repeated."""

    blocks: tuple["Block | Repeat", ...]
    times: Times


def count_variants(outline: Sequence[Block | Repeat]) -> int:
    """Count in how many ways repeats can be fitted, from the fewest times to the most: all of them together."""
    repeats = [each for each in outline if isinstance(each, Repeat)]
    steps = [max(each.times.most - each.times.least + 1, count_variants(each.blocks)) for each in repeats]
    return max(steps, default=1)


def expand_outline(outline: Sequence[Block | Repeat], variant: int, variants: int) -> tuple[Block, ...]:
    """Write repeats out, in one of the variants, counted from 0."""
    blocks: list[Block] = []
    for each in outline:
        if isinstance(each, Block):
            blocks.append(each)
            continue
        more = (each.times.most - each.times.least) * variant // max(1, variants - 1)
        blocks += repeat_blocks(expand_outline(each.blocks, variant, variants), each.times.least + more)
    return tuple(blocks)


def repeat_blocks(blocks: Sequence[Block], times: int) -> Iterator[Block]:
    """Repeat blocks, and number their rounds; those of an inner repeat keep their numbers."""
    for number in range(1, times + 1):
        yield from (each if each.rounds else replace(each, round_number=number, rounds=times) for each in blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A whole session. ``languages`` are those that all its texts have, in the order of its title.

    ``say_as`` gives, per language, how the voice should pronounce a word. ``author`` and ``album`` give, per language,
    what a file says of them; they may lack languages. ``people`` are the values of each person, where there are
    several; ``values`` are then those of the first. ``outline`` are its blocks with repeats that are fitted to its
    length; empty if there are none. ``location`` is that of its length, or else of its title.
    """

    path: Path
    title: Text
    about: Text | None
    form: str
    length_s: float | None
    cadence_spm: float
    breath: Breath
    sounds: Sounds
    values: Mapping[str, str]
    say_as: Mapping[str, Mapping[str, str]]
    blocks: tuple[Block, ...]
    languages: tuple[str, ...]
    location: Location
    author: Mapping[str, str] = field(default_factory=dict)
    album: Mapping[str, str] = field(default_factory=dict)
    track: int | None = None
    year: int | None = None
    levels: SoundLevels = USUAL_LEVELS
    outline: tuple[Block | Repeat, ...] = ()
    people: tuple[Mapping[str, str], ...] = ()
