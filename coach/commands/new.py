"""`coach new`: a session to start from."""

import json
import os
from pathlib import Path

import click

from coach.errors import OutsideError, UsageError
from coach.session import library

STARTER = Path(__file__).with_name("starter.yaml")


def run(*, name: str, source: str | None) -> int:
    """Write NAME.yaml, a commented starter or a copy of another session; never over a file that is there."""
    target = Path(name) if name.endswith(library.ENDINGS) else Path(f"{name}.yaml")
    if not name.removesuffix(target.suffix).strip("./ ") or name.startswith("-") or target.name.startswith(("-", ".")):
        raise UsageError(f"'{name}' is no name for a session; try 'coach new evening-run'")
    text = _starter(target.stem) if source is None else library.find(source).read_text(encoding="utf-8")
    _write(target, text)
    click.echo(f"wrote {target}; hear it with: coach render {target}")
    return 0


def _starter(stem: str) -> str:
    words = stem.replace("-", " ").replace("_", " ").capitalize()
    unmarked = words.replace("[", r"\[").replace("{", r"\{")
    return STARTER.read_text(encoding="utf-8").replace('"TITLE"', json.dumps(unmarked, ensure_ascii=False))


def _write(target: Path, text: str) -> None:
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{target} exists already; choose another name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutsideError(f"cannot write {target}: {reason}", help="choose another folder or name") from error
