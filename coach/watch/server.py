"""HTTP server for the page, its events and its sound, reachable by this user of this machine only."""

import json
import math
import os
import re
import secrets
import socketserver
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, socket
from socketserver import BaseServer
from typing import Any

from coach.charts.html_page import build_page
from coach.errors import CoachError, ExternalError
from coach.storage.folders import find_data_folder
from coach.watch.publisher import NEVER, LiveState
from coach.watch.virtual_wav import ByteRange, SoundVersions, UnsatisfiableRangeError, VirtualWav, parse_range

ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost")
_PORT_OF_HTTP = 80
_SEEN = re.compile(r"([0-9a-f]+)\.([0-9]{1,15})")
_TOKEN_BYTES = 24
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
_KEPT_IN = "watch-token"
_CONNECTIONS = Path("/proc/net/tcp")


def make_token() -> str:
    """Make a random token for the address of the page: without it a client gets nothing."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def recall_token() -> str:
    """Read the token of earlier runs, so that a page that is still open finds the next run at its port.

    It is in the data folder, in a file that only its owner can read; a new one where that cannot be.
    """
    try:
        path = find_data_folder("the address of the page") / _KEPT_IN
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                return make_token()
            is_private = os.name != "posix" or not mode & 0o077
            if is_private and _TOKEN.fullmatch(kept := file.read()):
                return kept
            token = make_token()
            if is_private:
                file.seek(0)
                file.truncate()
                file.write(token)
            return token
    except (OSError, ValueError, ExternalError):
        return make_token()


def find_client_user(port: int, server_port: int) -> int | None:
    """Find the user ID of a client on this machine by the ports of its connection; None where it is unknown.

    Linux lists all connections in a file, see proc_pid_net(5): with the address of this machine in the order of its
    bytes in memory, and ports in hexadecimal.
    """
    client, server = f":{port:04X}", f":{server_port:04X}"
    with suppress(OSError):
        for line in _CONNECTIONS.read_text("ascii").splitlines()[1:]:
            _, local, remote, _, _, _, _, user, *_ = line.split()
            if local.endswith(client) and remote.endswith(server):
                return int(user)
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedContent:
    """What the server serves, to whoever knows the token, the first part of every path.

    ``run_id`` tells it from what earlier runs served at the same address.
    """

    live_state: LiveState
    versions: SoundVersions
    token: str = field(default_factory=make_token)
    run_id: str = field(default_factory=lambda: secrets.token_hex(4))

    def is_own_host(self, host: str | None, port: int) -> bool:
        """Return whether a ``Host`` header names this server. Another name is a foreign page's (DNS rebinding)."""
        names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == _PORT_OF_HTTP else set())
        return host in names

    def has_token(self, token: str) -> bool:
        """Return whether this is the token, in the same time whatever is compared."""
        return secrets.compare_digest(token.encode(errors="surrogateescape"), self.token.encode())

    def to_event_id(self, number: int) -> str:
        """Make the event ID of a state, by which a page tells which one it has seen."""
        return f"{self.run_id}.{number}"

    def parse_event_id(self, event_id: str) -> int:
        """Parse the number of the state with this event ID."""
        seen = _SEEN.fullmatch(event_id)
        return int(seen[2]) if seen and seen[1] == self.run_id else NEVER


