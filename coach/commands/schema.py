"""`coach schema`: the session format as a JSON Schema, for editors."""

import json

import click

from coach.blocks.registry import SYNTAX
from coach.blocks.wording import LANGUAGES
from coach.commands.opening import SOUNDS
from coach.session.schema import schema


def run() -> int:
    """Print the schema, draft-07."""
    click.echo(text(), nl=False)
    return 0


def text() -> str:
    """The schema as it lies beside the package, for editors that look there."""
    return json.dumps(schema(SYNTAX, LANGUAGES, SOUNDS), ensure_ascii=False, indent=1) + "\n"
