"""Every encoder conforms: length, chapters, tags, failures, memory."""

import base64
import dataclasses
import json
import re
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
from mutagen.flac import Picture

from coach.encoders.encoder import ENCODERS, find_encoder, write_file
from coach.encoders.mp3 import write_mp3
from coach.encoders.tags import Tags, has_our_tags
from coach.errors import ExternalError, UsageError
from coach.sounds.clip import Samples

Tool = Callable[[str], str]
Blocks = Callable[[], Iterator[Samples]]

every_kind = pytest.mark.parametrize("extension", ENCODERS)


def probed(tool: Tool, file: Path) -> dict[str, Any]:
    command = [
        tool("ffprobe"),
        "-v",
        "error",
        "-show_chapters",
        "-show_format",
        "-show_streams",
        "-of",
        "json",
        str(file),
    ]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def decoded(tool: Tool, file: Path) -> Samples:
    command = [tool("ffmpeg"), "-v", "error", "-i", str(file), "-map", "0:a", "-ar", "48000", "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, "<f4").reshape(-1, 2)


@pytest.fixture(scope="module", params=ENCODERS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, blocks: Blocks, tags: Tags) -> Path:
    """One file of each kind, in a folder and with a name that look like options and patterns."""
    folder = tmp_path_factory.mktemp("-i %d [x]")
    path = folder / f"-run:é%03d{request.param}"
    write_file(path, blocks(), tags)
    assert list(folder.iterdir()) == [path]
    return path


def test_sounds_as_long_as_its_samples_and_in_step_with_them(file: Path, samples: Samples, tool: Tool) -> None:
    heard = decoded(tool, file)
    spare_frames = len(heard) - len(samples)
    # Older readers of M4A play its last packet, of 1024 frames, to the end.
    assert 0 <= spare_frames < 1024 if file.suffix == ".m4a" else spare_frames == 0
    size = 1 << 19  # more than both together, and quick to transform
    products = np.fft.rfft(heard[:, 0], size) * np.conj(np.fft.rfft(samples[:, 0], size))
    assert np.argmax(np.fft.irfft(products, size)) == 0


def test_has_its_chapters_in_order(file: Path, tool: Tool) -> None:
    chapters = probed(tool, file)["chapters"]
    assert [(float(chapter["start_time"]), chapter["tags"]["title"]) for chapter in chapters] == [
        (0.0, "Inchecken, en dan heel rustig aan"),
        (1.5, "Adem; drie=in"),
        (3.25, "Stil"),
    ]


def test_has_its_titles_and_cover(file: Path, tool: Tool) -> None:
    streams = {stream["codec_type"]: stream for stream in probed(tool, file)["streams"]}
    read = probed(tool, file)["format"].get("tags", {}) | streams["audio"].get("tags", {})
    lower = {key.lower(): value for key, value in read.items()}
    assert [lower[key] for key in ("title", "artist", "album", "track", "date", "comment", "genre")] == [
        "Reset; run=kort #1 \\ één",
        "Anna; de=Vries",
        "Rustig lopen",
        "3",
        "2026",
        "Hoofd leeg.",
        "Speech",
    ]
    assert lower["language"] == "nld"
    assert (streams["video"]["codec_name"], streams["video"]["disposition"]["attached_pic"]) == ("mjpeg", 1)


def test_taglib_reads_the_same(file: Path, tool: Tool) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(file.parent), "LC_ALL": "C.UTF-8"}
    names = ("Title", "Artist", "Album", "Track Number", "Date")
    commands = [part for name in names for part in ("-c", f"get '{name}'")]
    read = subprocess.run([tool("kid3-cli"), *commands, file], check=True, capture_output=True, env=environment).stdout
    assert read.decode().splitlines() == ["Reset; run=kort #1 \\ één", "Anna; de=Vries", "Rustig lopen", "3", "2026"]


def test_is_known_as_ours(file: Path) -> None:
    assert has_our_tags(file)


