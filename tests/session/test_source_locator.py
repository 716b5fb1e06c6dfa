"""Exact locations in the files of a session."""

from pathlib import Path

import pytest

from coach.diagnostics.problem import Location
from coach.session.session import Text
from coach.session.source_map import SourceLocator

FILE = """\
sounds: {tick: wood}
blocks:
  - easy:
      sounds: {tick: drum}
      say:
        nl: >
          Een lange
          zin met een woord, en nog een woord.
        en: "A word, and a word."
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "run.yaml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def make_location(file: str, line: int, column: int, end_column: int) -> Location:
    return Location(file=file, line=line, column=column, end_column=end_column)


def test_keys_and_values_are_found_from_the_top(file: str) -> None:
    assert SourceLocator().find_key(file, "sounds", "tick") == make_location(file, 1, 10, 14)
    assert SourceLocator().find_value(file, "sounds", "tick") == make_location(file, 1, 16, 20)
    assert SourceLocator().find_value(file, "sounds", "bell") is None
    assert SourceLocator().find_key(file, "blocks", "easy") is None


def test_settings_are_found_from_their_block(file: str) -> None:
    block = make_location(file, 3, 5, 9)
    assert SourceLocator().find_setting(block, "sounds", "tick") == make_location(file, 4, 22, 26)
    assert SourceLocator().find_setting(block, "ticks") is None
    assert SourceLocator().find_setting(make_location(file, 1, 1, 2), "ticks") is None


def test_words_are_found_in_their_language_and_their_turn(file: str) -> None:
    dutch, english = "Een lange zin met een woord, en nog een woord.\n", "A word, and a word."
    text = Text(words={"nl": dutch, "en": english}, location=make_location(file, 6, 9, 11))
    found = [
        SourceLocator().find_words(text, language, offset, wanted)
        for language, offset, wanted in [
            ("en", english.index("word"), "word"),
            ("en", english.rindex("word"), "word"),
            ("nl", dutch.index("lange"), "lange"),
            ("nl", dutch.rindex("woord"), "woord"),
            ("nl", 0, "nergens"),
        ]
    ]
    assert found == [
        make_location(file, 9, 16, 20),
        make_location(file, 9, 28, 32),
        make_location(file, 7, 15, 20),
        make_location(file, 8, 41, 46),
        None,
    ]


def test_a_text_is_found_in_its_language(file: str) -> None:
    text = Text(words={"nl": "", "en": ""}, location=make_location(file, 6, 9, 11))
    assert SourceLocator().find_text(text, "en") == make_location(file, 9, 13, 34)


def test_a_file_may_be_taken_to_hold_something_else(file: str) -> None:
    places = SourceLocator({Path(file).resolve(): b"# moved\ntitle: A run\n"})
    assert places.find_value(file, "title") == make_location(file, 2, 8, 13)


def test_a_file_that_has_gone_has_no_places(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.yaml")
    assert SourceLocator().read_lines(gone) == ()
    assert SourceLocator().find_key(gone, "title") is None
    assert SourceLocator().find_setting(make_location(gone, 1, 1, 2), "ticks") is None
    assert list(SourceLocator().walk_scalars(gone)) == []
    text = Text(words={"en": "A word."}, location=make_location(gone, 1, 1, 2))
    assert SourceLocator().find_words(text, "en", 2, "word") is None
    assert SourceLocator().find_text(text, "en") == text.location
