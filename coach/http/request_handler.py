"""Request handler of a page's server: it admits only who knows the token, and answers with ranges of bytes."""

import math
import re
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from coach.http.bounded_server import FIRST_REQUEST_S, BoundedServer
from coach.http.byte_range import ByteRange, UnsatisfiableRangeError, parse_range

_IDLE_TIMEOUT_S = 60.0
_ABSOLUTE_FORM = re.compile(r"http://([^/?#]*)([^#]*)", re.IGNORECASE)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class TokenRequestHandler(BaseHTTPRequestHandler):
    """Answers requests for what is below the token; a subclass says with what.

    Players keep a connection open and read from it as they need. One that reads nothing for a minute is closed; the
    player requests again when it resumes.
    """

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # to a line without a version, headers are sent as well
    timeout = _IDLE_TIMEOUT_S
    forbidden: ClassVar[bytes] = b""
    server: BoundedServer

    def answer(self, path: str) -> None:
        """Answer a request for a path, without the token and what is behind a question mark."""
        raise NotImplementedError

    def handle(self) -> None:
        """Answer the requests of a connection. None may take long to arrive, in however small pieces."""
        self.close_connection = True
        self._await_request(FIRST_REQUEST_S)
        self.handle_one_request()
        while not self.close_connection:
            self._await_request(_IDLE_TIMEOUT_S)
            self.handle_one_request()

    def _await_request(self, limit_s: float | None) -> None:
        """Have the server close the connection unless the headers of a request arrive in time; None: they have."""
        self.server.deadlines_s[self.request] = math.inf if limit_s is None else time.monotonic() + limit_s

    def do_GET(self) -> None:
        """Answer a request."""
        if not self._admit():
            return
        path = self.path.partition("?")[0].removeprefix(f"/{self.server.token}")
        if path == "":
            self.refuse(HTTPStatus.PERMANENT_REDIRECT, {"Location": f"/{self.server.token}/"})
        else:
            self.answer(path)

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def do_POST(self) -> None:
        """Refuse: nothing can be changed over HTTP."""
        if self._admit():
            self.refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 - the same

    def version_string(self) -> str:
        """Return the name of the server in its answers."""
        return "coach"

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is the user's."""

    def _admit(self) -> bool:
        """Return whether the request is for this host and knows the token; otherwise refuse it.

        What follows a request with a body is not read, as it would be answered as a request; nor what follows one whose
        headers may be read in two ways: a space before a colon, several lengths (RFC 9112, sections 5.1 and 6.3).
        """
        self._await_request(None)
        has_body = self.headers.get_all("Content-Length", ["0"]) != ["0"] or "Transfer-Encoding" in self.headers
        is_malformed = bool(self.headers.defects) or any(name != name.strip() for name in self.headers)
        self.close_connection = self.close_connection or has_body or is_malformed
        if len(self.headers.get_all("Host", [])) > 1:
            self.refuse(HTTPStatus.BAD_REQUEST)
            return False
        if not self.server.is_own_host(self._split_host()):
            self.refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        token = self.path.partition("?")[0].removeprefix("/").partition("/")[0]
        if not self.server.has_token(token):
            self.refuse(HTTPStatus.FORBIDDEN, body=self.forbidden)
            return False
        return True

    def _split_host(self) -> str | None:
        """Split the host from a request in absolute form, of which it is the host whatever the header says.

        RFC 9112, section 3.2.2.
        """
        absolute = _ABSOLUTE_FORM.fullmatch(self.path)
        if absolute is None:
            return self.headers.get("Host")
        host, path = absolute.groups()
        self.path = "/" + path.lstrip("/")
        return host

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the same
        """Refuse what the library cannot answer: without its page, and without repeating what was asked."""
        self.refuse(HTTPStatus(code))

    def send_document(self, document: bytes, content_type: str) -> None:
        """Answer with a whole document."""
        self.begin(HTTPStatus.OK, {"Content-Type": content_type, "Content-Length": str(len(document))})
        self.send([document])

    def send_ranges(
        self, size_bytes: int, tag: str, headers: Mapping[str, str], send: Callable[[ByteRange], None]
    ) -> None:
        """Answer with the bytes that are asked for, which ``send`` then sends; RFC 9110, section 14.

        ``tag`` is the entity tag of the whole: a range of another version gets the whole.
        """
        headers = {**headers, "Accept-Ranges": "bytes", "ETag": tag}
        if tag in self.headers.get("If-None-Match", "").replace("W/", "").split(", "):
            self.begin(HTTPStatus.NOT_MODIFIED, headers)
            return
        is_same_version = self.headers.get("If-Range", tag) == tag
        try:
            byte_range = parse_range(self.headers.get("Range"), size_bytes) if is_same_version else None
        except UnsatisfiableRangeError:
            self.refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{size_bytes}"})
            return
        if byte_range is None:
            byte_range = ByteRange(start=0, end=size_bytes)
            self.begin(HTTPStatus.OK, {**headers, "Content-Length": str(size_bytes)})
        else:
            length = {"Content-Length": str(byte_range.end - byte_range.start)}
            place = {"Content-Range": f"bytes {byte_range.start}-{byte_range.end - 1}/{size_bytes}"}
            self.begin(HTTPStatus.PARTIAL_CONTENT, {**headers, **length, **place})
        if self.command != "HEAD":
            send(byte_range)

    def refuse(self, status: HTTPStatus, headers: Mapping[str, str] | None = None, body: bytes = b"") -> None:
        """Answer with a status that is no success, and close the connection."""
        self.close_connection = True
        kind = {"Content-Type": "text/plain; charset=utf-8"} if body else {}
        self.begin(status, {**(headers or {}), **kind, "Content-Length": str(len(body))})
        self.send([body])

    def begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        self.send_response(status)
        closing = {"Connection": "close"} if self.close_connection else {}
        for name, value in {**_HEADERS, **headers, **closing}.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, pieces: Iterable[bytes]) -> None:
        """Send the body, unless only the headers were asked for."""
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)
