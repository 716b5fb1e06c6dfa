"""Commands about voices: `coach voices`, with commands of its own."""

import click

from coach.cli.shared_options import LANGUAGE_CHOICES, device_option


@click.group("voices", invoke_without_command=True)
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="Only voices that speak this language.")
@click.pass_context
def voices(context: click.Context, *, language: str | None) -> int | None:
    """List the voices, and how to get a better one."""
    if context.invoked_subcommand:
        return None
    from coach.commands.voices import list_installed

    return list_installed(language)


@voices.command("list")
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="Only voices that speak this language.")
@click.option("--available", is_flag=True, help="List the voices that can be installed.")
def list_voices(*, language: str | None, available: bool) -> int:
    """List the voices, or those that can be installed."""
    from coach.commands.voices import list_available, list_installed

    return list_available(language) if available else list_installed(language)


@voices.command("add")
@click.argument("name")
@click.option("--from", "place", metavar="URL|FOLDER", help="Get it from here instead.")
def add_voice(*, name: str, place: str | None) -> int:
    """Install a voice by its name, or from a model's file."""
    from coach.commands.voices import add

    return add(name, place)


@voices.command("remove")
@click.argument("name")
def remove_voice(*, name: str) -> int:
    """Remove an installed voice."""
    from coach.commands.voices import remove

    return remove(name)


@voices.command("hear")
@click.argument("name")
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language to hear it in.")
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, silent or simpleaudio.")
@device_option
def hear_voice(*, name: str, language: str | None, output: str, device: str | None) -> int:
    """Play a sentence in a voice."""
    from coach.commands.voices import HearVoiceRequest, hear

    return hear(HearVoiceRequest(name=name, language=language, output=output, device=device))
