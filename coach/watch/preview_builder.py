"""Preview builder: makes a session's picture and sound in short steps, first what is seen and heard first."""

import threading
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank
from coach.diagnostics.problem import Problem
from coach.errors import ExternalError
from coach.session.session import Session
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Timeline
from coach.utterance import Utterance
from coach.voices.voice import SpeechSynthesizer
from coach.watch.file_watcher import FileStamp
from coach.watch.incremental_loudness import EventComparer, IncrementalLoudness
from coach.watch.speech_queue import DraftPlan, SpeechQueue, SpokenClips, order_to_speak, plan_draft
from coach.watch.virtual_wav import SoundVersions, VirtualWav

SPOKEN_AT_ONCE = 4

HEARD_AFTER = 8

# Stretches of 10 s; 30 of them take a fifth of a second.
MEASURED_AT_ONCE, MEASURED_FIRST = 4, 30

BUFFERED_S = 30.0

Refused = Mapping[Utterance, ExternalError]


class PreviewListener(Protocol):
    """Receives each state of the preview."""

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        """A session, the name of its sound, and the words that are missing in it, as no voice would say them.

        While a session's own sound is being made the name is that of the one before; "" if there was none.
        """

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """The session cannot be timed with the words known so far; once all are spoken, it may be possible."""


class PreviewBuilder:
    """Builds the preview of one session at a time, in short steps; another may replace it after each.

    The picture comes first, with the previous sound. Then new words are spoken; where there are many, the session can
    be heard meanwhile without those still pending. In the end the sound equals that of a render, sample by sample.
    Where a save changes so much that measuring the loudness takes more than a moment, the session is heard at the
    previous gain until that is done.
    """

    def __init__(self, versions: SoundVersions, listener: PreviewListener) -> None:
        self._versions = versions
        self._listener = listener
        self._level = IncrementalLoudness(RATE_HZ)
        self._gain_db = 0.0
        self._stamps: Mapping[Path, FileStamp] = {}
        self._name = ""
        self._awake: SpeechSynthesizer | None = None
        self._steps: Iterator[None] = iter(())

    def begin(
        self, session: Session, options: PlanOptions, service: SpeechSynthesizer, stamps: Mapping[Path, FileStamp]
    ) -> None:
        """Start the preview of this version of the session, and of its sound files."""
        self._stamps = stamps
        self._steps = self._make_preview(session, options, SpeechQueue(service))

    def stop(self) -> None:
        """Stop the current preview."""
        self._steps = iter(())

    def step(self) -> bool:
        """Do one step; return whether there was anything to do.

        Raises:
            UsageError: the session does not speak the language, or there is no such voice.
            ExternalError: one of the session's sounds cannot be read.
        """
        return next(self._steps, self) is not self

    def _make_preview(self, session: Session, options: PlanOptions, queue: SpeechQueue) -> Iterator[None]:
        plan = plan_draft(session, options, queue)
        self._show(plan, queue)
        yield
        if plan.pending:
            plan = yield from self._speak_pending(plan, session, options, queue)
        elif plan.timeline is not None:
            self._wake_voice(queue.service, plan.timeline.language)
        if plan.timeline is None:
            self._show(plan, queue)
            return
        yield from self._measure_gain(plan.timeline, queue)

    def _show(self, plan: DraftPlan, queue: SpeechQueue) -> None:
        if plan.timeline is None:
            self._listener.refuse(plan.problems)
        else:
            self._listener.show(plan.timeline, self._name, queue.refused)

    def _speak_pending(
        self, plan: DraftPlan, session: Session, options: PlanOptions, queue: SpeechQueue
    ) -> Generator[None, None, DraftPlan]:
        """Speak all pending words, a few at a time; return the plan in which none are pending."""
        spoken, heard_after = 0, HEARD_AFTER
        while plan.pending:
            from_s = self._versions.heard_until_s - BUFFERED_S
            some = order_to_speak(plan.timeline, plan.pending, from_s)[:SPOKEN_AT_ONCE]
            queue.speak(some)
            spoken += len(some)
            plan = plan_draft(session, options, queue)
            if plan.pending and plan.timeline is not None and spoken >= heard_after:
                self._hear(plan.timeline, queue)
                heard_after = 2 * spoken
            yield
        self._awake = queue.service
        return plan

    def _measure_gain(self, timeline: Timeline, queue: SpeechQueue) -> Iterator[None]:
        """Measure the gain of a session, and publish its sound."""
        clips = queue.snapshot(timeline)
        self._level.start(timeline, _make_bank(clips), self._comparer(clips))
        if self._level.missing > MEASURED_FIRST:
            self._hear(timeline, queue)
            yield
        while self._level.missing:
            self._level.measure(MEASURED_AT_ONCE)
            yield
        self._gain_db = self._level.gain_db()
        self._hear(timeline, queue)

    def _hear(self, timeline: Timeline, queue: SpeechQueue) -> None:
        self._name = self._versions.put(self._sound(timeline, queue.snapshot(timeline)))
        self._listener.show(timeline, self._name, queue.refused)

    def _sound(self, timeline: Timeline, clips: SpokenClips) -> VirtualWav:
        mixer = Mixer(timeline, _make_bank(clips), RATE_HZ)
        events = tuple(map(self._comparer(clips).identify, timeline.events))
        return VirtualWav(mixer=mixer, gain_db=self._gain_db, heard=(mixer.frames, self._gain_db, events))

    def _comparer(self, clips: SpokenClips) -> EventComparer:
        return EventComparer(key=clips.key, stamps=self._stamps)

    def _wake_voice(self, service: SpeechSynthesizer, language: str) -> None:
        """Load the voice for the words of the next save, where it has not spoken yet."""
        if service is not self._awake:
            self._awake = service
            threading.Thread(target=service.wake, args=(language,), name="waking", daemon=True).start()


def _make_bank(clips: SpokenClips) -> SoundBank:
    return SoundBank(rate_hz=RATE_HZ, speech=clips.clip)
