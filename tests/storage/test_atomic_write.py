import contextlib
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import ExternalError
from coach.storage.atomic_write import remove_stale_files, write_atomically, write_text

FREE_SPACE = "free some space, or write to another disk"
OTHER_FOLDER = "write to a folder of your own"


def refusal(target: Path, text: str = "new") -> ExternalError:
    with pytest.raises(ExternalError) as caught:
        write_text(target, text)
    return caught.value


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "run.lrc"
    with write_atomically(target) as unfinished:
        unfinished.write_text("new")
        assert not target.exists()
        assert (unfinished.parent, unfinished.name[0]) == (tmp_path, ".")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    write_text(tmp_path / "run.lrc", "new")
    (tmp_path / "other").touch()
    assert (tmp_path / "run.lrc").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_file_already_there_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "run.lrc"
    target.write_text("old")
    write_text(target, "né\n")
    assert target.read_bytes() == "né\n".encode()


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "run.lrc", tmp_path / "link.lrc"
    target.write_text("old")
    link.symlink_to(target)
    write_text(link, "new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_on_any_failure_the_old_file_stays_and_nothing_else(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "run.lrc"
    target.write_text("old")
    with pytest.raises(failure), write_atomically(target) as unfinished:  # noqa: PT012 - the failure comes after the writing
        unfinished.write_text("half")
        raise failure
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_reported_and_leaves_the_old_file(tiny_disk: Path) -> None:
    target = tiny_disk / "run.lrc"
    target.write_text("old")
    error = refusal(target, "x" * 100_000)
    assert (error.message, error.help) == (f"cannot write {target}: the disk is full", FREE_SPACE)
    assert target.read_text() == "old"
    assert list(tiny_disk.iterdir()) == [target]


@contextlib.contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")  # Windows has no limits of this kind
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_file_that_grows_too_large_is_reported(tmp_path: Path) -> None:
    target = tmp_path / "run.lrc"
    with files_of_at_most(1000):
        error = refusal(target, "x" * 5000)
    assert error.message == f"cannot write {target}: the file is larger than is allowed here"
    assert error.help == "write to another disk, or at a lower bit rate"
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_folder_is_reported(read_only_folder: Path) -> None:
    target = read_only_folder / "run.lrc"
    error = refusal(target)
    assert error.message in {
        f"cannot write {target}: the disk is read-only",
        f"cannot write {target}: permission denied",
    }
    assert error.help == OTHER_FOLDER


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    target = tmp_path / "none" / "run.lrc"
    error = refusal(target)
    assert error.message == f"cannot write {target}: its folder does not exist"
    assert error.help == "make the folder first, or correct its name"


def test_a_file_in_place_of_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "notes").touch()
    target = tmp_path / "notes" / "run.lrc"
    error = refusal(target)
    assert error.message == f"cannot write {target}: part of its path is a file, not a folder"
    assert error.help == "correct the path"


def test_a_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert (error.message, error.help) == (f"cannot write {tmp_path}: it is a folder", "give a file name inside it")


def test_the_path_is_said_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(Path("none/run.lrc")).message == "cannot write none/run.lrc: its folder does not exist"


def test_a_name_that_is_too_long_is_said_before_any_work(tmp_path: Path) -> None:
    target = tmp_path / ("r" * 252 + ".lrc")
    with pytest.raises(ExternalError) as caught, write_atomically(target):
        pytest.fail("the work began")
    assert caught.value.message == f"cannot write {target}: the name is too long"


def test_the_longest_possible_name_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("r" * 251 + ".lrc")
    write_text(target, "new")
    assert target.read_text() == "new"


def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    error = refusal(pipe)
    assert error.message == f"cannot write {pipe}: it is a device, not a file"
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    "error",
    [FileNotFoundError(errno.ENOENT, "No such file", "bell.wav"), BrokenPipeError(errno.EPIPE, "Broken pipe")],
)
def test_the_failure_of_another_file_is_left_as_it_is(tmp_path: Path, error: OSError) -> None:
    with pytest.raises(OSError, match=error.strerror) as caught, write_atomically(tmp_path / "run.lrc"):
        raise error
    assert caught.value is error
    assert list(tmp_path.iterdir()) == []


HALF_A_WRITE = """
import sys
from pathlib import Path
from coach.storage.atomic_write import write_atomically
with write_atomically(Path(sys.argv[1])) as unfinished:
    unfinished.write_text("half")
    print(unfinished.name, flush=True)
    sys.stdin.read()
"""


def killed_while_writing(target: Path) -> Path:
    """What a process leaves that is killed between its first byte and its last."""
    command = [sys.executable, "-c", HALF_A_WRITE, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
    return target.with_name(name)


def test_a_kill_leaves_the_old_file_and_the_next_write_sweeps(tmp_path: Path) -> None:
    target = tmp_path / "run.lrc"
    target.write_text("old")
    left = killed_while_writing(target)
    assert target.read_text() == "old"
    assert left.read_text() == "half"
    write_text(tmp_path / "other.lrc", "new")
    assert sorted(tmp_path.iterdir()) == [tmp_path / "other.lrc", target]


def test_only_leftovers_of_the_dead_are_swept(tmp_path: Path) -> None:
    kept = [
        f".coach-{os.getpid()}-0123abcd.part",
        ".coach-1-0123abcd.part",
        ".coach-99999999-notours.part",
        "coach-99999999-0123abcd.part",
    ]
    for name in [*kept, ".coach-99999999-0123abcd.part", f".coach-{10**30}-0123abcd.part"]:
        (tmp_path / name).touch()
    remove_stale_files(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
