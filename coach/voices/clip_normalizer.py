"""Clip normalizer: each spoken clip is resampled, trimmed, faded and levelled, its first vowel located."""

import math
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.errors import ExternalError
from coach.sounds.clip import Clip, Samples, quantize, resample
from coach.sounds.decode import decode
from coach.sounds.loudness import limit_peaks, measure_loudness_lufs
from coach.sounds.registry import read_declared_length
from coach.translation import _
from coach.units import db_to_gain, frames_to_seconds, gain_to_db, seconds_to_frames

_WINDOW_S = 0.005
_UNDER_SPEECH_DB = 45.0
_OVER_NOISE_DB = 8.0
_LEAST_UNDER_SPEECH_DB = 30.0
_INAUDIBLE = 1e-4


def find_speech(samples: Samples, rate_hz: int) -> tuple[int, int] | None:
    """Find the first frame of speech and the one after its last, or None where there is only silence.

    Speech is what lies less than 45 dB under the loudest 5 ms, or, where the room noise is louder than that, clearly
    above the noise: 8 dB over the quietest tenth of the windows, though never less than 30 dB under the loudest.
    The samples are mono float32 of shape (frames, 1).
    """
    window = seconds_to_frames(_WINDOW_S, rate_hz)
    levels = _measure_levels(samples[:, 0], window)
    loudest = float(levels.max(initial=0.0))
    if loudest < _INAUDIBLE:
        return None
    noise = float(np.quantile(levels, 0.1))
    under_db = min(_UNDER_SPEECH_DB, gain_to_db(loudest / max(noise, _INAUDIBLE * 0.01)) - _OVER_NOISE_DB)
    threshold = loudest * db_to_gain(-max(under_db, _LEAST_UNDER_SPEECH_DB))
    speech = np.flatnonzero(levels > threshold)
    return int(speech[0]) * window, min(int(speech[-1] + 1) * window, samples.shape[0])


