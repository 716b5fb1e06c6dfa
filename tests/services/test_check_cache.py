"""Check cache: the problems of a session are remembered until something changes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.services import check_cache, session_check
from coach.services.check_cache import CheckCache

Coach = Callable[..., Ran]

LOCATION = Location(file="run.yaml", line=4, column=5, end_column=8)
FIX = Fix(title="write easy", edits=(Edit(location=LOCATION, text="easy"),))
FOUND = (
    Problem(location=LOCATION, code="unknown-kind", message="unknown kind 'één'", help="did you mean 'easy'?", fix=FIX),
    Problem(location=LOCATION, code="half-translated", message="no 'en'"),
)
GOOD = "coach: 1\nlanguage: en\ntitle: Good\nblocks:\n  - free: 1m\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path: Path) -> CheckCache:
    return CheckCache(tmp_path / "cache")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The files that are read from here on, with nothing remembered yet."""
    paths: list[Path] = []
    check = session_check.check_session_for_cache

    def record_and_check(path: Path) -> session_check.CheckResult:
        paths.append(path)
        return check(path)

    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(session_check, "check_session_for_cache", record_and_check)
    return paths


def remembered_state(cache: CheckCache, file: Path, problems: tuple[Problem, ...]) -> bytes:
    state = cache.read_state(file)
    assert state is not None
    cache.remember(state, problems)
    return state


@pytest.mark.parametrize("problems", [(), FOUND])
def test_problems_are_cached_completely(cache: CheckCache, file: Path, problems: tuple[Problem, ...]) -> None:
    state = remembered_state(cache, file, problems)
    found = cache.recall(state)
    assert found == problems
    assert [problem.fix for problem in found] == [problem.fix for problem in problems]


def test_nothing_is_known_of_a_file_that_has_changed(cache: CheckCache, file: Path) -> None:
    remembered_state(cache, file, FOUND)
    file.write_text(GOOD + "\n", encoding="utf-8")
    assert cache.recall(cache.read_state(file)) is None


def test_nor_of_one_of_another_name_since_problems_say_the_name(cache: CheckCache, file: Path) -> None:
    remembered_state(cache, file, FOUND)
    assert cache.recall(cache.read_state(file.rename(file.with_name("other.yaml")))) is None


def test_nor_once_the_coach_itself_has_changed(
    cache: CheckCache, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered_state(cache, file, FOUND)
    (tmp_path / "package").mkdir()
    monkeypatch.setattr(check_cache, "PACKAGE", tmp_path / "package")
    anew = CheckCache(tmp_path / "cache")
    assert anew.recall(anew.read_state(file)) is None


def test_no_check_imports_what_is_ignored() -> None:
    listing = "import sys, coach.services.session_check, coach.audio.soundbank; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    rooms = {name.split(".")[1] for name in loaded if name.startswith("coach.")}
    assert "session" in rooms
    assert not rooms & check_cache.IGNORED_FOLDERS


@pytest.mark.parametrize("damage", [b"", b"{", b'[{"location": 1}]', b"[1]", b'[{"location": {}}]'])
def test_a_damaged_entry_is_none(cache: CheckCache, file: Path, tmp_path: Path, damage: bytes) -> None:
    state = remembered_state(cache, file, FOUND)
    (entry,) = (tmp_path / "cache").iterdir()
    entry.write_bytes(state + damage if damage else b"")
    assert cache.recall(state) is None


def test_where_nothing_can_be_written_nothing_is_remembered(file: Path) -> None:
    cache = CheckCache(file / "below-a-file")
    assert cache.recall(remembered_state(cache, file, FOUND)) is None


def test_without_a_folder_nothing_is_remembered(file: Path) -> None:
    assert CheckCache(None).read_state(file) is None


def test_there_are_never_many_more_than_so_many(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_cache, "MAX_ENTRIES", 4)
    for number in range(12):
        file.write_text(GOOD + f"# {number}\n", encoding="utf-8")
        remembered_state(CheckCache(tmp_path / "cache"), file, ())
    assert len(list((tmp_path / "cache").iterdir())) <= 5


def test_a_session_is_read_once_until_it_changes(file: Path, read: list[Path]) -> None:
    assert [list(check_cache.check_all([file])) for _ in range(3)] == [[], [], []]
    assert read == [file]
    file.write_text(GOOD.replace("free", "fre"), encoding="utf-8")
    for _ in range(2):
        assert [problem.code for problem in check_cache.check_all([file])] == ["unknown-kind"]
    assert read == [file, file]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("use: other.yaml", "no-such-file"),
        ("free: {lasts: 1m, say: {text: Hello., clip: hello.wav}}", "no-such-file"),
        ("free: {lasts: 1m, sounds: {bed: sea.mp3}}", "no-such-file"),
        ("free: {lasts: 1m, sounds: {bed: folder.mp3}}", "not-a-file"),
    ],
)
def test_a_session_that_names_another_file_is_read_each_time(
    file: Path, read: list[Path], block: str, code: str
) -> None:
    (file.parent / "folder.mp3").mkdir()
    file.write_text(GOOD + f"  - {block}\n", encoding="utf-8")
    for _ in range(2):
        assert [problem.code for problem in check_cache.check_all([file])] == [code]
    assert read == [file, file]


def test_problems_come_in_the_order_of_the_files_whatever_is_remembered(file: Path, read: list[Path]) -> None:
    files = [file.with_name(f"{name}.yaml") for name in "cab"]
    for each in files:
        each.write_text(GOOD.replace("free", each.stem), encoding="utf-8")
    list(check_cache.check_all(files[1:2]))
    assert [problem.message[-2] for problem in check_cache.check_all(files)] == ["c", "a", "b"]
    assert read == [files[1], files[0], files[2]]


def test_cached_problems_are_printed_as_before(coach: Coach, file: Path) -> None:
    file.write_text(GOOD.replace("free", "fre"), encoding="utf-8")
    first, second = (coach("check", "run.yaml") for _ in range(2))
    assert first == second
    assert "error[unknown-kind]" in first.err
