"""Pictures on their way to a file."""

from pathlib import Path

from coach.errors import UsageError
from coach.outputs.atomic import atomic
from coach.pictures.png import encoded
from coach.pictures.shapes import Picture
from coach.pictures.svg import document

KINDS = {".svg": lambda picture: document(picture).encode(), ".png": encoded}


def draw(picture: Picture, target: Path) -> None:
    """Draw a picture to a file, by its ending.

    Raises:
        UsageError: the ending is of no kind of picture.
        OutsideError: the file cannot be written.
    """
    drawing = KINDS.get(target.suffix.lower())
    if drawing is None:
        raise UsageError(f"cannot draw {target.name}: a picture ends in {' or '.join(KINDS)}")
    with atomic(target) as unfinished:
        unfinished.write_bytes(drawing(picture))
