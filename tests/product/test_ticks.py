"""The ticks in a finished MP3, found by their sound and compared with the plan."""

from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent
from typing import Any

import coach_process
import media_probe
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

Signal = NDArray[np.floating[Any]]
REACH = round(0.012 * media_probe.RATE_HZ)  # how far either side of its place a tick is looked for
STROKE = round(0.02 * media_probe.RATE_HZ)
PEAK_S = 0.003  # every tick is loudest so long after it begins

STEADY = """
    coach: 1
    language: en
    title: Half an hour of ticks
    length: 30m
    cadence: 157
    blocks:
      - free: {lasts: 11m, ticks: on, say: [{every: 100s, text: Light feet.}]}
      - easy: {lasts: 10m..40m, ticks: on}
"""
RAMP = """
    coach: 1
    language: nl
    title: Steeds sneller
    length: 6m
    blocks:
      - free: {lasts: 6m, cadence: 120 -> 190, ticks: on, say: [{every: 100s, text: Lichte voeten.}]}
"""


@pytest.fixture(
    scope="module", params=[pytest.param(STEADY, marks=pytest.mark.thorough), RAMP], ids=["half-an-hour", "a-ramp"]
)
def ticks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Signal, Signal]:
    """Measure each tick: its planned time, and how much later it is heard, in seconds."""
    session = tmp_path_factory.mktemp("ticks") / "ticks.yaml"
    session.write_text(dedent(request.param), encoding="utf-8")
    planned = [event for event in coach_process.plan(session)["events"] if event["kind"] == "tick"]
    heard = media_probe.decoded(coach_process.rendered(session, session.with_suffix(".mp3")))
    times_s = [np.array([tick["start_s"] for tick in group]) for group in alike(planned)]
    return np.concatenate(times_s), np.concatenate([late_s(heard, group_s) for group_s in times_s])


def alike(ticks: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Group the ticks by their sound: pitched by the phase of the breath, and fuller on its first step."""

    def sound(tick: dict[str, Any]) -> tuple[str, bool]:
        return tick["phase"], tick["count"] == 1

    return (list(group) for _, group in groupby(sorted(ticks, key=sound), key=sound))


def late_s(heard: Signal, planned_s: Signal) -> Signal:
    """Measure how much later than planned equal ticks peak, by a filter matched to their median."""
    places = np.rint(planned_s * media_probe.RATE_HZ).astype(int)
    around = np.pad(np.diff(heard), REACH + STROKE)[places[:, None] + STROKE + np.arange(2 * REACH + STROKE)]
    stroke = np.median(around[:, REACH : REACH + STROKE], axis=0)
    shifts = np.argmax(correlate(around, stroke[None], mode="valid"), axis=1) - REACH
    peak = int(np.argmax(np.cumsum(stroke)))
    return (places + shifts + peak) / media_probe.RATE_HZ - planned_s


def test_ticks_fall_where_they_are_planned(ticks: tuple[Signal, Signal]) -> None:
    """99 of 100 lie within 1.5 ms of each other, and their median where it is planned."""
    _, offsets_s = ticks
    assert np.percentile(offsets_s, 99.5) - np.percentile(offsets_s, 0.5) < 0.0015
    assert np.median(offsets_s) == pytest.approx(PEAK_S, abs=0.0005)


def test_ticks_do_not_drift(ticks: tuple[Signal, Signal]) -> None:
    """The drift is under 10 millionths: 18 ms in half an hour."""
    drift, _ = np.polyfit(*ticks, deg=1)
    assert abs(drift) < 10e-6
