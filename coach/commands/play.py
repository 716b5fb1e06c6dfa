"""`coach play`: a session, heard while it is run."""

import sys
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import click

from coach.audio.soundbank import RATE_HZ
from coach.errors import UsageError
from coach.outputs.live_registry import live_output
from coach.play.stage import Stage
from coach.play.standing import Controls
from coach.urgency import come_first

if TYPE_CHECKING:  # it takes a quarter of a second, in which a headset can wake up
    from coach.commands.company import Company

DONE, INTERRUPTED = 0, 130


def run(
    *,
    session: str | None,
    output: str,
    device: str | None,
    delay_s: float,
    plain: bool,
    diary: bool,
    **options: Any,  # noqa: ANN401 - the other fields of a Request
) -> int:
    """Play a session to its end; before and after, talk with the runner, if there is one at the terminal."""
    on_screen = not plain and _is_terminal()
    asks = diary and on_screen
    if session is None and not asks:
        raise UsageError("say which session to play; 'coach list' shows them")
    backend = live_output(output)
    with ExitStack() as opened:

        def stage() -> Stage:
            come_first()  # one interpreter: while a thread is kept waiting in the middle of something, so is the sound
            return opened.enter_context(closing(Stage(lambda: backend.open(device, RATE_HZ))))

        if asks:
            backend.devices()  # who cannot be played to need not be asked
        awake = None if asks else stage()
        company = _company(session, options, asks=asks, keeps=diary)
        company.choose()
        went_on = _perform(awake or stage(), company, delay_s, on_screen=on_screen)
    company.welcome_back()
    return DONE if went_on else INTERRUPTED


def _company(session: str | None, options: dict[str, Any], *, asks: bool, keeps: bool) -> "Company":
    from coach.commands.company import Company  # noqa: PLC0415 - see above

    return Company(session, options, asks=asks, keeps=keeps)


def _perform(stage: Stage, company: "Company", delay_s: float, *, on_screen: bool) -> bool:
    """Play what was chosen, to its end; whether it went without being interrupted."""
    from coach.commands.casting import tell, voice_for, words_of  # noqa: PLC0415 - see above
    from coach.play.staging import playing  # noqa: PLC0415
    from coach.voices.booth import Booth  # noqa: PLC0415

    voice = voice_for(company.request.voice, company.session, company.wish.language or company.session.languages[0])
    with (
        Booth(voice) as booth,
        playing(stage, company.session, company.wish, booth, delay_s) as player,
        company.along(player),
    ):
        tell(booth, words_of(player.standing().timeline))
        return _show(player, on_screen=on_screen)


def _show(controls: Controls, *, on_screen: bool) -> bool:
    """Show the run until it ends, on a screen or as lines; whether it went without being interrupted."""
    if on_screen:
        from coach.play.screen.app import show  # noqa: PLC0415 - textual takes a while, and the run has begun

        show(controls)
        return True
    from coach.play.lines import tell  # noqa: PLC0415 - only where it is needed

    return tell(controls, write=click.echo, wait=time.sleep)


def _is_terminal() -> bool:
    """Whether there is a terminal to ask and to draw on; textual draws on standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
