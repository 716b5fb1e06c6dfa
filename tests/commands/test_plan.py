"""`coach plan`: what will be heard, as text, as JSON and as a picture."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import coach_process
import pytest
from coach_process import Ran, environment
from PIL import Image
from tmux_terminal import Terminal

from coach.session import library

Coach = Callable[..., Ran]

SESSION = """\
coach: 1
title: {nl: Even, en: A moment}
length: 40s
cadence: 160
values: {name: ""}
blocks:
  - free: {lasts: 20s, ticks: on, say: {nl: "Dag {name}.", en: "Hello {name}."}}
  - silence: {lasts: 10s..60s, say: none}
"""


@pytest.fixture
def plan(coach: Coach, tmp_path: Path) -> Callable[..., Ran]:
    """Plans a short session with a voice that needs no engine."""
    (tmp_path / "run.yaml").write_text(SESSION, encoding="utf-8")
    return lambda *options: coach("plan", "run.yaml", "--lang", "en", "--voice", "fake", *options)


def test_as_text(plan: Callable[..., Ran]) -> None:
    ran = plan("--set", "name=Anna")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "A moment · 40s · en · 160 steps/min",
        "",
        "▪▪",
        "███████████████████████████████████████▊███████████████████████████████████████▊",
        "███████████████████████████████████████▊███████████████████████████████████████▊",
        "╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷╷◦                           ◦",
        "0:00      0:05      0:10      0:15      0:20      0:25      0:30            0:40",
        "Free                                    Silence",
        "▪ words   ╷ ticks   ◦ bell",
        "",
        "   0:00  1  free     Free, 20s, 160",
        "            0:00  (ticks until 0:19)",
        "            0:00  Hello Anna.",
        "",
        "   0:20  2  silence  Silence, 20s, 160",
        "            0:20  (bell)",
        "            0:34  (bell)",
    ]


def test_as_text_where_nothing_but_ascii_is_shown(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text(SESSION, encoding="utf-8")
    ascii_only = environment(PYTHONIOENCODING="ascii")
    ran = coach_process.coach("plan", "run.yaml", "--voice", "fake", "--lang", "en", folder=tmp_path, env=ascii_only)
    assert (ran.code, ran.err, ran.out.isascii()) == (0, "", True)
    assert ran.out.splitlines()[7] == "Free                                    Silence"


@pytest.mark.parametrize(("env", "inks"), [({}, {"38;5;146", "38;5;188"}), ({"NO_COLOR": "1"}, set())])
def test_a_terminal_gets_its_whole_width_and_its_colours_unless_they_are_unwanted(
    tmp_path: Path, tool: Callable[[str], str], env: dict[str, str], inks: set[str]
) -> None:
    (tmp_path / "run.yaml").write_text(SESSION, encoding="utf-8")
    terminal = Terminal(tool("tmux"), tmp_path, width=60)
    env |= {"TERM": "xterm-256color", "COACH_CACHE_DIR": os.environ["COACH_CACHE_DIR"]}
    terminal.run([*coach_process.COACH, "plan", str(tmp_path / "run.yaml"), "--voice", "fake", "--lang", "en"], **env)
    try:
        screen = terminal.wait_for(lambda screen: "ended with 0" in screen).splitlines()
        assert set(re.findall(r"38;[0-9;]+", terminal.screen(colours=True))) == inks
    finally:
        terminal.close()
    assert screen[3] == "█████████████████████████████▊█████████████████████████████▊"


def test_as_json(plan: Callable[..., Ran]) -> None:
    ran = plan("--json")
    assert (ran.code, ran.err) == (0, "")
    read = json.loads(ran.out)
    assert {key: read[key] for key in ("coach", "title", "language", "length_s", "cadence_spm")} == {
        "coach": 1,
        "title": "A moment",
        "language": "en",
        "length_s": 40.0,
        "cadence_spm": 160.0,
    }
    assert [(block["kind"], block["line"]) for block in read["blocks"]] == [("free", 7), ("silence", 8)]
    assert {event["kind"] for event in read["events"]} == {"bell", "speech", "tick"}


def test_options_change_the_plan(plan: Callable[..., Ran]) -> None:
    read = json.loads(plan("--json", "--length", "1m", "--cadence", "170", "--guidance", "quiet", "--lang", "nl").out)
    assert (read["length_s"], read["cadence_spm"], read["language"]) == (60.0, 170.0, "nl")
    assert [event for event in read["events"] if event["kind"] == "speech"] == []


@pytest.mark.parametrize(
    "value", ["[2s]", "[in]", "{name}", "\\[", "-f/etc/passwd", "<audio src=x>", "$(id)", "a=b", "'\"", "${HOME}"]
)
def test_a_value_is_words_whatever_it_looks_like(plan: Callable[..., Ran], value: str) -> None:
    read = json.loads(plan("--json", "--set", f"name={value}").out)
    assert [event["text"] for event in read["events"] if event["kind"] == "speech"] == [f"Hello {value}."]


def test_as_a_drawing(plan: Callable[..., Ran], tmp_path: Path) -> None:
    assert plan("--picture", "run.svg") == Ran(code=0, out="drew run.svg\n", err="")
    assert (tmp_path / "run.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert plan("--picture", "RUN.PNG") == Ran(code=0, out="drew RUN.PNG\n", err="")
    with Image.open(tmp_path / "RUN.PNG") as picture:
        assert picture.format == "PNG"


def test_a_drawing_beside_the_json_leaves_it_whole(plan: Callable[..., Ran]) -> None:
    ran = plan("--json", "--picture", "run.svg")
    assert (ran.code, ran.err) == (0, "drew run.svg\n")
    assert json.loads(ran.out)["title"] == "A moment"


def test_a_drawing_of_another_kind(plan: Callable[..., Ran], tmp_path: Path) -> None:
    for name in ("run.gif", "run"):
        assert plan("--picture", name) == Ran(
            code=2, out="", err=f"error: cannot draw {name}: a picture ends in .svg, .png or .html\n"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["run.yaml"]


def test_a_drawing_for_a_folder_that_is_not_there(plan: Callable[..., Ran]) -> None:
    assert plan("--picture", "nowhere/run.svg") == Ran(
        code=3,
        out="",
        err="error: cannot write nowhere/run.svg: its folder does not exist\n"
        "help: make the folder first, or correct its name\n",
    )


def test_a_length_out_of_reach_says_what_is_within(plan: Callable[..., Ran]) -> None:
    message = "the blocks of run.yaml cannot last 2h together: the shortest they can be is 30s, the longest 1m20s"
    assert plan("--length", "2h") == Ran(
        code=1,
        out="",
        err=f"--length 2h: error[length-out-of-reach]: {message}\n"
        "     help: the nearest is 1m20s: `coach plan run.yaml --lang en --voice fake --length 1m20s`; "
        "or widen the silence block on line 8: `lasts: 10s..1h59m40s`\n\n",
    )


def test_a_value_that_is_not_the_session_s(plan: Callable[..., Ran]) -> None:
    assert plan("--set", "nam=Anna") == Ran(
        code=1,
        out="",
        err="--set nam=…: error[unknown-value]: there is no value 'nam' to set\n     help: did you mean 'name'?\n\n",
    )


def test_a_language_that_the_session_does_not_speak(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("coach: 1\nlanguage: nl\ntitle: Nee\nblocks: [free: 20s]\n", encoding="utf-8")
    assert coach("plan", "run.yaml", "--lang", "en") == Ran(
        code=2, out="", err="error: this session is not written in 'en', only in nl\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lang", "fr"], "error: the coach does not speak 'fr'; choose one of nl, en\n"),
        (["--voice", "espek"], 'error: there is no voice "espek"; did you mean "espeak"?\n'),
        (["--length", "3"], "Error: Invalid value for '--length': '3' has no unit; write a unit: 3s or 3m\n"),
        (["--set", "name"], "Error: Invalid value for '--set': 'name' is not of the form NAME=VALUE\n"),
        (["--set", "=x"], "Error: Invalid value for '--set': '=x' is not of the form NAME=VALUE\n"),
        (["--cadence", "59"], "Error: Invalid value for '--cadence': 59.0 is not in the range 60<=x<=220.\n"),
        (["--length", "90"], "Error: Invalid value for '--length': '90' has no unit; write a unit: 90s or 90m\n"),
        (
            ["--cadence", "fast"],
            "Error: Invalid value for '--cadence': 'fast' is not a cadence; write steps per minute, like 158\n",
        ),
        (["--loud"], "Error: No such option '--loud'.\n"),
    ],
)
def test_a_usage_error_is_one_line(plan: Callable[..., Ran], options: list[str], message: str) -> None:
    ran = plan(*options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(message)


@pytest.mark.parametrize(
    ("option", "same"),
    [
        (["--length", "30 min"], ["--length", "30m"]),
        (["--length", "half uur"], ["--length", "30m"]),
        (["--length", "30'"], ["--length", "30m"]),
        (["--length", "twintig minuten"], ["--length", "20m"]),
        (["--length", "half an hour"], ["--length", "30m"]),
        (["--length", "a while"], None),
        (["--length", "1,5 uur"], ["--length", "1h30m"]),
        (["--cadence", "170 spm"], ["--cadence", "170"]),
        (["--cadence", "162,5"], ["--cadence", "162.5"]),
    ],
)
def test_an_option_takes_what_can_only_mean_one_thing(
    plan: Callable[..., Ran], option: list[str], same: list[str] | None
) -> None:
    assert plan(*option) == plan(*same) if same else plan(*option).code == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("resetrn", "no session is called 'resetrn': did you mean 'reset-run'?"),
        ("", "no session is called '': 'coach list' shows them all"),
        ("sub/reset-run.yaml", "there is no file sub/reset-run.yaml: did you mean the shipped session 'reset-run'?"),
        ("gone.yaml", "there is no file gone.yaml: 'coach list' shows the sessions that come with the coach"),
        ("./", ". is a folder: name one session in it"),
    ],
)
def test_a_session_that_is_not_there(coach: Coach, name: str, message: str) -> None:
    assert coach("plan", name) == Ran(code=2, out="", err=f"error: {message}\n")


@pytest.mark.parametrize("name", library.list_names())
def test_a_file_of_the_same_name_does_not_hide_a_shipped_session(coach: Coach, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("no session", encoding="utf-8")
    assert coach("check", name).code == 0


def test_how_a_voice_gets_each_text_is_shown_on_request(coach: Coach, tmp_path: Path) -> None:
    text = (
        'coach: 1\nlanguage: en\ntitle: A\nblocks:\n  - free: {lasts: 20s, say: ["Walk 1:30.", {at: 12s, text: Go.}]}\n'
    )
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    lines = coach("plan", "run.yaml", "--voice", "fake", "--spoken").out.splitlines()[-2:]
    assert [line.split(maxsplit=1)[1] for line in lines] == ["Walk 1:30. → Walk one and a half minutes.", "Go."]
    for options, keys in (((), set()), (("--spoken",), {"spoken"})):
        events = json.loads(coach("plan", "run.yaml", "--voice", "fake", "--json", *options).out)["events"]
        plain = {"kind", "start_s", "end_s", "text", "block", "line"}
        assert [set(event) - plain for event in events] == [keys, keys]
        assert not options or [event["spoken"] for event in events] == ["Walk one and a half minutes.", "Go."]
