"""`coach play`: play a session while you run."""

import sys
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from coach.devices.device import find_backend
from coach.errors import ExitCode, UsageError
from coach.play.playback_setup import OpenPlayback
from coach.play.playback_status import Controls
from coach.play.playback_thread import raise_priority
from coach.services.session_reading import SessionRequest
from coach.text.stop_signals import StopSignals
from coach.translation import _

if TYPE_CHECKING:  # takes 0.25 s to import: a device that is opened first can wake up meanwhile
    from coach.play.run_log import RunLog

FIRST_SESSION = "reset-run"  # offered first when no session is named


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayRequest:
    """A session to play, how long to wait before it begins, and where to play it.

    If it is not ``is_named`` by the runner, they are asked, and it is only the first to offer. ``device`` is None for
    the default. ``plain`` prints lines and asks nothing; ``diary`` asks before and after, and keeps the run.
    """

    session: SessionRequest
    is_named: bool
    output: str
    device: str | None
    delay_s: float
    plain: bool
    diary: bool


def run(request: PlayRequest) -> int:
    """Play a session to its end; before and after, ask the runner, if there is a terminal."""
    on_screen = not request.plain and _is_terminal()
    asks = request.diary and on_screen
    if not request.is_named and not asks:
        raise UsageError(_("name the session to play; 'coach list' lists them"))
    backend = find_backend(request.output)
    with ExitStack() as closed_last:
        with StopSignals() as signals, ExitStack() as opened:

            def open_playback() -> OpenPlayback:
                # All threads share one interpreter: one that waits in the middle of something delays the sound, too.
                raise_priority()
                return opened.enter_context(closing(OpenPlayback(backend, request.device)))

            if asks:
                backend.list_devices()  # fails at once, before any question, where nothing can be played
            playback = None if asks else open_playback()
            run_log = closed_last.enter_context(closing(_start_run_log(request, asks=asks)))
            try:
                run_log.choose()
                is_over = _play(playback or open_playback(), run_log, request.delay_s, signals, on_screen=on_screen)
            except KeyboardInterrupt:
                if signals.exit_code is None:
                    raise
                return signals.exit_code
            finally:
                run_log.give_up()
        if signals.exit_code is not None:
            return signals.exit_code
        run_log.ask_after()
        return ExitCode.OK if is_over else ExitCode.INTERRUPTED


def _start_run_log(request: PlayRequest, *, asks: bool) -> "RunLog":
    from coach.play.run_log import RunLog  # noqa: PLC0415 - see above

    return RunLog(request.session, is_named=request.is_named, asks=asks, saves=request.diary)


def _play(playback: OpenPlayback, run_log: "RunLog", delay_s: float, signals: StopSignals, *, on_screen: bool) -> bool:
    """Play the chosen session to its end; return False if it was interrupted. A signal fades it out."""
    from coach.play.playback_setup import start_playback  # noqa: PLC0415
    from coach.services.session_preparation import choose_voice, list_utterances, print_missing_lines  # noqa: PLC0415 - only where there is speech
    from coach.voices.speech_service import SpeechService  # noqa: PLC0415

    language = run_log.plan_options.language or run_log.session.languages[0]
    voice = choose_voice(run_log.request.voice, run_log.session, language)
    with (
        SpeechService(voice) as service,
        start_playback(playback, run_log.session, run_log.plan_options, service, delay_s) as player,
        run_log.record(player),
    ):
        signals.stop = player.stop
        print_missing_lines(service, list_utterances(player.get_status().timeline))
        return _show(player, on_screen=on_screen)


def _show(controls: Controls, *, on_screen: bool) -> bool:
    """Show the run until it ends, on a screen or as lines; return False if it was interrupted."""
    if on_screen:
        from coach.play.screen.app import show_run  # noqa: PLC0415 - textual takes a while, and the run has begun

        show_run(controls)
        return True
    from coach.play.plain_ui import print_run  # noqa: PLC0415 - only where it is needed

    return print_run(controls, write=click.echo, wait=time.sleep)


def _is_terminal() -> bool:
    """Return whether there is a terminal to ask and to draw on; textual draws on standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
