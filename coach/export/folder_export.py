"""Export of sessions into a folder: each file is written only if it changed, and what belongs to it with it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import read_place_in_album
from coach.errors import CoachError
from coach.export import export_record, podcast_feed, workout
from coach.export.export_record import ExportedFile, ExportedSession, WrittenState
from coach.export.feed_parts import list_feed_parts, remove_feed_parts
from coach.export.podcast_feed import FeedAddress
from coach.languages import detect_system_language, find_language
from coach.services.render_jobs import RenderJob, divide, list_files, name_file
from coach.services.session_preparation import (
    choose_language,
    list_pack_manifests,
    list_utterances,
    plan_by_estimate,
    prepare_session,
    print_missing_lines,
)
from coach.services.session_reading import SessionRequest, load_session, read_session
from coach.services.session_render import (
    build_tags,
    build_text_tags,
    check_is_ours,
    hash_sources,
    is_ours,
    render_session,
    replace_own_file,
)
from coach.services.values_table import avoid_reserved
from coach.session import library
from coach.storage.atomic_write import make_folder_for, write_atomically
from coach.storage.file_input import read_up_to
from coach.text.console import ProgressReporter
from coach.text.sanitize import compose, to_one_line
from coach.timeline.timeline import Timeline
from coach.voices import registry
from coach.voices.speech_service import read_identity

OPTION = "FOLDER"
LONGEST_NAME = 100  # characters of a file's name without its ending, of 255 that FAT has room for
_NOT_PORTABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportOptions:
    """Where and how to export.

    ``plain`` is for watches: see `render_session`. ``feed`` is the web space for which a feed is written, too.
    ``workouts`` are written beside each file.
    ``force`` writes what is up to date, and replaces files that the coach did not make.
    """

    folder: Path
    settings: EncoderSettings
    plain: bool = False
    feed: FeedAddress | None = None
    workouts: bool = False
    force: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportJob:
    """A file to write: its job, whose target is its path in the folder, and where it stands in its album.

    ``key`` is that of its session in the record; ``known`` is what was written from the same session before.
    """

    job: RenderJob
    key: str
    own_track: int | None = None
    album: str = ""
    track: int = 0
    known: ExportedFile | None = None


class FolderExport:
    """One export into a folder."""

    def __init__(self, options: ExportOptions) -> None:
        self._options = options
        self._record = {} if options.force else export_record.load_record(options.folder)
        self._done: dict[str, list[ExportedFile]] = {}
        self._states: dict[str, tuple[tuple[str, ...], str]] = {}
        self._program = hash_sources()
        self._formats = workout.load_formats() if options.workouts else {}
        self._first_timeline: Timeline | None = None
        self.jobs: tuple[ExportJob, ...] = ()

    def plan(self, requests: Iterable[SessionRequest]) -> None:
        """List the files to write as ``jobs``, each with its track; what has not changed is not even read."""
        jobs = [job for request in requests for each, sub in list_files(request) for job in self._find(each, sub)]
        self.jobs = tuple(_number(jobs, self._list_places({job.job.target.as_posix() for job in jobs})))

    def export(self, job: ExportJob, progress: ProgressReporter) -> tuple[ExportedFile, bool]:
        """Write a file and what belongs to it; return it with whether the file had changed.

        Raises:
            CoachError: the session, a voice or the disk failed, or a file there is not ours.
        """
        known = job.known
        if known is not None and known.track == job.track and export_record.is_intact(self._options.folder, known):
            exported, is_new = known, False
        else:
            exported, is_new = self._write(job, progress)
        self._done.setdefault(job.key, []).append(exported)
        return exported, is_new

    def finish(self) -> Path | None:
        """Remember what was written, and write the feed, if one is wanted; return its path.

        Raises:
            ExternalError: the disk failed, or the feed there is not ours.
        """
        files = [file for each in self._done.values() for file in each]
        names = {file.name for file in files}
        kept = {key: each for key, each in self._record.items() if not names & {file.name for file in each.files}}
        whole = {job.key for job in self.jobs if len(self._done.get(job.key, ())) == self._count(job.key)}
        for key in whole:
            sources, state = self._states[key]
            kept[key] = ExportedSession(sources=sources, state=state, files=tuple(self._done[key]))
        export_record.save_record(self._options.folder, kept)
        return None if self._options.feed is None or not files else self._write_feed(self._options.feed, files)

    def _count(self, key: str) -> int:
        return sum(job.key == key for job in self.jobs)

    def _find(self, request: SessionRequest, sub: Path) -> Iterator[ExportJob]:
        """Find the files of one session: those of the record, if it has not changed since."""
        options = self._options
        parts = (self._program, astuple(options.settings), options.plain, options.feed, options.workouts)
        place = (
            astuple(request),
            str(sub),
            str(library.find(request.session)),
            str(Path.cwd()),
            detect_system_language(),
        )
        key = hashlib.sha256(repr((parts, place)).encode(errors="surrogatepass")).hexdigest()
        if key in self._states:  # named twice
            return
        old = self._record.get(key)
        if old is not None and old.files:
            voices = _identify_voices(request.voice, old.files[0].language)
            if export_record.compute_state(old.sources, voices) == old.state:
                self._states[key] = old.sources, old.state
                yield from (_recall(request, key, file) for file in old.files)
                return
        self._states[key] = _read_state(request)
        target = sub / name_file(library.find(request.session), request)
        for job in divide(RenderJob(session=request, target=target)):
            album, own_track = _read_album(job.session)
            folders = (make_portable(f"{part}.")[:-1] for part in job.target.parent.parts)
            portable = replace(job, target=Path(*folders, make_portable(job.target.name)))
            yield ExportJob(job=portable, key=key, album=album, own_track=own_track)

    def _list_places(self, names: set[str]) -> Iterator[tuple[str, int]]:
        """List the places in albums of the files that were exported before, are still there, and are not exported now.

        Without a record of them they say it themselves.
        """
        folder = self._options.folder
        for file in (file for each in self._record.values() for file in each.files):
            if file.name not in names and (folder / file.name).is_file():
                yield file.album, file.track
        for path in () if self._record else folder.rglob("*.mp3"):
            place = None if path.relative_to(folder).as_posix() in names else read_place_in_album(path)
            if place is not None:
                yield place

    def _write(self, job: ExportJob, progress: ProgressReporter) -> tuple[ExportedFile, bool]:
        options, name = self._options, job.job.target.as_posix()
        with prepare_session(job.job.session, progress.report_speech) as found:
            timeline = replace(found.timeline, track=job.track)
            prepared = replace(found, timeline=timeline)
            is_new = render_session(
                prepared,
                options.folder / name,
                options.settings,
                progress,
                force=options.force,
                plain=options.plain,
                option=OPTION,
                touch=False,
            )
            print_missing_lines(found.speech_service, list_utterances(timeline))
        tags = build_tags(timeline, "") if options.feed else None
        names = [name]
        if options.feed and tags:
            names += self._write_parts(podcast_feed.name_parts_folder(name), list_feed_parts(options.feed, name, tags))
        for ending, make in self._formats.items():
            names.append(name.removesuffix(".mp3") + ending)
            self._write_own(names[-1], make(workout.make_workout(timeline)))
        if job == self.jobs[0]:
            self._first_timeline = timeline
        written = {each: export_record.read_file_state(options.folder / each) for each in names}
        return _describe(job, timeline, written), is_new

    def _write_parts(self, folder: str, parts: Iterable[tuple[str, bytes]]) -> Iterator[str]:
        """Write the files that belong to an MP3, as far as they changed, and yield their names.

        Not all can say that we made them: they are ours in a folder with chapters that do.
        """
        chapters = self._options.folder / folder / podcast_feed.PART_CHAPTERS
        is_own = self._options.force or (chapters.is_file() and is_ours(chapters))
        for name, data in parts:
            target = self._options.folder / name
            if not _has_contents(target, data):
                if not is_own:
                    check_is_ours(target, OPTION)
                make_folder_for(target)
                with write_atomically(target) as unfinished:
                    unfinished.write_bytes(data)
            yield name

    def _write_own(self, name: str, data: bytes) -> None:
        """Write a file that says that we made it, if it is not there yet with the same contents."""
        target = self._options.folder / name
        if not _has_contents(target, data):
            make_folder_for(target)
            with replace_own_file(target, OPTION, force=self._options.force) as unfinished:
                unfinished.write_bytes(data)

    def _write_feed(self, address: FeedAddress, files: Sequence[ExportedFile]) -> Path:
        folder = self._options.folder
        target = folder / address.feed_name
        self._write_cover(files[0].album)
        before = podcast_feed.read_feed(target)

        def is_there(name: str) -> bool:
            return _is_file_in(folder, name)

        self._write_own(address.feed_name, podcast_feed.build_feed(address, files, before, datetime.now(UTC), is_there))
        remove_feed_parts(folder, lambda name: not is_there(name))  # after the feed, which may no longer name them
        return target

    def _write_cover(self, album: str) -> None:
        from coach.charts.cover import draw_album_jpeg  # noqa: PLC0415 - Pillow, only for a new cover

        if self._first_timeline is None and not (self._options.folder / podcast_feed.COVER).is_file():
            self._first_timeline = plan_by_estimate(self.jobs[0].job.session).timeline
        if self._first_timeline is not None:
            self._write_own(podcast_feed.COVER, draw_album_jpeg(self._first_timeline, album))


def _recall(request: SessionRequest, key: str, file: ExportedFile) -> ExportJob:
    job = RenderJob(session=replace(request, values=dict(file.values)), target=Path(file.name), place=file.place)
    return ExportJob(job=job, key=key, album=file.album, own_track=file.own_track, known=file)


def _number(jobs: Sequence[ExportJob], others: Iterable[tuple[str, int]]) -> Iterator[ExportJob]:
    """Number the files of each album in their order; a session that has a number keeps it, and so do other files."""
    taken = {(job.album, job.own_track) for job in jobs} | set(others)
    for job in jobs:
        track = job.own_track
        if track is None:
            track = next(number for number in count(1) if (job.album, number) not in taken)
            taken.add((job.album, track))
        yield replace(job, track=track)


def _identify_voices(voice: str | None, language: str) -> list[str]:
    try:
        return [read_identity(spec) for spec in registry.choose_voices(voice, language)]
    except CoachError as error:  # told when it is rendered
        return [str(error)]


def _read_state(request: SessionRequest) -> tuple[tuple[str, ...], str]:
    """List the files that a session is read from, and hash their state."""
    path = library.find(request.session)
    try:
        read = read_session(path, request.values)
        session = read.session
        if session is None:
            return (), ""
        language = choose_language(session, request.language)
    except CoachError:  # told when it is rendered
        return (), ""
    files = (*read.files, *list_pack_manifests(session, language))
    sources = tuple(dict.fromkeys(str(file.absolute()) for file in files))
    return sources, export_record.compute_state(sources, _identify_voices(request.voice, language))


def _read_album(request: SessionRequest) -> tuple[str, int | None]:
    try:
        session = load_session(request.session, request.values)
        language = choose_language(session, request.language)
    except CoachError:  # told when it is rendered
        return "", None
    return session.album.get(language) or find_language(language).album, session.track


def make_portable(name: str) -> str:
    """Make a file name that FAT, exFAT and every system take, and that is at most so long."""
    stem, dot, ending = _NOT_PORTABLE.sub("-", compose(name)).rpartition(".")
    stem = "".join(sign for sign in stem if sign.isprintable())[:LONGEST_NAME].strip(" .") or "session"
    return f"{avoid_reserved(stem)}{dot}{ending}"


def _describe(job: ExportJob, timeline: Timeline, written: Mapping[str, WrittenState]) -> ExportedFile:
    tags = build_text_tags(timeline)
    return ExportedFile(
        name=job.job.target.as_posix(),
        title=tags.title,
        about=tags.comment,
        author=tags.artist,
        album=tags.album,
        language=tags.language,
        own_track=job.own_track,
        track=job.track,
        length_s=timeline.length_s,
        chapters=tuple((block.start_s, to_one_line(block.title)) for block in timeline.blocks),
        values=dict(job.job.session.values),
        place=job.job.place,
        written=written,
    )


def _has_contents(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and read_up_to(target, len(data)) == data
    except OSError:
        return False


def _is_file_in(folder: Path, name: str) -> bool:
    """Return whether a path is that of a file inside the folder."""
    path = Path(name)
    try:
        return not path.is_absolute() and ".." not in path.parts and (folder / path).is_file()
    except (OSError, ValueError):
        return False
