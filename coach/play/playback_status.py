"""Playback status at the moment that is heard: all that a screen needs to show it."""

import bisect
import itertools
from dataclasses import dataclass
from typing import Literal, Protocol

from coach.timeline.schedule import Plan
from coach.timeline.timeline import BreathSound, Phase, Speech, Tick, Timeline

State = Literal["waiting", "playing", "pausing", "paused", "lost", "ended"]

"""Before the start; playing; about to pause at the next breath; paused; without a device; over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EventNotice:
    """Something has happened that needs no figure."""

    kind: Literal["pause-at-breath", "device-lost", "device-back", "words-missing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CadenceNotice:
    """The cadence changes at the next breath, or stays at its limit."""

    kind: Literal["cadence-from-breath", "cadence-limit"]
    spm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GainNotice:
    """The runner's gain for ticks or voice has changed; None means off."""

    kind: Literal["ticks-level", "voice-level"]
    gain_db: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidanceNotice:
    """The level of guidance has changed."""

    guidance: str
    kind: Literal["guidance"] = "guidance"


Notice = EventNotice | CadenceNotice | GainNotice | GuidanceNotice

"""Something the runner should know now; screens put it into words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BreathNow:
    """The breath that is heard: its phase, and how much of that phase is over, from 0 to 1.

    ``held_empty``: whether it is held after an out-breath.
    """

    phase: Phase
    done: float
    held_empty: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaybackStatus:
    """The state of a run at one moment.

    ``position_s`` is the position in the timeline of the sample heard now; it comes from the audio, never from a clock.
    ``block`` indexes ``timeline.blocks``. ``speech`` is what is being said, ``breath`` the breath that is heard (None
    where none is). ``starts_in_s`` counts down before the start. ``notice`` stays until it is replaced or some seconds
    have been heard.
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
        """The rest of the block."""
        return max(0.0, self.timeline.blocks[self.block].end_s - self.position_s)

    @property
    def left_s(self) -> float:
        """The rest of the session."""
        return max(0.0, self.timeline.length_s - self.position_s)


class Controls(Protocol):
    """The commands of a runner. None of them blocks or fails; their effect shows in the status."""

    def get_status(self) -> PlaybackStatus:
        """Return the current status."""

    def begin_now(self) -> None:
        """Skip the rest of the start delay."""

    def toggle_pause(self) -> None:
        """Pause at the next breath, or resume; before that breath, cancel the pause."""

    def go_to_next_block(self) -> None:
        """Go to the start of the next block; in the last one, do nothing."""

    def go_to_previous_block(self) -> None:
        """Go to the start of this block, or, in its first three seconds, to the one before."""

    def change_cadence(self, by_spm: float) -> None:
        """Raise or lower the cadence from the next breath cycle on."""

    def set_cadence(self, spm: float) -> None:
        """Set the cadence from the next breath cycle on."""

    def change_ticks(self, by_db: float) -> None:
        """Make the ticks louder or softer; below the softest they are off."""

    def change_voice(self, by_db: float) -> None:
        """Make the voice louder or softer."""

    def cycle_guidance(self) -> None:
        """Switch the guidance from full to light, to quiet, to full again."""

    def can_walk_out(self) -> bool:
        """Return whether there is a walk-out ahead."""

    def walk_out(self) -> None:
        """Go to the walk-out."""

    def stop(self) -> None:
        """End here with a fade; the state becomes ``ended`` when it is silent."""


# A breath is shown while some of its sound is heard, and after it; where ticks thin out, only every fourth step sounds.
BREATH_SHOWN_S = 2.5
SPEECH_SHOWN_S = 0.6

# Longer than any cycle of breath: four phases of twenty seconds.
LONGEST_CYCLE_S = 80.0


class PlanLookup:
    """Finds blocks, cadence, speech and breath of one plan by time."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._speech = [event for event in plan.timeline.events if isinstance(event, Speech)]
        self._speech_s = [event.start_s for event in self._speech]
        breaths = [event for event in plan.timeline.events if isinstance(event, BreathSound | Tick) and event.phase]
        self._breathed_s = [event.start_s for event in breaths]
        self._shown_until_s = list(itertools.accumulate(map(self._find_shown_until_s, breaths), max))

    def find_block(self, time_s: float) -> int:
        """Find the index of the block at a time."""
        return self.plan.schedule.grid.find_block(time_s)

    def find_cadence_spm(self, time_s: float) -> float:
        """Find the cadence at a time."""
        segment = self.plan.schedule.grid.find_segment(time_s)
        if segment.breath.in_seconds:
            return self.plan.session.cadence_spm
        return segment.find_spm(min(time_s, segment.end_s))

    def find_speech(self, time_s: float) -> Speech | None:
        """Find what is being said at a time, or was until shortly before."""
        index = bisect.bisect_right(self._speech_s, time_s) - 1
        if index < 0 or time_s > self._speech[index].end_s + SPEECH_SHOWN_S:
            return None
        return self._speech[index]

    def find_re_entry_s(self, time_s: float, soft_s: float) -> float:
        """Find where to resume so that the fade-in hides no word: on a breath, before an interrupted cue."""
        cut = self.find_speech(time_s)
        if cut is not None and cut.start_s < time_s < cut.end_s:
            time_s = cut.start_s
        index = bisect.bisect_left(self._speech_s, time_s)
        if index < len(self._speech_s) and self._speech_s[index] < time_s + soft_s:
            return self.find_cycle_start_s(max(0.0, self._speech_s[index] - soft_s))
        return self.find_cycle_start_s(time_s)

    def find_breath(self, time_s: float) -> BreathNow | None:
        """Find the breath at a time, if any of its sound is heard there."""
        index = bisect.bisect_right(self._breathed_s, time_s) - 1
        segment = self.plan.schedule.grid.find_segment(time_s)
        if index < 0 or time_s > self._shown_until_s[index] or not segment.breath.length:
            return None
        step = (segment.count_steps(min(time_s, segment.end_s)) - segment.anchor) % segment.breath.length
        is_out = False
        for phase, length in segment.breath.phases:
            is_out = is_out or phase == "out"
            if step < length:
                break
            step -= length
        return BreathNow(phase=phase, done=min(1.0, step / length), held_empty=is_out and phase == "hold")

    def _find_shown_until_s(self, event: BreathSound | Tick) -> float:
        """Find until when the breath is shown to which a sound belongs: the sound, and what is held after it."""
        if isinstance(event, Tick):
            return event.start_s + BREATH_SHOWN_S
        breath = self.plan.schedule.grid.find_segment(event.start_s).breath
        held = breath.held_in if event.phase == "in" else breath.held_out
        share = held / (breath.inhale if event.phase == "in" else breath.exhale)
        return max(event.start_s + BREATH_SHOWN_S, event.end_s + share * (event.end_s - event.start_s))

    def find_cycle_start_s(self, time_s: float) -> float:
        """Find the last start of a breath cycle (without a breath: step) at or before a time, within its block."""
        grid = self.plan.schedule.grid
        index = grid.find_block(time_s)
        starts_s = [
            step.start_s
            for step in grid.iter_steps(index, max(grid.starts_s[index], time_s - LONGEST_CYCLE_S))
            if step.start_s <= time_s and (step.count is None or (step.phase == "in" and step.count == 1))
        ]
        return starts_s[-1] if starts_s else max(grid.starts_s[index], time_s - 1.0)
