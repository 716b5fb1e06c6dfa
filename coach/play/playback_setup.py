"""An open device with nothing but the faint floor on it: a headset wakes up while the session is being planned."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from coach.audio import mastering
from coach.audio.gain_cache import recall_gain_db, remember_gain
from coach.audio.soundbank import RATE_HZ, SoundBank, bell_length_s
from coach.devices.device import LiveOutput
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.diagnostics.problem import SessionError
from coach.play.playback_buffer import PlaybackBuffer
from coach.play.playback_session import PlaybackSession
from coach.play.playback_thread import PlaybackThread, raise_priority
from coach.play.sources import rest
from coach.play.speech_prefetch import PrefetchSpeech, SpeechPrefetch
from coach.session.session import Session
from coach.sounds.beds import FLOOR, make_bed
from coach.sounds.clip import Clip
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.utterance import Utterance

# So long may it take, on a busy machine, until someone fills the deck: to import, to read, to mix for the first time.
QUIET_S = 5.0

_FILL_EVERY_S = 0.2


class OpenPlayback:
    """A deck, and the device under it, until it is closed.

    Args:
        open_output: opens the device.

    Raises:
        UsageError: there is no such device.
        OutsideError: it refused.
    """

    def __init__(self, open_output: Callable[[], LiveOutput]) -> None:
        self.deck = PlaybackBuffer(RATE_HZ, rest(make_bed(FLOOR, RATE_HZ), RATE_HZ))
        self.deck.fill(QUIET_S)
        self.outlet = ReconnectingDevice(open_output, self.deck.pull, time.monotonic)

    def close(self) -> None:
        """Let the device go."""
        self.outlet.close()

    @contextmanager
    def kept_full(self) -> Iterator[None]:
        """Keep the deck filled whose player has not come yet."""
        done = threading.Event()

        def fill() -> None:
            while not done.wait(_FILL_EVERY_S):
                self.deck.fill(QUIET_S)

        filling = threading.Thread(target=fill, name="filling", daemon=True)
        filling.start()
        try:
            yield
        finally:
            done.set()
            filling.join()


@contextmanager
def start_playback(
    stage: OpenPlayback, session: Session, wish: PlanOptions, booth: PrefetchSpeech, delay_s: float
) -> Iterator[PlaybackThread]:
    """A player that has begun, or waits for the delay to end. Leaving it ends the sound softly, and closes the booth.

    Args:
        stage: where it is heard.
        session: what.
        wish: what differs from what the session says.
        booth: who speaks.
        delay_s: how long to wait first.

    Raises:
        SessionError: the session cannot be timed.
        UsageError: it does not speak the language, or there is no such voice.
        OutsideError: the voice failed.
    """
    narrator = SpeechPrefetch(booth)
    bank = SoundBank(rate_hz=RATE_HZ, speech=narrator.clip)
    with stage.kept_full():
        plan = _plan(session, wish, narrator)
    performance = PlaybackSession(plan, bank, stage.deck, stage.outlet, level_db=recall_gain_db(plan.timeline) or 0.0)
    performance.begin(delay_s)
    player = PlaybackThread(performance)
    over = threading.Event()
    narrating = threading.Thread(target=_speak_rest, args=(narrator, performance, player, over), name="narrator")
    player.start()
    narrating.start()
    try:
        yield player
    finally:
        player.stop()
        over.set()
        booth.close()
        narrating.join()
        player.join()


def _plan(session: Session, wish: PlanOptions, narrator: SpeechPrefetch) -> Plan:
    """A plan whose first words are spoken; where it cannot be made by estimate, all of them."""
    try:
        plan = compile_plan(session, wish, narrator.measure, bell_length_s)
    except SessionError:
        return compile_plan(session, wish, narrator.measure_spoken, bell_length_s)
    if narrator.speak_first(plan.timeline):
        plan = compile_plan(session, wish, narrator.measure, bell_length_s)
    return plan


def _speak_rest(
    narrator: SpeechPrefetch, performance: PlaybackSession, player: PlaybackThread, over: threading.Event
) -> None:
    """Speak the rest of the session, then bring it to its loudness."""

    def clip(utterance: Utterance) -> Clip:
        if over.is_set():
            raise _RunEndedError
        return narrator.clip(utterance)

    narrator.speak_rest(
        player.standing,
        on_more=lambda: player.wish(performance.plan_anew),
        on_missing=lambda: player.wish(performance.words_missing),
        is_over=over.is_set,
    )
    raise_priority()  # only now: whoever speaks might inherit it
    with suppress(_RunEndedError):
        bank = SoundBank(rate_hz=RATE_HZ, speech=clip)
        timeline = performance.plan.timeline
        level_db = mastering.measure_gain_db(timeline, bank, RATE_HZ)
        remember_gain(timeline, level_db)
        player.wish(partial(performance.master, level_db))


class _RunEndedError(Exception):
    """The run has ended; its loudness matters to no one any more."""
