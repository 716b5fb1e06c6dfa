"""Microphones for tests: each opening hears the next of some sounds, a little at each look."""

from collections.abc import Sequence

import numpy as np

from coach.errors import OutsideError
from coach.outputs.naming import chosen
from coach.sounds.clip import Samples
from coach.studio.microphone import Listening

AT_ONCE = 4_800


class FakeListening:
    """An open microphone that hears a sound, then silence. See ``Listening``."""

    def __init__(self, sound: Samples, *, lost_after: int | None = None) -> None:
        self.closed = False
        self._sound = sound
        self._place = 0
        self._lost_after = lost_after

    @property
    def lost(self) -> bool:
        """Whether it was pulled out."""
        return self._lost_after is not None and self._place >= self._lost_after

    def heard(self) -> Samples:
        """The next tenth of a second."""
        piece = self._sound[self._place : self._place + AT_ONCE]
        self._place += AT_ONCE
        return np.concatenate([piece, np.zeros((AT_ONCE - len(piece), 1), np.float32)])

    def close(self) -> None:
        """Never listen again."""
        self.closed = True


class FakeMicrophone:
    """Hears these sounds, one for each time it is opened; without names there is nothing to record with."""

    def __init__(self, sounds: Sequence[Samples] = (), names: Sequence[str] = ("Desk", "Headset")) -> None:
        self.opened: list[FakeListening] = []
        self._sounds = list(sounds)
        self._names = tuple(names)

    def names(self) -> tuple[str, ...]:
        """Those that are plugged in.

        Raises:
            OutsideError: Nothing is.
        """
        if not self._names:
            raise OutsideError("there is no microphone", help="plug one in")
        return self._names

    def open(self, name: str | None, rate_hz: int) -> Listening:  # noqa: ARG002 - its sounds have the rate wanted
        """Open one, to hear the next sound."""
        names = self.names()
        if name is not None:
            chosen(name, names)
        self.opened.append(FakeListening(self._sounds.pop(0) if self._sounds else np.zeros((0, 1), np.float32)))
        return self.opened[-1]
