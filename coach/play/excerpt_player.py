"""An excerpt on a stage: heard once, from its soft beginning to its soft end."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from coach.audio import mastering
from coach.audio.gain_cache import recall_gain_db, remember_gain
from coach.audio.mixer import Envelope, Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.errors import ExternalError
from coach.play.excerpt import Excerpt
from coach.play.playback_buffer import PlaybackBuffer, SampleSource, SwitchPoint
from coach.play.playback_session import QUIET_FIRST_S, SPLICE_S
from coach.play.sources import FADE_OUT_S, Mix, play_until, rest
from coach.play.speech_prefetch import PrefetchSpeech, SpeechPrefetch
from coach.sounds.beds import FLOOR, make_bed
from coach.sounds.clip import Samples
from coach.timeline.schedule import Plan
from coach.timeline.timeline import Speech, Timeline
from coach.units import frames_to_seconds, seconds_to_frames

POLL_S = 0.05

Sleep = Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcerptMix:
    """An excerpt cut out of the mix of its session."""

    mix: Mix
    excerpt: Excerpt

    @property
    def start(self) -> int:
        """The session's frame with which it begins."""
        return _to_frame(self.excerpt.start_s)

    def playing(self, frame: int) -> SampleSource:
        """The excerpt from a frame of the session on: the very samples of the mix, but for its soft borders."""
        from_, to, end = map(_to_frame, (self.excerpt.from_s, self.excerpt.to_s, self.excerpt.end_s))
        envelope = Envelope([(from_, to)], rise_frames=from_ - self.start, fall_frames=end - to)
        for piece in self.mix.running(frame):
            at = frame if piece.frame is None else piece.frame
            if at >= end:
                return
            samples = piece.samples[: end - at]
            yield replace(piece, samples=samples * np.float32(envelope.at(at, samples.shape[0])))

    def finished(self) -> Samples:
        """All of it, after the quiet in which a headset wakes up, (frames, 2)."""
        pieces = itertools.chain(_rest(QUIET_FIRST_S), self.playing(self.start))
        return np.concatenate([piece.samples for piece in pieces])


def cut_excerpt(plan: Plan, excerpt: Excerpt, booth: PrefetchSpeech) -> ExcerptMix:
    """Cut an excerpt out of a plan, at the level that its whole session has, as far as that has been spoken.

    Raises:
        OutsideError: the voice failed, or a sound cannot be read.
    """
    bank = SoundBank(rate_hz=RATE_HZ, speech=SpeechPrefetch(booth).clip)
    level_db = recall_gain_db(plan.timeline)
    if level_db is None:
        level_db = mastering.measure_gain_db(plan.timeline, bank, RATE_HZ)
        if _is_spoken(plan.timeline, booth):
            remember_gain(plan.timeline, level_db)
    return ExcerptMix(mix=Mix(mixer=Mixer(plan.timeline, bank, RATE_HZ), level_db=level_db), excerpt=excerpt)


def _is_spoken(timeline: Timeline, booth: PrefetchSpeech) -> bool:
    utterances = (event.utterance for event in timeline.events if isinstance(event, Speech))
    return all(booth.known(utterance) is not None for utterance in utterances)


def play_excerpt(deck: PlaybackBuffer, outlet: ReconnectingDevice, cutting: ExcerptMix, wait: Sleep) -> bool:
    """Play an excerpt to its end. Ctrl-C ends it softly; a second one is passed on.

    Args:
        deck: what plays it; it has rested so far.
        outlet: the device under it.
        cutting: the excerpt.
        wait: waits so many seconds between two looks.

    Returns:
        Whether it was heard to its end.

    Raises:
        OutsideError: the device went away.
    """
    try:
        deck.switch(lambda spot: _begin_source(cutting, spot), fade_s=SPLICE_S, in_time=False)
        _fill_to_the_end(deck, outlet, wait)
    except KeyboardInterrupt:
        deck.switch(lambda spot: _fade_out_source(cutting, spot), fade_s=SPLICE_S, in_time=True)
        _fill_to_the_end(deck, outlet, wait)
        return False
    return True


def _fill_to_the_end(deck: PlaybackBuffer, outlet: ReconnectingDevice, wait: Sleep) -> None:
    while not deck.is_over(outlet.latency_frames(RATE_HZ)):
        if outlet.just_lost():
            raise ExternalError("the sound device went away", help="connect it again, then ask once more")
        deck.fill()
        wait(POLL_S)


def _begin_source(cutting: ExcerptMix, spot: SwitchPoint) -> SampleSource:
    """The excerpt when a headset has woken up, and never so soon that its beginning is lost in a splice."""
    woken_s = QUIET_FIRST_S - frames_to_seconds(spot.at, RATE_HZ)
    return itertools.chain(_rest(max(woken_s, SPLICE_S)), cutting.playing(cutting.start))


def _fade_out_source(cutting: ExcerptMix, spot: SwitchPoint) -> SampleSource:
    if spot.frame is None:
        return iter(())
    return play_until(cutting.playing(spot.frame), spot.frame + _to_frame(FADE_OUT_S), RATE_HZ)


def _rest(lasts_s: float) -> SampleSource:
    return rest(make_bed(FLOOR, RATE_HZ), RATE_HZ, lasts_s)


def _to_frame(seconds: float) -> int:
    return seconds_to_frames(seconds, RATE_HZ)
