"""Playback thread: runs a playback session with raised priority, and takes commands from any other thread."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

from coach.play.playback_session import Ending, PlaybackSession
from coach.play.playback_status import Controls, PlaybackStatus

# The lowest real-time priority, below that of sound servers.
_REALTIME_PRIORITY = 1

# The niceness of sound servers, where real-time scheduling is not allowed.
_NICENESS = -11


def raise_priority() -> None:
    """Raise the priority of the calling thread where the system allows it. Few systems do; nothing depends on it.

    Real-time scheduling, which Linux allows root and users with an rtprio limit, is not inherited by what the thread
    starts. Niceness alone is not enough on a busy Linux, where it counts only among the programs of one terminal.
    """
    with suppress(OSError, AttributeError):  # refused, or unknown on this system
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_REALTIME_PRIORITY))
        return
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)


_UPDATE_EVERY_S = 0.05


class PlaybackThread(Controls):
    """Updates a playback session until it has ended, and runs commands on it in the order they come."""

    def __init__(self, session: PlaybackSession) -> None:
        self._session = session
        self._commands: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the end.

        Raises:
            BaseException: what made the session fail.
        """
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    @property
    def played_s(self) -> float:
        """How much of the session was heard, pauses excluded."""
        return self._session.played_s

    @property
    def ending(self) -> Ending:
        """How the session ended, or will end if nothing stops it."""
        return self._session.ending

    def submit(self, command: Callable[[], None]) -> None:
        """Run a command in the playback thread. Safe also where a signal is handled: the queue is reentrant."""
        self._commands.put(command)

    def get_status(self) -> PlaybackStatus:
        """Return the current status."""
        return self._session.get_status()

    def begin_now(self) -> None:
        """Skip the rest of the start delay."""
        self.submit(self._session.begin_now)

    def toggle_pause(self) -> None:
        """Pause at the next breath, or resume."""
        self.submit(self._session.toggle_pause)

    def go_to_next_block(self) -> None:
        """Go to the start of the next block."""
        self.submit(self._session.go_to_next_block)

    def go_to_previous_block(self) -> None:
        """Go to the start of this block, or to the one before."""
        self.submit(self._session.go_to_previous_block)

    def change_cadence(self, by_spm: float) -> None:
        """Raise or lower the cadence from the next breath on."""
        self.submit(partial(self._session.change_cadence, by_spm))

    def set_cadence(self, spm: float) -> None:
        """Set the cadence from the next breath on."""
        self.submit(partial(self._session.set_cadence, spm))

    def change_ticks(self, by_db: float) -> None:
        """Make the ticks louder or softer."""
        self.submit(partial(self._session.change_ticks, by_db))

    def change_voice(self, by_db: float) -> None:
        """Make the voice louder or softer."""
        self.submit(partial(self._session.change_voice, by_db))

    def cycle_guidance(self) -> None:
        """Switch to the next lower level of guidance."""
        self.submit(self._session.cycle_guidance)

    def can_walk_out(self) -> bool:
        """Return whether there is a walk-out ahead."""
        return self._session.can_walk_out()

    def walk_out(self) -> None:
        """Go to the walk-out."""
        self.submit(self._session.walk_out)

    def stop(self) -> None:
        """End here with a fade."""
        self.submit(self._session.stop)

    def _run(self) -> None:
        raise_priority()
        try:
            while not self._session.is_over:
                self._session.update()  # after every command, as each leaves little mixed ahead
                self._run_one()
        except BaseException as error:  # noqa: BLE001 - raised again by join
            self._failure = error
            self._session.ending = "stopped"
            self._session.end_now()

    def _run_one(self) -> None:
        """Run the next command; wait a little where there is none."""
        with suppress(Empty):
            command = self._commands.get(timeout=_UPDATE_EVERY_S)
            if not self._session.is_stopping:
                command()
