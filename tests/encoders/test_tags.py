"""Our tags as three readers see them: ffprobe, eyeD3 and kid3 (which is TagLib)."""

import dataclasses
import json
import logging
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import eyed3
import numpy as np
import pytest
from mutagen.id3 import ID3

from coach.encoders.encoder import EncoderSettings
from coach.encoders.mp3 import write_mp3
from coach.encoders.tags import Chapter, SpokenLine, Tags, iter_timed_lines, make_id3_tag, tags_to_lrc, tags_to_vtt


def test_every_text_of_the_tags_is_cleaned() -> None:
    tags = Tags(title="a\nb", language="nl", artist="a\nb", album="a\nb", comment="a\nb", fingerprint="a\nb")
    assert tags == Tags(title="a b", language="nl", artist="a b", album="a b", comment="a b", fingerprint="a b")
    assert Chapter(title="a\nb", start_s=0, end_s=1).title == "a b"
    assert SpokenLine(text="a\nb", start_s=0, end_s=1).text == "a b"


@pytest.mark.parametrize(("language", "letters"), [("nl", "nld"), ("en", "eng"), ("fy", "und")])
def test_languages_have_three_letters_in_files(language: str, letters: str) -> None:
    assert Tags(title="", language=language).language_iso_639_2 == letters


TAGS = Tags(
    title="Reset [kort]",
    language="nl",
    lines=(
        SpokenLine(text="Adem in & <b>uit</b> --> [00:09.00]", start_s=0.25, end_s=1.5),
        SpokenLine(text="Loslaten", start_s=2.504, end_s=3.0),
        SpokenLine(text="Nog even", start_s=3725.996, end_s=3727.0),
    ),
)


def test_words_are_cleared_when_nothing_follows_for_a_while() -> None:
    assert list(iter_timed_lines(TAGS)) == [
        (0.25, "Adem in & <b>uit</b> --> [00:09.00]"),
        (2.504, "Loslaten"),
        (3.0, ""),
        (3725.996, "Nog even"),
        (3727.0, ""),
    ]


def test_lrc_has_a_head_and_a_time_before_every_line() -> None:
    assert tags_to_lrc(TAGS) == (
        "[ti:Reset (kort)]\n"
        "[la:nl]\n"
        "[00:00.25]Adem in & <b>uit</b> --> (00:09.00)\n"
        "[00:02.50]Loslaten\n"
        "[00:03.00]\n"
        "[62:05.99]Nog even\n"
        "[62:07.00]\n"
    )


def test_vtt_escapes_what_a_browser_would_take_for_markup() -> None:
    assert tags_to_vtt(TAGS) == (
        "WEBVTT\n"
        "\n"
        "00:00:00.250 --> 00:00:01.500\n"
        "Adem in &amp; &lt;b&gt;uit&lt;/b&gt; --&gt; [00:09.00]\n"
        "\n"
        "00:00:02.504 --> 00:00:03.000\n"
        "Loslaten\n"
        "\n"
        "01:02:05.996 --> 01:02:07.000\n"
        "Nog even\n"
    )


def test_without_words_only_the_head_is_left() -> None:
    silent = Tags(title="Stil", language="nl")
    assert tags_to_lrc(silent) == "[ti:Stil]\n[la:nl]\n"
    assert tags_to_vtt(silent) == "WEBVTT\n"


