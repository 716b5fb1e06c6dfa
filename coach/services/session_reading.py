"""Reading of a session with every kind, language and sound there is.

Apart from `session_preparation`, which imports the voices: a check needs neither them nor numpy.
"""

from collections.abc import Mapping
from pathlib import Path

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.session import library, reader
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.sounds.registry import BEDS, BELLS, BREATHS, TICKS

SOUNDS = {"tick": TICKS, "bell": BELLS, "breath": BREATHS, "bed": BEDS}


def read_session(
    path: Path, values: Mapping[str, str] | None = None, *, unsaved: Mapping[Path, bytes] | None = None
) -> ReadResult:
    """Read a session and all its problems. ``unsaved`` holds contents of files that are not yet on the disk."""
    return reader.read(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=values, unsaved=unsaved)


def load_session(name_or_path: str, values: Mapping[str, str] | None = None) -> Session:
    """Read a session that has no errors, by its name in the library or its path.

    Raises:
        SessionError: it has errors.
        UsageError: there is no such session.
    """
    path = library.find(name_or_path)
    return reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=values)
