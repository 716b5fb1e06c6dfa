"""HTTP server: the page, its events, ranges of its sound, and nothing else."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np
import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ
from hypothesis import given, settings
from hypothesis import strategies as st
from pulse_server import until

from coach.audio.mixer import Mixer
from coach.charts.html_page import make_page_contents
from coach.errors import ExternalError
from coach.http.bounded_server import is_host_of, make_token
from coach.sounds.clip import Samples
from coach.timeline.timeline import BedName
from coach.watch import server
from coach.watch.publisher import NEVER, LiveState
from coach.watch.server import ServedContent, Server, recall_token, serve
from coach.watch.virtual_wav import SoundVersions, VirtualWav

RUN = """\
coach: 1
title: A run
language: en
blocks: [free: {lasts: 20s, ticks: on, say: [{at: 3s, text: one two three}]}]
"""
FORBIDDEN = "This page belongs to the user who started 'coach watch'. Open the whole address that it printed.\n"
PROBLEM = {"severity": "error", "code": "x", "message": "no", "help": "", "file": "", "line": 0, "column": 0}


class Place:
    """A server with one sound of twenty seconds."""

    def __init__(self, server: Server, content: ServedContent, timeline: Any) -> None:
        self.server, self.content = server, content
        self.address = f"127.0.0.1:{server.server_port}"
        self.base = f"/{content.token}/"
        self.sound = VirtualWav(mixer=Mixer(timeline, BANK, RATE_HZ), gain_db=0.5, heard="it")
        self.sound_url = f"sound/{content.versions.put(self.sound)}.wav"
        self.path = self.base + self.sound_url
        self.whole = b"".join(self.sound.read(0, self.sound.size_bytes))
        self.contents = make_page_contents(timeline, sound=self.sound_url)
        content.live_state.show(self.contents)

    def asked(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
        """What a client gets."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(f"http://{self.address}{path}", method=method, headers=named)
        try:
            with urlopen(request) as answer:  # noqa: S310 - the same
                return answer.status, answer.headers, answer.read()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.headers, refusal.read()

    def heard(self, wanted: str) -> tuple[int, str | None, bytes]:
        """A range of the sound."""
        status, headers, body = self.asked(self.path, Range=wanted)
        assert headers["Content-Length"] == str(len(body))
        return status, headers["Content-Range"], body


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    content = ServedContent(live_state=LiveState(), versions=SoundVersions())
    timeline = session_texts.timeline(tmp_path_factory.mktemp("site"), RUN)
    with serve(content, 0) as server:
        yield Place(server, content, timeline)
    assert server.fault is None


