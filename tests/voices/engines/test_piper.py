"""Piper: by which name, at which pace, in which pieces."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import piper_test_voice
import pytest
from coach_process import coach
from speech_recognition import heard, word_errors, words

from coach.errors import ExternalError, UsageError
from coach.languages import LANGUAGES, find_language
from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import piper, piper_models
from coach.voices.engines.piper import Piper
from coach.voices.engines.piper_models import PACE_WPM, QUICKEST, SLOWEST, find_pace_text
from coach.voices.worker import speak_utterance

Say = Callable[..., Utterance]
MOST_MISHEARD = 0.03


@pytest.fixture(scope="module")
def joe_voice() -> Piper:
    return Piper(str(piper_test_voice.MODEL))


@pytest.mark.thorough
def test_the_body_scan_of_a_session_is_understood(joe_voice: Piper, say: Say) -> None:
    plan = json.loads(coach("plan", "reset-run", "--lang", "en", "--voice", "fake", "--json").out)
    scan = next(number for number, block in enumerate(plan["blocks"]) if block["kind"] == "body-scan")
    cues = [event["text"] for event in plan["events"] if event["kind"] == "speech" and event["block"] == scan]
    mistaken = sum(word_errors(text, heard(speak_utterance(joe_voice, say(text)), "en")) for text in cues)
    assert mistaken <= MOST_MISHEARD * len(words(" ".join(cues)).split())


@pytest.mark.parametrize(
    ("own_wpm", "scale"), [(PACE_WPM, 1.0), (1.3 * PACE_WPM, 1.3), (400.0, SLOWEST), (50.0, QUICKEST)]
)
def test_a_model_in_a_hurry_is_slowed_to_the_coachs_pace(
    monkeypatch: pytest.MonkeyPatch, own_wpm: float, scale: float
) -> None:
    length_s = len(find_pace_text("en").split()) * 60.0 / own_wpm
    said = Clip(samples=np.full((round(length_s * 22_050), 1), 0.1, np.float32), rate_hz=22_050)
    engine = piper.PiperEngine(piper_test_voice.MODEL, "en")
    monkeypatch.setattr(engine, "synthesize", lambda _text, _scale: said)
    assert engine._calm_scale == pytest.approx(scale, rel=0.01)


def test_a_voice_of_ones_own_is_named_by_its_path(joe_voice: Piper) -> None:
    assert registry.find_voice(f"piper:{piper_test_voice.MODEL}", "en") == piper_test_voice.SPEC
    assert joe_voice.name == f"piper:{piper_test_voice.MODEL}"
    assert (joe_voice.languages, joe_voice.about) == (("en",), "A Piper voice of your own, en_US-joe-medium.onnx.")


def test_its_identity_is_had_without_its_engine() -> None:
    code = (
        "import sys; from coach.voices.registry import load_voice\n"
        "from coach.voices.voice import VoiceSpec\n"
        f"print(load_voice({piper_test_voice.SPEC!r}).identity)\n"
        "print(sorted({'numpy', 'onnxruntime', 'piper'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[0].startswith("piper-tts 1.")
    assert "58afce0321b8d9c4" in said[0]
    assert said[1:] == ["[]", ""]


def test_a_missing_voice_says_how_to_install_it() -> None:
    with pytest.raises(UsageError) as caught:
        registry.find_voice("piper:nl_NL-pim-medium", "nl")
    way = "add it with: coach voices add nl_NL-pim-medium"
    assert str(caught.value) == f'the Piper voice "nl_NL-pim-medium" is not installed; {way}'
    with pytest.raises(UsageError) as caught:
        registry.find_voice("piper", "nl")
    assert str(caught.value) == (
        'no installed Piper voice speaks "nl"; add one with: coach voices add nl_BE-nathalie-medium'
    )
    assert Piper.explain_missing("fr") == 'no installed Piper voice speaks "fr"'


def test_a_path_without_a_config_says_what_a_voice_is(tmp_path: Path) -> None:
    with pytest.raises(ExternalError) as caught:
        Piper(str(tmp_path / "a.onnx"))
    assert (caught.value.message, caught.value.help) == (
        f"cannot read {tmp_path / 'a.onnx.json'}: No such file or directory",
        "a Piper voice is two files: model.onnx and model.onnx.json",
    )


@pytest.mark.parametrize(("kind", "reads"), [("espeak", True), ("text", False), (None, True)])
def test_phonemes_are_for_a_model_of_phonemes(tmp_path: Path, kind: str | None, *, reads: bool) -> None:
    config = {"language": {"code": "nl_NL"}, **({"phoneme_type": kind} if kind else {})}
    (tmp_path / "a.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    assert Piper(str(tmp_path / "a.onnx")).reads_phonemes is reads


@pytest.mark.parametrize(
    "config",
    ["[" * 90_000, "9" * 5_000, "", "[]", '{"espeak": {"voice": 5}}', '{"language": {"code": "\\u001b[2J"}}', "{}"],
    ids=["90,000 brackets", "5,000 digits", "nothing", "a list", "a number", "an escape", "no language"],
)
def test_a_config_that_is_not_one_is_reported_in_one_line(tmp_path: Path, config: str) -> None:
    (tmp_path / "a.onnx.json").write_text(config, encoding="utf-8")
    with pytest.raises(ExternalError) as caught:
        Piper(str(tmp_path / "a.onnx"))
    assert (caught.value.message, caught.value.help) == (
        f"{tmp_path / 'a.onnx.json'} is not the config of a Piper voice",
        "download the voice again",
    )


def test_a_file_that_is_not_a_model_is_reported(tmp_path: Path, say: Say) -> None:
    (tmp_path / "a.onnx").write_bytes(b"no model")
    (tmp_path / "a.onnx.json").write_text(
        (piper_test_voice.FOLDER / f"{piper_test_voice.NAME}.onnx.json").read_text(), encoding="utf-8"
    )
    with pytest.raises(ExternalError) as caught:
        Piper(str(tmp_path / "a.onnx")).speak(say("Hello."))
    assert caught.value.message.startswith("the Piper voice a does not load: ")
    assert caught.value.help == "remove it, and add it again, or choose another voice"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("in", ["In."]),
        ("and out,", ["And out."]),
        ("Do you hear that? Listen!", ["Do you hear that?", "Listen!"]),
        ("One. two", ["One.", "Two."]),
        ("a" * 300, ["A" + "a" * 249 + ".", "A" + "a" * 49 + "."]),
        ("so, " * 100, ["So, " * 1 + "so, " * 60 + "so.", "So, " + "so, " * 36 + "so."]),
        ("well " * 60, ["Well " + "well " * 48 + "well.", "Well " + "well " * 8 + "well."]),
        (" ", []),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_models_are_given_whole_sentences_of_a_length_they_can_take(text: str, pieces: list[str]) -> None:
    assert list(piper._split_sentences(text)) == pieces


def test_the_catalogue_has_what_a_download_is_checked_by() -> None:
    voices = piper_models.read_catalogue()
    assert len({voice.name for voice in voices}) == len(voices)
    for voice in voices:
        language, name, quality = voice.name.split("-")
        family = language.partition("_")[0]
        assert voice.path == f"{family}/{language}/{name}/{quality}/{voice.name}.onnx"
        assert (voice.language, voice.quality) == (language, quality)
        assert voice.model.sha256 or voice.model.md5
        assert 20_000_000 < voice.model.size_bytes < 200_000_000
        assert 1_000 < voice.config.size_bytes < 30_000
        for digest, digits in ((voice.model.sha256, 64), (voice.model.md5, 32), (voice.config.sha256, 64)):
            assert digest is None or (len(digest) == digits and set(digest) <= set("0123456789abcdef"))
    assert {voice.name for voice in voices if not voice.model.sha256} == {"nl_NL-ronnie-medium", "nl_NL-alex-medium"}


def test_the_first_choice_of_a_language_is_its_best_in_the_catalogue() -> None:
    for language, name in ((code, find_language(code).piper_voice) for code in LANGUAGES):
        there = [voice.name for voice in piper_models.read_catalogue() if voice.language.startswith(f"{language}_")]
        assert there[:1] == [name] * bool(name)


def test_the_catalogue_knows_the_voice_of_the_tests() -> None:
    known = piper_models.find_in_catalogue(piper_test_voice.NAME)
    assert known is not None
    config = json.loads((piper_test_voice.FOLDER / f"{piper_test_voice.NAME}.onnx.json").read_text())
    assert (known.language, known.model.size_bytes) == (
        config["language"]["code"],
        piper_test_voice.MODEL.stat().st_size,
    )
