"""Reading of a session with every kind, language and sound there is, and the options that many commands share.

Apart from `session_preparation`, which imports the voices: a check needs neither them nor numpy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.session import library, reader
from coach.session.reader import ReadResult
from coach.session.session import USUAL_LEVELS, Session, SoundLevels
from coach.session.values.duration import LONGEST_S
from coach.sounds.registry import BEDS, BELL_LENGTHS_S, BELLS, BREATHS, TICKS
from coach.units import SECONDS_PER_MINUTE

SOUNDS = {"tick": TICKS, "bell": BELLS, "breath": BREATHS, "bed": BEDS}


def read_session(
    path: Path,
    values: Mapping[str, str] | None = None,
    *,
    unsaved: Mapping[Path, bytes] | None = None,
    most_problems: int | None = reader.MOST_PROBLEMS,
) -> ReadResult:
    """Read a session and its problems. ``unsaved`` holds contents of files that are not yet on the disk."""
    return reader.read(
        path,
        kinds=SYNTAX,
        languages=LANGUAGES,
        sounds=SOUNDS,
        values=values,
        unsaved=unsaved,
        most_problems=most_problems,
    )


def load_session(name_or_path: str, values: Mapping[str, str] | None = None) -> Session:
    """Read a session that has no errors, by its name in the library or its path.

    Raises:
        SessionError: it has errors.
        UsageError: there is no such session.
    """
    path = library.find(name_or_path)
    return reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=values)


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
        levels: how loud each sound should be, in place of what the session says.
    """

    session: str
    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    voice: str | None = None
    guidance: str = "full"
    values: Mapping[str, str]
    levels: SoundLevels = USUAL_LEVELS


def parse_spoken_length_s(text: str) -> float | None:
    """Parse a length as people say it, such as *half an hour*, in seconds, as the diary does; None if it is none."""
    from coach.journal.parse_answers import UnclearError, parse_length_s  # noqa: PLC0415 - few lengths are in words

    try:
        return parse_length_s(text, 0.0, LONGEST_S / SECONDS_PER_MINUTE)
    except UnclearError:
        return None


def measure_bell_s(name: str | Path) -> float:
    """Return how long a bell rings; only for an author's own file is it measured.

    Raises:
        ExternalError: the file cannot be decoded.
    """
    if isinstance(name, str):
        return BELL_LENGTHS_S[name]
    from coach.audio import soundbank  # noqa: PLC0415 - numpy, which few sessions need

    return soundbank.measure_bell_length_s(name)
