"""Playback setup: opens a device that plays only the noise floor while the session is being planned.

A headset wakes up on it, so that the first words are not lost.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from coach.audio import mastering
from coach.audio.mastering import recall_gain_db, remember_gain
from coach.audio.soundbank import RATE_HZ, SoundBank, measure_bell_length_s
from coach.devices.device import LiveBackend
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.diagnostics.problem import SessionError
from coach.play.playback_buffer import PlaybackBuffer
from coach.play.playback_session import PlaybackSession
from coach.play.playback_thread import PlaybackThread, raise_priority
from coach.play.sample_sources import play_floor
from coach.play.speech_prefetch import SpeechPrefetch
from coach.session.session import Session
from coach.sounds.beds import FLOOR, make_bed
from coach.sounds.clip import Clip
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Timeline
from coach.utterance import Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.voice import SpeechSynthesizer

# How long a busy machine may take until the buffer is filled again: to import, to read, to mix for the first time.
QUIET_S = 5.0
CHECK_S = 0.5
_FILL_EVERY_S = 0.2
_LOG = logging.getLogger(__name__)


class OpenPlayback:
    """A playback buffer and the device that pulls from it, until it is closed; None is the default device.

    Raises:
        UsageError: there is no such device.
        ExternalError: it could not be opened.
    """

    def __init__(self, backend: LiveBackend, device: str | None) -> None:
        self.buffer = PlaybackBuffer(RATE_HZ, play_floor(make_bed(FLOOR, RATE_HZ), RATE_HZ))
        self.buffer.fill(QUIET_S)
        self.device = ReconnectingDevice(backend, device, RATE_HZ, self.buffer.pull, time.monotonic)

    def close(self) -> None:
        """Close the device."""
        self.device.close()
        _LOG.info("playback ended, with %d frames missed", self.buffer.missed_frames)

    @contextmanager
    def keep_filled(self) -> Iterator[None]:
        """Keep the buffer filled until the playback thread takes over."""
        done = threading.Event()

        def fill() -> None:
            while not done.wait(_FILL_EVERY_S):
                self.buffer.fill(QUIET_S)

        filling = threading.Thread(target=fill, name="buffer-fill", daemon=True)
        filling.start()
        try:
            yield
        finally:
            done.set()
            filling.join()


@contextmanager
def start_playback(
    playback: OpenPlayback, session: Session, options: PlanOptions, service: SpeechSynthesizer, delay_s: float
) -> Iterator[PlaybackThread]:
    """Start a playback thread. Leaving the context ends the sound with a fade and closes the speech service.

    Raises:
        SessionError: the session cannot be timed.
        UsageError: it does not speak the language, or there is no such voice.
        ExternalError: the voice failed.
    """
    prefetch = SpeechPrefetch(service)
    bank = SoundBank(rate_hz=RATE_HZ, speech=prefetch.get_clip)
    with playback.keep_filled():
        plan = _plan(session, options, prefetch)
    gain_db = recall_gain_db(plan.timeline, service.make_key) or 0.0
    playback_session = PlaybackSession(plan, bank, playback.buffer, playback.device, gain_db)
    playback_session.begin(delay_s)
    player = PlaybackThread(playback_session)
    over = threading.Event()
    speaking = threading.Thread(
        target=_speak_rest, args=(prefetch, playback_session, player, over), name="speech-prefetch"
    )
    player.start()
    speaking.start()
    try:
        yield player
    finally:
        player.stop()
        over.set()
        service.close()
        speaking.join()
        player.join()


def _plan(session: Session, options: PlanOptions, prefetch: SpeechPrefetch) -> Plan:
    """Make a plan whose first words are spoken; all words where no plan can be made from estimates."""
    try:
        plan = compile_plan(session, options, prefetch.measure, measure_bell_length_s, estimate_duration)
    except SessionError:
        return compile_plan(session, options, prefetch.measure_spoken, measure_bell_length_s, estimate_duration)
    if prefetch.speak_first(plan.timeline):
        plan = compile_plan(session, options, prefetch.measure, measure_bell_length_s, estimate_duration)
    return plan


def _speak_rest(
    prefetch: SpeechPrefetch, playback_session: PlaybackSession, player: PlaybackThread, over: threading.Event
) -> None:
    """Speak the rest of the session, then measure its gain; and after that, what a change of plan adds to it."""

    def get_clip(utterance: Utterance) -> Clip:
        if over.is_set():
            raise _RunEndedError
        return prefetch.get_clip(utterance)

    def speak() -> Timeline:
        timeline = playback_session.plan.timeline
        prefetch.speak_rest(
            player.get_status,
            on_more=lambda: player.submit(playback_session.update_plan),
            on_missing=lambda: player.submit(playback_session.report_missing_words),
            is_over=over.is_set,
        )
        return timeline

    spoken = speak()
    raise_priority()  # only now: the voice's workers might inherit it
    with suppress(_RunEndedError):
        bank = SoundBank(rate_hz=RATE_HZ, speech=get_clip)
        timeline = playback_session.plan.timeline
        gain_db = mastering.measure_gain_db(timeline, bank, RATE_HZ)
        remember_gain(timeline, prefetch.make_key, gain_db)
        player.submit(partial(playback_session.set_gain, gain_db))
        while not over.wait(CHECK_S):
            if playback_session.plan.timeline is not spoken:
                spoken = speak()


class _RunEndedError(Exception):
    """The run has ended, so its gain is no longer needed."""
