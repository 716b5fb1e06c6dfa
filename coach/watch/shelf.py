"""The sounds that can be asked for now, each by a name of its own."""

import secrets
import threading
from collections import OrderedDict

from coach.watch.sound import Sound

KEPT = 8


class Shelf:
    """Keeps the last few sounds: a page goes on with the one it has until it has got the next."""

    def __init__(self) -> None:
        self._of_this_run = secrets.token_hex(4)  # so that no page takes a sound of today for one of yesterday
        self._lock = threading.Lock()
        self._count = 0
        self._sounds: OrderedDict[str, Sound] = OrderedDict()
        self.heard_until_s = 0.0

    def put(self, sound: Sound) -> str:
        """Put a sound there; its name. A sound equal to the last one is that one."""
        with self._lock:
            last = next(reversed(self._sounds), None)
            if last is not None and self._sounds[last].heard == sound.heard:
                return last
            self._count += 1
            name = f"{self._of_this_run}-{self._count}"
            self._sounds[name] = sound
            while len(self._sounds) > KEPT:
                self._sounds.popitem(last=False)
            return name

    def get(self, name: str) -> Sound | None:
        """A sound by its name, if it is still there."""
        with self._lock:
            return self._sounds.get(name)
