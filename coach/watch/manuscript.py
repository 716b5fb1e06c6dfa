"""The session that is being written, as whoever watches it needs it; how it is read is not their concern."""

from pathlib import Path
from typing import Protocol

from coach.errors import Problem
from coach.session.reader import Reading
from coach.session.types import Session
from coach.timeline.plan import Wish

Voice = str | tuple[str, ...] | None


class Manuscript(Protocol):
    """A session's files, and what is asked of it besides."""

    def read(self) -> Reading:
        """The session as it is on the disk now.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def problems(self) -> tuple[Problem, ...]:
        """All that can be known to be wrong with it, and all advice, without a voice.

        Raises:
            CoachError: its file is gone, or cannot be read.
        """

    def wish(self, session: Session) -> Wish:
        """What is asked of it.

        Raises:
            UsageError: it cannot be asked for.
        """

    def voice(self, session: Session) -> Voice:
        """Who speaks it."""

    def voice_files(self, session: Session) -> tuple[Path, ...]:
        """Files that, besides its own, decide who speaks it and how; they may not be there."""
