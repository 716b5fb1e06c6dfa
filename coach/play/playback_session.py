"""Playback session: what each command of the runner does to the plan, the mix and the buffer.

Everything here runs in the playback thread, one command after the other; `coach.play.playback_thread` ensures that.
"""

import itertools
from dataclasses import replace
from typing import Literal

from coach.audio.mixer import Mixer
from coach.audio.soundbank import SoundSource
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.play.playback_buffer import PlaybackBuffer, SampleSource, SwitchPoint
from coach.play.playback_status import (
    CadenceNotice,
    EventNotice,
    GainNotice,
    GuidanceNotice,
    Notice,
    PlanLookup,
    PlaybackStatus,
    State,
)
from coach.play.sample_sources import (
    FADE_IN_S,
    FADE_OUT_S,
    Mix,
    SoundsWithUserGains,
    UserGains,
    fade_in,
    play_floor,
    play_until,
)
from coach.sounds.beds import FLOOR
from coach.timeline.block_settings_and_guidance import GUIDANCE
from coach.timeline.replan import CadenceLimitError, PlanChange, find_next_cycle_s, replan, replan_from_block
from coach.timeline.schedule import Plan
from coach.units import frames_to_seconds, seconds_to_frames

QUIET_FIRST_S = 0.5
SPLICE_S = 0.05
JUMP_S = 0.2
MASTERING_S = 0.8
NOTICE_S = 6.0
FIRST_SECONDS_S = 3.0

# A device may buffer slightly more than it reports; without this margin the last tick or bell is cut.
DRAIN_S = 0.15

# A change of plan takes effect this much later than the next frame, so that a switch never comes too late for it.
AHEAD_S = 0.35
WALK_OUT = "walk-out"

Ending = Literal["finished", "walked-out", "stopped"]