Tool = Callable[[str], str]
CHAPTERS = [
    (0, 1500, "Inchecken, en dan heel rustig aan"),
    (1500, 3250, "Adem; drie=in"),
    (3250, 5000, "Stil"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, tags: Tags) -> Path:
    path = tmp_path_factory.mktemp("id3") / "run.mp3"
    write_mp3(path, [np.zeros((5 * 48_000, 2), np.float32)], tags, EncoderSettings())
    return path


def test_ffprobe_reads_the_chapters_in_order(file: Path, tool: Tool) -> None:
    command = [tool("ffprobe"), "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(file)]
    result = subprocess.run(command, check=True, capture_output=True)
    read = json.loads(result.stdout)
    assert result.stderr == b""
    assert [
        (round(float(chapter["start_time"]) * 1000), round(float(chapter["end_time"]) * 1000), chapter["tags"]["title"])
        for chapter in read["chapters"]
    ] == CHAPTERS
    assert read["format"]["tags"] == {
        "title": "Reset; run=kort #1 \\ één",
        "artist": "Anna; de=Vries",
        "album": "Rustig lopen",
        "track": "3",
        "date": "2026",
        "genre": "Speech",
        "language": "nld",
        "comment": "Hoofd leeg.",
        "Fingerprint": "a1b2c3",
        "lyrics-nld": "Adem in & <uit> [rustig]\nLoslaten",
    }


def test_eyed3_reads_contents_chapters_words_and_cover(
    file: Path, tags: Tags, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "eyed3")
    tag = eyed3.load(file).tag
    assert (tag.version, tag.title, tag.artist, tag.album) == ((2, 3, 0), tags.title, tags.artist, "Rustig lopen")
    assert (tag.track_num[0], str(tag.recording_date)) == (3, "2026")
    (contents,) = tag.table_of_contents
    names = [name.decode() for name in contents.child_ids]
    assert (contents.toplevel, contents.ordered, names) == (True, True, ["chapter1", "chapter2", "chapter3"])
    chapters = [tag.chapters[name.encode()] for name in names]
    assert [(*chapter.times, chapter.title) for chapter in chapters] == CHAPTERS
    shown = [chapter.sub_frames.get(b"APIC") for chapter in chapters]
    assert [[(each.mime_type, each.image_data) for each in images or ()] for images in shown] == [
        [],
        [("image/jpeg", tags.cover_jpeg)],
        [],
    ]
    assert [(text.lang, text.text) for text in tag.lyrics] == [(b"nld", "Adem in & <uit> [rustig]\nLoslaten")]
    assert [(image.mime_type, image.picture_type, image.image_data) for image in tag.images] == [
        ("image/jpeg", 3, tags.cover_jpeg)
    ]


def test_kid3_lists_the_frames_in_order(file: Path, tool: Tool) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(file.parent), "LC_ALL": "C.UTF-8"}
    listed = subprocess.run(
        [tool("kid3-cli"), "-c", "get all 2", file], check=True, capture_output=True, text=True, env=environment
    ).stdout
    assert re.findall(
        r"^ {2}(Chapter|Table of Contents|Title|Language|Genre|Synchronized Lyrics) +(.*)$", listed, re.MULTILINE
    ) == [
        ("Title", "Reset; run=kort #1 \\ één"),
        ("Genre", "Speech"),
        ("Language", "nld"),
        ("Chapter", "chapter1"),
        ("Chapter", "chapter2"),
        ("Chapter", "chapter3"),
        ("Table of Contents", "contents"),
        ("Synchronized Lyrics", ""),
    ]


def test_words_carry_their_milliseconds(file: Path) -> None:
    (timed,) = ID3(file).getall("SYLT")
    assert (timed.lang, timed.format, timed.type) == ("nld", 2, 1)
    assert timed.text == [("Adem in & <uit> [rustig]", 250), ("Loslaten", 2500), ("", 3000)]


def test_the_contents_have_a_title_and_come_first(tags: Tags) -> None:
    tag = make_id3_tag(tags)
    assert re.findall(rb"CTOC|CHAP|TIT2|USLT|SYLT|APIC", tag) == [
        *[b"TIT2", b"CTOC", b"TIT2"],
        *[b"CHAP", b"TIT2"],
        *[b"CHAP", b"TIT2", b"APIC"],
        *[b"CHAP", b"TIT2"],
        *[b"USLT", b"SYLT", b"APIC"],
    ]


def test_a_tag_without_chapters_words_or_cover_has_no_empty_frames() -> None:
    assert not re.search(rb"CTOC|CHAP|USLT|SYLT|APIC", make_id3_tag(Tags(title="Stil", language="en")))


def test_more_chapters_than_the_contents_can_count_are_still_there(tmp_path: Path, tags: Tags) -> None:
    many = tuple(Chapter(title=f"{number}", start_s=number, end_s=number + 1) for number in range(300))
    path = tmp_path / "tag.mp3"
    path.write_bytes(make_id3_tag(dataclasses.replace(tags, chapters=many)))
    read = ID3(path)
    assert len(read.getall("CHAP")) == 300
    assert len(read.getall("CTOC")[0].child_element_ids) == 255
