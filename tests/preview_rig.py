"""Preview of a session for tests: a voice that speaks at once, and listeners that record what they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import session_texts
from humming_soundbank import hum

from coach.diagnostics.problem import Problem
from coach.errors import CoachError, ExternalError
from coach.sounds.clip import Clip
from coach.timeline.timeline import Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.watch.preview_builder import Refused


@dataclass
class FakeSpeechService:
    """Hums at once, half a second a word, except words it refuses; records every request."""

    refuses: str = ""
    asked: list[list[str]] = field(default_factory=list)
    spoken: set[Utterance] = field(default_factory=set)
    woken: list[str] = field(default_factory=list)

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        return session_texts.half_a_second_a_word(utterance) if utterance in self.spoken else None

    def make_key(self, utterance: Utterance) -> str:
        return utterance.text

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        self.asked.append([utterance.text for utterance in utterances])
        if any(utterance.text == self.refuses for utterance in utterances):
            raise ExternalError("the voice is hoarse", help="let it rest")
        self.spoken |= set(utterances)

    def get_clip(self, utterance: Utterance) -> Clip:
        assert utterance in self.spoken
        return hum(utterance)

    def wake(self, language: str) -> None:
        self.woken.append(language)

    def close(self) -> None:
        pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the listener was shown at one moment."""

    timeline: Timeline
    sound: str
    refused: dict[str, str]


@dataclass
class RecordingListener:
    """A listener that records everything."""

    shown: list[Shown] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        missing = {utterance.text: str(fault) for utterance, fault in refused.items()}
        self.shown.append(Shown(timeline=timeline, sound=sound, refused=missing))

    def refuse(self, problems: Iterable[Problem]) -> None:
        self.refused += [problem.code for problem in problems]


@dataclass
class Terminal:
    """A reporter that records a line for each save."""

    lines: list[str] = field(default_factory=list)

    def report_save(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        length = "nothing" if timeline is None else f"{timeline.length_s:g} s"
        self.lines.append(" ".join([length, *(problem.code for problem in problems)]))

    def report_fault(self, fault: CoachError) -> None:
        self.lines.append(f"fault: {fault}")
