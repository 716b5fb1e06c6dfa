from pathlib import Path

import numpy as np
import pytest

from coach.errors import OutsideError
from coach.outputs import ffmpeg
from coach.outputs.output import Settings
from coach.outputs.tags import Tags

TAGS = Tags(title="Test", language="nl")
SECOND = np.zeros((48_000, 2), np.float32)


def test_its_own_words_explain_a_failure(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        ffmpeg.encode(tmp_path / "run.xyz", [SECOND] * 9, TAGS, Settings(), codec=["-c:a", "none-such", "-f", "flac"])
    assert caught.value.message.startswith("ffmpeg could not write the file: ")
    assert "0x" not in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.help == "write an .mp3 or .wav file instead"


def test_a_death_without_words_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: "/bin/false")
    with pytest.raises(OutsideError) as caught:
        ffmpeg.encode(tmp_path / "run.flac", [SECOND] * 9, TAGS, Settings(), codec=["-f", "flac"])
    assert caught.value.message == "ffmpeg could not write the file: it ended with status 1 and without a word"
