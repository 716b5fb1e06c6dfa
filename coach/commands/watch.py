"""`coach watch`: a session seen and heard while it is written."""

import os
import sys
import threading
import time
import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click

from coach.commands import checking, opening, problems
from coach.commands.casting import own_pack, voice_for
from coach.commands.production import Request, language_for, wish_for
from coach.errors import CoachError, OutsideError, Problem
from coach.session import library
from coach.session.reader import Reading
from coach.session.types import Session
from coach.timeline.plan import Wish
from coach.timeline.types import Timeline
from coach.units import seconds_to_text
from coach.voices.manifest import NAME
from coach.watch.board import Board
from coach.watch.manuscript import Voice
from coach.watch.rehearsal import Rehearsal
from coach.watch.server import Server, serving
from coach.watch.shelf import Shelf
from coach.watch.showing import Showing
from coach.watch.site import Site
from coach.watch.watching import Watching

LOOK_EVERY_S = 0.05


class _Written:
    """The session that was asked for, as `coach.watch.manuscript.Manuscript` has it."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._path = library.find(request.session)

    def read(self) -> Reading:
        return opening.read(self._path, self._request.values)

    def problems(self) -> tuple[Problem, ...]:
        return checking.check(self._path)

    def wish(self, session: Session) -> Wish:
        return wish_for(session, self._request)

    def voice(self, session: Session) -> Voice:
        return voice_for(self._request.voice, session, self._language(session))

    def voice_files(self, session: Session) -> tuple[Path, ...]:
        """The list of the pack that lies with the session, or would."""
        with suppress(OutsideError):
            return (own_pack(session, self._language(session)) / NAME,)
        return ()

    def _language(self, session: Session) -> str:
        return language_for(session, self._request.language)


class _Terminal:
    """Where the page is, and one quiet line for each save, after what is wrong with it; no advice is repeated."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._told: frozenset[tuple[str, str]] = frozenset()

    def read(self, timeline: Timeline | None, found: tuple[Problem, ...]) -> None:
        self._begin()
        problems.show(each for each in found if each.severity == "error" or _said(each) not in self._told)
        self._told = frozenset(map(_said, found))
        length = "" if timeline is None else f"{seconds_to_text(round(timeline.length_s))}, "
        click.echo(f"{time.strftime('%H:%M:%S')}  {length}{problems.verdict(found)}", err=True)

    def fault(self, fault: CoachError) -> None:
        self._begin()
        problems.tell_fault(fault)

    def _begin(self) -> None:
        """Say where the page is, once there is anything to be seen on it."""
        if self._url:
            click.echo(f"{self._url}  (Ctrl-C ends it)")
            self._url = ""


def _said(problem: Problem) -> tuple[str, str]:
    """What a problem says, whatever line it has moved to."""
    return problem.where.file, problem.message


def run(*, port: int, browser: bool, **options: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Serve the page of a session until Ctrl-C, which is how it ends."""
    written = _Written(Request(**options))
    site = Site(board=Board(), shelf=Shelf())
    with serving(site, port) as server, suppress(KeyboardInterrupt):
        showing = Showing(site.board, _Terminal(server.url))
        with closing(Watching(written, Rehearsal(site.shelf, showing), showing, time.monotonic)) as watching:
            watching.begin()
            if browser:
                _open(server.url)
            _follow(watching, server)
    return 0


def _follow(watching: Watching, server: Server) -> None:
    while server.fault is None:
        if not watching.step():
            time.sleep(LOOK_EVERY_S)
    raise server.fault


def _open(url: str) -> None:
    """Show the page, where there is a screen to show it on: a browser for terminals would take this one."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform in ("win32", "darwin") or any(map(os.environ.get, screens)):
        threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
