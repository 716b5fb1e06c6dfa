"""MP3 files: three decoders play exactly the samples that went in."""

import re
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.encoders.encoder import EncoderSettings
from coach.encoders.mp3 import (
    FrameIndex,
    compute_crc16,
    is_intact_mp3,
    make_frame_header,
    map_in_background,
    parse_frame_size_bytes,
    write_mp3,
)
from coach.encoders.tags import Tags
from coach.sounds.clip import Samples


def names_of_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("ahead")]


def test_gives_every_result_in_order() -> None:
    assert list(map_in_background(lambda number: number * number, range(100))) == [
        number * number for number in range(100)
    ]


def test_works_in_one_other_thread_that_ends_with_it() -> None:
    workers = set(map_in_background(lambda _: threading.current_thread().name, range(20)))
    assert workers == {"ahead_0"}
    assert names_of_threads() == []


def test_takes_only_a_handful_of_items_before_the_first_result() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = map_in_background(str, items())
    assert next(results) == "0"
    assert len(taken) == 5


def test_a_failure_of_the_work_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(map_in_background(lambda number: 1 // number, [3, 2, 1, 0, 1, 2, 3, 4, 5, 6]))
    assert names_of_threads() == []


def test_a_failure_of_the_items_reaches_the_caller() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(map_in_background(str, items()))
    assert names_of_threads() == []


Tool = Callable[[str], str]
TAGS = Tags(title="Test", language="nl")
INFO_BYTES = 384  # at 48 kHz, for V4 and for 128 kbit/s


def decoded_by_ffmpeg(tool: Tool, file: Path) -> Samples:
    command = [tool("ffmpeg"), "-v", "error", "-i", str(file), "-map", "0:a", "-f", "f32le", "-"]
    result = subprocess.run(command, check=True, capture_output=True)
    assert result.stderr == b""
    return np.frombuffer(result.stdout, "<f4").reshape(-1, 2)


def decoded_by_lame(tool: Tool, file: Path) -> Samples:
    wav = file.with_suffix(".decoded.wav")
    subprocess.run([tool("lame"), "--quiet", "--decode", file, wav], check=True)
    return soundfile.read(wav, dtype="float32")[0]


def decoded_by_libsndfile(_: Tool, file: Path) -> Samples:
    return soundfile.read(file, dtype="float32")[0]


DECODERS = [decoded_by_ffmpeg, decoded_by_lame, decoded_by_libsndfile]


def shift_frames(heard: Samples, sound: Samples) -> int:
    """By how many frames the one is late, from the peak of their correlation."""
    size = 1 << 19  # more than both together, and quick to transform
    spectrum = np.fft.rfft(heard[:, 0], size) * np.conj(np.fft.rfft(sound[:, 0], size))
    peak = int(np.argmax(np.fft.irfft(spectrum, size)))
    return peak if peak < len(sound) else peak - size


def music(file: Path) -> bytes:
    """All after the ID3 tag: the info frame and the frames of sound."""
    data = file.read_bytes()
    size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    return data[10 + size :]


@pytest.fixture(scope="module", params=["V4", "V0", "V9", "128", "32", "320"])
def file(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    blocks: Callable[[], Iterator[Samples]],
    tags: Tags,
) -> Path:
    path = tmp_path_factory.mktemp("mp3") / "run.mp3"
    write_mp3(path, blocks(), tags, EncoderSettings(bitrate=request.param))
    return path


@pytest.mark.parametrize("decoded", DECODERS)
def test_plays_exactly_what_went_in(
    file: Path, samples: Samples, tool: Tool, decoded: Callable[[Tool, Path], Samples]
) -> None:
    heard = decoded(tool, file)
    assert heard.shape == samples.shape
    assert shift_frames(heard, samples) == 0


@pytest.mark.parametrize("rate_hz", [32_000, 44_100])
@pytest.mark.parametrize("bitrate", ["V4", "64"])
def test_plays_exactly_at_other_sample_rates(
    tmp_path: Path, samples: Samples, tool: Tool, rate_hz: int, bitrate: str
) -> None:
    file = tmp_path / "run.mp3"
    write_mp3(file, [samples], TAGS, EncoderSettings(rate_hz=rate_hz, bitrate=bitrate))
    heard = decoded_by_ffmpeg(tool, file)
    assert heard.shape == samples.shape
    assert shift_frames(heard, samples) == 0


@pytest.mark.parametrize("frames", [1, 575, 576, 577, 1151, 1152, 1153, 2304])
@pytest.mark.parametrize("bitrate", ["V4", "128"])
def test_the_shortest_sounds_keep_their_length(tmp_path: Path, samples: Samples, frames: int, bitrate: str) -> None:
    file = tmp_path / "run.mp3"
    write_mp3(file, [samples[:frames]], TAGS, EncoderSettings(bitrate=bitrate))
    assert soundfile.info(file).frames == frames


@pytest.fixture(params=[("V4", ["-V4"]), ("128", ["-b", "128"])], ids=["V4", "128"])
def ours_and_lames(request: pytest.FixtureRequest, tmp_path: Path, samples: Samples, tool: Tool) -> tuple[bytes, bytes]:
    """The same 16-bit samples, encoded by us and by LAME's own program."""
    bitrate, options = request.param
    steps = np.round(samples * 32_767).astype("<i2")
    pcm = steps.tobytes()
    wav, theirs, ours = tmp_path / "run.wav", tmp_path / "lame.mp3", tmp_path / "ours.mp3"
    soundfile.write(wav, steps, 48_000, subtype="PCM_16")
    subprocess.run([tool("lame"), "--quiet", "--noreplaygain", *options, wav, theirs], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coach.encoders.mp3.blocks_to_pcm16", lambda _: [pcm[:100_000], pcm[100_000:]])
        write_mp3(ours, [], TAGS, EncoderSettings(bitrate=bitrate))
    return music(ours), music(theirs) if theirs.read_bytes()[:3] == b"ID3" else theirs.read_bytes()


def test_the_sound_is_lames_to_the_byte_but_for_its_signature(ours_and_lames: tuple[bytes, bytes]) -> None:
    ours, theirs = ours_and_lames
    assert len(ours) == len(theirs)
    assert ours[INFO_BYTES:-2000] == theirs[INFO_BYTES:-2000]


def test_the_info_frame_says_what_lames_says(ours_and_lames: tuple[bytes, bytes]) -> None:
    ours, theirs = ours_and_lames
    header, name_flags_counts, version, delay_padding, length = (0, 4), (36, 52), (156, 165), (177, 180), (184, 188)
    for start, end in (name_flags_counts, version, delay_padding, length):
        assert ours[start:end] == theirs[start:end]
    assert ours[slice(*header)][:3] == theirs[slice(*header)][:3]


def test_seek_points_are_within_a_frame_of_lames(ours_and_lames: tuple[bytes, bytes]) -> None:
    ours, theirs = (np.frombuffer(file[52:152], np.uint8).astype(int) for file in ours_and_lames)
    assert np.abs(ours - theirs).max() <= 3
    assert (np.diff(ours) >= 0).all()


def test_both_checksums_are_reckoned_as_lame_does(ours_and_lames: tuple[bytes, bytes]) -> None:
    for file in ours_and_lames:
        music_crc, tag_crc = struct.unpack(">HH", file[188:192])
        assert music_crc == compute_crc16(file[INFO_BYTES:])
        assert tag_crc == compute_crc16(file[:190])


def test_the_same_session_makes_the_same_file(
    tmp_path: Path, blocks: Callable[[], Iterator[Samples]], samples: Samples, tags: Tags
) -> None:
    write_mp3(tmp_path / "a.mp3", blocks(), tags, EncoderSettings())
    write_mp3(tmp_path / "b.mp3", [samples[:77], samples[77:]], tags, EncoderSettings())
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


@pytest.mark.parametrize("bitrate", ["V4", "128"])
def test_a_bed_of_84_db_under_full_scale_is_never_digital_silence(tmp_path: Path, bitrate: str) -> None:
    file = tmp_path / "run.mp3"
    bed = np.random.default_rng(5).normal(0.0, 10 ** (-84 / 20), (48_000, 2)).astype(np.float32)
    write_mp3(file, [bed], TAGS, EncoderSettings(bitrate=bitrate))
    heard = soundfile.read(file, dtype="float32")[0]
    assert np.abs(heard).reshape(100, -1).max(axis=1).min() > 1e-5


def bit_by_bit(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def test_the_check_value_of_the_catalogue() -> None:
    assert compute_crc16(b"123456789") == 0xBB3D


def test_of_nothing_is_what_it_was() -> None:
    assert compute_crc16(b"", 0x1234) == 0x1234


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=300))
def test_agrees_with_the_definition(data: bytes) -> None:
    assert compute_crc16(data) == bit_by_bit(data)


@settings(deadline=None, max_examples=40)
@given(st.binary(min_size=1, max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_carries_on_over_any_cut(data: bytes, cuts: list[int]) -> None:
    crc = 0
    for start, end in pairwise([0, *sorted(cuts), len(data)]):
        crc = compute_crc16(data[start:end], crc)
    assert crc == compute_crc16(data)


def test_data_longer_than_a_chunk() -> None:
    data = bytes(range(256)) * 300
    assert compute_crc16(data) == bit_by_bit(data)


@pytest.mark.parametrize(
    ("kbps", "rate_hz", "size_bytes"),
    [(32, 48_000, 96), (128, 48_000, 384), (128, 44_100, 417), (320, 32_000, 1440), (320, 48_000, 960)],
)
def test_a_frame_is_as_long_as_its_bit_rate_says(kbps: int, rate_hz: int, size_bytes: int) -> None:
    assert parse_frame_size_bytes(make_frame_header(kbps, rate_hz)) == size_bytes


def test_a_padded_frame_is_one_byte_longer() -> None:
    assert parse_frame_size_bytes(bytes.fromhex("fffb9264")) == 418


@pytest.mark.parametrize("header", ["49443303", "fff39444", "fffb0444", "fffbf444", "fffb9c44"])
def test_other_bytes_are_no_frame(header: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"not a frame of MPEG-1 Layer III: {header}")):
        parse_frame_size_bytes(bytes.fromhex(header))


def a_stream(kbps_of_frames: list[int]) -> tuple[bytes, list[int]]:
    stream, offsets = b"", []
    for kbps in kbps_of_frames:
        offsets.append(len(stream))
        header = make_frame_header(kbps, 48_000)
        stream += header.ljust(parse_frame_size_bytes(header), b"\xff")
    return stream, offsets


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([32, 64, 128, 320]), min_size=1, max_size=12), st.integers(1, 2000))
def test_frames_are_found_however_the_stream_is_cut(kbps_of_frames: list[int], piece_bytes: int) -> None:
    stream, offsets = a_stream(kbps_of_frames)
    index = FrameIndex()
    for start in range(0, len(stream), piece_bytes):
        index.append(stream[start : start + piece_bytes])
    assert (index.frames, index.bytes) == (len(offsets), len(stream))
    assert [index.find_offset_bytes(frame) for frame in range(index.frames)] == offsets


def test_a_long_stream_keeps_few_points_each_near_its_frame() -> None:
    stream, _ = a_stream([32] * 100)
    index = FrameIndex()
    for _ in range(300):
        index.append(stream)
    assert index.frames == 30_000
    assert len(index._points) < 1024
    assert all(0 <= frame * 96 - index.find_offset_bytes(frame) <= index.bytes / 500 for frame in range(0, 30_000, 7))


def test_a_stream_that_loses_its_step_is_refused() -> None:
    with pytest.raises(ValueError, match="not a frame of MPEG-1 Layer III: 00000000"):
        FrameIndex().append(make_frame_header(32, 48_000).ljust(96, b"\0") + bytes(96))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("written") / "run.mp3"
    samples = np.random.default_rng(1).normal(0.0, 0.1, (20_000, 2)).astype(np.float32)
    write_mp3(target, [samples], OWN, EncoderSettings(bitrate="V4"))
    return target


OWN = Tags(title="Één 🌲", artist="", album="", language="nl", fingerprint="a")


def test_a_file_knows_with_which_tags_it_was_written(written: Path) -> None:
    assert is_intact_mp3(written, OWN, EncoderSettings(bitrate="V4"))
    assert not is_intact_mp3(written, replace(OWN, fingerprint="b"), EncoderSettings(bitrate="V4"))
    assert not is_intact_mp3(written.with_name("gone.mp3"), OWN, EncoderSettings(bitrate="V4"))


@given(st.data())
def test_any_other_byte_and_any_other_length_is_noticed(written: Path, data: st.DataObject) -> None:
    good = written.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    changed = data.draw(
        st.sampled_from([good[:at] + bytes([good[at] ^ 1 << at % 8]) + good[at + 1 :], good[:at], good + good[at:]])
    )
    copy = written.with_name("copy.mp3")
    copy.write_bytes(changed)
    assert not is_intact_mp3(copy, OWN, EncoderSettings(bitrate="V4"))
