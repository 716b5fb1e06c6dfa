"""Which bytes of a whole are asked for: the ``Range`` header of HTTP, RFC 9110, section 14."""

import json
import os
import re
import secrets
import socketserver
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from socketserver import BaseServer

from coach.charts.html_page import build_page
from coach.errors import CoachError, ExternalError
from coach.watch.publisher import NEVER, LiveState
from coach.watch.virtual_wav import SoundVersions, VirtualWav

_RANGE = re.compile(r"bytes=\s*(\d{0,19})-(\d{0,19})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ByteRange:
    """Bytes from ``start``, ``end`` exclusive."""

    start: int
    end: int


class UnsatisfiableRangeError(ValueError):
    """Nothing of what is asked for is there."""


def parse_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """The stretch that a header asks for, or None for the whole.

    A header that makes no sense is no header, and whoever asks for several stretches at once gets the whole, as the
    standard allows.

    Args:
        header: its value, if it was sent.
        size_bytes: how many bytes there are.

    Raises:
        OutsideTheWholeError: the stretch begins after the last byte, or is of none.
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found[1] == found[2] == "":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size_bytes - int(last)), size_bytes
    else:
        start, end = int(first), min(size_bytes, int(last) + 1) if last else size_bytes
        if last and int(last) < start:
            return None
    if start >= size_bytes:
        raise UnsatisfiableRangeError
    return ByteRange(start=start, end=end)


ADDRESS = "127.0.0.1"

_NAMES = (ADDRESS, "localhost")

_PORT_OF_HTTP = 80

_SEEN = re.compile(r"([0-9a-f]+)\.([0-9]{1,15})")


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedContent:
    """All of it. ``of_this_run`` tells it from any that was ever to be visited at the same address."""

    board: LiveState
    shelf: SoundVersions
    of_this_run: str = field(default_factory=lambda: secrets.token_hex(4))

    def is_called(self, host: str | None, port: int) -> bool:
        """Whether a visitor means us. Who says another name was led here by a page of someone else's."""
        names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == _PORT_OF_HTTP else set())
        return host in names

    def mark(self, number: int) -> str:
        """A state of the board, for a page to tell which one it has seen."""
        return f"{self.of_this_run}.{number}"

    def marked(self, mark: str) -> int:
        """The number of the state that a page has seen."""
        seen = _SEEN.fullmatch(mark)
        return int(seen[2]) if seen and seen[1] == self.of_this_run else NEVER


HEARTBEAT_S = 15.0

_IDLE_TIMEOUT_S = 60.0

_SOUND = re.compile(r"/sound/([0-9a-f]+-[0-9]+)\.wav")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class RequestHandler(BaseHTTPRequestHandler):
    """Answers with the page, its news or a sound, whatever the path: none ever reaches the disk.

    Players keep a connection open and take from it what they need. One that takes nothing for a minute is let go: it
    asks again when it goes on.
    """

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_TIMEOUT_S

    def __init__(self, site: ServedContent, request: socket, visitor: tuple[str, int], server: BaseServer) -> None:
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
        document = build_page(state, live=f"/events?since={self._site.mark(number)}").encode()
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
            stretch = parse_range(self.headers.get("Range"), size_bytes) if is_meant else None
        except UnsatisfiableRangeError:
            self._say_no(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{size_bytes}"})
            return
        if stretch is None:
            self._begin(HTTPStatus.OK, {**headers, "Content-Length": str(size_bytes)})
            self._send(self._played(sound, ByteRange(start=0, end=size_bytes)))
            return
        length = {"Content-Length": str(stretch.end - stretch.start)}
        place = {"Content-Range": f"bytes {stretch.start}-{stretch.end - 1}/{size_bytes}"}
        self._begin(HTTPStatus.PARTIAL_CONTENT, {**headers, **length, **place})
        self._send(self._played(sound, stretch))

    def _played(self, sound: VirtualWav, stretch: ByteRange) -> Iterable[bytes]:
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


class Server(ThreadingHTTPServer):
    """Answers each visitor in a thread of its own.

    Args:
        site: what there is to be visited.
        port: where to listen; 0 for any that is free.

    Attributes:
        fault: what went wrong in answering, if anything did that no one foresaw.

    Raises:
        OSError: nobody may listen there, or somebody does.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers share a port

    def __init__(self, site: ServedContent, port: int) -> None:
        self.fault: BaseException | None = None
        super().__init__((ADDRESS, port), partial(RequestHandler, site))

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind, without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.socket.getsockname()[1]

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as the library calls it
        """A visitor who leaves in the middle is no error; a sound that was lost since, they see themselves."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError | CoachError):
            self.fault = fault


@contextmanager
def serve(site: ServedContent, port: int) -> Iterator[Server]:
    """A server that answers until it is left.

    Raises:
        OutsideError: nobody may listen at this port, or somebody does.
    """
    try:
        server = Server(site, port)
    except OSError as error:
        raise ExternalError(
            f"could not listen at port {port} of this machine: {error.strerror}",
            help="leave out --port, or choose another from 1024 on",
        ) from None
    with server:
        threading.Thread(target=server.serve_forever, args=(0.1,), name="serving", daemon=True).start()
        try:
            yield server
        finally:
            site.board.close()
            server.shutdown()
