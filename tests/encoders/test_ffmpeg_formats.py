from pathlib import Path

import numpy as np
import pytest

from coach.encoders import ffmpeg_formats
from coach.encoders.encoder import EncoderSettings
from coach.encoders.ffmpeg_formats import tags_to_ffmetadata
from coach.encoders.tags import Chapter, Tags
from coach.errors import ExternalError

TAGS = Tags(
    title="a=b;c#d\\e",
    language="en",
    cover_jpeg=b"jpg",
    chapters=(Chapter(title="[CHAPTER]\ntitle=x", start_s=0.0, end_s=61.5),),
)


def test_no_text_can_add_a_key_or_a_chapter() -> None:
    assert tags_to_ffmetadata(TAGS, chapters_as_text=False, cover_as_text=False) == (
        ";FFMETADATA1\n"
        "title=a\\=b\\;c\\#d\\\\e\n"
        "genre=Speech\n"
        "language=eng\n"
        "[CHAPTER]\n"
        "TIMEBASE=1/1000\n"
        "START=0\n"
        "END=61500\n"
        "title=[CHAPTER] title\\=x\n"
    )


def test_chapters_and_cover_can_be_comments() -> None:
    assert tags_to_ffmetadata(TAGS, chapters_as_text=True, cover_as_text=True) == (
        ";FFMETADATA1\n"
        "title=a\\=b\\;c\\#d\\\\e\n"
        "genre=Speech\n"
        "language=eng\n"
        "CHAPTER000=00:00:00.000\n"
        "CHAPTER000NAME=[CHAPTER] title\\=x\n"
        "METADATA_BLOCK_PICTURE=AAAAAwAAAAppbWFnZS9qcGVnAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADanBn\n"
    )


PLAIN_TAGS = Tags(title="Test", language="nl")
SECOND = np.zeros((48_000, 2), np.float32)


def test_a_failure_is_explained_by_the_message_of_ffmpeg(tmp_path: Path) -> None:
    with pytest.raises(ExternalError) as caught:
        ffmpeg_formats.encode_with_ffmpeg(
            tmp_path / "run.xyz", [SECOND] * 9, PLAIN_TAGS, EncoderSettings(), codec=["-c:a", "none-such", "-f", "flac"]
        )
    assert caught.value.message.startswith("ffmpeg could not write the file: ")
    assert "0x" not in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.help == "write an .mp3 or .wav file instead"


def test_a_failure_without_a_message_is_reported_by_its_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg_formats, "find_ffmpeg", lambda: "/bin/false")
    with pytest.raises(ExternalError) as caught:
        ffmpeg_formats.encode_with_ffmpeg(
            tmp_path / "run.flac", [SECOND] * 9, PLAIN_TAGS, EncoderSettings(), codec=["-f", "flac"]
        )
    assert caught.value.message == "ffmpeg could not write the file: it exited with status 1 and no message"
