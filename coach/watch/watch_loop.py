"""Watch loop: polls the files of a session while it is being written, and previews each save."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from coach.audio import soundbank
from coach.diagnostics.problem import Problem
from coach.errors import CoachError, ExternalError, UsageError
from coach.session import library
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.timeline.schedule import PlanOptions
from coach.translation import _
from coach.voices import registry
from coach.voices.speech_service import SpeechService
from coach.watch.file_watcher import Clock, FileStamp, FileWatcher
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.publisher import Publisher

_LOG = logging.getLogger(__name__)

VoiceChoice = str | tuple[str, ...] | None


class WatchedSession(Protocol):
    """A session on disk, and the options for its preview."""

    @property
    def path(self) -> Path:
        """Its file."""

    def read(self) -> ReadResult:
        """Read the session as it is on the disk now.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def find_problems(self, reading: ReadResult) -> tuple[Problem, ...]:
        """Find all problems that need no voice, and all advice, in the reading that is shown and heard."""

    def choose_options(self, session: Session) -> PlanOptions:
        """Choose what is asked of it.

        Raises:
            UsageError: one of them is not possible.
        """

    def choose_voice(self, session: Session) -> VoiceChoice:
        """Choose the voice or voices to speak it."""

    def list_voice_files(self, session: Session) -> tuple[Path, ...]:
        """List other files on which the choice of voice depends; they may not exist."""


class CurrentSpeech:
    """The speech service for the current voice, replaced when the voice or its files change."""

    def __init__(self) -> None:
        self._service: SpeechService | None = None
        self._current: tuple[VoiceChoice, Mapping[Path, FileStamp]] | None = None

    def get(self, voice: VoiceChoice, files: Mapping[Path, FileStamp]) -> SpeechService:
        """Find or start the speech service for a voice; ``files`` are the stamps of its files."""
        if self._service is None or (voice, files) != self._current:
            self.close()
            registry.load_voice.cache_clear()  # a voice pack reads its list only once
            self._service, self._current = SpeechService(voice), (voice, files)
        return self._service

    def close(self) -> None:
        """Close the speech service."""
        if self._service is not None:
            self._service.close()


def log_unexpected(error: BaseException) -> ExternalError:
    """Write an unexpected error to the log; return what to tell the author."""
    _LOG.error("unexpected error", exc_info=error)
    return ExternalError(
        _("the preview failed: {kind}: {error}", kind=type(error).__name__, error=error),
        help=_("this is a bug in coach; report it with the log file; the next save is previewed again"),
    )


# Editors write a file in several steps, and for a moment it may be empty or gone.
QUIET_S = 0.1
QUIET_IF_BROKEN_S = 0.3


class WatchLoop:
    """Follows the saves of a session, in short steps.

    ``builder`` makes the picture and the sound of ``watched``; ``publisher`` receives each save, and listens to it.
    """

    def __init__(self, watched: WatchedSession, builder: PreviewBuilder, publisher: Publisher, clock: Clock) -> None:
        self._watched = watched
        self._builder = builder
        self._publisher = publisher
        self._watcher = FileWatcher(clock)
        self._speech = CurrentSpeech()
        self._sounds_have_changed = False
        self._last: ReadResult | None = None

    def begin(self) -> None:
        """Read the session for the first time, and plan it.

        Raises:
            UsageError: there is no such session, or an option is not possible.
        """
        self._watcher.watch((self._watched.path,))
        try:
            self._accept_reading(self._watched.read())
            self._builder.step()
        except UsageError:
            raise
        except Exception as error:  # noqa: BLE001 - a preview that fails must not end the watch
            self._fail(error)

    def step(self) -> bool:
        """Do one step; return False if there was nothing to do, so that the caller may wait.

        An error, even an unexpected one, ends only the preview of this save.
        """
        try:
            return self._read_if_changed() or self._builder.step()
        except Exception as error:  # noqa: BLE001 - a preview that fails must not end the watch
            self._fail(error)
            return True

    def _fail(self, error: Exception) -> None:
        self._last = None
        self._builder.stop()
        self._publisher.fail(error if isinstance(error, CoachError) else log_unexpected(error))

    def close(self) -> None:
        """Close the speech service."""
        self._speech.close()

    def _read_if_changed(self) -> bool:
        """Read the session once its files have stopped changing; return whether it was read.

        What changes while it is read counts as another change: else one save would be previewed twice. Nor is it
        previewed again where a file was touched, or written once more, with nothing in it changed.
        """
        if not self._is_quiet():
            return False
        reading, fault = self._read()
        if not self._is_quiet():
            return False
        if (reading is None or reading.session is None) and not self._is_quiet(QUIET_IF_BROKEN_S):
            return False
        self._sounds_have_changed |= any(file.suffix not in library.ENDINGS for file in self._watcher.accept_changes())
        if reading is not None and reading == self._last and not self._sounds_have_changed:
            return True
        self._publisher.start_save(())
        if fault is not None:
            raise fault
        if reading is not None:
            self._accept_reading(reading)
        return True

    def _is_quiet(self, for_s: float = QUIET_S) -> bool:
        """Return whether files have changed, and then not again for this long."""
        quiet_for_s = self._watcher.measure_quiet_s()
        return quiet_for_s is not None and quiet_for_s >= for_s

    def _read(self) -> tuple[ReadResult | None, CoachError | None]:
        try:
            return self._watched.read(), None
        except CoachError as fault:
            return None, fault

    def _accept_reading(self, reading: ReadResult) -> None:
        """Preview a session as it was read, if it has no errors."""
        self._watcher.watch(reading.files)
        self._last = reading
        self._publisher.start_save(self._watched.find_problems(reading))
        if reading.session is None:
            self._publisher.refuse()
        else:
            self._start_preview(reading.session)

    def _start_preview(self, session: Session) -> None:
        voice_files = self._watched.list_voice_files(session)
        self._watcher.watch(voice_files)
        stamps = self._watcher.stamps
        service = self._speech.get(self._watched.choose_voice(session), {file: stamps[file] for file in voice_files})
        if self._sounds_have_changed:
            service.forget_recordings()
            soundbank.forget_sounds()
            self._sounds_have_changed = False
        self._builder.begin(session, self._watched.choose_options(session), service, stamps)
