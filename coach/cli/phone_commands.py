"""Commands that bring sessions onto the phone."""

from pathlib import Path
from typing import Unpack

import click

from coach.cli.shared_options import (
    A_PATH,
    PlanOptionValues,
    VoiceOptions,
    force_option,
    request_session,
    variant_options,
)


@click.command()
@click.argument("sessions", nargs=-1, required=True, metavar="SESSION...")
@variant_options
@click.option("-o", "--output", "folder", type=A_PATH, metavar="FOLDER", help="Also keep the files here.")
@click.option("--bitrate", default="128", show_default=True, help="Of the MP3s: kbit/s, or V0 to V9.")
@click.option("--qr", type=A_PATH, metavar="FILE", help="Also write the code as a .png picture.")
@click.option("--interface", metavar="NAME", help="The network to serve on, by its name or address.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="The page's port; 0 for any.")
@force_option
def send(
    *,
    sessions: tuple[str, ...],
    variants: tuple[PlanOptionValues, ...],
    folder: Path | None,
    bitrate: str,
    qr: Path | None,
    interface: str | None,
    port: int,
    force: bool,
    **options: Unpack[VoiceOptions],
) -> int:
    """Send sessions to your phone: a page on your Wi-Fi that plays and saves them."""
    from coach.commands.send import SendRequest, run

    return run(
        SendRequest(
            sessions=tuple(
                request_session(session, **variant, **options) for session in sessions for variant in variants
            ),
            folder=folder,
            bitrate=bitrate,
            qr=qr,
            interface=interface,
            port=port,
            force=force,
        )
    )
