"""Playback of one excerpt, from its fade-in to its fade-out."""

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
from coach.play.speech_prefetch import SpeechPrefetch
from coach.sounds.beds import FLOOR, make_bed
from coach.sounds.clip import Samples
from coach.timeline.schedule import Plan
from coach.timeline.timeline import Speech, Timeline
from coach.units import frames_to_seconds, seconds_to_frames
from coach.voices.voice import SpeechSynthesizer

POLL_S = 0.05

Sleep = Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcerptMix:
    """The samples of an excerpt, cut out of the mix of its session."""

    mix: Mix
    excerpt: Excerpt

    @property
    def start(self) -> int:
        """The session's frame at which it begins."""
        return _to_frame(self.excerpt.start_s)

    def play_from(self, frame: int) -> SampleSource:
        """The excerpt from a frame of the session on: the samples of the mix, faded at both ends."""
        from_, to, end = map(_to_frame, (self.excerpt.from_s, self.excerpt.to_s, self.excerpt.end_s))
        envelope = Envelope([(from_, to)], rise_frames=from_ - self.start, fall_frames=end - to)
        for piece in self.mix.play_from(frame):
            at = frame if piece.frame is None else piece.frame
            if at >= end:
                return
            samples = piece.samples[: end - at]
            yield replace(piece, samples=samples * np.float32(envelope.at(at, samples.shape[0])))

    def render(self) -> Samples:
        """All samples, (frames, 2), after the half second in which a headset wakes up."""
        pieces = itertools.chain(_rest(QUIET_FIRST_S), self.play_from(self.start))
        return np.concatenate([piece.samples for piece in pieces])


def cut_excerpt(plan: Plan, excerpt: Excerpt, service: SpeechSynthesizer) -> ExcerptMix:
    """Cut an excerpt out of a plan, at the gain of the whole session as far as that has been spoken.

    Raises:
        ExternalError: the voice failed, or a sound cannot be read.
    """
    bank = SoundBank(rate_hz=RATE_HZ, speech=SpeechPrefetch(service).clip)
    gain_db = recall_gain_db(plan.timeline, service.key)
    if gain_db is None:
        gain_db = mastering.measure_gain_db(plan.timeline, bank, RATE_HZ)
        if _is_spoken(plan.timeline, service):
            remember_gain(plan.timeline, service.key, gain_db)
    return ExcerptMix(mix=Mix(mixer=Mixer(plan.timeline, bank, RATE_HZ), gain_db=gain_db), excerpt=excerpt)


def _is_spoken(timeline: Timeline, service: SpeechSynthesizer) -> bool:
    utterances = (event.utterance for event in timeline.events if isinstance(event, Speech))
    return all(service.known(utterance) is not None for utterance in utterances)


def play_excerpt(buffer: PlaybackBuffer, device: ReconnectingDevice, excerpt_mix: ExcerptMix, wait: Sleep) -> bool:
    """Play an excerpt to its end. Ctrl-C ends it softly; a second one is passed on.

    Args:
        buffer: plays it; so far it has played the noise floor only.
        device: the device that pulls from the buffer.
        excerpt_mix: the excerpt.
        wait: sleeps for that many seconds between two polls.

    Returns:
        Whether it was heard to its end.

    Raises:
        ExternalError: the device went away.
    """
    try:
        buffer.switch(lambda point: _begin_source(excerpt_mix, point), fade_s=SPLICE_S, skip_missed=False)
        _fill_to_the_end(buffer, device, wait)
    except KeyboardInterrupt:
        buffer.switch(lambda point: _fade_out_source(excerpt_mix, point), fade_s=SPLICE_S, skip_missed=True)
        _fill_to_the_end(buffer, device, wait)
        return False
    return True


def _fill_to_the_end(buffer: PlaybackBuffer, device: ReconnectingDevice, wait: Sleep) -> None:
    while not buffer.is_over(device.latency_frames(RATE_HZ)):
        if device.check_lost():
            raise ExternalError("the sound device went away", help="connect it again, and run the command again")
        buffer.fill()
        wait(POLL_S)


def _begin_source(excerpt_mix: ExcerptMix, point: SwitchPoint) -> SampleSource:
    """The excerpt, after the time a headset needs to wake up, and after the crossfade, which would hide its start."""
    wake_s = QUIET_FIRST_S - frames_to_seconds(point.at, RATE_HZ)
    return itertools.chain(_rest(max(wake_s, SPLICE_S)), excerpt_mix.play_from(excerpt_mix.start))


def _fade_out_source(excerpt_mix: ExcerptMix, point: SwitchPoint) -> SampleSource:
    if point.frame is None:
        return iter(())
    return play_until(excerpt_mix.play_from(point.frame), point.frame + _to_frame(FADE_OUT_S), RATE_HZ)


def _rest(lasts_s: float) -> SampleSource:
    return rest(make_bed(FLOOR, RATE_HZ), RATE_HZ, lasts_s)


def _to_frame(seconds: float) -> int:
    return seconds_to_frames(seconds, RATE_HZ)