HEARTBEAT_S = 15.0
_IDLE_TIMEOUT_S = 60.0
_FIRST_REQUEST_S = 10.0
_MOST_CONNECTIONS = 64
_SOUND = re.compile(r"sound/([0-9a-f]+-[0-9]+)\.wav")
_FORBIDDEN = b"This page belongs to the user who started 'coach watch'. Open the whole address that it printed.\n"

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

    def handle(self) -> None:
        """Answer the requests of a connection. None may take long to arrive, in however small pieces."""
        self.close_connection = True
        self._await_request(_FIRST_REQUEST_S)
        self.handle_one_request()
        while not self.close_connection:
            self._await_request(_IDLE_TIMEOUT_S)
            self.handle_one_request()

    def _await_request(self, limit_s: float | None) -> None:
        """Have the server close the connection unless the headers of a request arrive in time; None: they have."""
        if isinstance(self.server, Server):
            self.server.deadlines_s[self.request] = math.inf if limit_s is None else time.monotonic() + limit_s

    def do_GET(self) -> None:
        """Answer a request."""
        if not self._admit():
            return
        path = self.path.partition("?")[0].removeprefix(f"/{self._content.token}")
        sound = _SOUND.fullmatch(path, 1)
        if path == "":
            self._refuse(HTTPStatus.PERMANENT_REDIRECT, {"Location": f"/{self._content.token}/"})
        elif path == "/":
            self._send_page()
        elif path == "/events":
            self._send_events()
        elif sound:
            self._send_sound(sound[1])
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def do_POST(self) -> None:
        """Refuse: nothing can be changed over HTTP."""
        if self._admit():
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 - the same

    def version_string(self) -> str:
        """Return the name of the server in its answers."""
        return "coach"

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is the author's."""

    def _admit(self) -> bool:
        """Return whether the request is for this host and knows the token; otherwise refuse it.

        What follows a request with a body is not read: it would be answered as a request.
        """
        self._await_request(None)
        has_body = self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers
        self.close_connection = self.close_connection or has_body
        if len(self.headers.get_all("Host", [])) > 1:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return False
        if not self._content.is_own_host(self.headers.get("Host"), self.request.getsockname()[1]):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        token = self.path.partition("?")[0].removeprefix("/").partition("/")[0]
        if not self._content.has_token(token):
            self._refuse(HTTPStatus.FORBIDDEN, body=_FORBIDDEN)
            return False
        return True

    def _send_page(self) -> None:
        number, state = self._content.live_state.get_latest()
        document = build_page(state, live=f"events?since={self._content.to_event_id(number)}").encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(document))}
        self._begin(HTTPStatus.OK, headers)
        self._send([document])

    def _send_events(self) -> None:
        """Send Server-Sent Events, as in the HTML standard, until the client disconnects."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
        self._send(self._iterate_events(self._find_last_seen()))

    def _iterate_events(self, seen: int) -> Iterable[bytes]:
        yield b"retry: 1000\n\n"
        while not self._content.live_state.is_closed:
            newer = self._content.live_state.wait_for_newer(seen, HEARTBEAT_S)
            if newer is None:
                yield b": heartbeat\n\n"
            else:
                seen, message = newer
                yield f"id: {self._content.to_event_id(seen)}\ndata: {json.dumps(message)}\n\n".encode()

    def _find_last_seen(self) -> int:
        """Find the number of the state that this page has: of its last event, or of when the page was fetched."""
        first = self.path.partition("?since=")[2]
        return self._content.parse_event_id(self.headers.get("Last-Event-ID") or first)

    def _send_sound(self, name: str) -> None:
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
        """Read a range of a sound, and record how far, so that the next words are spoken first."""
        taken = byte_range.start
        for piece in sound.read(byte_range.start, byte_range.end):
            yield piece
            taken += len(piece)
            self._content.versions.heard_until_s = sound.find_time_s(taken)

    def _refuse(self, status: HTTPStatus, headers: Mapping[str, str] | None = None, body: bytes = b"") -> None:
        self.close_connection = True
        kind = {"Content-Type": "text/plain; charset=utf-8"} if body else {}
        self._begin(status, {**(headers or {}), **kind, "Content-Length": str(len(body))})
        self._send([body])

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        closing = {"Connection": "close"} if self.close_connection else {}
        for name, value in {**_HEADERS, **headers, **closing}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, pieces: Iterable[bytes]) -> None:
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)


class Server(ThreadingHTTPServer):
    """Answers each client in a thread of its own.

    Port 0 is any that is free.

    Attributes:
        fault: the first unexpected error, if any.
        deadlines_s: for each connection, until when a request must have arrived, as `time.monotonic` counts.

    Raises:
        OSError: the port is not allowed, or in use.
    """

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers share a port

    def __init__(self, content: ServedContent, port: int) -> None:
        self.fault: BaseException | None = None
        self.deadlines_s: dict[object, float] = {}
        self._token = content.token
        super().__init__((ADDRESS, port), partial(RequestHandler, content))

    @property
    def url(self) -> str:
        """The URL of the page, with its token."""
        return f"http://{ADDRESS}:{self.server_port}/{self._token}/"

    def verify_request(self, _request: object, client_address: tuple[str, int]) -> bool:
        """Return whether a client may connect: not if it belongs to another user.

        Others may have seen the URL in a list of processes, as part of the command that opened the browser.
        """
        user = find_client_user(client_address[1], self.server_port)
        return (user is None or user in {0, os.getuid()}) and len(self.deadlines_s) < _MOST_CONNECTIONS

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the library calls it
        """Answer a client in a thread, and know of its connection until it is closed."""
        self.deadlines_s[request] = time.monotonic() + _FIRST_REQUEST_S
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - the same
        """Close a connection."""
        self.deadlines_s.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close the connections on which no request arrived in time; called ten times a second."""
        now_s = time.monotonic()
        for connection, deadline_s in tuple(self.deadlines_s.items()):
            if deadline_s < now_s and isinstance(connection, socket):
                with suppress(OSError):
                    connection.shutdown(SHUT_RDWR)

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
