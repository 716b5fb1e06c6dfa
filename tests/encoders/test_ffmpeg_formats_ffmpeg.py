from pathlib import Path

import numpy as np
import pytest

from coach.encoders import ffmpeg_formats
from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import Tags
from coach.errors import ExternalError

TAGS = Tags(title="Test", language="nl")
SECOND = np.zeros((48_000, 2), np.float32)


def test_its_own_words_explain_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ExternalError) as caught:
        ffmpeg_formats.encode_with_ffmpeg(
            tmp_path / "run.xyz", [SECOND] * 9, TAGS, EncoderSettings(), codec=["-c:a", "none-such", "-f", "flac"]
        )
    assert caught.value.message.startswith("ffmpeg could not write the file: ")
    assert "0x" not in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.help == "write an .mp3 or .wav file instead"


def test_a_death_without_words_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg_formats, "ffmpeg_path", lambda: "/bin/false")
    with pytest.raises(ExternalError) as caught:
        ffmpeg_formats.encode_with_ffmpeg(
            tmp_path / "run.flac", [SECOND] * 9, TAGS, EncoderSettings(), codec=["-f", "flac"]
        )
    assert caught.value.message == "ffmpeg could not write the file: it ended with status 1 and without a word"
