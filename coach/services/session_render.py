"""Rendering of a session to a file: mix, tags, and a fingerprint to tell whether a file is up to date."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import coach
from coach.encoders.encoder import EncoderSettings, write_file
from coach.encoders.tags import PROGRAM, Chapter, SpokenLine, Tags, has_our_tags
from coach.errors import ExternalError, UsageError
from coach.languages import find_language
from coach.services.session_preparation import PreparedSession
from coach.storage.atomic_write import make_folder_for, write_atomically, write_text
from coach.storage.file_input import compute_sha256, open_regular, read_json
from coach.storage.folders import find_cache_folder
from coach.text.console import ProgressReporter
from coach.timeline.timeline import Speech, Timeline, timeline_to_json
from coach.translation import _
from coach.units import frames_to_seconds

if TYPE_CHECKING:  # a file that is up to date needs neither numpy nor the mixer
    from coach.sounds.clip import Samples

SOURCES = Path(coach.__file__).parent


def render_session(
    prepared: PreparedSession,
    target: Path,
    settings: EncoderSettings,
    progress: ProgressReporter,
    *,
    force: bool = False,
    plain: bool = False,
    option: str = "-o",
    touch: bool = True,
) -> bool:
    """Write a session to a file; return False if it was up to date, as a record or an MP3 itself says.

    Such a file gets the present time with ``touch``, so that ``make`` takes it for newer than its session. ``plain`` is
    for players that stumble over large tags: see `build_plain_tags`. ``option`` is what names the file.

    Raises:
        ExternalError: the disk or an engine failed; or there is a file that the coach did not make, without ``force``.
    """
    fingerprint = compute_fingerprint(prepared, settings, plain=plain)
    build = build_plain_tags if plain else build_tags
    tags = lru_cache(partial(build, prepared.timeline, fingerprint))
    if not force:
        if is_up_to_date(target, fingerprint) or _is_intact(target, tags, settings):
            with suppress(OSError):
                if touch:
                    os.utime(target)
                save_fingerprint(target, fingerprint)
            return False
        check_is_ours(target, option)
    make_folder_for(target)
    write_file(target, mix_session(prepared, progress, settings), tags(), settings)
    save_fingerprint(target, fingerprint)
    return True


def _is_intact(target: Path, make_tags: Callable[[], Tags], settings: EncoderSettings) -> bool:
    """Return whether a file of which we have no record, such as a copy, says itself that it is up to date."""
    if target.suffix.lower() != ".mp3" or not target.is_file():
        return False
    from coach.encoders.mp3 import is_intact_mp3  # noqa: PLC0415 - numpy, which a file with a record does not need

    return is_intact_mp3(target, make_tags(), settings)


def build_tags(timeline: Timeline, fingerprint: str) -> Tags:
    """Build the tags of a file: those of `build_text_tags`, and pictures of the whole and of each block."""
    tags = build_text_tags(timeline)
    cover, pictures = _draw_pictures(timeline)
    chapters = (replace(chapter, picture_jpeg=jpeg) for chapter, jpeg in zip(tags.chapters, pictures, strict=True))
    return replace(tags, cover_jpeg=cover, chapters=tuple(chapters), fingerprint=fingerprint)


@lru_cache(maxsize=1)  # an export needs them twice
def _draw_pictures(timeline: Timeline) -> tuple[bytes, tuple[bytes, ...]]:
    from coach.charts.chapter_picture import draw_chapter_jpegs  # noqa: PLC0415 - Pillow, only for a file
    from coach.charts.cover import draw_cover_jpeg  # noqa: PLC0415 - the same

    return draw_cover_jpeg(timeline), draw_chapter_jpegs(timeline)


def build_plain_tags(timeline: Timeline, fingerprint: str) -> Tags:
    """Build the tags of a file for a watch: no chapters, words or pictures."""
    return replace(build_text_tags(timeline), chapters=(), lines=(), fingerprint=fingerprint)


def build_text_tags(timeline: Timeline) -> Tags:
    """Build the title and the like, a chapter for each block, and a line for each utterance."""
    return Tags(
        title=timeline.title,
        artist=timeline.author or PROGRAM,
        album=timeline.album or find_language(timeline.language).album,
        track=timeline.track,
        year=timeline.year,
        language=timeline.language,
        comment=timeline.about,
        chapters=tuple(
            Chapter(title=block.title, start_s=block.start_s, end_s=block.end_s) for block in timeline.blocks
        ),
        lines=tuple(
            SpokenLine(text=event.text, start_s=event.start_s, end_s=event.end_s)
            for event in timeline.events
            if isinstance(event, Speech)
        ),
    )


def mix_session(
    prepared: PreparedSession, progress: ProgressReporter, settings: EncoderSettings
) -> Iterator["Samples"]:
    """Yield the mastered blocks of samples of a session, at the rate of its file, and report progress."""
    from coach.audio.mixer import CHANNELS  # noqa: PLC0415 - numpy, only where something is mixed
    from coach.audio.soundbank import RATE_HZ  # noqa: PLC0415 - the same
    from coach.sounds.clip import make_resampler  # noqa: PLC0415 - the same

    resample_block = make_resampler(RATE_HZ, settings.rate_hz, CHANNELS)
    for block in chain(_mix(prepared, progress), (None,)):
        if len(resampled := resample_block(block)):
            yield resampled


def _mix(prepared: PreparedSession, progress: ProgressReporter) -> Iterator["Samples"]:
    from coach.audio import mastering  # noqa: PLC0415 - as above
    from coach.audio.mixer import Mixer  # noqa: PLC0415 - the same
    from coach.audio.soundbank import RATE_HZ, SoundBank  # noqa: PLC0415 - the same

    bank = SoundBank(rate_hz=RATE_HZ, speech=prepared.speech_service.get_clip)
    level_db = mastering.measure_gain_db(prepared.timeline, bank, RATE_HZ)
    mastering.remember_gain(prepared.timeline, prepared.speech_service.make_key, level_db)
    blocks = Mixer(prepared.timeline, bank, RATE_HZ).iter_blocks()
    frames = 0
    for block in mastering.master(blocks, level_db):
        yield block
        frames += block.shape[0]
        progress.report_sound(frames_to_seconds(frames, RATE_HZ), prepared.timeline.length_s)


def compute_fingerprint(prepared: PreparedSession, settings: EncoderSettings, *, plain: bool = False) -> str:
    """Hash all that shapes a file: the plan, its clips, its sounds, its settings, and our own code."""
    timeline = prepared.timeline
    speech = [
        prepared.speech_service.make_key(event.utterance) for event in timeline.events if isinstance(event, Speech)
    ]
    named = {name for event in timeline.events if (name := getattr(event, "name", None)) is not None}
    files = {each for name in named for each in (name if isinstance(name, tuple) else (name,))}
    parts = [
        timeline_to_json(timeline),
        [timeline.about, timeline.author, timeline.album, timeline.track, timeline.year],
        speech,
        [_identify_sound(name) for name in sorted(map(str, files))],
        [*astuple(settings), *["plain"] * plain],
        hash_sources(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_up_to_date(target: Path, fingerprint: str) -> bool:
    """Return whether a file was rendered with this fingerprint and has not changed since."""
    try:
        record = read_json(_find_record(target))
        return bool(record == {"fingerprint": fingerprint, **_read_state(target)})
    except (OSError, ValueError, ExternalError):
        return False


@contextmanager
def replace_own_file(target: Path, option: str, *, force: bool) -> Iterator[Path]:
    """Yield a temporary path, as `write_atomically`, for a file that the user named, and remember that it is ours.

    Every file that a command writes under a name of the user's goes through here, or through `render_session`.

    Raises:
        UsageError: it is named ``-``, for standard output.
        ExternalError: the disk failed; or there is a file that the coach did not make, without ``force``.
    """
    if str(target) == "-":
        raise UsageError(_("cannot write to standard output; give the name of a file"))
    if not force:
        check_is_ours(target, option)
    with write_atomically(target) as unfinished:
        yield unfinished
    save_fingerprint(target, "")


def is_ours(target: Path) -> bool:
    """Return whether a file may be replaced, as `check_is_ours` says."""
    with suppress(OSError):
        if target.is_file() and target.stat().st_size and not _has_record(target):
            return _has_our_mark(target) or has_our_tags(target)
    return True


def check_is_ours(target: Path, option: str) -> None:
    """Check that a file may be replaced: it is missing or empty, its record is there, or it says that it is ours.

    ``option`` is the option that names it, for the help. What is not a regular file is refused when it is written.

    Raises:
        ExternalError: the coach did not make it.
    """
    if not is_ours(target):
        raise ExternalError(
            _("{target} is there already, and the coach did not make it", target=target),
            help=_("choose another name with {option}, or replace it with --force", option=option)
            if option.startswith("-")
            else _("choose another {what}, or replace it with --force", what=option),
        )


_MARKS = (
    b'<meta name="generator" content="coach">',
    b'aria-labelledby="title about"',
    b"Software\0coach",
    b"<generator>mindful-run-coach</generator>",
    b'"generator": "mindful-run-coach"',
    b'<tag name="mindful-run-coach" />',
    b"mindful-run-coach\0",
)
_HEAD_BYTES = 1024


def _has_our_mark(target: Path) -> bool:
    """Return whether a page, a picture, a feed or a workout says near its beginning that we made it."""
    try:
        with open_regular(target) as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


def _has_record(target: Path) -> bool:
    try:
        record = read_json(_find_record(target))
        return bool(record["bytes"] == target.stat().st_size)
    except (OSError, ValueError, KeyError, TypeError, ExternalError):
        return False


def save_fingerprint(target: Path, fingerprint: str) -> None:
    """Record the fingerprint of a file. If that fails, the file is rendered again next time."""
    with suppress(OSError, ExternalError):
        record = _find_record(target)
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, json.dumps({"fingerprint": fingerprint, **_read_state(target)}))


def _find_record(target: Path) -> Path:
    name = hashlib.sha256(str(target.resolve()).encode()).hexdigest()
    return find_cache_folder() / "renderings" / f"{name}.json"


def _read_state(target: Path) -> dict[str, Any]:
    status = target.stat()
    return {"bytes": status.st_size, "changed_ns": status.st_mtime_ns}


def _identify_sound(name: str) -> str:
    """Identify a sound: a built-in one by its name, an author's file by a hash of its contents."""
    with suppress(OSError):
        return compute_sha256(Path(name))
    return name


def hash_sources() -> str:
    """Hash our sources, so that a new version renders again, and so does a checkout that was edited."""
    digest = hashlib.sha256()
    for module in sorted(SOURCES.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