class Listener:
    """A client that reads the events."""

    def __init__(self, place: Place, path: str = "events", **headers: str) -> None:
        self._connection = http.client.HTTPConnection(place.address)
        self._connection.request(
            "GET", place.base + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        self.answer = self._connection.getresponse()

    def line(self) -> str:
        return self.answer.readline().decode().rstrip("\n")

    def event(self) -> tuple[str, Any]:
        """The next event: its mark and its message."""
        lines = iter(self.line, "")
        fields = dict(line.split(": ", 1) for line in lines)
        if "data" not in fields:
            return self.event()
        return fields["id"], json.loads(fields["data"])

    def leave(self) -> None:
        self._connection.close()


def test_the_whole_sound_is_a_wav(place: Place) -> None:
    status, headers, body = place.asked(place.path)
    assert (status, headers["Content-Type"], headers["Accept-Ranges"]) == (200, "audio/wav", "bytes")
    assert body == place.whole


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_range_is_that_of_the_whole(place: Place, data: st.DataObject) -> None:
    size = len(place.whole)
    first = data.draw(st.integers(0, size - 1), "first")
    last = data.draw(st.integers(first, min(size - 1, first + 300_000)), "last")
    wanted = place.whole[first : last + 1]
    assert place.heard(f"bytes={first}-{last}") == (206, f"bytes {first}-{last}/{size}", wanted)


def test_a_range_may_be_open_or_of_the_end(place: Place) -> None:
    size = len(place.whole)
    assert place.heard(f"bytes={size - 5}-") == (206, f"bytes {size - 5}-{size - 1}/{size}", place.whole[-5:])
    assert place.heard("bytes=-7") == (206, f"bytes {size - 7}-{size - 1}/{size}", place.whole[-7:])
    assert place.heard(f"bytes=0-{10 * size}") == (206, f"bytes 0-{size - 1}/{size}", place.whole)


def test_an_unsatisfiable_range_is_refused_with_the_size(place: Place) -> None:
    size = len(place.whole)
    assert place.heard(f"bytes={size}-") == (416, f"bytes */{size}", b"")


def test_an_invalid_range_gets_the_whole(place: Place) -> None:
    assert place.heard("bytes=9-1") == (200, None, place.whole)
    assert place.heard("bytes=0-1,4-5") == (200, None, place.whole)


def test_an_if_range_of_another_version_gets_the_whole(place: Place) -> None:
    tag = place.asked(place.path, "HEAD")[1]["ETag"]
    assert len(place.asked(place.path, Range="bytes=0-9", If_Range=tag)[2]) == 10
    assert place.asked(place.path, Range="bytes=0-9", If_Range='"another"')[2] == place.whole


def test_a_head_request_gets_no_body(place: Place) -> None:
    status, headers, body = place.asked(place.path, "HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(place.whole)), b"")
    status, headers, body = place.asked(place.path, "HEAD", Range="bytes=5-8")
    assert (status, headers["Content-Length"], headers["Content-Range"]) == (206, "4", f"bytes 5-8/{len(place.whole)}")


def test_one_connection_serves_many_ranges(place: Place) -> None:
    connection = http.client.HTTPConnection(place.address)
    for first in (0, 1_000_000, 44, 500_001):
        connection.request("GET", place.path, headers={"Range": f"bytes={first}-{first + 999}"})
        assert connection.getresponse().read() == place.whole[first : first + 1000]
    connection.close()


def test_the_position_read_is_recorded(place: Place) -> None:
    place.heard(f"bytes={44 + 4 * 5 * RATE_HZ}-{43 + 4 * 6 * RATE_HZ}")
    until(lambda: place.content.versions.heard_until_s == 6.0, "it was taken to its end")


def connect(place: Place) -> socket.socket:
    host, _, port = place.address.partition(":")
    return socket.create_connection((host, int(port)))


def test_a_client_that_disconnects_is_no_error(place: Place) -> None:
    with connect(place) as client:
        client.sendall(f"GET {place.path} HTTP/1.1\r\nHost: {place.address}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert place.heard("bytes=0-3")[2] == b"RIFF"
    assert place.server.fault is None


@pytest.mark.parametrize(
    "path",
    ["sound/", "sound/0-1.wav", "sound/../../etc/passwd", "%2e%2e/etc/passwd", "etc/passwd", "events/", "/", "/events"],
)
def test_any_other_path_is_not_found(place: Place, path: str) -> None:
    status, _, body = place.asked(place.base + path)
    assert (status, body) == (404, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/{other}/", "/{part}/", "/{token}x/", "/é/", "/?{token}", "?/{token}/"])
@pytest.mark.parametrize("then", ["", "events", "{sound}", "nothing"])
def test_nothing_is_shown_without_the_token(place: Place, path: str, method: str, then: str) -> None:
    token = place.content.token
    other = path.format(token=token, part=token[:-1], other=make_token()) + then.format(sound=place.sound_url)
    with connect(place) as client:
        client.sendall(f"{method} {other} HTTP/1.1\r\nHost: {place.address}\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: client.recv(1 << 16), b"")).decode().partition("\r\n\r\n")
    assert head.splitlines()[0] == "HTTP/1.1 403 Forbidden"
    assert token not in head + body
    assert body == ("" if method == "HEAD" else FORBIDDEN)


def test_the_address_without_its_last_slash_leads_to_the_page(place: Place) -> None:
    status, _, body = place.asked(place.base.rstrip("/"))
    assert (status, body) == (200, place.asked(place.base)[2])


def test_each_run_has_another_token(place: Place) -> None:
    assert place.server.url == f"http://{place.address}{place.base}"
    assert len({make_token() for _ in range(100)}) == 100
    assert all(re.fullmatch(r"[\w-]{32}", make_token(), re.ASCII) for _ in range(100))


def test_the_token_of_a_fixed_port_is_kept_where_only_its_owner_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "own" / "watch-token"
    monkeypatch.setenv("COACH_DATA_DIR", str(kept.parent))
    token = recall_token()
    assert (recall_token(), kept.read_text(), kept.stat().st_mode & 0o777) == (token, token, 0o600)
    for broken in (b"", b"short", b"\xff" * 32, token.encode() + b"\n"):
        kept.write_bytes(broken)
        assert recall_token() != token
    kept.write_text(token)
    kept.chmod(0o644)
    assert token not in {recall_token(), recall_token()}
    kept.unlink()
    kept.mkdir()
    assert recall_token() != recall_token()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be another user")
def test_another_user_of_the_computer_gets_nothing_even_with_the_token(place: Place) -> None:
    host, _, port = place.address.partition(":")
    request = f"GET {place.base} HTTP/1.1\r\nHost: {place.address}\r\n\r\n"
    program = (
        "import os, socket, sys\n"
        "os.setuid(int(sys.argv[1]))\n"
        "client = socket.socket()\n"
        "try:\n"
        f"    client.connect(({host.encode()!r}, {port}))\n"
        f"    client.sendall({request.encode()!r})\n"
        "    print(client.recv(100))\n"
        "except ConnectionError:\n"
        "    print(b'')\n"
    )
    command = [sys.executable, "-I", "-c", program]
    read = [
        subprocess.run([*command, user], capture_output=True, text=True, check=True).stdout for user in ("65534", "0")
    ]
    assert (read[0], read[1][:17]) == ("b''\n", "b'HTTP/1.1 200 OK")


def test_a_system_that_lists_no_connections_is_no_obstacle(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_CONNECTIONS", Path("/nowhere"))
    assert place.asked(place.base)[0] == 200


def read_all(client: socket.socket) -> bytes:
    return b"".join(iter(lambda: client.recv(65_536), b""))


@pytest.mark.parametrize("header", ["Content-Length: {}", "Transfer-Encoding: chunked\r\nX: {}", "Content-Length: +{}"])
def test_a_body_is_never_answered_as_a_request(place: Place, header: str) -> None:
    body = f"GET {place.base} HTTP/1.1\r\nHost: {place.address}\r\n\r\n"
    with connect(place) as client:
        client.sendall(
            f"HEAD {place.base} HTTP/1.1\r\nHost: {place.address}\r\n{header.format(len(body))}\r\n\r\n{body}".encode()
        )
        answer = read_all(client)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"\r\nConnection: close\r\n" in answer


def test_two_host_names_are_refused(place: Place) -> None:
    with connect(place) as client:
        client.sendall(f"GET {place.base} HTTP/1.1\r\nHost: {place.address}\r\nHost: evil.example\r\n\r\n".encode())
        assert read_all(client).startswith(b"HTTP/1.1 400 ")


def test_connections_without_a_request_are_limited_in_number_and_time(place: Place) -> None:
    clients = [connect(place) for _ in range(80)]
    for client in clients:
        with suppress(OSError):
            client.sendall(b"GET / HTTP/1.1\r\nHost: ")
    until(lambda: len(place.server.deadlines_s) == 64, "the connections")
    for connection in tuple(place.server.deadlines_s):
        place.server.deadlines_s[connection] -= 11.0
    until(lambda: not place.server.deadlines_s, "their end")
    for client in clients:
        client.close()
    assert place.heard("bytes=0-3")[2] == b"RIFF"


def test_fifty_clients_at_once_are_all_answered(place: Place) -> None:
    clients = [connect(place) for _ in range(50)]
    for client in clients:
        client.sendall(f"HEAD {place.base} HTTP/1.1\r\nHost: {place.address}\r\n\r\n".encode())
    assert {client.recv(15) for client in clients} == {b"HTTP/1.1 200 OK"}
    for client in clients:
        client.close()
    assert place.server.request_queue_size >= len(clients)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET http://[ HTTP/1.1\r\nHost: {address}\r\n\r\n",
        b"GET /{token}/events?since=a.1&since=%ff HTTP/1.1\r\nHost: {address}\r\nLast-Event-ID: \xff\xfe.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: {address}\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"Many: headers\r\n" * 200 + b"\r\n",
        b"GET /" + b"long" * 20_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_no_malformed_request_harms_the_server(place: Place, request_: bytes) -> None:
    with connect(place) as client:
        client.sendall(
            request_.replace(b"{address}", place.address.encode()).replace(b"{token}", place.content.token.encode())
        )
        assert client.recv(10) != b"Traceback"
    assert place.heard("bytes=0-3")[2] == b"RIFF"
    assert place.server.fault is None


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "localhost:1"])
@pytest.mark.parametrize("path", ["", "events", "sound"])
def test_another_host_name_is_refused(place: Place, host: str, path: str) -> None:
    status, _, body = place.asked(place.base + path, Host=host.format(port=place.server.server_port))
    assert (status, body) == (421, b"")


def test_localhost_is_accepted(place: Place) -> None:
    assert place.asked(place.base, Host=f"localhost:{place.server.server_port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(place: Place, method: str) -> None:
    status, headers, _ = place.asked(place.base, method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["", "{sound}", "nothing", "/"])
def test_every_answer_has_the_security_headers(place: Place, path: str) -> None:
    _, headers, _ = place.asked(place.base + path.format(sound=place.sound_url), "HEAD")
    said = {name: headers[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")}
    assert said == {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
    assert (headers["Content-Security-Policy"], headers["Cache-Control"]) == ("frame-ancestors 'none'", "no-store")
    assert headers["Access-Control-Allow-Origin"] is None
    assert headers["Server"] == "coach"


def test_the_page_holds_the_session_and_asks_for_what_comes_after_it(place: Place) -> None:
    status, headers, body = place.asked(place.base)
    number, _ = place.content.live_state.get_latest()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert json.dumps(place.sound_url) in body.decode()
    assert f"events?since={place.content.to_event_id(number)}" in body.decode()


def test_a_page_without_an_event_id_gets_the_whole_and_then_the_changes(place: Place) -> None:
    listener = Listener(place)
    assert listener.answer.headers["Content-Type"] == "text/event-stream"
    assert listener.line() == "retry: 1000"
    assert listener.event()[1] == place.contents
    place.content.live_state.set_problems([PROBLEM])
    event_id, result = listener.event()
    assert result == {"problems": [PROBLEM]}
    place.content.live_state.show(place.contents)
    late = Listener(place, Last_Event_ID=event_id)
    assert listener.event() == late.event()
    listener.leave()
    late.leave()


def test_several_pages_get_the_same_events(place: Place) -> None:
    number, _ = place.content.live_state.get_latest()
    listeners = [Listener(place, f"events?since={place.content.to_event_id(number)}") for _ in range(3)]
    place.content.live_state.set_problems([PROBLEM])
    result = [listener.event() for listener in listeners]
    assert result == [(place.content.to_event_id(number + 1), {"problems": [PROBLEM]})] * 3
    place.content.live_state.show(place.contents)
    for listener in listeners:
        listener.leave()


def test_a_heartbeat_is_sent_while_nothing_changes(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEARTBEAT_S", 0.01)
    number, _ = place.content.live_state.get_latest()
    listener = Listener(place, f"events?since={place.content.to_event_id(number)}")
    assert [listener.line() for _ in range(4)] == ["retry: 1000", "", ": heartbeat", ""]
    listener.leave()


def test_a_port_in_use_is_an_error_with_help(place: Place) -> None:
    with pytest.raises(ExternalError) as caught, serve(place.content, place.server.server_port):
        pass
    port = place.server.server_port
    assert caught.value.message == f"could not listen at port {port} of this machine: another program uses it"
    assert caught.value.help == "leave out --port, or choose another from 1024 on"


class Failing:
    """A bed that fails unexpectedly."""

    def render(self, start_frame: int, frames: int) -> Samples:
        if start_frame:
            raise ZeroDivisionError
        return np.zeros((frames, 2), np.float32)


def test_an_unexpected_error_is_kept(tmp_path: Path) -> None:
    class Bank:
        get_sound = BANK.get_sound

        def get_bed(self, name: BedName) -> Failing:
            assert name
            return Failing()

    content = ServedContent(live_state=LiveState(), versions=SoundVersions())
    mixer = Mixer(session_texts.timeline(tmp_path, RUN), Bank(), RATE_HZ)
    name = content.versions.put(VirtualWav(mixer=mixer, gain_db=0.0, heard="it"))
    with serve(content, 0) as server:
        connection = http.client.HTTPConnection(f"127.0.0.1:{server.server_port}")
        connection.request("GET", f"/{content.token}/sound/{name}.wav")
        with pytest.raises(http.client.IncompleteRead):
            connection.getresponse().read()
        connection.close()
        until(lambda: isinstance(server.fault, ZeroDivisionError), "the fault is known")


@pytest.fixture
def content() -> ServedContent:
    return ServedContent(live_state=LiveState(), versions=SoundVersions())


@pytest.mark.parametrize(
    ("host", "port", "is_ours"),
    [
        ("127.0.0.1:8123", 8123, True),
        ("localhost:8123", 8123, True),
        ("localhost:8124", 8123, False),
        ("localhost", 8123, False),
        ("localhost", 80, True),
        ("evil.example:8123", 8123, False),
        ("127.0.0.1.evil.example:8123", 8123, False),
        ("", 8123, False),
        (None, 8123, False),
    ],
)
def test_only_the_names_of_this_machine_are_accepted(
    host: str | None,
    port: int,
    is_ours: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_host_of(host, "127.0.0.1", port) is is_ours


def test_an_event_id_gives_its_number(content: ServedContent) -> None:
    assert content.parse_event_id(content.to_event_id(7)) == 7


@pytest.mark.parametrize("event_id", ["", "7", "0.7", "..", "<script>"])
def test_an_invalid_event_id_means_nothing_seen(content: ServedContent, event_id: str) -> None:
    assert content.parse_event_id(event_id) == NEVER


def test_an_event_id_of_another_run_means_nothing_seen(content: ServedContent) -> None:
    assert (
        content.parse_event_id(ServedContent(live_state=LiveState(), versions=SoundVersions()).to_event_id(7)) == NEVER
    )
