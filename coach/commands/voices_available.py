"""`coach voices list --available`: the voices that can be added."""

import click

from coach.commands.voices import languages
from coach.voices.engines.piper import Piper
from coach.voices.engines.piper_models import CatalogueVoice, catalogue


def run(*, language: str | None) -> int:
    """Print each voice of the catalogue, the best first; those that were added are marked."""
    here = Piper.here()
    for spoken in languages(language):
        click.echo(f"{spoken}:")
        for voice in catalogue():
            if voice.language.startswith(f"{spoken}_"):
                click.echo(_told(voice, "+" if voice.name in here else " "))
    click.echo("+ was added; add one with: coach voices add NAME")
    return 0


def _told(voice: CatalogueVoice, mark: str) -> str:
    size_mb = round((voice.model.size_bytes + voice.config.size_bytes) / 1e6)
    told = f"  {mark} {voice.name:36}{size_mb:4} MB  {voice.licence}"
    if voice.based_on is not None:
        told += f"; trained further from {voice.based_on}"
    return told if voice.model.sha256 else f"{told}; its SHA-256 is not known to us, only its MD5"
