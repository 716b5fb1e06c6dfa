"""The session that is being written, as whoever watches it needs it; how it is read is not their concern."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from coach.diagnostics.problem import Problem
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.timeline.schedule import PlanOptions
from coach.voices import registry
from coach.voices.speech_service import SpeechService
from coach.watch.file_watcher import FileStamp

VoiceChoice = str | tuple[str, ...] | None


class WatchedSession(Protocol):
    """A session's files, and what is asked of it besides."""

    def read(self) -> ReadResult:
        """The session as it is on the disk now.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def problems(self) -> tuple[Problem, ...]:
        """All that can be known to be wrong with it, and all advice, without a voice.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def wish(self, session: Session) -> PlanOptions:
        """What is asked of it.

        Raises:
            UsageError: it cannot be asked for.
        """

    def voice(self, session: Session) -> VoiceChoice:
        """Who speaks it."""

    def voice_files(self, session: Session) -> tuple[Path, ...]:
        """Files that, besides its own, decide who speaks it and how; they may not be there."""


class SpeechServices:
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
            registry.load.cache_clear()  # a pack has read its list
            self._booth, self._asked = SpeechService(voice), (voice, files)
        return self._booth

    def close(self) -> None:
        """Send them home."""
        if self._booth is not None:
            self._booth.close()
