"""`coach play` without a terminal: what it prints, and how it ends. Its sound is tested in tests/play."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import coach_process
import pytest
from coach_process import Ran

from coach.commands import play
from coach.journal.diary import Diary
from coach.play import run_log, speech_prefetch

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

RUN = """\
coach: 1
title: {nl: Even, en: A moment}
sounds: {bed: none, breath: none}
blocks:
  - free: {title: {nl: Een, en: One}, lasts: 1.25s, bell: none, say: {nl: Dag., en: Hello.}}
  - free: {title: {nl: Twee, en: Two}, lasts: 0.75s, ticks: on, bell: none, say: none}
"""
LINES = ["0:00  One, 1s", "0:00    Hello.", "0:01  Two, 1s"]
SILENT = ("--output", "silent", "--voice", "fake", "--lang", "en")


@pytest.fixture(autouse=True)
def run(written: Written) -> Path:
    """A session of two seconds, run.yaml."""
    return written("run.yaml", RUN)


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    """An empty diary, for which a second is long enough."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "own"))
    monkeypatch.setattr(run_log, "MIN_SAVED_RUN_S", 1.0)
    return Diary(path=tmp_path / "own" / "journal.sqlite3")


def join_lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_a_run_is_printed_to_its_end_and_is_too_short_for_the_diary(run: Path, tmp_path: Path) -> None:
    env = coach_process.environment(COACH_DATA_DIR=str(tmp_path / "own"))
    assert coach_process.coach("play", run, *SILENT, env=env) == Ran(code=0, out=join_lines(*LINES), err="")
    assert not (tmp_path / "own").exists()


def test_a_run_without_questions_is_in_the_diary(coach: Coach, diary: Diary) -> None:
    assert coach("play", "run.yaml", *SILENT) == Ran(code=0, out=join_lines(*LINES), err="")
    (kept,) = diary.read_runs()
    assert (kept.session, kept.title, kept.form, kept.language) == ("run.yaml", "A moment", "other", "en")
    assert (kept.length_s, kept.ran_s, kept.cadence_spm, kept.ended) == (2.0, 2.0, 158.0, "finished")
    assert (kept.tension_before, kept.tension_after, kept.lighter) == (None, None, None)


def test_it_can_begin_later_and_keep_nothing(coach: Coach, diary: Diary) -> None:
    assert coach("play", "run.yaml", *SILENT, "--delay", "2s", "--no-diary") == Ran(
        code=0, out=join_lines("We begin in 0:02.", *LINES), err=""
    )
    assert not diary.path.parent.exists()


def test_a_damaged_diary_is_reported_once_and_the_run_goes_on(
    coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_log, "SAVE_EVERY_S", 0.2)
    diary.path.parent.mkdir()
    diary.path.write_bytes(b"Dear diary,\n" * 400)
    assert coach("play", "run.yaml", *SILENT) == Ran(
        code=0,
        out=join_lines(*LINES),
        err=f"this run is not saved in the diary: the diary {diary.path} is damaged, and was left as it is\n"
        "help: move it to another folder, with the files whose names begin with its name; then a new one is created\n",
    )


