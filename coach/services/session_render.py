"""Rendering of a session to a file: mix, tags, and a fingerprint that tells whether a file is up to date."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

import coach
from coach.audio import mastering
from coach.audio.gain_cache import remember_gain
from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank
from coach.charts.cover import draw_cover_png
from coach.encoders.encoder import EncoderSettings
from coach.encoders.registry import write_file
from coach.encoders.tags import Chapter, SpokenLine, Tags
from coach.errors import ExternalError
from coach.languages.registry import find_language
from coach.services.session_preparation import PreparedSession
from coach.sounds.clip import Samples
from coach.storage.atomic_write import make_folder_for, write_text
from coach.storage.folders import cache_folder
from coach.text.console import ProgressReporter
from coach.timeline.plan_format import timeline_to_json
from coach.timeline.timeline import Speech
from coach.units import frames_to_seconds

SOURCES = Path(coach.__file__).parent

ARTIST = "Coach"


def render_session(
    production: PreparedSession,
    target: Path,
    settings: EncoderSettings,
    shown: ProgressReporter,
    *,
    force: bool = False,
) -> bool:
    """Write a session to a file; False if the file was up to date and nothing was done."""
    fingerprint = compute_fingerprint(production, settings)
    if not force and is_current(target, fingerprint):
        return False
    make_folder_for(target)
    write_file(target, mix_session(production, shown), build_tags(production, fingerprint), settings)
    remember(target, fingerprint)
    return True


def build_tags(production: PreparedSession, fingerprint: str) -> Tags:
    """Title, cover, a chapter for each block and a line for each stretch of words."""
    timeline = production.timeline
    return Tags(
        title=timeline.title,
        artist=ARTIST,
        album=find_language(timeline.language).album,
        language=timeline.language,
        comment=timeline.about,
        cover_png=draw_cover_png(timeline),
        chapters=tuple(
            Chapter(title=block.title, start_s=block.start_s, end_s=block.end_s) for block in timeline.blocks
        ),
        lines=tuple(
            SpokenLine(text=event.text, start_s=event.start_s, end_s=event.end_s)
            for event in timeline.events
            if isinstance(event, Speech)
        ),
        fingerprint=fingerprint,
    )


def mix_session(production: PreparedSession, shown: ProgressReporter) -> Iterator[Samples]:
    """The mastered blocks of samples of a session, at ``RATE_HZ``; progress is shown as each is taken."""
    bank = SoundBank(rate_hz=RATE_HZ, speech=production.booth.clip)
    level_db = mastering.measure_gain_db(production.timeline, bank, RATE_HZ)
    remember_gain(production.timeline, production.booth.key, level_db)
    blocks = Mixer(production.timeline, bank, RATE_HZ).blocks()
    frames = 0
    for block in mastering.master(blocks, level_db):
        yield block
        frames += block.shape[0]
        shown.sound(frames_to_seconds(frames, RATE_HZ), production.timeline.length_s)


def compute_fingerprint(production: PreparedSession, settings: EncoderSettings) -> str:
    """A hash of all that shapes a file: the plan, its clips, its sounds, its settings, and our own code."""
    timeline = production.timeline
    speech = [production.booth.key(event.utterance) for event in timeline.events if isinstance(event, Speech)]
    sounds = sorted({str(name) for event in timeline.events if (name := getattr(event, "name", None)) is not None})
    parts = [
        timeline_to_json(timeline),
        timeline.about,
        speech,
        [_identify_sound(name) for name in sounds],
        astuple(settings),
        _hash_sources(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_current(target: Path, wanted: str) -> bool:
    """Whether a file was rendered with this fingerprint and has not changed since."""
    try:
        record = json.loads(_record_of(target).read_text(encoding="utf-8"))
        return bool(record == {"fingerprint": wanted, **_state_of(target)})
    except (OSError, ValueError, ExternalError):
        return False


def remember(target: Path, made: str) -> None:
    """Record the fingerprint of a file. Where nothing can be recorded, the file is rendered again next time."""
    with suppress(OSError, ExternalError):
        record = _record_of(target)
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, json.dumps({"fingerprint": made, **_state_of(target)}))


def _record_of(target: Path) -> Path:
    name = hashlib.sha256(str(target.resolve()).encode()).hexdigest()
    return cache_folder() / "renderings" / f"{name}.json"


def _state_of(target: Path) -> dict[str, Any]:
    status = target.stat()
    return {"bytes": status.st_size, "changed_ns": status.st_mtime_ns}


def _identify_sound(name: str) -> str:
    """A sound in the fingerprint: a built-in one by its name, an author's file by a hash of its contents."""
    with suppress(OSError):
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    return name


def _hash_sources() -> str:
    """A hash of our sources: a new version renders again, and so does a checkout that was edited."""
    digest = hashlib.sha256()
    for module in sorted(SOURCES.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
