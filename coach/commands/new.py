"""`coach new`: write a new session."""

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from coach.errors import ExitCode, ExternalError, UsageError
from coach.services.new_session_options import GivenOptions, ask_options
from coach.services.new_session_template import write_template
from coach.session import library
from coach.storage.atomic_write import explain_errno
from coach.text.sanitize import quote_argument
from coach.translation import _


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRequest:
    """A new session: its file's name, with or without its ending, and its options; None asks, if there is a terminal.

    ``source`` is a session to copy; then there are no other options. ``languages`` (the first is that of its comments)
    and ``blocks`` are separated by commas, ``ticks`` are ``on`` or ``off``. With ``yes`` defaults stand for questions.
    """

    name: str
    source: str | None
    form: str | None
    length_s: float | None
    languages: str | None
    blocks: str | None
    ticks: str | None
    yes: bool


def run(request: NewRequest) -> int:
    """Write NAME.yaml, a new session or a copy of another; never over an existing file.

    Raises:
        UsageError: the name is not valid or is taken, or the options do not make a session.
        ExternalError: the file cannot be written.
    """
    target = _make_path(request.name)
    given = GivenOptions(
        form=request.form,
        length_s=request.length_s,
        languages=request.languages,
        kinds=request.blocks,
        ticks=request.ticks,
    )
    if request.source is not None and given != GivenOptions():
        raise UsageError(_("--from copies a session as it is; leave the other options out"))
    with contextlib.suppress(ValueError):  # it contains a NUL; writing it reports that
        if os.path.lexists(target):
            raise _make_exists_error(target)
    if request.source is None:
        text = write_template(ask_options(given, asks=not request.yes and is_terminal()), _make_title(target.stem))
    else:
        text = library.find(request.source).read_text(encoding="utf-8")
    _write_new(target, text)
    click.echo(
        _(
            "wrote {file}; hear it with: coach render {argument}",
            file=target,
            argument=quote_argument(str(target)),
        )
    )
    return ExitCode.OK


def _make_path(name: str) -> Path:
    path = Path(name) if name.endswith(library.ENDINGS) else Path(f"{name}.yaml")
    if not name.removesuffix(path.suffix).strip("./ ") or name.startswith("-") or path.name.startswith(("-", ".")):
        raise UsageError(_("'{name}' is not a name for a session; try 'coach new evening-run'", name=name))
    return path


def is_terminal() -> bool:
    """Return whether somebody can read questions and answer them."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _make_title(stem: str) -> str:
    """Make a title of a file's name, with the signs of inline markup escaped."""
    words = stem.replace("-", " ").replace("_", " ").capitalize()
    return words.replace("[", r"\[").replace("{", r"\{")


def _make_exists_error(target: Path) -> UsageError:
    return UsageError(_("{file} already exists; choose another name", file=target))


def _write_new(target: Path, text: str) -> None:
    """Write a file that does not exist yet, whole or not at all."""
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
        raise _make_exists_error(target) from None
    except (OSError, ValueError) as error:
        reason = explain_errno(error) if isinstance(error, OSError) else _("a name cannot contain a null character")
        raise ExternalError(
            _("cannot write {file}: {reason}", file=target, reason=reason), help=_("choose another folder or name")
        ) from error
