"""Every shipped session in every language as an MP3, read and measured by other programs."""

import logging
import re
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coach_process
import eyed3
import media_probe
import pytest

from coach.session import library

LANGUAGES = {"nl": "nld", "en": "eng"}
# As short as they can be, one in each language; all of them in all languages in a thorough run, at their own length.
SHORTEST = {("breath-3-3", "nl"): "4m25s", ("walk-out", "en"): "2m30s"}
RENDERS = [
    *(pytest.param(*which, ("--length", length), id="-".join(which)) for which, length in SHORTEST.items()),
    *(
        pytest.param(name, language, (), marks=pytest.mark.thorough, id=f"{name}-{language}-whole")
        for name in library.list_names()
        for language in LANGUAGES
    ),
]
LINGER_S = 4.0  # a line is cleared from the screen when nothing is said for longer
Chapter = tuple[int, int, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Figures that ffmpeg measured of a file."""

    frames: int
    loudness_lufs: float
    true_peak_dbtp: float
    silences: list[str]


def measured(file: Path) -> Measured:
    meters = "ebur128=framelog=48:peak=true,silencedetect=n=-75dB:d=0.3"
    command = ["ffmpeg", "-hide_banner", "-nostats", "-v", "verbose", "-i", str(file), "-map", "0:a", "-af", meters]
    said = subprocess.run([*command, "-f", "null", "-"], check=True, capture_output=True, text=True).stderr

    def last(pattern: str) -> str:
        return str(re.findall(pattern, said)[-1])

    return Measured(
        frames=int(last(r"\((\d+) samples\)")),
        loudness_lufs=float(last(r"I: +(-?[\d.]+) LUFS")),
        true_peak_dbtp=float(last(r"Peak: +(-?[\d.]+) dBFS")),
        silences=re.findall(r"silence_start: (.*)", said),
    )


@pytest.mark.parametrize(("name", "language", "options"), RENDERS)
def test_a_session_is_what_its_plan_says(tmp_path: Path, name: str, language: str, options: tuple[str, ...]) -> None:
    """Check all in one test per session, as a render takes half a second per minute."""
    file = coach_process.rendered(name, tmp_path / "run.mp3", "--lang", language, *options)
    plan = coach_process.plan(name, "--lang", language, *options)
    check_sound(measured(file), plan)
    check_tag(media_probe.probed(file), plan)
    check_second_reader(file, plan)


def check_sound(sound: Measured, plan: dict[str, Any]) -> None:
    """Check length (to the sample), loudness (as podcasts), clipping, and that it is never too quiet for a headset."""
    assert sound.frames == round(plan["length_s"] * media_probe.RATE_HZ)
    assert sound.loudness_lufs == pytest.approx(-16.0, abs=0.5)
    assert sound.true_peak_dbtp <= -1.0
    assert sound.silences == []


def chapters(plan: dict[str, Any]) -> list[Chapter]:
    return [(ms(block["start_s"]), ms(block["end_s"]), block["title"]) for block in plan["blocks"]]


def ms(seconds: float) -> int:
    return round(seconds * 1000)


def words(plan: dict[str, Any]) -> str:
    return "\n".join(event["text"] for event in plan["events"] if event["kind"] == "speech")


def check_tag(file: dict[str, Any], plan: dict[str, Any]) -> None:
    """Check the tag as ffprobe reads it."""
    found = [
        (ms(float(chapter["start_time"])), ms(float(chapter["end_time"])), chapter["tags"]["title"])
        for chapter in file["chapters"]
    ]
    assert found == chapters(plan)
    assert float(file["format"]["duration"]) == pytest.approx(plan["length_s"], abs=0.05)
    language = LANGUAGES[plan["language"]]
    tags = file["format"]["tags"]
    assert {name: tags[name] for name in ("title", "artist", "language", f"lyrics-{language}")} == {
        "title": plan["title"],
        "artist": "Coach",
        "language": language,
        f"lyrics-{language}": words(plan),
    }
    (cover,) = [stream for stream in file["streams"] if stream["codec_type"] == "video"]
    assert (cover["codec_name"], cover["width"], cover["height"]) == ("mjpeg", 1000, 1000)


def check_second_reader(file: Path, plan: dict[str, Any]) -> None:
    """Check the tag as eyeD3 reads it; the frame of timed words, which it does not know, comes as bytes."""
    logging.getLogger("eyed3").setLevel(logging.ERROR)
    tag = eyed3.load(file).tag
    (contents,) = tag.table_of_contents
    listed = [tag.chapters[name] for name in contents.child_ids]
    assert [(*chapter.times, chapter.title) for chapter in listed] == chapters(plan)
    assert [text.text for text in tag.lyrics] == [words(plan)]
    (timed,) = tag.frame_set[b"SYLT"]
    assert list(timed_lines(timed.data, LANGUAGES[plan["language"]])) == list(planned_lines(plan))


def timed_lines(frame: bytes, language: str) -> Iterator[tuple[str, int]]:
    """Parse a SYLT frame by section 4.10 of ID3v2.3: texts in UTF-16, each ended by two zero bytes, then its time."""
    assert frame[:6] == b"\x01" + language.encode() + b"\x02\x01"  # UTF-16; milliseconds; lyrics
    _, rest = up_to_zero(frame[6:])
    while rest:
        text, rest = up_to_zero(rest)
        yield text, struct.unpack(">I", rest[:4])[0]
        rest = rest[4:]


def up_to_zero(data: bytes) -> tuple[str, bytes]:
    end = next(at for at in range(0, len(data), 2) if data[at : at + 2] == b"\0\0")
    return data[:end].decode("utf-16"), data[end + 2 :]


def planned_lines(plan: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """List each line with its time, and an empty one where its words ended a while ago."""
    speech = [event for event in plan["events"] if event["kind"] == "speech"]
    for event, next_start_s in zip(speech, [*(event["start_s"] for event in speech[1:]), float("inf")], strict=True):
        yield event["text"], ms(event["start_s"])
        if next_start_s - event["end_s"] > LINGER_S:
            yield "", ms(event["end_s"])
