"""Voices by name and by language."""

from functools import partial
from pkgutil import resolve_name

import pytest

from coach.errors import UsageError
from coach.languages import LANGUAGES
from coach.voices import registry
from coach.voices.engines.mbrola import Mbrola
from coach.voices.engines.piper import Piper


@pytest.fixture(autouse=True)
def nothing_added(monkeypatch: pytest.MonkeyPatch) -> None:
    """No voices but those that are everywhere."""
    for family in (Piper, Mbrola):
        monkeypatch.setattr(family, "list_available", lambda: ())


def who_speaks(language: str) -> list[str]:
    return list(dict.fromkeys(voice.name.partition(":")[0] for voice in registry.list_voices(language)))


def test_voices_come_in_the_order_of_their_choice() -> None:
    assert who_speaks("en") == ["system", "hibari", "espeak"]
    assert who_speaks("nl") == ["system", "espeak"]
    assert registry.list_voices("fr") == ()


def test_names_and_languages_agree_with_the_voices() -> None:
    for name, spec in (registry.VOICES | registry.UNLISTED).items():
        assert registry.load_voice(spec).name == name
    assert {name for language in LANGUAGES for name in registry.list_preferred(language)} <= {
        *registry.VOICES,
        *registry.FAMILIES,
    }


def test_the_default_voice_is_a_good_one_where_there_is_a_choice() -> None:
    assert registry.choose_voices(None, "en") == (registry.VOICES["hibari"],)
    assert registry.choose_voices(None, "nl") == (registry.VOICES["espeak"],)


def test_no_family_is_asked_for_voices_that_are_liked_less_than_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def list_none(family: str) -> tuple[str, ...]:
        asked.append(family)
        return ()

    for family, engine in registry.FAMILY_ENGINES.items():
        monkeypatch.setattr(resolve_name(engine), "list_available", partial(list_none, family))
    registry.find_default("en")
    assert asked == ["piper", "system"]


def test_of_a_list_those_that_speak_the_language_are_taken_in_its_order() -> None:
    assert registry.choose_voices("espeak, hibari", "en") == (registry.VOICES["espeak"], registry.VOICES["hibari"])
    assert registry.choose_voices("hibari,espeak", "nl") == (registry.VOICES["espeak"],)


@pytest.mark.parametrize(
    ("name", "language", "message"),
    [
        ("espaek", "nl", 'there is no voice "espaek"; did you mean "espeak"?'),
        (
            "nl_NL-pim-medium",
            "nl",
            'the Piper voice "nl_NL-pim-medium" is not installed; add it with: coach voices add nl_NL-pim-medium',
        ),
        ("zzz", "nl", 'there is no voice "zzz"; there are: hibari, espeak, system'),
        ("hibari", "nl", 'the voice "hibari" does not speak "nl"; these do: system, espeak'),
        ("hibari,fake", "fr", 'none of the voices "hibari, fake" speaks "fr"'),
        (None, "fr", 'no installed voice speaks "fr"; supported languages: en, nl'),
    ],
)
def test_an_unknown_voice_is_explained(name: str | None, language: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.choose_voices(name, language)
    assert str(caught.value) == message
