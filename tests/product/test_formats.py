"""The other file formats: the planned length, the title, and chapters where the container has them."""

from pathlib import Path
from typing import Any

import coach_process
import media_probe
import pytest

ENDINGS = [".mp3", ".m4a", ".opus", ".flac", ".wav"]
LENGTH_S = 20.0


def tags(file: dict[str, Any]) -> dict[str, str]:
    """Read the tags of the container, or of its stream, where Ogg has them; names as players compare them."""
    sound = next(stream for stream in file["streams"] if stream["codec_type"] == "audio")
    return {name.lower(): value for name, value in {**sound.get("tags", {}), **file["format"].get("tags", {})}.items()}


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_as_long_as_planned_and_says_what_it_is(short: Path, ending: str) -> None:
    file = coach_process.rendered(short, short.with_suffix(ending), "--lang", "nl")
    exact = ending in {".mp3", ".flac", ".wav"}
    heard_s = len(media_probe.decoded(file)) / media_probe.RATE_HZ
    assert heard_s == pytest.approx(LENGTH_S, abs=0.0 if exact else 0.05)
    probed = media_probe.probed(file)
    assert float(probed["format"]["duration"]) == pytest.approx(LENGTH_S, abs=0.05)
    assert {name: tags(probed)[name] for name in ("title", "artist")} == {"title": "Even kort", "artist": "Coach"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_players_that_know_chapters_find_them(short: Path, ending: str) -> None:
    file = coach_process.rendered(short, short.with_suffix(ending), "--lang", "nl")
    blocks = coach_process.plan(short, "--lang", "nl")["blocks"]
    found = [(float(each["start_time"]), each["tags"]["title"]) for each in media_probe.probed(file)["chapters"]]
    assert found == [(pytest.approx(block["start_s"], abs=0.001), block["title"]) for block in blocks]
