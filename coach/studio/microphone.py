"""The boundary to whatever a voice is recorded with."""

from typing import Protocol

from coach.sounds.clip import Samples


class Listening(Protocol):
    """An open microphone."""

    @property
    def lost(self) -> bool:
        """Whether it was pulled out or has stopped sending."""

    def heard(self) -> Samples:
        """What has come since this was last asked: float32 of shape (frames, 1)."""

    def close(self) -> None:
        """Let it go. Harmless when it is lost or closed already."""


class Microphone(Protocol):
    """A way to reach microphones."""

    def names(self) -> tuple[str, ...]:
        """Those there are now, the default first.

        Raises:
            OutsideError: There is none, or no sound system to ask.
        """

    def open(self, name: str | None, rate_hz: int) -> Listening:
        """Open one by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such microphone, or several fit; the message names those there are.
            OutsideError: It is busy, or there is no sound system.
        """
