"""Files to render: the sessions that are meant by names and folders, and what the file of each is called."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from coach.diagnostics.problem import SessionError
from coach.diagnostics.render.full import print_problems
from coach.errors import CoachError, ExitCode
from coach.services import session_reading
from coach.services.session_reading import SessionRequest
from coach.services.values_table import list_people
from coach.session import library
from coach.text.console import print_error
from coach.text.sanitize import to_one_line
from coach.translation import _
from coach.units import seconds_to_text

_MOST_LETTERS = 40  # of an option in the name of a file


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderJob:
    """A session, and the file to write; perhaps with its number in its album, and its row in a table.

    ``own_name`` is that of the file for one of several people, without that of the session.
    """

    session: SessionRequest
    target: Path
    track: int | None = None
    place: str = ""
    own_name: str = ""


def shorten_name(job: RenderJob) -> RenderJob:
    """Call the file of one of several people after that person alone."""
    return replace(job, target=job.target.with_name(job.own_name)) if job.own_name and job.target.name else job


def divide(job: RenderJob) -> list[RenderJob]:
    """Divide a session into one for each of its people, if it has several."""
    path = library.find(job.session.session)
    try:
        session = session_reading.read_session(path, job.session.values).session
    except CoachError:  # told when it is rendered
        return [job]
    return [
        replace(
            job,
            session=replace(job.session, values=row.values),
            target=job.target.with_stem(f"{job.target.stem}-{row.stem}") if job.target.name else job.target,
            place=row.place,
            own_name=f"{row.stem}.mp3",
        )
        for row in list_people(session.people if session else (), path)
    ] or [job]


def find_jobs(session: SessionRequest, *, is_named: bool) -> list[RenderJob]:
    """List the sessions that are meant by one, each with the name of its file in the folder to write to.

    With ``is_named`` one that is no folder gets no name, as it has one already.
    """
    if is_named and not _is_folder(session.session):
        return [RenderJob(session=session, target=Path())]
    return [
        RenderJob(session=each, target=folder / name_file(library.find(each.session), each))
        for each, folder in list_files(session)
    ]


def list_files(session: SessionRequest) -> list[tuple[SessionRequest, Path]]:
    """List the sessions that are meant by one, each with the folder of its file in the folder to write to."""
    if not _is_folder(session.session):
        library.find(session.session)
        return [(session, Path())]
    folder = Path(session.session)
    files = library.find_all([session.session])
    return [(replace(session, session=str(file)), file.parent.relative_to(folder)) for file in files]


def _is_folder(name: str) -> bool:
    return name not in library.list_names() and library.is_folder(name)


def name_file(path: Path, session: SessionRequest) -> str:
    """Name the MP3 of a session after its file and the options, so that no variant replaces another.

    The language is in the name only where there are several to choose from.
    """
    values = (f"{name}-{value}" for name, value in sorted(session.values.items()))
    levels = (
        f"{name.removesuffix('_db')}{level:+g}dB" for name, level in asdict(session.levels).items() if level is not None
    )
    options = (
        "" if session.length_s is None else seconds_to_text(session.length_s),
        "" if session.cadence_spm is None else f"{session.cadence_spm:g}spm",
        "" if session.guidance == "full" else session.guidance,
        session.voice or "",
        *levels,
        *values,
    )
    stem = "-".join([path.stem, *(_to_file_name(option) for option in options if option)])
    return f"{stem}{_name_language(path, session)}.mp3"


def _name_language(path: Path, session: SessionRequest) -> str:
    if session.language is None:
        return ""
    read = session_reading.read_session(path, session.values).session
    return f".{session.language}" if read is None or len(read.languages) > 1 else ""


def _to_file_name(text: str) -> str:
    """Letters, digits, ``_`` and ``.`` of a text; with a part of its hash where anything else was left out."""
    plain = re.sub(r"(?:[^\w.]|\.(?!\w))+", "-", unicodedata.normalize("NFC", text))[:_MOST_LETTERS].strip("-.")
    if plain == text.replace(":", "-"):
        return plain
    return f"{plain}-{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()[:6]}".strip("-")


def run_jobs(jobs: Sequence[RenderJob], work: Callable[[RenderJob], object], *, summary: str) -> int:
    """Do the work of each job. Of several, one that fails is reported, and the others are done.

    ``summary`` is the message for several, with {done}, {total} and {failed}.

    Returns:
        1 if one of several failed.

    Raises:
        CoachError: the only one failed.
    """
    failed = []
    for job in jobs:
        try:
            work(job)
        except CoachError as error:
            if len(jobs) == 1:
                raise
            failed.append(job.place or job.session.session)
            print_failure(job, error)
    if not failed:
        return ExitCode.OK
    names = ", ".join(map(to_one_line, failed))
    click.echo(_(summary, done=len(jobs) - len(failed), total=len(jobs), failed=names), err=True)
    return ExitCode.SESSION


def find_shared_target(jobs: Sequence[RenderJob]) -> Path | None:
    """Find a file that two jobs would write; None if each has its own."""
    targets = [job.target for job in jobs]
    return min((target for target in targets if targets.count(target) > 1), default=None)


def print_written_file(target: Path, length_s: float, *, is_new: bool) -> None:
    """Print a line about a file that is written at a terminal; in a pipe, only its name."""
    if not os.isatty(1):
        click.echo(target)
        return
    size_mb = target.stat().st_size / 1e6
    facts = {"file": target, "length": seconds_to_text(round(length_s)), "size_mb": size_mb}
    if is_new:
        click.echo(_("{file}: {length}, {size_mb:.1f} MB", **facts))
    else:
        click.echo(_("{file}: {length}, {size_mb:.1f} MB, already up to date", **facts))


def print_failure(job: RenderJob, error: CoachError) -> None:
    """Print why a file could not be made, below the row of the table that it is for."""
    if job.place:
        click.echo(f"{to_one_line(job.place)}:", err=True)
    if isinstance(error, SessionError):
        print_problems(error.problems)
    else:
        print_error(error)
