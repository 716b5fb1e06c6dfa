"""Preview builder: makes a session's picture and sound in short steps, first what is seen and heard first.

`SpeechQueue` knows which words of a version are spoken, have failed, or are pending; `PreviewBuilder` does the steps.
"""

import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank, measure_bell_length_s
from coach.diagnostics.problem import Problem, SessionError
from coach.errors import ExternalError
from coach.session.session import Session
from coach.sounds.clip import EMPTY_CLIP, Clip
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.voice import SpeechSynthesizer
from coach.watch.file_watcher import FileStamp
from coach.watch.incremental_loudness import EventComparer, IncrementalLoudness
from coach.watch.virtual_wav import SoundVersions, VirtualWav


class SpeechQueue:
    """Measures words, and speaks those that are asked for; a failure of one does not affect the others.

    ``refused`` holds what could not be spoken, and why.
    """

    def __init__(self, service: SpeechSynthesizer) -> None:
        self.service = service
        self.refused: dict[Utterance, ExternalError] = {}

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        """Return the length of an utterance, if it has been spoken.

        Raises:
            UsageError: there is no such voice.
        """
        if utterance in self.refused:
            return None
        try:
            return self.service.find_duration(utterance)
        except ExternalError as fault:
            self.refused[utterance] = fault
            return None

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """Return the length of an utterance, or its estimate until it has been spoken; the same errors."""
        return self.find_duration(utterance) or estimate_duration(utterance)

    def is_pending(self, utterance: Utterance) -> bool:
        """Return whether an utterance has still to be spoken; the same errors."""
        return self.find_duration(utterance) is None and utterance not in self.refused

    def speak(self, utterances: Sequence[Utterance]) -> None:
        """Speak utterances. If that fails, each of them is tried by itself."""
        try:
            self.service.prepare(utterances)
        except ExternalError:
            for utterance in utterances:
                self._try(utterance)

    def _try(self, utterance: Utterance) -> None:
        try:
            self.service.prepare([utterance])
        except ExternalError as fault:
            self.refused[utterance] = fault

    def take_snapshot(self, timeline: Timeline) -> "SpokenClips":
        """Take a snapshot of the words of a session that are spoken now."""
        said = (event.utterance for event in timeline.events if isinstance(event, Speech))
        return SpokenClips(
            self.service,
            {words: self.service.make_key(words) for words in said if self.find_duration(words) is not None},
        )


class SpokenClips:
    """The clips that existed at one moment: words spoken later stay silent here."""

    def __init__(self, service: SpeechSynthesizer, keys: Mapping[Utterance, str]) -> None:
        self._service = service
        self._keys = keys

    def find_key(self, utterance: Utterance) -> str | None:
        """Return the key of an utterance's clip; None if there is none."""
        return self._keys.get(utterance)

    def get_clip(self, utterance: Utterance) -> Clip:
        """Return the clip of an utterance; empty if it had not been spoken.

        Raises:
            ExternalError: it has been lost since, and could not be spoken again.
        """
        return self._service.get_clip(utterance) if utterance in self._keys else EMPTY_CLIP


def order_to_speak(timeline: Timeline | None, pending: Iterable[Utterance], from_s: float) -> list[Utterance]:
    """Order words to be spoken for someone who listens from a time on; those without room in the timeline come last."""
    events = timeline.events if timeline else ()
    said = [event for event in events if isinstance(event, Speech)]
    coming = [event.utterance for event in said if event.end_s > from_s]
    wanted = dict.fromkeys(pending)
    ordered = dict.fromkeys((*coming, *(event.utterance for event in said), *wanted))
    return [utterance for utterance in ordered if utterance in wanted]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPlan:
    """A timeline, or the problems that prevent one; either is final only when nothing is pending."""

    timeline: Timeline | None
    problems: tuple[Problem, ...]
    pending: tuple[Utterance, ...]


