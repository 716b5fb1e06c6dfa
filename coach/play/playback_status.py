"""Where a run stands, at the moment that is heard: all a screen needs to show it."""

import bisect
from dataclasses import dataclass
from typing import Literal, Protocol

from coach.languages.screen_words import NoticeKind
from coach.timeline.schedule import Plan
from coach.timeline.timeline import BreathSound, Phase, Speech, Tick, Timeline

State = Literal["waiting", "playing", "pausing", "paused", "lost", "ended"]

"""Waiting for the start; playing; on the way to a breath to pause at; paused; without a device; over."""


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
class PlaybackStatus:
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

    def standing(self) -> PlaybackStatus:
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


# A breath is shown while something of it is heard; ticks that thin out come at every fourth step.
HEARD_LATELY_S = 2.5

LINGERS_S = 0.6


class PlanLookup:
    """Looks things up in one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._speech = [event for event in plan.timeline.events if isinstance(event, Speech)]
        self._speech_s = [event.start_s for event in self._speech]
        self._breathed_s = [
            event.start_s
            for event in plan.timeline.events
            if isinstance(event, BreathSound) or (isinstance(event, Tick) and event.phase is not None)
        ]

    def block(self, time_s: float) -> int:
        """The index of the block at a time."""
        return self.plan.score.grid.block_at(time_s)

    def cadence_spm(self, time_s: float) -> float:
        """The cadence at a time."""
        stretch = self.plan.score.grid.stretch_at(time_s)
        return stretch.spm_at(min(time_s, stretch.end_s))

    def speech(self, time_s: float) -> Speech | None:
        """What is being said at a time, or was until an instant ago."""
        index = bisect.bisect_right(self._speech_s, time_s) - 1
        if index < 0 or time_s > self._speech[index].end_s + LINGERS_S:
            return None
        return self._speech[index]

    def re_entry_s(self, time_s: float, soft_s: float) -> float:
        """Where to go on softly after a rest at a time, so that no word is lost: on a breath, before what was cut."""
        cut = self.speech(time_s)
        if cut is not None and cut.start_s < time_s < cut.end_s:
            time_s = cut.start_s
        index = bisect.bisect_left(self._speech_s, time_s)
        if index < len(self._speech_s) and self._speech_s[index] < time_s + soft_s:
            return self.cycle_start_s(max(0.0, self._speech_s[index] - soft_s))
        return self.cycle_start_s(time_s)

    def breath(self, time_s: float) -> BreathNow | None:
        """Where in the breath a time lies, if anything is heard of it there."""
        index = bisect.bisect_right(self._breathed_s, time_s) - 1
        stretch = self.plan.score.grid.stretch_at(time_s)
        if index < 0 or time_s - self._breathed_s[index] > HEARD_LATELY_S or not stretch.breath.steps:
            return None
        step = (stretch.steps_at(min(time_s, stretch.end_s)) - stretch.anchor) % stretch.breath.steps
        if step < stretch.breath.steps_in:
            return BreathNow(phase="in", done=step / stretch.breath.steps_in)
        return BreathNow(phase="out", done=(step - stretch.breath.steps_in) / stretch.breath.steps_out)

    def cycle_start_s(self, time_s: float) -> float:
        """The last start of a breath cycle (without a breath: the last step) at or before a time, within its block."""
        grid = self.plan.score.grid
        index = grid.block_at(time_s)
        starts_s = [
            step.start_s
            for step in grid.steps_in(index, max(grid.start_s(index), time_s - 30.0))
            if step.start_s <= time_s and (step.count is None or (step.phase == "in" and step.count == 1))
        ]
        return starts_s[-1] if starts_s else max(grid.start_s(index), time_s - 1.0)
