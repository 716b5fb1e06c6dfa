"""`coach voices`: what can speak here."""

import click

from coach.blocks.wording import LANGUAGES
from coach.errors import UsageError
from coach.voices import registry


def run(*, language: str | None) -> int:
    """Print each voice with what it is; the one used without being asked for is marked."""
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"the coach does not speak '{language}'; choose one of {', '.join(LANGUAGES)}")
    for spoken in LANGUAGES if language is None else (language,):
        default = registry.load(registry.default_for(spoken))
        click.echo(f"{spoken}:")
        for voice in registry.voices_for(spoken):
            mark = "*" if voice is default else " "
            click.echo(
                click.wrap_text(voice.about, initial_indent=f"  {mark} {voice.name:10}", subsequent_indent=" " * 14)
            )
    click.echo("* speaks unless --voice names another")
    return 0
