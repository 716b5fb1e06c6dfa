"""The session that is being written, as whoever watches it needs it; how it is read is not their concern."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from coach.audio import soundbank
from coach.diagnostics.problem import Problem
from coach.errors import CoachError, UsageError
from coach.session import library
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.timeline.schedule import PlanOptions
from coach.voices import registry
from coach.voices.speech_service import SpeechService
from coach.watch.file_watcher import Clock, FileStamp, FileWatcher
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.publisher import Publisher

VoiceChoice = str | tuple[str, ...] | None


class WatchedSession(Protocol):
    """A session's files, and what is asked of it besides."""

    def read(self) -> ReadResult:
        """The session as it is on the disk now.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def find_problems(self, reading: ReadResult) -> tuple[Problem, ...]:
        """Find all its problems that need no voice, and all advice, in the same reading that is shown and heard."""

    def wish(self, session: Session) -> PlanOptions:
        """What is asked of it.

        Raises:
            UsageError: it cannot be asked for.
        """

    def voice(self, session: Session) -> VoiceChoice:
        """Who speaks it."""

    def voice_files(self, session: Session) -> tuple[Path, ...]:
        """Files that, besides its own, decide who speaks it and how; they may not be there."""


class CurrentSpeech:
    """Keeps a booth for as long as nothing that decides who speaks has changed."""

    def __init__(self) -> None:
        self._booth: SpeechService | None = None
        self._asked: tuple[VoiceChoice, Mapping[Path, FileStamp]] | None = None

    def booth(self, voice: VoiceChoice, files: Mapping[Path, FileStamp]) -> SpeechService:
        """The booth for a voice.

        Args:
            voice: who is to speak.
            files: those that decide how, such as a voice pack's list of lines, as they look now.
        """
        if self._booth is None or (voice, files) != self._asked:
            self.close()
            registry.load_voice.cache_clear()  # a pack has read its list
            self._booth, self._asked = SpeechService(voice), (voice, files)
        return self._booth

    def close(self) -> None:
        """Send them home."""
        if self._booth is not None:
            self._booth.close()


# Editors write a file in several steps, and for a moment it may be empty or gone.
STILL_S = 0.1

STILL_IF_BROKEN_S = 0.3


class WatchLoop:
    """Follows a manuscript, in steps that are short.

    Args:
        manuscript: the session that is being written.
        rehearsal: makes its picture and its sound.
        showing: told of each save; it is the rehearsal's audience.
        clock: the time in seconds.
    """

    def __init__(self, manuscript: WatchedSession, rehearsal: PreviewBuilder, showing: Publisher, clock: Clock) -> None:
        self._manuscript = manuscript
        self._rehearsal = rehearsal
        self._showing = showing
        self._lookout = FileWatcher(clock)
        self._speakers = CurrentSpeech()
        self._sounds_have_changed = False

    def begin(self) -> None:
        """Read the session for the first time, and plan it.

        Raises:
            UsageError: there is no such session, or what is asked of it cannot be had.
        """
        try:
            self._take(self._manuscript.read())
            self._rehearsal.step()
        except UsageError:
            raise
        except CoachError as fault:
            self._showing.fail(fault)

    def step(self) -> bool:
        """Do a little of what there is to do; False if there was nothing, and one may wait before looking again."""
        try:
            return self._look() or self._rehearsal.step()
        except CoachError as fault:
            self._rehearsal.stop()
            self._showing.fail(fault)
            return True

    def close(self) -> None:
        """Send the voices home."""
        self._speakers.close()

    def _look(self) -> bool:
        """Read what has changed, once it is at rest; whether it was read."""
        still_s = self._lookout.still_s()
        if still_s is None or still_s < STILL_S:
            return False
        reading, fault = self._read()
        if (reading is None or reading.session is None) and still_s < STILL_IF_BROKEN_S:
            return False
        self._sounds_have_changed |= any(file.suffix not in library.ENDINGS for file in self._lookout.note())
        self._showing.expect(())
        if fault is not None:
            raise fault
        if reading is not None:
            self._take(reading)
        return True

    def _read(self) -> tuple[ReadResult | None, CoachError | None]:
        try:
            return self._manuscript.read(), None
        except CoachError as fault:
            return None, fault

    def _take(self, reading: ReadResult) -> None:
        """Go over to a session as it was read, if it can be heard."""
        self._lookout.watch(reading.files)
        self._showing.expect(self._manuscript.find_problems(reading))
        if reading.session is None:
            self._showing.refuse()
        else:
            self._rehearse(reading.session)

    def _rehearse(self, session: Session) -> None:
        voice_files = self._manuscript.voice_files(session)
        self._lookout.watch(voice_files)
        looks = self._lookout.looks
        booth = self._speakers.booth(self._manuscript.voice(session), {file: looks[file] for file in voice_files})
        if self._sounds_have_changed:
            booth.forget_recordings()
            soundbank.forget_sounds()
            self._sounds_have_changed = False
        self._rehearsal.begin(session, self._manuscript.wish(session), booth, looks)
