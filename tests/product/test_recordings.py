"""An author's own recording, played in place of the voice."""

import math
import subprocess
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import coach_process
import media_probe
import numpy as np
import pytest
from coach_process import Ran
from scipy.signal import butter, sosfiltfilt

PITCH_HZ = 440
SESSION = """
    coach: 1
    language: en
    title: My own voice
    blocks:
      - free:
          lasts: 20s
          ticks: off
          breath-sound: off
          bell: none
          say:
            - {{at: 3s, text: These words are never spoken, clip: {clip}}}
            - {{at: 10s, text: Run on with ease and look around you}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Callable[[str], Path]:
    """Make a function that writes a session with a recording of this name."""

    def write(clip: str) -> Path:
        path = tmp_path / "run.yaml"
        path.write_text(dedent(SESSION).format(clip=clip), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "ending", ["wav", "m4a", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("mp3", "ogg", "flac"))]
)
def test_a_recording_sounds_in_its_place_as_loud_as_the_voice(session: Callable[[str], Path], ending: str) -> None:
    """The recording is a whistle of two seconds, far too soft: easy to find, and nothing like a voice."""
    path = session(f"clip.{ending}")
    whistle = f"sine=frequency={PITCH_HZ}:duration=2:sample_rate=44100,volume=0.05"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", whistle, "-ac", "1", path.with_name(f"clip.{ending}")],
        check=True,
    )
    file = coach_process.rendered(path, path.with_suffix(".mp3"))
    recorded, spoken = (event for event in coach_process.plan(path)["events"] if event["kind"] == "speech")
    heard = media_probe.decoded(file)

    sounding_s = whistling_s(heard)
    assert sounding_s[0] == pytest.approx(3.03, abs=0.02)  # 30 ms before every first sound
    assert sounding_s[-1] == pytest.approx(5.03, abs=0.06)  # codecs pad a little
    assert (recorded["start_s"], recorded["text"]) == (3.0, "These words are never spoken")
    assert recorded["end_s"] == pytest.approx(sounding_s[-1] + 0.08, abs=0.05)
    levels = [loudness_lufs(file, event["start_s"], event["end_s"]) for event in (recorded, spoken)]
    assert levels == pytest.approx([-16.0, -16.0], abs=1.0)


def whistling_s(heard: np.ndarray) -> np.ndarray:
    """Find when the whistle is heard: where the level at its pitch is within 12 dB of its loudest."""
    band = sosfiltfilt(butter(2, [PITCH_HZ - 40, PITCH_HZ + 40], "band", fs=media_probe.RATE_HZ, output="sos"), heard)
    energy = np.convolve(band**2, np.ones(480) / 480, mode="same")[: 8 * media_probe.RATE_HZ]
    return np.flatnonzero(energy > energy.max() * 10 ** (-12 / 10)) / media_probe.RATE_HZ


def loudness_lufs(file: Path, start_s: float, end_s: float) -> float:
    """Measure the loudness between two times, by ffmpeg."""
    cut = f"atrim={start_s}:{end_s},ebur128=framelog=48"
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(file), "-map", "0:a", "-af", cut, "-f", "null", "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    level = float(said.rpartition("I: ")[2].split()[0])
    assert math.isfinite(level)
    return level


OTHER = "secret.wav"
NO_SOUND = """\
{session}:12:62: error[unusable-sound]: 'clip.wav' cannot be used: not a sound file in a supported format
  12 |         - {{at: 3s, text: These words are never spoken, clip: clip.wav}}
     |                                                              ^^^^^^^^
     help: use one of these formats: WAV, FLAC, Ogg, AIFF, MP3, AAC, MP4, WebM, CAF, AMR

"""
LIES = {
    "a playlist": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{OTHER}\n#EXT-X-ENDLIST\n",
    "a list to join": f"ffconcat version 1.0\nfile {OTHER}\n",
    "a session description": f"v=0\nc=IN IP4 127.0.0.1\na=control:{OTHER}\n",
    "a web page": "<html><audio src=secret.wav></html>",
    "nothing at all": "",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_file_that_is_not_audio_is_refused(
    coach: Callable[..., Ran], session: Callable[[str], Path], lie: str
) -> None:
    path = session("clip.wav")
    clip, secret = path.with_name("clip.wav"), path.with_name(OTHER)
    clip.write_text(lie, encoding="utf-8")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=2", secret], check=True)
    ran = coach("render", str(path), "-o", "run.mp3")
    assert ran == Ran(code=1, out="", err=NO_SOUND.format(session=path))
    assert sorted(file.name for file in path.parent.iterdir()) == ["clip.wav", "run.yaml", OTHER]
