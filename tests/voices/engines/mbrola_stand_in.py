"""A program that speaks as MBROLA does to espeak-ng: phonemes and their lengths in, a WAV and its samples out.

A tone for each phoneme, as long as it says; silence for pauses. What it reads is kept in the file that
``COACH_TEST_PHONEMES`` names.
"""

import math
import os
import signal
import struct
import sys

RATE_HZ = 16_000

signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # "flush", which espeak-ng sends when it is interrupted
out = sys.stdout.buffer
form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
out.write(struct.pack("<4sI4s", b"RIFF", 0, b"WAVE") + form + struct.pack("<4sI", b"data", 0))
out.flush()
with open(os.environ["COACH_TEST_PHONEMES"], "a", encoding="latin-1") as kept:  # noqa: PTH123 - no more imports than it needs
    kept.write(" ".join(sys.argv[1:]) + "\n")
    for line in sys.stdin:
        kept.write(line)
        kept.flush()
        words = line.split()
        if len(words) < 2 or words[0].startswith(";"):
            continue
        loud = 0 if words[0] == "_" else 8_000
        frames = round(float(words[1]) * RATE_HZ / 1_000)
        wave = (round(loud * math.sin(2.0 * math.pi * 140.0 * frame / RATE_HZ)) for frame in range(frames))
        out.write(b"".join(struct.pack("<h", sample) for sample in wave))
        out.flush()
