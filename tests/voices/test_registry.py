"""Voices by name and by language."""

import pytest

from coach.errors import UsageError
from coach.voices import registry


def test_the_default_voice_comes_first() -> None:
    assert [voice.name for voice in registry.voices_for("en")] == ["hibari", "espeak"]
    assert [voice.name for voice in registry.voices_for("nl")] == ["espeak"]
    assert registry.voices_for("fr") == ()


def test_names_and_languages_agree_with_the_voices() -> None:
    for name, spec in (registry.VOICES | registry.UNLISTED).items():
        assert registry.load(spec).name == name
    for language, name in registry.DEFAULTS.items():
        assert registry.find(None, language) == registry.VOICES[name]


@pytest.mark.parametrize(
    ("name", "language", "message"),
    [
        ("espaek", "nl", 'there is no voice "espaek"; did you mean "espeak"?'),
        ("zzz", "nl", 'there is no voice "zzz"; there are: hibari, espeak'),
        ("hibari", "nl", 'the voice "hibari" does not speak "nl"; these do: espeak'),
        (None, "fr", 'no voice here speaks "fr"; there are voices for en, nl'),
    ],
)
def test_what_cannot_be_found_is_explained(name: str | None, language: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.find(name, language)
    assert str(caught.value) == message
