"""`coach voices hear`: what a voice sounds like."""

from pathlib import Path

from coach.commands import hear
from coach.commands.voices import languages
from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.text.locale import system_language
from coach.voices import registry
from coach.voices.voice import Voice

_SESSION = Path(__file__).with_name("voice_sample.yaml")

_PLEASANT_LETTERS = 80


def run(*, name: str, language: str | None, output: str, device: str | None) -> int:
    """Have a voice say a sentence of the coach's, or one of its own where it only knows its own."""
    spoken, voice = _found(name, language)
    return hear.run(
        output=output,
        device=device,
        block=None,
        line=None,
        session=str(_SESSION),
        language=spoken,
        voice=name,
        values={"voice": voice.name, "line": _line(voice, spoken)},
    )


def _found(name: str, asked: str | None) -> tuple[str, Voice]:
    """A voice, and the language it is heard in: that asked for, else the computer's own if it speaks that."""
    wanted = languages(asked)
    own = system_language()
    refused: list[UsageError] = []
    for language in sorted(wanted, key=lambda each: (each != own, LANGUAGES.index(each))):
        try:
            return language, registry.load(registry.find(name, language))
        except UsageError as error:
            refused.append(error)
    raise refused[0]


def _line(voice: Voice, language: str) -> str:
    if voice.repertoire is None:
        return find_language(language).voice_lines.sample
    known = [text for spoken, text in sorted(voice.repertoire) if spoken == language]
    if not known:
        raise UsageError(f'the voice "{voice.name}" has no line in "{language}"')
    return min(known, key=lambda text: abs(len(text) - _PLEASANT_LETTERS))
