"""From a session to its picture and its sound, a little at a time: first what is seen soonest, and heard first."""

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

# Of 10 s each; 30 of them take a fifth of a second.
MEASURED_AT_ONCE, MEASURED_FIRST = 4, 30

BUFFERED_S = 30.0

Refused = Mapping[Utterance, ExternalError]


class PreviewListener(Protocol):
    """Who is shown what there is so far."""

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        """A session, the name of its sound, and the words that are missing in it, as no voice would say them.

        While a session's own sound is being made the name is that of the one before; "" if there was none.
        """

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """A session cannot be timed, as far as its words are known; when all are, it may be after all."""


class PreviewBuilder:
    """Makes one session at a time, in steps that are short: another may take its place after each.

    The picture comes first, with the sound that there was before. Then words are spoken that never were; where they
    are many, the session is heard from time to time without those that are still to come. In the end the sound is
    that of a render, sample by sample. Where a new text changes so much of it that measuring its loudness takes more
    than a moment, it is heard at the level of the one before until that is done.
    """

    def __init__(self, shelf: SoundVersions, audience: PreviewListener) -> None:
        self._shelf = shelf
        self._audience = audience
        self._level = IncrementalLoudness(RATE_HZ)
        self._level_db = 0.0
        self._looks: Mapping[Path, FileStamp] = {}
        self._name = ""
        self._awake: SpeechSynthesizer | None = None
        self._steps: Iterator[None] = iter(())

    def begin(
        self, session: Session, wish: PlanOptions, booth: SpeechSynthesizer, looks: Mapping[Path, FileStamp]
    ) -> None:
        """Go over to this text of the session, and to its own sounds as they look now."""
        self._looks = looks
        self._steps = self._made(session, wish, SpeechQueue(booth))

    def stop(self) -> None:
        """Go no further."""
        self._steps = iter(())

    def step(self) -> bool:
        """Do a little; whether there was anything to do.

        Raises:
            UsageError: the session does not speak the language, or there is no such voice.
            OutsideError: one of the session's sounds cannot be read.
        """
        return next(self._steps, self) is not self

    def _made(self, session: Session, wish: PlanOptions, narration: SpeechQueue) -> Iterator[None]:
        plan = plan_draft(session, wish, narration)
        self._show(plan, narration)
        yield
        if plan.to_come:
            plan = yield from self._spoken(plan, session, wish, narration)
        elif plan.timeline is not None:
            self._wake(narration.booth, plan.timeline.language)
        if plan.timeline is None:
            self._show(plan, narration)
            return
        yield from self._mastered(plan.timeline, narration)

    def _show(self, plan: DraftPlan, narration: SpeechQueue) -> None:
        if plan.timeline is None:
            self._audience.refuse(plan.problems)
        else:
            self._audience.show(plan.timeline, self._name, narration.refused)

    def _spoken(
        self, plan: DraftPlan, session: Session, wish: PlanOptions, narration: SpeechQueue
    ) -> Generator[None, None, DraftPlan]:
        """Speak all that is to come, a few at a time; the plan in which nothing is any more."""
        spoken, heard_after = 0, HEARD_AFTER
        while plan.to_come:
            from_s = self._shelf.heard_until_s - BUFFERED_S
            some = order_to_speak(plan.timeline, plan.to_come, from_s)[:SPOKEN_AT_ONCE]
            narration.speak(some)
            spoken += len(some)
            plan = plan_draft(session, wish, narration)
            if plan.to_come and plan.timeline is not None and spoken >= heard_after:
                self._hear(plan.timeline, narration)
                heard_after = 2 * spoken
            yield
        self._awake = narration.booth
        return plan

    def _mastered(self, timeline: Timeline, narration: SpeechQueue) -> Iterator[None]:
        """Bring a session to its loudness, and have it heard."""
        kept = narration.kept(timeline)
        self._level.of(timeline, _make_bank(kept), self._ear(kept))
        if self._level.missing > MEASURED_FIRST:
            self._hear(timeline, narration)
            yield
        while self._level.missing:
            self._level.measure(MEASURED_AT_ONCE)
            yield
        self._level_db = self._level.gain_db()
        self._hear(timeline, narration)

    def _hear(self, timeline: Timeline, narration: SpeechQueue) -> None:
        self._name = self._shelf.put(self._sound(timeline, narration.kept(timeline)))
        self._audience.show(timeline, self._name, narration.refused)

    def _sound(self, timeline: Timeline, kept: SpokenClips) -> VirtualWav:
        mixer = Mixer(timeline, _make_bank(kept), RATE_HZ)
        events = tuple(map(self._ear(kept).identify, timeline.events))
        return VirtualWav(mixer=mixer, level_db=self._level_db, heard=(mixer.frames, self._level_db, events))

    def _ear(self, kept: SpokenClips) -> EventComparer:
        return EventComparer(key=kept.key, looks=self._looks)

    def _wake(self, booth: SpeechSynthesizer, language: str) -> None:
        """Have the voice ready for the words of the next save, where it had none to speak so far."""
        if booth is not self._awake:
            self._awake = booth
            threading.Thread(target=booth.wake, args=(language,), name="waking", daemon=True).start()


def _make_bank(kept: SpokenClips) -> SoundBank:
    return SoundBank(rate_hz=RATE_HZ, speech=kept.clip)
