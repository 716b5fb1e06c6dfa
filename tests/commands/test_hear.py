"""`coach hear`: print a block or a line of a session, and play it."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import coach_process
import numpy as np
import pytest
import soundfile
from coach_process import Ran
from fake_device import FakeBackend
from pulse_server import SoundServer, until
from scipy.signal import correlate

from coach.cli import main
from coach.commands import hear
from coach.errors import ExternalError
from coach.sounds.clip import Samples
from coach.voices import registry

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

RATE_HZ = 48_000
QUIET_S = 0.5
LEAD_S = 1.0
LOUD = 0.05
SIXTEEN_BITS = 2.0 / 32_768  # with dither
SESSION = """\
coach: 1
title: {nl: Even, en: A moment}
length: 70s
cadence: 180
sounds: {bed: wind}
values: {name: ""}
blocks:
  - free:
      lasts: 20s
      title: {nl: Vooraf, en: Before}
      ticks: on
      bell: start
      say:
        - {at: 5s, text: {nl: "Dag {name}.", en: "Hello {name}."}}
        - {at: 10s, level: extra, text: {nl: Kijk een vogel., en: Look a bird.}}
  - use: parts/rest.yaml
  - silence: {lasts: 10s..60m, say: none}
"""
REST = """\
- easy:
    lasts: 20s
    say: [{at: 2s, text: {nl: "Rustig aan.", en: "Take it easy."}}]
"""
OPTIONS = ("--lang", "en", "--voice", "fake", "--set", "name=Anna")


@pytest.fixture(autouse=True)
def session(written: Written) -> Path:
    """A session of two files, run.yaml and parts/rest.yaml."""
    written("parts/rest.yaml", REST)
    return written("run.yaml", SESSION)


@pytest.fixture
def speakers(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Speakers that ask whenever the program waits."""
    backend = FakeBackend()
    monkeypatch.setattr(hear, "find_backend", lambda _name: backend)
    monkeypatch.setattr(hear, "time", SimpleNamespace(sleep=lambda _: backend.opened[-1].pull(1920)))
    return backend


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """All of the session, as a file holds it."""
    folder = tmp_path_factory.mktemp("rendered")
    (folder / "parts").mkdir()
    (folder / "parts" / "rest.yaml").write_text(REST, encoding="utf-8")
    (folder / "run.yaml").write_text(SESSION, encoding="utf-8")
    assert main(["render", str(folder / "run.yaml"), *OPTIONS, "-o", str(folder / "run.wav")]) == 0
    return soundfile.read(folder / "run.wav", dtype="float32")[0]


def part(samples: Samples, from_s: float, to_s: float) -> Samples:
    return samples[round(from_s * RATE_HZ) : round(to_s * RATE_HZ)]


@pytest.mark.parametrize(
    ("options", "printed", "from_s", "to_s"),
    [
        (["--line", "14"], "0:05 to 0:06  Before\n  Hello Anna.\n", 5.0, 5.8),
        (["--line", "15"], "0:10 to 0:11  Before\n  Look a bird.\n", 10.0, 10.8),
        (["--line", "parts/rest.yaml:3"], "0:22 to 0:23  Easy running\n  Take it easy.\n", 22.0, 22.8),
        (["--line", "10"], "0:00 to 0:20  Before\n", 0.0, 20.0),
        (["--line", "16"], "0:20 to 0:40  Easy running\n", 20.0, 39.9),
        (["--block", "2"], "0:20 to 0:40  Easy running\n", 20.0, 39.9),
        (["--block", "easy"], "0:20 to 0:40  Easy running\n", 20.0, 39.9),
        ([], "0:00 to 1:10  A moment\n", 0.0, 70.0),
    ],
)
def test_a_part_is_printed_and_sounds_as_in_a_file_of_the_session(
    coach: Coach,
    speakers: FakeBackend,
    rendered: Samples,
    options: list[str],
    printed: str,
    from_s: float,
    to_s: float,
) -> None:
    assert coach("hear", "run.yaml", *OPTIONS, *options) == Ran(code=0, out=printed, err="")
    (device,) = speakers.opened
    begins_s = QUIET_S + min(from_s, LEAD_S) - from_s
    heard, expected = part(device.pulled, begins_s + from_s, begins_s + to_s), part(rendered, from_s, to_s)
    assert np.abs(heard - expected).max() < SIXTEEN_BITS
    assert np.abs(part(device.pulled, 0.0, QUIET_S)).max() < 0.003
    assert device.closed


