"""Sound does not wait: a thread that makes it, or that others wait for, comes before other work of the machine."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

from coach.play.playback_session import Ending, PlaybackSession
from coach.play.playback_status import Controls, PlaybackStatus

# The lowest of those that wait for none but each other, below that of sound servers.
_LOWEST = 1

# That of sound servers, for who may not more.
_NICENESS = -11


def raise_priority() -> None:
    """Let the thread that calls come first, where the system allows it. Most allow it to few; nothing depends on it.

    What it starts does not inherit it where the thread was let before all others, which Linux does for root and for
    who has a limit called rtprio. Its niceness alone would not do on a busy Linux, where that counts only among the
    programs of one terminal.
    """
    with suppress(OSError, AttributeError):  # refused, or not known on this system
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_LOWEST))
        return
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)


_TEND_EVERY_S = 0.05


class PlaybackThread(Controls):
    """Tends a performance until it has ended, and passes on to it what is wished meanwhile, in order."""

    def __init__(self, performance: PlaybackSession) -> None:
        self._performance = performance
        self._wishes: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._wake = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._tend, name="player", daemon=True)

    def start(self) -> None:
        """Begin to tend."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the end.

        Raises:
            BaseException: whatever ended the performance before its time.
        """
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    @property
    def played_s(self) -> float:
        """How much of the session was heard, rests aside."""
        return self._performance.played_s

    @property
    def ending(self) -> Ending:
        """How it ended, or would end if it ended by itself."""
        return self._performance.ending

    def wish(self, wish: Callable[[], None]) -> None:
        """Have something done to the performance, in its own thread."""
        self._wishes.put(wish)
        self._wake.set()

    def standing(self) -> PlaybackStatus:
        """Where the run stands now."""
        return self._performance.standing()

    def begin_now(self) -> None:
        """Skip what is left of the start delay."""
        self.wish(self._performance.begin_now)

    def toggle_pause(self) -> None:
        """Pause at the next breath, or go on."""
        self.wish(self._performance.toggle_pause)

    def next_block(self) -> None:
        """Go to the start of the next block."""
        self.wish(self._performance.next_block)

    def previous_block(self) -> None:
        """Go to the start of this block, or of the one before."""
        self.wish(self._performance.previous_block)

    def change_cadence(self, by_spm: float) -> None:
        """So many steps per minute more, from the next breath on."""
        self.wish(partial(self._performance.change_cadence, by_spm))

    def set_cadence(self, spm: float) -> None:
        """This cadence, from the next breath on."""
        self.wish(partial(self._performance.set_cadence, spm))

    def ticks_louder(self, by_db: float) -> None:
        """Louder or softer ticks."""
        self.wish(partial(self._performance.ticks_louder, by_db))

    def voice_louder(self, by_db: float) -> None:
        """A louder or softer voice."""
        self.wish(partial(self._performance.voice_louder, by_db))

    def less_guidance(self) -> None:
        """Say less from now on."""
        self.wish(self._performance.less_guidance)

    def can_walk_out(self) -> bool:
        """Whether a walk-out is still to come."""
        return self._performance.can_walk_out()

    def walk_out(self) -> None:
        """Go to the walk-out."""
        self.wish(self._performance.walk_out)

    def stop(self) -> None:
        """End here, softly."""
        self.wish(self._performance.stop)

    def _tend(self) -> None:
        raise_priority()
        try:
            while not self._performance.is_over:
                self._fulfil_one()
                self._performance.tend()  # after every wish, as each leaves little mixed ahead
                if self._wishes.empty():
                    self._wake.wait(_TEND_EVERY_S)
                    self._wake.clear()
        except BaseException as error:  # noqa: BLE001 - kept for whoever joins
            self._failure = error
            self._performance.ending = "stopped"
            self._performance.break_off()

    def _fulfil_one(self) -> None:
        with suppress(Empty):
            wish = self._wishes.get_nowait()
            if not self._performance.is_stopping:
                wish()