def plan_draft(session: Session, options: PlanOptions, queue: SpeechQueue) -> DraftPlan:
    """Plan a session.

    Raises:
        UsageError: it does not speak the language, or there is no such voice.
        ExternalError: a bell cannot be read.
    """
    asked: dict[Utterance, SpokenDuration] = {}

    def measure(utterance: Utterance) -> SpokenDuration:
        asked[utterance] = queue.measure(utterance)
        return asked[utterance]

    problems: tuple[Problem, ...] = ()
    timeline = None
    try:
        timeline = compile_timeline(session, options, measure, measure_bell_length_s, estimate_duration)
    except SessionError as error:
        problems = error.problems
    return DraftPlan(timeline=timeline, problems=problems, pending=tuple(filter(queue.is_pending, asked)))


SPEECH_BATCH = 4
PUBLISH_AFTER = 8

# Stretches of 10 s; 30 of them take a fifth of a second.
STRETCHES_AT_ONCE, MOST_STRETCHES_AT_FIRST = 4, 30
BUFFERED_S = 30.0

Refused = Mapping[Utterance, ExternalError]


class PreviewListener(Protocol):
    """Receives each state of the preview."""

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        """Show a session, the name of its sound, and the words that are missing in it as they could not be spoken.

        While its sound is being made, the name is that of the previous sound; "" if there was none.
        """

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Report that the session cannot be timed with the words known so far; once all are spoken, it may be."""


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
        self._loudness = IncrementalLoudness(RATE_HZ)
        self._gain_db = 0.0
        self._stamps: Mapping[Path, FileStamp] = {}
        self._name = ""
        self._loaded: SpeechSynthesizer | None = None
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
        if plan.timeline is None:
            self._show(plan, queue)
            return
        self._load_voice(queue.service, plan.timeline.language)
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
        spoken, publish_after = 0, PUBLISH_AFTER
        while plan.pending:
            from_s = self._versions.heard_until_s - BUFFERED_S
            some = order_to_speak(plan.timeline, plan.pending, from_s)[:SPEECH_BATCH]
            queue.speak(some)
            spoken += len(some)
            plan = plan_draft(session, options, queue)
            if plan.pending and plan.timeline is not None and spoken >= publish_after:
                self._publish_sound(plan.timeline, queue)
                publish_after = 2 * spoken
            yield
        return plan

    def _measure_gain(self, timeline: Timeline, queue: SpeechQueue) -> Iterator[None]:
        """Measure the gain of a session, and publish its sound."""
        clips = queue.take_snapshot(timeline)
        self._loudness.start(timeline, _make_bank(clips), self._make_comparer(clips))
        if self._loudness.missing > MOST_STRETCHES_AT_FIRST:
            self._publish_sound(timeline, queue)
            yield
        while self._loudness.missing:
            self._loudness.measure(STRETCHES_AT_ONCE)
            yield
        self._gain_db = self._loudness.compute_gain_db()
        self._publish_sound(timeline, queue)

    def _publish_sound(self, timeline: Timeline, queue: SpeechQueue) -> None:
        self._name = self._versions.put(self._make_sound(timeline, queue.take_snapshot(timeline)))
        self._listener.show(timeline, self._name, queue.refused)

    def _make_sound(self, timeline: Timeline, clips: SpokenClips) -> VirtualWav:
        mixer = Mixer(timeline, _make_bank(clips), RATE_HZ)
        events = tuple(map(self._make_comparer(clips).identify, timeline.events))
        return VirtualWav(mixer=mixer, gain_db=self._gain_db, heard=(mixer.frames, self._gain_db, events))

    def _make_comparer(self, clips: SpokenClips) -> EventComparer:
        return EventComparer(key=clips.find_key, stamps=self._stamps)

    def _load_voice(self, service: SpeechSynthesizer, language: str) -> None:
        """Load the voice for the words of the next save. It may have spoken without: from what was said beforehand."""
        if service is not self._loaded:
            self._loaded = service
            threading.Thread(target=service.wake, args=(language,), name="voice-loading", daemon=True).start()


def _make_bank(clips: SpokenClips) -> SoundBank:
    return SoundBank(rate_hz=RATE_HZ, speech=clips.get_clip)
