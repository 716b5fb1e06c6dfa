"""`coach watch`, from the terminal."""

import json
import re
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import coach_process
import pytest
from coach_process import Ran
from pulse_server import until
from watch_process import watched

from coach.commands import watch
from coach.services import session_check

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]
GOOD = "coach: 1\nlanguage: en\ntitle: A run\nblocks: [free: {lasts: 20s, say: Hello.}]\n"
ADVISED = GOOD.replace("20s", "40m")
SPOKEN = ("--voice", "fake")


def contents(url: str) -> dict[str, Any]:
    """What the page shows now."""
    with urlopen(f"{url}events") as news:  # noqa: S310 - our own server
        line = next(line for line in news if line.startswith(b"data: "))
    shown: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return shown


def test_each_save_is_a_line_and_ctrl_c_is_how_it_ends(written: Written) -> None:
    session = written("run.yaml", GOOD)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with watched(session, *SPOKEN, "--port", str(port)) as watching:
        assert watching.url.startswith(f"http://127.0.0.1:{port}/")
        assert watching.wait_for_saves(1) == ["20s, no problems"]
        session.write_text(GOOD.replace("Hello", "Hi"))
        assert watching.wait_for_saves(2) == ["20s, no problems"] * 2
        assert watching.interrupt() == 0
    assert watching.printed == ["20s, no problems"] * 2


def test_problems_are_printed_as_by_check(written: Written, coach: Coach) -> None:
    session = written("run.yaml", GOOD.replace("free", "fre"))
    shown = coach("check", "run.yaml").err.partition("1 session checked")[0].splitlines()
    assert shown[0].startswith("run.yaml:4:10: error[unknown-kind]")
    with watched(session, *SPOKEN) as watching:
        assert watching.wait_for_saves(1) == [*shown, "1 error"]


def test_advice_is_not_repeated_with_every_save(written: Written, capfd: pytest.CaptureFixture[str]) -> None:
    terminal = watch._Terminal("")
    printed = []
    for text in (ADVISED, f"# mine\n{ADVISED}", GOOD, ADVISED):
        terminal.report_save(None, session_check.check_session(written("run.yaml", text)))
        printed.append(
            [line.split(" ")[-1] if line[:2].isdigit() else line for line in capfd.readouterr().err.splitlines()]
        )
    first, moved, good, again = printed
    assert first == again != []
    assert (first[-1], moved, good) == ("consider", ["consider"], ["problems"])


def test_the_options_are_those_of_a_render(written: Written) -> None:
    session = written(
        "run.yaml", GOOD.replace("20s", "10s..9m").replace("Hello.", "'Hello {name}.'") + "values: {name: ''}\n"
    )
    with watched(session, *SPOKEN, "--length", "45s", "--set", "name=Ann") as watching:
        shown = contents(watching.url)
    assert shown["length_s"] == 45.0
    assert [words["text"] for words in shown["words"]] == ["Hello Ann."]


def test_the_browser_is_opened_on_the_page(written: Written, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\necho $1 > {opened}.part; mv {opened}.part {opened}\n")
    browser.chmod(0o755)
    command = [*coach_process.COACH, "watch", str(written("run.yaml", GOOD)), *SPOKEN]
    env = coach_process.environment(BROWSER=f"{browser} %s")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as coach:
        assert coach.stdout is not None
        url = coach.stdout.readline().split()[0]
        until(opened.exists, "the browser is opened")
        coach.kill()
    assert opened.read_text() == f"{url}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such.yaml",), r"error: there is no file no-such\.yaml"),
        (("run.yaml", "--lang", "nl"), "error: this session is not written in 'nl', only in en"),
        (("run.yaml", "--lang", "fr"), "error: the coach does not speak 'fr'"),
        (("run.yaml", "--voice", "nobody"), 'error: there is no voice "nobody"'),
        (("run.yaml", "--port", "70000"), "70000 is not in the range"),
    ],
)
def test_an_impossible_request_is_a_usage_error(
    coach: Coach, written: Written, arguments: tuple[str, ...], said: str
) -> None:
    written("run.yaml", GOOD)
    ran = coach("watch", *arguments, "--no-browser")
    assert (ran.code, ran.out) == (2, "")
    assert re.search(said, ran.err)


def test_a_port_that_is_taken_fails_outside(coach: Coach, written: Written) -> None:
    written("run.yaml", GOOD)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = coach("watch", "run.yaml", *SPOKEN, "--port", str(port), "--no-browser")
        dutch = coach("--ui", "nl", "watch", "run.yaml", *SPOKEN, "--port", str(port), "--no-browser")
    assert dutch.err.splitlines()[0].endswith(f"luisteren op poort {port}: een ander programma gebruikt die")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"error: could not listen at port {port} of this machine: another program uses it\n"
        "help: leave out --port, or choose another from 1024 on\n"
    )
