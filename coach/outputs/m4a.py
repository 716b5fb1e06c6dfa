"""M4A: AAC, which Apple's players like best, with chapters that can be seen there."""

from collections.abc import Iterable
from pathlib import Path

from coach.outputs import ffmpeg
from coach.outputs.output import Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples

_SHARE_OF_MP3 = 0.5  # of the rate of music: a voice with much quiet around it asks for far less


def write(target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings) -> None:
    """Write an M4A with chapters, words and cover."""
    kbps = settings.kbps if settings.vbr_level is None else round(settings.kbps * _SHARE_OF_MP3)
    codec = ["-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{kbps}k", "-movflags", "+faststart", "-f", "ipod"]
    ffmpeg.encode(target, blocks, tags, settings, codec=codec)
