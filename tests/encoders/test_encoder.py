import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.encoders.encoder import Encoder, EncoderSettings, MemoryEncoder
from coach.encoders.tags import Tags
from coach.errors import UsageError
from coach.sounds.clip import Samples


def test_remembers_the_samples_and_the_tags(
    blocks: Callable[[], Iterator[Samples]], samples: Samples, tags: Tags
) -> None:
    memory = MemoryEncoder()
    output: Encoder = memory
    output(Path("run.mp3"), blocks(), tags, EncoderSettings())
    clip = memory.clips[Path("run.mp3")]
    assert np.array_equal(clip.samples, samples)
    assert clip.rate_hz == 48_000
    assert memory.tags == {Path("run.mp3"): tags}


def test_remembers_that_there_was_nothing(tags: Tags) -> None:
    memory = MemoryEncoder()
    memory(Path("run.mp3"), [], tags, EncoderSettings())
    assert memory.clips[Path("run.mp3")].samples.shape == (0, 2)


def test_by_default_the_bit_rate_follows_the_sound() -> None:
    settings = EncoderSettings()
    assert (settings.rate_hz, settings.vbr_level, settings.kbps) == (48_000, 4, 165)


def test_a_number_is_a_constant_bit_rate() -> None:
    settings = EncoderSettings(bitrate="128")
    assert (settings.vbr_level, settings.kbps) == (None, 128)


@pytest.mark.parametrize("bitrate", ["V10", "v4", "129", "0128", "", "-128", "128k"])
def test_another_bit_rate_is_refused_with_the_choices(bitrate: str) -> None:
    message = (
        f"unknown bit rate {bitrate!r}; choose V0 (best) to V9, or one of "
        "32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320"
    )
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        EncoderSettings(bitrate=bitrate)


def test_another_sample_rate_is_refused_with_the_choices() -> None:
    message = "cannot write 22050 samples per second; choose from 32000, 44100, 48000"
    with pytest.raises(UsageError, match=f"^{message}$"):
        EncoderSettings(rate_hz=22_050)
