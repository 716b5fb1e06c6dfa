"""`coach voices`: what can speak here."""

from collections.abc import Iterator
from itertools import groupby

import click

from coach.languages.registry import LANGUAGES, find_language
from coach.voices import registry
from coach.voices.engines.piper import Piper
from coach.voices.engines.piper_models import listed
from coach.voices.engines.system_listing import look_again
from coach.voices.voice import Voice

_SHOWN = 3

_NAME_COLUMNS = 10

_INDENT = " " * 14


def run(*, language: str | None) -> int:
    """Print each voice with what it is; the one used without being asked for is marked.

    Of a family with many voices, only the best are printed, unless their language was asked for.
    """
    look_again()
    for spoken in languages(language):
        click.echo(f"{spoken}:")
        default = registry.load(registry.default_for(spoken))
        for family, voices in groupby(registry.voices_for(spoken), key=_family):
            every = list(voices)
            shown = every if language is not None else every[:_SHOWN]
            for voice in shown:
                mark = "*" if voice is default else " "
                click.echo("\n".join(_told(mark, voice.name, voice.about)))
            if len(every) > len(shown):
                click.echo(f"    {len(every) - len(shown)} more of {family}: coach voices --lang {spoken}")
        better = _better(spoken)
        if better:
            click.echo(better)
    click.echo("* speaks unless --voice names another")
    return 0


def languages(asked: str | None) -> tuple[str, ...]:
    """The language that was asked for, or all.

    Raises:
        UsageError: The coach does not speak it.
    """
    if asked is None:
        return LANGUAGES
    return (find_language(asked).code,)


def _family(voice: Voice) -> str:
    return voice.name.partition(":")[0]


def _told(mark: str, name: str, about: str) -> Iterator[str]:
    head = f"  {mark} {name:{_NAME_COLUMNS}}"
    if len(name) < _NAME_COLUMNS:
        yield click.wrap_text(about, initial_indent=head, subsequent_indent=_INDENT)
        return
    yield head
    yield click.wrap_text(about, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _better(language: str) -> str | None:
    """How to get a better voice, where none was added yet."""
    spoken = find_language(language)
    first = listed(spoken.piper_voice)
    if first is None or any(name.startswith(f"{language}_") for name in Piper.here()):
        return None
    size_mb = round(first.model.size_bytes / 1e6)
    return f"    {spoken.better_voice}, {size_mb} MB, once: coach voices add {first.name}"
