"""A session played by the program on a real sound server, compared with the file that it renders."""

import wave
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from textwrap import dedent
from typing import Any

import align_recording
import audio_measurements
import coach_process
import media_probe
import numpy as np
import pytest
import soxr
from pulse_server import served

RATE_HZ = media_probe.RATE_HZ
OTHER_RATE_HZ = 44_100
FULL_SCALE = 32_767
DITHERED = 1.6 / FULL_SCALE  # a file's samples are rounded to 16 bits, with dither of one step either way
SETTLED_S = 0.5  # by then a resampler has all the samples it looks back at
TICKS_ALONE_S = 8.5

SESSION = """
    coach: 1
    title: {en: Heard}
    length: 16s
    cadence: 168
    breath: 3 in / 3 out
    sounds: {tick: wood, bell: bowl, breath: air, bed: forest}
    blocks:
      - free: {lasts: 9s, title: {en: Ticks}, ticks: on, breath-sound: off, bell: none}
      - free: {lasts: 7s, title: {en: All}, ticks: on, breath-sound: on, bell: both, say: {en: Drop your shoulders.}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """What was printed, planned and rendered, and what was recorded at two rates, as stereo samples."""

    printed: list[str]
    plan: dict[str, Any]
    rendered: align_recording.Signal
    heard: align_recording.Signal
    heard_otherwise: align_recording.Signal

    def part(
        self, heard: align_recording.Signal, start_s: float, end_s: float
    ) -> tuple[align_recording.Signal, align_recording.Signal]:
        """Cut a part of the session from the recording and from the rendered file."""
        late = align_recording.place(self.rendered, heard)
        first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
        return heard[late + first : late + last], self.rendered[first:last]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, sound_programs: None) -> Played:  # noqa: ARG001 - they must be there
    folder = tmp_path_factory.mktemp("played")
    session = folder / "heard.yaml"
    session.write_text(dedent(SESSION), encoding="utf-8")
    file = coach_process.rendered(session, folder / "heard.wav")
    with served(folder) as server, ExitStack() as stack:
        server.add_sink("other", "Other", OTHER_RATE_HZ)
        recordings = [stack.enter_context(server.recorded(sink)) for sink in ("run", "other")]
        runs = [stack.enter_context(play(session, device)) for device in ("Run", "Other")]
        printed = [run.communicate() for run in runs]
        heard, otherwise = (recording.samples for recording in recordings)
    assert [(run.returncode, streams[1]) for run, streams in zip(runs, printed, strict=True)] == [(0, "")] * 2
    return Played(
        printed=printed[0][0].splitlines(),
        plan=coach_process.plan(session),
        rendered=in_both_ears(file),
        heard=heard,
        heard_otherwise=np.stack([soxr.resample(ear, OTHER_RATE_HZ, RATE_HZ, "VHQ") for ear in otherwise.T], axis=1),
    )


def play(session: Path, device: str) -> Popen[str]:
    command = [*coach_process.COACH, "play", str(session), "--device", device, "--plain"]
    return Popen(command, env=coach_process.environment(), stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8")


def in_both_ears(file: Path) -> align_recording.Signal:
    with wave.open(str(file)) as sound:
        values = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
    return values.reshape(-1, 2) / np.float32(FULL_SCALE)


def ticks_s(sound: align_recording.Signal) -> align_recording.Signal:
    """Find the times of the ticks in a part of the session where nothing else sounds."""
    return audio_measurements.tick_times_s(soxr.resample(sound.mean(axis=1), RATE_HZ, audio_measurements.TICK_RATE_HZ))


def test_every_sample_is_that_of_the_file_from_the_first_to_the_last(played: Played) -> None:
    heard, rendered = played.part(played.heard, 0.0, played.plan["length_s"])
    assert len(heard) == len(rendered)
    assert np.abs(heard - rendered).max() < DITHERED


@pytest.mark.thorough
def test_on_a_device_of_another_rate_it_is_the_same_but_for_the_resampling(played: Played) -> None:
    heard, rendered = played.part(played.heard_otherwise, SETTLED_S, played.plan["length_s"])
    for ear in (0, 1):
        assert align_recording.likeness(heard[:, ear], rendered[:, ear]) > 0.99999
    assert align_recording.holes(heard) == []


@pytest.mark.parametrize("rate", ["heard", pytest.param("heard_otherwise", marks=pytest.mark.thorough)])
def test_ticks_come_as_steadily_as_they_are_planned_and_rendered(played: Played, rate: str) -> None:
    planned = [tick["start_s"] for tick in played.plan["events"] if tick["kind"] == "tick"]
    planned = [start_s for start_s in planned if SETTLED_S < start_s < TICKS_ALONE_S]
    heard, rendered = (ticks_s(part) for part in played.part(getattr(played, rate), planned[0] - 0.1, TICKS_ALONE_S))
    assert len(heard) == len(rendered) == len(planned)
    assert np.percentile(np.abs(np.diff(heard) - np.diff(planned)), 99) < 0.001
    assert np.percentile(np.abs(np.diff(heard) - np.diff(rendered)), 99) < 0.0001


def test_a_line_is_printed_for_all_that_is_heard(played: Played) -> None:
    assert played.printed[-3:] == ["0:00  Ticks, 9s", "0:08  All, 7s", "0:11    Drop your shoulders."]
