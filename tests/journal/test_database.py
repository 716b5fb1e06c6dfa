"""Database of the diary: nothing in it is lost, and no other file is changed."""

import errno
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
import run_records

from coach.errors import ExternalError
from coach.journal import database
from coach.journal.diary import Diary

ASIDE = "move it to another folder, with the files whose names begin with its name; then a new one is created"
ELSEWHERE = "name a folder of your own in COACH_DATA_DIR"


def refusal(diary: Diary) -> tuple[str, str]:
    """What both writing and reading say, which is the same."""
    errors = []
    for use in (lambda: diary.keep(run_records.run(20)), diary.read_runs):
        with pytest.raises(ExternalError) as caught:
            use()
        errors.append((caught.value.message, caught.value.help))
    assert errors[0] == errors[1]
    return errors[0]


def change(diary: Diary, statement: str) -> None:
    with closing(sqlite3.connect(diary.path, isolation_level=None)) as connection:
        connection.execute(statement)


def a_week_of(diary: Diary) -> None:
    for day in range(16, 23):
        diary.keep(run_records.run(day, lighter="Everything. " * 100))


def test_a_newer_diary_is_left_as_it_is(diary: Diary) -> None:
    diary.keep(run_records.run())
    change(diary, f"PRAGMA user_version = {len(database.STEPS) + 1}")
    before = diary.path.read_bytes()
    assert refusal(diary) == (
        f"the diary {diary.path} was written by a newer coach, and was left as it is",
        "update the coach",
    )
    assert diary.path.read_bytes() == before


@pytest.mark.parametrize("application", [0, 0x0F055112])
def test_another_programs_file_is_left_as_it_is(diary: Diary, application: int) -> None:
    diary.path.parent.mkdir()
    change(diary, "CREATE TABLE bookmarks (url TEXT)")
    change(diary, f"PRAGMA application_id = {application}")
    before = diary.path.read_bytes()
    assert refusal(diary) == (f"{diary.path} is not a diary of the coach, and was left as it is", ASIDE)
    assert diary.path.read_bytes() == before


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a letter": lambda _whole: b"Dear diary,\n" * 400,
    "zeros": lambda whole: bytes(len(whole)),
    "cut short": lambda whole: whole[: len(whole) // 2],
    "cut within a page": lambda whole: whole[: len(whole) - 1000],
    "a page overwritten": lambda whole: whole[:4096] + b"\xa5" * 4096 + whole[8192:],
    "the last page zeroed": lambda whole: whole[:-4096] + bytes(4096),
    "a day that never was": lambda whole: whole.replace(b"2026-11-18T", b"2026-31-18T"),
    "not UTF-8": lambda whole: whole.replace(b"2026-11-18T", b"2026-11\xff18T"),
    "an unknown need": lambda whole: whole[:4096] + whole[4096:].replace(b"rhythm", b"rhytmm"),
    "another table": lambda whole: whole.replace(b"TABLE run", b"TABLE ran"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_diary_is_left_as_it_is(diary: Diary, damage: Callable[[bytes], bytes]) -> None:
    a_week_of(diary)
    damaged = damage(diary.path.read_bytes())
    diary.path.write_bytes(damaged)
    assert refusal(diary) == (f"the diary {diary.path} is damaged, and was left as it is", ASIDE)
    assert diary.path.read_bytes() == damaged


@pytest.mark.parametrize("eighth", range(8))
def test_wherever_a_diary_is_damaged_it_is_read_right_or_refused(diary: Diary, eighth: int) -> None:
    a_week_of(diary)
    whole, runs = diary.path.read_bytes(), diary.read_runs()
    at = len(whole) * eighth // 8 + 40
    damaged = whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 64]) + whole[at + 64 :]
    diary.path.write_bytes(damaged)
    try:
        read = diary.read_runs()
    except ExternalError:
        assert diary.path.read_bytes() == damaged
    else:
        assert [run.started_at for run in read] == [run.started_at for run in runs]


