"""Voice protocols: a voice, a family of voices, the speech service; and `VoiceSpec`, which names the voice to load."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from coach.languages.phonetic_alphabet import mark_phonemes
from coach.languages.text_normalizer import normalize_text
from coach.utterance import SpokenDuration, Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


@dataclass(frozen=True, kw_only=True, slots=True)
class VoiceSpec:
    """A voice to load: ``engine`` as ``module:class``, for a family the ``name`` of one of its voices."""

    engine: str
    name: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse ``module:class`` or ``module:class:name``, as `str` writes it."""
        module, class_name, *name = text.split(":", 2)
        return cls(engine=f"{module}:{class_name}", name=name[0] if name else None)

    def __str__(self) -> str:
        return self.engine if self.name is None else f"{self.engine}:{self.name}"

    @property
    def engine_name(self) -> str:
        """The engine's name in messages."""
        return self.engine.partition(":")[0].rpartition(".")[2]


class Voice(Protocol):
    """A voice, which speaks in a worker process. To add one: a module, and a line in the registry.

    Creating it must cost next to nothing: the first ``speak`` loads the engine.

    Attributes:
        name: Its name for users.
        languages: Those it speaks, as in ``Utterance.language``.
        about: One line for someone choosing a voice: what it is and how it sounds.
        good: Whether it is pleasant enough to be the default where there is a choice.
        repertoire: All that it can say, by (language, text as `normalize_text` returns it), each with an identifier of
            its sound, which differs where that does; None for a voice that reads any text.
        reads_phonemes: Whether a word in its text may be phonemes, as `mark_phonemes` writes them: ``[[nˈɛɪmeːɣə]]``.
    """

    name: str
    good: bool

    @property
    def about(self) -> str: ...  # noqa: D102 - see above

    @property
    def reads_phonemes(self) -> bool: ...  # noqa: D102 - see above

    @property
    def languages(self) -> tuple[str, ...]: ...  # noqa: D102 - see above

    @property
    def repertoire(self) -> Mapping[tuple[str, str], str] | None: ...  # noqa: D102 - see above

    @property
    def identity(self) -> str:
        """Everything but the utterance that shapes its samples: engine, version, model, pace. Names cached clips."""
        ...

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words: mono, at any rate and level, with silence around; ``onset_s`` if known.

        Called one at a time, with ``text`` already normalized and not empty. The same utterance gives the same
        samples, whatever was said before. A crash or a hang costs only the worker.
        """
        ...


@runtime_checkable
class VoiceWithStandIn(Protocol):
    """A voice in whose place another speaks what it cannot, as a part of it is not installed."""

    def explain_stand_in(self, utterances: Iterable[Utterance]) -> str:
        """Write how many of these another voice says, and why; empty if it says them all itself."""
        ...


def write_text(voice: Voice, utterance: Utterance) -> str:
    """Write the text that a voice gets: normalized, with phonemes as `mark_phonemes` writes them if it reads these."""
    if utterance.phonemes and voice.reads_phonemes:
        return mark_phonemes(utterance.text, utterance.language, utterance.phonemes)
    return normalize_text(utterance.text, utterance.language)


class VoiceFamily(Protocol):
    """Several voices of one engine: a class whose instances are voices, created from the name of one."""

    def __call__(self, which: str) -> Voice:
        """Create one of its voices."""
        ...

    def list_available(self) -> tuple[str, ...]:
        """List the names of the installed voices, the best first."""
        ...

    def explain_missing(self, language: str) -> str:
        """Write the error message where no installed voice speaks the language: how to get one."""
        ...


class SpeechSynthesizer(Protocol):
    """Speaks utterances, each once, and caches their clips: what playback uses of `SpeechService`."""

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        """Return the length of an utterance, if it is cached."""

    def make_key(self, utterance: Utterance) -> str:
        """Compute the cache key of its clip: equal for equal samples."""
        ...

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        """Speak those that are not cached."""

    def get_clip(self, utterance: Utterance) -> "Clip":
        """Return the clip of an utterance."""
        ...

    def wake(self, language: str) -> None:
        """Load the voice of a language, so that its next words come sooner."""

    def close(self) -> None:
        """Stop speaking."""
