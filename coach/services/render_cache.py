"""What was rendered before, so that a file that is as it should be is not made again."""

import hashlib
import json
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

import coach
from coach.encoders.encoder import EncoderSettings
from coach.errors import ExternalError
from coach.services.session_preparation import PreparedSession
from coach.storage.atomic_write import write_text
from coach.storage.folders import cache_folder
from coach.timeline.plan_format import timeline_to_json
from coach.timeline.timeline import Speech

SOURCES = Path(coach.__file__).parent


def fingerprint(production: PreparedSession, settings: EncoderSettings) -> str:
    """A name for all that shapes a file: the plan, its clips, its sounds, its settings, and our own code."""
    timeline = production.timeline
    speech = [production.booth.key(event.utterance) for event in timeline.events if isinstance(event, Speech)]
    sounds = sorted({str(name) for event in timeline.events if (name := getattr(event, "name", None)) is not None})
    parts = [
        timeline_to_json(timeline),
        timeline.about,
        speech,
        [_contents(name) for name in sounds],
        astuple(settings),
        _code(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_current(target: Path, wanted: str) -> bool:
    """Whether a file is the rendering of this fingerprint, untouched since it was made."""
    try:
        record = json.loads(_record(target).read_text(encoding="utf-8"))
        return bool(record == {"fingerprint": wanted, **_state(target)})
    except (OSError, ValueError, ExternalError):
        return False


def remember(target: Path, made: str) -> None:
    """Note that a file is the rendering of a fingerprint. Where nothing can be noted, it is made again next time."""
    with suppress(OSError, ExternalError):
        record = _record(target)
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, json.dumps({"fingerprint": made, **_state(target)}))


def _record(target: Path) -> Path:
    name = hashlib.sha256(str(target.resolve()).encode()).hexdigest()
    return cache_folder() / "renderings" / f"{name}.json"


def _state(target: Path) -> dict[str, Any]:
    status = target.stat()
    return {"bytes": status.st_size, "changed_ns": status.st_mtime_ns}


def _contents(name: str) -> str:
    """A sound as the fingerprint sees it: a built-in one by its name, an author's file by what is in it."""
    with suppress(OSError):
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    return name


def _code() -> str:
    """The coach's own sources: a new version renders anew, and so does one being worked on."""
    digest = hashlib.sha256()
    for module in sorted(SOURCES.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
