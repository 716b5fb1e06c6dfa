import re

import pytest

from coach.encoders.encoder import EncoderSettings
from coach.errors import UsageError


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
