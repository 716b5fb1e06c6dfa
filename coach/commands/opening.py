"""A session by name or path, read with everything the coach knows."""

from collections.abc import Mapping
from pathlib import Path

from coach.blocks.registry import SYNTAX
from coach.blocks.wording import LANGUAGES
from coach.session import library, reader
from coach.session.reader import Reading
from coach.session.types import Session
from coach.sounds.registry import BEDS, BELLS, BREATHS, TICKS

SOUNDS = {"tick": TICKS, "bell": BELLS, "breath": BREATHS, "bed": BEDS}


def read(
    path: Path, values: Mapping[str, str] | None = None, *, unsaved: Mapping[Path, bytes] | None = None
) -> Reading:
    """The session in a file, and all its problems; files may be taken to hold what is not yet on the disk."""
    return reader.read(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=values, unsaved=unsaved)


def load(name_or_path: str, values: Mapping[str, str] | None = None) -> Session:
    """A session that is free of errors, by its name in the library or its path.

    Raises:
        SessionError: it has errors.
        UsageError: there is no such session.
    """
    path = library.find(name_or_path)
    return reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=values)
