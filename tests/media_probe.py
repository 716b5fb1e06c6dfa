"""A file as a player hears it: decoded by ffmpeg, looked into by ffprobe."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000


def decoded(file: Path, *, rate_hz: int = RATE_HZ) -> NDArray[np.float32]:
    """Both channels mixed to one, full scale at 1.0."""
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-map", "0:a", "-ac", "1", "-ar", str(rate_hz)]
    heard = subprocess.run([*command, "-f", "f32le", "-"], check=True, capture_output=True)
    assert heard.stderr == b""
    return np.frombuffer(heard.stdout, "<f4")


def probed(file: Path) -> dict[str, Any]:
    """All that ffprobe says of a file: its format, streams and chapters."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", str(file)]
    ran = subprocess.run(command, check=True, capture_output=True)
    assert ran.stderr == b""
    read: dict[str, Any] = json.loads(ran.stdout)
    return read
