"""File server: one page, its sounds and the files to save, for phones on the local network."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from io import BufferedReader
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from urllib.parse import quote

from coach.http.bounded_server import BoundedServer, make_token, run_server
from coach.http.byte_range import ByteRange
from coach.http.request_handler import TokenRequestHandler
from coach.send.deliveries import Delivery, DeliveryLog
from coach.storage.file_input import open_regular

_PIECE_BYTES = 1 << 20
_TOKEN_BYTES = 16  # nobody guesses 128 bits, and a longer address makes a finer code
HTML = "text/html; charset=utf-8"
JSON = "application/json"
JPEG = "image/jpeg"


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedFile:
    """A file that phones may have: where it is, its media type, and the name under which they save it."""

    path: Path
    media_type: str
    saved_as: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedFiles:
    """All that a server serves, by path: documents by their bytes, sounds to play, and files to save.

    ``pictures`` are JPEGs that are drawn when they are asked for.
    """

    documents: Mapping[str, tuple[str, bytes]]
    sounds: Mapping[str, SharedFile]
    saved: Mapping[str, SharedFile]
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


def to_disposition(name: str) -> str:
    """Write the header that names a saved file, in ASCII and in full; RFC 6266."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in " ._-") else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class FileRequestHandler(TokenRequestHandler):
    """Serves what is listed, and nothing else: a path is looked up in a table, and never reaches the disk."""

    forbidden = b"This address is not complete. Scan the code on the computer again.\n"

    def __init__(
        self, files: SharedFiles, log: DeliveryLog, request: socket, client: tuple[str, int], server: BaseServer
    ) -> None:
        self._files, self._log = files, log
        super().__init__(request, client, server)  # handles the request

    def answer(self, path: str) -> None:
        """Answer with a document, a picture, a sound or a file."""
        path = path.removeprefix("/")
        phone = self._log.visit(self.client_address[0], self.headers.get("User-Agent", ""))
        if path in self._files.documents:
            media_type, document = self._files.documents[path]
            self.send_document(document, media_type)
        elif path in self._files.pictures:
            self.send_document(self._files.pictures[path](), JPEG)
        elif path in self._files.sounds:
            self._send_file(self._files.sounds[path], None)
        elif path in self._files.saved:
            self._send_file(self._files.saved[path], phone)
        else:
            self.refuse(HTTPStatus.NOT_FOUND)

    def _send_file(self, shared: SharedFile, saved_by: str | None) -> None:
        """Send a file, to be played, or to be saved by a phone."""
        try:
            file = open_regular(shared.path)
        except OSError:  # it has been deleted since
            self.refuse(HTTPStatus.NOT_FOUND)
            return
        with file:
            state = os.fstat(file.fileno())
            tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
            headers = {"Content-Type": shared.media_type, "Cache-Control": "private, no-cache"}
            delivery = None
            if saved_by is not None:
                headers["Content-Disposition"] = to_disposition(shared.saved_as)
                delivery = self._log.begin(saved_by, shared.saved_as, state.st_size, f"{shared.path}{tag}")
            with self._log.send():
                self.send_ranges(state.st_size, tag, headers, partial(self._send_piece, file, delivery))

    def _send_piece(self, file: BufferedReader, delivery: Delivery | None, wanted: ByteRange) -> None:
        """Send a range."""
        start = wanted.start
        while start < wanted.end:
            sent = self._send_some(file, start, wanted.end - start)
            if not sent:  # it has been cut short on the disk
                self.close_connection = True
                return
            if delivery is not None:
                self._log.add(delivery, ByteRange(start=start, end=start + sent))
            start += sent

    def _send_some(self, file: BufferedReader, start: int, most: int) -> int:
        """Send what the network takes at once, from the disk by the system; else wait until a piece is sent."""
        connection: socket = self.connection
        with suppress(OSError, AttributeError):  # it would wait; or this disk or system cannot
            return os.sendfile(connection.fileno(), file.fileno(), start, most)
        return connection.sendfile(file, start, min(_PIECE_BYTES, most))


class FileServer(BoundedServer):
    """Serves files to phones."""

    most_connections = 128

    def __init__(self, files: SharedFiles, log: DeliveryLog, address: str, port: int) -> None:
        handler = partial(FileRequestHandler, files, log)
        super().__init__(handler, address=address, port=port, token=make_token(_TOKEN_BYTES))


def serve_files(files: SharedFiles, log: DeliveryLog, *, address: str, port: int) -> AbstractContextManager[FileServer]:
    """Run a server until the context is left.

    Raises:
        ExternalError: the port is not allowed, or in use.
    """
    return run_server(lambda: FileServer(files, log, address, port), port)
