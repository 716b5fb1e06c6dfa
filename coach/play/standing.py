"""Where a run stands, at the moment that is heard: all a screen needs to show it."""

from dataclasses import dataclass
from typing import Literal, Protocol

from coach.timeline.types import Phase, Speech, Timeline

State = Literal["waiting", "playing", "pausing", "paused", "lost", "ended"]
"""Waiting for the start; playing; on the way to a breath to pause at; paused; without a device; over."""

NoticeKind = Literal[
    "pause-at-breath",  # amount: seconds until the pause
    "cadence-from-breath",  # amount: steps per minute from the next breath on
    "cadence-limit",  # amount: the steps per minute it stays at
    "ticks-level",  # amount: dB against what the session says; None: off
    "voice-level",  # amount: dB
    "guidance",  # amount: how many levels of cues are still said: 3 full, 2 light, 1 quiet
    "device-lost",
    "device-back",
    "words-missing",  # a voice failed; the words it should have said were left out
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something the runner should know just now, for screens to put in words."""

    kind: NoticeKind
    amount: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BreathNow:
    """The breath that is heard: its phase, and how much of that phase is over, from 0 to 1."""

    phase: Phase
    done: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A run at one moment.

    ``position_s`` is the place in the timeline of the sample heard now; it comes from the audio, never from a clock.
    ``block`` indexes ``timeline.blocks``. ``speech`` is what is being said, ``breath`` what is breathed with (None
    where nothing is heard of a breath). ``starts_in_s`` counts down while waiting. ``notice`` stays until it is
    replaced or some seconds have been heard.
    """

    timeline: Timeline
    state: State
    position_s: float
    block: int
    cadence_spm: float
    breath: BreathNow | None = None
    speech: Speech | None = None
    starts_in_s: float = 0.0
    guidance: str = "full"
    ticks_db: float | None = 0.0
    voice_db: float = 0.0
    notice: Notice | None = None

    @property
    def block_left_s(self) -> float:
        """What is left of the block."""
        return max(0.0, self.timeline.blocks[self.block].end_s - self.position_s)

    @property
    def left_s(self) -> float:
        """What is left of the session."""
        return max(0.0, self.timeline.length_s - self.position_s)


class Controls(Protocol):
    """What a runner can do on the way. None of these waits or fails; what comes of it is seen in the standing."""

    def standing(self) -> Standing:
        """Where the run stands now."""

    def begin_now(self) -> None:
        """Skip what is left of the start delay."""

    def toggle_pause(self) -> None:
        """Pause at the next breath, or go on; while on the way to a pause, think better of it."""

    def next_block(self) -> None:
        """Go to the start of the next block; in the last one nothing happens."""

    def previous_block(self) -> None:
        """Go to the start of this block, or, in its first three seconds, of the one before."""

    def change_cadence(self, by_spm: float) -> None:
        """So many steps per minute more (or less), from the next breath cycle on."""

    def set_cadence(self, spm: float) -> None:
        """This cadence, from the next breath cycle on."""

    def ticks_louder(self, by_db: float) -> None:
        """Louder or softer ticks; below the softest they are off."""

    def voice_louder(self, by_db: float) -> None:
        """A louder or softer voice."""

    def less_guidance(self) -> None:
        """Say less from now on: full, then light, then quiet, then full again."""

    def can_walk_out(self) -> bool:
        """Whether there is a walk-out still to come."""

    def walk_out(self) -> None:
        """Go to the walk-out."""

    def stop(self) -> None:
        """End here, softly; the standing becomes ``ended`` when it is quiet."""
