"""Commands that write sound files: `coach render` and `coach export`."""

from pathlib import Path
from typing import Unpack

import click

from coach.cli.shared_options import A_PATH, SessionOptions, request_session, sound_options
from coach.translation import _

WATCH = Path("watch")


@click.command()
@click.argument("sessions", nargs=-1, required=True, metavar="SESSION...")
@sound_options
@click.option("-o", "--output", type=A_PATH, metavar="FILE-OR-FOLDER", help="The file or folder to write to.")
@click.option(
    "--for",
    "audience",
    type=A_PATH,
    multiple=True,
    metavar="watch|FILE",
    help="An MP3 that watches play; or a .csv of values, for a file for each of its rows.",
)
@click.option("--bitrate", show_default="V4", metavar="RATE", help="Of an MP3: V0 to V9, or kbit/s, e.g. 128.")
@click.option("--track", type=click.IntRange(1, 999), metavar="NUMBER", help="In the album; further sessions count on.")
@click.option("--lrc", is_flag=True, help="Also write the words as .lrc, for players that show lyrics.")
@click.option("--vtt", is_flag=True, help="Also write the words as .vtt captions.")
@click.option("--force", is_flag=True, help="Render even if the file is up to date, or not made by the coach.")
def render(
    *,
    sessions: tuple[str, ...],
    output: Path | None,
    audience: tuple[Path, ...],
    bitrate: str | None,
    track: int | None,
    lrc: bool,
    vtt: bool,
    force: bool,
    **options: Unpack[SessionOptions],
) -> int:
    """Render sessions to MP3 (or .m4a .opus .flac .wav, by the file name)."""
    from coach.commands.render import RenderRequest, run

    people = [each for each in audience if each != WATCH]
    if len(people) > 1:
        raise click.UsageError(_("give one table of values with --for; render the others one at a time"))
    return run(
        RenderRequest(
            sessions=tuple(request_session(session, **options) for session in sessions),
            output=output,
            people=people[0] if people else None,
            for_watch=WATCH in audience,
            bitrate=bitrate,
            track=track,
            captions=tuple(ending for ending, wanted in ((".lrc", lrc), (".vtt", vtt)) if wanted),
            force=force,
        )
    )


@click.command()
@click.argument("folder", type=A_PATH)
@click.argument("sessions", nargs=-1, metavar="SESSION...")
@click.option("--all", "everything", is_flag=True, help="Export all sessions that come with the coach.")
@click.option("--feed", "feed_url", metavar="URL", help="Also write a podcast feed, for a web space at this address.")
@sound_options
@click.option("--for", "audience", type=click.Choice(["watch"]), help="MP3s that watches play.")
@click.option("--workout", "workouts", is_flag=True, help="Also write workouts: .fit, .zwo, and intervals.icu's text.")
@click.option("--bitrate", show_default="V4", metavar="RATE", help="V0 to V9, or kbit/s, e.g. 128.")
@click.option("--force", is_flag=True, help="Write even what is up to date, or was not made by the coach.")
def export(
    *,
    folder: Path,
    sessions: tuple[str, ...],
    everything: bool,
    feed_url: str | None,
    audience: str | None,
    workouts: bool,
    bitrate: str | None,
    force: bool,
    **options: Unpack[SessionOptions],
) -> int:
    """Keep sessions as MP3s in FOLDER: a synced one, an MP3 player, a web space. Only what changed is written."""
    from coach.commands.export import FolderExportRequest, run
    from coach.session.library import list_names

    names = (*(list_names() if everything else ()), *sessions)
    if not names:
        raise click.UsageError(_("name the sessions to export, or take them all with --all"))
    wanted = tuple(request_session(session, **options) for session in names)
    return run(
        FolderExportRequest(
            folder=folder,
            sessions=wanted,
            feed_url=feed_url,
            bitrate=bitrate,
            for_watch=audience == "watch",
            workouts=workouts,
            force=force,
        )
    )
