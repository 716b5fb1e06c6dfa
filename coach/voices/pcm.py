"""Clips as 16-bit samples, in which they travel and are kept: half the size of float32, and no ear can tell."""

import numpy as np

from coach.sounds.clip import Clip, Samples

BYTES_PER_FRAME = 2
_STEPS = 32768.0


def rounded(samples: Samples) -> Samples:
    """Samples at the steps that 16 bits can hold, so that a clip is the same before it was kept and after."""
    in_range = np.clip(np.rint(samples * _STEPS), -_STEPS, _STEPS - 1.0)
    steps: Samples = (in_range / _STEPS).astype(np.float32)
    return steps


def clip_to_pcm(clip: Clip) -> bytes:
    """The samples of a rounded mono clip, little-endian."""
    return bytes(np.rint(clip.samples[:, 0] * _STEPS).astype("<i2").data)


def pcm_to_clip(pcm: bytes, *, rate_hz: int, onset_s: float) -> Clip:
    """A mono clip from little-endian samples."""
    samples: Samples = np.frombuffer(pcm, "<i2").astype(np.float32)[:, None]
    samples /= np.float32(_STEPS)
    return Clip(samples=samples, rate_hz=rate_hz, onset_s=onset_s)
