"""Espeak-ng from memory: repeatable, and with its data wherever that lies."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import ExternalError
from coach.utterance import Utterance
from coach.voices.engines import espeak
from coach.voices.engines.espeak import Espeak, EspeakSettings, shorten_data_path, speak

Say = Callable[..., Utterance]


def test_it_says_the_same_whatever_it_said_before(say: Say) -> None:
    voice, text = Espeak(), say("Laat je schouders zakken.", "nl")
    first = voice.speak(text).samples.tobytes()
    voice.speak(say("Something else, in another language!"))
    assert voice.speak(text).samples.tobytes() == first


def test_an_option_is_read_aloud_and_not_followed(say: Say) -> None:
    option, words = (Espeak().speak(say(text)) for text in ("-f/etc/hostname", "f etc hostname"))
    assert option.length_s == pytest.approx(words.length_s, rel=0.6)


def test_an_unknown_language_is_refused() -> None:
    settings = EspeakSettings(language="xx-none", pace_wpm=120, pitch=50, pitch_range=50)
    with pytest.raises(ExternalError) as caught:
        speak("hello", settings, library=espeak.find_library_path(), data=espeak.find_data_path())
    assert caught.value.message == 'espeak-ng has no voice for "xx-none"'


def test_data_with_a_long_path_is_brought_within_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    far = tmp_path / ("long" * 40) / "espeak-ng-data"
    far.parent.mkdir()
    far.symlink_to(espeak.find_data_path())
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "c"))
    near = shorten_data_path(far)
    assert near.parent.parent == tmp_path / "c"
    assert shorten_data_path(far) == near
    expected = Espeak().speak(say("Hallo.", "nl")).samples.tobytes()
    monkeypatch.setattr(espeak, "find_data_path", lambda: near)
    assert Espeak().speak(say("Hallo.", "nl")).samples.tobytes() == expected


def test_data_without_a_short_path_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = tmp_path / ("long" * 40) / "espeak-ng-data"
    monkeypatch.setenv("COACH_CACHE_DIR", str(far))
    with pytest.raises(ExternalError) as caught:
        shorten_data_path(far)
    assert caught.value.message == f"espeak-ng cannot read its data in {far}: the path is too long"
    assert caught.value.help == "set COACH_CACHE_DIR to a folder with a short path"
