"""`coach render`: render sessions to audio files."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from coach.audio.soundbank import RATE_HZ
from coach.diagnostics.problem import SessionError
from coach.diagnostics.render.full import print_problems
from coach.encoders import tags
from coach.encoders.encoder import EncoderSettings, find_encoder
from coach.errors import CoachError, ExitCode, UsageError
from coach.services import session_reading
from coach.services.session_preparation import PreparedSession, list_utterances, prepare_session, print_missing_lines
from coach.services.session_reading import SessionRequest
from coach.services.session_render import build_text_tags, check_is_ours, render_session, replace_own_file
from coach.services.values_table import list_people, read_values_table
from coach.session import library
from coach.text import format_count
from coach.text.console import print_error, show_progress
from coach.text.sanitize import to_one_line
from coach.units import seconds_to_text

_MOST_LETTERS = 40  # of an option in the name of a file


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderRequest:
    """Sessions to render, to a file or a folder; None is the current folder. One may be a folder, for all in it.

    ``bitrate`` is that of an MP3, ``V0`` to ``V9`` or kbit/s. ``track`` numbers the first in its album, in place of the
    number in the session; each of the others has the next. ``captions`` are the endings of caption files beside each,
    ``.lrc`` or ``.vtt``. ``force`` renders what is up to date, and replaces files that the coach did not make.
    ``people`` is a table of values, for a file of the one session for each row.
    """

    sessions: tuple[SessionRequest, ...]
    output: Path | None
    bitrate: str
    track: int | None
    captions: tuple[str, ...]
    force: bool
    people: Path | None = None


def run(request: RenderRequest) -> int:
    """Render each session to its file. A file that is up to date is not written again.

    Of several sessions, one that fails is reported, and the others are rendered.

    Returns:
        1 if one of several failed.

    Raises:
        CoachError: the only session failed, or the command is wrong; then nothing is rendered.
    """
    settings = EncoderSettings(rate_hz=RATE_HZ, bitrate=request.bitrate)
    people = request.people
    found = _list_jobs(request.sessions, request.output) if people is None else _list_people(request, people)
    jobs = _number_jobs(found, request.track)
    failed = []
    for job in jobs:
        try:
            _render(job, settings, request)
        except CoachError as error:
            if len(jobs) == 1:
                raise
            failed.append(job.place or job.session.session)
            if job.place:
                click.echo(f"{to_one_line(job.place)}:", err=True)
            _print_failure(error)
    if not failed:
        return ExitCode.OK
    done = f"{len(jobs) - len(failed)} of {format_count(len(jobs), 'session')} rendered"
    click.echo(f"{done}; not rendered: {', '.join(map(to_one_line, failed))}", err=True)
    return ExitCode.SESSION


@dataclass(frozen=True, kw_only=True, slots=True)
class _Job:
    """A session, and the file to write; perhaps with its number in its album, and its row in a table.

    ``own_name`` is that of the file for one of several people, without that of the session.
    """

    session: SessionRequest
    target: Path
    track: int | None = None
    place: str = ""
    own_name: str = ""


def _number_jobs(jobs: Sequence[_Job], first: int | None) -> list[_Job]:
    return [replace(job, track=None if first is None else first + place) for place, job in enumerate(jobs)]


def _render(job: _Job, settings: EncoderSettings, request: RenderRequest) -> None:
    target = job.target
    with show_progress(target.name) as progress, prepare_session(job.session, progress.report_speech) as found:
        track = found.timeline.track if job.track is None else job.track
        prepared = replace(found, timeline=replace(found.timeline, track=track))
        if not request.force:
            for ending in request.captions:
                check_is_ours(target.with_suffix(ending), "-o")
        is_new = render_session(prepared, target, settings, progress, force=request.force)
        _write_captions(prepared, target, request)
        print_missing_lines(prepared.speech_service, list_utterances(prepared.timeline))
    _report(target, prepared.timeline.length_s, is_new=is_new)


def _print_failure(error: CoachError) -> None:
    if isinstance(error, SessionError):
        print_problems(error.problems)
    else:
        print_error(error)


def _list_jobs(sessions: Sequence[SessionRequest], output: Path | None) -> list[_Job]:
    """The file of each session; for a folder, one of each session in it, in folders of the same names.

    Raises:
        UsageError: several sessions for one file, two for the same, an unknown ending, or standard output.
    """
    if output is not None and str(output) == "-":
        raise UsageError("cannot write to standard output; give a name, like '-o run.mp3'")
    is_file = output is not None and _is_file_name(output)
    found = [each for session in sessions for job in _find(session, is_named=is_file) for each in _divide(job)]
    if len({job.session.session for job in found}) == 1:  # of one session, files are called after the people alone
        found = [_shorten_name(job) for job in found]
    if output is not None and is_file:
        if len(found) > 1:
            many = "a file for each person" if all(job.own_name for job in found) else f"{len(found)} sessions"
            raise UsageError(f"cannot write {many} to {output}; give a folder, like '-o runs/'")
        find_encoder(output)
        return [replace(found[0], target=output)]
    jobs = [replace(job, target=(output or Path()) / job.target) for job in found]
    targets = [job.target for job in jobs]
    twice = sorted({target for target in targets if targets.count(target) > 1})
    if twice:
        raise UsageError(f"two of these sessions would both be written to {twice[0]}; render them one at a time")
    return jobs


def _list_people(request: RenderRequest, table: Path) -> list[_Job]:
    """The file of each person in a table: all of one session, in one folder.

    Raises:
        UsageError: there are several sessions, or one file for all; or a heading is not the name of a value.
        ExternalError: the table cannot be read.
    """
    session, *others = request.sessions
    if others or (session.session not in library.list_names() and library.is_folder(session.session)):
        raise UsageError("--for takes one session; render the others one at a time")
    folder = request.output or Path()
    if str(folder) == "-" or _is_file_name(folder):
        raise UsageError(f"cannot write a file for each row to {folder}; give a folder, like '-o runs/'")
    known = tuple(session_reading.load_session(session.session).values)
    return [
        _Job(
            session=replace(session, values={**session.values, **row.values}),
            target=folder / f"{row.stem}.mp3",
            place=row.place,
        )
        for row in read_values_table(table, known)
    ]


def _shorten_name(job: _Job) -> _Job:
    return replace(job, target=job.target.with_name(job.own_name)) if job.own_name and job.target.name else job


def _divide(job: _Job) -> list[_Job]:
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


def _find(session: SessionRequest, *, is_named: bool) -> list[_Job]:
    """The sessions that are meant by one, each with the name of its file in the folder to write to."""
    name = session.session
    if name in library.list_names() or not library.is_folder(name):
        path = library.find(name)
        return [_Job(session=session, target=Path() if is_named else Path(_name_file(path, session)))]
    folder = Path(name)
    files = library.find_all([name])
    return [
        _Job(
            session=replace(session, session=str(file)),
            target=file.parent.relative_to(folder) / _name_file(file, session),
        )
        for file in files
    ]


def _name_file(path: Path, session: SessionRequest) -> str:
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


def _is_file_name(output: Path) -> bool:
    return not output.is_dir() and output.suffix != ""


def _write_captions(prepared: PreparedSession, target: Path, request: RenderRequest) -> None:
    writers = {".lrc": tags.tags_to_lrc, ".vtt": tags.tags_to_vtt}
    for ending in request.captions:
        with replace_own_file(target.with_suffix(ending), "-o", force=request.force) as unfinished:
            unfinished.write_text(writers[ending](build_text_tags(prepared.timeline)), encoding="utf-8", newline="\n")


def _report(target: Path, length_s: float, *, is_new: bool) -> None:
    """Print a line at a terminal; in a pipe, only the file's name."""
    if not os.isatty(1):
        click.echo(target)
        return
    size_mb = target.stat().st_size / 1e6
    already = "" if is_new else ", already up to date"
    click.echo(f"{target}: {seconds_to_text(round(length_s))}, {size_mb:.1f} MB{already}")
