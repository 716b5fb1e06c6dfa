"""Installation of Kokoro's model: from a server or a folder, verified, and found from then on."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from coach_process import Ran

from coach.errors import ExternalError, UsageError
from coach.voices import registry
from coach.voices.engines import kokoro, kokoro_model
from coach.voices.engines.kokoro import Kokoro
from coach.voices.engines.piper_models import FileFacts
from coach.voices.kokoro_install import add_model, remove_model
from coach.voices.piper_install import open_source

Coach = Callable[..., Ran]
MODEL = b"\x08a model" * 30_000
NAME = kokoro_model.read_model_name()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Nothing."""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without the wheels, for which a small file is the model."""
    facts = FileFacts(size_bytes=len(MODEL), sha256=hashlib.sha256(MODEL).hexdigest())
    monkeypatch.delenv(kokoro_model.FOLDER_VARIABLE)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(kokoro_model, "_WHEELS", ("no_such_wheel",))
    for module in ("coach.voices.engines.kokoro_model", "coach.voices.kokoro_install", "coach.commands.voices"):
        monkeypatch.setattr(f"{module}.read_model_facts", lambda: facts)
    registry.load_voice.cache_clear()
    return tmp_path / "data"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / NAME).write_bytes(MODEL)
    return folder


@pytest.fixture
def address(place: Path) -> Iterator[str]:
    """A server of ours that has the model."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def list_files(data: Path) -> list[str]:
    return sorted(file.name for file in (data / "voices" / "kokoro").iterdir() if file.name != ".lock")


def test_a_download_is_verified_and_speaks_from_then_on(coach: Coach, data: Path, address: str) -> None:
    assert Kokoro.list_available() == ()
    assert coach("voices", "add", "kokoro", "--from", address) == Ran(
        code=0,
        out="kokoro: installed (0 MB, checked by SHA-256)\nlicence: Apache-2.0\n"
        "hear it with: coach voices hear kokoro\n",
        err="",
    )
    assert list_files(data) == [NAME]
    assert kokoro_model.read_model() == MODEL
    assert registry.find_default("nl") == registry.find_voice("kokoro:vrouw", "nl")
    again = coach("voices", "add", "kokoro")
    assert again.out == "kokoro is already installed; hear it with: coach voices hear kokoro\n"
    assert coach("voices", "remove", "kokoro") == Ran(code=0, out="kokoro: removed (0 MB are free again)\n", err="")
    assert (list_files(data), Kokoro.list_available()) == ([], ())


def test_a_folder_will_do_too(place: Path, data: Path) -> None:
    received: list[int] = []
    assert add_model(open_source(str(place), ""), received.append) == data / "voices" / "kokoro" / NAME
    assert received[-1] == len(MODEL)
    assert Kokoro.list_available()


def test_what_is_not_the_model_is_not_kept(place: Path) -> None:
    (place / NAME).write_bytes(MODEL[:-1] + b"!")
    with pytest.raises(ExternalError) as caught:
        add_model(open_source(str(place), ""), lambda _count: None)
    assert caught.value.message == f"{place / NAME} is not the expected {NAME}: its SHA-256 differs"
    assert Kokoro.list_available() == ()


def test_what_is_left_of_a_broken_download_goes_on_or_is_removed(data: Path, place: Path) -> None:
    part = data / "voices" / "kokoro" / ".part" / NAME
    part.parent.mkdir(parents=True)
    part.write_bytes(MODEL[:1_000])
    assert remove_model() == 1_000
    assert list_files(data) == []
    part.parent.mkdir(parents=True)
    part.write_bytes(b"another")
    assert add_model(open_source(str(place), ""), lambda _count: None).read_bytes() == MODEL
    assert list_files(data) == [NAME]


def test_what_was_not_added_cannot_be_removed() -> None:
    with pytest.raises(UsageError, match="no model of kokoro was added"):
        remove_model()


def test_without_onnxruntime_nothing_is_downloaded(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.commands.voices.find_spec", lambda _name: None)
    assert coach("voices", "add", "kokoro").err.startswith(
        "error: the voice kokoro needs the package onnxruntime, which is not installed\n"
    )


def test_where_it_is_not_the_list_says_so_and_how_to_get_it(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "list_preferred", {"en": ("hibari",), "nl": ("kokoro", "espeak")}.get)
    said = " ".join(coach("voices").out.split())
    assert "kokoro's model is not installed; download it (0 MB) with: coach voices add kokoro" in said
    assert said.count("coach voices add kokoro") == 1
    monkeypatch.setattr(kokoro, "find_spec", lambda _name: None)
    assert "kokoro needs the package onnxruntime, which some systems lack" in " ".join(coach("voices").out.split())
