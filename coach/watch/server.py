"""HTTP server for the page, its events and its sound, reachable by this user of this machine only."""

import json
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from socket import socket
from socketserver import BaseServer

from coach.charts.html_page import build_page
from coach.errors import ExternalError
from coach.http.bounded_server import LOOPBACK, BoundedServer, make_token, run_server
from coach.http.byte_range import ByteRange
from coach.http.request_handler import TokenRequestHandler
from coach.storage.folders import find_data_folder
from coach.translation import _
from coach.watch.publisher import NEVER, LiveState
from coach.watch.virtual_wav import SoundVersions, VirtualWav

_SEEN = re.compile(r"([0-9a-f]+)\.([0-9]{1,15})")
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
_KEPT_IN = "watch-token"
_CONNECTIONS = Path("/proc/net/tcp")


def recall_token() -> str:
    """Read the token of earlier runs, so that a page that is still open finds the next run at its port.

    It is in the data folder, in a file that only its owner can read; a new one where that cannot be.
    """
    try:
        path = find_data_folder(_("the address of the page")) / _KEPT_IN
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

    def to_event_id(self, number: int) -> str:
        """Make the event ID of a state, by which a page tells which one it has seen."""
        return f"{self.run_id}.{number}"

    def parse_event_id(self, event_id: str) -> int:
        """Parse the number of the state with this event ID."""
        seen = _SEEN.fullmatch(event_id)
        return int(seen[2]) if seen and seen[1] == self.run_id else NEVER


HEARTBEAT_S = 15.0
_SOUND = re.compile(r"sound/([0-9a-f]+-[0-9]+)\.wav")


class RequestHandler(TokenRequestHandler):
    """Serves the page, its events and sounds; no path leads to a file on disk."""

    forbidden = b"This page belongs to the user who started 'coach watch'. Open the whole address that it printed.\n"

    def __init__(self, content: ServedContent, request: socket, client: tuple[str, int], server: BaseServer) -> None:
        self._content = content
        super().__init__(request, client, server)  # handles the request

    def answer(self, path: str) -> None:
        """Answer with the page, its events or a sound."""
        sound = _SOUND.fullmatch(path, 1)
        if path == "/":
            self._send_page()
        elif path == "/events":
            self._send_events()
        elif sound:
            self._send_sound(sound[1])
        else:
            self.refuse(HTTPStatus.NOT_FOUND)

    def _send_page(self) -> None:
        number, state = self._content.live_state.get_latest()
        document = build_page(state, live=f"events?since={self._content.to_event_id(number)}").encode()
        self.send_document(document, "text/html; charset=utf-8")

    def _send_events(self) -> None:
        """Send Server-Sent Events, as in the HTML standard, until the client disconnects."""
        self.close_connection = True
        self.begin(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
        self.send(self._iterate_events(self._find_last_seen()))

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
            self.refuse(HTTPStatus.NOT_FOUND)
            return
        found = sound
        self.send_ranges(
            found.size_bytes,
            f'"{name}"',
            {"Content-Type": "audio/wav"},
            lambda wanted: self.send(self._read_sound(found, wanted)),
        )

    def _read_sound(self, sound: VirtualWav, byte_range: ByteRange) -> Iterable[bytes]:
        """Read a range of a sound, and record how far, so that the next words are spoken first."""
        taken = byte_range.start
        for piece in sound.read(byte_range.start, byte_range.end):
            yield piece
            taken += len(piece)
            self._content.versions.heard_until_s = sound.find_time_s(taken)


class Server(BoundedServer):
    """Serves a session to this user of this machine; see `BoundedServer`. All clients have one address."""

    most_of_one = BoundedServer.most_connections

    def __init__(self, content: ServedContent, port: int) -> None:
        super().__init__(partial(RequestHandler, content), address=LOOPBACK, port=port, token=content.token)

    def verify_request(self, request: object, client_address: tuple[str, int]) -> bool:
        """Return whether a client may connect: not if it belongs to another user.

        Others may have seen the URL in a list of processes, as part of the command that opened the browser.
        """
        user = find_client_user(client_address[1], self.server_port)
        return (user is None or user in {0, os.getuid()}) and super().verify_request(request, client_address)


@contextmanager
def serve(content: ServedContent, port: int) -> Iterator[Server]:
    """Run a server until the context is left.

    Raises:
        ExternalError: the port is not allowed, or in use.
    """
    with run_server(lambda: Server(content, port), port) as server:
        try:
            yield server
        finally:
            content.live_state.close()
