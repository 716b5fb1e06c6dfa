"""A server for one page, its news and its sound, which only this machine can ask."""

import os
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer

from coach.errors import CoachError, ExternalError
from coach.watch.request_handler import ADDRESS, RequestHandler, SiteContent


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

    def __init__(self, site: SiteContent, port: int) -> None:
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
def serving(site: SiteContent, port: int) -> Iterator[Server]:
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