def test_an_option_changes_what_is_heard(coach: Coach, speakers: FakeBackend) -> None:
    dutch = coach("hear", "run.yaml", "--voice", "fake", "--lang", "nl", "--line", "14", "--device", "head")
    assert dutch == Ran(code=0, out="0:05 to 0:06  Vooraf\n  Dag.\n", err="")
    assert [device.device for device in speakers.opened] == ["Headset"]


NOT_A_LINE = "is not a line number; write 42, or breaths.yaml:42 for a line in a file that the session uses"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--line", "3"], "nothing in line 3 is heard; the nearest line that is: 8"),
        (["--line", "99"], "there is no line 99 in run.yaml: it has 18"),
        (
            ["--line", "9" * 10],
            f"'9999999999' {NOT_A_LINE}",
        ),
        (
            ["--line", "x"],
            f"'x' {NOT_A_LINE}",
        ),
        (["--line", "rest.yaml:3"], "rest.yaml is not a file of this session; its files are run.yaml, REST"),
        (
            ["--line", "15", "--guidance", "light"],
            "line 15 is not said: '--guidance light' leaves out words whose level is 'extra'",
        ),
        (["--block", "4"], "there is no block 4: this session has 3, and 'coach plan' numbers them"),
        (["--block", "silense"], "this session has no block 'silense': did you mean 'silence'?"),
        (["--block", "1", "--line", "9"], "choose --block or --line, not both"),
        (["--output", "horn"], 'there is no output "horn"; choose speaker, silent or simpleaudio'),
        (["--device", "Horn"], 'there is no device "Horn"; there are: "Speakers", "Headset"'),
        (
            ["--device", "Run", "--output", "simpleaudio"],
            "simpleaudio cannot choose a device: leave out --device, or --output simpleaudio",
        ),
    ],
)
def test_an_unheard_part_is_reported(coach: Coach, speakers: FakeBackend, options: list[str], message: str) -> None:
    expected = f"error: {message}\n".replace("REST", str(Path("parts/rest.yaml")))
    assert coach("hear", "run.yaml", *OPTIONS, *options) == Ran(code=2, out="", err=expected)
    assert all(device.closed for device in speakers.opened)


def test_a_device_that_goes_away_ends_it(coach: Coach, speakers: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hear, "time", SimpleNamespace(sleep=lambda _: speakers.opened[-1].unplug()))
    assert coach("hear", "run.yaml", *OPTIONS, "--line", "14") == Ran(
        code=3,
        out="0:05 to 0:06  Before\n  Hello Anna.\n",
        err="error: the sound device went away\nhelp: connect it again, and run the command again\n",
    )


def test_by_simpleaudio_it_is_one_finished_sound(
    coach: Coach, rendered: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Samples] = []
    monkeypatch.setattr(hear, "play_finished", lambda samples, _: played.append(samples))
    ran = coach("hear", "run.yaml", *OPTIONS, "--line", "14", "--output", "simpleaudio")
    assert ran == Ran(code=0, out="0:05 to 0:06  Before\n  Hello Anna.\n", err="")
    nothing, sound = played
    assert nothing.shape == (0, 2)
    assert np.abs(part(sound, QUIET_S + LEAD_S, QUIET_S + LEAD_S + 0.8) - part(rendered, 5.0, 5.8)).max() < SIXTEEN_BITS


def test_simpleaudio_takes_no_more_than_ten_minutes(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hear, "play_finished", lambda *_: None)
    assert coach("hear", "run.yaml", *OPTIONS, "--length", "11m", "--output", "simpleaudio") == Ran(
        code=2,
        out="",
        err="error: simpleaudio holds all it plays in memory, 10m at most, and this is 11m: choose a part with --block "
        "or --line, leave out --output simpleaudio, or run it with 'coach play'\n",
    )


