"""One visitor of the server: what they may ask, and what they get."""

import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socket import socket
from socketserver import BaseServer

from coach.pictures.page import page
from coach.watch.ranges import OutsideTheWholeError, Stretch, asked
from coach.watch.site import Site
from coach.watch.sound import Sound

HEARTBEAT_S = 15.0
_SILENT_S = 60.0
_SOUND = re.compile(r"/sound/([0-9a-f]+-[0-9]+)\.wav")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Visit(BaseHTTPRequestHandler):
    """Answers with the page, its news or a sound, whatever the path: none ever reaches the disk.

    Players keep a connection open and take from it what they need. One that takes nothing for a minute is let go: it
    asks again when it goes on.
    """

    protocol_version = "HTTP/1.1"
    timeout = _SILENT_S

    def __init__(self, site: Site, request: socket, visitor: tuple[str, int], server: BaseServer) -> None:
        self._site = site
        super().__init__(request, visitor, server)  # which answers

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.partition("?")[0]
        sound = _SOUND.fullmatch(path)
        if not self._site.is_called(self.headers.get("Host"), self.request.getsockname()[1]):
            self._say_no(HTTPStatus.MISDIRECTED_REQUEST)
        elif path == "/":
            self._page()
        elif path == "/events":
            self._events()
        elif sound:
            self._sound(sound[1])
        else:
            self._say_no(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def do_POST(self) -> None:
        """Nothing can be changed from here."""
        self._say_no(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 - the same

    def version_string(self) -> str:
        """What the server says it is."""
        return "coach"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is the author's."""

    def _page(self) -> None:
        number, state = self._site.board.now()
        document = page(state, live=f"/events?since={self._site.mark(number)}").encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(document))}
        self._begin(HTTPStatus.OK, headers)
        self._send([document])

    def _events(self) -> None:
        """Server-Sent Events, as the HTML standard has them, for as long as someone listens."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Connection": "close"})
        self._send(self._news(self._seen()))

    def _news(self, seen: int) -> Iterable[bytes]:
        yield b"retry: 1000\n\n"
        while not self._site.board.is_closed:
            news = self._site.board.after(seen, HEARTBEAT_S)
            if news is None:
                yield b": still here\n\n"
            else:
                seen, message = news
                yield f"id: {self._site.mark(seen)}\ndata: {json.dumps(message)}\n\n".encode()

    def _seen(self) -> int:
        """The number of the state that this page has: by its own word, else as it was when the page was fetched."""
        first = self.path.partition("?since=")[2]
        return self._site.marked(self.headers.get("Last-Event-ID") or first)

    def _sound(self, name: str) -> None:
        sound = self._site.shelf.get(name)
        if sound is None:
            self._say_no(HTTPStatus.NOT_FOUND)
            return
        size_bytes, tag = sound.size_bytes, f'"{name}"'
        headers = {"Content-Type": "audio/wav", "Accept-Ranges": "bytes", "ETag": tag}
        is_meant = self.headers.get("If-Range", tag) == tag
        try:
            stretch = asked(self.headers.get("Range"), size_bytes) if is_meant else None
        except OutsideTheWholeError:
            self._say_no(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{size_bytes}"})
            return
        if stretch is None:
            self._begin(HTTPStatus.OK, {**headers, "Content-Length": str(size_bytes)})
            self._send(self._played(sound, Stretch(start=0, end=size_bytes)))
            return
        length = {"Content-Length": str(stretch.end - stretch.start)}
        place = {"Content-Range": f"bytes {stretch.start}-{stretch.end - 1}/{size_bytes}"}
        self._begin(HTTPStatus.PARTIAL_CONTENT, {**headers, **length, **place})
        self._send(self._played(sound, stretch))

    def _played(self, sound: Sound, stretch: Stretch) -> Iterable[bytes]:
        """A stretch of a sound; whoever speaks its words is told how far it was taken."""
        taken = stretch.start
        for piece in sound.stretch(stretch.start, stretch.end):
            yield piece
            taken += len(piece)
            self._site.shelf.heard_until_s = sound.time_s(taken)

    def _say_no(self, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> None:
        self.close_connection = True
        self._begin(status, {**(headers or {}), "Content-Length": "0", "Connection": "close"})

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, pieces: Iterable[bytes]) -> None:
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)
