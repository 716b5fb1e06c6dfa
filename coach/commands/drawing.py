"""Pictures on their way to a file."""

from collections.abc import Sequence
from pathlib import Path

from coach.errors import UsageError
from coach.outputs.atomic import atomic
from coach.pictures.shapes import Picture
from coach.pictures.svg import document


def _svg(picture: Picture) -> bytes:
    return document(picture).encode()


def _png(picture: Picture) -> bytes:
    from coach.pictures.png import encoded  # noqa: PLC0415 - Pillow takes 0.1 s

    return encoded(picture)


KINDS = {".svg": _svg, ".png": _png}


def draw(picture: Picture, target: Path, *, others: Sequence[str] = ()) -> None:
    """Draw a picture to a file, by its ending.

    Args:
        picture: the picture.
        target: the file.
        others: endings of what the caller makes in other ways, which are named where this one is unknown.

    Raises:
        UsageError: the ending is of no kind of picture.
        OutsideError: the file cannot be written.
    """
    drawing = KINDS.get(target.suffix.lower())
    if drawing is None:
        *first, last = [*KINDS, *others]
        raise UsageError(f"cannot draw {target.name}: a picture ends in {', '.join(first)} or {last}")
    with atomic(target) as unfinished:
        unfinished.write_bytes(drawing(picture))
