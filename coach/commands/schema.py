"""`coach schema`: print the session format as a JSON Schema, for editors."""

import json
from pathlib import Path
from typing import Any

import click

import coach
from coach.blocks.registry import SYNTAX
from coach.errors import ExitCode
from coach.languages import LANGUAGES
from coach.languages.block_wording import load_block_wording
from coach.services.session_reading import SOUNDS
from coach.session.json_schema import build_schema
from coach.sounds.registry import ABOUT

FILE = Path(coach.__file__).with_name("session.schema.json")


def run(*, where: bool = False) -> int:
    """Print the schema (draft-07), or the URL of its file."""
    click.echo(FILE.as_uri() + "\n" if where else format_schema(), nl=False)
    return ExitCode.OK


def format_schema() -> str:
    """Format the contents of ``session.schema.json``, which is part of the package, so that editors find it."""
    return json.dumps(build_full_schema(), ensure_ascii=False, indent=1) + "\n"


def build_full_schema() -> dict[str, Any]:
    """Build the schema, with every kind of block, language and sound."""
    languages = {language: load_block_wording(language).name for language in LANGUAGES}
    sounds = {slot: {name: ABOUT[name] for name in names} for slot, names in SOUNDS.items()}
    return build_schema(SYNTAX, languages, sounds)
