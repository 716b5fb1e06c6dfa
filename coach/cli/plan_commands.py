"""Commands that show sessions: `coach list`, `plan` and `script`."""

from pathlib import Path
from typing import Unpack

import click

from coach.cli.shared_options import (
    A_PATH,
    SessionOptions,
    force_option,
    request_session,
    session_options,
    sound_options,
)


@click.command("list")
def list_sessions() -> int:
    """List the sessions that come with the coach."""
    from coach.commands.list_sessions import run

    return run()


@click.command()
@click.argument("session")
@sound_options
@click.option("--json", "as_json", is_flag=True, help="Print the exact plan as JSON.")
@click.option("--spoken", is_flag=True, help="Show how a voice gets each text, where it differs.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it as .svg or .png, or as .html that plays.")
@force_option
def plan(
    *, session: str, as_json: bool, spoken: bool, picture: Path | None, force: bool, **options: Unpack[SessionOptions]
) -> int:
    """Show the timeline: what is heard, and when."""
    from coach.commands.plan import PlanRequest, run

    wanted = request_session(session, **options)
    return run(PlanRequest(session=wanted, as_json=as_json, spoken=spoken, picture=picture, force=force))


@click.command()
@click.argument("session")
@session_options
@click.option("--html", type=A_PATH, metavar="FILE", help="Write it as a page to print.")
@click.option("--spoken", is_flag=True, help="Show how a voice gets each line, where it differs.")
@click.option("--json", "as_json", is_flag=True, help="Print each line, and how a voice gets it, as JSON.")
@force_option
def script(
    *, session: str, html: Path | None, spoken: bool, as_json: bool, force: bool, **options: Unpack[SessionOptions]
) -> int:
    """Print the lines of a session to read aloud."""
    from coach.commands.script import ScriptRequest, run

    wanted = request_session(session, **options)
    return run(ScriptRequest(session=wanted, html=html, spoken=spoken, as_json=as_json, force=force))
