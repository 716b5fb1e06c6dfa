"""A file written anew in its place, or shown as it would be."""

import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from coach.errors import OutsideError
from coach.outputs.atomic import atomic
from coach.session.report import harmless
from coach.session.source import lines_of


def rewrite(path: Path, data: bytes) -> None:
    """Give a file other contents, all of them or none; who may read it stays as it was.

    Raises:
        OutsideError: the disk or the folder refused.
    """
    with atomic(path) as unfinished:
        unfinished.write_bytes(data)
        shutil.copymode(path, unfinished)


def contents(path: Path) -> bytes:
    """What a file holds.

    Raises:
        OutsideError: it cannot be read any more.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutsideError(f"could not read {path}: {error.strerror}", help="check the file") from None


def difference(shown: str, before: bytes, after: bytes, *, how: str) -> Iterator[str]:
    """The lines of a patch from one content of a file to another, safe for a terminal."""
    old, new = (lines_of(data.decode("utf-8", errors="replace").rstrip("\r\n")) for data in (before, after))
    for line in unified_diff(old, new, shown, f"{shown} ({how})", lineterm="", n=2):
        yield harmless(line)