def test_where_simpleaudio_cannot_play_it_says_so_before_anything_is_made(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_samples: Samples, _rate_hz: int) -> None:
        raise ExternalError("simpleaudio is not installed", help="install it")

    monkeypatch.setattr(hear, "play_finished", refuse)
    assert coach("hear", "run.yaml", *OPTIONS, "--output", "simpleaudio") == Ran(
        code=3, out="", err="error: simpleaudio is not installed\nhelp: install it\n"
    )


def test_ctrl_c_ends_it_softly(session: Path, sound_server: SoundServer) -> None:
    command = [*coach_process.COACH, "hear", str(session), *OPTIONS]
    with (
        sound_server.recorded("run") as recording,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as coach,
    ):
        until(lambda: bool(recording.samples.max(initial=0.0) > LOUD), "the first tick is heard")
        coach.send_signal(signal.SIGINT)
        assert coach.communicate(timeout=30) == ("0:00 to 1:10  A moment\n", "")
        heard = recording.samples
    assert coach.returncode == 130
    end = int(np.flatnonzero(heard.any(axis=1))[-1]) + 1
    levels = [np.sqrt(np.mean(np.square(heard[end - ago : end - ago + 2_400]))) for ago in (24_000, 7_200, 2_400)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] < levels[0] / 10


def test_it_is_heard_on_a_real_device(session: Path, rendered: Samples, sound_server: SoundServer) -> None:
    with sound_server.recorded("run") as recording:
        ran = coach_process.coach("hear", session, *OPTIONS, "--line", "14", "--device", "Run")
        assert ran == Ran(code=0, out="0:05 to 0:06  Before\n  Hello Anna.\n", err="")
        until(lambda: not recording.samples[-RATE_HZ // 10 :].any(), "it is quiet again")
        heard = recording.samples
    expected = part(rendered, 5.0, 5.8)
    late = int(np.argmax(correlate(heard[:, 0], expected[:, 0], mode="valid", method="fft")))
    assert np.abs(heard[late : late + len(expected)] - expected).max() < SIXTEEN_BITS
    assert np.count_nonzero(heard.any(axis=1)) >= round((QUIET_S + LEAD_S + 0.8 + LEAD_S) * RATE_HZ)


def test_a_word_is_heard_in_each_voice_and_what_each_gets_is_printed(
    coach: Coach, speakers: FakeBackend, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = SESSION.replace("values:", "say-as: {Nijmegen: {ipa: ˈnɛi.meː.ɣə}, Gent: khent}\nvalues:")
    written("run.yaml", session)
    voices = tuple(map(registry.load_voice, (registry.UNLISTED["fake"], registry.VOICES["espeak"])))
    monkeypatch.setattr(registry, "list_voices", lambda _language: voices)
    for word, printed in (
        ("Nijmegen", "fake  Nijmegen\nespeak  /nˈɛɪmeːɣə/\n"),
        ("Gent", "fake  khent\nespeak  khent\n"),
    ):
        assert coach("hear", "run.yaml", "--lang", "nl", "--word", word) == Ran(
            code=0,
            out=printed,
            err="fake says 'Nijmegen' as written: the voices kokoro, piper and espeak read `ipa`\n"
            if word == "Nijmegen"
            else "",
        )
    assert len(speakers.opened) == 4
    assert all(np.abs(device.pulled).max() > LOUD for device in speakers.opened)


def test_a_word_is_heard_without_a_session_and_in_one_voice(coach: Coach, speakers: FakeBackend) -> None:
    ran = coach("hear", "--word", "3 km", "--lang", "nl", "--voice", "fake")
    assert ran == Ran(code=0, out="fake  drie kilometer\n", err="")
    assert len(speakers.opened) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "name the session to hear, or a word with --word"),
        (["--word", "?!"], "no voice can say '?!'"),
        (["--word", "a", "--block", "2"], "choose --word, --block or --line, not several"),
    ],
)
def test_a_word_that_cannot_be_heard_is_reported(
    coach: Coach, speakers: FakeBackend, options: list[str], message: str
) -> None:
    ran = coach("hear", *options)
    assert (ran.code, message in ran.err, speakers.opened) == (2, True, [])
