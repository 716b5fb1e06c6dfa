"""File server: whole files, ranges of them, and nothing else, to whoever knows the address."""

import hashlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pulse_server import until

from coach.send.deliveries import DeliveryLog
from coach.send.file_server import (
    HTML,
    FileRequestHandler,
    FileServer,
    SharedFile,
    SharedFiles,
    serve_files,
    to_disposition,
)

Answer = tuple[int, Message, bytes]
TITLE = "Één 🌲.mp3"
BYTES = b"".join(hashlib.sha256(str(nth).encode()).digest() for nth in range(40_000))  # 1.28 MB, nothing twice


class Place:
    """A server with one file, which can be played and saved, and another on the disk beside it."""

    def __init__(self, folder: Path, server: FileServer, log: DeliveryLog) -> None:
        self.folder, self.server, self.log = folder, server, log
        self.address = f"127.0.0.1:{server.server_port}"
        self.base = f"/{server.token}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with urlopen(Request(f"http://{self.address}{self.base}{path}", method=method, headers=named)) as answer:
                return answer.status, answer.headers, answer.read()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.headers, refusal.read()

    def connect(self) -> socket.socket:
        host, _, port = self.address.partition(":")
        return socket.create_connection((host, int(port)))

    def send_raw(self, request: bytes) -> bytes:
        """What comes back for these bytes, until the connection is closed."""
        request = request.replace(b"{host}", self.address.encode()).replace(b"{base}", self.base.encode())
        answer = b""
        with self.connect() as client, suppress(OSError):  # it may be cut off at any time
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            while piece := client.recv(1 << 16):
                answer += piece
        return answer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "run.mp3").write_bytes(BYTES)
    (folder / "secret.txt").write_text("secret")
    shared = SharedFile(path=folder / "run.mp3", media_type="audio/mpeg", saved_as=TITLE)
    gone = SharedFile(path=folder / "gone.mp3", media_type="audio/mpeg", saved_as="gone.mp3")
    large = SharedFile(path=folder / "large.mp3", media_type="audio/mpeg", saved_as="large.mp3")
    log = DeliveryLog(lambda: 0.0)
    files = SharedFiles(
        documents={"": (HTML, b"<!doctype html>")},
        sounds={"sound/1/run.mp3": shared},
        saved={"save/1/run.mp3": shared, "save/2/gone.mp3": gone, "save/3/large.mp3": large},
    )
    with serve_files(files, log, address="127.0.0.1", port=0) as server:
        yield Place(folder, server, log)
    assert server.fault is None
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", server.server_port))


def test_a_file_is_saved_whole_under_its_title(place: Place) -> None:
    status, headers, body = place.ask("save/1/run.mp3")
    assert (status, headers["Content-Type"], body == BYTES) == (200, "audio/mpeg", True)
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"__n _.mp3\"; filename*=UTF-8''%C3%89%C3%A9n%20%F0%9F%8C%B2.mp3"
    )


def test_a_sound_to_play_is_no_attachment_and_no_delivery(place: Place) -> None:
    before = len(place.log.list_deliveries())
    status, headers, body = place.ask("sound/1/run.mp3")
    assert (status, headers["Content-Disposition"], body == BYTES) == (200, None, True)
    assert len(place.log.list_deliveries()) == before


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_name_is_a_header_of_one_line_in_ascii(name: str) -> None:
    header = to_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


@settings(deadline=None, max_examples=20)
@given(st.integers(0, len(BYTES) - 1), st.integers(1, 400_000))
def test_any_range_is_that_of_the_file(place: Place, start: int, length: int) -> None:
    end = min(len(BYTES), start + length)
    status, headers, body = place.ask("sound/1/run.mp3", Range=f"bytes={start}-{start + length - 1}")
    assert (status, headers["Content-Range"]) == (206, f"bytes {start}-{end - 1}/{len(BYTES)}")
    assert body == BYTES[start:end]


def test_the_end_may_be_asked_for_and_what_is_behind_it_is_refused(place: Place) -> None:
    assert place.ask("save/1/run.mp3", Range="bytes=-100")[2] == BYTES[-100:]
    status, headers, _ = place.ask("save/1/run.mp3", Range=f"bytes={len(BYTES)}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(BYTES)}")


def test_a_head_request_tells_the_size_alone(place: Place) -> None:
    status, headers, body = place.ask("save/1/run.mp3", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(BYTES)), b"")


def test_what_changed_since_a_break_is_sent_whole(place: Place) -> None:
    tag = place.ask("save/1/run.mp3", "HEAD")[1]["ETag"]
    assert place.ask("save/1/run.mp3", Range="bytes=5-9", If_Range=tag)[2] == BYTES[5:10]
    assert place.ask("save/1/run.mp3", Range="bytes=5-9", If_Range='"another"')[2] == BYTES
    os.utime(place.folder / "run.mp3", ns=(1, 1))
    assert place.ask("save/1/run.mp3", Range="bytes=5-9", If_Range=tag)[2] == BYTES


