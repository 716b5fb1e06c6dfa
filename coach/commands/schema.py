"""`coach schema`: the session format as a JSON Schema, for editors."""

import json
from pathlib import Path
from typing import Any

import click

import coach
from coach.blocks.registry import SYNTAX
from coach.languages.block_wording import load_block_wording
from coach.languages.registry import LANGUAGES
from coach.services.session_preparation import SOUNDS
from coach.session.schema.json_schema import build_schema
from coach.sounds.registry import ABOUT

FILE = Path(coach.__file__).with_name("session.schema.json")


def run(*, where: bool = False) -> int:
    """Print the schema, draft-07, or the address that editors find it at."""
    click.echo(FILE.as_uri() + "\n" if where else text(), nl=False)
    return 0


def text() -> str:
    """The schema as it lies beside the package, for editors that look there."""
    return json.dumps(drawn(), ensure_ascii=False, indent=1) + "\n"


def drawn() -> dict[str, Any]:
    """The schema of all that the coach knows."""
    languages = {language: load_block_wording(language).name for language in LANGUAGES}
    sounds = {slot: {name: ABOUT[name] for name in names} for slot, names in SOUNDS.items()}
    return build_schema(SYNTAX, languages, sounds)