def _measure_levels(mono: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """Measure the root mean square of each window, the last one padded with silence."""
    padded = np.pad(mono.astype(np.float64), (0, -len(mono) % window))
    levels: NDArray[np.float64] = np.sqrt((padded.reshape(-1, window) ** 2).mean(axis=1))
    return levels


ONSET_RATE_HZ = 16_000
_HOP = 40
_WINDOW = 256
_FFT = 512
_BAND_EDGES_HZ = (200, 337, 494, 675, 884, 1125, 1402, 1721, 2089, 2512, 3000)
_FLOOR_DB = -30.0
_SIMILAR_DB = 10.0
_REACH_S = 0.35
_NUCLEUS_HOPS = 4
_QUIET = 1e-3


def find_vowel_onset_s(clip: Clip) -> float:
    """Find when the first vowel begins, in seconds from the first frame of a mono clip; 0 in silence."""
    mono = resample(clip.samples[:, 0], clip.rate_hz, ONSET_RATE_HZ)
    powers = _measure_band_powers(mono)
    total = np.convolve(powers.sum(axis=1), np.hanning(18) / np.hanning(18).sum(), mode="same")
    if not total.max() > 0.0:
        return 0.0
    start = int(np.argmax(total > total.max() * _QUIET))
    reach = int(_REACH_S * ONSET_RATE_HZ / _HOP)
    nucleus = start + int(np.argmax(total[start : start + reach]))
    return max(0.0, (_find_vowel_start(powers, nucleus) * _HOP) / ONSET_RATE_HZ)


def _measure_band_powers(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """Measure power per hop (row, centred on the hop's first sample) and band (column) of the speech range."""
    padded = np.pad(mono.astype(np.float64), _WINDOW // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP] * np.hanning(_WINDOW)
    spectrum = np.abs(np.fft.rfft(windows, _FFT, axis=1)) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(_FFT, 1.0 / ONSET_RATE_HZ), _BAND_EDGES_HZ)
    powers: NDArray[np.float64] = np.add.reduceat(spectrum, edges, axis=1)[:, :-1]
    return powers


def _find_vowel_start(powers: NDArray[np.float64], nucleus: int) -> int:
    """Find the first hop of the run up to the nucleus in which every hop sounds like it."""
    around = slice(max(0, nucleus - _NUCLEUS_HOPS), nucleus + _NUCLEUS_HOPS + 1)
    floor = powers[around].mean(axis=0).max() * 10.0 ** (_FLOOR_DB / 10.0)
    levels_db = 10.0 * np.log10(np.maximum(powers, floor))
    unlike_db = np.sqrt(((levels_db - levels_db[around].mean(axis=0)) ** 2).mean(axis=1))
    other = np.flatnonzero(unlike_db[:nucleus] > _SIMILAR_DB)
    return int(other[-1]) + 1 if other.size else 0


RATE_HZ = 48_000
LOUDNESS_LUFS = -16.0
CEILING_DB = -3.5
LEAD_S = 0.03
TAIL_S = 0.08
COUNTED_S = 0.3
UNSPOKEN_S = 0.05
_COUNTED_LEAD_S = 0.005
_COUNTED_FADE_S = 0.025
_DECAY_S = 0.1
_FADE_IN_S = 0.01
_CLOSE_ENOUGH_LU = 0.2
_MOST_PASSES = 6


def normalize(raw: Clip, *, counted: bool = False) -> Clip:
    """Normalize a clip: 48 kHz mono, trimmed, faded, at -16 LUFS when played on both channels.

    Ordinary clips get 30 ms before the first sound and 80 ms after the last. A counted word gets 5 ms before it and
    at most 0.3 s in all; a word that exceeds this by more than its decay is not cut, as that would cut the word itself.
    Samples are rounded to 16 bits, as the cache stores them. Silence becomes 50 ms of silence.

    Args:
        raw: Mono or more channels, any rate and level; ``onset_s`` if its voice knows it, else 0 and it is detected.
        counted: Whether it is a word said on a step.
    """
    samples = resample(np.nan_to_num(raw.samples).mean(axis=1, keepdims=True, dtype=np.float32), raw.rate_hz, RATE_HZ)
    edges = find_speech(samples, RATE_HZ)
    if edges is None:
        return make_silence()
    lead, end, fade = _plan_counted_cut(*edges) if counted else _plan_cut(edges[1])
    trimmed = _fade(_slice_padded(samples, edges[0] - lead, end), lead, fade)
    known_s = raw.onset_s - frames_to_seconds(edges[0] - lead, RATE_HZ)
    onset_s = known_s if raw.onset_s > 0.0 else find_vowel_onset_s(Clip(samples=trimmed, rate_hz=RATE_HZ))
    length_s = frames_to_seconds(trimmed.shape[0], RATE_HZ)
    return Clip(
        samples=quantize(_normalize_loudness(trimmed)), rate_hz=RATE_HZ, onset_s=min(max(onset_s, 0.0), length_s)
    )


def make_silence() -> Clip:
    """Make 50 ms of silence, for a text that cannot be spoken."""
    return Clip(samples=np.zeros((seconds_to_frames(UNSPOKEN_S, RATE_HZ), 1), np.float32), rate_hz=RATE_HZ)


def pick_short_enough(clips: Iterable[Clip], *, decay_s: float) -> Clip:
    """Pick the first clip of a counted word, said faster each time, that fits on its step; else the last.

    There is at least one, synthesized lazily. ``decay_s`` is how much of the end may be cut because it is only decay.
    """
    for clip in clips:
        edges = find_speech(clip.samples, clip.rate_hz)
        longest = seconds_to_frames(COUNTED_S - _COUNTED_LEAD_S + decay_s, clip.rate_hz)
        if edges is None or edges[1] - edges[0] <= longest:
            break
    return clip


def _plan_cut(end: int) -> tuple[int, int, int]:
    """Plan the cut of an ordinary clip whose sound ends here: lead, end, and length of the last fade, in frames."""
    tail = seconds_to_frames(TAIL_S, RATE_HZ)
    return seconds_to_frames(LEAD_S, RATE_HZ), end + tail, tail


def _plan_counted_cut(first: int, end: int) -> tuple[int, int, int]:
    """Plan the cut of a counted word, from the edges of its sound."""
    lead = seconds_to_frames(_COUNTED_LEAD_S, RATE_HZ)
    last = first - lead + seconds_to_frames(COUNTED_S, RATE_HZ)
    is_word = end <= last + seconds_to_frames(_DECAY_S, RATE_HZ)
    return lead, min(end, last) if is_word else end, seconds_to_frames(_COUNTED_FADE_S, RATE_HZ)


def _slice_padded(samples: Samples, start: int, end: int) -> Samples:
    """Cut frames from ``start`` to ``end``, padded with silence outside the clip."""
    before, after = max(0, -start), max(0, end - samples.shape[0])
    return np.pad(samples[max(0, start) : end], ((before, after), (0, 0)))


def _fade(samples: Samples, lead: int, fade: int) -> Samples:
    """Apply raised-cosine fades: in, within the lead, and out."""
    rise = min(lead, seconds_to_frames(_FADE_IN_S, RATE_HZ))
    shaped = samples.copy()
    shaped[:rise, 0] *= _make_rise(rise)
    fall = min(fade, samples.shape[0])
    shaped[samples.shape[0] - fall :, 0] *= _make_rise(fall)[::-1]
    return shaped


def _make_rise(frames: int) -> NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(frames) + 0.5) / frames)).astype(np.float32)


