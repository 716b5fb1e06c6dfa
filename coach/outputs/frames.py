"""The frames of an MP3 stream (MPEG-1 Layer III): their headers, and where each begins."""

from functools import cache

from coach.outputs.crc import crc16

SAMPLES_PER_FRAME = 1152
HEADER_BYTES = 4

_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_HZ = (44_100, 48_000, 32_000)
_SYNC = b"\xff\xfb"
_JOINT_STEREO = 0b01_00_0_1_00
_MOST_POINTS = 1024


@cache
def frame_size_bytes(header: bytes) -> int:
    """The length of the frame that begins with these four bytes, header included.

    Raises:
        ValueError: No frame of MPEG-1 Layer III without checksum begins like this.
    """
    kbps_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if header[:2] != _SYNC or not 0 < kbps_index < len(_KBPS) or rate_index >= len(_RATES_HZ):
        raise ValueError(f"not a frame of MPEG-1 Layer III: {header.hex()}")
    return SAMPLES_PER_FRAME // 8 * 1000 * _KBPS[kbps_index] // _RATES_HZ[rate_index] + padding


def frame_header(kbps: int, rate_hz: int) -> bytes:
    """The four bytes that begin a joint stereo frame without padding."""
    return _SYNC + bytes([_KBPS.index(kbps) << 4 | _RATES_HZ.index(rate_hz) << 2, _JOINT_STEREO])


class FrameIndex:
    """Follows a stream of whole frames as it is written, however it is cut into pieces.

    Attributes:
        frames: How many frames have begun.
        bytes: How many bytes have passed.
        crc: Their CRC-16/ARC.
    """

    def __init__(self) -> None:
        self.frames = 0
        self.bytes = 0
        self.crc = 0
        self._next_frame = 0
        self._cut_header = b""
        self._points: list[int] = []
        self._frames_per_point = 1

    def feed(self, data: bytes) -> None:
        """Take note of the next piece of the stream.

        Raises:
            ValueError: A frame does not begin where the one before it ends.
        """
        self.crc = crc16(data, self.crc)
        start = self.bytes - len(self._cut_header)
        data = self._cut_header + data
        self.bytes = end = start + len(data)
        while self._next_frame + HEADER_BYTES <= end:
            at = self._next_frame - start
            size = frame_size_bytes(data[at : at + HEADER_BYTES])
            self._note(self._next_frame)
            self._next_frame += size
        self._cut_header = data[max(0, self._next_frame - start) :]

    def offset_bytes(self, frame: int) -> int:
        """Where a frame begins, or one shortly before it: at most a 500th of the stream earlier."""
        return self._points[frame // self._frames_per_point]

    def _note(self, offset: int) -> None:
        if self.frames % self._frames_per_point == 0:
            self._points.append(offset)
        self.frames += 1
        if len(self._points) == _MOST_POINTS:
            self._points = self._points[::2]
            self._frames_per_point *= 2