def test_the_cover_is_a_front_cover(file: Path) -> None:
    found = mutagen.File(file)
    if file.suffix == ".m4a":  # has no types
        assert len(found.tags["covr"]) == 1
        return
    if hasattr(found.tags, "getall"):  # ID3
        pictures = found.tags.getall("APIC")
    elif hasattr(found, "pictures"):  # FLAC
        pictures = found.pictures
    else:  # Ogg
        pictures = [Picture(base64.b64decode(text)) for text in found.tags["metadata_block_picture"]]
    assert [picture.type for picture in pictures] == [3]


@every_kind
def test_the_same_session_makes_the_same_file(tmp_path: Path, blocks: Blocks, tags: Tags, extension: str) -> None:
    one, two = tmp_path / f"one{extension}", tmp_path / f"two{extension.upper()}"
    write_file(one, blocks(), tags)
    write_file(two, blocks(), tags)
    assert one.read_bytes() == two.read_bytes()


@every_kind
def test_tags_may_be_empty(tmp_path: Path, blocks: Blocks, tool: Tool, extension: str) -> None:
    target = tmp_path / f"run{extension}"
    write_file(target, blocks(), Tags(title="Stil", language="en"))
    read = probed(tool, target)
    assert read["chapters"] == []
    names = read["format"].get("tags", {}).keys() | read["streams"][0].get("tags", {}).keys()
    assert not {"track", "date"} & {name.lower() for name in names}


@every_kind
@pytest.mark.parametrize("failure", [KeyboardInterrupt, BrokenPipeError])
def test_an_interruption_leaves_nothing(
    tmp_path: Path, blocks: Blocks, tags: Tags, extension: str, failure: type[BaseException]
) -> None:
    def interrupted() -> Iterator[Samples]:
        yield from blocks()
        raise failure

    with pytest.raises(failure):
        write_file(tmp_path / f"run{extension}", interrupted(), tags)
    assert list(tmp_path.iterdir()) == []


@every_kind
def test_a_full_disk_is_reported_in_one_line_and_leaves_nothing(
    tiny_disk: Path, blocks: Blocks, tags: Tags, extension: str
) -> None:
    target = tiny_disk / f"run{extension}"
    large = dataclasses.replace(tags, comment="x" * 40_000)
    with pytest.raises(ExternalError) as caught:
        write_file(target, blocks(), large)
    assert caught.value.message == f"cannot write {target}: the disk is full"
    assert caught.value.help == "free some space, or write to another disk"
    assert list(tiny_disk.iterdir()) == []


def peak_bytes(target: Path, seconds: int, tags: Tags) -> int:
    """The most memory that writing so much noise takes at any time."""
    noise = np.random.default_rng(1).normal(0.0, 0.1, (4800, 2)).astype(np.float32)
    tracemalloc.start()
    try:
        write_file(target, (noise.copy() for _ in range(10 * seconds)), tags)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@every_kind
def test_memory_does_not_grow_with_the_length(tmp_path: Path, tags: Tags, extension: str) -> None:
    target = tmp_path / f"run{extension}"
    peak_bytes(target, 1, tags)  # loads what stays loaded
    tries = 3  # what another thread that an earlier test left takes is counted, too
    assert any(peak_bytes(target, 20, tags) < peak_bytes(target, 4, tags) + 100_000 for _ in range(tries))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("run.ogg", "cannot write .ogg files: run.ogg; choose one of .mp3 .m4a .opus .flac .wav"),
        ("run", "cannot write a file without an extension: run; choose one of .mp3 .m4a .opus .flac .wav"),
    ],
)
def test_an_unknown_extension_is_refused_with_the_known_ones(
    tmp_path: Path, tags: Tags, name: str, message: str
) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        write_file(tmp_path / name, [], tags)
    assert list(tmp_path.iterdir()) == []


def test_capitals_make_no_difference_to_an_extension() -> None:
    assert find_encoder(Path("RUN.MP3")) is write_mp3