def test_ctrl_c_ends_it_with_130(run: Path) -> None:
    command = [*coach_process.COACH, "play", str(run), *SILENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stderr
        assert [running.stdout.readline() for _ in range(2)] == [join_lines(line) for line in LINES[:2]]
        running.send_signal(signal.SIGINT)
        rest = running.stdout.read(), running.stderr.read()
    assert (running.returncode, *rest) == (130, "", "")


@pytest.mark.skipif(os.name != "posix", reason="other systems end a program without asking it")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_the_system_ends_fades_out_and_is_in_the_diary(
    written: Written, tmp_path: Path, number: signal.Signals
) -> None:
    long = written("long.yaml", RUN.replace("lasts: 0.75s", "lasts: 60s"))
    env = coach_process.environment(COACH_DATA_DIR=str(tmp_path / "own"))
    program = (
        "import sys\nfrom coach.cli import main\nfrom coach.play import run_log\n"
        f"run_log.MIN_SAVED_RUN_S = 0.5\nsys.exit(main(['play', {str(long)!r}, *{SILENT!r}]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert [running.stdout.readline().partition(",")[0].strip() for _ in range(3)][2][4:] == "  Two"
        running.send_signal(number)
        assert running.stdout.read() == ""
    assert running.returncode == 128 + number
    (kept,) = Diary(path=tmp_path / "own" / "journal.sqlite3").read_runs()
    assert (kept.title, kept.ended) == ("A moment", "stopped")
    assert 1.0 <= kept.ran_s < 20.0


def test_a_signal_that_is_ignored_stays_ignored(run: Path) -> None:
    command = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *coach_process.COACH, "play", str(run), *SILENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        running.stdout.readline()
        running.send_signal(signal.SIGHUP)
        rest = running.stdout.read()
    assert (running.returncode, rest) == (0, join_lines(*LINES[1:]))


def test_an_interrupted_run_is_in_the_diary_as_far_as_it_came(
    coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []

    def sleep(seconds: float) -> None:
        if lines == LINES:
            lines.append("^C")
            raise KeyboardInterrupt
        time.sleep(seconds)

    monkeypatch.setattr(play, "click", SimpleNamespace(echo=lines.append))
    monkeypatch.setattr(play, "time", SimpleNamespace(sleep=sleep))
    assert coach("play", "run.yaml", *SILENT) == Ran(code=130, out="", err="")
    assert lines == [*LINES, "^C"]
    (kept,) = diary.read_runs()
    assert (kept.length_s, kept.ended) == (2.0, "stopped")
    assert 1.25 <= kept.ran_s < 2.0


def test_words_that_cannot_be_spoken_are_reported_and_the_run_goes_on(
    coach: Coach, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_prefetch, "SPOKEN_FIRST_S", 1.0)
    written("torn.wav", "no sound at all")
    torn = "say: [{en: Hello.}, {at: 1.25s, clip: torn.wav, text: {en: Torn.}}]"
    written("torn.yaml", RUN.replace("say: {nl: Dag., en: Hello.}", torn).replace("1.25s, bell", "4s, bell"))
    played = coach("play", "torn.yaml", *SILENT)
    assert (played.code, played.err) == (0, "")
    # When it is reported depends on how soon a process has started that reads the file.
    printed = [re.sub(r"^0:0[0-4](?=  A few words)", "0:00", line) for line in played.out.splitlines()]
    assert sorted(printed) == [
        "0:00    Hello.",
        "0:00  A few words could not be said",
        "0:00  One, 4s",
        "0:01    Torn.",
        "0:04  Two, 1s",
    ]


def test_when_the_first_words_cannot_be_said_it_does_not_begin(coach: Coach, written: Written, tmp_path: Path) -> None:
    written("torn.wav", "no sound at all")
    written("torn.yaml", RUN.replace("say: {nl: Dag., en: Hello.}", "say: [{clip: torn.wav, text: {en: Torn.}}]"))
    assert coach("play", "torn.yaml", *SILENT) == Ran(
        code=3,
        out="",
        err=f"error: {tmp_path / 'torn.wav'}: not a sound file in a supported format\n"
        "help: use one of these formats: WAV, FLAC, Ogg, AIFF, MP3, AAC, MP4, WebM, CAF, AMR\n",
    )


def test_a_session_with_an_error_is_not_played(coach: Coach, written: Written) -> None:
    written("wrong.yaml", RUN.replace("- free: {title: {nl: Een", "- fre: {title: {nl: Een"))
    assert coach("play", "wrong.yaml", *SILENT) == Ran(
        code=1,
        out="",
        err="wrong.yaml:5:5: error[unknown-kind]: unknown kind of block 'fre'\n"
        "   5 |   - fre: {title: {nl: Een, en: One}, lasts: 1.25s, bell: none, say: {nl: Dag., en: Hello.}}\n"
        "     |     ^^^\n"
        "     help: did you mean 'free'?\n\n",
    )


def test_nor_is_one_that_cannot_be_as_long_as_is_asked(coach: Coach) -> None:
    assert coach("play", "run.yaml", *SILENT, "--length", "1m") == Ran(
        code=1,
        out="",
        err="--length 1m: error[length-out-of-reach]: the blocks of run.yaml last 2s together, and cannot last 1m\n"
        "     help: leave the length out, or widen more blocks, first the free block on line 5: `lasts: 1.25s..1m`\n\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([*SILENT], "name the session to play; 'coach list' lists them"),
        (["reset-rn", *SILENT], "no session is called 'reset-rn': did you mean 'reset-run'?"),
        (
            ["gone.yaml", *SILENT],
            "there is no file gone.yaml: 'coach list' shows the sessions that come with the coach",
        ),
        (["run.yaml", "--output", "horn"], 'there is no output "horn"; choose speaker or silent'),
        (
            ["run.yaml", "--output", "simpleaudio"],
            "simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs speaker or silent",
        ),
        (["run.yaml", *SILENT, "--device", "buds"], 'there is no device "buds"; there are: "silence"'),
        (["run.yaml", *SILENT, "--voice", "hibary"], 'there is no voice "hibary"; did you mean "hibari"?'),
        (["run.yaml", *SILENT, "--lang", "fr"], "the coach does not speak 'fr'; choose one of nl, en"),
    ],
)
def test_an_impossible_request_is_reported_at_once(coach: Coach, arguments: list[str], message: str) -> None:
    assert coach("play", *arguments) == Ran(code=2, out="", err=f"error: {message}\n")


@pytest.mark.parametrize("option", ["--plain", "--no-diary"])
def test_without_questions_a_session_must_be_named(coach: Coach, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.setattr(play, "_is_terminal", lambda: True)
    assert coach("play", *SILENT, option) == Ran(
        code=2, out="", err="error: name the session to play; 'coach list' lists them\n"
    )


def test_without_anything_to_play_on_there_is_a_way_out(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")
    assert coach("play", "run.yaml") == Ran(
        code=3,
        out="",
        err="error: no speakers or headphones found\n"
        "help: connect a device (on Linux, PipeWire or PulseAudio must be installed and running), "
        "or play without sound with --output silent\n",
    )
