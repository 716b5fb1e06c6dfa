from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran
from pulse_server import SoundServer

Coach = Callable[..., Ran]
HOW = "* is the default; choose another with: coach play SESSION --device NAME\n"


def test_the_devices_of_this_machine_are_listed_and_the_default_is_marked(
    coach: Coach, sound_server: SoundServer
) -> None:
    sound_server.add_sink("buds", "Anna's oortjes")
    sound_server.pactl("set-default-sink", "buds")
    assert coach("devices") == Ran(code=0, out=f"  Run\n* Anna's oortjes\n{HOW}", err="")


def test_those_of_another_output_can_be_asked_for(coach: Coach) -> None:
    assert coach("devices", "--output", "silent") == Ran(code=0, out=f"* silence\n{HOW}", err="")


def test_without_any_there_is_a_way_out(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")
    assert coach("devices") == Ran(
        code=3,
        out="",
        err="error: no speakers or headphones found\n"
        "help: connect a device (on Linux, PipeWire or PulseAudio must be installed and running), "
        "or play without sound with --output silent\n",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("horn", 'there is no output "horn"; choose speaker or silent'),
        (
            "simpleaudio",
            "simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs speaker or silent",
        ),
    ],
)
def test_an_output_that_cannot_play_live_is_refused(name: str, said: str, coach: Coach) -> None:
    assert coach("devices", "--output", name) == Ran(code=2, out="", err=f"error: {said}\n")
