"""Download page: what phones get for rendered files, as documents, sounds and files to save."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from coach.charts.html_page import PageFile, build_page, make_page_contents
from coach.charts.timeline_chart import format_facts
from coach.languages import find_language_or_english
from coach.send.file_server import HTML, JSON, SharedFile, SharedFiles
from coach.services.parallel_render import RenderedFile
from coach.session import library
from coach.text.sanitize import strip_accent, to_one_line
from coach.timeline.timeline import Timeline

_MP3 = "audio/mpeg"
_ARTWORK_SIZES = (192, 512)  # pixels: of a notification, and of a lock screen
_LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]+')  # on one of the systems that may save it


def share(files: Sequence[RenderedFile]) -> SharedFiles:
    """Make the page of rendered files, and all that it asks for, by path."""
    documents: dict[str, tuple[str, bytes]] = {}
    sounds: dict[str, SharedFile] = {}
    saved: dict[str, SharedFile] = {}
    pictures: dict[str, Callable[[], bytes]] = {}
    listed = [_describe_file(each, nth, files) for nth, each in enumerate(files, 1)]
    for number, (each, about) in enumerate(zip(files, listed, strict=True), 1):
        shared = SharedFile(path=each.target, media_type=_MP3, saved_as=name_saved_file(each))
        saved[about["save"]] = shared
        sound = about["save"].replace("save/", "sound/", 1)
        sounds[sound] = shared
        artwork = {size: f"cover/{size}/{number}.jpg" for size in _ARTWORK_SIZES}
        pictures |= {path: cache(partial(_draw_artwork, each.timeline, size)) for size, path in artwork.items()}
        contents = make_page_contents(each.timeline, sound=sound, artwork=artwork)
        documents[about["about"]] = JSON, json.dumps(contents, ensure_ascii=False).encode()
        if "" not in documents:
            documents[""] = HTML, build_page(contents, files=listed).encode()
    return SharedFiles(documents=documents, sounds=sounds, saved=saved, pictures=pictures)


def _draw_artwork(timeline: Timeline, size: int) -> bytes:
    from coach.charts.cover import draw_cover_jpeg  # noqa: PLC0415 - Pillow, only once a phone asks

    return draw_cover_jpeg(timeline, size)


def _describe_file(file: RenderedFile, number: int, files: Sequence[RenderedFile]) -> PageFile:
    variants = [each for each in files if each.job.session.session == file.job.session.session]
    languages = {each.timeline.language for each in variants}
    language = find_language_or_english(file.timeline.language).page.language
    label = [
        *([file.job.own_name.removesuffix(".mp3")] if file.job.own_name else []),
        format_facts(file.timeline),
        *([language] if len(languages) > 1 else []),
    ]
    return PageFile(
        title=to_one_line(variants[0].timeline.title),
        label=" · ".join(label),
        language=file.timeline.language,
        size=f"{max(1, round(file.target.stat().st_size / 1e6))} MB",
        about=f"about/{number}.json",
        save=f"save/{number}/{_to_ascii(file.target.stem)}.mp3",
    )


def name_saved_file(file: RenderedFile) -> str:
    """Name a file as a phone saves it: by its title, and what tells it from other variants, as `coach render` does."""
    written = library.find(file.job.session.session).stem
    stem = file.target.stem
    variant = stem.removeprefix(written) if stem.startswith(written) else f"-{stem}"
    title = _NOT_IN_NAMES.sub("-", to_one_line(file.timeline.title)).strip(" .-")[:_LONGEST_NAME].strip()
    return f"{title or written}{variant}.mp3"


def _to_ascii(text: str) -> str:
    plain = "".join(map(strip_accent, text))
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "session"
