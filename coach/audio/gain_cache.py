"""The gain that a session was last found to need: with it, its first sound is as loud as it should be.

It is taken on trust, as all of it is measured again while it plays; what is kept may be thrown away at any time.
"""

import hashlib
import json
import math
from contextlib import suppress
from pathlib import Path

from coach.audio.mastering import MOST_GAIN_DB
from coach.errors import ExternalError
from coach.storage.atomic_write import write_text
from coach.storage.folders import cache_folder
from coach.timeline.plan_format import timeline_to_json
from coach.timeline.timeline import Timeline


def recall_gain_db(timeline: Timeline) -> float | None:
    """The gain in dB that was found for this very timeline; None if none was."""
    try:
        level_db = float(_record(timeline).read_text(encoding="utf-8"))
    except (OSError, ValueError, ExternalError):
        return None
    return level_db if math.isfinite(level_db) and abs(level_db) <= MOST_GAIN_DB else None


def remember_gain(timeline: Timeline, level_db: float) -> None:
    """Keep the gain that was found for a timeline. Where nothing can be kept, it is measured next time."""
    with suppress(OSError, ExternalError):
        record = _record(timeline)
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, repr(level_db))


def _record(timeline: Timeline) -> Path:
    name = hashlib.sha256(json.dumps(timeline_to_json(timeline)).encode()).hexdigest()
    return cache_folder() / "levels" / f"{name}.txt"
