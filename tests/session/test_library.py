import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from coach.errors import UsageError
from coach.session import library


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two sessions, and an empty folder to stand in."""
    folder = tmp_path / "sessions"
    (folder / "parts").mkdir(parents=True)
    for name in ("reset-run.yaml", "long-run.yaml", "parts/warm.yaml", "notes.txt"):
        (folder / name).write_text("coach: 1\n")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(library, "find_folder", lambda: folder)
    return folder


@pytest.mark.usefixtures("shipped")
def test_the_names_of_shipped_sessions_are_sorted() -> None:
    assert library.list_names() == ("long-run", "reset-run")


def test_a_session_is_found_by_its_name_or_its_path(shipped: Path) -> None:
    assert library.find("reset-run") == shipped / "reset-run.yaml"
    Path("mine.yaml").write_text("coach: 1\n")
    assert library.find("mine.yaml") == Path("mine.yaml")


def test_a_name_comes_before_a_file_called_the_same(shipped: Path) -> None:
    Path("reset-run").write_text("coach: 1\n")
    assert library.find("reset-run") == shipped / "reset-run.yaml"
    assert library.find("./reset-run") == Path("reset-run")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("rest-run", "no session is called 'rest-run': did you mean 'reset-run'?"),
        ("lo", "no session is called 'lo': did you mean 'long-run'?"),
        ("run", "no session is called 'run': did you mean long-run or reset-run?"),
        ("xyz", "no session is called 'xyz': 'coach list' shows them all"),
        ("./reset-run.yaml", "there is no file reset-run.yaml: did you mean the shipped session 'reset-run'?"),
        ("a/b.yaml", "there is no file a/b.yaml: 'coach list' shows the sessions that come with the coach"),
        ("../sessions/", "../sessions is a folder: name one session in it"),
    ],
)
def test_an_unknown_session_is_refused_with_a_way_out(written: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        library.find(written)
    assert str(caught.value) == message


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("written", ["a\0b", "x" * 5000, "", "-f"])
def test_an_impossible_file_name_is_not_a_session(written: str) -> None:
    with pytest.raises(UsageError):
        library.find(written)


def test_the_library_lies_in_the_package_or_beside_it() -> None:
    assert library.find_folder().name == "sessions"


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_has_the_same_letters_composed_or_not(form: Literal["NFC", "NFD"]) -> None:
    Path(unicodedata.normalize("NFD", "zoë.yaml")).write_text("coach: 1\n")
    Path(unicodedata.normalize("NFC", "café.yaml")).write_text("coach: 1\n")
    for name in ("zoë", "café.yaml"):
        assert library.find(unicodedata.normalize(form, name)).is_file()


TITLES = {
    "reset-run": "title: {nl: Korte reset-run, en: Short run}",
    "long-run": "title:\n  nl: Lang én rustig\n  en: Long",
}


@pytest.fixture
def titled(shipped: Path) -> Path:
    """The two sessions, with titles in two languages."""
    for name, title in TITLES.items():
        (shipped / f"{name}.yaml").write_text(f"coach: 1\n{title}\nblocks: []\n", encoding="utf-8")
    return shipped


@pytest.mark.parametrize(
    ("written", "found", "chosen"),
    [
        ("Korte reset-run", "reset-run", "reset-run"),
        ("KORTE RESET RUN", "reset-run", "reset-run"),
        ("Reset Run", "reset-run", "reset-run"),
        ("lang e\u0301n rustig", "long-run", "long-run"),
        ("LANG \u00c9N RUSTIG", "long-run", "long-run"),
        ("lang", "long-run", "long-run"),
        ("l", None, "long-run"),
        ("rustig", None, "long-run"),
        ("short rum", None, "reset-run"),
        (" short run ", "reset-run", "reset-run"),
        ("1", None, "long-run"),
        ("2", None, "reset-run"),
        ("3", None, None),
        ("0", None, None),
        ("\u00b2", None, None),
        ("long.yaml", None, None),
        ("nap", None, None),
        (" -", None, None),
        ("", None, None),
    ],
)
@pytest.mark.usefixtures("titled")
def test_a_session_is_known_by_its_title_in_any_language_and_at_a_question_by_less(
    written: str, found: str | None, chosen: str | None
) -> None:
    for find, expected in ((library.to_name, found), (library.choose, chosen)):
        if expected:
            assert find(written) == expected
        else:
            with pytest.raises(UsageError):
                find(written)


@pytest.mark.usefixtures("titled")
def test_a_file_comes_before_a_title_and_is_found_as_a_terminal_writes_it() -> None:
    for name in ("long.yaml", "2", "my run.yaml"):
        Path(name).write_text("coach: 1\n")
    for typed in ("long.yaml", "2", "my run.yaml", "./long"):
        assert library.choose(typed) == typed
    assert [library.choose(each) for each in ("'my run.yaml'", '"my run.yaml"', r"my\ run.yaml ")] == [
        "my run.yaml"
    ] * 3
    assert library.choose("long") == "long"
    assert library.choose("long-run") == "long-run"


def test_of_several_that_may_be_meant_all_are_named(titled: Path) -> None:
    (titled / "long-walk.yaml").write_text("coach: 1\ntitle: {nl: Lange wandeling, en: Long}\n", encoding="utf-8")
    for find, written, meant in (
        (library.find, "lan", "Lang én rustig (long-run) or Lange wandeling (long-walk)"),
        (library.find, "long", "Long (long-run) or Long (long-walk)"),
        (library.choose, "lon", "long-run or long-walk"),
        (library.choose, "run", "long-run or reset-run"),
    ):
        with pytest.raises(library.SeveralSessionsError) as caught:
            find(written)
        assert str(caught.value) == f"'{written}' may be {meant}: write a little more of it"
    assert library.list_choices("nl", caught.value.names) == (
        "1 Lang én rustig (long-run)",
        "3 Korte reset-run (reset-run)",
    )
    with pytest.raises(UsageError, match="no session is called 'lng en rusti': did you mean 'Lang én rustig'"):
        library.find("lng en rusti")


def test_every_shipped_session_is_known_by_its_titles_and_by_a_part_of_no_other() -> None:
    for name, title in library.list_titles().items():
        for text in (*title.values(), name):
            for written in (text, text.upper(), text.replace("-", " ")):
                assert library.find_name(written) == name
            assert library.choose(text[:-1]) == library.to_name(text[:-1]) == name
    assert library.list_choices("nl")[0] == "1 Drie in en drie uit (breath-3-3)"
