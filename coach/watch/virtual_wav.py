"""Virtual WAV file: the bytes of a session's sound are mixed when they are requested, and never stored."""

import secrets
import struct
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from coach.audio import mastering
from coach.audio.mixer import CHANNELS, Mixer
from coach.sounds.clip import BYTES_PER_FRAME, blocks_to_pcm16
from coach.units import frames_to_seconds

HEAD_BYTES = 44
_MOST_BYTES = 0xFFFFFFFF  # sizes are 32 bits; for a longer file players go by the length of the response


@dataclass(frozen=True, kw_only=True, slots=True)
class VirtualWav:
    """The sound of a session at one save, as the bytes of a WAV file; immutable.

    ``heard`` is equal for equal sounds. The samples are those that a render writes, to the last bit.
    """

    mixer: Mixer
    gain_db: float
    heard: Hashable

    @property
    def size_bytes(self) -> int:
        """The size of the whole file."""
        return HEAD_BYTES + BYTES_PER_FRAME * self.mixer.frames

    def find_time_s(self, byte: int) -> float:
        """Convert a byte's position to the time at which it is heard."""
        return frames_to_seconds(max(0, byte - HEAD_BYTES) // BYTES_PER_FRAME, self.mixer.rate_hz)

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """Mix bytes from ``start`` to ``end``, exclusive, in pieces, as they are taken.

        Raises:
            ExternalError: one of the sounds in it can no longer be read.
        """
        if start < HEAD_BYTES:
            yield self._write_head()[start:end]
            start = HEAD_BYTES
        first = (start - HEAD_BYTES) // BYTES_PER_FRAME
        skipped = (start - HEAD_BYTES) % BYTES_PER_FRAME
        left = end - start
        if left <= 0:
            return
        for pcm in blocks_to_pcm16(mastering.master(self.mixer.iter_blocks(first), self.gain_db), first):
            piece = pcm[skipped : skipped + left]
            yield piece
            skipped, left = 0, left - len(piece)
            if not left:
                return

    def _write_head(self) -> bytes:
        """Write the RIFF header, the format (16-bit stereo PCM), and the head of the data chunk."""
        data_bytes = BYTES_PER_FRAME * self.mixer.frames
        riff_bytes = min(_MOST_BYTES, data_bytes + HEAD_BYTES - 8)
        rate_hz = self.mixer.rate_hz
        form = struct.pack("<IHHIIHH", 16, 1, CHANNELS, rate_hz, rate_hz * BYTES_PER_FRAME, BYTES_PER_FRAME, 16)
        size = struct.pack("<I", min(_MOST_BYTES, data_bytes))
        return b"".join([b"RIFF", struct.pack("<I", riff_bytes), b"WAVEfmt ", form, b"data", size])


MOST_VERSIONS = 8


class SoundVersions:
    """The last few versions of the sound: a page plays the one it has until the next is loaded."""

    def __init__(self) -> None:
        self._run_id = secrets.token_hex(4)  # tells its sounds from those of earlier runs
        self._lock = threading.Lock()
        self._count = 0
        self._sounds: OrderedDict[str, VirtualWav] = OrderedDict()
        self.heard_until_s = 0.0

    def put(self, sound: VirtualWav) -> str:
        """Add a sound and return its name. A sound equal to the last one keeps that one's name."""
        with self._lock:
            last = next(reversed(self._sounds), None)
            if last is not None and self._sounds[last].heard == sound.heard:
                return last
            self._count += 1
            name = f"{self._run_id}-{self._count}"
            self._sounds[name] = sound
            while len(self._sounds) > MOST_VERSIONS:
                self._sounds.popitem(last=False)
            return name

    def get(self, name: str) -> VirtualWav | None:
        """Find a sound by its name, if it is still kept."""
        with self._lock:
            return self._sounds.get(name)
