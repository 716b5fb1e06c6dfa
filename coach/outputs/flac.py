"""FLAC: half the size of a WAV, every sample kept."""

from collections.abc import Iterable
from pathlib import Path

from coach.outputs import ffmpeg
from coach.outputs.output import Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples


def write(target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings) -> None:
    """Write a 16-bit FLAC with chapters, words and cover."""
    codec = ["-c:a", "flac", "-f", "flac"]
    ffmpeg.encode(target, blocks, tags, settings, codec=codec, chapters_as_text=True)