class PlaybackSession:
    """One run of one plan. Until `begin`, the buffer plays the noise floor.

    ``gain_db`` is the gain that the session probably needs, until `set_gain` corrects it.
    """

    def __init__(
        self, plan: Plan, bank: SoundSource, buffer: PlaybackBuffer, device: ReconnectingDevice, gain_db: float = 0.0
    ) -> None:
        self.ending: Ending = "finished"
        self.is_stopping = False
        self._bank = bank
        self._buffer = buffer
        self._device = device
        self._rate_hz = buffer.rate_hz
        self._lookup = PlanLookup(plan)
        self._gains = UserGains()
        self._mix = Mix(mixer=self._make_mixer(plan), gain_db=gain_db)
        self._state: State = "waiting"
        self._resume_at_s = 0.0
        self._pauses_at = 0
        self._begins_at = 0
        self._state_before: State = "waiting"
        self._notice: tuple[Notice, int] | None = None

    # Called repeatedly by the playback thread.

    def update(self) -> None:
        """Fill the buffer, and react to changes of the device and to the end of the session."""
        if self.is_over:
            return
        if self._device.check_lost():
            if self.is_stopping:
                self.end_now()
                return
            self._handle_loss()
        elif self._device.try_reopen(self._handle_return):
            self._notify(EventNotice(kind="device-back"))
        self._buffer.fill()
        heard = self._buffer.find_heard_frame(self._latency)
        if self._state == "waiting" and heard is not None:
            self._state = "playing"
        if self._state == "pausing" and heard is None and self._buffer.find_next_frame() is None:
            self._state = "paused"
            self._notice = None
        if self._buffer.is_over(self._latency + seconds_to_frames(DRAIN_S, self._rate_hz)):
            self.end_now()

    def get_status(self) -> PlaybackStatus:
        """Return the current status; safe to call from any thread."""
        lookup, position_s, state = self._lookup, self._find_position_s(), self._state
        moving = state in ("playing", "pausing")
        return PlaybackStatus(
            timeline=lookup.plan.timeline,
            state=state,
            position_s=position_s,
            block=lookup.find_block(position_s),
            cadence_spm=lookup.find_cadence_spm(position_s),
            breath=lookup.find_breath(position_s) if moving else None,
            speech=lookup.find_speech(position_s) if moving else None,
            starts_in_s=self._measure_delay_s() if state == "waiting" else 0.0,
            guidance=lookup.plan.options.guidance,
            ticks_db=self._gains.ticks_db,
            voice_db=self._gains.voice_db,
            notice=self._find_notice(),
        )

    @property
    def is_over(self) -> bool:
        """Whether playback has ended."""
        return self._state == "ended"

    def end_now(self) -> None:
        """End at once, without a fade."""
        self._device.close()
        self._state = "ended"

    @property
    def played_s(self) -> float:
        """How much of the session was heard, pauses excluded."""
        return frames_to_seconds(self._buffer.played, self._rate_hz)

    @property
    def plan(self) -> Plan:
        """The current plan."""
        return self._lookup.plan

    # The runner's commands.

    def begin(self, delay_s: float) -> None:
        """Start the session after a delay, but never before a headset has woken up."""
        first = seconds_to_frames(QUIET_FIRST_S, self._rate_hz)
        self._begins_at = max(self._buffer.pulled + seconds_to_frames(delay_s, self._rate_hz), first)
        # No fade: it would soften the first tick or word, and a cut in the noise floor is inaudible.
        self._buffer.switch(self._play_from_start, fade_s=0.0, skip_missed=False)

    def begin_now(self) -> None:
        """Skip the rest of the delay."""
        if self._state == "waiting" and self._buffer.find_next_frame() is None:
            self.begin(0.0)

    def toggle_pause(self) -> None:
        """Pause at the next breath; before that breath, cancel the pause; when paused, resume softly.

        While the device is lost, go on with whichever is the default.
        """
        match self._state:
            case "playing":
                self._buffer.switch(self._play_to_pause, fade_s=SPLICE_S, skip_missed=True)
            case "pausing" if self._buffer.find_next_frame() is not None:
                self._state = "playing"
                self._restart_mix()
            case "pausing" | "paused":
                self._play_softly_from(self._lookup.find_re_entry_s(self._resume_at_s, FADE_IN_S))
            case "lost":
                self._device.accept_any()

    def go_to_next_block(self) -> None:
        """Go to the start of the next block."""
        blocks = self.plan.timeline.blocks
        index = self._lookup.find_block(self._find_position_s()) + 1
        if index < len(blocks):
            self._go_to(blocks[index].start_s)

    def go_to_previous_block(self) -> None:
        """Go to the start of this block, or in its first seconds to the one before; both at the current cadence."""
        position_s = self._find_position_s()
        index = self._lookup.find_block(position_s)
        if position_s - self.plan.timeline.blocks[index].start_s < FIRST_SECONDS_S:
            index = max(0, index - 1)
        self._use_plan(replan_from_block(self.plan, index))
        self._go_to(self.plan.timeline.blocks[index].start_s)

    def change_cadence(self, by_spm: float) -> None:
        """Raise or lower the cadence from the next breath on."""
        at_s = find_next_cycle_s(self.plan, self._find_change_s())
        if at_s is not None:
            self._change_cadence_at(at_s, by_spm)

    def set_cadence(self, spm: float) -> None:
        """Set the cadence from the next breath on."""
        at_s = find_next_cycle_s(self.plan, self._find_change_s())
        if at_s is not None:
            self._change_cadence_at(at_s, spm - self._lookup.find_cadence_spm(at_s))

    def change_ticks(self, by_db: float) -> None:
        """Make the ticks louder or softer."""
        self._gains = self._gains.with_ticks(by_db)
        self._notify(GainNotice(kind="ticks-level", gain_db=self._gains.ticks_db))
        self._use_plan(self.plan)

    def change_voice(self, by_db: float) -> None:
        """Make the voice louder or softer."""
        self._gains = self._gains.with_voice(by_db)
        self._notify(GainNotice(kind="voice-level", gain_db=self._gains.voice_db))
        self._use_plan(self.plan)

    def cycle_guidance(self) -> None:
        """Switch to the next lower level of guidance; after the lowest, to the highest."""
        order = list(GUIDANCE)
        guidance = order[(order.index(self.plan.options.guidance) + 1) % len(order)]
        self._use_plan(replan(self.plan, self._find_change_s(), PlanChange(guidance=guidance)))
        self._notify(GuidanceNotice(guidance=guidance))

    def can_walk_out(self) -> bool:
        """Return whether there is a walk-out ahead."""
        return self._find_walk_out_s() is not None

    def walk_out(self) -> None:
        """Go to the walk-out, also from a pause."""
        start_s = self._find_walk_out_s()
        if start_s is not None:
            self.ending = "walked-out"
            self._jump_to(start_s)

    def stop(self) -> None:
        """End here with a fade; later commands are ignored."""
        self.ending = "stopped"
        self.is_stopping = True

        def fading(point: SwitchPoint) -> SampleSource:
            if point.frame is None:
                return iter(())
            end = point.frame + seconds_to_frames(FADE_OUT_S, self._rate_hz)
            return play_until(self._mix.play_from(point.frame), end, self._rate_hz)

        self._buffer.switch(fading, fade_s=SPLICE_S, skip_missed=True)
        if not self._device.is_open:
            self.end_now()

    # Results of background work.

    def update_plan(self) -> None:
        """Replan the rest with the measured lengths of words that have been spoken since."""
        self._use_plan(replan(self.plan, self._find_change_s()))

    def set_gain(self, gain_db: float) -> None:
        """Set the gain that brings the whole session to its loudness, once it has been measured."""
        if gain_db != self._mix.gain_db:
            self._mix = replace(self._mix, gain_db=gain_db)
            self._restart_mix(MASTERING_S)

    def report_missing_words(self) -> None:
        """Report that words were left out because the voice failed."""
        self._notify(EventNotice(kind="words-missing"))

    # Implementation.

    @property
    def _latency(self) -> int:
        return self._device.get_latency_frames(self._rate_hz)

    def _make_mixer(self, plan: Plan) -> Mixer:
        return Mixer(plan.timeline, SoundsWithUserGains(bank=self._bank, gains=self._gains), self._rate_hz)

    def _play_floor(self, lasts_s: float | None = None) -> SampleSource:
        return play_floor(self._bank.get_bed(FLOOR), self._rate_hz, lasts_s)

    def _find_position_s(self) -> float:
        if self._state == "lost":
            return self._resume_at_s
        heard = self._buffer.find_heard_frame(self._latency)
        return self._resume_at_s if heard is None else frames_to_seconds(heard, self._rate_hz)

    def _find_change_s(self) -> float:
        """Find the earliest position at which a change can still take effect."""
        frame = self._buffer.find_next_frame()
        if frame is None or self._state == "lost":
            return self._resume_at_s
        return frames_to_seconds(frame, self._rate_hz) + AHEAD_S

    def _use_plan(self, plan: Plan) -> None:
        """Continue with another plan, or other gains, from the same position."""
        self._lookup = PlanLookup(plan)
        self._mix = replace(self._mix, mixer=self._make_mixer(plan))
        self._restart_mix()

    def _restart_mix(self, fade_s: float = SPLICE_S) -> None:
        """Continue at the same position with the current mix."""
        if self._state == "waiting" and self._begins_at:
            self._buffer.switch(self._play_from_start, fade_s=fade_s, skip_missed=True)
        elif self._state in ("playing", "pausing") and self._buffer.find_next_frame() is not None:
            self._buffer.switch(self._continue_from, fade_s=fade_s, skip_missed=True)

    def _play_from_start(self, point: SwitchPoint) -> SampleSource:
        if point.frame is not None:
            return self._mix.play_from(point.frame)
        quiet_s = frames_to_seconds(self._begins_at - point.at, self._rate_hz)
        return itertools.chain(self._play_floor(quiet_s), self._mix.play_from(0))

    def _continue_from(self, point: SwitchPoint) -> SampleSource:
        if point.frame is None:
            return self._play_floor()
        running = self._mix.play_from(point.frame)
        if self._state != "pausing":
            return running
        return itertools.chain(play_until(running, self._pauses_at, self._rate_hz), self._play_floor())

    def _play_to_pause(self, point: SwitchPoint) -> SampleSource:
        if point.frame is None:
            return self._play_floor()
        from_s = frames_to_seconds(point.frame, self._rate_hz) + FADE_OUT_S
        at_s = find_next_cycle_s(self.plan, from_s)
        self._resume_at_s = min(from_s + 1.0 if at_s is None else at_s, self.plan.timeline.length_s)
        self._pauses_at = seconds_to_frames(self._resume_at_s, self._rate_hz)
        self._state = "pausing"
        self._notify(EventNotice(kind="pause-at-breath"))
        return self._continue_from(point)

    def _go_to(self, time_s: float) -> None:
        """Go to a position: at once, or, while nothing plays, when playback resumes."""
        if self._state in ("playing", "pausing"):
            self._jump_to(time_s)
        elif self._state != "waiting":
            self._resume_at_s = time_s

    def _jump_to(self, time_s: float) -> None:
        self._state = "playing"
        frame = seconds_to_frames(time_s, self._rate_hz)
        self._resume_at_s = time_s
        self._buffer.switch(lambda _point: self._mix.play_from(frame), fade_s=JUMP_S, skip_missed=False)

    def _play_softly_from(self, time_s: float) -> None:
        self._state = "playing"
        self._resume_at_s = time_s
        self._buffer.switch(lambda _point: self._fade_in_at(time_s), fade_s=SPLICE_S, skip_missed=False)

    def _fade_in_at(self, time_s: float) -> SampleSource:
        return fade_in(self._mix.play_from(seconds_to_frames(time_s, self._rate_hz)), self._rate_hz)

    def _change_cadence_at(self, at_s: float, by_spm: float) -> None:
        try:
            self._use_plan(replan(self.plan, at_s, PlanChange(by_spm=by_spm)))
        except CadenceLimitError:
            self._notify(CadenceNotice(kind="cadence-limit", spm=self._lookup.find_cadence_spm(at_s)))
        else:
            self._notify(CadenceNotice(kind="cadence-from-breath", spm=self._lookup.find_cadence_spm(at_s)))

    def _find_walk_out_s(self) -> float | None:
        starts_s = [block.start_s for block in self.plan.timeline.blocks if block.kind == WALK_OUT]
        return starts_s[-1] if starts_s and starts_s[-1] > self._find_position_s() else None

    def _handle_loss(self) -> None:
        """Handle a lost device: what it had not played yet is lost with it."""
        self._resume_at_s = self._find_position_s()
        self._state_before = self._state
        self._state = "lost"
        self._notify(EventNotice(kind="device-lost"))

    def _handle_return(self) -> None:
        """Handle a device that is back: resume where the last one stopped, or stay paused."""
        self._state = "paused" if self._state_before in ("paused", "pausing") else self._state_before
        if self._state != "waiting":
            self._buffer.clear()
        if self._state == "playing":
            self._play_softly_from(self._lookup.find_re_entry_s(self._resume_at_s, FADE_IN_S))
        elif self._state == "paused":
            self._buffer.switch(lambda _point: self._play_floor(), fade_s=SPLICE_S, skip_missed=False)

    def _measure_delay_s(self) -> float:
        left = self._begins_at - self._buffer.pulled + self._latency
        return max(0.0, frames_to_seconds(left, self._rate_hz))

    def _notify(self, notice: Notice) -> None:
        self._notice = notice, self._buffer.pulled

    def _find_notice(self) -> Notice | None:
        if self._notice is None:
            return None
        notice, since = self._notice
        lasts = self._state == "lost" or self._buffer.pulled - since < seconds_to_frames(NOTICE_S, self._rate_hz)
        return notice if lasts else None
