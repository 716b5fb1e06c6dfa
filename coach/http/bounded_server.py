"""Web server whose clients are bounded: in number, in how long a request may take, and by the secret in its address."""

import errno
import os
import secrets
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any, ClassVar, TypeVar

from coach.errors import CoachError, ExternalError
from coach.translation import _

LOOPBACK = "127.0.0.1"
_PORT_OF_HTTP = 80
_TOKEN_BYTES = 24
FIRST_REQUEST_S = 10.0


def make_token(length_bytes: int = _TOKEN_BYTES) -> str:
    """Make a random token for the address of a page: without it a client gets nothing."""
    return secrets.token_urlsafe(length_bytes)


def is_host_of(host: str | None, address: str, port: int) -> bool:
    """Return whether a ``Host`` header names a server. Another name is a foreign page's (DNS rebinding)."""
    names = {address, "localhost"} if address == LOOPBACK else {address}
    return host in {f"{name}:{port}" for name in names} | (names if port == _PORT_OF_HTTP else set())


class BoundedServer(ThreadingHTTPServer):
    """Answers each client in a thread of its own. Port 0 is any that is free.

    Attributes:
        fault: the first unexpected error, if any.
        deadlines_s: for each connection, until when a request must have arrived, as `time.monotonic` counts.
        token: the first part of the path of every request.
        most_connections: how many there may be at once.
        most_of_one: how many of them may be from one address: a browser's six to eight, and some for resuming.

    Raises:
        OSError: the port is not allowed, or in use.
    """

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers share a port
    most_connections: ClassVar[int] = 64
    most_of_one: ClassVar[int] = 16

    def __init__(self, handler: Callable[..., BaseHTTPRequestHandler], *, address: str, port: int, token: str) -> None:
        self.fault: BaseException | None = None
        self.deadlines_s: dict[object, float] = {}
        self.token = token
        self._clients: dict[object, str] = {}
        super().__init__((address, port), handler)

    @property
    def url(self) -> str:
        """The URL of the page, with its token."""
        return f"http://{self.server_name}:{self.server_port}/{self.token}/"

    def is_own_host(self, host: str | None) -> bool:
        """Return whether a ``Host`` header names this server."""
        return is_host_of(host, self.server_name, self.server_port)

    def has_token(self, token: str) -> bool:
        """Return whether this is the token, in the same time whatever is compared."""
        return secrets.compare_digest(token.encode(errors="surrogateescape"), self.token.encode())

    def verify_request(self, _request: object, client_address: tuple[str, int]) -> bool:
        """Return whether a client may connect."""
        clients = tuple(self._clients.values())  # other threads end connections meanwhile
        return len(clients) < self.most_connections and clients.count(client_address[0]) < self.most_of_one

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the library calls it
        """Answer a client in a thread, and know of its connection until it is closed."""
        self.deadlines_s[request] = time.monotonic() + FIRST_REQUEST_S
        self._clients[request] = client_address[0]
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - the same
        """Close a connection."""
        self.deadlines_s.pop(request, None)
        self._clients.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close the connections on which no request arrived in time; called ten times a second."""
        now_s = time.monotonic()
        for connection, deadline_s in tuple(self.deadlines_s.items()):
            if deadline_s < now_s:
                _hang_up(connection)

    def hang_up_all(self) -> None:
        """Close all connections, also those on which something is being sent."""
        for connection in tuple(self.deadlines_s):
            _hang_up(connection)

    def server_bind(self) -> None:
        """Bind, without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as the library calls it
        """Ignore clients that disconnect and sounds that are gone; keep any other error."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError | CoachError):
            self.fault = fault


def _explain_refusal(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("another program uses it")
    return _("permission denied") if isinstance(error, PermissionError) else error.strerror or str(error)


def _hang_up(connection: object) -> None:
    if isinstance(connection, socket):
        with suppress(OSError):
            connection.shutdown(SHUT_RDWR)


Running = TypeVar("Running", bound=BoundedServer)


@contextmanager
def run_server(make: Callable[[], Running], port: int) -> Iterator[Running]:
    """Run a server until the context is left; then nothing listens, and every connection is closed.

    Raises:
        ExternalError: the port is not allowed, or in use.
    """
    try:
        server = make()
    except OSError as error:
        raise ExternalError(
            _("could not listen at port {port} of this machine: {reason}", port=port, reason=_explain_refusal(error)),
            help=_("leave out --port, or choose another from 1024 on"),
        ) from None
    with server:
        threading.Thread(target=server.serve_forever, args=(0.1,), name="http-server", daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
            server.hang_up_all()
