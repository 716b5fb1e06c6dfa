"""Voice registry: the engines by name, and the choice of a voice. A new engine is a module, and a line here."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pkgutil import resolve_name

from coach.errors import UsageError, explain_missing_package
from coach.languages import LANGUAGES, find_language
from coach.translation import _
from coach.voices.voice import Voice, VoiceFamily, VoiceSpec

VOICE_ENGINES = {
    "hibari": "coach.voices.engines.hibari:Hibari",
    "espeak": "coach.voices.engines.espeak:Espeak",
}

# A family lists its installed voices; each is called ``family:name``.
FAMILY_ENGINES = {
    "piper": "coach.voices.engines.piper:Piper",
    "kokoro": "coach.voices.engines.kokoro:Kokoro",
    "pack": "coach.voices.engines.voice_pack:VoicePack",
    "system": "coach.voices.engines.system:System",
    "mbrola": "coach.voices.engines.mbrola:Mbrola",
}

UNLISTED_ENGINES = {
    "fake": "coach.voices.engines.fake:Fake",
    "recording": "coach.voices.engines.recording:Recording",
}

VOICES = {name: VoiceSpec(engine=engine) for name, engine in VOICE_ENGINES.items()}
UNLISTED = {name: VoiceSpec(engine=engine) for name, engine in UNLISTED_ENGINES.items()}
FAMILIES = tuple(FAMILY_ENGINES)


@cache
def load_voice(spec: VoiceSpec) -> Voice:
    """Create the voice of a spec. Its engine is not loaded yet."""
    voice_class = resolve_name(spec.engine)
    voice: Voice = voice_class() if spec.name is None else voice_class(spec.name)
    return voice


def _make_spec(family: str, name: str) -> VoiceSpec:
    return VoiceSpec(engine=FAMILY_ENGINES[family], name=name)


def list_preferred(language: str) -> tuple[str, ...]:
    """List the voices and families that are preferred for a language, the best first."""
    return find_language(language).voices if language in LANGUAGES else ()


def list_voices(language: str) -> tuple[Voice, ...]:
    """List the installed voices that speak a language, in order of preference."""
    return tuple(map(load_voice, _list_specs(language)))


def find_default(language: str) -> VoiceSpec:
    """Find the default voice of a language.

    Raises:
        UsageError: No installed voice speaks it.
    """
    last = None
    for spec in _list_specs(language):  # only as far as a good one, as some take long to list
        if load_voice(spec).good:
            return spec
        last = spec
    if last is None:
        raise UsageError(
            _(
                'no installed voice speaks "{language}"; supported languages: {languages}',
                language=language,
                languages=", ".join(sorted(LANGUAGES)),
            )
        )
    return last


def choose_voices(names: str | tuple[str, ...] | None, language: str) -> tuple[VoiceSpec, ...]:
    """Choose the voices for a language; each text is spoken by the first of them that can say it.

    Args:
        names: Voices separated by commas or as a tuple, or None for the default voice. Those that do not speak the
            language are skipped, as one list may serve several. If all have a limited repertoire, the default voice is
            added at the end.
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


def find_voice(name: str, language: str) -> VoiceSpec:
    """Find a voice by its name.

    Raises:
        UsageError: There is no such voice, or it does not speak the language.
        ExternalError: Its engine is not installed.
    """
    spec = _parse_name(name, language)
    if not load_voice(spec).languages and (missing := explain_missing_package(load_voice(spec).name)):
        raise missing
    if language not in load_voice(spec).languages:
        candidates = ", ".join(dict.fromkeys(voice.name.partition(":")[0] for voice in list_voices(language)))
        raise UsageError(
            _(
                'the voice "{name}" does not speak "{language}"; these do: {candidates}',
                name=load_voice(spec).name,
                language=language,
                candidates=candidates,
            )
        )
    return spec


def _find_all(names: list[str], language: str) -> list[VoiceSpec]:
    specs = [_parse_name(name, language) for name in names]
    found = [spec for spec in specs if language in load_voice(spec).languages]
    if names and not found:
        raise UsageError(
            _('none of the voices "{names}" speaks "{language}"', names=", ".join(names), language=language)
        )
    return found


def _parse_name(name: str, language: str) -> VoiceSpec:
    """Parse a voice's name; a family's name alone means its best voice for the language."""
    specs = VOICES | UNLISTED
    if name in specs:
        return specs[name]
    family, separator, which = name.partition(":")
    if family in FAMILIES:
        return _make_spec(family, which) if separator else _find_best(family, language)
    for each in FAMILIES:
        if name in _load_family(each).list_available():
            return _make_spec(each, name)
    from coach.voices.engines.piper_models import find_in_catalogue  # noqa: PLC0415 - only names of no other voice need it

    if find_in_catalogue(name):
        return _make_spec("piper", name)  # not installed; Piper explains how to get it
    known = [*VOICES, *FAMILIES, *_list_installed_names()]
    near = get_close_matches(name, known, n=1)
    families = [family for family in FAMILIES if _load_family(family).list_available()]
    hint = _("there are: {known}", known=", ".join([*VOICES, *families]))
    if near:
        hint = _('did you mean "{found}"?', found=near[0])
    raise UsageError(_('there is no voice "{name}"; {hint}', name=name, hint=hint))


def _find_best(family: str, language: str) -> VoiceSpec:
    specs = _list_family_specs(family)
    candidates = [spec for spec in specs if language in load_voice(spec).languages]
    if not candidates:
        raise UsageError(_load_family(family).explain_missing(language))
    return candidates[0]


def _list_specs(language: str) -> Iterator[VoiceSpec]:
    for name in list_preferred(language):
        specs = (
            [VOICES[name]]
            if name in VOICES
            else [_make_spec(name, which) for which in _load_family(name).list_available()]
        )
        yield from (spec for spec in specs if language in load_voice(spec).languages)


def _list_family_specs(family: str) -> list[VoiceSpec]:
    return [_make_spec(family, which) for which in _load_family(family).list_available()]


def _list_installed_names() -> list[str]:
    return [f"{family}:{which}" for family in FAMILIES for which in _load_family(family).list_available()]


def _load_family(name: str) -> VoiceFamily:
    family: VoiceFamily = resolve_name(FAMILY_ENGINES[name])
    return family
