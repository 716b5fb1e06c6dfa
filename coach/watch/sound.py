"""A session's sound as a WAV file that is nowhere: whichever bytes are asked for are mixed there and then."""

import struct
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from coach.audio import mastering
from coach.audio.mixer import CHANNELS, Mixer
from coach.outputs.pcm import BYTES_PER_FRAME, pcm16
from coach.units import frames_to_seconds

HEAD_BYTES = 44
_MOST_BYTES = 0xFFFFFFFF  # the format counts in 32 bits; players of a longer file go by its own length


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """What is heard of a session as it was at one save; it never changes.

    ``heard`` is equal for equal sounds. The samples are those that a render writes, to the last bit.
    """

    mixer: Mixer
    level_db: float
    heard: Hashable

    @property
    def size_bytes(self) -> int:
        """How long the file would be."""
        return HEAD_BYTES + BYTES_PER_FRAME * self.mixer.frames

    def time_s(self, byte: int) -> float:
        """When a byte is heard."""
        return frames_to_seconds(max(0, byte - HEAD_BYTES) // BYTES_PER_FRAME, self.mixer.rate_hz)

    def stretch(self, start: int, end: int) -> Iterator[bytes]:
        """Bytes from ``start`` to ``end``, exclusive, piece by piece, each made when it is asked for.

        Raises:
            OutsideError: one of the sounds in it cannot be had any more.
        """
        if start < HEAD_BYTES:
            yield self._head()[start:end]
            start = HEAD_BYTES
        first = (start - HEAD_BYTES) // BYTES_PER_FRAME
        skipped = (start - HEAD_BYTES) % BYTES_PER_FRAME
        left = end - start
        if left <= 0:
            return
        for pcm in pcm16(mastering.mastered(self.mixer.blocks(first), self.level_db), first):
            piece = pcm[skipped : skipped + left]
            yield piece
            skipped, left = 0, left - len(piece)
            if not left:
                return

    def _head(self) -> bytes:
        """RIFF, its format (plain 16-bit stereo), and the beginning of its one chunk of samples."""
        data_bytes = BYTES_PER_FRAME * self.mixer.frames
        riff_bytes = min(_MOST_BYTES, data_bytes + HEAD_BYTES - 8)
        rate_hz = self.mixer.rate_hz
        form = struct.pack("<IHHIIHH", 16, 1, CHANNELS, rate_hz, rate_hz * BYTES_PER_FRAME, BYTES_PER_FRAME, 16)
        size = struct.pack("<I", min(_MOST_BYTES, data_bytes))
        return b"".join([b"RIFF", struct.pack("<I", riff_bytes), b"WAVEfmt ", form, b"data", size])
