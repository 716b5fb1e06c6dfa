"""The voices there are. To add one: write its module, then add its line here."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from coach.errors import UsageError
from coach.voices.voice import Voice

VOICES = {
    "hibari": "coach.voices.hibari:Hibari",
    "espeak": "coach.voices.espeak:Espeak",
}
UNLISTED = {"fake": "coach.voices.fake:Fake", "recording": "coach.voices.recording:Recording"}
DEFAULTS = {"en": "hibari", "nl": "espeak"}


@cache
def load(spec: str) -> Voice:
    """The voice a line of the registry stands for, as ``module:class``. Its engine is not loaded yet."""
    module, _, name = spec.partition(":")
    voice: Voice = getattr(import_module(module), name)()
    return voice


def voices_for(language: str) -> tuple[Voice, ...]:
    """The listed voices that speak a language, the default one first."""
    voices = (load(spec) for spec in VOICES.values())
    speaking = [voice for voice in voices if language in voice.languages]
    return tuple(sorted(speaking, key=lambda voice: voice.name != DEFAULTS.get(language)))


def find(name: str | None, language: str) -> str:
    """The registry's line for a voice by name, or for a language's default voice.

    Raises:
        UsageError: There is no such voice, or it does not speak the language.
    """
    speaking = ", ".join(voice.name for voice in voices_for(language))
    if not speaking and name not in UNLISTED:
        raise UsageError(f'no voice here speaks "{language}"; there are voices for {", ".join(sorted(DEFAULTS))}')
    chosen = DEFAULTS[language] if name is None else name
    specs = VOICES | UNLISTED
    if chosen not in specs:
        near = get_close_matches(chosen, VOICES, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(VOICES)}"
        raise UsageError(f'there is no voice "{chosen}"; {hint}')
    if language not in load(specs[chosen]).languages:
        raise UsageError(f'the voice "{chosen}" does not speak "{language}"; these do: {speaking}')
    return specs[chosen]