def test_the_first_letter_of_something_is_no_diary(diary: Diary) -> None:
    diary.path.parent.mkdir()
    diary.path.write_bytes(b"S")
    assert refusal(diary) == (f"{diary.path} is not a diary of the coach, and was left as it is", ASIDE)
    assert diary.path.read_bytes() == b"S"


def test_a_diary_that_was_moved_aside_is_followed_by_a_new_one(diary: Diary) -> None:
    diary.keep(run_records.run(16))
    diary.path.rename(diary.path.with_name("old.sqlite3"))
    diary.keep(run_records.run(17))
    assert diary.read_runs() == (run_records.run(17),)
    assert Diary(path=diary.path.with_name("old.sqlite3")).read_runs() == (run_records.run(16),)


def test_an_older_diary_takes_the_steps_it_lacks(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    diary.keep(run_records.run())
    monkeypatch.setattr(database, "STEPS", (*database.STEPS, ("CREATE TABLE shoe (name TEXT)",)))
    monkeypatch.setattr("coach.journal.database.STEPS", database.STEPS)
    assert diary.read_runs() == (run_records.run(),)
    with closing(sqlite3.connect(diary.path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [
            ("run",),
            ("shoe",),
        ]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_step_that_fails_is_not_half_taken(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    diary.keep(run_records.run())
    steps = (*database.STEPS, ("CREATE TABLE shoe (name TEXT)", "CREATE TABLE shoe (name TEXT)"))
    with monkeypatch.context() as newer:
        newer.setattr("coach.journal.database.STEPS", steps)
        assert refusal(diary) == (
            f"cannot use the diary {diary.path}: table shoe already exists",
            "try again; if it stays, keep a copy of the file, and report it",
        )
    assert diary.read_runs() == (run_records.run(),)


def test_while_another_coach_writes_a_second_waits_and_then_says_so(diary: Diary) -> None:
    diary.keep(run_records.run(16))
    with closing(sqlite3.connect(diary.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ExternalError) as caught:
            diary.keep(run_records.run(17))
        assert diary.read_runs() == (run_records.run(16),)
        other.execute("COMMIT")
    assert (caught.value.message, caught.value.help) == (
        f"cannot use the diary {diary.path}: another coach process is writing to it",
        "wait until it is done, and try again",
    )
    diary.keep(run_records.run(17))
    assert diary.read_runs() == (run_records.run(17), run_records.run(16))


def test_many_coaches_that_begin_a_diary_at_once_lose_nothing(diary: Diary) -> None:
    patient = Diary(path=diary.path, patience_s=60.0)
    together = threading.Barrier(6)

    def write(coach: int) -> None:
        together.wait()
        for minute in range(5):
            patient.keep(run_records.run(16, coach, minute))

    coaches = [threading.Thread(target=write, args=(coach,)) for coach in range(6)]
    for coach in coaches:
        coach.start()
    for coach in coaches:
        coach.join()
    expected = [run_records.run(16, coach, minute) for coach in range(6) for minute in range(5)]
    assert patient.read_runs() == tuple(reversed(expected))


def test_a_diary_that_is_read_all_the_time_can_be_written(diary: Diary) -> None:
    patient = Diary(path=diary.path, patience_s=60.0)
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            patient.read_runs()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for minute in range(40):
            patient.keep(run_records.run(16, 7, minute))
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert len(patient.read_runs()) == 40


HALF_MADE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE half (made)")
for _ in range(100):
    connection.execute("INSERT INTO half VALUES (randomblob(4000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_coach_that_was_killed_as_it_made_the_file_does_not_stand_in_the_way(diary: Diary) -> None:
    diary.path.parent.mkdir()
    subprocess.run([sys.executable, "-c", HALF_MADE, diary.path], check=False)
    assert diary.path.stat().st_size > 100_000
    diary.keep(run_records.run())
    assert diary.read_runs() == (run_records.run(),)


def test_a_full_disk_is_reported_and_nothing_is_lost(tiny_disk: Path) -> None:
    diary = Diary(path=tiny_disk / "journal.sqlite3")
    kept = run_records.run(16)
    diary.keep(kept)
    (tiny_disk / "ballast").write_bytes(bytes(tiny_disk_room(tiny_disk)))
    files = sorted(tiny_disk.iterdir())
    with pytest.raises(ExternalError) as caught:
        diary.keep(run_records.run(17))
    assert (caught.value.message, caught.value.help) == (
        f"cannot use the diary {diary.path}: the disk is full",
        "free some space, and try again",
    )
    assert diary.read_runs() == (kept,)
    assert sorted(tiny_disk.iterdir()) == files
    (tiny_disk / "ballast").unlink()
    assert diary.read_runs() == (kept,)


@pytest.mark.parametrize("room", range(0, 65_536, 8192))
def test_a_diary_can_be_read_however_little_room_there_is(diary: Diary, tiny_disk: Path, room: int) -> None:
    kept = [run_records.run(day) for day in (17, 16)]
    for run in kept:
        diary.keep(run)
    full = Diary(path=tiny_disk / "journal.sqlite3", patience_s=0.05)
    full.path.write_bytes(diary.path.read_bytes())
    (tiny_disk / "ballast").write_bytes(bytes(max(0, tiny_disk_room(tiny_disk) - room)))
    files = sorted(tiny_disk.iterdir())
    assert full.read_runs() == tuple(kept)
    assert sorted(tiny_disk.iterdir()) == files


@pytest.mark.parametrize("is_killed", [False, True], ids=["closed", "killed"])
def test_a_diary_on_a_read_only_disk_can_be_read_with_what_a_killed_coach_left(
    diary: Diary, monkeypatch: pytest.MonkeyPatch, *, is_killed: bool
) -> None:
    diary.keep(run_records.run(16))
    with closing(sqlite3.connect(diary.path, isolation_level=None)) as other:
        other.execute("UPDATE run SET title = 'in the log'")
        log = diary.path.with_name(f"{diary.path.name}-wal")
        left = log.read_bytes()
    if is_killed:
        log.write_bytes(left)
    files = sorted(diary.path.parent.iterdir())
    monkeypatch.setattr(database, "_create_file", Mock(side_effect=[PermissionError(errno.EROFS, "read-only"), None]))
    assert [run.title for run in diary.read_runs()] == ["in the log"]
    assert sorted(diary.path.parent.iterdir()) == files


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="mounting takes a Unix and its root")
def test_a_read_only_disk_is_read_and_not_written(tiny_disk: Path) -> None:
    diary = Diary(path=tiny_disk / "journal.sqlite3", patience_s=0.05)
    diary.keep(run_records.run(16))
    subprocess.run(["mount", "-o", "remount,ro", tiny_disk], check=True)
    assert diary.read_runs() == (run_records.run(16),)
    with pytest.raises(ExternalError, match="Read-only file system"):
        diary.keep(run_records.run(17))


def test_an_empty_file_on_a_full_disk_is_an_empty_diary(tiny_disk: Path) -> None:
    diary = Diary(path=tiny_disk / "journal.sqlite3")
    diary.path.touch()
    (tiny_disk / "ballast").write_bytes(bytes(tiny_disk_room(tiny_disk)))
    assert diary.read_runs() == ()


def tiny_disk_room(folder: Path) -> int:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_bsize


def test_a_read_only_folder_is_reported(read_only_folder: Path) -> None:
    for folder in (read_only_folder, read_only_folder / "deeper"):
        diary = Diary(path=folder / "journal.sqlite3")
        with pytest.raises(ExternalError) as caught:
            diary.keep(run_records.run())
        reason = "Read-only file system" if os.geteuid() == 0 else "Permission denied"
        assert (caught.value.message, caught.value.help) == (f"cannot use the diary {diary.path}: {reason}", ELSEWHERE)


def test_a_folder_in_place_of_the_diary_is_reported(diary: Diary) -> None:
    diary.path.mkdir(parents=True)
    assert refusal(diary) == (f"cannot use the diary {diary.path}: Is a directory", ELSEWHERE)


@pytest.mark.skipif(os.name == "nt", reason="it has none of these files")
@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_a_pipe_or_a_device_in_its_place_is_not_waited_for(
    diary: Diary, suffix: str, make: Callable[[Path], None]
) -> None:
    diary.keep(run_records.run())
    place = diary.path.with_name(diary.path.name + suffix)
    place.unlink(missing_ok=True)
    make(place)
    which = f"{place.name} beside it" if suffix else "it"
    assert refusal(diary) == (f"cannot use the diary {diary.path}: {which} is not a regular file", ELSEWHERE)


NAMES = sorted(name for name in dir(sqlite3) if re.fullmatch(r"SQLITE_[A-Z]+(_[A-Z]+)*", name))
IS_DAMAGE = {name for name in NAMES if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))}


def test_only_damage_is_called_damage(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    errors = {}
    for name in NAMES:
        error = sqlite3.OperationalError("as SQLite says")
        error.sqlite_errorname = name
        with monkeypatch.context() as failing:
            failing.setattr(database, "_bring_up_to_date", Mock(side_effect=error))
            with pytest.raises(ExternalError) as caught:
                diary.keep(run_records.run(17))
            errors[name] = (caught.value.message, caught.value.help)
    damage = (f"the diary {diary.path} is damaged, and was left as it is", ASIDE)
    assert {name for name, said in errors.items() if said == damage} == IS_DAMAGE
    assert all(ASIDE not in said for name, said in errors.items() if name not in IS_DAMAGE)
    busy = (
        f"cannot use the diary {diary.path}: another coach process is writing to it",
        "wait until it is done, and try again",
    )
    assert errors["SQLITE_LOCKED"] == errors["SQLITE_BUSY"] == errors["SQLITE_BUSY_SNAPSHOT"] == busy
    assert "its disk cannot lock it" in errors["SQLITE_IOERR_LOCK"][0]
    assert "a file this large" in errors["SQLITE_NOLFS"][0]
    assert errors["SQLITE_PERM"] == errors["SQLITE_READONLY_DIRECTORY"]
    assert errors["SQLITE_IOERR_READ"][0].endswith("the disk failed")


@pytest.mark.skipif(os.name == "nt", reason="its files have no such names")
def test_where_there_is_no_shared_memory_it_does_without_a_log(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    diary.keep(run_records.run(16))
    with closing(sqlite3.connect(diary.path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint = 0")
        other.execute("UPDATE run SET title = 'in the log'")
        log = diary.path.with_name(f"{diary.path.name}-wal").read_bytes()
    diary.path.with_name(f"{diary.path.name}-wal").write_bytes(log)
    monkeypatch.setattr(database, "_FILE_SYSTEM", "&vfs=unix-dotfile")  # which has none
    assert [run.title for run in diary.read_runs()] == ["in the log"]
    diary.keep(run_records.run(17))
    assert len(diary.read_runs()) == 2
    assert [path.name for path in diary.path.parent.iterdir()] == [diary.path.name]


def test_every_bit_of_the_schema_may_flip(diary: Diary) -> None:
    diary.keep(run_records.run(16))
    whole, runs = diary.path.read_bytes(), diary.read_runs()
    start = whole.index(b"CREATE TABLE") - 60
    for at in range(start, start + 900, 9):
        damaged = bytearray(whole)
        damaged[at] ^= 16
        diary.path.write_bytes(damaged)
        try:
            read = diary.read_runs()
            diary.keep(run_records.run(17))
        except ExternalError:
            assert refusal(diary) == (f"the diary {diary.path} is damaged, and was left as it is", ASIDE)
            assert diary.path.read_bytes() == bytes(damaged)
        else:
            assert read == runs


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE run SET title = x'00ff'",
        "UPDATE run SET ran_s = 'long'",
        "UPDATE run SET ran_s = 9e999",
        "UPDATE run SET length_s = -5.0",
        "UPDATE run SET language = x'6e6c'",
        "UPDATE run SET started_at = 5",
    ],
)
def test_a_value_that_no_coach_has_written_is_damage(diary: Diary, statement: str) -> None:
    diary.keep(run_records.run())
    change(diary, statement)
    assert refusal(diary) == (f"the diary {diary.path} is damaged, and was left as it is", ASIDE)
