"""`coach play`: a session, heard while it is run."""

import sys
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import click

from coach.audio.soundbank import RATE_HZ
from coach.devices.registry import find_backend
from coach.errors import UsageError
from coach.play.playback_setup import OpenPlayback
from coach.play.playback_status import Controls
from coach.play.playback_thread import raise_priority

if TYPE_CHECKING:  # it takes a quarter of a second, in which a headset can wake up
    from coach.play.run_log import RunLog

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
    backend = find_backend(output)
    with ExitStack() as opened:

        def stage() -> OpenPlayback:
            # One interpreter: while a thread is kept waiting in the middle of something, so is the sound.
            raise_priority()
            return opened.enter_context(closing(OpenPlayback(lambda: backend.open(device, RATE_HZ))))

        if asks:
            backend.devices()  # who cannot be played to need not be asked
        awake = None if asks else stage()
        company = _company(session, options, asks=asks, keeps=diary)
        company.choose()
        went_on = _perform(awake or stage(), company, delay_s, on_screen=on_screen)
    company.welcome_back()
    return DONE if went_on else INTERRUPTED


def _company(session: str | None, options: dict[str, Any], *, asks: bool, keeps: bool) -> "RunLog":
    from coach.play.run_log import RunLog  # noqa: PLC0415 - see above

    return RunLog(session, options, asks=asks, keeps=keeps)


def _perform(stage: OpenPlayback, company: "RunLog", delay_s: float, *, on_screen: bool) -> bool:
    """Play what was chosen, to its end; whether it went without being interrupted."""
    from coach.play.playback_setup import start_playback  # noqa: PLC0415
    from coach.services.voice_selection import choose_voice, tell, words_of  # noqa: PLC0415 - only where there is speech
    from coach.voices.speech_service import SpeechService  # noqa: PLC0415

    voice = choose_voice(company.request.voice, company.session, company.wish.language or company.session.languages[0])
    with (
        SpeechService(voice) as booth,
        start_playback(stage, company.session, company.wish, booth, delay_s) as player,
        company.along(player),
    ):
        tell(booth, words_of(player.standing().timeline))
        return _show(player, on_screen=on_screen)


def _show(controls: Controls, *, on_screen: bool) -> bool:
    """Show the run until it ends, on a screen or as lines; whether it went without being interrupted."""
    if on_screen:
        from coach.play.screen.app import show_run  # noqa: PLC0415 - textual takes a while, and the run has begun

        show_run(controls)
        return True
    from coach.play.plain_ui import print_run  # noqa: PLC0415 - only where it is needed

    return print_run(controls, write=click.echo, wait=time.sleep)


def _is_terminal() -> bool:
    """Whether there is a terminal to ask and to draw on; textual draws on standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
