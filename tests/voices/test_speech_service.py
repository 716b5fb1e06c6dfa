"""The speech service speaks what is new, caches it, and starts no worker where all is cached."""

import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ExternalError, UsageError
from coach.sounds.clip import Clip
from coach.utterance import SpokenDuration, Utterance
from coach.voices.clip_cache import ClipCache
from coach.voices.speech_service import SpeechService
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerPool

Say = Callable[..., Utterance]


def recording(path: Path, seconds: float, pitch_hz: float = 220.0) -> Path:
    wave_form = 0.3 * np.sin(2 * np.pi * pitch_hz * np.arange(round(seconds * 16_000)) / 16_000)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((wave_form * 32_767).astype("<i2").tobytes())
    return path


def test_each_distinct_utterance_is_spoken_and_reported_once(cache: ClipCache, say: Say) -> None:
    received: list[tuple[int, int]] = []
    with SpeechService("fake", cache=cache) as service:
        service.prepare(
            [say("one"), say("two"), say("one"), say(" one ")], lambda done, total: received.append((done, total))
        )
        service.prepare([say("one")], lambda done, total: received.append((done, total)))
    assert received == [(0, 2), (1, 2), (2, 2)]


def test_nothing_is_started_where_all_is_cached(cache: ClipCache, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    with SpeechService("fake", cache=cache) as service:
        service.prepare([say("hello")])
        clip = service.get_clip(say("hello"))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with SpeechService("fake", cache=cache) as service:
        assert service.measure(say("hello")) == SpokenDuration(length_s=clip.length_s, onset_s=clip.onset_s)
        np.testing.assert_array_equal(service.get_clip(say("hello")).samples, clip.samples)
        with pytest.raises(ExternalError) as caught:
            service.measure(say("something new"))
    assert caught.value.message == "could not start a speech process: No such file or directory"


def test_a_voice_that_was_woken_waits_with_its_engine_and_has_kept_nothing(
    cache: ClipCache, tmp_path: Path, say: Say
) -> None:
    with SpeechService("fake", cache=cache) as service:
        service.wake("en")
        assert list((tmp_path / "voices").glob("*/*")) == []
        ((awake,),) = service._pool._idle.values()
        service.prepare([say("hello")])
        assert list(service._pool._idle.values()) == [[awake]]


def test_a_damaged_clip_is_spoken_again(cache: ClipCache, tmp_path: Path, say: Say) -> None:
    with SpeechService("fake", cache=cache) as service:
        before = service.get_clip(say("hello"))
    (kept,) = (tmp_path / "voices").glob("*/*.clip")
    kept.write_bytes(kept.read_bytes()[:-2] + b"zz")
    with SpeechService("fake", cache=cache) as service:
        assert service.get_clip(say("hello")).samples.tobytes() == before.samples.tobytes()


def test_a_recording_is_normalized_too(cache: ClipCache, tmp_path: Path, say: Say) -> None:
    mine = say("hello", recording=recording(tmp_path / "me.wav", 0.5))
    with SpeechService(cache=cache) as service:
        clip = service.get_clip(mine)
    assert clip.rate_hz == 48_000
    assert clip.length_s == pytest.approx(0.03 + 0.5 + 0.08, abs=0.01)


def test_a_recording_is_known_by_its_content(cache: ClipCache, tmp_path: Path, say: Say) -> None:
    first, same = (recording(tmp_path / name, 0.2) for name in ("a.wav", "b.wav"))
    other = recording(tmp_path / "c.wav", 0.2, 330.0)
    with SpeechService(cache=cache) as service:
        keys = [service.make_key(say("x", recording=path)) for path in (first, same, other)]
    assert keys[0] == keys[1] != keys[2]


def test_a_changed_recording_is_read_again_on_request(cache: ClipCache, tmp_path: Path, say: Say) -> None:
    mine = say("x", recording=recording(tmp_path / "a.wav", 0.2))
    with SpeechService(cache=cache) as service:
        before = service.make_key(mine)
        recording(tmp_path / "a.wav", 0.3)
        assert service.make_key(mine) == before
        service.forget_recordings()
        assert service.make_key(mine) != before


def test_a_recording_that_is_not_audio_is_reported_in_one_line(cache: ClipCache, tmp_path: Path, say: Say) -> None:
    with SpeechService(cache=cache) as service, pytest.raises(ExternalError) as caught:
        service.prepare([say("x", recording=tmp_path / "gone.wav")])
    assert caught.value.message == f"could not read the recording {tmp_path / 'gone.wav'}: No such file or directory"


def test_keys_differ_by_all_that_shapes_the_samples(cache: ClipCache, say: Say) -> None:
    shaped = [say("in"), say("in", counted=True), say("in", "nl"), say("out")]
    with SpeechService("fake", cache=cache) as fake, SpeechService("espeak", cache=cache) as espeak:
        keys = {service.make_key(utterance) for service in (fake, espeak) for utterance in shaped}
        assert len(keys) == 8
        assert fake.make_key(say("in")) == fake.make_key(say(" in\n"))


def test_an_unknown_voice_suggests_the_nearest(cache: ClipCache, say: Say) -> None:
    with SpeechService("hibarri", cache=cache) as service, pytest.raises(UsageError) as caught:
        service.measure(say("hello"))
    assert str(caught.value) == 'there is no voice "hibarri"; did you mean "hibari"?'


def test_a_few_clips_are_held_and_no_more(cache: ClipCache, say: Say) -> None:
    with SpeechService("fake", cache=cache) as service:
        for number in range(14):
            service.get_clip(say(f"cue {number}"))
        assert len(service._recent) == 10
        assert service.get_clip(say("cue 13")) is service.get_clip(say("cue 13"))


def test_a_failing_voice_ends_the_preparing_and_leaves_no_worker(
    cache: ClipCache, say: Say, broken_voice: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr("coach.voices.registry.UNLISTED", {"fake": broken_voice("Refusing")})
    with SpeechService("fake", cache=cache) as service:
        with pytest.raises(ExternalError, match="no, not"):
            service.prepare([say(f"cue {number}") for number in range(6)])
        assert not service._pool._busy
        assert not any(service._pool._idle.values())


def test_it_is_had_without_numpy() -> None:
    code = "import sys, coach.voices.speech_service, coach.languages.text_normalizer; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


class LateWorkerPool(WorkerPool):
    """One that is asked to speak just after all workers were stopped, and stops only at the second call."""

    def __init__(self) -> None:
        super().__init__()
        self._calls = 0
        self._heard = threading.Event()

    def speak(self, spec: VoiceSpec, utterance: Utterance) -> Clip:
        assert spec.engine
        if utterance.text == "fail":
            raise ExternalError("no voice")
        self._heard.wait()
        raise ExternalError("stopped")

    def stop_all(self) -> None:
        self._calls += 1
        if self._calls > 1:
            self._heard.set()


def test_a_failure_ends_what_was_about_to_be_spoken_too(cache: ClipCache, say: Say) -> None:
    with SpeechService("fake", cache=cache) as service:
        service._pool = LateWorkerPool()
        with pytest.raises(ExternalError, match="no voice"):
            service.prepare([say("a long, long text"), say("fail")])


def test_waking_needs_no_voice_that_speaks_any_words(cache: ClipCache, monkeypatch: pytest.MonkeyPatch) -> None:
    with SpeechService("fake", cache=cache) as service:
        monkeypatch.setattr(service, "_choose", lambda _language: ())
        service.wake("en")
        assert not service._pool._idle


def test_phonemes_count_only_for_a_voice_that_reads_them(cache: ClipCache, say: Say) -> None:
    plain, one, other = (
        replace(say("Naar Nijmegen, 3 km.", "nl"), phonemes=phonemes)
        for phonemes in ((), (("Nijmegen", "nˈɛimeːɣə"),), (("Nijmegen", "nˈimeːɣə"),))
    )
    with SpeechService("espeak", cache=cache) as service:
        assert len({service.make_key(each) for each in (plain, one, other)}) == 3
        clips = [service.get_clip(each).samples.tobytes() for each in (plain, one, other)]
        assert len(set(clips)) == 3
        assert service.list_unread_phonemes([plain, one, other]) == {}
    with SpeechService("fake", cache=cache) as service:
        assert len({service.make_key(each) for each in (plain, one, other)}) == 1
        assert service.list_unread_phonemes([plain, one, other]) == {"fake": ("Nijmegen",)}
