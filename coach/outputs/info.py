"""The frame before the music that tells a player an MP3's length, its seek points, and what to cut off at its ends.

The layout is Xing's, as extended by LAME: gabriel.mp3-tech.org/mp3infotag.html. LAME 3.100 writes the same.
"""

import struct

from coach.outputs.crc import crc16
from coach.outputs.frames import SAMPLES_PER_FRAME, FrameIndex, frame_header, frame_size_bytes
from coach.outputs.output import Settings

ENCODER_DELAY_FRAMES = 576

_VBR_KBPS = 128
_LEAST_KBPS = 64  # smaller frames cannot hold the tag
_SIDE_INFORMATION_BYTES = 32
_HAS_FRAMES_BYTES_SEEK_POINTS_QUALITY = 0b1111
_SEEK_POINTS = 100
_ENCODER = b"LAME3.100"
_CBR, _VBR_MTRH = 1, 4
_LAME_VBR_LEAST_KBPS = 32
_JOINT_STEREO = 3 << 2
_SOURCE_RATES_HZ = {32_000: 0 << 6, 44_100: 1 << 6, 48_000: 2 << 6}


def info_frame_bytes(settings: Settings) -> int:
    """How much room to leave before the music."""
    return frame_size_bytes(_header(settings))


def info_frame(settings: Settings, index: FrameIndex, length_frames: int) -> bytes:
    """The whole frame, for music that ``index`` has followed to its end.

    Args:
        settings: How the music was encoded.
        index: Its MP3 frames.
        length_frames: How many sample frames went in, and should come out again.
    """
    header = _header(settings)
    size = frame_size_bytes(header)
    frame = (
        header + bytes(_SIDE_INFORMATION_BYTES) + _xing(settings, index, size) + _lame(settings, index, length_frames)
    )
    frame += struct.pack(">IH", size + index.bytes, index.crc)
    frame += struct.pack(">H", crc16(frame))
    return frame.ljust(size, b"\0")


def _header(settings: Settings) -> bytes:
    kbps = _VBR_KBPS if settings.vbr_level is not None else max(_LEAST_KBPS, settings.kbps)
    return frame_header(kbps, settings.rate_hz)


def _xing(settings: Settings, index: FrameIndex, size: int) -> bytes:
    level = settings.vbr_level
    name, quality = (b"Info", 0) if level is None else (b"Xing", 100 - 10 * level)
    counts = struct.pack(">III", _HAS_FRAMES_BYTES_SEEK_POINTS_QUALITY, index.frames, size + index.bytes)
    return name + counts + _seek_points(index, size) + struct.pack(">I", quality)


def _seek_points(index: FrameIndex, size: int) -> bytes:
    """Where each hundredth of the time begins, in 256ths of the bytes."""
    offsets = (size + index.offset_bytes(percent * index.frames // _SEEK_POINTS) for percent in range(_SEEK_POINTS))
    return bytes(min(255, 256 * offset // (size + index.bytes)) for offset in offsets)


def _lame(settings: Settings, index: FrameIndex, length_frames: int) -> bytes:
    """LAME's part, up to the length and checksums. What is zero here means unknown, or none."""
    level = settings.vbr_level
    method, kbps = (_CBR, min(255, settings.kbps)) if level is None else (_VBR_MTRH, _LAME_VBR_LEAST_KBPS)
    preset = settings.kbps if level is None else 500 - 10 * level
    padding_frames = index.frames * SAMPLES_PER_FRAME - ENCODER_DELAY_FRAMES - length_frames
    return struct.pack(
        ">9sBB4sHHBB3sBBH",
        _ENCODER,
        method,
        0,  # lowpass
        bytes(4),  # peak
        0,  # radio gain
        0,  # audiophile gain
        0,  # encoding flags
        kbps,
        (ENCODER_DELAY_FRAMES << 12 | padding_frames).to_bytes(3, "big"),
        _SOURCE_RATES_HZ[settings.rate_hz] | _JOINT_STEREO,
        0,  # volume change
        preset,
    )
