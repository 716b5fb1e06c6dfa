"""The commands on the page about exporting work, and what it says about files is so."""

import shlex
from pathlib import Path

import pytest
from markdown_examples import DOCS, code_in, fences, table

from coach import cli
from coach.charts import cover
from coach.encoders.encoder import WATCH_BITRATE, WATCH_RATE_HZ
from coach.errors import ExitCode
from coach.export.workout import WORKOUT_FORMATS
from coach.services import session_render
from coach.session import library

PAGE = "export.md"
FILES = {PAGE: ("file", "en"), f"nl/{PAGE}": ("bestand", "nl")}
COMMANDS = [
    line for page in FILES for fence in fences(page) if fence.language == "sh" for line in fence.text.splitlines()
]
SESSION = """\
coach: 1
title: {nl: Kort, en: Short}
blocks:
- free: {lasts: 4s, say: {nl: Hallo., en: Hello.}}
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """With two sessions of four seconds in place of those that come with the coach."""
    (tmp_path / "library").mkdir()
    for name in ("reset-run", "walk-out"):
        (tmp_path / "library" / f"{name}.yaml").write_text(SESSION, encoding="utf-8")
    monkeypatch.setattr(library, "find_folder", lambda: tmp_path / "library")
    monkeypatch.setattr(session_render, "_draw_pictures", lambda plan: (b"whole", (b"part",) * len(plan.blocks)))
    monkeypatch.setattr(cover, "draw_album_jpeg", lambda _plan, album: album.encode())
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "coach"
    exit_code = cli.main([*arguments, "--voice", "fake"])
    said = capsys.readouterr()
    assert (exit_code, said.err) == (ExitCode.OK, "")
    made = [Path(line) for line in said.out.splitlines()]
    assert len(made) == {"render": 1}.get(arguments[0], 2 + ("--feed" in command))
    assert all(path.stat().st_size for path in made)
    workouts = {path.suffix for path in tmp_path.rglob("*")} & WORKOUT_FORMATS.keys()
    assert workouts == (WORKOUT_FORMATS.keys() if "--workout" in command else set())


def test_the_table_has_every_workout_and_the_page_the_rates_of_a_watch() -> None:
    for page, (heading, language) in FILES.items():
        names = [code_in(row[heading])[0] for row in table(page, heading)]
        assert names == [f"reset-run.{language}{ending}" for ending in WORKOUT_FORMATS]
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    assert f"a constant {WATCH_BITRATE} kbit/s at {WATCH_RATE_HZ / 1000:g} kHz" in page
