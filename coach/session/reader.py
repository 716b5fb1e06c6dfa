"""From a session file to a ``Session``, or to all that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.errors import Problem
from coach.session.types import KindSyntax, Session


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A session, unless there are errors, and all its problems in order of place."""

    session: Session | None
    problems: tuple[Problem, ...]


def read(
    path: Path,
    *,
    kinds: Mapping[str, KindSyntax],
    languages: tuple[str, ...],
    sounds: Mapping[str, tuple[str, ...]],
    values: Mapping[str, str] | None = None,
) -> Reading:
    """Read a session with all its problems.

    Args:
        path: the session's file.
        kinds: every kind of block there is, by name.
        languages: the languages the coach speaks, like ``("nl", "en")``.
        sounds: the names of the built-in sounds, for ``tick``, ``bell``, ``breath`` and ``bed``.
        values: values that replace the session's own, by name.

    Raises:
        UsageError: there is no such file.
        OutsideError: the file cannot be read.
    """
    raise NotImplementedError


def load(
    path: Path,
    *,
    kinds: Mapping[str, KindSyntax],
    languages: tuple[str, ...],
    sounds: Mapping[str, tuple[str, ...]],
    values: Mapping[str, str] | None = None,
) -> Session:
    """Read a session that must be free of errors.

    Raises:
        SessionError: it has errors; all its problems are in there.
        UsageError: there is no such file.
        OutsideError: the file cannot be read.
    """
    raise NotImplementedError
