"""`coach export`: sessions as files in a folder for a phone, a watch, an MP3 player or a web space."""

from dataclasses import dataclass
from pathlib import Path

import click

from coach.audio.soundbank import RATE_HZ
from coach.encoders.encoder import choose_settings
from coach.errors import UsageError
from coach.export.export_record import ExportedFile
from coach.export.folder_export import ExportOptions, FolderExport
from coach.export.podcast_feed import parse_feed_url
from coach.export.workout import MOST_STEPS, count_steps
from coach.services.render_jobs import RenderJob, print_written_file, run_jobs
from coach.services.session_reading import SessionRequest
from coach.text.console import show_progress
from coach.text.sanitize import to_one_line
from coach.translation import _, mark_message

_SUMMARY = mark_message("{done} of {total} sessions exported; not exported: {failed}")


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderExportRequest:
    """Sessions to export into a folder; a session may be a folder, for all in it.

    ``feed_url`` is where the folder will be on the web. ``for_watch`` makes files that watches
    play, ``workouts`` adds structured workouts. ``force`` writes what is up to date, and replaces files that
    the coach did not make.
    """

    folder: Path
    sessions: tuple[SessionRequest, ...]
    feed_url: str | None
    bitrate: str | None
    for_watch: bool
    workouts: bool
    force: bool


def run(request: FolderExportRequest) -> int:
    """Export each session. A file that is up to date is left as it is, with its time.

    Of several sessions, one that fails is reported, and the others are exported.

    Returns:
        1 if one of several failed.

    Raises:
        CoachError: the only session failed, or the command is wrong; then nothing is written.
    """
    _check_folder(request.folder)
    export = FolderExport(
        ExportOptions(
            folder=request.folder,
            settings=choose_settings(RATE_HZ, request.bitrate, for_watch=request.for_watch),
            plain=request.for_watch,
            workouts=request.workouts,
            feed=None if request.feed_url is None else parse_feed_url(request.feed_url),
            force=request.force,
        )
    )
    export.plan(request.sessions)
    _check_names([job.job for job in export.jobs])
    by_target = {job.job.target: job for job in export.jobs}

    def write(job: RenderJob) -> None:
        with show_progress(job.target.name) as progress:
            exported, is_new = export.export(by_target[job.target], progress)
        print_written_file(request.folder / exported.name, exported.length_s, is_new=is_new)
        if request.workouts:
            _print_many_steps(exported)

    try:
        return run_jobs([job.job for job in export.jobs], write, summary=_SUMMARY)
    finally:
        feed = export.finish()
        if feed is not None:
            click.echo(feed)


def _print_many_steps(exported: ExportedFile) -> None:
    """Print on standard error that a workout has more steps than most watches take."""
    steps = count_steps(exported)
    if steps > MOST_STEPS:
        text = _(
            "the workout of {file} has {steps} steps; most watches take up to {most}",
            file=exported.name,
            steps=steps,
            most=MOST_STEPS,
        )
        click.echo(text, err=True)


def _check_folder(folder: Path) -> None:
    if str(folder) == "-":
        raise UsageError(_("cannot write to standard output; give the name of a folder"))
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{folder} is a file; give the name of a folder", folder=folder))


def _check_names(jobs: list[RenderJob]) -> None:
    """Check that no two files have one name, in capitals or not, as on a stick.

    Raises:
        UsageError: two have.
    """
    seen: dict[str, RenderJob] = {}
    for job in jobs:
        other = seen.setdefault(job.target.as_posix().casefold(), job)
        if other is not job:
            raise UsageError(
                _(
                    "{first} and {second} would both be written to {file}; export them to two folders",
                    first=to_one_line(other.session.session),
                    second=to_one_line(job.session.session),
                    file=job.target,
                )
            )
