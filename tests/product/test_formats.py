"""The other file formats: the planned length, the title, and chapters where the container has them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import media_probe
import pytest
from coach_process import Ran

Coach = Callable[..., Ran]
ENDINGS = [".mp3", ".m4a", ".opus", ".flac", ".wav"]
LENGTH_S = 20.0


def tags(file: dict[str, Any]) -> dict[str, str]:
    """Read the tags of the container, or of its stream, where Ogg has them; names as players compare them."""
    sound = next(stream for stream in file["streams"] if stream["codec_type"] == "audio")
    return {name.lower(): value for name, value in {**sound.get("tags", {}), **file["format"].get("tags", {})}.items()}


@pytest.fixture(params=ENDINGS)
def file(request: pytest.FixtureRequest, coach: Coach, short: Path) -> Path:
    """Render the short session to a file of each format."""
    path = short.with_suffix(request.param)
    assert coach("render", short.name, "--lang", "nl", "-o", path.name) == Ran(code=0, out=f"{path.name}\n", err="")
    return path


def test_it_is_as_long_as_planned_and_says_what_it_is(file: Path) -> None:
    exact = file.suffix in {".mp3", ".flac", ".wav"}
    heard_s = len(media_probe.decoded(file)) / media_probe.RATE_HZ
    assert heard_s == pytest.approx(LENGTH_S, abs=0.0 if exact else 0.05)
    probed = media_probe.probed(file)
    assert float(probed["format"]["duration"]) == pytest.approx(LENGTH_S, abs=0.05)
    assert {name: tags(probed)[name] for name in ("title", "artist")} == {"title": "Even kort", "artist": "Coach"}


def test_players_that_know_chapters_find_them(coach: Coach, file: Path, short: Path) -> None:
    blocks = json.loads(coach("plan", short.name, "--lang", "nl", "--json").out)["blocks"]
    found = [(float(each["start_time"]), each["tags"]["title"]) for each in media_probe.probed(file)["chapters"]]
    assert found == [(pytest.approx(block["start_s"], abs=0.001), block["title"]) for block in blocks]
