"""Opus: the smallest file for the same sound, for Android and computers."""

from collections.abc import Iterable
from pathlib import Path

from coach.outputs import ffmpeg
from coach.outputs.output import Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples

_SHARE_OF_MP3 = 0.35  # of the rate of music: a voice with much quiet around it asks for less, and Opus for less still


def write(target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings) -> None:
    """Write Opus in Ogg with chapters, words and cover."""
    kbps = settings.kbps if settings.vbr_level is None else round(settings.kbps * _SHARE_OF_MP3)
    codec = ["-c:a", "libopus", "-b:a", f"{kbps}k", "-f", "opus"]
    ffmpeg.encode(target, blocks, tags, settings, codec=codec, chapters_as_text=True, cover_as_text=True)
