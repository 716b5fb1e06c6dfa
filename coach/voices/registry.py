"""The voices there are. To add one: write its module, then add its line here."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.voices.engines.piper_models import find_in_catalogue
from coach.voices.voice import Family, Voice

VOICES = {
    "hibari": "coach.voices.engines.hibari:Hibari",
    "espeak": "coach.voices.engines.espeak:Espeak",
}

# Families are asked which of their voices are here; each of those is ``family:name``.
FAMILIES: dict[str, str] = {
    "piper": "coach.voices.engines.piper:Piper",
    "pack": "coach.voices.engines.voice_pack:VoicePack",
    "system": "coach.voices.engines.system:System",
    "mbrola": "coach.voices.engines.mbrola:Mbrola",
}

UNLISTED = {"fake": "coach.voices.engines.fake:Fake", "recording": "coach.voices.engines.recording:Recording"}


@cache
def load_voice(spec: str) -> Voice:
    """The voice that ``module:class`` or ``module:class:name`` stands for. Its engine is not loaded yet."""
    module, class_name, *which = spec.split(":", 2)
    voice: Voice = getattr(import_module(module), class_name)(*which)
    return voice


def list_preferred(language: str) -> tuple[str, ...]:
    """The voices and families to speak a language with, the best first."""
    return find_language(language).voices if language in LANGUAGES else ()


def list_voices(language: str) -> tuple[Voice, ...]:
    """The voices here that speak a language, in the order of their choice."""
    return tuple(map(load_voice, _list_specs(language)))


def find_default(language: str) -> str:
    """The line of the voice that speaks a language unless another is asked for.

    Raises:
        UsageError: Nothing here speaks it.
    """
    speaking = list(_list_specs(language))
    if not speaking:
        raise UsageError(f'no voice here speaks "{language}"; there are voices for {", ".join(sorted(LANGUAGES))}')
    return next((spec for spec in speaking if load_voice(spec).good), speaking[-1])


def choose_voices(names: str | tuple[str, ...] | None, language: str) -> tuple[str, ...]:
    """The lines of the voices to speak a language with, the first that can say something says it.

    Args:
        names: Voices separated by commas or as a tuple, or None for the default voice. Those that do not speak the
            language are passed over, as a list may be meant for several. Where all may lack words, the default voice
            is the last.
        language: The language.

    Raises:
        UsageError: There is no such voice, or none of them speaks the language.
    """
    listed = names.split(",") if isinstance(names, str) else names or ()
    wanted = [name.strip() for name in listed if name.strip()]
    found = [find_voice(name, language) for name in wanted] if len(wanted) == 1 else _find_all(wanted, language)
    if all(load_voice(spec).repertoire is not None for spec in found):
        found.append(find_default(language))
    return tuple(found)


def find_voice(name: str, language: str) -> str:
    """The line of a voice by its name.

    Raises:
        UsageError: There is no such voice, or it does not speak the language.
    """
    spec = _parse_name(name, language)
    if language not in load_voice(spec).languages:
        speaking = ", ".join(dict.fromkeys(voice.name.partition(":")[0] for voice in list_voices(language)))
        raise UsageError(f'the voice "{load_voice(spec).name}" does not speak "{language}"; these do: {speaking}')
    return spec


def _find_all(names: list[str], language: str) -> list[str]:
    lines = [_parse_name(name, language) for name in names]
    found = [line for line in lines if language in load_voice(line).languages]
    if names and not found:
        raise UsageError(f'none of the voices "{", ".join(names)}" speaks "{language}"')
    return found


def _parse_name(name: str, language: str) -> str:
    """The line of a voice by its name; of a family by its name alone, that of its best voice for the language."""
    lines = VOICES | UNLISTED
    if name in lines:
        return lines[name]
    family, separator, which = name.partition(":")
    if family in FAMILIES:
        return f"{FAMILIES[family]}:{which}" if separator else _find_best(family, language)
    for each, line in FAMILIES.items():
        if name in _load_family(each).here():
            return f"{line}:{name}"
    if find_in_catalogue(name):
        return f"{FAMILIES['piper']}:{name}"  # not here, and Piper says how to get it
    known = [*VOICES, *FAMILIES, *_list_installed_names()]
    near = get_close_matches(name, known, n=1)
    families = [family for family in FAMILIES if _load_family(family).here()]
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join([*VOICES, *families])}"
    raise UsageError(f'there is no voice "{name}"; {hint}')


def _find_best(family: str, language: str) -> str:
    lines = [f"{FAMILIES[family]}:{which}" for which in _load_family(family).here()]
    speaking = [line for line in lines if language in load_voice(line).languages]
    if not speaking:
        raise UsageError(_load_family(family).missing(language))
    return speaking[0]


def _list_specs(language: str) -> Iterator[str]:
    for name in list_preferred(language):
        lines = (
            [VOICES[name]] if name in VOICES else [f"{FAMILIES[name]}:{which}" for which in _load_family(name).here()]
        )
        yield from (line for line in lines if language in load_voice(line).languages)


def _list_installed_names() -> list[str]:
    return [f"{family}:{which}" for family in FAMILIES for which in _load_family(family).here()]


def _load_family(name: str) -> Family:
    module, _, class_name = FAMILIES[name].partition(":")
    family: Family = getattr(import_module(module), class_name)
    return family
