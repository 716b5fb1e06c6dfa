"""`coach record`: a voice pack from one long take or line by line, and the session that speaks with it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import coach_process
import numpy as np
import pytest
import soundfile
from coach_process import Ran
from long_takes import RATE_HZ, ReadingStyle, make_long_take, speak_lines
from pulse_server import SoundServer

from coach.services.session_preparation import plan_by_estimate
from coach.services.session_reading import SessionRequest
from coach.voice_recording.script_lines import collect_lines
from coach.voices import registry
from coach.voices.engines.voice_pack import read_manifest

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]
LINES = (
    "Welcome. Stand still for a moment, with both feet on the ground.",
    "Start walking, as slowly as you like.",
    "Feel the ground catch your foot, and let it go again. Left, and right, and left.",
    "Let your arms hang, loose and easy.",
    "If it feels like too little air, breathe out sooner, or take fewer steps. Your body knows what it needs.",
)
SESSION = "\n".join(
    [
        "coach: 1",
        "language: en",
        "title: Mine",
        "blocks:",
        "  - free:",
        "      lasts: 90s",
        "      say:",
        *(f'        - "{line}"' for line in LINES),
        "",
    ]
)


@pytest.fixture(autouse=True)
def packs_are_read_anew() -> None:
    """What a process has read of a pack, it does not read again; here each command is to stand for a process."""
    registry.load_voice.cache_clear()


@pytest.fixture
def session(written: Written) -> Path:
    return written("run.yaml", SESSION)


def long_take(session: Path, **style: object) -> Path:
    """The session's lines, read aloud in one go."""
    script = collect_lines(plan_by_estimate(SessionRequest(session=str(session), values={})))
    take = make_long_take(speak_lines(script, "hibari"), ReadingStyle(seed=3, **style))  # type: ignore[arg-type]  # its fields
    path = session.with_name("take.flac")
    soundfile.write(path, take.clip.samples, RATE_HZ)
    return path


def test_a_long_take_becomes_the_voice_of_its_session(coach: Coach, session: Path, tmp_path: Path) -> None:
    take = long_take(session)
    ran = coach("record", "run.yaml", "--split", take.name, "--speaker", "Anna", "--licence", "CC BY 4.0")
    folder = Path("run.voice", "en")
    assert ran == Ran(
        code=0,
        out=f"5 of 5 lines were found for certain.\n5 of 5 lines are in {folder}\n"
        "all of it; hear it with: coach render run.yaml\n",
        err="",
    )
    manifest = read_manifest(tmp_path / folder)
    assert (manifest.speaker, manifest.language, manifest.licence) == ("Anna", "en", "CC BY 4.0")
    assert [line.text for line in manifest.lines] == list(LINES)
    assert [line.length_s for line in manifest.lines] != [0.0] * 5
    own, other = (coach("plan", "run.yaml", "--json", *voice) for voice in ((), ("--voice", "hibari")))
    assert (own.code, own.err, other.err) == (0, "", "")
    assert own.out != other.out


def test_a_changed_line_is_spoken_by_the_next_voice_and_reported(coach: Coach, session: Path, written: Written) -> None:
    coach("record", "run.yaml", "--split", long_take(session).name)
    registry.load_voice.cache_clear()
    written("run.yaml", SESSION.replace("Let your arms hang, loose and easy.", "Let your arms swing, loose and easy."))
    expected = (
        "1 line of this session is not in the pack run.voice/en; hibari says it\n"
        "  Let your arms swing, loose and easy.\n"
    )
    assert coach("plan", "run.yaml").err == expected
    rendered = coach("render", "run.yaml", "-o", "run.mp3")
    assert (rendered.code, rendered.out, rendered.err) == (0, "run.mp3\n", expected)
    heard = coach("hear", "run.yaml", "--output", "silent", "--line", "11")
    assert (heard.code, heard.err) == (0, expected)


def test_lines_missing_in_a_take_are_listed_and_not_written(coach: Coach, session: Path, tmp_path: Path) -> None:
    ran = coach("record", "run.yaml", "--split", long_take(session, missing=(2,)).name, "--to", "mine")
    assert ran.code == 0
    assert "  not heard  Feel the ground catch" in ran.out
    assert LINES[2] not in {line.text for line in read_manifest(tmp_path / "mine").lines}
    assert "to go on with the other" in ran.out


def test_a_take_that_is_no_sound_leaves_nothing_behind(coach: Coach, session: Path, tmp_path: Path) -> None:
    (tmp_path / "take.wav").write_text("#EXTM3U\n", encoding="utf-8")
    ran = coach("record", session.name, "--split", "take.wav")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: take.wav: not a sound file in a supported format\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.yaml", "take.wav"]


def test_a_damaged_pack_is_reported_before_anything_is_done(coach: Coach, session: Path) -> None:
    folder = session.parent / "run.voice" / "en"
    folder.mkdir(parents=True)
    (folder / "pack.json").write_text('{"coach": 2}', encoding="utf-8")
    for command in (["plan"], ["record", "--split", "none.wav"]):
        ran = coach(command[0], "run.yaml", *command[1:])
        assert (ran.code, ran.out) == (3, "")
        assert "its version is 2; this coach reads versions up to 1" in ran.err
    assert coach("plan", "run.yaml", "--voice", "fake").code == 0


def test_a_shipped_session_finds_its_pack_in_the_folder_one_is_in_or_in_the_users_own(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "own"))
    for place in (tmp_path / "own" / "voices", tmp_path):
        registry.load_voice.cache_clear()
        folder = place / "walk-out.voice" / "en"
        folder.mkdir(parents=True)
        (folder / "pack.json").write_text('{"coach": 9}', encoding="utf-8")
        assert coach("plan", "walk-out", "--lang", "en").err.startswith(f"error: {folder}/pack.json is damaged: ")
        assert coach("plan", "walk-out", "--lang", "nl").code == 0


def test_line_by_line_at_a_real_microphone(sound_server: SoundServer, session: Path, tmp_path: Path) -> None:
    """Its reader hums; what the sound server plays is what its microphone hears."""
    sound_server.pactl("set-default-source", "run.monitor")
    hum = 0.2 * np.sin(2 * np.pi * 200 * np.arange(RATE_HZ) / RATE_HZ)
    pacat = ["pacat", "-d", "run", "--format=float32le", "--channels=1", f"--rate={RATE_HZ}"]
    recording = subprocess.Popen(
        [*coach_process.COACH, "record", session.name],
        cwd=session.parent,
        env=coach_process.environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert recording.stdin is not None
    assert recording.stdout is not None
    for _ in range(2):
        recording.stdin.write("\n")
        recording.stdin.flush()
        while not next(recording.stdout).endswith("Recording. Press Enter when you have said it.\n"):
            pass
        subprocess.run(pacat, input=np.pad(hum, RATE_HZ // 2).astype("<f4").tobytes(), check=True)
        recording.stdin.write("\n\n")
        recording.stdin.flush()
    printed, _ = recording.communicate("q\n")
    assert recording.returncode == 0
    assert printed.endswith("2 of 5 lines are in run.voice/en\nto go on with the other 3: coach record run.yaml\n")
    lines = read_manifest(tmp_path / "run.voice" / "en").lines
    assert [line.text for line in lines] == list(LINES[:2])
    assert [line.length_s for line in lines] == pytest.approx([1.6, 1.6], abs=0.1)
