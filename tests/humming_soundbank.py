"""A sound bank for tests: real sounds, and a voice that hums."""

import numpy as np
import session_texts

from coach.audio.mixer import Mixer
from coach.audio.soundbank import SoundBank
from coach.sounds.clip import Clip, Samples
from coach.timeline.timeline import Timeline
from coach.utterance import Utterance

RATE_HZ = 48_000


def hum(utterance: Utterance) -> Clip:
    """A voice that hums 300 Hz for as long as the words take."""
    frames = round(session_texts.half_a_second_a_word(utterance).length_s * RATE_HZ)
    samples = 0.3 * np.sin(2 * np.pi * 300 / RATE_HZ * np.arange(frames, dtype=np.float32))
    return Clip(samples=samples[:, None].astype(np.float32), rate_hz=RATE_HZ)


BANK = SoundBank(rate_hz=RATE_HZ, speech=hum)


def mixed(plan: Timeline, start: int = 0) -> Samples:
    """A timeline as samples, from a frame on."""
    return np.concatenate(list(Mixer(plan, BANK, RATE_HZ).iter_blocks(start)))
