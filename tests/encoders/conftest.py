"""A short session to write."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image

from coach.encoders.tags import Chapter, SpokenLine, Tags
from coach.sounds.clip import Samples

RATE_HZ = 48_000


@pytest.fixture(scope="session")
def blocks(samples: Samples) -> Callable[[], Iterator[Samples]]:
    def cut() -> Iterator[Samples]:
        return (samples[start : start + 9600] for start in range(0, len(samples), 9600))

    return cut


@pytest.fixture(scope="session")
def cover_jpeg() -> bytes:
    """A grey picture of 8 by 8."""

    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="session")
def tags(cover_jpeg: bytes) -> Tags:
    """Texts full of what formats take for markup; titles that shrink, so that sorting by size would turn them round."""
    return Tags(
        title="Reset; run=kort #1 \\ één",
        artist="Anna; de=Vries",
        album="Rustig lopen",
        track=3,
        year=2026,
        language="nl",
        comment="Hoofd leeg.",
        cover_jpeg=cover_jpeg,
        chapters=(
            Chapter(title="Inchecken, en dan heel rustig aan", start_s=0.0, end_s=1.5),
            Chapter(title="Adem; drie=in", start_s=1.5, end_s=3.25, picture_jpeg=cover_jpeg),
            Chapter(title="Stil", start_s=3.25, end_s=5.0),
        ),
        lines=(
            SpokenLine(text="Adem in & <uit> [rustig]", start_s=0.25, end_s=1.25),
            SpokenLine(text="Loslaten", start_s=2.5, end_s=3.0),
        ),
        fingerprint="a1b2c3",
    )
