"""Downloads of one file over HTTP, from servers that fail in every way."""

import errno
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from coach.errors import ExternalError
from coach.storage import atomic_write
from coach.voices.download import Download, DownloadTimeouts

BODY = bytes(range(8, 208)) * 1_000
SHA256 = hashlib.sha256(BODY).hexdigest()


@dataclass
class Temper:
    """How a server responds; the headers of each request are recorded."""

    answer: Callable[["Handler"], None]
    asked: list[dict[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    temper: Temper

    def do_GET(self) -> None:
        self.temper.asked.append(dict(self.headers.items()))
        self.temper.answer(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Quietly."""

    @property
    def tries(self) -> int:
        return len(self.temper.asked)

    def first_wanted(self) -> int:
        return int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))

    def give(self, body: bytes, status: int = 200, length: int | None = None, **headers: Any) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def give_rest(self, **headers: Any) -> None:
        start = self.first_wanted()
        if not start:
            self.give(BODY, **headers)
            return
        self.give(BODY[start:], 206, Content_Range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}", **headers)


Serve = Callable[[Callable[[Handler], None]], tuple[str, Temper]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server of a temper; gives its address."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[Handler], None]) -> tuple[str, Temper]:
        temper = Temper(answer)
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Tempered", (Handler,), {"temper": temper}))
        servers.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/nl/voice.onnx", temper

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Clock:
    """A clock that advances only by waiting, or by a step with each reading."""

    def __init__(self, step_s: float = 0.0) -> None:
        self.now_s, self.step_s = 0.0, step_s
        self.waits_s: list[float] = []

    def __call__(self) -> float:
        self.now_s += self.step_s
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        self.now_s += seconds


def download(url: str, part: Path, clock: Clock | None = None, *, silence_s: float = 5.0) -> Download:
    clock = clock or Clock()
    timeouts = DownloadTimeouts(silence_s=silence_s, clock=clock, wait=clock.wait)
    return Download(url=url, part=part, size_bytes=len(BODY), on_bytes=lambda _count: None, timeouts=timeouts)


def fault(url: str, part: Path, clock: Clock | None = None, *, silence_s: float = 5.0) -> tuple[str, str]:
    with pytest.raises(ExternalError) as caught:
        download(url, part, clock, silence_s=silence_s).run()
    return caught.value.message.replace(url.split("/")[2], "SERVER"), caught.value.help


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "voice.onnx"


def test_a_file_is_downloaded_whole_and_its_progress_reported(serve: Serve, part: Path) -> None:
    url, temper = serve(lambda handler: handler.give_rest())
    received: list[int] = []
    coming = download(url, part)
    coming.on_bytes = received.append
    coming.run()
    assert part.read_bytes() == BODY
    assert received == sorted(received)
    assert received[-1] == len(BODY)
    assert "Range" not in temper.asked[0]


def test_an_interrupted_download_resumes(serve: Serve, part: Path) -> None:
    def breaking_off(handler: Handler) -> None:
        if handler.tries == 1:
            handler.give(BODY[:70_000], length=len(BODY), ETag='"one"')
        else:
            handler.give_rest(ETag='"one"')

    url, temper = serve(breaking_off)
    download(url, part).run()
    assert part.read_bytes() == BODY
    assert [(asked.get("Range"), asked.get("If-Range")) for asked in temper.asked] == [
        (None, None),
        ("bytes=70000-", '"one"'),
    ]


def test_a_later_call_goes_on_too(serve: Serve, part: Path) -> None:
    part.write_bytes(BODY[:123])
    url, temper = serve(lambda handler: handler.give_rest())
    download(url, part).run()
    assert part.read_bytes() == BODY
    assert temper.asked[0]["Range"] == "bytes=123-"


def test_a_complete_file_is_not_requested(serve: Serve, part: Path) -> None:
    part.write_bytes(BODY)
    url, temper = serve(lambda handler: handler.give_rest())
    download(url, part).run()
    assert temper.asked == []


def test_a_server_without_ranges_starts_over(serve: Serve, part: Path) -> None:
    part.write_bytes(b"old" * 100)
    url, _ = serve(lambda handler: handler.give(BODY))
    download(url, part).run()
    assert part.read_bytes() == BODY


def test_another_part_than_was_asked_for_is_not_taken(serve: Serve, part: Path) -> None:
    def confused(handler: Handler) -> None:
        if handler.first_wanted():
            handler.give(BODY[50:], 206, Content_Range=f"bytes 50-{len(BODY) - 1}/{len(BODY)}")
        else:
            handler.give(BODY)

    part.write_bytes(BODY[:123])
    url, _ = serve(confused)
    download(url, part).run()
    assert part.read_bytes() == BODY


def test_a_server_that_has_less_than_we_do_starts_over(serve: Serve, part: Path) -> None:
    part.write_bytes(BODY[:123])
    url, _ = serve(lambda handler: handler.give(b"", 416) if handler.first_wanted() else handler.give(BODY))
    download(url, part).run()
    assert part.read_bytes() == BODY


def test_a_server_that_is_busy_is_asked_again_ever_later(serve: Serve, part: Path) -> None:
    url, _ = serve(lambda handler: handler.give(b"", 503) if handler.tries < 4 else handler.give(BODY))
    clock = Clock()
    download(url, part, clock).run()
    assert part.read_bytes() == BODY
    assert clock.waits_s == [1.0, 2.0, 4.0]


def test_a_server_that_always_breaks_off_is_given_up_and_what_came_is_kept(serve: Serve, part: Path) -> None:
    def short(handler: Handler) -> None:
        if handler.first_wanted():
            handler.give(b"", 206, length=len(BODY) - 1_000, Content_Range=f"bytes 1000-{len(BODY) - 1}/{len(BODY)}")
        else:
            handler.give(BODY[:1_000], length=len(BODY))

    url, temper = serve(short)
    assert fault(url, part) == (
        "could not download voice.onnx: the connection closed after 1000 of 200000 bytes",
        "run the same command again later to resume",
    )
    assert part.read_bytes() == BODY[:1_000]
    assert len(temper.asked) == 6


def test_an_unreachable_server_is_reported(part: Path, serve: Serve) -> None:
    url, _ = serve(lambda handler: handler.give(BODY))
    port = url.split(":")[2].partition("/")[0]
    message, advice = fault(url.replace(port, "1"), part)
    assert message.startswith("could not download voice.onnx: ")
    assert "refused" in message
    assert advice == "run the same command again later to resume"


def wait_for_more(handler: Handler) -> None:
    handler.rfile.read(1)


def test_silence_is_waited_for_only_so_long(serve: Serve, part: Path) -> None:
    url, _ = serve(wait_for_more)
    assert fault(url, part, silence_s=0.05)[0] == "could not download voice.onnx: the server did not answer in time"


def test_a_trickle_is_given_up(serve: Serve, part: Path) -> None:
    url, _ = serve(lambda handler: handler.give_rest())
    message, advice = fault(url, part, Clock(step_s=200.0))
    assert message.startswith("could not download voice.onnx: it is too slow (")
    assert advice == "run the same command again later to resume"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (lambda handler: handler.give(b"<html>Welcome", Content_Type="text/html"), "the server sent a web page"),
        (lambda handler: handler.give(b"  <!doctype>" + BODY[12:]), "the server sent a web page"),
        (lambda handler: handler.give(BODY[:-1]), "its size is 199999 bytes, not 200000"),
        (lambda handler: handler.give(BODY * 2), "its size is 400000 bytes, not 200000"),
    ],
    ids=["a web page", "a web page in disguise", "too short", "too long"],
)
def test_a_response_that_is_not_the_file_is_not_kept(
    serve: Serve, part: Path, answer: Callable[[Handler], None], what: str
) -> None:
    url, temper = serve(answer)
    message, advice = fault(url, part)
    assert message.startswith(f"SERVER did not send voice.onnx: {what}")
    assert advice == "name another source with --from"
    assert not part.exists()
    assert len(temper.asked) == 1


def test_an_endless_response_is_cut_off(serve: Serve, part: Path) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(BODY + b"more")

    url, _ = serve(endless)
    assert fault(url, part)[0] == "SERVER did not send voice.onnx: it is larger than 200000 bytes"
    assert not part.exists()


def test_a_missing_file_is_not_requested_twice(serve: Serve, part: Path) -> None:
    url, temper = serve(lambda handler: handler.give(b"no", 404))
    assert fault(url, part) == (
        "could not download voice.onnx from SERVER (HTTP 404 Not Found)",
        "check the address, or name another source with --from",
    )
    assert len(temper.asked) == 1


def test_a_redirect_on_the_same_server_is_followed_and_what_it_states_is_kept(serve: Serve, part: Path) -> None:
    def hub(handler: Handler) -> None:
        if handler.path.startswith("/nl"):
            handler.give(b"", 302, Location="/stored/abc", X_Linked_Etag=f'"{SHA256}"')
        else:
            handler.give_rest()

    url, temper = serve(hub)
    part.write_bytes(BODY[:9])
    coming = download(url, part)
    coming.run()
    assert part.read_bytes() == BODY
    assert coming.stated_sha256 == SHA256
    assert temper.asked[1]["Range"] == "bytes=9-"


@pytest.mark.parametrize("place", ["http://example.org/x", "ftp://example.org/x"])
def test_a_redirect_to_where_anyone_can_meddle_is_not_followed(serve: Serve, part: Path, place: str) -> None:
    url, _ = serve(lambda handler: handler.give(b"", 302, Location=place))
    assert fault(url, part) == (
        f"SERVER redirects to {place.removesuffix('/x')}, which is not secure",
        "name another source with --from",
    )


def test_a_full_disk_is_reported_and_the_part_is_kept(
    serve: Serve, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _ = serve(lambda handler: handler.give_rest())

    def full(_file: object, _block: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("coach.voices.download.write_whole", full)
    assert fault(url, part) == (
        f"cannot write {part}: the disk is full",
        "free some space, and run the same command again",
    )


def test_a_block_is_written_whole_even_by_a_disk_that_takes_it_in_bits(tmp_path: Path) -> None:
    taken: list[bytes] = []

    class Slow:
        def write(self, rest: memoryview) -> int:
            taken.append(bytes(rest[:2]))
            return len(taken[-1])

    atomic_write.write_whole(Slow(), b"abcde")  # type: ignore[arg-type]  # as much of a file as is needed
    assert taken == [b"ab", b"cd", b"e"]
    atomic_write.sync(tmp_path)
