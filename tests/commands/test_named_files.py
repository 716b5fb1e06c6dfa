"""No command replaces a file of the user's that the coach did not make: every option that names one to write."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from coach_process import Ran

from coach.cli.command_line import coach as program
from coach.errors import ExternalError
from coach.services.session_render import check_is_ours

Coach = Callable[..., Ran]

SESSION = "coach: 1\nlanguage: en\ntitle: A moment\nblocks:\n  - free: {lasts: 2s, say: Hello.}\n"

# Each option that takes a path: the names to try, or why there are none.
RENDER = ("run.mp3", "run.m4a")  # the others are known by the same tags: tests/encoders/test_registry.py
WRITTEN = {
    "plan --picture": ("run.svg", "run.PNG", "run.html"),
    "render --output": RENDER,
    "script --html": ("run.html", "lines"),
    "week --picture": ("week.svg", "week.png"),
}
NOT_WRITTEN = {
    "export folder": "is a folder: tests/commands/test_export.py",
    "journal export file": "replaces no file at all without --force: tests/commands/test_journal.py",
    "journal import file": "is read",
    "record --split": "is read",
    "record --to": "is a folder, in which it adds files named after their contents",
    "render --for": "is read",
    "send --output": "is a folder, as that of render",
    "send --qr": "is written while the page is served: tests/commands/test_send.py",
}
SESSION_OF = {"plan": ("run.yaml",), "render": ("run.yaml",), "script": ("run.yaml",), "week": ()}
VOICE_OF = {"plan": ("--voice", "fake"), "render": ("--voice", "fake")}

# As other programs write them: pictures and pages with much the same beginning, and tags.
FOREIGN = (
    b"mine",
    b'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title"><title id="title">Coach</title></svg>',
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40) + b"tEXtSoftware\0Inkscape",
    b'<!doctype html><meta name="generator" content="Hugo"><title>coach</title>',
    b"ID3\x03" + bytes(500),
    b"\xff" * 5_000,
)

every_file = pytest.mark.parametrize(
    ("option", "name"), [(option, name) for option, names in WRITTEN.items() for name in names]
)


def list_path_options(command: click.Command = program, name: str = "") -> Iterator[str]:
    for option in command.params:
        if isinstance(option.type, click.Path):
            yield f"{name} {max(option.opts, key=len)}".strip()
    for part, inside in getattr(command, "commands", {}).items():
        yield from list_path_options(inside, f"{name} {part}")


def test_every_option_that_takes_a_path_is_tried() -> None:
    assert sorted(list_path_options()) == sorted([*WRITTEN, *NOT_WRITTEN])


@pytest.fixture
def write(coach: Coach, tmp_path: Path) -> Callable[..., Ran]:
    (tmp_path / "run.yaml").write_text(SESSION, encoding="utf-8")

    def run(option: str, name: str, *more: str) -> Ran:
        command, flag = option.split()
        return coach(command, *SESSION_OF[command], *VOICE_OF.get(command, ()), flag, name, *more)

    return run


@every_file
def test_a_foreign_file_is_replaced_only_by_force(
    write: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, name: str
) -> None:
    target = tmp_path / name
    target.write_bytes(FOREIGN[0])
    flag = option.split()[1].replace("--output", "-o")
    assert write(option, name) == Ran(
        code=3,
        out="",
        err=f"error: {name} is there already, and the coach did not make it\n"
        f"help: choose another name with {flag}, or replace it with --force\n",
    )
    assert target.read_bytes() == FOREIGN[0]
    assert write(option, name, "--force").code == 0
    assert target.read_bytes() != FOREIGN[0]
    assert write(option, name).code == 0  # by its record
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "another"))
    assert write(option, name).code == 0  # by what it says of itself


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("ending", ["svg", "png", "html", "mp3", "m4a", "opus", "flac", "wav", "vtt"])
def test_what_another_program_made_is_not_ours(tmp_path: Path, ending: str, foreign: bytes) -> None:
    target = tmp_path / f"run.{ending}"
    target.write_bytes(foreign)
    with pytest.raises(ExternalError, match="the coach did not make it"):
        check_is_ours(target, "-o")


@pytest.mark.parametrize(("option", "name"), [(option, names[0]) for option, names in WRITTEN.items()])
def test_a_new_name_and_an_empty_file_need_no_force(
    write: Callable[..., Ran], tmp_path: Path, option: str, name: str
) -> None:
    assert write(option, name).code == 0
    (tmp_path / name).write_bytes(b"")
    assert write(option, name).code == 0
    assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize("option", WRITTEN)
def test_a_dash_is_no_name(write: Callable[..., Ran], tmp_path: Path, option: str) -> None:
    ran = write(option, "-")
    assert ran.code == 2
    assert ran.err.startswith(("error: cannot write to standard output; give ", "error: cannot draw -: "))
    assert [path.name for path in tmp_path.iterdir()] == ["run.yaml"]


@pytest.mark.parametrize(("option", "name"), [(option, names[0]) for option, names in WRITTEN.items()])
def test_a_folder_is_no_file(write: Callable[..., Ran], tmp_path: Path, option: str, name: str) -> None:
    (tmp_path / name).mkdir()
    ran = write(option, name)
    if option == "render --output":
        assert ran.code == 0  # it goes into it
    else:
        assert (ran.code, ran.err) == (
            3,
            f"error: cannot write {name}: it is a folder\nhelp: give a file name inside it\n",
        )
