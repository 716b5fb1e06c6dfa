"""Timeline of a planned session: everything that will be heard, with its exact times.

Times are seconds from the session's first sample, never rounded; the mixer rounds each once, to a sample.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.diagnostics.problem import Location
from coach.utterance import Utterance

Phase = Literal["in", "out"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bed:
    """A background sound: ``name`` is built in, or the path of the author's file, which is then repeated."""

    start_s: float
    end_s: float
    name: str | Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Bell:
    """One stroke of a bell, left to ring out."""

    start_s: float
    end_s: float
    name: str | Path


@dataclass(frozen=True, kw_only=True, slots=True)
class BreathSound:
    """The sound of one in- or out-breath, from its first step to the first step of the next phase."""

    start_s: float
    end_s: float
    phase: Phase
    name: str | Path
    gain_db: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A cadence tick on a step. ``count`` is the step's number within its phase, from 1; without breath both are None.

    ``gain_db`` is the level of its peak against full scale.
    """

    start_s: float
    phase: Phase | None
    count: int | None
    gain_db: float
    name: str | Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """One stretch of words: ``text`` is shown, ``utterance`` is spoken; ``block`` is the index of its block."""

    start_s: float
    end_s: float
    text: str
    utterance: Utterance
    block: int
    where: Location


Event = Bed | Bell | BreathSound | Tick | Speech


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedBlock:
    """A block with its final times. The cadences are those at its start and end, with a straight line between."""

    kind: str
    title: str
    start_s: float
    end_s: float
    start_spm: float
    end_spm: float
    running: bool
    where: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """A whole session in one language, its events sorted by (start, rank of kind, line)."""

    title: str
    about: str
    language: str
    length_s: float
    cadence_spm: float
    blocks: tuple[PlannedBlock, ...]
    events: tuple[Event, ...]
