"""`coach watch`: show and play a session while it is being written."""

import os
import sys
import threading
import time
import webbrowser
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from coach.diagnostics.problem import Problem, summarize
from coach.diagnostics.render.full import print_problems
from coach.errors import CoachError, ExitCode, ExternalError
from coach.http.bounded_server import make_token
from coach.services import session_check, session_reading
from coach.services.session_preparation import choose_language, choose_voice, find_own_pack, to_plan_options
from coach.services.session_reading import SessionRequest
from coach.session import library
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.text.console import print_error
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Timeline
from coach.translation import _
from coach.units import seconds_to_text
from coach.voices.engines.voice_pack import MANIFEST_NAME
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.publisher import LiveState, Publisher
from coach.watch.server import ServedContent, Server, recall_token, serve
from coach.watch.virtual_wav import SoundVersions
from coach.watch.watch_loop import VoiceChoice, WatchLoop, log_unexpected

POLL_EVERY_S = 0.05


class _RequestedSession:
    """A `coach.watch.watch_loop.WatchedSession` with the options of the command."""

    def __init__(self, request: SessionRequest) -> None:
        self._request = request
        self.path = library.find(request.session)

    def read(self) -> ReadResult:
        return session_reading.read_session(self.path, self._request.values)

    def find_problems(self, reading: ReadResult) -> tuple[Problem, ...]:
        return session_check.check_reading(reading)

    def choose_options(self, session: Session) -> PlanOptions:
        return to_plan_options(session, self._request)

    def choose_voice(self, session: Session) -> VoiceChoice:
        return choose_voice(self._request.voice, session, self._choose_language(session))

    def list_voice_files(self, session: Session) -> tuple[Path, ...]:
        """List the manifest of the session's own voice pack, which may not exist yet."""
        with suppress(ExternalError):
            return (find_own_pack(session, self._choose_language(session)) / MANIFEST_NAME,)
        return ()

    def _choose_language(self, session: Session) -> str:
        return choose_language(session, self._request.language)


class _Terminal:
    """Prints the URL of the page, and for each save its problems and one line; advice is not repeated."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._reported: frozenset[tuple[str, str]] = frozenset()

    def report_save(self, timeline: Timeline | None, found: tuple[Problem, ...]) -> None:
        self._print_url()
        print_problems(each for each in found if each.severity == "error" or _identify(each) not in self._reported)
        self._reported = frozenset(map(_identify, found))
        length = "" if timeline is None else f"{seconds_to_text(round(timeline.length_s))}, "
        click.echo(f"{time.strftime('%H:%M:%S')}  {length}{summarize(found)}", err=True)

    def report_fault(self, fault: CoachError) -> None:
        self._print_url()
        print_error(fault)

    def _print_url(self) -> None:
        """Print the URL of the page, once there is something on it."""
        if self._url:
            click.echo(_("{url}  (Ctrl-C ends it)", url=self._url))
            self._url = ""


def _identify(problem: Problem) -> tuple[str, str]:
    """Identify a problem by its message, as its line may have moved."""
    return problem.location.file, problem.message


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchRequest:
    """A session to watch, the port of its page (0 for any), and whether to open a browser."""

    session: SessionRequest
    port: int
    browser: bool


def run(request: WatchRequest) -> int:
    """Serve the page of a session until Ctrl-C."""
    watched = _RequestedSession(request.session)
    # Another port is another address, at which no page is waiting.
    token = recall_token() if request.port else make_token()
    content = ServedContent(live_state=LiveState(), versions=SoundVersions(), token=token)
    with serve(content, request.port) as server, suppress(KeyboardInterrupt):
        publisher = Publisher(content.live_state, _Terminal(server.url))
        with closing(
            WatchLoop(watched, PreviewBuilder(content.versions, publisher), publisher, time.monotonic)
        ) as loop:
            loop.begin()
            if request.browser:
                _open_browser(server.url)
            _run(loop, server, publisher)
    return ExitCode.OK


def _run(loop: WatchLoop, server: Server, publisher: Publisher) -> NoReturn:
    while True:
        if not loop.step():
            time.sleep(POLL_EVERY_S)
        if server.fault is not None:
            fault, server.fault = server.fault, None
            publisher.fail(log_unexpected(fault))


def _open_browser(url: str) -> None:
    """Open the page if there is a screen, as a text browser would take over this terminal."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform in ("win32", "darwin") or any(map(os.environ.get, screens)):
        threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
