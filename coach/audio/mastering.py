"""Mastering: one gain that brings a session to its loudness and is kept, and a soft limiter for the ceiling."""

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.audio.mixer import CHANNELS, Mixer
from coach.audio.soundbank import RATE_HZ, SoundSource, identify_event
from coach.errors import ExternalError
from coach.sounds.beds import FLOOR, FLOOR_RMS_DB, AmbientBed
from coach.sounds.clip import Samples
from coach.sounds.loudness import HOPS_PER_SECOND, apply_k_weighting, gate_loudness_lufs
from coach.storage.atomic_write import write_text
from coach.storage.file_input import hash_file, read_up_to
from coach.storage.folders import find_cache_folder
from coach.timeline.timeline import BedName, Event, Speech, Timeline
from coach.units import db_to_gain
from coach.utterance import Utterance

TARGET_LUFS = -16.0
MASTERING_VERSION = 1
"""Raise it when the same sounds get another gain, so that cached gains are measured again."""

# Clips are normalised to the target, so a mix lands near it; one that would need more gain was measured wrongly.
MOST_GAIN_DB = 4.0
_MOST_GAIN_BYTES = 64
MEASURED_AT_ONCE_S = 1.0
FLOOR_ENERGY = CHANNELS * db_to_gain(FLOOR_RMS_DB) ** 2
KNEE = db_to_gain(-3.5)
CEILING = db_to_gain(-2.0)


class _SilentBed:
    """A bed of silence."""

    def render(self, start_frame: int, frames: int) -> Samples:  # noqa: ARG002 - the same anywhere
        """Return silence, float32 of shape (frames, 2)."""
        return np.zeros((frames, CHANNELS), np.float32)


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightedBank:
    """A sound source whose speech is K-weighted clip by clip.

    The weighting of BS.1770 is linear, so a mix of weighted sounds is the weighted mix; filtering each clip costs a
    tenth of filtering the session. All other sounds lie where the weighting changes little, and so far below the voice
    that the gate excludes them: they are not weighted.
    """

    bank: SoundSource
    rate_hz: int

    def get_sound(self, event: Event) -> Samples:
        """Return the sound of an event, weighted if it is spoken."""
        samples = self.bank.get_sound(event)
        return apply_k_weighting(samples, self.rate_hz) if isinstance(event, Speech) else samples

    def get_bed(self, name: BedName) -> AmbientBed:
        """Return a bed, not weighted; silence for the floor, whose constant energy is added without mixing it."""
        return _SilentBed() if name == FLOOR else self.bank.get_bed(name)


def make_weighted_mixer(timeline: Timeline, bank: SoundSource, rate_hz: int) -> Mixer:
    """Make a mixer whose blocks are measured by `measure_hop_energies`."""
    return Mixer(timeline, WeightedBank(bank=bank, rate_hz=rate_hz), rate_hz, block_s=MEASURED_AT_ONCE_S)


def measure_hop_energies(block: Samples, rate_hz: int) -> list[float]:
    """Measure the energy of each whole 0.1 s of a block from a weighted mixer."""
    hop_frames = rate_hz // HOPS_PER_SECOND
    hops = block[: block.shape[0] // hop_frames * hop_frames].reshape(-1, hop_frames * block.shape[1])
    energies: list[float] = (np.einsum("hf,hf->h", hops, hops) / hop_frames + FLOOR_ENERGY).tolist()
    return energies


def measure_loudness_lufs(timeline: Timeline, bank: SoundSource, rate_hz: int) -> float:
    """Measure the integrated loudness of a session before mastering; minus infinity if it is silent."""
    blocks = make_weighted_mixer(timeline, bank, rate_hz).iter_blocks()
    return gate_loudness_lufs([energy for block in blocks for energy in measure_hop_energies(block, rate_hz)])


def has_words(timeline: Timeline) -> bool:
    """Return whether anything is said. Without speech no gain is needed, as the voice sets the loudness."""
    return any(isinstance(event, Speech) for event in timeline.events)


def compute_gain_to_target_db(measured_lufs: float) -> float:
    """Compute the gain that brings a session of this loudness to `TARGET_LUFS`, within `MOST_GAIN_DB`."""
    return 0.0 if math.isinf(measured_lufs) else max(-MOST_GAIN_DB, min(MOST_GAIN_DB, TARGET_LUFS - measured_lufs))


def measure_gain_db(timeline: Timeline, bank: SoundSource, rate_hz: int) -> float:
    """Measure the gain that brings a session to `TARGET_LUFS`."""
    return compute_gain_to_target_db(measure_loudness_lufs(timeline, bank, rate_hz)) if has_words(timeline) else 0.0


def master(blocks: Iterator[Samples], level_db: float) -> Iterator[Samples]:
    """Apply the gain and the limiter to blocks. Both work sample by sample, so this can begin anywhere."""
    gain = np.float32(db_to_gain(level_db))
    for block in blocks:
        yield hold_ceiling(block * gain)


def hold_ceiling(samples: Samples) -> Samples:
    """Limit samples softly above the knee, so that none reaches the ceiling; samples below it are unchanged."""
    levels = np.abs(samples)
    if levels.max(initial=0.0) <= KNEE:
        return samples
    over = np.maximum(levels - np.float32(KNEE), 0.0)
    room = np.float32(CEILING - KNEE)
    bent = np.float32(KNEE) + room * np.tanh(over / room)
    return np.where(over > 0.0, np.copysign(bent, samples), samples)


ClipKey = Callable[[Utterance], str]

"""Names the clip of an utterance, by its words and its voice: equal for equal samples."""


def recall_gain_db(timeline: Timeline, clip_key: ClipKey) -> float | None:
    """Read the cached gain in dB for the sounds of a timeline; None if there is none."""
    try:
        gain_db = float(read_up_to(_find_cache_file(timeline, clip_key), _MOST_GAIN_BYTES))
    except (OSError, ValueError, ExternalError):
        return None
    return gain_db if math.isfinite(gain_db) and abs(gain_db) <= MOST_GAIN_DB else None


def remember_gain(timeline: Timeline, clip_key: ClipKey, gain_db: float) -> None:
    """Cache the gain measured for a timeline. If it cannot be stored, it is measured again next time."""
    with suppress(OSError, ExternalError):
        entry = _find_cache_file(timeline, clip_key)
        entry.parent.mkdir(parents=True, exist_ok=True)
        write_text(entry, repr(gain_db))


def _find_cache_file(timeline: Timeline, clip_key: ClipKey) -> Path:
    """Name the cache file for everything audible: every event with its sound, and nothing that is only shown.

    Raises:
        ExternalError: a recording cannot be read.
        OSError: another of the author's sounds cannot be read.
    """
    digest = hashlib.sha256("\n".join(_describe_sounds(timeline, clip_key)).encode())
    return find_cache_folder() / "levels" / f"{digest.hexdigest()}.txt"


def _describe_sounds(timeline: Timeline, clip_key: ClipKey) -> Iterator[str]:
    hashes: dict[Path, str] = {}

    def file_key(path: Path) -> str:
        return hashes.get(path) or hashes.setdefault(path, hash_file(path))

    yield repr((MASTERING_VERSION, RATE_HZ, timeline.length_s))
    for event in timeline.events:
        yield repr(identify_event(event, clip_key, file_key))
