import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
import soxr

from coach.errors import ExternalError
from coach.sounds import decode as decoding
from coach.sounds.clip import Clip
from coach.sounds.decode import decode, find_ffmpeg

CONVERT = "convert it to WAV, FLAC or MP3 and name that file instead"
FORMATS = "use one of these formats: WAV, FLAC, Ogg, AIFF, MP3, AAC, MP4, WebM, CAF, AMR"
RATE_HZ = 48_000


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of 440 Hz, louder on the left."""
    path = tmp_path_factory.mktemp("tone") / "tone.wav"
    wave = np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100)[:, None] * [0.5, 0.25]
    soundfile.write(path, wave, 44_100, subtype="PCM_16")
    return path


def convert(tone: Path, path: Path, *options: str) -> Path:
    command = [find_ffmpeg(), "-v", "error", "-y", "-i", str(tone), *options, f"file:{path}"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=60)
    return path


def assert_is_the_tone(clip: Clip, *, about_s: float = 0.06) -> None:
    assert clip.rate_hz == RATE_HZ
    assert clip.samples.dtype == np.float32
    assert clip.samples.shape[1] == 2
    assert clip.length_s == pytest.approx(1.0, abs=about_s)
    middle = clip.samples[RATE_HZ // 4 : RATE_HZ * 3 // 4]
    assert np.abs(middle).max(axis=0) == pytest.approx([0.5, 0.25], abs=0.05)
    assert np.argmax(np.abs(np.fft.rfft(middle[:, 0]))) == pytest.approx(220, abs=1)


def refusal(path: Path, *, longest_s: float = 60.0) -> tuple[str, str]:
    with pytest.raises(ExternalError) as caught:
        decode(path, RATE_HZ, longest_s=longest_s)
    return caught.value.message, caught.value.help


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "opus", "mp3", "aiff", "m4a", "aac", "webm", "caf"])
def test_reads_every_common_format_whatever_its_name(tone: Path, tmp_path: Path, ending: str) -> None:
    written = convert(tone, tmp_path / f"tone.{ending}")
    assert_is_the_tone(decode(written.rename(tmp_path / "clip.bin"), RATE_HZ, longest_s=60.0))


def test_reads_lossless_m4a(tone: Path, tmp_path: Path) -> None:
    assert_is_the_tone(decode(convert(tone, tmp_path / "x.m4a", "-c:a", "alac"), RATE_HZ, longest_s=60.0), about_s=1e-3)


def test_reads_mp3_behind_a_tag_with_a_picture(tone: Path, tmp_path: Path) -> None:
    bare = convert(tone, tmp_path / "x.mp3", "-id3v2_version", "0").read_bytes()
    tag = b"ID3\x03\x00\x00\x00\x00\x27\x10" + bytes(5008)
    (tmp_path / "tagged").write_bytes(tag + bare)
    assert_is_the_tone(decode(tmp_path / "tagged", RATE_HZ, longest_s=60.0))


@pytest.mark.parametrize(
    "name", ["-i.m4a", "-version", "a:b.m4a", "http:example.m4a", "concat:x|y", "%03d.m4a", "né e.m4a"]
)
def test_a_file_may_have_any_name(tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    convert(tone, tmp_path / "plain.m4a").rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert_is_the_tone(decode(Path(name), RATE_HZ, longest_s=60.0))


def test_needs_no_ffprobe_and_no_ffmpeg_on_the_path(
    tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = convert(tone, tmp_path / "tone.m4a")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", find_ffmpeg())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_is_the_tone(decode(written, RATE_HZ, longest_s=60.0))


def test_keeps_mono_and_mixes_many_channels_to_mono(tmp_path: Path) -> None:
    six = np.tile(np.array([0.6, 0.0, 0.0, 0.0, 0.0, 0.0]), (4800, 1))
    soundfile.write(tmp_path / "six.wav", six, RATE_HZ, subtype="FLOAT")
    soundfile.write(tmp_path / "one.wav", six[:, :1], RATE_HZ, subtype="FLOAT")
    for name, level in (("six.wav", 0.1), ("one.wav", 0.6)):
        samples = decode(tmp_path / name, RATE_HZ, longest_s=60.0).samples
        assert np.array_equal(samples, np.full((4800, 1), level, np.float32))


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:1,\nfile://{tone}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile {tone}\n",
        "RIFFconcat",
        "[playlist]\nFile1={tone}\n",
        '<?xml version="1.0"?><MPD></MPD>',
        "ID3\x03\0\0\0\0\0\0#EXTM3U\n{tone}\n",
        "",
    ],
)
@pytest.mark.parametrize("name", ["clip.wav", "clip.m4a", "clip.mp3"])
def test_refuses_a_list_of_other_files_named_as_a_sound_file(tone: Path, tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(text.format(tone=tone))
    assert refusal(path) == (f"{path}: not a sound file in a supported format", FORMATS)


def test_refuses_a_missing_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path / "absent.wav", tmp_path, tmp_path / "pipe.wav"):
        assert refusal(path) == (
            f"{path}: no such sound file",
            "check the path; it is relative to the folder of the session",
        )


def test_refuses_a_damaged_file(tone: Path, tmp_path: Path) -> None:
    wav, m4a, empty = tmp_path / "cut.wav", tmp_path / "cut.m4a", tmp_path / "empty.wav"
    wav.write_bytes(tone.read_bytes()[:30])
    m4a.write_bytes(convert(tone, tmp_path / "whole.m4a").read_bytes()[:3000])
    soundfile.write(empty, np.zeros((0, 1)), RATE_HZ)
    assert refusal(wav) == (f"{wav}: the sound file is cut off: its end is missing", "record or export it again")
    assert refusal(m4a) == (f"{m4a}: the sound file is cut off: its end is missing", "record or export it again")
    assert refusal(empty) == (f"{empty}: there is no sound in this file", "record or export it again")


@pytest.mark.parametrize("ending", ["wav", "rf64", "aiff", "caf", "mp3", "flac", "ogg", "m4a"])
def test_refuses_a_file_that_is_cut_off(tone: Path, tmp_path: Path, ending: str) -> None:
    options = {"rf64": ("-f", "wav", "-rf64", "always"), "m4a": ("-movflags", "faststart")}.get(ending, ())
    path = convert(tone, tmp_path / f"tone.{ending}", *options)
    assert_is_the_tone(decode(path, RATE_HZ, longest_s=60.0))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 9 // 10])
    reason = {
        "flac": "this FLAC file is damaged, or of a kind that is not supported",
        "ogg": "there is no sound in this file",
    }.get(ending, "the sound file is cut off: its end is missing")
    assert refusal(path)[0] == f"{path}: {reason}"


@pytest.mark.parametrize("data_bytes", [0, 0x7FFF_F000, (1 << 32) - 1])
@pytest.mark.parametrize("riff_bytes", [0, 36, (1 << 32) - 1])
def test_reads_to_its_end_a_file_whose_length_was_not_known(
    tone: Path, tmp_path: Path, data_bytes: int, riff_bytes: int
) -> None:
    data = tone.read_bytes()
    header = data[8:40] + data_bytes.to_bytes(4, "little")
    path = tmp_path / "stream.wav"
    path.write_bytes(b"RIFF" + riff_bytes.to_bytes(4, "little") + header + data[44:])
    assert_is_the_tone(decode(path, RATE_HZ, longest_s=60.0))


def test_an_mp3_with_more_behind_its_frames_is_read_without_a_warning(
    tone: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = convert(tone, tmp_path / "tone.mp3")
    path.write_bytes(path.read_bytes() + bytes(9_000))
    assert_is_the_tone(decode(path, RATE_HZ, longest_s=60.0))
    assert capfd.readouterr() == ("", "")


def test_refuses_an_m4a_that_decodes_to_nothing(tone: Path, tmp_path: Path) -> None:
    whole = bytearray(convert(tone, tmp_path / "whole.m4a", "-c:a", "alac").read_bytes())
    start, end = whole.index(b"mdat") + 4, whole.index(b"moov") - 4
    whole[start:end] = b"\xff" * (end - start)
    path = tmp_path / "bad.m4a"
    path.write_bytes(whole)
    assert refusal(path) == (f"{path}: there is no sound in this file", "record or export it again")


@pytest.mark.parametrize(
    ("output", "message"),
    [("Stream #0:0: Audio: aac", "ffmpeg cannot decode this MP4 file"), ("", "there is no sound in this MP4 file")],
)
def test_reports_a_failure_of_ffmpeg(
    tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, message: str
) -> None:
    path = convert(tone, tmp_path / "x.m4a")
    failing = tmp_path / "ffmpeg"
    failing.write_text(f"#!/bin/sh\necho '{output}' >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(failing))
    assert refusal(path) == (f"{path}: {message}", CONVERT)


def test_reports_an_ffmpeg_that_cannot_be_run(tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = convert(tone, tmp_path / "x.m4a")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "absent"))
    assert refusal(path) == (f"{path}: ffmpeg cannot inspect this MP4 file", CONVERT)


def test_refuses_values_that_are_not_finite(tmp_path: Path) -> None:
    path = tmp_path / "nan.wav"
    soundfile.write(path, np.array([0.1, np.nan, 0.2]), RATE_HZ, subtype="FLOAT")
    assert refusal(path) == (f"{path}: the sound file is damaged: it contains values that are not finite", CONVERT)


@pytest.mark.parametrize("ending", ["wav", "m4a"])
def test_refuses_a_sound_that_is_too_long(tone: Path, tmp_path: Path, ending: str) -> None:
    path = convert(tone, tmp_path / f"tone.{ending}")
    assert refusal(path, longest_s=0.5) == (f"{path}: the sound is longer than 0.5s", "cut it to at most 0.5s")


def test_refuses_a_file_that_is_too_large(tone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST_BYTES", 50_000)
    assert refusal(tone) == (f"{tone}: the sound file is larger than 0 MB", "shorten it, or convert it to MP3")


def test_refuses_absurd_layouts(tmp_path: Path) -> None:
    many, slow = tmp_path / "many.wav", tmp_path / "slow.wav"
    soundfile.write(many, np.zeros((10, 100)), RATE_HZ)
    soundfile.write(slow, np.zeros((10, 1)), 10)
    assert refusal(many) == (f"{many}: 100 channels at 48000 Hz are not supported", CONVERT)
    assert refusal(slow) == (f"{slow}: 1 channel at 10 Hz is not supported", CONVERT)


@pytest.mark.parametrize("ending", ["flac", "m4a"])
def test_refuses_more_samples_than_a_sound_of_its_length_may_need(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "many.flac"
    soundfile.write(path, np.zeros((2 * 384_000, 8)), 384_000, subtype="PCM_16")
    if ending == "m4a":
        path = convert(path, tmp_path / "many.m4a", "-c:a", "alac", "-ac", "6")
    message, advice = refusal(path, longest_s=2.0)
    channels = 8 if ending == "flac" else 6
    assert message == f"{path}: {channels} channels at 384000 Hz are too much for a sound this long"
    assert advice == "convert it to stereo at 48 kHz"


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 96_000])
def test_resampling_in_blocks_is_resampling_the_whole(tmp_path: Path, rate_hz: int) -> None:
    noise = np.random.default_rng(3).normal(0.0, 0.1, (round(2.7 * rate_hz), 2)).astype(np.float32)
    soundfile.write(tmp_path / "noise.wav", noise, rate_hz, subtype="FLOAT")
    decoded = decode(tmp_path / "noise.wav", RATE_HZ, longest_s=60.0)
    np.testing.assert_array_equal(decoded.samples, soxr.resample(noise, rate_hz, RATE_HZ))


def write_wav(path: Path, ending: str, at: int, field: bytes) -> Path:
    soundfile.write(path, np.full((4_800, 1), 0.25), RATE_HZ, format=ending, subtype="PCM_16")
    data = bytearray(path.read_bytes())
    data[at : at + len(field)] = field
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("value", [1, 1 << 31, (1 << 32) - 1, 1 << 62])
@pytest.mark.parametrize("ending", ["WAV", "RF64", "AIFF", "FLAC", "CAF"])
def test_any_number_in_a_header_is_read_or_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], ending: str, value: int
) -> None:
    order: Literal["big", "little"] = "big" if ending == "CAF" else "little"
    for at in range(4, 72, 4):
        for size in (2, 4, 8) if order == "little" else (8,):
            path = write_wav(tmp_path / "odd", ending, at, (value % (1 << 8 * size)).to_bytes(size, order))
            with suppress(ExternalError):
                assert decode(path, RATE_HZ, longest_s=60.0).samples.ndim == 2
    assert capfd.readouterr() == ("", "")


HELD = """
import resource, sys
from pathlib import Path
from coach.errors import ExternalError
from coach.sounds.decode import decode
def peak_mb(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
short, long = map(Path, sys.argv[1:])
decode(short, 8_000, longest_s=60.0)  # loads the libraries
before = peak_mb()
try:
    decode(long, 8_000, longest_s=240.0)
except ExternalError as error:
    print(error.message)
refused = peak_mb()
clip = decode(long, 8_000, longest_s=7_200.0, mono=True)
print(round(clip.length_s), refused - before < 2, peak_mb() - refused - clip.samples.nbytes / (1 << 20) < 8)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="resource is of Unix")
@pytest.mark.parametrize(("ending", "codec"), [("m4a", "alac"), ("flac", "flac")])
def test_a_long_sound_takes_the_memory_of_its_result_and_none_where_it_is_refused(
    tone: Path, tmp_path: Path, ending: str, codec: str
) -> None:
    short = convert(tone, tmp_path / f"short.{ending}", "-c:a", codec)
    wave = tmp_path / "wave.wav"
    soundfile.write(wave, np.random.default_rng(1).normal(0.0, 0.1, (300 * 32_000, 2)), 32_000, subtype="PCM_16")
    long = convert(wave, tmp_path / f"long.{ending}", "-c:a", codec)
    held = subprocess.run([sys.executable, "-c", HELD, short, long], capture_output=True, text=True, check=True)
    assert held.stdout == f"{long}: the sound is longer than 4m\n300 True True\n"


def test_the_bundled_ffmpeg_runs() -> None:
    output = subprocess.run([find_ffmpeg(), "-version"], capture_output=True, text=True, check=True)
    assert output.stdout.startswith("ffmpeg version")


def test_another_ffmpeg_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/opt/ffmpeg")
    assert find_ffmpeg() == "/opt/ffmpeg"


def test_without_ffmpeg_the_help_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_none() -> str:
        raise RuntimeError

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", find_none)
    with pytest.raises(ExternalError, match=r"^this audio format needs ffmpeg, which was not found$") as caught:
        find_ffmpeg()
    assert caught.value.help == (
        "install ffmpeg, or set IMAGEIO_FFMPEG_EXE to its path; WAV, FLAC, Ogg and MP3 do not need it"
    )
