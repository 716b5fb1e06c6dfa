from collections.abc import Callable
from pathlib import Path

import pytest

from coach.session.reader import ReadResult, read
from coach.session.session import KindSyntax

BODY = ("crown", "forehead", "jaw", "neck", "shoulders", "hands", "belly", "back", "hips", "knees", "feet")
PARTS = {
    "body-scan": BODY,
    "shoulder-release": ("shoulders", "hands", "jaw"),
    "stretch": ("hips", "back", "chest"),
}
NAMES = (
    *("check-in", "settle", "breathing", "body-scan", "shoulder-release", "noticing", "listening", "talk-test"),
    *("easy", "brisk", "silence", "walk-out", "reflect", "stretch", "say", "free"),
)
KINDS = {name: KindSyntax(name=name, parts=PARTS.get(name, ())) for name in NAMES}
LANGUAGES = ("nl", "en")
SOUNDS = {"tick": ("wood", "soft"), "bell": ("bowl", "chime"), "breath": ("air",), "bed": ("forest", "rain")}

ReadFile = Callable[..., ReadResult]
ReadText = Callable[..., ReadResult]


def _read(path: Path, values: dict[str, str] | None = None, unsaved: dict[Path, bytes] | None = None) -> ReadResult:
    return read(path, kinds=KINDS, languages=LANGUAGES, sounds=SOUNDS, values=values, unsaved=unsaved)


@pytest.fixture(scope="session")
def read_file() -> ReadFile:
    """Read a session with the kinds, languages and sounds of these tests."""
    return _read


@pytest.fixture
def read_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadText:
    """Read a session from its text, as ``run.yaml`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def from_text(text: str, values: dict[str, str] | None = None) -> ReadResult:
        Path("run.yaml").write_text(text, encoding="utf-8")
        return _read(Path("run.yaml"), values)

    return from_text
