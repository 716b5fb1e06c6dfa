"""Commands whose sound is heard at once: `coach play`, `hear` and `devices`."""

from typing import Unpack

import click

from coach.cli.shared_options import (
    SessionOptions,
    device_option,
    parse_time,
    request_session,
    sound_options,
)
from coach.translation import _


@click.command()
@click.argument("session", required=False)
@sound_options
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
@device_option
@click.option("--delay", "delay_s", callback=parse_time, default="0s", metavar="TIME", help="Start later, e.g. 30s.")
@click.option("--plain", is_flag=True, help="Plain lines instead of a screen, and no questions.")
@click.option("--diary/--no-diary", default=True, help="Ask before and after, and keep the run in your diary.")
def play(
    *,
    session: str | None,
    output: str,
    device: str | None,
    delay_s: float,
    plain: bool,
    diary: bool,
    **options: Unpack[SessionOptions],
) -> int:
    """Play a session while you run; without one, answer a few questions and get a suggestion."""
    from coach.commands.play import FIRST_SESSION, PlayRequest, run

    return run(
        PlayRequest(
            session=request_session(session or FIRST_SESSION, **options),
            is_named=session is not None,
            output=output,
            device=device,
            delay_s=delay_s,
            plain=plain,
            diary=diary,
        )
    )


@click.command()
@click.argument("session", required=False)
@click.option("--word", metavar="WORD", help="A word as each voice says it, or as --voice does; by SESSION's say-as.")
@click.option("--block", metavar="NUMBER|KIND", help="Only this block: 3 for the third, or body-scan.")
@click.option("--line", metavar="LINE", help="Only what is on this line of the file, e.g. 42.")
@sound_options
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, silent or simpleaudio.")
@device_option
def hear(
    *,
    session: str | None,
    word: str | None,
    block: str | None,
    line: str | None,
    output: str,
    device: str | None,
    **options: Unpack[SessionOptions],
) -> int:
    """Play one part of a session: a block, a line, or all of it; or one word in each voice."""
    if session is None and word is None:
        raise click.UsageError(_("name the session to hear, or a word with --word"))
    from coach.commands.hear import HearRequest, run, run_word

    wanted = request_session(session or "", **options)
    request = HearRequest(session=wanted, block=block, line=line, output=output, device=device)
    return run(request) if word is None else run_word(request, word)


@click.command()
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
def devices(*, output: str) -> int:
    """List the speakers and headphones that 'coach play' can use."""
    from coach.commands.devices import run

    return run(output)
