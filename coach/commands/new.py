"""`coach new`: a session to start from."""

import contextlib
import os
import sys
from pathlib import Path

import click

from coach.errors import ExternalError, UsageError
from coach.services.new_session.prompts import GivenOptions, ask_options
from coach.services.new_session.template import write_template
from coach.session import library


def run(
    *,
    name: str,
    source: str | None,
    form: str | None,
    length_s: float | None,
    languages: str | None,
    blocks: str | None,
    ticks: str | None,
    yes: bool,
) -> int:
    """Write NAME.yaml, a new session or a copy of another; never over a file that is there.

    Args:
        name: the file, with or without its ending.
        source: the session to copy, which leaves nothing else to choose.
        form: the form of run; like all that follows asked for if it is None and there is someone at a terminal.
        length_s: how long it lasts, in seconds.
        languages: those it speaks, with commas between; the first is that of its comments.
        blocks: the kinds of its blocks, with commas between.
        ticks: ``on`` or ``off``.
        yes: whether to take what is usual instead of asking.

    Raises:
        UsageError: the name is none or taken, or what was chosen makes no session.
        OutsideError: the file cannot be written.
    """
    target = Path(name) if name.endswith(library.ENDINGS) else Path(f"{name}.yaml")
    if not name.removesuffix(target.suffix).strip("./ ") or name.startswith("-") or target.name.startswith(("-", ".")):
        raise UsageError(f"'{name}' is no name for a session; try 'coach new evening-run'")
    said = GivenOptions(form=form, length_s=length_s, languages=languages, kinds=blocks, ticks=ticks)
    if source is not None and said != GivenOptions():
        raise UsageError("--from takes a session as it is; leave the other options out")
    with contextlib.suppress(ValueError):  # a NUL in it, which writing will tell
        if os.path.lexists(target):
            raise _taken(target)
    if source is None:
        text = write_template(ask_options(said, asks=not yes and is_at_a_terminal()), _title(target.stem))
    else:
        text = library.find(source).read_text(encoding="utf-8")
    _write(target, text)
    click.echo(f"wrote {target}; hear it with: coach render {target}")
    return 0


def is_at_a_terminal() -> bool:
    """Whether there is someone who reads questions and can answer them."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _title(stem: str) -> str:
    """What a file's name says, as a title, in which marks are no marks."""
    words = stem.replace("-", " ").replace("_", " ").capitalize()
    return words.replace("[", r"\[").replace("{", r"\{")


def _taken(target: Path) -> UsageError:
    return UsageError(f"{target} exists already; choose another name")


def _write(target: Path, text: str) -> None:
    """Write a file that is not there yet, all of it or nothing."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor, not a path
                file.write(text)
        except OSError:
            with contextlib.suppress(OSError):
                target.unlink()
            raise
    except FileExistsError:
        raise _taken(target) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExternalError(f"cannot write {target}: {reason}", help="choose another folder or name") from error
