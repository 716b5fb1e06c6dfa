"""The forest: wind in leaves, and now and then a bird."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coach.sounds.birds import calls
from coach.sounds.clip import Samples
from coach.sounds.loops import (
    FIVES_OF_POINTS,
    SEVENS,
    THREES,
    THREES_OF_POINTS,
    TWOS,
    Layer,
    noise_loop,
    swell_db,
    wandering,
)
from coach.sounds.scenery import Scenery

_SLOT_S = 9
_CHANCE = 0.6
_SEED = 51


def forest(rate_hz: int) -> Scenery:
    """Leaves that stir and settle, a breath of wind above them, and birds at a distance."""
    gusts = wandering(FIVES_OF_POINTS, slowest_s=35.0, quickest_s=5.0, seed=52)
    stirring = np.float32(0.9) * wandering(THREES_OF_POINTS, slowest_s=30.0, quickest_s=6.0, seed=53)
    stirring += np.float32(0.5) * wandering(THREES_OF_POINTS, slowest_s=2.0, quickest_s=0.35, seed=54)
    low = noise_loop(SEVENS, rate_hz, low_hz=110, high_hz=420, level=0.58, seed=55)
    wide = noise_loop(THREES, rate_hz, low_hz=110, high_hz=420, level=0.55, seed=58)
    wide += noise_loop(THREES, rate_hz, low_hz=500, high_hz=1500, level=0.45, seed=56)
    leaves = noise_loop(TWOS, rate_hz, low_hz=1400, high_hz=3400, level=0.25, seed=57)
    return Scenery(
        rate_hz=rate_hz,
        layers=(
            Layer(low, swell_db(1.8, gusts)),
            Layer(wide, swell_db(2.6, gusts)),
            Layer(leaves, swell_db(3.5, stirring)),
        ),
        guests=(Birds(calls(rate_hz)),),
    )


@dataclass(frozen=True, slots=True)
class Visit:
    """One bird: when in its slot it calls (0 to 1), which call, and how loud left and right."""

    moment: float
    call: float
    gains: tuple[float, float]


@lru_cache(maxsize=256)
def visit(slot: int) -> Visit | None:
    """Whether a bird calls in a stretch of `_SLOT_S` seconds, and how: the same each time one asks."""
    if slot < 0:
        return None
    chance, moment, call, distance, side = np.random.default_rng((_SEED, slot)).random(5).tolist()
    if chance > _CHANCE:
        return None
    turn = np.pi / 4 + (side - 0.5) * 1.2
    level = 0.35 + 0.65 * distance
    return Visit(moment, call, (float(level * np.cos(turn)), float(level * np.sin(turn))))


@dataclass(frozen=True, slots=True, eq=False)
class Birds:
    """Sparse calls, placed by the number of the slot of time they fall in. No call is longer than a slot."""

    calls: tuple[Samples, ...]

    def add_to(self, mix: Samples, start_frame: int, rate_hz: int) -> None:
        """Add what is heard of any bird in the stretch from a frame on."""
        slot_frames = _SLOT_S * rate_hz
        end_frame = start_frame + mix.shape[0]
        for slot in range(start_frame // slot_frames - 1, (end_frame - 1) // slot_frames + 1):
            if bird := visit(slot):
                self._add(mix, start_frame, bird, round((slot + bird.moment) * slot_frames))

    def _add(self, mix: Samples, start_frame: int, bird: Visit, call_frame: int) -> None:
        call = self.calls[int(bird.call * len(self.calls))]
        first = max(start_frame, call_frame)
        last = min(start_frame + mix.shape[0], call_frame + call.shape[0])
        if first < last:
            heard = call[first - call_frame : last - call_frame] * np.array(bird.gains, np.float32)
            mix[first - start_frame : last - start_frame] += heard
