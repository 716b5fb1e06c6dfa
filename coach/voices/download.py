"""Download of one file over HTTP: resumes, retries, times out, and checks that the response is the file."""

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from io import RawIOBase
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from coach.errors import ExternalError
from coach.storage.atomic_write import explain_disk_errors, write_whole
from coach.storage.file_input import read_json
from coach.translation import _, mark_message

OnBytes = Callable[[int], None]

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_BLOCK_BYTES = 1 << 16
_TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_WEB_PAGE = mark_message("the server sent a web page; some networks require you to log in first")
_AGAIN = mark_message("run the same command again later to resume")


@dataclass(frozen=True, kw_only=True, slots=True)
class DownloadTimeouts:
    """Timeouts and retries: for silence, for attempts that receive nothing, and for a slow transfer."""

    silence_s: float = 30.0
    fruitless_tries: int = 5
    pauses_s: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    least_bytes_per_s: float = 20_000.0
    least_total_s: float = 300.0
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


DEFAULT_TIMEOUTS = DownloadTimeouts()


class _InterruptedDownloadError(Exception):
    """The transfer was interrupted; the bytes received are kept for a retry."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to https, or to the same host; records the SHA-256 that a model hub states in one."""

    def __init__(self) -> None:
        self.stated_sha256: str | None = None

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if there.scheme != "https" and (there.scheme, there.netloc) != (here.scheme, here.netloc):
            fp.close()
            raise ExternalError(
                _(
                    "{here} redirects to {there}, which is not secure",
                    here=here.netloc,
                    there=f"{there.scheme}://{there.netloc}",
                ),
                help=_("name another source with --from"),
            )
        self.stated_sha256 = read_stated_sha256(headers) or self.stated_sha256
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(kw_only=True, slots=True)
class Download:
    """A download of one file.

    Args:
        url: Its address.
        part: The partial file; existing contents are resumed. A note beside it records URL and ETag.
        size_bytes: Its expected size.
        on_bytes: Called repeatedly with the number of bytes received.
        timeouts: When to give up.
    """

    url: str
    part: Path
    size_bytes: int
    on_bytes: OnBytes
    timeouts: DownloadTimeouts = DEFAULT_TIMEOUTS
    _redirects: _Redirects = field(default_factory=_Redirects)
    stated_sha256: str | None = None

    def run(self) -> None:
        """Download until the part has its full size.

        Raises:
            ExternalError: The server, the network or the disk failed; or the response is not the file.
        """
        began_s, fruitless, received = self.timeouts.clock(), 0, self._count_received()
        while True:
            try:
                self._try_once(began_s)
            except _InterruptedDownloadError as interruption:
                fruitless = 0 if self._count_received() > received else fruitless + 1
                received = self._count_received()
                if fruitless >= self.timeouts.fruitless_tries:
                    raise ExternalError(
                        _("could not download {name}: {reason}", name=self._name, reason=interruption),
                        help=_(_AGAIN),
                    ) from interruption
                self._check_speed(began_s)
                self.timeouts.wait(self.timeouts.pauses_s[min(max(fruitless, 1), len(self.timeouts.pauses_s)) - 1])
            else:
                return

    @property
    def _name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def _note(self) -> Path:
        return self.part.with_name(f"{self.part.name}.note")

    def _count_received(self) -> int:
        with suppress(FileNotFoundError):
            return self.part.stat().st_size
        return 0

    def _try_once(self, began_s: float) -> None:
        if self._count_received() == self.size_bytes:
            return
        try:
            with self._send_request() as response:
                self._receive(response, began_s)
        except urllib.error.HTTPError as error:
            self._handle_http_error(error)
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            raise _InterruptedDownloadError(_explain(error)) from error

    def _send_request(self) -> http.client.HTTPResponse:
        headers = {"User-Agent": "mindful-run-coach", "Accept-Encoding": "identity"}
        received = self._count_received()
        if received:
            headers["Range"] = f"bytes={received}-"
            etag = self._read_etag()
            if etag is not None:
                headers["If-Range"] = etag
        opener = urllib.request.build_opener(self._redirects)
        request = urllib.request.Request(self.url, headers=headers)  # noqa: S310 - https, or what its user named
        response: http.client.HTTPResponse = opener.open(request, timeout=self.timeouts.silence_s)
        return response

    def _read_etag(self) -> str | None:
        with suppress(OSError, ValueError, AttributeError):
            note = read_json(self._note)
            if note.get("url") == self.url:
                return str(note["etag"]) if note.get("etag") else None
        return None

    def _handle_http_error(self, error: urllib.error.HTTPError) -> None:
        with error:
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and self._count_received():
                with explain_disk_errors(self.part):
                    self.part.unlink()
                raise _InterruptedDownloadError(_("the server cannot resume the download"))
            where = urlsplit(self.url).netloc
            if error.code in _TRY_LATER:
                raise _InterruptedDownloadError(_("{where} is unavailable (HTTP {code})", where=where, code=error.code))
            raise ExternalError(
                _(
                    "could not download {name} from {where} (HTTP {code} {reason})",
                    name=self._name,
                    where=where,
                    code=error.code,
                    reason=error.reason,
                ),
                help=_("check the address, or name another source with --from"),
            )

    def _receive(self, response: http.client.HTTPResponse, began_s: float) -> None:
        if "html" in (response.headers.get_content_type() or ""):
            raise self._reject(_(_WEB_PAGE))
        start = self._find_start(response)
        self._check_length(start, response.headers)
        self.stated_sha256 = self._redirects.stated_sha256 or read_stated_sha256(response.headers) or self.stated_sha256
        with explain_disk_errors(self._note):
            self._note.write_text(
                json.dumps({"url": self.url, "etag": _read_strong_etag(response.headers)}), encoding="utf-8"
            )
        with explain_disk_errors(self.part):
            file = self.part.open("ab" if start else "wb", buffering=0)
        with file:
            self._write_body(response, file, start, began_s)
        if self._count_received() < self.size_bytes:
            raise _InterruptedDownloadError(
                _(
                    "the connection closed after {received} of {size} bytes",
                    received=self._count_received(),
                    size=self.size_bytes,
                )
            )

    def _find_start(self, response: http.client.HTTPResponse) -> int:
        """Find the first byte of the response: 0 if the server has no ranges, or the file has changed."""
        if response.status != http.HTTPStatus.PARTIAL_CONTENT:
            return 0
        content_range = _RANGE.match(response.headers.get("Content-Range", ""))
        if content_range is None or int(content_range[1]) != self._count_received():
            with explain_disk_errors(self.part):
                self.part.unlink(missing_ok=True)
            raise _InterruptedDownloadError(_("the server sent a different range than requested"))
        return int(content_range[1])

    def _check_length(self, start: int, headers: Message) -> None:
        length = headers.get("Content-Length", "")
        if length.isdecimal() and start + int(length) != self.size_bytes:
            raise self._reject(
                _("its size is {size} bytes, not {expected}", size=start + int(length), expected=self.size_bytes)
            )

    def _write_body(self, response: http.client.HTTPResponse, file: RawIOBase, received: int, began_s: float) -> None:
        while block := response.read1(_BLOCK_BYTES):
            if not received and block.lstrip()[:1] == b"<":
                raise self._reject(_(_WEB_PAGE))
            received += len(block)
            if received > self.size_bytes:
                raise self._reject(_("it is larger than {size} bytes", size=self.size_bytes))
            with explain_disk_errors(self.part):
                write_whole(file, block)
            self.on_bytes(received)
            self._check_speed(began_s)

    def _check_speed(self, began_s: float) -> None:
        longest_s = max(self.timeouts.least_total_s, self.size_bytes / self.timeouts.least_bytes_per_s)
        if self.timeouts.clock() - began_s > longest_s:
            raise ExternalError(
                _(
                    "could not download {name}: it is too slow ({received} bytes so far)",
                    name=self._name,
                    received=self._count_received(),
                ),
                help=_(_AGAIN),
            )

    def _reject(self, what: str) -> ExternalError:
        with suppress(OSError):
            self.part.unlink(missing_ok=True)
        return ExternalError(
            _("{host} did not send {name}: {reason}", host=urlsplit(self.url).netloc, name=self._name, reason=what),
            help=_("name another source with --from"),
        )


def read_stated_sha256(headers: Message) -> str | None:
    """Read the SHA-256 that a model hub states: the linked ETag of a file in Git LFS."""
    tag = headers.get("X-Linked-Etag", "").strip('"')
    return tag if re.fullmatch(r"[0-9a-f]{64}", tag) else None


def _read_strong_etag(headers: Message) -> str | None:
    tag = headers.get("ETag")
    return tag if tag is not None and tag.startswith('"') else None


def _explain(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return _("the server did not answer in time")
    if isinstance(cause, http.client.IncompleteRead | http.client.RemoteDisconnected):
        return _("the connection closed early")
    return str(cause) or type(cause).__name__
