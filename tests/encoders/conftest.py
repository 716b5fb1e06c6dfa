"""A short session to write."""

import zlib
from collections.abc import Callable, Iterator

import pytest

from coach.encoders.tags import Chapter, SpokenLine, Tags
from coach.sounds.clip import Samples

RATE_HZ = 48_000


@pytest.fixture(scope="session")
def blocks(samples: Samples) -> Callable[[], Iterator[Samples]]:
    def cut() -> Iterator[Samples]:
        return (samples[start : start + 9600] for start in range(0, len(samples), 9600))

    return cut


@pytest.fixture(scope="session")
def cover_png() -> bytes:
    """A grey picture of 8 by 8."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = chunk(b"IHDR", bytes([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(8 * 9))) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def tags(cover_png: bytes) -> Tags:
    """Texts full of what formats take for markup; titles that shrink, so that sorting by size would turn them round."""
    return Tags(
        title="Reset; run=kort #1 \\ één",
        artist="Anna; de=Vries",
        album="Rustig lopen",
        track=3,
        year=2026,
        language="nl",
        comment="Hoofd leeg.",
        cover_png=cover_png,
        chapters=(
            Chapter(title="Inchecken, en dan heel rustig aan", start_s=0.0, end_s=1.5),
            Chapter(title="Adem; drie=in", start_s=1.5, end_s=3.25),
            Chapter(title="Stil", start_s=3.25, end_s=5.0),
        ),
        lines=(
            SpokenLine(text="Adem in & <uit> [rustig]", start_s=0.25, end_s=1.25),
            SpokenLine(text="Loslaten", start_s=2.5, end_s=3.0),
        ),
        fingerprint="a1b2c3",
    )
