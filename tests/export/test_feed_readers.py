"""A feed and all that lies beside it, as programs of others read it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import coach_process
import feedparser
import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TITLE = "Één 🌲 & 1 < 2 ]]>"
CHAPTERS = [f"Één 🌲 {number}" for number in range(300)]
URL = "https://example.org/a%20b/"
TREE = f"{URL}%C3%A9%C3%A9n%20%F0%9F%8C%B2-fake"
TREE_PARTS = f"{URL}feed/%C3%A9%C3%A9n%20%F0%9F%8C%B2-fake"
WORDS = ("Één, twee & drie.", "Adem <rustig> uit --> en in.")
SPEAKS = "  - free:\n      lasts: 20s\n      say:\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of two sessions: 300 chapters of a second in which nothing is said, and one that says two things."""
    place = tmp_path_factory.mktemp("feed")
    blocks = "".join(f"  - free: {{lasts: 1s, title: '{title}', say: none}}\n" for title in CHAPTERS)
    (place / "één 🌲.yaml").write_text(f"coach: 1\nlanguage: nl\ntitle: '{TITLE}'\nblocks:\n{blocks}", encoding="utf-8")
    say = "".join(f"      - {{at: {at}s, text: '{text}'}}\n" for at, text in zip((1, 8), WORDS, strict=True))
    for name, title, texts in (("één 🌲", TITLE, blocks), ("words", "Woorden", f"{SPEAKS}{say}")):
        text = f"coach: 1\nlanguage: nl\ntitle: '{title}'\nblocks:\n{texts}"
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    options = ("--voice", "fake", "--feed", URL)
    ran = coach_process.coach("export", "out", "één 🌲.yaml", "words.yaml", *options, folder=place)
    assert (ran.code, ran.err) == (0, "")
    return place / "out"


@pytest.fixture(scope="module")
def read_by_node(folder: Path, node_modules: Path) -> dict[str, Any]:
    ran = subprocess.run(
        ["node", HERE / "read_feed.cjs", folder / "feed.xml", folder / "feed" / "words-fake" / "words.vtt"],
        env={**os.environ, "NODE_PATH": str(node_modules)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


def test_feedparser_reads_every_title_and_address(folder: Path) -> None:
    feed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    (_, item) = feed.entries
    assert item.enclosures[0].href == f"{TREE}.mp3"
    items = ET.parse(folder / "feed.xml").iterfind("channel/item/title")  # noqa: S314 - our own
    assert [title.text for title in items] == ["Woorden", TITLE]


def test_partytime_reads_what_is_of_podcasting_2(read_by_node: dict[str, Any], folder: Path) -> None:
    feed = read_by_node["feed"]
    assert (feed["title"], feed["medium"], feed["itunesCategory"]) == (
        "Mindful hardlopen",
        "podcast",
        ["Health & Fitness > Fitness"],
    )
    words, tree = feed["items"]
    assert [kind["type"] for kind in words["podcastTranscripts"]] == ["text/vtt", "application/srt"]
    assert "podcastTranscripts" not in tree
    assert tree["podcastChapters"] == {"url": f"{TREE_PARTS}/chapters.json", "type": "application/json+chapters"}
    for item in (words, tree):
        name = unquote(item["enclosure"]["url"].removeprefix(URL))
        assert item["enclosure"]["length"] == (folder / name).stat().st_size


def test_transcripts_are_valid_and_say_the_same(
    read_by_node: dict[str, Any], folder: Path, tool: Callable[[str], str]
) -> None:
    for reader in ("srt", "webvtt"):
        tool(reader)
    import srt  # noqa: PLC0415 - may be missing at home
    import webvtt  # noqa: PLC0415 - the same

    (read,) = read_by_node["transcripts"]
    assert read["errors"] == []
    parts = folder / "feed" / "words-fake"
    cues = [(cue["startTime"], cue["endTime"]) for cue in read["cues"]]
    captions = webvtt.read(str(parts / "words.vtt")).captions
    subtitles = list(srt.parse((parts / "words.srt").read_text(encoding="utf-8"), ignore_errors=False))
    assert [(one.start_in_seconds, one.end_in_seconds) for one in captions] == [
        (int(start_s), int(end_s)) for start_s, end_s in cues
    ]
    assert [(one.start.total_seconds(), one.end.total_seconds()) for one in subtitles] == cues
    assert tuple(one.content for one in subtitles) == WORDS


def test_mp3chaps_lists_every_chapter(folder: Path, tool: Callable[[str], str]) -> None:
    command = [tool("mp3chaps2"), "-l", str(folder / "één 🌲-fake.mp3")]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr.splitlines()[1:] == [f"INFO: {title}" for title in CHAPTERS]


def test_chapters_as_json_follow_one_another(folder: Path) -> None:
    read = json.loads((folder / "feed" / "één 🌲-fake" / "chapters.json").read_text(encoding="utf-8"))
    assert read["version"] == "1.2.0"
    chapters = read["chapters"]
    assert [chapter["title"] for chapter in chapters] == CHAPTERS
    assert [chapter["img"] for chapter in chapters] == [f"{TREE_PARTS}/{number}.jpg" for number in range(1, 301)]
    ends_s = [chapter["endTime"] for chapter in chapters]
    assert [chapter["startTime"] for chapter in chapters] == [0.0, *ends_s[:-1]]
    assert ends_s == pytest.approx(range(1, 301), abs=0.2)  # each ends on a step