def test_what_a_phone_has_need_not_be_sent_again(place: Place) -> None:
    tag = place.ask("sound/1/run.mp3", "HEAD")[1]["ETag"]
    status, headers, body = place.ask("sound/1/run.mp3", If_None_Match=f'"x", W/{tag}')
    assert (status, headers["ETag"], body) == (304, tag, b"")


def test_a_file_that_is_gone_is_not_found(place: Place) -> None:
    assert place.ask("save/2/gone.mp3")[0] == 404


def test_a_file_that_is_cut_short_meanwhile_ends_the_answer(place: Place) -> None:
    large = place.folder / "large.mp3"
    with large.open("wb") as file:
        file.truncate(1 << 30)  # more than a network takes at once
    with place.connect() as client:
        client.sendall(f"GET {place.base}save/3/large.mp3 HTTP/1.1\r\nHost: {place.address}\r\n\r\n".encode())
        received = len(client.recv(1 << 16))
        os.truncate(large, 1)
        while piece := client.recv(1 << 20):
            received += len(piece)
    assert 0 < received < 1 << 30
    large.unlink()


@pytest.mark.parametrize(
    "path",
    [
        *("secret.txt", "run.mp3", "save/", "save/1/", "sound/1/secret.txt", "save/1/../1/run.mp3", "save//1/run.mp3"),
        *("../secret.txt", "save/1/../../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "save/1/run.mp3%00"),
        *("/etc/passwd", "C:\\Windows", "save\\1\\run.mp3", "SAVE/1/RUN.MP3", "é", "./save/1/run.mp3"),
    ],
)
def test_nothing_else_is_served(place: Place, path: str) -> None:
    answer = place.send_raw(b"GET {base}" + path.encode("latin-1") + b" HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 "), answer[:60]
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("host", [b"evil.example", b"evil.example:80", b"localhost", b"", b"127.0.0.1:1"])
def test_another_host_is_refused(place: Place, host: bytes) -> None:
    assert place.send_raw(b"GET {base} HTTP/1.1\r\nHost: " + host + b"\r\n\r\n").startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("path", [b"/", b"/{half}/", b"/favicon.ico", b"/save/1/run.mp3", b"/%2f{base}"])
def test_without_the_whole_address_there_is_nothing(place: Place, path: bytes) -> None:
    half = path.replace(b"{half}", place.server.token[:-1].encode())
    answer = place.send_raw(b"GET " + half + b" HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert answer.endswith(b"This address is not complete. Scan the code on the computer again.\n")


@pytest.mark.parametrize(
    "smuggled",
    [
        b"Content-Length: 60\r\n",
        b"Content-Length: 0\r\nContent-Length: 60\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding\t: chunked\r\n",
        b"Content-Length: +60\r\n",
        b"Content-Length: 60\r\nContent-Length: 0\r\n",
        b"Content-Length: 0, 60\r\n",
        b"Content-Length: -60\r\n",
        b"Content-Length: -0\r\n",
        b"Content-Length: sixty\r\n",
        b"Content-Length:\r\n",
        b"Content-Length : 60\r\n",
    ],
)
def test_a_request_in_the_body_of_another_is_not_answered(place: Place, smuggled: bytes) -> None:
    inner = b"0\r\n\r\nGET {base}save/1/run.mp3 HTTP/1.1\r\nHost: {host}\r\n\r\n"
    answer = place.send_raw(b"GET {base} HTTP/1.1\r\nHost: {host}\r\n" + smuggled + b"\r\n" + inner)
    head, _, body = answer.partition(b"\r\n\r\n")
    (length,) = (line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: "))
    assert len(body) == int(length.partition(b" ")[2]), answer
    assert head.endswith(b"\r\nConnection: close")


@pytest.mark.parametrize("path", ["", "?a=b", "save/1/run.mp3", "nothing", "/", "../", "http://evil.example/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("host", ["", "Host: evil.example\r\n", "Host: {host}\r\n"])
def test_an_absolute_form_is_answered_as_the_path_of_its_host(place: Place, path: str, method: str, host: str) -> None:
    def answer(target: str, host: str) -> bytes:
        answer = place.send_raw(f"{method} {target} HTTP/1.1\r\n{host}\r\n".encode())
        return re.sub(rb"\r\nDate: [^\r]*", b"", answer)

    own = "Host: {host}\r\n"
    for scheme in ("http", "HTTP"):
        assert answer(f"{scheme}://{{host}}{{base}}{path}", host) == answer(f"{{base}}{path}", own)
    assert answer(f"http://evil.example{{base}}{path}", own).startswith(b"HTTP/1.1 421 ")
    assert answer(f"http://evil.example@{{host}}{{base}}{path}", own).startswith(b"HTTP/1.1 421 ")


def test_a_host_without_a_path_is_the_top(place: Place) -> None:
    for target in (b"http://{host}", b"http://{host}?a", b"http://{host}/"):
        assert place.send_raw(b"GET " + target + b" HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 403 ")


WORD = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORD, min_size=1, max_size=4).filter(any))
@example(["TRACE", "{base}", "HTTP/1.1"])
@example(["FOO", "{base}", "HTTP/1.1"])
@example(["<b>", "{base}<b>", "HTTP/1.1"])
@example(["GET", "{base}"])
@example(["POST", "{base}"])
@example(["GET", "{base}", "HTTP/1"])
@example(["GET", "{base}", "HTTP/2.0"])
@example(["GET", "{base}" + "a" * 66_000, "HTTP/1.1"])
@example(["GET"])
def test_every_request_line_gets_an_answer_with_the_headers_of_all(place: Place, words: list[str]) -> None:
    line = " ".join(words).encode("latin-1")
    answer = place.send_raw(line + b"\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 "), answer[:80]
    for header in (b"X-Content-Type-Options: nosniff", b"Content-Security-Policy: frame-ancestors 'none'"):
        assert head.count(b"\r\n" + header + b"\r\n") == 1
    assert body in {b"", b"<!doctype html>", FileRequestHandler.forbidden}
    assert b"<b>" not in answer


def test_endless_headers_end(place: Place) -> None:
    answer = place.send_raw(b"GET {base} HTTP/1.1\r\nHost: {host}\r\n" + b"A: b\r\n" * 100_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")
    answer = place.send_raw(b"GET /" + b"a" * 1_000_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 414 ")


def is_closed(client: socket.socket) -> bool:
    client.settimeout(0)
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_client_that_dawdles_with_five_hundred_connections_is_cut_off(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [place.connect() for _ in range(500)]
    for client in clients:
        with suppress(OSError):
            client.sendall(b"GET / HTTP/1.1\r\nA: ")
    refused = len(clients) - FileServer.most_of_one
    until(lambda: sum(map(is_closed, clients)) == refused, "the end of all but some connections of one client")
    assert len(place.server.deadlines_s) == FileServer.most_of_one
    monkeypatch.setattr(FileServer, "most_of_one", 1000)  # another phone, as far as the limit goes
    assert place.ask("")[0] == 200
    monkeypatch.undo()
    for connection in tuple(place.server.deadlines_s):
        place.server.deadlines_s[connection] -= 11.0
    until(lambda: not place.server.deadlines_s, "their end")
    for client in clients:
        client.close()
    assert place.ask("")[0] == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only there the whole of 127.0.0.0/8 is this machine")
def test_another_phone_gets_in_while_one_takes_all_that_it_may(place: Place) -> None:
    clients = [place.connect() for _ in range(place.server.most_connections + 10)]
    until(lambda: sum(map(is_closed, clients)) == len(clients) - FileServer.most_of_one, "the end of the others")
    assert place.server.most_connections >= 4 * FileServer.most_of_one
    request = f"GET {place.base} HTTP/1.1\r\nHost: {place.address}\r\nConnection: close\r\n\r\n".encode()
    for source in ("127.0.0.2", "127.0.0.3"):
        with socket.create_connection(("127.0.0.1", place.server.server_port), source_address=(source, 0)) as phone:
            phone.sendall(request)
            assert phone.recv(15) == b"HTTP/1.1 200 OK"
    for client in clients:
        client.close()
    until(lambda: not place.server.deadlines_s, "their end")


def test_curl_resumes_what_was_broken_off(place: Place, tmp_path: Path, tool: Callable[[str], str]) -> None:
    target = tmp_path / "run.mp3"
    target.write_bytes(BYTES[:700_000])
    url = f"http://{place.address}{place.base}save/1/run.mp3"
    subprocess.run([tool("curl"), "-s", "-C", "-", "-o", target, url], check=True)
    assert target.read_bytes() == BYTES


def test_several_phones_get_all_of_it_and_each_is_recorded(place: Place) -> None:
    clients = [place.connect() for _ in range(6)]
    for nth, client in enumerate(clients):
        head = f"GET {place.base}save/1/run.mp3 HTTP/1.1\r\nHost: {place.address}\r\nConnection: close\r\n"
        client.sendall(f"{head}User-Agent: {('iPhone', 'Android')[nth % 2]}\r\n\r\n".encode())
    for client in clients:
        assert b"".join(iter(lambda: client.recv(1 << 16), b"")).partition(b"\r\n\r\n")[2] == BYTES  # noqa: B023 - now
        client.close()
    both = {"iPhone 127.0.0.1", "Android phone 127.0.0.1"}
    until(lambda: both <= {each.phone for each in place.log.list_deliveries() if each.is_complete}, "they have it")
