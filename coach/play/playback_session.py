"""A session being performed: what every wish of the runner does to the plan, the mix and the deck.

Everything here happens in the feeder's thread, one thing after the other; `coach.play.playback_thread` sees to that.
"""

import itertools
from dataclasses import replace
from typing import Literal

from coach.audio.mixer import Mixer
from coach.audio.soundbank import SoundSource
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.languages.screen_words import NoticeKind
from coach.play.playback_buffer import PlaybackBuffer, SampleSource, SwitchPoint
from coach.play.playback_status import Notice, PlanLookup, PlaybackStatus, State
from coach.play.sources import FADE_IN_S, FADE_OUT_S, GainedSounds, Mix, UserGains, fade_in, play_until, rest
from coach.sounds.beds import FLOOR
from coach.timeline.replan import CadenceLimitError, PlanChange, next_cycle_s, replan, replan_from_block
from coach.timeline.resolved_block import GUIDANCE
from coach.timeline.schedule import Plan
from coach.units import frames_to_seconds, seconds_to_frames

QUIET_FIRST_S = 0.5

SPLICE_S = 0.05

JUMP_S = 0.2

MASTERING_S = 0.8

NOTICE_S = 6.0

FIRST_SECONDS_S = 3.0

# A device may hold a little more than it says; without this the last tick or bell is cut.
DRAIN_S = 0.15

# What changes the plan holds from here on: later than anything a switch may find pulled already.
AHEAD_S = 0.35

WALK_OUT = "walk-out"

Ending = Literal["finished", "walked-out", "stopped"]


