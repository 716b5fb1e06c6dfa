from pathlib import Path

import platformdirs
import pytest

from coach.errors import ExternalError
from coach.storage.folders import find_data_folder, find_diary_file


def test_the_diary_is_in_the_users_own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COACH_DATA_DIR")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, *, appauthor: tmp_path / name / str(appauthor))
    assert find_diary_file() == tmp_path / "mindful-run-coach" / "False" / "journal.sqlite3"


def test_it_may_be_put_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COACH_DATA_DIR", "~/diary")
    assert find_diary_file() == tmp_path / "diary" / "journal.sqlite3"


@pytest.mark.parametrize("chosen", [None, "~/diary"])
def test_without_a_home_the_error_says_where_data_goes(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    def homeless(*_arguments: object, **_options: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr(platformdirs, "user_data_path", homeless)
    monkeypatch.setattr(Path, "expanduser", homeless)
    monkeypatch.setenv("COACH_DATA_DIR", chosen or "")
    with pytest.raises(ExternalError) as caught:
        find_diary_file()
    assert (caught.value.message, caught.value.help) == (
        "cannot find a folder for the diary: this user has no home directory",
        "set COACH_DATA_DIR to a folder of your own",
    )


def test_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COACH_DATA_DIR")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, *, appauthor: tmp_path / name / str(appauthor))
    assert find_data_folder("voices") == tmp_path / "mindful-run-coach" / "False"


def test_it_may_be_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COACH_DATA_DIR", "~/runs")
    assert find_data_folder("voices") == tmp_path / "runs"


@pytest.mark.parametrize("chosen", [None, "~/runs"])
def test_without_a_home_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    def homeless(*_arguments: object, **_options: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr(platformdirs, "user_data_path", homeless)
    monkeypatch.setattr(Path, "expanduser", homeless)
    monkeypatch.setenv("COACH_DATA_DIR", chosen or "")
    with pytest.raises(ExternalError) as caught:
        find_data_folder("voices")
    assert (caught.value.message, caught.value.help) == (
        "cannot find a folder for voices: this user has no home directory",
        "set COACH_DATA_DIR to a folder of your own",
    )
