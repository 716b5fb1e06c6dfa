"""The sound of each event."""

import wave
from pathlib import Path

import numpy as np

from coach.audio import soundbank
from coach.audio.soundbank import SoundBank
from coach.sounds.clip import EMPTY_CLIP
from coach.timeline.timeline import Tick

RATE_HZ = 48_000
BANK = SoundBank(rate_hz=RATE_HZ, speech=lambda _: EMPTY_CLIP)


def clicks(path: Path, number: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.arange(480) % (480 // number) == 0).astype("<i2").tobytes())
    return path


def test_an_authors_sound_is_read_once_until_forgotten(tmp_path: Path) -> None:
    tick = Tick(start_s=0.0, phase=None, count=None, gain_db=0.0, name=clicks(tmp_path / "own.wav", 1))
    assert BANK.get_sound(tick).sum() == 1.0
    clicks(tmp_path / "own.wav", 3)
    assert BANK.get_sound(tick).sum() == 1.0
    soundbank.forget_sounds()
    assert BANK.get_sound(tick).sum() == 3.0
