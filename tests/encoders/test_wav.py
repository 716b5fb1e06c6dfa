import wave
from pathlib import Path

import numpy as np
import pytest
from mutagen.wave import WAVE

from coach.encoders import wav
from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import Tags
from coach.errors import ExternalError
from coach.sounds.clip import Samples, blocks_to_pcm16


def test_holds_the_samples_and_after_them_the_tag(tmp_path: Path, samples: Samples, tags: Tags) -> None:
    target = tmp_path / "run.wav"
    wav.write_wav(target, [samples], tags, EncoderSettings())
    with wave.open(str(target)) as file:
        assert file.readframes(file.getnframes()) == b"".join(blocks_to_pcm16([samples]))
    assert int.from_bytes(target.read_bytes()[4:8], "little") == target.stat().st_size - 8
    assert str(WAVE(target)["TIT2"]) == tags.title


def test_a_session_too_long_for_the_format_is_refused(
    tmp_path: Path, tags: Tags, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wav, "_MOST_BYTES", 4 * 48_000)
    second = np.zeros((48_000, 2), np.float32)
    wav.write_wav(tmp_path / "fits.wav", [second], tags, EncoderSettings())
    with pytest.raises(ExternalError) as caught:
        wav.write_wav(tmp_path / "run.wav", [second, second[:1]], tags, EncoderSettings())
    assert caught.value.message == "a .wav file cannot hold more than 4 GB"
    assert caught.value.help == "write a .flac or .mp3 file instead"