class PlaybackSession:
    """One run of one plan.

    Args:
        plan: the plan to begin with.
        bank: where sounds come from.
        deck: what plays them; it rests until `begin`.
        outlet: the device under it.
        level_db: the level that the session probably has; `master` tells better.
    """

    def __init__(
        self, plan: Plan, bank: SoundSource, deck: PlaybackBuffer, outlet: ReconnectingDevice, level_db: float = 0.0
    ) -> None:
        self.ending: Ending = "finished"
        self.is_stopping = False
        self._bank = bank
        self._deck = deck
        self._outlet = outlet
        self._rate_hz = deck.rate_hz
        self._view = PlanLookup(plan)
        self._levels = UserGains()
        self._mix = Mix(mixer=self._mixer(plan), level_db=level_db)
        self._state: State = "waiting"
        self._rests_at_s = 0.0
        self._pauses_at = 0
        self._begins_at = 0
        self._was: State = "waiting"
        self._notice: tuple[Notice, int] | None = None

    # What the feeder does, again and again.

    def tend(self) -> None:
        """Keep the deck full, and see what has become of the device and of the session, until it is over."""
        if self.is_over:
            return
        if self._outlet.just_lost():
            if self.is_stopping:
                self.break_off()
                return
            self._lost()
        elif self._outlet.is_back(self._back):
            self._tell("device-back")
        self._deck.fill()
        heard = self._deck.heard(self._latency)
        if self._state == "waiting" and heard is not None:
            self._state = "playing"
        if self._state == "pausing" and heard is None and self._deck.next_frame() is None:
            self._state = "paused"
            self._notice = None
        if self._deck.is_over(self._latency + seconds_to_frames(DRAIN_S, self._rate_hz)):
            self.break_off()

    def standing(self) -> PlaybackStatus:
        """Where the run stands; safe from any thread."""
        view, position_s, state = self._view, self._position_s(), self._state
        moving = state in ("playing", "pausing")
        return PlaybackStatus(
            timeline=view.plan.timeline,
            state=state,
            position_s=position_s,
            block=view.block(position_s),
            cadence_spm=view.cadence_spm(position_s),
            breath=view.breath(position_s) if moving else None,
            speech=view.speech(position_s) if moving else None,
            starts_in_s=self._starts_in_s() if state == "waiting" else 0.0,
            guidance=view.plan.wish.guidance,
            ticks_db=self._levels.ticks_db,
            voice_db=self._levels.voice_db,
            notice=self._fresh_notice(),
        )

    @property
    def is_over(self) -> bool:
        """Whether all has been heard."""
        return self._state == "ended"

    def break_off(self) -> None:
        """Fall silent at once."""
        self._outlet.close()
        self._state = "ended"

    @property
    def played_s(self) -> float:
        """How much of the session was heard, rests aside."""
        return frames_to_seconds(self._deck.played, self._rate_hz)

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self._view.plan

    # What a runner may wish.

    def begin(self, delay_s: float) -> None:
        """Start the session after a delay, and never sooner than a headset needs to wake up."""
        first = seconds_to_frames(QUIET_FIRST_S, self._rate_hz)
        self._begins_at = max(self._deck.pulled + seconds_to_frames(delay_s, self._rate_hz), first)
        # No fade: it would soften the first tick or word, and a cut in the floor is under hearing.
        self._deck.switch(self._waiting, fade_s=0.0, in_time=False)

    def begin_now(self) -> None:
        """Skip what is left of the delay."""
        if self._state == "waiting" and self._deck.next_frame() is None:
            self.begin(0.0)

    def toggle_pause(self) -> None:
        """Pause at the next breath; on the way there go on as before; when paused go on softly."""
        match self._state:
            case "playing":
                self._deck.switch(self._pausing, fade_s=SPLICE_S, in_time=True)
            case "pausing" if self._deck.next_frame() is not None:
                self._state = "playing"
                self._replay()
            case "pausing" | "paused":
                self._enter(self._view.re_entry_s(self._rests_at_s, FADE_IN_S))

    def next_block(self) -> None:
        """Go to the start of the next block."""
        blocks = self.plan.timeline.blocks
        index = self._view.block(self._position_s()) + 1
        if index < len(blocks):
            self._go_to(blocks[index].start_s)

    def previous_block(self) -> None:
        """Go to the start of this block, or in its first seconds of the one before; both at the cadence of now."""
        position_s = self._position_s()
        index = self._view.block(position_s)
        if position_s - self.plan.timeline.blocks[index].start_s < FIRST_SECONDS_S:
            index = max(0, index - 1)
        self._take(replan_from_block(self.plan, index))
        self._go_to(self.plan.timeline.blocks[index].start_s)

    def change_cadence(self, by_spm: float) -> None:
        """A quicker or slower cadence from the next breath on."""
        at_s = next_cycle_s(self.plan, self._changes_from_s())
        if at_s is not None:
            self._step_at(at_s, by_spm)

    def set_cadence(self, spm: float) -> None:
        """This cadence from the next breath on."""
        at_s = next_cycle_s(self.plan, self._changes_from_s())
        if at_s is not None:
            self._step_at(at_s, spm - self._view.cadence_spm(at_s))

    def ticks_louder(self, by_db: float) -> None:
        """Louder or softer ticks."""
        self._levels = self._levels.with_ticks(by_db)
        self._tell("ticks-level", self._levels.ticks_db)
        self._take(self.plan)

    def voice_louder(self, by_db: float) -> None:
        """A louder or softer voice."""
        self._levels = self._levels.with_voice(by_db)
        self._tell("voice-level", self._levels.voice_db)
        self._take(self.plan)

    def less_guidance(self) -> None:
        """Say less; after the least, all again."""
        order = list(GUIDANCE)
        guidance = order[(order.index(self.plan.wish.guidance) + 1) % len(order)]
        self._take(replan(self.plan, self._changes_from_s(), PlanChange(guidance=guidance)))
        self._tell("guidance", float(len(GUIDANCE[guidance])))

    def can_walk_out(self) -> bool:
        """Whether a walk-out is still to come."""
        return self._walk_out_s() is not None

    def walk_out(self) -> None:
        """Go to the walk-out, also out of a pause."""
        start_s = self._walk_out_s()
        if start_s is not None:
            self.ending = "walked-out"
            self._jump(start_s)

    def stop(self) -> None:
        """End softly, here; nothing is wished for after that."""
        self.ending = "stopped"
        self.is_stopping = True

        def fading(spot: SwitchPoint) -> SampleSource:
            if spot.frame is None:
                return iter(())
            end = spot.frame + seconds_to_frames(FADE_OUT_S, self._rate_hz)
            return play_until(self._mix.running(spot.frame), end, self._rate_hz)

        self._deck.switch(fading, fade_s=SPLICE_S, in_time=True)
        if not self._outlet.is_open:
            self.break_off()

    # What comes from elsewhere.

    def plan_anew(self) -> None:
        """Words have been spoken since: plan what is to come with their true lengths."""
        self._take(replan(self.plan, self._changes_from_s()))

    def master(self, level_db: float) -> None:
        """The level that the whole session is brought to has become known."""
        if level_db != self._mix.level_db:
            self._mix = replace(self._mix, level_db=level_db)
            self._replay(MASTERING_S)

    def words_missing(self) -> None:
        """Words were left out, as no voice would say them."""
        self._tell("words-missing")

    # How that is done.

    @property
    def _latency(self) -> int:
        return self._outlet.latency_frames(self._rate_hz)

    def _mixer(self, plan: Plan) -> Mixer:
        return Mixer(plan.timeline, GainedSounds(bank=self._bank, levels=self._levels), self._rate_hz)

    def _resting(self, lasts_s: float | None = None) -> SampleSource:
        return rest(self._bank.bed(FLOOR), self._rate_hz, lasts_s)

    def _position_s(self) -> float:
        if self._state == "lost":
            return self._rests_at_s
        heard = self._deck.heard(self._latency)
        return self._rests_at_s if heard is None else frames_to_seconds(heard, self._rate_hz)

    def _changes_from_s(self) -> float:
        """The place in the session from which on a change can still be heard."""
        frame = self._deck.next_frame()
        if frame is None or self._state == "lost":
            return self._rests_at_s
        return frames_to_seconds(frame, self._rate_hz) + AHEAD_S

    def _take(self, plan: Plan) -> None:
        """Go on with another plan, or other levels, from the same place."""
        self._view = PlanLookup(plan)
        self._mix = replace(self._mix, mixer=self._mixer(plan))
        self._replay()

    def _replay(self, fade_s: float = SPLICE_S) -> None:
        """What is playing, with the mix of now."""
        if self._state == "waiting" and self._begins_at:
            self._deck.switch(self._waiting, fade_s=fade_s, in_time=True)
        elif self._state in ("playing", "pausing") and self._deck.next_frame() is not None:
            self._deck.switch(self._running_on, fade_s=fade_s, in_time=True)

    def _waiting(self, spot: SwitchPoint) -> SampleSource:
        if spot.frame is not None:
            return self._mix.running(spot.frame)
        quiet_s = frames_to_seconds(self._begins_at - spot.at, self._rate_hz)
        return itertools.chain(self._resting(quiet_s), self._mix.running(0))

    def _running_on(self, spot: SwitchPoint) -> SampleSource:
        if spot.frame is None:
            return self._resting()
        running = self._mix.running(spot.frame)
        if self._state != "pausing":
            return running
        return itertools.chain(play_until(running, self._pauses_at, self._rate_hz), self._resting())

    def _pausing(self, spot: SwitchPoint) -> SampleSource:
        if spot.frame is None:
            return self._resting()
        from_s = frames_to_seconds(spot.frame, self._rate_hz) + FADE_OUT_S
        at_s = next_cycle_s(self.plan, from_s)
        self._rests_at_s = min(from_s + 1.0 if at_s is None else at_s, self.plan.timeline.length_s)
        self._pauses_at = seconds_to_frames(self._rests_at_s, self._rate_hz)
        self._state = "pausing"
        self._tell("pause-at-breath", max(0.0, self._rests_at_s - self._position_s()))
        return self._running_on(spot)

    def _go_to(self, time_s: float) -> None:
        """Go to a place: at once, or, while nothing plays, when it plays again."""
        if self._state in ("playing", "pausing"):
            self._jump(time_s)
        elif self._state != "waiting":
            self._rests_at_s = time_s

    def _jump(self, time_s: float) -> None:
        self._state = "playing"
        frame = seconds_to_frames(time_s, self._rate_hz)
        self._rests_at_s = time_s
        self._deck.switch(lambda _spot: self._mix.running(frame), fade_s=JUMP_S, in_time=False)

    def _enter(self, time_s: float) -> None:
        self._state = "playing"
        self._rests_at_s = time_s
        self._deck.switch(lambda _spot: self._entered(time_s), fade_s=SPLICE_S, in_time=False)

    def _entered(self, time_s: float) -> SampleSource:
        return fade_in(self._mix.running(seconds_to_frames(time_s, self._rate_hz)), self._rate_hz)

    def _step_at(self, at_s: float, by_spm: float) -> None:
        try:
            self._take(replan(self.plan, at_s, PlanChange(by_spm=by_spm)))
        except CadenceLimitError:
            self._tell("cadence-limit", self._view.cadence_spm(at_s))
        else:
            self._tell("cadence-from-breath", self._view.cadence_spm(at_s))

    def _walk_out_s(self) -> float | None:
        starts_s = [block.start_s for block in self.plan.timeline.blocks if block.kind == WALK_OUT]
        return starts_s[-1] if starts_s and starts_s[-1] > self._position_s() else None

    def _lost(self) -> None:
        """The device went, and with it what it had not played yet."""
        self._rests_at_s = self._position_s()
        self._was = self._state
        self._state = "lost"
        self._tell("device-lost")

    def _back(self) -> None:
        """A device is there again: go on where the last one fell silent, or rest as before."""
        self._state = "paused" if self._was in ("paused", "pausing") else self._was
        if self._state != "waiting":
            self._deck.drop()
        if self._state == "playing":
            self._enter(self._view.re_entry_s(self._rests_at_s, FADE_IN_S))
        elif self._state == "paused":
            self._deck.switch(lambda _spot: self._resting(), fade_s=SPLICE_S, in_time=False)

    def _starts_in_s(self) -> float:
        left = self._begins_at - self._deck.pulled + self._latency
        return max(0.0, frames_to_seconds(left, self._rate_hz))

    def _tell(self, kind: NoticeKind, amount: float | None = None) -> None:
        self._notice = Notice(kind=kind, amount=amount), self._deck.pulled

    def _fresh_notice(self) -> Notice | None:
        if self._notice is None:
            return None
        notice, since = self._notice
        lasts = self._state == "lost" or self._deck.pulled - since < seconds_to_frames(NOTICE_S, self._rate_hz)
        return notice if lasts else None
