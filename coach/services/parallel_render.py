"""Parallel render of many files: their speech is made once and shared, their sound is mixed and encoded at once."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from coach.encoders.encoder import EncoderSettings
from coach.errors import CoachError
from coach.processors import count_processors
from coach.services.render_jobs import RenderJob
from coach.services.session_preparation import list_utterances, prepare_session, print_missing_lines
from coach.services.session_render import render_session
from coach.text.console import ProgressReporter
from coach.timeline.timeline import Timeline


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedFile:
    """A file that was rendered, or was up to date, and its timeline."""

    job: RenderJob
    target: Path
    timeline: Timeline


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedRender:
    """A file that could not be rendered, and why."""

    job: RenderJob
    error: CoachError


class _StoppedError(CoachError):
    """The command was ended while a file was being rendered."""


class _ProgressOfAll:
    """How far many files are, as one; once it is stopped, the next report of each ends its rendering."""

    def __init__(self, whole: ProgressReporter) -> None:
        self.whole = whole
        self.lock = threading.Lock()
        self.sounds: dict[int, tuple[float, float]] = {}
        self.is_stopped = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _ProgressOfOne:
    """Reports how far one of many files is."""

    number: int
    all: _ProgressOfAll

    def report_speech(self, done: int, total: int) -> None:
        self._check()
        self.all.whole.report_speech(done, total)

    def report_sound(self, done_s: float, total_s: float) -> None:
        self._check()
        with self.all.lock:
            self.all.sounds[self.number] = done_s, total_s
            done = sum(each for each, _ in self.all.sounds.values())
            self.all.whole.report_sound(done, sum(each for _, each in self.all.sounds.values()))

    def _check(self) -> None:
        if self.all.is_stopped:
            raise _StoppedError


def render_in_parallel(
    jobs: Sequence[RenderJob], folder: Path, settings: EncoderSettings, progress: ProgressReporter, *, force: bool
) -> Iterator[RenderedFile | FailedRender]:
    """Render files into a folder; yield them in order, as they become known.

    Speech is prepared for one after the other, several utterances at a time, so that what variants have in common is
    spoken once. Meanwhile those that are prepared are mixed and encoded.
    """
    preparing = threading.Lock()
    of_all = _ProgressOfAll(progress)
    told: set[str] = set()

    def render(number: int, job: RenderJob) -> RenderedFile | FailedRender:
        own = _ProgressOfOne(number=number, all=of_all)
        target = folder / job.target
        try:
            with ExitStack() as stack:
                with preparing:
                    prepared = stack.enter_context(prepare_session(job.session, own.report_speech))
                    if job.session.session not in told:
                        told.add(job.session.session)
                        print_missing_lines(prepared.speech_service, list_utterances(prepared.timeline))
                render_session(prepared, target, settings, own, force=force)
                return RenderedFile(job=job, target=target, timeline=prepared.timeline)
        except CoachError as error:
            return FailedRender(job=job, error=error)

    pool = ThreadPoolExecutor(min(count_processors(), len(jobs)), thread_name_prefix="render")
    futures: list[Future[RenderedFile | FailedRender]] = []
    try:
        futures += [pool.submit(render, number, job) for number, job in enumerate(jobs)]
        for future in futures:
            yield future.result()
    finally:
        of_all.is_stopped = True
        pool.shutdown(cancel_futures=True)
