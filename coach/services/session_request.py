"""Request for a session: its name or path, and the options that many commands share. Quick to import."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRequest:
    """A session, and the options that change it.

    Attributes:
        session: its name in the library, or its path.
        language: the language to speak; None for that of the computer.
        length_s: how long it should last; None for its own length.
        cadence_spm: steps per minute; None for those of the session.
        voice: the name of a voice; None for the session's own recordings, or the default voice.
        guidance: how much is said: ``full``, ``light`` or ``quiet``.
        values: what to fill in for each ``{name}``.
    """

    session: str
    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    voice: str | None = None
    guidance: str = "full"
    values: Mapping[str, str]
