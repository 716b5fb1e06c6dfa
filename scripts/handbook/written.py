"""The pages of docs/reference and docs/nl/reference that are generated from the code."""

from collections.abc import Iterator

from handbook import kinds
from handbook.commands import commands
from handbook.keys import keys
from handbook.messages import messages
from handbook.sounds import sounds


def pages() -> Iterator[tuple[str, str]]:
    """Yield each generated page: its path within docs/, and its text."""
    yield "reference/keys.md", keys()
    yield "reference/sounds.md", sounds()
    yield "reference/messages.md", messages()
    yield "nl/reference/messages.md", messages("nl")
    yield "reference/commands.md", commands()
    for name, text in kinds.pages():
        yield f"reference/kinds/{name}", text
