"""Espeak-ng from memory: repeatable, and with its data wherever that lies."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import ExternalError
from coach.languages.phonetic_alphabet import has_sound, to_engine_phonemes
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


def test_phonemes_sound_as_a_word_that_is_read_so() -> None:
    def speak_text(text: str) -> bytes:
        return Espeak().speak(Utterance(text=text, language="nl")).samples.tobytes()

    assert speak_text("Een [[tˈœyn]].") == speak_text("Een tuin.")
    assert speak_text("Een [[tˈeːn]].") != speak_text("Een tuin.")


@pytest.mark.parametrize(
    ("ipa", "language", "names"),
    [
        ("nˈɛɪmeːɣə", "nl", "n|'EI|m|e:|Q|@"),
        ("hˈœyskˌaːmər", "nl", "h|'Wy|s|k|,a:|m|@|r"),
        ("dʒˈɒɡɪŋ", "en", "dZ|'0|g|I|N"),
        ("tˈyːr", "de", "t|'i|r"),
    ],
)
def test_phonemes_have_names_in_each_language(ipa: str, language: str, names: str) -> None:
    assert espeak.write_mnemonics(ipa, language) == names


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_every_letter_of_the_alphabet_has_a_name(language: str) -> None:
    letters = [chr(number) for number in range(0x61, 0x3E0) if has_sound(chr(number))]
    unnamed = {each for each in letters if not espeak.write_mnemonics(to_engine_phonemes(each, language), language)}
    assert len(letters) > 100
    assert unnamed == set()
