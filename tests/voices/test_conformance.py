"""Conformance of every voice: its clips are normalized alike, and it survives any text."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coach_process
import numpy as np
import piper_test_voice
import pytest
import soundfile

from coach.errors import UsageError
from coach.languages import LANGUAGES, find_language
from coach.languages.text_normalizer import normalize_text
from coach.sounds.clip import Clip
from coach.sounds.loudness import measure_loudness_lufs, measure_true_peak_db
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.clip_normalizer import CEILING_DB, LOUDNESS_LUFS, UNSPOKEN_S, find_speech
from coach.voices.engines.espeak import Espeak
from coach.voices.engines.voice_pack import MANIFEST_NAME, PackLine, PackManifest, manifest_to_json
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle

Say = Callable[..., Utterance]
SPEAKING = registry.VOICES | {"fake": registry.UNLISTED["fake"]}
SENTENCES = {code: find_language(code).voice_lines.trial for code in LANGUAGES}
OTHERS = set(registry.FAMILIES) - {"piper", "pack"}
FEW_TIMES = 8  # of "hallo", for a voice that takes as long to speak as to hear
CASES = [
    *((name, language) for name, spec in SPEAKING.items() for language in registry.load_voice(spec).languages),
    (f"piper:{piper_test_voice.MODEL}", "en"),
    ("pack", "en"),
    ("pack", "nl"),
    # The best of each other family that is here.
    *((name, language) for language in LANGUAGES for name in registry.list_preferred(language) if name in OTHERS),
]
# One model and one engine speak all languages; what differs is the phonemes, which engines/test_kokoro.py compares.
SAME_MODEL = {("kokoro", "en")}
NEURAL = {piper_test_voice.SPEC, registry.VOICES["hibari"]}
UNSPEAKABLE = ["", " \n\t", "🙂🏃", "\x00", "[[", "...", "-", "\u200b"]
HOSTILE = [
    "-f/etc/passwd",
    "[[hello]]",
    "<audio src=x> well",
    "a\x00b",
    "one\ntwo\r\n\ntwo",
    "🙂 yes",
    "[x](/x/)",
    "\ud800a",
]


def recorded(folder: Path, language: str) -> Path:
    """A pack of all that is said here, by someone who speaks like espeak and presses the button early and late."""
    counted = ("in", "out", "seven")
    texts = [SENTENCES[language], "First something else!", *HOSTILE, "hallo" * 1_000, *counted]
    takes = []
    for number, text in enumerate(texts):
        words = normalize_text(text, language)
        said = Espeak().speak(Utterance(text=words, language=language, counted=text in counted))
        file = folder / f"{number}.wav"
        soundfile.write(file, np.pad(said.samples, ((24_000, 36_000), (0, 0))), said.rate_hz)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        takes.append(PackLine(text=words, file=file.name, sha256=digest, length_s=1.0, counted=text in counted))
    made = PackManifest(speaker="", language=language, licence="GPL-3.0-or-later", lines=tuple(takes))
    (folder / MANIFEST_NAME).write_text(manifest_to_json(made), encoding="utf-8")
    return folder


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            (name, language),
            marks=[pytest.mark.thorough] * ((name, language) in SAME_MODEL),
            id=f"{name.partition(':')[0]}-{language}",
        )
        for name, language in CASES
    ],
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[VoiceSpec, str]:
    name, language = request.param
    if name == "kokoro":
        request.getfixturevalue("kokoro_model")
    if name == "pack":
        name = f"pack:{recorded(tmp_path_factory.mktemp('pack'), language)}"
    try:
        return registry.find_voice(name, language), language
    except UsageError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def worker(case: tuple[VoiceSpec, str]) -> Iterator[WorkerHandle]:
    handle = WorkerHandle(case[0])
    yield handle
    handle.close()


@pytest.fixture(scope="module")
def sentence(worker: WorkerHandle, case: tuple[VoiceSpec, str]) -> Clip:
    return worker.speak(Utterance(text=SENTENCES[case[1]], language=case[1]))


def test_it_is_trimmed_to_a_fixed_lead_and_tail(sentence: Clip) -> None:
    edges = find_speech(sentence.samples, sentence.rate_hz)
    assert edges is not None
    assert edges[0] / 48_000 == pytest.approx(0.03, abs=0.011)
    assert sentence.length_s - edges[1] / 48_000 == pytest.approx(0.08, abs=0.05)


def test_it_is_48_khz_mono_at_the_target_loudness_and_never_clips(sentence: Clip) -> None:
    assert (sentence.rate_hz, sentence.samples.shape[1], sentence.samples.dtype) == (48_000, 1, np.float32)
    assert measure_loudness_lufs(sentence.samples, sentence.rate_hz) == pytest.approx(LOUDNESS_LUFS, abs=1.0)
    assert measure_true_peak_db(sentence.samples) <= CEILING_DB + 0.01


def test_a_fresh_process_says_the_same_to_the_byte_whatever_was_said_before(
    case: tuple[VoiceSpec, str], worker: WorkerHandle, sentence: Clip, say: Say
) -> None:
    worker.speak(say("First something else!", case[1]))
    again = worker.speak(say(SENTENCES[case[1]], case[1]))
    fresh = WorkerHandle(case[0])
    try:
        elsewhere = fresh.speak(say(SENTENCES[case[1]], case[1]))
    finally:
        fresh.close()
    assert again.samples.tobytes() == elsewhere.samples.tobytes() == sentence.samples.tobytes()


@pytest.mark.parametrize("text", UNSPEAKABLE, ids=ascii)
def test_a_text_that_cannot_be_spoken_is_a_short_silence(
    worker: WorkerHandle, case: tuple[VoiceSpec, str], text: str, say: Say
) -> None:
    clip = worker.speak(say(text, case[1]))
    assert clip.length_s == UNSPOKEN_S
    assert not clip.samples.any()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_only_words(worker: WorkerHandle, case: tuple[VoiceSpec, str], text: str, say: Say) -> None:
    assert UNSPOKEN_S < worker.speak(say(text, case[1])).length_s < 10.0


def test_5_000_letters_without_a_space_are_survived(case: tuple[VoiceSpec, str], say: Say) -> None:
    voice = registry.load_voice(case[0])
    if case[1] == voice.languages[0]:
        times = 80 if case[0] in NEURAL else 1_000  # a neural voice takes half a minute for all of them: tests/ear
        times = FEW_TIMES if case[0].engine_name == "kokoro" else times
        assert voice.speak(say(normalize_text("hallo" * times, "nl"), case[1])).length_s > min(10.0, 0.2 * times)


def test_a_counted_word_fits_on_a_step(worker: WorkerHandle, case: tuple[VoiceSpec, str], say: Say) -> None:
    for word in ("in", "out", "seven"):
        clip = worker.speak(say(word, case[1], counted=True))
        assert 0.1 < clip.length_s <= 0.3
        assert 0.0 <= clip.onset_s < 0.25
        assert measure_loudness_lufs(clip.samples, clip.rate_hz) == pytest.approx(LOUDNESS_LUFS, abs=1.0)


def test_its_identity_names_it_and_is_had_without_its_engine() -> None:
    code = (
        "import sys; from coach.languages import LANGUAGES; from coach.voices import registry\n"
        "for spec in (registry.VOICES | registry.UNLISTED).values():\n"
        "    print(len(registry.load_voice(spec).identity) > 5)\n"
        "families = [voice for language in LANGUAGES for voice in registry.list_voices(language)]\n"
        "assert all(len(voice.identity) > 5 for voice in families)\n"
        "print(sorted({'numpy', 'onnxruntime', 'hibari', 'scipy', 'pyttsx3', 'piper'} & set(sys.modules)))"
    )
    env = coach_process.environment(COACH_KOKORO_DIR=None)
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    ).stdout.split("\n")
    assert said == ["True", "True", "True", "True", "[]", ""]
