"""Bells: how long each is heard, and its overtones. `coach.sounds.bell_synth` makes them sound."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class BellOvertone:
    """One ringing mode: pitch, level, the time in which it falls to 1/e, how often it beats, how it swells up."""

    pitch_hz: float
    level: float
    decay_s: float
    beat_hz: float
    rise_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BellPreset:
    """A bell: how long it is heard, and how it rings."""

    length_s: float
    overtones: tuple[BellOvertone, ...]


# The ratios 1 : 2.78 : 5.18 : 8.16 are those measured on a Tibetan bowl (Inacio, Henrique and Antunes 2006).
BOWL = BellPreset(
    length_s=6.0,
    overtones=(
        BellOvertone(pitch_hz=212.0, level=1.0, decay_s=2.3, beat_hz=0.55, rise_s=0.022),
        BellOvertone(pitch_hz=589.4, level=0.5, decay_s=1.5, beat_hz=0.9, rise_s=0.02),
        BellOvertone(pitch_hz=1098.2, level=0.16, decay_s=0.8, beat_hz=1.4, rise_s=0.018),
        BellOvertone(pitch_hz=1729.9, level=0.04, decay_s=0.4, beat_hz=2.1, rise_s=0.016),
    ),
)

# A free tube: 1 : 2.76 : 5.40.
CHIME = BellPreset(
    length_s=4.0,
    overtones=(
        BellOvertone(pitch_hz=622.0, level=1.0, decay_s=1.1, beat_hz=0.7, rise_s=0.008),
        BellOvertone(pitch_hz=1714.0, level=0.3, decay_s=0.5, beat_hz=1.2, rise_s=0.006),
        BellOvertone(pitch_hz=3361.0, level=0.05, decay_s=0.16, beat_hz=1.9, rise_s=0.005),
    ),
)

# A broad plate: crowded, and the higher the mode, the later it has gathered its share.
GONG = BellPreset(
    length_s=8.0,
    overtones=(
        BellOvertone(pitch_hz=104.0, level=0.9, decay_s=3.0, beat_hz=0.35, rise_s=0.04),
        BellOvertone(pitch_hz=156.7, level=0.6, decay_s=2.6, beat_hz=0.5, rise_s=0.05),
        BellOvertone(pitch_hz=211.3, level=0.7, decay_s=2.2, beat_hz=0.7, rise_s=0.07),
        BellOvertone(pitch_hz=272.0, level=0.35, decay_s=1.7, beat_hz=0.9, rise_s=0.12),
        BellOvertone(pitch_hz=329.5, level=0.3, decay_s=1.3, beat_hz=1.1, rise_s=0.2),
        BellOvertone(pitch_hz=415.8, level=0.2, decay_s=1.0, beat_hz=1.3, rise_s=0.3),
        BellOvertone(pitch_hz=538.6, level=0.12, decay_s=0.7, beat_hz=1.7, rise_s=0.35),
    ),
)

MAKERS = {"bowl": BOWL, "chime": CHIME, "gong": GONG}


def bell_length_s(name: str) -> float:
    """How long a bell is heard, known without making it."""
    return MAKERS[name].length_s
