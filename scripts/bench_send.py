"""Downloads from `coach send`: against a bare socket server, and in memory.

Run with a side and a file, it is the server, which prints its URL, and serves until the end of its input.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench_running import Figure, Workspace

from coach.http.bounded_server import LOOPBACK
from coach.send.deliveries import DeliveryLog
from coach.send.file_server import SharedFile, SharedFiles, serve_files

_SIDES = ("bare", "coach")
CURL = "curl"
_CLIENTS = 4
_SAVED = "save/1/run.mp3"


def downloading(workspace: Workspace) -> Iterator[Figure]:
    """Files of 1 GB, four at once, by curl, the two sides in turns."""
    file = workspace.folder / "run.mp3"
    size_bytes = (100 if workspace.quick else 1000) * 1_000_000
    with file.open("wb") as large:
        large.truncate(size_bytes)
    rates: dict[str, list[float]] = {side: [] for side in _SIDES}
    with ExitStack() as stack:
        servers = {side: stack.enter_context(_serve(side, file)) for side in _SIDES}
        urls = {side: _read_line(server) for side, server in servers.items()}
        before_mb = _measure_peak_mb(servers["coach"])
        for turn in range(2 * workspace.rounds + 1):
            for side in _SIDES[:: 1 if turn % 2 else -1]:
                rates[side].append(_CLIENTS * size_bytes / 1e6 / _download(urls[side]))
        grown_mb = _measure_peak_mb(servers["coach"]) - before_mb
        for server in servers.values():
            server.communicate()
    bare, ours = (median(rates[side]) for side in _SIDES)
    yield Figure(
        name="four downloads of 1 GB at once, against os.sendfile alone",
        goal="at least 0.9 x as fast",
        figure=f"{ours / bare:.2f} x ({ours:.0f} MB/s against {bare:.0f})",
        holds=ours >= 0.9 * bare,
    )
    yield Figure(
        name="memory of the server for these downloads",
        goal="at most 10 MB more than before",
        figure=f"{grown_mb:+.1f} MB",
        holds=grown_mb <= 10.0,  # noqa: PLR2004 - the goal
    )


def _serve(side: str, file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, side, str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _read_line(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None  # noqa: S101 - a pipe was asked for
    return server.stdout.readline().strip()


def _measure_peak_mb(server: subprocess.Popen[str]) -> float:
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def _download(url: str) -> float:
    """The seconds until all clients have it."""
    start_s = time.perf_counter()
    clients = [subprocess.Popen([CURL, "-s", "-f", "-o", os.devnull, url]) for _ in range(_CLIENTS)]
    if sum(client.wait() for client in clients):
        raise SystemExit(f"a download failed: {url}")
    return time.perf_counter() - start_s


def _run_bare(file: Path) -> None:
    """Serve a file to whoever connects, whatever is asked for."""
    server = socket.create_server((LOOPBACK, 0))
    print(f"http://{LOOPBACK}:{server.getsockname()[1]}/", flush=True)

    def accept() -> None:
        while True:
            threading.Thread(target=_send_bare, args=(server.accept()[0], file), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


def _send_bare(client: socket.socket, path: Path) -> None:
    with client, path.open("rb") as file:
        client.recv(1 << 16)
        size_bytes = path.stat().st_size
        client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size_bytes}\r\nConnection: close\r\n\r\n".encode())
        start = 0
        while sent := os.sendfile(client.fileno(), file.fileno(), start, size_bytes - start):
            start += sent


def _run_coach(file: Path) -> None:
    shared = SharedFile(path=file, media_type="audio/mpeg", saved_as=file.name)
    files = SharedFiles(documents={}, sounds={}, saved={_SAVED: shared})
    with serve_files(files, DeliveryLog(time.monotonic), address=LOOPBACK, port=0) as server:
        print(f"{server.url}{_SAVED}", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    {"bare": _run_bare, "coach": _run_coach}[sys.argv[1]](Path(sys.argv[2]))
