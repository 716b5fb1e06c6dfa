"""Commands with which sessions are made: `coach new`, `watch` and `record`."""

from pathlib import Path
from typing import Unpack

import click

from coach.cli.shared_options import (
    A_PATH,
    SessionOptions,
    parse_time,
    request_session,
    session_options,
    sound_options,
)
from coach.languages import LANGUAGES


@click.command()
@click.argument("name")
@click.option("--from", "source", metavar="SESSION", help="Begin with a copy of this session.")
@click.option("--form", type=click.Choice(["reset", "long", "intervals", "mindful", "trail"]), help="The kind of run.")
@click.option("--length", "length_s", callback=parse_time, metavar="TIME", help="How long it lasts, e.g. 25m.")
@click.option(
    "--lang", "languages", metavar=",".join(LANGUAGES), help="Its languages; the first is that of its comments."
)
@click.option("--blocks", metavar="KIND,...", help="The kinds of its blocks, e.g. breathing,silence.")
@click.option("--ticks", type=click.Choice(["on", "off"]), help="Whether it ticks on your steps.")
@click.option("--yes", is_flag=True, help="Ask nothing; use the defaults.")
def new(
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
    """Write a new session with comments; asks what the options leave open."""
    from coach.commands.new import NewRequest, run

    return run(
        NewRequest(
            name=name,
            source=source,
            form=form,
            length_s=length_s,
            languages=languages,
            blocks=blocks,
            ticks=ticks,
            yes=yes,
        )
    )


@click.command()
@click.argument("session")
@sound_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="The page's port; 0 for any.")
@click.option("--browser/--no-browser", default=True, help="Open the page in your browser.")
def watch(*, session: str, port: int, browser: bool, **options: Unpack[SessionOptions]) -> int:
    """Show and play a session while you write it; each save is shown at once."""
    from coach.commands.watch import WatchRequest, run

    return run(WatchRequest(session=request_session(session, **options), port=port, browser=browser))


@click.command()
@click.argument("session")
@session_options
@click.option("--to", "folder", type=A_PATH, metavar="FOLDER", help="Where to write the recordings.")
@click.option("--split", "take", type=A_PATH, metavar="FILE", help="Cut one long recording into lines.")
@click.option("--device", metavar="NAME", help="A microphone; a part of its name is enough.")
@click.option("--speaker", metavar="NAME", help="The name of the speaker.")
@click.option("--licence", metavar="TEXT", help="What others may do with the recordings.")
def record(
    *,
    session: str,
    folder: Path | None,
    take: Path | None,
    device: str | None,
    speaker: str | None,
    licence: str | None,
    **options: Unpack[SessionOptions],
) -> int:
    """Record a session in your own voice, line by line or from one long take."""
    from coach.commands.record import RecordRequest, run

    return run(
        RecordRequest(
            session=request_session(session, **options),
            folder=folder,
            take=take,
            device=device,
            speaker=speaker,
            licence=licence,
        )
    )
