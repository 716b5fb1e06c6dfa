"""Lines on a terminal that may not know all our letters."""

import sys
import unicodedata

import click


def can_show(text: str) -> bool:
    """Whether standard output has signs for all of a text."""
    try:
        text.encode(_encoding())
    except UnicodeEncodeError:
        return False
    return True


def say(text: str) -> None:
    """Print a text; a letter that standard output does not know loses its accents, or becomes a question mark."""
    click.echo(text if can_show(text) else "".join(map(_shown, text)))


def _shown(letter: str) -> str:
    if can_show(letter):
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain if can_show(plain) else "?"


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
