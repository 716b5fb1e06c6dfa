"""An open device with nothing but the faint floor on it: a headset wakes up while the session is being planned."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coach.audio.soundbank import RATE_HZ
from coach.outputs.live import LiveOutput
from coach.play.deck import Deck
from coach.play.outlet import Outlet
from coach.play.sources import resting
from coach.sounds.beds import FLOOR, bed

# So long may it take, on a busy machine, until someone fills the deck: to import, to read, to mix for the first time.
QUIET_S = 5.0
_FILL_EVERY_S = 0.2


class Stage:
    """A deck, and the device under it, until it is closed.

    Args:
        open_output: opens the device.

    Raises:
        UsageError: there is no such device.
        OutsideError: it refused.
    """

    def __init__(self, open_output: Callable[[], LiveOutput]) -> None:
        self.deck = Deck(RATE_HZ, resting(bed(FLOOR, RATE_HZ), RATE_HZ))
        self.deck.fill(QUIET_S)
        self.outlet = Outlet(open_output, self.deck.pull, time.monotonic)

    def close(self) -> None:
        """Let the device go."""
        self.outlet.close()

    @contextmanager
    def kept_full(self) -> Iterator[None]:
        """Keep the deck filled whose player has not come yet."""
        done = threading.Event()

        def fill() -> None:
            while not done.wait(_FILL_EVERY_S):
                self.deck.fill(QUIET_S)

        filling = threading.Thread(target=fill, name="filling", daemon=True)
        filling.start()
        try:
            yield
        finally:
            done.set()
            filling.join()
