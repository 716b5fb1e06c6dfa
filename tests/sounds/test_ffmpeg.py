import subprocess

import imageio_ffmpeg
import pytest

from coach.errors import OutsideError
from coach.sounds.ffmpeg import ffmpeg_path


def test_the_program_that_came_with_the_coach_runs() -> None:
    told = subprocess.run([ffmpeg_path(), "-version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("ffmpeg version")


def test_another_program_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/opt/ffmpeg")
    assert ffmpeg_path() == "/opt/ffmpeg"


def test_a_machine_without_any_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def found_none() -> str:
        raise RuntimeError

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", found_none)
    with pytest.raises(OutsideError, match=r"^ffmpeg was needed for this audio format, and none was found$") as caught:
        ffmpeg_path()
    assert caught.value.help == (
        "install ffmpeg, or set IMAGEIO_FFMPEG_EXE to its path; WAV, FLAC, Ogg and MP3 need none"
    )
