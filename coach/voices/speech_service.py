"""Speech service: synthesizes utterances in worker processes, each once, and caches their clips."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Self

from coach.errors import ExternalError
from coach.languages.text_normalizer import normalize_text
from coach.utterance import SpokenDuration, Utterance
from coach.voices import registry
from coach.voices.clip_cache import NORMALIZER_VERSION, ClipCache
from coach.voices.engines.recording import hash_recording
from coach.voices.voice import VoiceSpec, VoiceWithStandIn, write_text
from coach.voices.worker_pool import WorkerPool

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

OnProgress = Callable[[int, int], None]

_AT_ONCE = 2
_POLL_S = 0.05
_WARM_UP_TEXT = "a"
_RECENT_CLIPS = 10
_RECENT_BYTES = 8_000_000
_RECORDING = registry.UNLISTED["recording"]


@cache
def read_identity(spec: VoiceSpec) -> str:
    """Read a voice's identity once: it hashes files that do not change during a run."""
    return registry.load_voice(spec).identity


def _make_repertoire_key(utterance: Utterance) -> tuple[str, str]:
    """Make the key of an utterance in a repertoire."""
    return utterance.language, normalize_text(utterance.text, utterance.language)


def _can_say(spec: VoiceSpec, utterance: Utterance) -> bool:
    repertoire = registry.load_voice(spec).repertoire
    return repertoire is None or _make_repertoire_key(utterance) in repertoire


def _find_repertoire_sound(spec: VoiceSpec, utterance: Utterance) -> list[str]:
    """Find the cache key's part for a repertoire, where each text has its own sound; empty without one."""
    repertoire = registry.load_voice(spec).repertoire
    return [] if repertoire is None else [repertoire[_make_repertoire_key(utterance)]]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


