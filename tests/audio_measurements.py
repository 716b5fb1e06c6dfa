"""Measurements of a finished audio file, by other means than those that made it."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, find_peaks, sosfiltfilt

Signal = NDArray[np.float32]

TICK_RATE_HZ = 12_000
_WOOD_HZ = (500.0, 1_100.0)
_TICK_WIDTH_S = 0.004
_TICKS_APART_S = 0.2
_PIECE_S, _OVERLAP_S = 60.0, 1.0
_VOICED_WINDOW_S = 0.012


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """The integrated loudness of a file, its true peak, and the lengths of the silences found in it."""

    lufs: float
    peak_dbtp: float
    silences_s: tuple[float, ...]


def level(path: Path) -> Level:
    """The loudness of a file by ffmpeg's meter, and every 0.3 s or more under -75 dB."""
    filters = "silencedetect=n=-75dB:d=0.3,ebur128=peak=true:framelog=verbose"
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", filters, "-f", "null", "-"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return Level(
        lufs=float(re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", ran)[-1]),
        peak_dbtp=float(re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", ran)[-1]),
        silences_s=tuple(map(float, re.findall(r"silence_duration: ([\d.]+)", ran))),
    )


def tick_times_s(signal: Signal, *, quietest_db: float = -24.0) -> NDArray[np.float64]:
    """When wooden ticks are heard, found without knowing the plan.

    They are the peaks, at least 0.2 s apart, of the energy between 500 and 1,100 Hz averaged over 4 ms.

    Args:
        signal: Mono, at ``TICK_RATE_HZ``.
        quietest_db: How far under the loudest of a minute a tick may lie.
    """
    piece, overlap = round(_PIECE_S * TICK_RATE_HZ), round(_OVERLAP_S * TICK_RATE_HZ)
    found: list[NDArray[np.float64]] = []
    for start in range(0, signal.size, piece):
        first = max(0, start - overlap)
        times = first + _tick_frames(signal[first : start + piece + overlap], quietest_db)
        found.append(times[(times >= start) & (times < start + piece)])
    return np.concatenate(found) / TICK_RATE_HZ


def _tick_frames(signal: Signal, quietest_db: float) -> NDArray[np.float64]:
    """Frames, with fractions, of the ticks in a stretch."""
    energy = _energy(signal, _WOOD_HZ, TICK_RATE_HZ, _TICK_WIDTH_S)
    least = energy.max() * 10 ** (quietest_db / 10)
    peaks, _ = find_peaks(energy, height=least, distance=round(_TICKS_APART_S * TICK_RATE_HZ))
    before, at, after = np.log(np.maximum(energy[np.stack([peaks - 1, peaks, peaks + 1])], 1e-30))
    return peaks + 0.5 * (before - after) / (before - 2 * at + after)


def _energy(signal: Signal, band_hz: tuple[float, float], rate_hz: int, width_s: float) -> NDArray[np.float64]:
    """The energy in a band, averaged over a window that is soft at its ends."""
    band = sosfiltfilt(butter(2, band_hz, "band", fs=rate_hz, output="sos"), signal)
    window = np.hanning(round(width_s * rate_hz) | 1)
    return np.convolve(band**2, window / window.sum(), mode="same")


@dataclass(frozen=True, kw_only=True, slots=True)
class Steadiness:
    """The offsets between found and planned ticks.

    Attributes:
        missed: How many planned ticks have none found within 20 ms.
        offset_s: The median of found minus planned.
        spread_s: How far from that median 99 % lie at most.
        drift_ppm: How much the offset grows, in millionths of the time passed.
    """

    missed: int
    offset_s: float
    spread_s: float
    drift_ppm: float


def steadiness(planned_s: Sequence[float], found_s: NDArray[np.float64]) -> Steadiness:
    """Compare each planned tick with the nearest one found."""
    planned = np.asarray(planned_s)
    after = np.clip(np.searchsorted(found_s, planned), 1, found_s.size - 1)
    nearest = np.where(planned - found_s[after - 1] < found_s[after] - planned, found_s[after - 1], found_s[after])
    offsets = nearest - planned
    heard = np.abs(offsets) < 0.02
    median = float(np.median(offsets[heard]))
    return Steadiness(
        missed=int(np.count_nonzero(~heard)),
        offset_s=median,
        spread_s=float(np.quantile(np.abs(offsets[heard] - median), 0.99)),
        drift_ppm=1e6 * float(np.polyfit(planned[heard], offsets[heard], 1)[0]),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Vowel:
    """Where a vowel stands out from the consonant before it: in which range, and how near to its loudest."""

    band_hz: tuple[float, float] = (250.0, 1_000.0)
    within_db: float = 12.0


# A w keeps under 600 Hz; an r reaches up to where an ee rings, but less loudly.
VOWELS = {
    "one": Vowel(band_hz=(600.0, 1_000.0)),
    "three": Vowel(band_hz=(1_900.0, 3_000.0), within_db=6.0),
    "drie": Vowel(band_hz=(1_900.0, 3_000.0), within_db=6.0),
}


def vowel_start_s(signal: Signal, rate_hz: int, word: str) -> float:
    """When the vowel of a single word begins, by the energy in the range where the word's phonetics put it."""
    vowel = VOWELS.get(word, Vowel())
    energy = _energy(signal, vowel.band_hz, rate_hz, _VOICED_WINDOW_S)
    return float(np.argmax(energy > energy.max() * 10 ** (-vowel.within_db / 10))) / rate_hz
