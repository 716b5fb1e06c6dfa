"""Gain cache: the gain last measured for the same sounds, so that playback begins at the right level.

A cached gain is only a first guess: live playback measures it again. Entries may be deleted at any time.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from coach.audio.mastering import MASTERING_VERSION, MOST_GAIN_DB
from coach.audio.soundbank import RATE_HZ, identify_event
from coach.errors import ExternalError
from coach.storage.atomic_write import write_text
from coach.storage.file_hash import hash_file
from coach.storage.folders import cache_folder
from coach.timeline.timeline import Timeline
from coach.utterance import Utterance

ClipKey = Callable[[Utterance], str]

"""Names the clip of an utterance, by its words and its voice: equal for equal samples."""


def recall_gain_db(timeline: Timeline, clip_key: ClipKey) -> float | None:
    """The cached gain in dB for the sounds of a timeline; None if there is none."""
    try:
        gain_db = float(_entry(timeline, clip_key).read_text(encoding="utf-8"))
    except (OSError, ValueError, ExternalError):
        return None
    return gain_db if math.isfinite(gain_db) and abs(gain_db) <= MOST_GAIN_DB else None


def remember_gain(timeline: Timeline, clip_key: ClipKey, gain_db: float) -> None:
    """Cache the gain measured for a timeline. If it cannot be stored, it is measured again next time."""
    with suppress(OSError, ExternalError):
        entry = _entry(timeline, clip_key)
        entry.parent.mkdir(parents=True, exist_ok=True)
        write_text(entry, repr(gain_db))


def _entry(timeline: Timeline, clip_key: ClipKey) -> Path:
    """The cache file for everything audible: every event with its sound, and nothing that is only shown.

    Raises:
        ExternalError: a recording cannot be read.
        OSError: another of the author's sounds cannot be read.
    """
    digest = hashlib.sha256("\n".join(_describe(timeline, clip_key)).encode())
    return cache_folder() / "levels" / f"{digest.hexdigest()}.txt"


def _describe(timeline: Timeline, clip_key: ClipKey) -> Iterator[str]:
    hashes: dict[Path, str] = {}

    def file_key(path: Path) -> str:
        return hashes.get(path) or hashes.setdefault(path, hash_file(path))

    yield repr((MASTERING_VERSION, RATE_HZ, timeline.length_s))
    for event in timeline.events:
        yield repr(identify_event(event, clip_key, file_key))