class SpeechService:
    """Speaks utterances with a voice, or with each language's default voice, and plays the authors' recordings.

    A context manager: leaving it stops the workers. If everything is cached, none is ever started.
    ``voice`` is a name, or several separated by commas or as a tuple; None is the default voice of each language.
    """

    def __init__(self, voice: str | tuple[str, ...] | None = None, *, cache: ClipCache | None = None) -> None:
        self._voice = voice
        self._cache = ClipCache() if cache is None else cache
        self._pool = WorkerPool()
        self._choices: dict[str, tuple[VoiceSpec, ...]] = {}
        self._keys: dict[Utterance, str] = {}
        self._spoken: dict[str, SpokenDuration] = {}
        self._recent: OrderedDict[str, Clip] = OrderedDict()
        self._recent_lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the workers, even in the middle of an utterance."""
        self._pool.close()

    def make_key(self, utterance: Utterance) -> str:
        """Compute the cache key of the finished clip: equal for equal samples, on any machine with the same engines.

        Raises:
            UsageError: There is no such voice for its language.
            ExternalError: Its recording cannot be read.
        """
        known = self._keys.get(utterance)
        if known is None:
            spec = self._find_spec(utterance)
            key_parts = [NORMALIZER_VERSION, read_identity(spec), utterance.counted]
            if utterance.phonemes and registry.load_voice(spec).reads_phonemes:
                key_parts.append(write_text(registry.load_voice(spec), utterance))
            key_parts += (
                [*_make_repertoire_key(utterance), *_find_repertoire_sound(spec, utterance)]
                if utterance.recording is None
                else [hash_recording(utterance.recording)]
            )
            known = self._keys[utterance] = hashlib.sha256(json.dumps(key_parts).encode()).hexdigest()
        return known

    def group_by_voice(self, utterances: Iterable[Utterance]) -> Mapping[str, tuple[Utterance, ...]]:
        """Group distinct utterances by the name of the voice that speaks them. Authors' recordings are left out.

        A chosen voice with a repertoire is listed even if it has none of the utterances.

        Raises:
            UsageError: There is no such voice.
        """
        said: dict[str, list[Utterance]] = {}
        for utterance in dict.fromkeys(utterances):
            if utterance.recording is None and normalize_text(utterance.text, utterance.language):
                voices = map(registry.load_voice, self._choose(utterance.language))
                said |= {each.name: [] for each in voices if each.repertoire is not None and each.name not in said}
                said.setdefault(registry.load_voice(self._find_spec(utterance)).name, []).append(utterance)
        return {name: tuple(lines) for name, lines in said.items()}

    def list_unread_phonemes(self, utterances: Iterable[Utterance]) -> Mapping[str, tuple[str, ...]]:
        """List the words whose phonemes a voice does not read, by its name: it says these as they are written.

        Raises:
            UsageError: There is no such voice.
        """
        unread: dict[str, dict[str, None]] = {}
        for utterance in dict.fromkeys(utterances):
            voice = registry.load_voice(self._find_spec(utterance)) if utterance.phonemes else None
            if voice is not None and not voice.reads_phonemes and voice.repertoire is None:
                unread.setdefault(voice.name, {}).update(dict.fromkeys(word for word, _ in utterance.phonemes))
        return {name: tuple(words) for name, words in unread.items()}

    def explain_stand_ins(self, utterances: Iterable[Utterance]) -> tuple[str, ...]:
        """Write what another voice says in place of one that is not installed as a whole: a sentence for each.

        Raises:
            UsageError: There is no such voice.
        """
        said: dict[VoiceSpec, list[Utterance]] = {}
        for utterance in dict.fromkeys(utterances):
            if normalize_text(utterance.text, utterance.language):
                said.setdefault(self._find_spec(utterance), []).append(utterance)
        voices = ((registry.load_voice(spec), lines) for spec, lines in said.items())
        told = (voice.explain_stand_in(lines) for voice, lines in voices if isinstance(voice, VoiceWithStandIn))
        return tuple(filter(None, told))

    def prepare(self, utterances: Iterable[Utterance], on_progress: OnProgress = ignore_progress) -> None:
        """Speak the utterances that are not cached, two at a time.

        ``on_progress`` is called after each with the number done and the total.

        Raises:
            UsageError: There is no such voice.
            ExternalError: A voice or the disk failed.
        """
        missing = {self.make_key(utterance): utterance for utterance in utterances}
        missing = {key: utterance for key, utterance in missing.items() if self._find_spoken(key) is None}
        if not missing:
            return
        on_progress(0, len(missing))
        pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="speech")
        futures: list[Future[None]] = []
        try:
            futures += [pool.submit(self._speak_and_forget, key, utterance) for key, utterance in missing.items()]
            self._wait_for_all(futures, on_progress)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            self._cancel(futures)
            raise
        finally:
            pool.shutdown()
        self._cache.tidy()

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        """Look up the length of an utterance, as `measure`, but None if it is not cached.

        Raises:
            UsageError: There is no such voice.
            ExternalError: Its recording cannot be read.
        """
        return self._find_spoken(self.make_key(utterance))

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """Measure how long an utterance is and where its first vowel begins; speak it if it is not cached.

        Raises:
            UsageError: There is no such voice.
            ExternalError: The voice or the disk failed.
        """
        key = self.make_key(utterance)
        known = self._find_spoken(key)
        if known is None:
            self._speak(key, utterance)
            known = self._spoken[key]
        return known

    def forget_recordings(self) -> None:
        """Drop the keys of the authors' recordings, as their files may have changed."""
        self._keys = {utterance: key for utterance, key in dict(self._keys).items() if utterance.recording is None}

    def wake(self, language: str) -> None:
        """Load the engine of a language's voice, so that its next words come sooner. A failure is raised by those.

        Raises:
            UsageError: There is no such voice.
        """
        specs = [spec for spec in self._choose(language) if registry.load_voice(spec).repertoire is None]
        with suppress(ExternalError):
            for spec in specs[:1]:  # none where every voice has a fixed repertoire
                self._pool.speak(spec, Utterance(text=_WARM_UP_TEXT, language=language))

    def get_clip(self, utterance: Utterance) -> "Clip":
        """Return an utterance as a clip, 48 kHz mono; it is spoken if it is not cached, or its file is damaged.

        Raises:
            UsageError: There is no such voice.
            ExternalError: The voice or the disk failed.
        """
        key = self.make_key(utterance)
        with self._recent_lock:
            clip = self._recent.pop(key, None)
        clip = clip or self._cache.load(key) or self._speak(key, utterance)
        with self._recent_lock:
            self._recent[key] = clip
            while len(self._recent) > _RECENT_CLIPS or self._count_recent_bytes() > _RECENT_BYTES:
                self._recent.popitem(last=False)
        return clip

    def _count_recent_bytes(self) -> int:
        return sum(clip.samples.nbytes for clip in self._recent.values())

    def _find_spec(self, utterance: Utterance) -> VoiceSpec:
        if utterance.recording is not None:
            return _RECORDING
        return next(spec for spec in self._choose(utterance.language) if _can_say(spec, utterance))

    def _choose(self, language: str) -> tuple[VoiceSpec, ...]:
        if language not in self._choices:
            self._choices[language] = registry.choose_voices(self._voice, language)
        return self._choices[language]

    def _find_spoken(self, key: str) -> SpokenDuration | None:
        if key not in self._spoken:
            spoken = self._cache.find_duration(key)
            if spoken is None:
                return None
            self._spoken[key] = spoken
        return self._spoken[key]

    def _speak(self, key: str, utterance: Utterance) -> "Clip":
        clip = self._pool.speak(self._find_spec(utterance), utterance)
        self._cache.put(key, clip)
        self._spoken[key] = SpokenDuration(length_s=clip.length_s, onset_s=clip.onset_s)
        return clip

    def _speak_and_forget(self, key: str, utterance: Utterance) -> None:
        """Speak without keeping the clip in memory."""
        self._speak(key, utterance)

    def _cancel(self, futures: list[Future[None]]) -> None:
        """Stop all speech, also that of a thread which was about to start a worker."""
        while running := [future for future in futures if not future.done()]:
            self._pool.stop_all()
            wait(running, timeout=_POLL_S)

    @staticmethod
    def _wait_for_all(futures: list[Future[None]], on_progress: OnProgress) -> None:
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            on_progress(done, len(futures))
