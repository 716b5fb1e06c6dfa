"""A plan as it is looked at while it is heard: what there is at a place in it."""

import bisect

from coach.play.standing import BreathNow
from coach.timeline.plan import Plan
from coach.timeline.types import BreathSound, Speech, Tick

# A breath is shown while something of it is heard; ticks that thin out come at every fourth step.
HEARD_LATELY_S = 2.5
LINGERS_S = 0.6


class View:
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
