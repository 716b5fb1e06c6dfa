"""`coach voices hear`: play a sentence in a voice."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from coach_process import Ran
from fake_device import FakeBackend

from coach.commands import hear, voices
from coach.languages import LANGUAGES, find_language
from coach.services import session_reading
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.speech_service import SpeechService

Coach = Callable[..., Ran]
RATE_HZ = 48_000
QUIET_S = 0.5


@pytest.fixture
def speakers(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Speakers that ask whenever the program waits."""
    backend = FakeBackend()
    monkeypatch.setattr(hear, "find_backend", lambda _name: backend)
    monkeypatch.setattr(hear, "time", SimpleNamespace(sleep=lambda _: backend.opened[-1].pull(1920)))
    return backend


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[hear.HearRequest]:
    """What is to be played, instead of playing it."""
    asked: list[hear.HearRequest] = []
    monkeypatch.setattr(hear, "run", asked.append)
    return asked


def test_the_sentence_is_heard_as_the_voice_says_it(coach: Coach, speakers: FakeBackend) -> None:
    with SpeechService("espeak") as service:
        clip = service.get_clip(Utterance(text=find_language("nl").voice_lines.sample, language="nl"))
    ran = coach("voices", "hear", "espeak", "--lang", "nl", "--device", "head")
    assert (ran.code, ran.out.endswith("  espeak\n"), ran.err) == (0, True, "")
    (device,) = speakers.opened
    assert device.device == "Headset"
    samples = device.pulled[:, 0]
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    assert (loud[-1] - loud[0]) / RATE_HZ == pytest.approx(clip.length_s, abs=0.4)
    assert loud[0] / RATE_HZ > QUIET_S
    assert device.closed


@pytest.mark.parametrize(
    ("words", "own", "language"),
    [
        (["hibari"], "nl", "en"),
        (["fake"], "nl", "nl"),
        (["fake"], "en", "en"),
        (["fake"], "fr", "nl"),
        (["fake", "--lang", "en"], "nl", "en"),
    ],
)
def test_it_is_heard_in_the_language_asked_for_else_the_computer_s_own_else_its_own(
    coach: Coach,
    heard: list[hear.HearRequest],
    words: list[str],
    own: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voices, "detect_system_language", lambda: own)
    assert coach("voices", "hear", *words).code == 0
    (asked,) = heard
    assert asked.session.language == language
    assert asked.session.values == {"voice": words[0], "line": find_language(language).voice_lines.sample}


def test_a_voice_with_lines_of_its_own_says_one_of_these(
    coach: Coach, heard: list[hear.HearRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = registry.load_voice(registry.UNLISTED["fake"])
    lines = {("nl", "Kort."), ("nl", "Laat je schouders zakken, en adem rustig uit. Zo."), ("en", "x" * 80)}
    monkeypatch.setattr(type(fake), "repertoire", frozenset(lines))
    assert coach("voices", "hear", "fake", "--lang", "nl").code == 0
    (asked,) = heard
    assert asked.session.values["line"] == "Laat je schouders zakken, en adem rustig uit. Zo."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["hibari", "--lang", "nl"], 'the voice "hibari" does not speak "nl"; these do: espeak'),
        (["espaek"], 'there is no voice "espaek"; did you mean "espeak"?'),
        (["espeak", "--lang", "fr"], "the coach does not speak 'fr'; choose one of nl, en"),
        (["fake", "--output", "horn"], 'there is no output "horn"; choose speaker, silent or simpleaudio'),
    ],
)
def test_a_voice_that_cannot_be_heard_is_reported(
    coach: Coach, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "list_preferred", {"en": ("hibari", "espeak"), "nl": ("espeak",)}.get)
    assert coach("voices", "hear", *words) == Ran(code=2, out="", err=f"error: {message}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_session_has_nothing_but_the_line(tmp_path: Path, language: str) -> None:
    path = hear.write_sample_session(tmp_path, language)
    session = session_reading.load_session(str(path), {"voice": "espeak", "line": "Hallo."})
    assert session.title is not None
    assert session.title.words == {language: "espeak"}
    assert [block.kind for block in session.blocks] == ["say"]
