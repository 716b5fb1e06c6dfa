"""Rendering again: only what has changed is made again."""

import os
from collections.abc import Callable
from pathlib import Path

import coach_process
import pytest
from coach_process import Ran

Coach = Callable[..., Ran]


@pytest.fixture
def again(coach: Coach, short: Path) -> Callable[..., bool]:
    """Make a function that renders the short session again with options, and returns whether a file was made."""
    file = short.with_suffix(".mp3")

    def render(*options: str) -> bool:
        before = file.exists() and file.stat().st_ino  # not its time, which is also set on a file that is up to date
        assert coach("render", short.name, "--lang", "nl", *options, "-o", file.name) == Ran(
            code=0, out=f"{file.name}\n", err=""
        )
        return file.stat().st_ino != before

    render()
    return render


def test_an_unchanged_session_is_not_rendered_again(again: Callable[..., bool]) -> None:
    assert not again()


def test_a_new_word_makes_a_new_file(again: Callable[..., bool], short: Path) -> None:
    short.write_text(short.read_text(encoding="utf-8").replace("Rustig aan", "Heel rustig aan"), encoding="utf-8")
    assert again()
    assert not again()


def test_a_comment_does_not(again: Callable[..., bool], short: Path) -> None:
    with short.open("a", encoding="utf-8") as session:
        session.write("# no more than this\n")
    assert not again()


@pytest.mark.parametrize(
    "options",
    [
        ("--lang", "en"),
        ("--bitrate", "128"),
        ("--length", "21s"),
        ("--cadence", "161"),
        ("--set", "name=Anna"),
        ("--guidance", "quiet"),
        ("--force",),
    ],
    ids=" ".join,
)
def test_a_new_wish_makes_a_new_file(again: Callable[..., bool], options: tuple[str, ...]) -> None:
    assert again(*options)


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:99] + b"?" + data[100:], lambda _: b""])
def test_a_file_that_was_changed_is_made_anew(
    again: Callable[..., bool], short: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = short.with_suffix(".mp3")
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert again()
    assert file.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="Windows has no such terminals")
def test_at_a_terminal_it_says_so(again: Callable[..., bool], short: Path) -> None:
    assert not again()
    size_mb = short.with_suffix(".mp3").stat().st_size / 1e6
    shown = coach_process.at_a_terminal("render", short.name, "--lang", "nl", "-o", "short.mp3", folder=short.parent)
    assert shown[-1] == f"short.mp3: 20s, {size_mb:.1f} MB, already up to date"
