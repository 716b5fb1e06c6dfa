"""The commands on the page about playing work."""

import shlex
import signal
from pathlib import Path

import pytest
from fake_controls import status
from markdown_examples import DOCS, code_in, fences, table

from coach import cli
from coach.devices import reconnecting_device
from coach.errors import ExitCode
from coach.languages import find_language
from coach.play import playback_session, run_log, sample_sources
from coach.play.screen import key_controller, presenter

PAGE = "playing.md"
DUTCH = "nl/playing.md"
COMMANDS = [line for fence in fences(PAGE) if fence.language == "sh" for line in fence.text.splitlines()]
STAND_INS = {"reset-run": "short.yaml", "Korte reset-run": "short.yaml", "30m": "2s", "30s": "0s", "buds": "silence"}
SHORT = """\
coach: 1
title: {nl: Kort, en: Short}
length: 1s
sounds: {bed: none, breath: none}
blocks:
- free: {title: {nl: Deel, en: Part}, lasts: 1s..40m, bell: none, say: none}
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    program, *arguments = shlex.split(command)
    assert program == "coach"
    exit_code = cli.main([*(STAND_INS.get(each, each) for each in arguments), "--output", "silent"])
    said = capfd.readouterr()
    if command == "coach play":  # asks, and there is nobody at this terminal
        assert (exit_code, said.err) == (2, "error: name the session to play; 'coach list' lists them\n")
        return
    assert (exit_code, said.err) == (0, "")
    first = "* silence" if command == "coach devices" else f"0:00  Part, {'2s' if '30m' in command else '1s'}"
    assert said.out.splitlines()[0] == first


def test_the_keys_are_those_of_the_screen() -> None:
    named = [key for row in table(PAGE, "key") for key in code_in(row["key"])]
    words = find_language("en").screen
    offered = [key for choice in presenter.list_keys(status(), words) for key in choice.key.split()]
    assert sorted(named) == sorted([*offered, "?"])


@pytest.mark.parametrize(("page", "language"), [(PAGE, "en"), (DUTCH, "nl")])
def test_the_lines_shown_are_those_of_the_session(capsys: pytest.CaptureFixture[str], page: str, language: str) -> None:
    (shown,) = (fence.text.splitlines() for fence in fences(page) if fence.language == "text")
    assert cli.main(["plan", "reset-run", "--lang", language, "--voice", "fake"]) == 0
    plan = capsys.readouterr().out
    part, words = shown[0].removeprefix("0:00  "), shown[1].replace("    ", "  ")
    assert part in plan
    assert words in plan


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    codes = [int(row["exit code"]) for row in table(PAGE, "what happened")]
    assert codes == [*ExitCode, 128 + signal.SIGHUP, 128 + signal.SIGTERM]


def test_the_figures_are_those_of_the_code() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    facts = (
        f"{key_controller.CADENCE_BY_SPM:g} steps a minute fewer or more",
        f"up by {sample_sources.LOUDEST_DB:g} dB and down by {-sample_sources.SOFTEST_DB:g}",
    )
    assert [fact for fact in facts if fact not in page] == []
    assert reconnecting_device.RETRY_S == 1.0  # "about once a second"
    assert playback_session.FIRST_SECONDS_S == 3.0  # "in its first three seconds"
    assert playback_session.QUIET_FIRST_S == 0.5  # "half a second of quiet first"
    assert sample_sources.FADE_OUT_S < 0.5  # "fades in less than half a second"
    assert key_controller.LEAST_TAPS == 8  # "eight even taps"
    assert key_controller.TAPPING_ENDS_S == 2.0  # "two seconds after your last tap"
    assert (run_log.SAVE_EVERY_S, run_log.MIN_SAVED_RUN_S) == (60.0, 60.0)  # "every minute", "less than a minute"
