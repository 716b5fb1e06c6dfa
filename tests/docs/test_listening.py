"""The commands on the page about listening work."""

import shlex
from pathlib import Path

import pytest
from markdown_examples import DOCS, code_in, fences, table

from coach import cli
from coach.audio import mastering, mixer
from coach.encoders.encoder import ENCODERS
from coach.errors import ExitCode
from coach.sounds import beds
from coach.timeline import sound_scheduling
from coach.units import gain_to_db
from coach.voices import clip_cache

PAGE = "listening.md"
COMMANDS = [line for fence in fences(PAGE) if fence.language == "sh" for line in fence.text.splitlines()]
SHIPPED = {"reset-run": "short.yaml", "walk-out": "another.yaml"}
SHORT = """\
coach: 1
title: {nl: Kort, en: Short}
length: 8s
values: {name: ""}
blocks:
- free: {lasts: 4s..40m, ticks: on, say: {nl: "Hallo, {name}.", en: "Hello, {name}."}}
- free: {lasts: 4s, say: none}
"""


def upon_a_short_session(command: str) -> list[str]:
    """A command of the page, for a session of eight seconds (or half a minute) and a voice without an engine."""
    program, *arguments = shlex.split(command)
    assert program == "coach"
    shortened = [SHIPPED.get(argument, argument).replace("30m", "30s") for argument in arguments]
    return [*shortened, "--voice", "fake"]


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_does_what_it_says(
    tmp_path: Path,
    cache_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    for name in SHIPPED.values():
        (tmp_path / name).write_text(SHORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_CACHE_DIR", str(cache_folder))
    exit_code = cli.main(upon_a_short_session(command))
    said = capsys.readouterr()
    assert (exit_code, said.err) == (ExitCode.OK, "")
    if " plan " in command:
        assert said.out.startswith("Short · 30s · en")
        return
    made = [Path(line) for line in said.out.splitlines()]
    assert len(made) == sum(name in command.split() for name in SHIPPED)
    assert all(path.stat().st_size for path in made)
    captions = {path.suffix for path in tmp_path.iterdir()} & {".lrc", ".vtt"}
    assert captions == ({".lrc", ".vtt"} if "--lrc" in command else set())


def test_the_formats_are_those_that_can_be_written() -> None:
    assert {code_in(row["ending"])[0] for row in table(PAGE, "ending")} == set(ENCODERS)


def test_the_figures_are_those_of_the_code() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    facts = (
        f"made at {mastering.TARGET_LUFS:g} LUFS",
        f"no sample passes {gain_to_db(mastering.CEILING):g} dBFS",
        f"peak {-sound_scheduling.FIRST_OF_PHASE_DB:g} dB or more below",
        f"by another {-mixer.DUCKED_DB:g} dB",
        f"({beds.FLOOR_RMS_DB:g} dBFS)",
        f"grows to {clip_cache.LARGEST_BYTES / 1e9:g} GB",
    )
    assert [fact for fact in facts if fact not in page] == []
    assert mixer.LEAD_IN_S == 1.5  # "for a second and a half"
