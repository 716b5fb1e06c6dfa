"""`coach render`: render sessions to audio files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.audio.soundbank import RATE_HZ
from coach.encoders import tags
from coach.encoders.encoder import EncoderSettings, choose_settings, find_encoder
from coach.errors import UsageError
from coach.services import session_reading
from coach.services.render_jobs import (
    RenderJob,
    divide,
    find_jobs,
    find_shared_target,
    print_written_file,
    run_jobs,
    shorten_name,
)
from coach.services.session_preparation import PreparedSession, list_utterances, prepare_session, print_missing_lines
from coach.services.session_reading import SessionRequest
from coach.services.session_render import build_text_tags, check_is_ours, render_session, replace_own_file
from coach.services.values_table import read_values_table
from coach.session import library
from coach.text.console import show_progress
from coach.translation import _, mark_message

_SUMMARY = mark_message("{done} of {total} sessions rendered; not rendered: {failed}")


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderRequest:
    """Sessions to render, to a file or a folder; None is the current folder. One may be a folder, for all in it.

    ``bitrate`` is that of an MP3, ``V0`` to ``V9`` or kbit/s. ``track`` numbers the first in its album, in place of the
    number in the session; each of the others has the next. ``captions`` are the endings of caption files beside each,
    ``.lrc`` or ``.vtt``. ``force`` renders what is up to date, and replaces files that the coach did not make.
    ``people`` is a table of values, for a file of the one session for each row. ``for_watch`` makes files that watches
    play.
    """

    sessions: tuple[SessionRequest, ...]
    output: Path | None
    bitrate: str | None
    track: int | None
    captions: tuple[str, ...]
    force: bool
    people: Path | None = None
    for_watch: bool = False


def run(request: RenderRequest) -> int:
    """Render each session to its file. A file that is up to date is not written again.

    Of several sessions, one that fails is reported, and the others are rendered.

    Returns:
        1 if one of several failed.

    Raises:
        CoachError: the only session failed, or the command is wrong; then nothing is rendered.
    """
    settings = choose_settings(RATE_HZ, request.bitrate, for_watch=request.for_watch)
    people = request.people
    found = _list_jobs(request.sessions, request.output) if people is None else _list_people(request, people)
    if request.for_watch and (other := next((job.target for job in found if job.target.suffix != ".mp3"), None)):
        raise UsageError(_("a watch plays .mp3 files, not {name}", name=other.name))
    jobs = _number_jobs(found, request.track)
    return run_jobs(jobs, lambda job: _render(job, settings, request), summary=_SUMMARY)


def _number_jobs(jobs: Sequence[RenderJob], first: int | None) -> list[RenderJob]:
    return [replace(job, track=None if first is None else first + place) for place, job in enumerate(jobs)]


def _render(job: RenderJob, settings: EncoderSettings, request: RenderRequest) -> None:
    target = job.target
    with show_progress(target.name) as progress, prepare_session(job.session, progress.report_speech) as found:
        track = found.timeline.track if job.track is None else job.track
        prepared = replace(found, timeline=replace(found.timeline, track=track))
        if not request.force:
            for ending in request.captions:
                check_is_ours(target.with_suffix(ending), "-o")
        is_new = render_session(prepared, target, settings, progress, force=request.force, plain=request.for_watch)
        _write_captions(prepared, target, request)
        print_missing_lines(prepared.speech_service, list_utterances(prepared.timeline))
    print_written_file(target, prepared.timeline.length_s, is_new=is_new)


def _list_jobs(sessions: Sequence[SessionRequest], output: Path | None) -> list[RenderJob]:
    """The file of each session; for a folder, one of each session in it, in folders of the same names.

    Raises:
        UsageError: several sessions for one file, two for the same, an unknown ending, or standard output.
    """
    if output is not None and str(output) == "-":
        raise UsageError(_("cannot write to standard output; give a name, like '-o run.mp3'"))
    is_file = output is not None and _is_file_name(output)
    found = [each for session in sessions for job in find_jobs(session, is_named=is_file) for each in divide(job)]
    if len({job.session.session for job in found}) == 1:  # of one session, files are called after the people alone
        found = [shorten_name(job) for job in found]
    if output is not None and is_file:
        if len(found) > 1:
            raise UsageError(_explain_one_file(found, output))
        find_encoder(output)
        return [replace(found[0], target=output)]
    jobs = [replace(job, target=(output or Path()) / job.target) for job in found]
    if shared := find_shared_target(jobs):
        raise UsageError(
            _("two of these sessions would both be written to {file}; render them one at a time", file=shared)
        )
    return jobs


def _explain_one_file(found: Sequence[RenderJob], output: Path) -> str:
    """Explain that one file cannot hold several sessions."""
    if all(job.own_name for job in found):
        return _("cannot write a file for each person to {output}; give a folder, like '-o runs/'", output=output)
    return _(
        "cannot write {count} sessions to {output}; give a folder, like '-o runs/'", count=len(found), output=output
    )


def _list_people(request: RenderRequest, table: Path) -> list[RenderJob]:
    """The file of each person in a table: all of one session, in one folder.

    Raises:
        UsageError: there are several sessions, or one file for all; or a heading is not the name of a value.
        ExternalError: the table cannot be read.
    """
    session, *others = request.sessions
    if others or (session.session not in library.list_names() and library.is_folder(session.session)):
        raise UsageError(_("--for takes one session; render the others one at a time"))
    folder = request.output or Path()
    if str(folder) == "-" or _is_file_name(folder):
        raise UsageError(
            _("cannot write a file for each row to {folder}; give a folder, like '-o runs/'", folder=folder)
        )
    known = tuple(session_reading.load_session(session.session).values)
    return [
        RenderJob(
            session=replace(session, values={**session.values, **row.values}),
            target=folder / f"{row.stem}.mp3",
            place=row.place,
        )
        for row in read_values_table(table, known)
    ]


def _is_file_name(output: Path) -> bool:
    return not output.is_dir() and output.suffix != ""


def _write_captions(prepared: PreparedSession, target: Path, request: RenderRequest) -> None:
    writers = {".lrc": tags.tags_to_lrc, ".vtt": tags.tags_to_vtt}
    for ending in request.captions:
        with replace_own_file(target.with_suffix(ending), "-o", force=request.force) as unfinished:
            unfinished.write_text(writers[ending](build_text_tags(prepared.timeline)), encoding="utf-8", newline="\n")
