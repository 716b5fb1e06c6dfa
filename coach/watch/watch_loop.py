"""The session is looked at again and again; what is new is read and rehearsed."""

from coach.audio import soundbank
from coach.errors import CoachError, UsageError
from coach.session import library
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.watch.file_watcher import Clock, FileWatcher
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.publisher import Publisher
from coach.watch.watched_session import SpeechServices, WatchedSession

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
        self._speakers = SpeechServices()
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
        self._showing.expect((*reading.problems, *self._manuscript.problems()))
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
            soundbank.forget()
            self._sounds_have_changed = False
        self._rehearsal.begin(session, self._manuscript.wish(session), booth, looks)
