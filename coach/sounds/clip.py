"""`Clip`, the finished piece of sound; fades and noise for synthesis; 16-bit PCM."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

Samples = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Clip:
    """Samples, float32 of shape (frames, channels) with full scale at 1.0, and how fast they play.

    ``onset_s`` is where the first vowel of a spoken clip begins, for words said on a step.
    """

    samples: Samples
    rate_hz: int
    onset_s: float = 0.0

    @property
    def frames(self) -> int:
        """The length in sample frames."""
        return int(self.samples.shape[0])

    @property
    def length_s(self) -> float:
        """The length in seconds."""
        return self.frames / self.rate_hz


# Stands for words that have not been spoken. Without frames its rate has no meaning; this is the rate of all speech.
EMPTY_CLIP = Clip(samples=np.zeros((0, 1), np.float32), rate_hz=48_000)


def resample(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """Convert samples, of shape (frames,) or (frames, channels), from one rate to another."""
    if from_hz == to_hz:
        return samples
    try:
        import soxr  # noqa: PLC0415 - needed only to make clips
    except ImportError:  # there are no wheels of it for Windows on ARM
        return _resample_by_fft(samples, from_hz, to_hz)
    resampled: Samples = soxr.resample(samples, from_hz, to_hz)
    return resampled


Resampler = Callable[[Samples | None], Samples]


def make_resampler(found_hz: int, rate_hz: int, channels: int) -> Resampler:
    """Make a function that resamples the next block of a sound; None asks for what is left at the end."""
    nothing = np.empty((0, channels), np.float32)
    if found_hz == rate_hz:
        return lambda samples: nothing if samples is None else samples
    try:
        import soxr  # noqa: PLC0415 - only sounds of another rate need it
    except ImportError:  # as in `resample`
        return _make_collecting_resampler(found_hz, rate_hz, nothing)
    stream = soxr.ResampleStream(found_hz, rate_hz, channels, dtype="float32")
    return lambda samples: stream.resample_chunk(nothing if samples is None else samples, last=samples is None)


def _make_collecting_resampler(found_hz: int, rate_hz: int, nothing: Samples) -> Resampler:
    """Make a function that resamples all blocks together at the end."""
    done: list[Samples] = [nothing]

    def collect(samples: Samples | None) -> Samples:
        if samples is None:
            return resample(np.concatenate(done), found_hz, rate_hz)
        done.append(samples)
        return nothing

    return collect


def _resample_by_fft(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """Keep the spectrum up to half the lower rate; a second of silence keeps the end from ringing into the start."""
    padded = samples.shape[0] + from_hz
    padded += -padded % from_hz  # whole seconds, so that both rates have a whole number of frames
    wanted = padded // from_hz * to_hz
    spectrum = np.fft.rfft(samples, padded, axis=0)
    frames = round(samples.shape[0] * to_hz / from_hz)
    resampled: Samples = (np.fft.irfft(spectrum, wanted, axis=0)[:frames] * (to_hz / from_hz)).astype(np.float32)
    return resampled


def make_rise(frames: int) -> NDArray[np.float64]:
    """Make a smooth slope from exactly 0 to exactly 1: half a raised cosine."""
    slope: NDArray[np.float64] = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, frames))
    return slope


def make_fall(frames: int) -> NDArray[np.float64]:
    """Make a smooth slope from exactly 1 to exactly 0."""
    return make_rise(frames)[::-1]


def make_band_noise(frames: int, rate_hz: int, *, low_hz: float, high_hz: float, seed: int) -> NDArray[np.float64]:
    """Make noise of RMS 1 between two pitches, with soft shoulders, that loops without a seam.

    The level falls by a half, in dB about 3, at either pitch, and by some 12 dB an octave further out.
    """
    pitches_hz = np.fft.rfftfreq(frames, 1.0 / rate_hz)
    pitches_hz[0] = pitches_hz[1]
    weights = 1.0 / np.sqrt((1.0 + (low_hz / pitches_hz) ** 4) * (1.0 + (pitches_hz / high_hz) ** 4))
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(frames))
    noise = np.fft.irfft(white * weights, frames)
    noise /= np.sqrt(np.mean(noise**2))
    return noise


FULL_SCALE = 32_767
BYTES_PER_FRAME = 4

# A prime: the noise repeats after 2.7 s at 48 kHz, 98 dB under full scale, never in step with a cadence.
_DITHER_FRAMES = 131_071


def blocks_to_pcm16(blocks: Iterable[Samples], start: int = 0) -> Iterator[bytes]:
    """Convert blocks to little-endian 16-bit stereo, clipped at full scale, with triangular dither of one step.

    The blocks may begin anywhere: ``start`` is the number of their first frame.

    The dither turns the rounding into a faint, even noise. (LAME leaves so faint a noise out: what keeps headsets
    awake is a bed of -84 dB or more.) It depends on nothing but a frame's number from the first, so that the same
    samples make the same file however they are cut into blocks.

    Raises:
        ValueError: There was not one sample; no format can hold an empty file.
    """
    frame = start
    for block in blocks:
        yield _dither_and_round(block, frame).tobytes()
        frame += len(block)
    if frame == start:
        raise ValueError("nothing to write: not one sample")


def _dither_and_round(block: Samples, start: int) -> NDArray[np.int16]:
    steps = block * np.float32(FULL_SCALE)
    steps += _slice_dither(start, len(block))
    np.rint(steps, out=steps)
    np.clip(steps, -FULL_SCALE - 1, FULL_SCALE, out=steps)
    return steps.astype("<i2")


def _slice_dither(start: int, frames: int) -> Samples:
    first = start % _DITHER_FRAMES
    if first + frames <= _DITHER_FRAMES:
        return _make_dither()[first : first + frames]
    return _make_dither()[np.arange(first, first + frames) % _DITHER_FRAMES]


@cache
def _make_dither() -> Samples:
    """Sum two uniform numbers per sample, from raw bits, as numpy keeps only those for ever; within ±1 step."""
    uniform = np.random.PCG64(seed=158).random_raw(_DITHER_FRAMES).view(np.uint16).reshape(_DITHER_FRAMES, 2, 2)
    triangular: Samples = ((uniform.sum(axis=2, dtype=np.int32) - 65_535) / 65_536).astype(np.float32)
    return triangular


_STEPS = 32768.0


def quantize(samples: Samples) -> Samples:
    """Round samples to the steps of 16 bits, so that a clip is the same before and after it was cached."""
    in_range = np.clip(np.rint(samples * _STEPS), -_STEPS, _STEPS - 1.0)
    steps: Samples = (in_range / _STEPS).astype(np.float32)
    return steps


def clip_to_pcm(clip: Clip) -> bytes:
    """Encode the samples of a rounded mono clip, little-endian."""
    return bytes(np.rint(clip.samples[:, 0] * _STEPS).astype("<i2").data)


def pcm_to_clip(pcm: bytes, *, rate_hz: int, onset_s: float) -> Clip:
    """Decode a mono clip from little-endian samples."""
    samples: Samples = np.frombuffer(pcm, "<i2").astype(np.float32)[:, None]
    samples /= np.float32(_STEPS)
    return Clip(samples=samples, rate_hz=rate_hz, onset_s=onset_s)
