"""HTTP server for the page, its events and its sound, reachable from this machine only.

Sounds are served by byte ranges: the ``Range`` header of HTTP, RFC 9110, section 14.
"""

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
    """The requested range lies outside the content."""


def parse_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """The range that a header requests, or None for the whole.

    An invalid header is ignored, and a request for several ranges gets the whole, as the standard allows.

    Args:
        header: its value, if it was sent.
        size_bytes: how many bytes there are.

    Raises:
        UnsatisfiableRangeError: the range begins after the last byte, or is empty.
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
    """What the server serves. ``run_id`` tells it from that of earlier runs at the same address."""

    live_state: LiveState
    versions: SoundVersions
    run_id: str = field(default_factory=lambda: secrets.token_hex(4))

    def is_own_host(self, host: str | None, port: int) -> bool:
        """Whether a ``Host`` header names this server. Any other name comes from a foreign page (DNS rebinding)."""
        names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == _PORT_OF_HTTP else set())
        return host in names

    def to_event_id(self, number: int) -> str:
        """The event ID of a state, by which a page tells which one it has seen."""
        return f"{self.run_id}.{number}"

    def parse_event_id(self, event_id: str) -> int:
        """The number of the state with this event ID."""
        seen = _SEEN.fullmatch(event_id)
        return int(seen[2]) if seen and seen[1] == self.run_id else NEVER


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
    """Serves the page, its events and sounds; no path leads to a file on disk.

    Players keep a connection open and read from it as they need. One that reads nothing for a minute is closed; the
    player requests again when it resumes.
    """

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_TIMEOUT_S

    def __init__(self, content: ServedContent, request: socket, client: tuple[str, int], server: BaseServer) -> None:
        self._content = content
        super().__init__(request, client, server)  # handles the request

    def do_GET(self) -> None:
        """Answer a request."""
        path = self.path.partition("?")[0]
        sound = _SOUND.fullmatch(path)
        if not self._content.is_own_host(self.headers.get("Host"), self.request.getsockname()[1]):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        elif path == "/":
            self._page()
        elif path == "/events":
            self._events()
        elif sound:
            self._sound(sound[1])
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def do_POST(self) -> None:
        """Refuse: nothing can be changed over HTTP."""
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 - the same

    def version_string(self) -> str:
        """The name of the server in its answers."""
        return "coach"

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is the author's."""

    def _page(self) -> None:
        number, state = self._content.live_state.now()
        document = build_page(state, live=f"/events?since={self._content.to_event_id(number)}").encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(document))}
        self._begin(HTTPStatus.OK, headers)
        self._send([document])

    def _events(self) -> None:
        """Server-Sent Events, as in the HTML standard, until the client disconnects."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Connection": "close"})
        self._send(self._event_stream(self._last_seen()))

    def _event_stream(self, seen: int) -> Iterable[bytes]:
        yield b"retry: 1000\n\n"
        while not self._content.live_state.is_closed:
            newer = self._content.live_state.wait_for_newer(seen, HEARTBEAT_S)
            if newer is None:
                yield b": heartbeat\n\n"
            else:
                seen, message = newer
                yield f"id: {self._content.to_event_id(seen)}\ndata: {json.dumps(message)}\n\n".encode()

    def _last_seen(self) -> int:
        """The number of the state that this page has: that of its last event, or of when the page was fetched."""
        first = self.path.partition("?since=")[2]
        return self._content.parse_event_id(self.headers.get("Last-Event-ID") or first)

    def _sound(self, name: str) -> None:
        sound = self._content.versions.get(name)
        if sound is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        size_bytes, tag = sound.size_bytes, f'"{name}"'
        headers = {"Content-Type": "audio/wav", "Accept-Ranges": "bytes", "ETag": tag}
        is_same_version = self.headers.get("If-Range", tag) == tag
        try:
            byte_range = parse_range(self.headers.get("Range"), size_bytes) if is_same_version else None
        except UnsatisfiableRangeError:
            self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{size_bytes}"})
            return
        if byte_range is None:
            self._begin(HTTPStatus.OK, {**headers, "Content-Length": str(size_bytes)})
            self._send(self._read_sound(sound, ByteRange(start=0, end=size_bytes)))
            return
        length = {"Content-Length": str(byte_range.end - byte_range.start)}
        place = {"Content-Range": f"bytes {byte_range.start}-{byte_range.end - 1}/{size_bytes}"}
        self._begin(HTTPStatus.PARTIAL_CONTENT, {**headers, **length, **place})
        self._send(self._read_sound(sound, byte_range))

    def _read_sound(self, sound: VirtualWav, byte_range: ByteRange) -> Iterable[bytes]:
        """A range of a sound; records how far it has been read, so that the next words are spoken first."""
        taken = byte_range.start
        for piece in sound.read(byte_range.start, byte_range.end):
            yield piece
            taken += len(piece)
            self._content.versions.heard_until_s = sound.time_s(taken)

    def _refuse(self, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> None:
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
    """Answers each client in a thread of its own.

    Args:
        content: what to serve.
        port: where to listen; 0 for any that is free.

    Attributes:
        fault: the first unexpected error, if any.

    Raises:
        OSError: the port is not allowed, or in use.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers share a port

    def __init__(self, content: ServedContent, port: int) -> None:
        self.fault: BaseException | None = None
        super().__init__((ADDRESS, port), partial(RequestHandler, content))

    @property
    def url(self) -> str:
        """The URL of the page."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind, without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.socket.getsockname()[1]

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as the library calls it
        """Ignore clients that disconnect and sounds that are gone; keep any other error."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError | CoachError):
            self.fault = fault


@contextmanager
def serve(content: ServedContent, port: int) -> Iterator[Server]:
    """Run a server until the context is left.

    Raises:
        ExternalError: the port is not allowed, or in use.
    """
    try:
        server = Server(content, port)
    except OSError as error:
        raise ExternalError(
            f"could not listen at port {port} of this machine: {error.strerror}",
            help="leave out --port, or choose another from 1024 on",
        ) from None
    with server:
        threading.Thread(target=server.serve_forever, args=(0.1,), name="http-server", daemon=True).start()
        try:
            yield server
        finally:
            content.live_state.close()
            server.shutdown()