def _normalize_loudness(samples: Samples) -> Samples:
    """Reach the target loudness below the ceiling. Limiting lowers the loudness, so the gain is raised again."""
    gain_lu = LOUDNESS_LUFS - measure_loudness_lufs(samples, RATE_HZ)
    if not math.isfinite(gain_lu):
        return samples
    for _pass in range(_MOST_PASSES):
        louder = (samples * db_to_gain(gain_lu)).astype(np.float32)
        levelled = limit_peaks(louder, RATE_HZ, CEILING_DB)
        if levelled is louder:
            break
        missing_lu = LOUDNESS_LUFS - measure_loudness_lufs(levelled, RATE_HZ)
        if abs(missing_lu) < _CLOSE_ENOUGH_LU:
            break
        gain_lu += missing_lu
    return levelled


# Bounds no speaker exceeds: at 300 words a minute a letter takes some 0.04 s.
_LEAST_LETTER_S = 0.015
_MOST_S, _MOST_LETTER_S = 60.0, 1.0
_TIMEOUT_S = 10.0
_POLL_S = 0.01


class IncompleteSpeechError(Exception):
    """An engine's sound file is missing, partial, silent or of an implausible length. A retry may succeed."""


def read_engine_output(path: Path, text: str) -> Clip:
    """Read the sound file an engine wrote, and check that it is whole and plausibly long. Its bytes tell the format.

    Args:
        path: The file; its suffix is ignored. Some engines return before they finish writing, so this waits up to 10 s.
        text: The words it should contain.

    Raises:
        IncompleteSpeechError: The file is missing, not a sound file, truncated, silent, too short or too long.
    """
    _wait_until_whole(path)
    letters = sum(character.isascii() and character.isalnum() for character in text)
    try:
        clip = decode(path, RATE_HZ, longest_s=_MOST_S + _MOST_LETTER_S * len(text))
    except ExternalError as error:
        raise IncompleteSpeechError(error.message) from error
    if clip.length_s < _LEAST_LETTER_S * letters:
        raise IncompleteSpeechError(
            _(
                "the speech is too short: {seconds:.2f} s for {letters} letters",
                seconds=clip.length_s,
                letters=letters,
            )
        )
    if letters and not clip.samples.any():
        raise IncompleteSpeechError(_("the sound file is silent"))
    return clip


def _wait_until_whole(path: Path) -> None:
    end_s = time.monotonic() + _TIMEOUT_S
    while not (path.exists() and read_declared_length(path).is_whole):
        if time.monotonic() > end_s:
            raise IncompleteSpeechError(
                _("the sound file is incomplete") if path.exists() else _("no sound file was written")
            )
        time.sleep(_POLL_S)
